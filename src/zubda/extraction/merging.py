"""One claim for each type, source, date and set of places (codebook rule 1), within a sentence and over the next."""

from __future__ import annotations

from collections.abc import Sequence

from zubda.extraction.building import Draft
from zubda.extraction.roles import NEUTRAL
from zubda.model import ControlStatement, DayRange, PlaceMention

__all__ = ["absorb", "continues", "merge", "names_its_doer"]

DONE_TO = frozenset({"alliance", "statement", "attack_on_civilians", "execution", "arrest", "destruction", "other"})
PLACELESS = frozenset({"strength", "alliance", "statement", "other", "supply", "execution", "arrest"})


def merge(drafts: list[Draft]) -> list[Draft]:
    """The drafts of a sentence without doubles; a fight that ends in a capture is the capture (rule 5)."""
    kept: list[Draft] = []
    for draft in drafts:
        same = next((other for other in kept if _same(other, draft) and not _both_count(other, draft)), None)
        if same is None:
            kept.append(draft)
        else:
            absorb(same, draft)
    captured = [draft for draft in kept if draft.type == "territory"]
    for draft in [draft for draft in kept if draft.type == "clash"]:
        capture = next((capture for capture in captured if _ends_in(draft, capture)), None)
        if capture is not None:
            capture.counts += [entry for entry in draft.counts if entry not in capture.counts]
            ours = {party.side for party in capture.agents}
            capture.targets = capture.targets or [party for party in draft.targets if party.side not in ours]
            kept.remove(draft)
    return kept


def names_its_doer(draft: Draft) -> bool:
    """Whether the text tells who does it, and it does not only follow from whom he fights."""
    return bool(draft.agents) and ("opponent", "actor") not in {(rule, field) for rule, field, *_ in draft.rules}


def continues(before: Draft, draft: Draft) -> bool:
    """Whether a draft only goes on with the claim of a sentence before."""
    toll = draft.frame.weak and draft.type == "clash" and before.type == "territory"
    if not (_same(before, draft) or (toll and _same_day(before, draft))) or _both_count(before, draft):
        return False
    settled = before.carried_place and not draft.carried_place and bool(before.agents) and not draft.agents
    resumed = draft.frame.again and draft.carried_place
    located = not (before.places or draft.frame.past or names_its_doer(draft)) and draft.type == before.type == "clash"
    if _places(before.places) != _places(draft.places) and not (settled or resumed or located):
        return False
    if (not draft.places and draft.type in PLACELESS) or draft.frame.another:
        return False
    told_again = draft.frame.again or bool(draft.frame.region[1])
    if told_again and draft.frame.failed and before.spans != draft.spans:
        return False  # how an attack ended, told in a sentence of its own
    if draft.frame.trigger.passive and draft.type == "clash" and not names_its_doer(draft):
        return False
    if before.control and draft.control and before.control.holder != draft.control.holder:
        return False
    ours, theirs = _sides(before), _sides(draft)
    if ours and ours == {party.side for party in draft.targets} and _one_killed(draft):
        return False
    if toll:
        return True
    return not ours or not theirs or ours == theirs


def _one_killed(draft: Draft) -> bool:
    """Whether it tells of one person's death by itself: where he was of the attackers, of something else that happened."""
    alone = [entry.count.high for entry in draft.counts] == [1]
    return alone and draft.frame.passive and not draft.frame.weak


def _same_day(one: Draft, other: Draft) -> bool:
    return one.date == other.date and one.voice.source == other.voice.source


def _both_count(one: Draft, other: Draft) -> bool:
    """Whether both count the same thing, so that they are two tolls."""
    return bool(
        {entry.count.what for entry in one.counts if not entry.part}
        & {entry.count.what for entry in other.counts if not entry.part}
    )


def _sides(draft: Draft) -> set[str]:
    return {party.side for party in draft.agents} - NEUTRAL


def _places(places: Sequence[PlaceMention]) -> set[str]:
    return {place.place or place.surface for place in places}


def _same(one: Draft, other: Draft) -> bool:
    if one.type != other.type or one.voice.source != other.voice.source or one.polarity != other.polarity:
        return False
    if one.date != other.date and not _goes_on(one, other):
        return False
    a, b = _places(one.places), _places(other.places)
    resumed = other.frame.again and other.carried_place and one.spans != other.spans
    arrived = one.type == "movement" and one.carried_place and not other.carried_place and bool(b)
    if not (arrived or a <= b or b <= a or resumed) and not (
        one.carried_place and not other.carried_place and one.spans != other.spans
    ):
        return False
    if one.frame.region[1] and one.type in DONE_TO and _different_targets(one, other):
        return False
    if one.type == "movement" and _different_agents(one, other):
        return False
    ours, theirs = {party.side for party in one.agents}, {party.side for party in other.agents}
    return not ours or not theirs or ours == theirs or one.type == "clash"


def _different_targets(one: Draft, other: Draft) -> bool:
    """Whether both tell whom it was done to, and name others."""
    ours, theirs = {party.surface for party in one.targets}, {party.surface for party in other.targets}
    return bool(ours) and bool(theirs) and not ours & theirs


def _different_agents(one: Draft, other: Draft) -> bool:
    """Whether both name who goes somewhere, and name others."""
    ours, theirs = ({party.actor for party in draft.agents if party.actor} for draft in (one, other))
    return bool(ours) and bool(theirs) and not ours & theirs


def _goes_on(one: Draft, other: Draft) -> bool:
    """Whether the second draft, of the same sentence, tells how the event of the first one went on or ended."""
    if one.spans != other.spans or one.date is None or other.date is None or one.type != "clash":
        return False
    if other.frame.weak and other.date.first <= one.date.first and other.date.last >= one.date.last:
        return True  # what these fights had cost by a later day
    later = one.date.first <= other.date.first and other.date.last >= one.date.last
    return later and (other.frame.again or other.date.first == one.date.first)


def absorb(kept: Draft, other: Draft) -> None:
    """Put into a draft what another one of the same claim adds: places, parties, counts, control, sentences."""
    if len(other.places) > len(kept.places) or (kept.carried_place and not other.carried_place and other.places):
        kept.places, kept.carried_place = other.places, other.carried_place
    if kept.date is not None and other.date is not None and kept.date != other.date:
        kept.date = DayRange(min(kept.date.first, other.date.first), max(kept.date.last, other.date.last))
    kept.frame.failed = kept.frame.failed or other.frame.failed
    surfaces = {party.surface for party in kept.agents}
    sides = {party.side for party in (*kept.agents, *kept.targets)}
    if not kept.agents:
        kept.agents = [party for party in other.agents if party.side not in sides or party.side == "unknown"]
    elif kept.type != "clash":
        kept.agents += [party for party in other.agents if party.surface not in surfaces]
    if not kept.targets and kept.type == "clash" and kept.agents:
        ours = {party.side for party in kept.agents}
        kept.targets = [party for party in other.agents if party.side not in ours | NEUTRAL]
    if not kept.targets:
        kept.targets = [party for party in other.targets if party.side not in {agent.side for agent in kept.agents}]
    kept.counts += [entry for entry in other.counts if entry not in kept.counts]
    kept.control = _whole(kept, other) or kept.control or other.control
    kept.spans += [span for span in other.spans if span not in kept.spans]
    kept.rules += other.rules


def _whole(kept: Draft, other: Draft) -> ControlStatement | None:
    """What a place that was entered and then taken comes to: it was taken."""
    entered, taken = kept.control, other.control
    after = kept.frame.start < other.frame.start or kept.spans != other.spans
    if entered and taken and after and (entered.change, taken.change) == ("partial", "gained"):
        return taken if entered.holder == taken.holder else None
    return None


def _ends_in(clash: Draft, capture: Draft) -> bool:
    return (
        clash.voice.source == capture.voice.source
        and clash.date == capture.date
        and _places(clash.places) <= _places(capture.places)
        and (bool(clash.places) or (clash.frame.nominal and not clash.agents))
        and not clash.frame.past
        and clash.frame.start < capture.frame.start
        and {party.side for party in clash.agents} <= {party.side for party in (*capture.agents, *capture.targets)}
    )
