"""Documents of one war without a theatre have one set of sides between them."""

from itertools import permutations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import zubda
from zubda.corpus import agree_on_sides
from zubda.documents import read_document
from zubda.model import Claim, Document, Party, Unknown

MANY = "2031年5月3日，卡军进攻萨格里镇。5月4日，奥军伏击了卡军。5月5日，卡军炮击奥军。5月6日，卡军攻占萨格里镇。\n"
FEW = "2031年6月1日，奥军攻占塔尔尼克。6月2日，奥军伏击了卡军。6月3日，奥军炮击了卡军。6月4日，奥军包围托兰尼克。\n"
LONE = "2031年7月1日，奥军占领了梅洛斯克。\n"
ELSEWHERE = "2031年5月3日，塔军进攻基鲁镇。5月4日，赤旗阵线伏击了塔军。5月5日，塔军炮击赤旗阵线。\n"


def sides(*texts: str, folder: Path) -> list[dict[str, str]]:
    """For each text the side of each party as its claims tell it."""
    paths = []
    for number, text in enumerate(texts):
        paths.append(folder / f"{number}.md")
        paths[-1].write_text(text, encoding="utf-8")
    chronicle = zubda.read(paths, None)
    by_document: dict[str, dict[str, str]] = {document.id: {} for document in chronicle.documents}
    for claim in chronicle.claims:
        by_document[claim.document] |= {party.surface: party.side for party in (*claim.actors, *claim.targets)}
    return list(by_document.values())


def test_documents_of_one_war_agree_in_any_order(tmp_path: Path) -> None:
    for number, texts in enumerate(permutations((MANY, FEW))):
        folder = tmp_path / str(number)
        folder.mkdir()
        one, other = sides(*texts, folder=folder)
        assert one["卡军"] == other["卡军"]
        assert one["奥军"] == other["奥军"]
        assert len({one["卡军"], one["奥军"], "unknown"}) == 3


def test_a_document_that_tells_no_enemy_learns_its_sides_from_the_others(tmp_path: Path) -> None:
    told, lone = sides(MANY, LONE, folder=tmp_path)
    assert lone["奥军"] == told["奥军"]
    (alone,) = sides(LONE, folder=tmp_path)
    assert alone["奥军"] == "unknown"


def test_another_war_keeps_its_own_sides(tmp_path: Path) -> None:
    one, other = sides(MANY, ELSEWHERE, folder=tmp_path)
    assert len({*one.values(), *other.values()}) == 4


def document(number: int) -> Document:
    return read_document(f"文本{number}。".encode(), origin=f"{number}.md", language="zh")


@given(st.permutations((0, 1, 2)), st.lists(st.sampled_from(("甲军", "乙军", "丙军", "丁军")), min_size=2, unique=True))
def test_names_of_one_side_are_on_one_side_afterwards(order: tuple[int, ...], names: list[str]) -> None:
    documents = [document(number) for number in range(3)]
    claims = [
        Claim(
            f"c{number}",
            documents[number].id,
            ((0, 1),),
            "clash",
            actors=(Party(names[0], f"a{number}", f"x:{names[0]}"),),
            targets=tuple(Party(name, f"b{number}", f"x:{name}") for name in names[1:]),
        )
        for number in order
    ]
    rows = [
        Unknown(
            f"x:{name}",
            name,
            "actor",
            "group",
            2,
            documents[number].id,
            (0, 1),
            f"{'a' if name == names[0] else 'b'}{number}",
        )
        for number in order
        for name in names
    ]
    agreed, unknowns = agree_on_sides(documents, claims, rows)
    met = {party.surface: party.side for claim in agreed for party in (*claim.actors, *claim.targets)}
    for claim in agreed:
        assert all(met[party.surface] == party.side for party in (*claim.actors, *claim.targets))
    assert met[names[0]] not in {met[name] for name in names[1:]}
    assert {row.surface: row.side for row in unknowns} == met
