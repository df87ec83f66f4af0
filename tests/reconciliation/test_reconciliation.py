"""Claims of one occurrence meet, others do not, and people have the last word."""

from zubda.model import Decision
from zubda.reconciliation import reconcile


def together(result, a, b) -> bool:  # type: ignore[no-untyped-def]
    return bool(result.event_of(a.id) == result.event_of(b.id))


def test_two_sources_on_one_strike_are_one_event(theatre, make) -> None:  # type: ignore[no-untyped-def]
    one = make("airstrike", "1999-05-03", "harbour", "red", "civ", source_id="monitor")
    other = make("airstrike", "1999-05-03", "harbour", "red", "civ", source_id="blue_radio", document="d2")
    far = make("airstrike", "1999-05-03", "hill", "red", "civ", source_id="monitor")
    late = make("airstrike", "1999-06-20", "harbour", "red", "civ", source_id="monitor")
    result = reconcile([one, other, far, late], theatre)
    assert together(result, one, other)
    assert not together(result, one, far)
    assert not together(result, one, late)


def test_no_chain_joins_what_is_plainly_apart(theatre, make) -> None:  # type: ignore[no-untyped-def]
    """A report on the whole port may mean the harbour or the market, but never makes them one."""
    harbour = make("clash", "1999-05-03", "harbour", "red", "blue")
    port = make("clash", "1999-05-03", "port", "red", "blue")
    market = make("clash", "1999-05-03", "market", "red", "blue")
    result = reconcile([harbour, port, market], theatre)
    assert not together(result, harbour, market)


def test_decisions_of_people_win(theatre, make) -> None:  # type: ignore[no-untyped-def]
    one = make("airstrike", "1999-05-03", "harbour", "red", "civ", source_id="monitor")
    other = make("airstrike", "1999-05-03", "harbour", "red", "civ", source_id="blue_radio", document="d2")
    far = make("clash", "1999-08-03", "hill", "red", "blue", source_id="monitor")
    parted = reconcile([one, other, far], theatre, [Decision("not_same_event", (one.id, other.id))])
    assert not together(parted, one, other)
    assert parted.why(one.id, other.id).decided == "person"
    joined = reconcile([one, other, far], theatre, [Decision("same_event", (one.id, far.id))])
    assert together(joined, one, far)


def test_a_link_explains_itself(theatre, make) -> None:  # type: ignore[no-untyped-def]
    one = make("airstrike", "1999-05-03", "harbour", "red", "civ", source_id="monitor")
    other = make("airstrike", "1999-05-03", "harbour", "red", "civ", source_id="blue_radio", document="d2")
    reason = reconcile([one, other], theatre).why(one.id, other.id)
    fields = dict(reason.weights)
    assert abs(sum(fields.values()) - reason.total) < 0.01
    assert fields["place: same, seldom named"] > 0
    assert fields["date: same day"] > 0
    assert fields["prior"] < 0


def test_copies_are_one_witness(theatre, make) -> None:  # type: ignore[no-untyped-def]
    radio = make("airstrike", "1999-05-03", "harbour", "blue", "civ", source_id="red_radio")
    paper = make("airstrike", "1999-05-03", "harbour", "blue", "civ", source_id="red_paper", document="d2")
    result = reconcile([radio, paper], theatre)
    (event,) = result.events
    assert event.witnesses == 1
    assert event.grade == "weak"
    (witness,) = result.witnesses(event.id)
    assert [(copy.claim, copy.of, copy.why) for copy in witness.copies] == [(paper.id, radio.id, "passes on")]
