"""Copies are not witnesses, and grades follow their rules."""

import pytest
from invented_island import build_theatre, maker

from zubda.model import Claim, Document, OffsetMap
from zubda.reconciliation import GRADES, reconcile
from zubda.reconciliation.witnesses import witnesses_of


def grade(*claims: Claim) -> str:
    (event,) = reconcile(claims, build_theatre()).events
    return event.grade


def told(make, source: str | None, **more) -> Claim:  # type: ignore[no-untyped-def]
    return make("airstrike", "1999-05-03", "market", "red", "civ", source_id=source, document=f"d-{source}", **more)


def test_equal_figures_from_another_document_are_a_copy() -> None:
    make = maker()
    counts = [("killed", "civ", 47, 47), ("wounded", "civ", 112, 112)]
    one, other, third = (
        told(make, "monitor", counts=counts),
        told(make, "blue_radio", counts=counts),
        told(make, "red_radio"),
    )
    first, second = witnesses_of([one, other, third], build_theatre())
    assert [(copy.claim, copy.of, copy.why) for copy in first.copies] == [(other.id, one.id, "same figures")]
    assert second.claims == (third.id,)


def test_equal_wording_in_another_document_is_a_copy() -> None:
    make = maker()
    one, other = told(make, "monitor"), told(make, "blue_radio")
    (witness,) = witnesses_of([one, other], build_theatre(), {(one.id, other.id): 0.9})
    assert witness.copies[0].why == "same wording"


def test_one_communique_in_two_papers_is_one_witness() -> None:
    """The wording is read from the documents, whatever the papers call their source."""
    text = "The high command announces that its brave aircraft struck the market of the port at dawn and that all came home."
    other = "Witnesses in the port told this paper of a raid on their market; nobody knows who flew the planes that morning."

    def paper(name: str, said: str) -> Document:
        offsets = OffsetMap((0,), (0,), (len(said),))
        return Document(name, name, name, "0" * 64, "en", "text/plain", said, said, offsets, ())

    make = maker()
    claims = [
        make("airstrike", "1999-05-03", "market", "red", "civ", source=name, document=name, spans=((0, len(said)),))
        for name, said in (("Courier", text), ("Herald", text), ("Mail", other))
    ]
    documents = [paper("Courier", text), paper("Herald", text), paper("Mail", other)]
    (event,) = reconcile(claims, build_theatre(), (), documents).events
    assert event.witnesses == 2


def test_grades() -> None:
    make = maker()
    blue, red, monitor = told(make, "blue_radio"), told(make, "red_radio"), told(make, "monitor")
    assert grade(blue) == "weak"
    assert grade(monitor) == "fair"
    assert grade(blue, red) == "confirmed"
    assert grade(told(maker(), None)) == "fair"
    assert grade(red) == "weak"
    make = maker()
    lost = make("territory", "1999-05-03", "hill", "red", "blue", source_id="blue_radio", control=("blue", "lost"))
    won = make("territory", "1999-05-03", "hill", "red", "blue", source_id="red_radio", control=("red", "gained"))
    assert grade(won) == "weak"
    assert grade(won, lost) == "confirmed"
    make = maker()
    denial = told(make, "red_radio", polarity="deny")
    assert grade(told(make, "blue_radio"), told(make, "monitor"), denial) == "contested"
    make = maker()
    assert grade(told(make, "blue_radio"), told(make, "monitor", polarity="deny")) == "discounted"


@pytest.mark.parametrize("name", GRADES)
def test_every_grade_is_explained(name: str) -> None:
    assert len(GRADES[name]) > 20
