"""``zubda read`` and ``zubda unknowns``: from texts to a chronicle, and the names that no theatre knows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zubda.cli.common import JsonFlag, counted, print_json, print_note, progress_bar

if TYPE_CHECKING:
    from zubda.chronicle import Chronicle
    from zubda.extraction.endpoint import Endpoint

__all__ = ["register"]

Inputs = Annotated[list[str], typer.Argument(help="Files, folders or addresses of accounts.", metavar="INPUT...")]
TheatreName = Annotated[
    str,
    typer.Option("--theatre", help="A bundled theatre, a theatre's folder, `auto`, or `none`.", metavar="NAME|DIR"),
]
Processes = Annotated[
    int | None,
    typer.Option(
        "--processes", help="Processes that read side by side; all processors unless you say.", min=1, metavar="NUMBER"
    ),
]
Language = Annotated[str, typer.Option("--lang", help="Language of the texts: auto, zh or en.", metavar="auto|zh|en")]


def register(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command("read")(read_command)
    app.command("unknowns")(unknowns_command)


def _read(
    inputs: list[str],
    theatre: str,
    language: str,
    processes: int | None = None,
    extractor: str = "rules",
    endpoint: Endpoint | None = None,
) -> Chronicle:
    from zubda.errors import DocumentError
    from zubda.reading import read

    left_out: list[DocumentError] = []
    with progress_bar("Reading", None) as bar:
        chronicle = read(
            inputs,
            theatre,
            language=language,
            progress=lambda done, total: bar.update(bar.task_ids[0], completed=done, total=total),
            processes=processes,
            extractor=extractor,
            endpoint=endpoint,
            on_unreadable=left_out.append,
        )
    for problem in left_out:
        print_note(f"Warning: left out: {problem}")
    for document in chronicle.documents:
        for warning in document.warnings:
            print_note(f"Warning: {document.title}: {warning}")
    return chronicle


def read_command(
    inputs: Inputs,
    output: Annotated[Path, typer.Option("-o", "--output", help="Where to write the chronicle.", metavar="FILE.zubda")],
    theatre: TheatreName = "auto",
    language: Language = "auto",
    claims: Annotated[
        Path | None,
        typer.Option(
            "--claims", help="Also write the claims, as JSON Lines with the codebook's fields.", metavar="FILE.jsonl"
        ),
    ] = None,
    processes: Processes = None,
    extractor: Annotated[
        str,
        typer.Option(
            "--extractor",
            help="Who finds the claims: our rules, a language model, or both side by side.",
            metavar="rules|llm|both",
        ),
    ] = "rules",
    endpoint: Annotated[
        str | None,
        typer.Option("--endpoint", help="Where the model is: an OpenAI-compatible address.", metavar="URL"),
    ] = None,
    model: Annotated[str | None, typer.Option("--model", help="The model's name.", metavar="NAME")] = None,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", help="Keep the model's answers here, not in the cache folder.", metavar="DIR"),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Read accounts into a chronicle.

    A chronicle that is already there is replaced at the end; the decisions that people logged in it are kept.
    """
    from zubda.chronicle import Chronicle
    from zubda.chronicle.store import check_writable
    from zubda.interchange.codebook import write_claims

    check_writable(output)
    kept = Chronicle.open(output).decisions if output.exists() else ()
    asked = _endpoint(endpoint, model, answers)
    chronicle = _read(inputs, theatre, language, processes, extractor, asked)
    if kept:
        chronicle = Chronicle(chronicle.documents, chronicle.extracted, chronicle.theatre, chronicle.unknowns, kept)
    chronicle.save(output)
    if claims:
        write_claims(claims, chronicle.claims)
    facts = {
        "chronicle": str(output),
        "theatre": chronicle.theatre.id if chronicle.theatre else None,
        "documents": len(chronicle.documents),
        "claims": len(chronicle.claims),
        "located": sum(bool(claim.place_ids) for claim in chronicle.claims),
        "unknowns": len(chronicle.unknowns),
        "decisions": len(chronicle.decisions),
    }
    if as_json:
        print_json(facts)
        return
    names = counted(len(chronicle.unknowns), "name")
    war = (
        f"theatre {chronicle.theatre.id}, which lacks {names}" if chronicle.theatre else f"no theatre, {names} for one"
    )
    print_note(
        f"{counted(len(chronicle.documents), 'document')}, {counted(len(chronicle.claims), 'claim')} "
        f"({facts['located']} with a place); {war}. Written to {output}."
    )


def _endpoint(address: str | None, model: str | None, answers: Path | None) -> Endpoint | None:
    if not address or not model:
        return None
    from zubda.extraction.endpoint import Endpoint

    return Endpoint(address, model, cache=answers)


def unknowns_command(
    inputs: Inputs, theatre: TheatreName = "auto", language: Language = "auto", as_json: JsonFlag = False
) -> None:
    """List names that the theatre lacks, ready to paste into it.

    Standard output is one CSV table after the other: sides (without a theatre), places, actors, sources, with the columns of the
    theatre's own files. The kind, the side and the count are guessed from the text; what it does not tell (a place's point) is
    left empty. INPUT may be a chronicle, too.
    """
    from zubda.chronicle import Chronicle
    from zubda.theatres.loading import theatre_folder
    from zubda.theatres.pasting import gathered, paste_rows, rows_as_csv, theatre_columns

    stored = len(inputs) == 1 and inputs[0].endswith(".zubda")
    chronicle = Chronicle.open(inputs[0]) if stored else _read(inputs, theatre, language)
    if as_json:
        print_json(gathered(chronicle.unknowns))
        return
    known = chronicle.theatre.id if theatre == "auto" and chronicle.theatre else theatre
    folder = theatre_folder(known)
    languages = {document.id: document.language for document in chronicle.documents}
    rows = paste_rows(chronicle.unknowns, languages, theatre_columns(folder) if folder else None)
    for table in rows:
        print_note(f"{table}: {len(rows[table])} names that {'the theatre lacks' if folder else 'no theatre knows'}")
        if rows[table]:
            typer.echo(rows_as_csv(rows[table]))
