"""Tables of a ``.zubda`` file (SQLite), and the way from older files to this version.

``docs/file-format.md`` describes the same for people who open the file with other tools.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import (
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    select,
    update,
)

from zubda.errors import ChronicleError

__all__ = ["APPLICATION_ID", "MIGRATIONS", "SCHEMA_VERSION", "Migration", "metadata", "migrate"]

SCHEMA_VERSION = 2
APPLICATION_ID = 0x5A554244  # "ZUBD", so that `file` and other tools can tell a chronicle from any SQLite file

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))

document = Table(
    "document",
    metadata,
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("title", String, nullable=False),
    Column("origin", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("language", String, nullable=False),
    Column("published", String),
    Column("content", LargeBinary, nullable=False, comment="the whole document as JSON, compressed with zlib"),
)

claim = Table(
    "claim",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("document", String, nullable=False),
    Column("type", String, nullable=False),
    Column("first_day", String),
    Column("last_day", String),
    Column("source", String),
    Column("source_id", String),
    Column("polarity", String, nullable=False),
    Column("holder", String),
    Column("change", String),
    Column("extractor", String, nullable=False),
    Column("content", LargeBinary, nullable=False, comment="the whole claim as JSON"),
)
Index("claim_day", claim.c.first_day, claim.c.last_day)
Index("claim_type", claim.c.type)
Index("claim_source", claim.c.source_id)

claim_place = Table(
    "claim_place",
    metadata,
    Column("claim", Integer, ForeignKey("claim.position"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("surface", String, nullable=False),
    Column("place", String),
    Column("score", Float, nullable=False),
)
Index("claim_place_place", claim_place.c.place)

place = Table(
    "place",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    Column("precision_m", Float, nullable=False),
    Column("origin", String, nullable=False),
    Column("parent", String),
)

theatre = Table(
    "theatre", metadata, Column("id", String, primary_key=True), Column("content", LargeBinary, nullable=False)
)

unknown = Table(
    "unknown",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("id", String, nullable=False),
    Column("surface", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

decision = Table(
    "decision",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("kind", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

Migration = Callable[[Connection], None]


def _add_extractor(connection: Connection) -> None:
    """Version 1 did not say how a claim was made; all of its claims came from the rules."""
    connection.exec_driver_sql("ALTER TABLE claim ADD COLUMN extractor VARCHAR NOT NULL DEFAULT 'rules'")


MIGRATIONS: Mapping[int, Migration] = {1: _add_extractor}
"""From the version named to the next one."""


def migrate(
    connection: Connection, migrations: Mapping[int, Migration] = MIGRATIONS, newest: int = SCHEMA_VERSION
) -> int:
    """Bring an open chronicle to the ``newest`` version inside the caller's transaction; returns the version found.

    Raises `ChronicleError` (``chronicle.newer``) for a file of a later program, ``chronicle.damaged`` where no version is told.
    """
    found = connection.execute(select(meta.c.value).where(meta.c.key == "schema_version")).scalar()
    if found is None or not found.isdigit():
        raise ChronicleError(
            "damaged", f"The chronicle tells no schema version: {found!r}.", "Restore it from a copy, or read again."
        )
    version = int(found)
    if version > newest:
        raise ChronicleError(
            "newer",
            f"The chronicle has schema version {version}; this program knows versions up to {newest}.",
            "Install a newer Zubda.",
        )
    for step in range(version, newest):
        migrations[step](connection)
    if version < newest:
        connection.execute(update(meta).where(meta.c.key == "schema_version").values(value=str(newest)))
    return version
