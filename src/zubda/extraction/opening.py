"""Which trigger words open a frame: aims, relative clauses, negations and bare mentions of an event open none."""

from __future__ import annotations

from typing import Final

from zubda.extraction.aims import nominal, only_meant
from zubda.extraction.marks import Mark, Segment, Sentence
from zubda.extraction.parties import Group
from zubda.extraction.relative import in_relative
from zubda.languages.interface import Grammar, Trigger

__all__ = ["INSTRUMENTS", "Opening", "open_trigger", "stands_as_noun"]

INSTRUMENTS = frozenset({"gun", "explosive"})
STRONGHOLD = "stronghold"
GIVING, LEAVING = "giving", "leaving"
ARMS = frozenset({"weapons", "tanks", "vehicles", "aircraft"})
FIGHT, CAMPAIGN, WAR = "fight", "campaign", "war"
RESPONSIBLE = "responsibility"
INTO = "fall_into"
WEAPONS = frozenset({"suicide_bomb", "bomb", "shelling", "airstrike", "chemical"})
BODIES = "bodies"
CROWDS = "crowds"
ROUTE = "supply_line"
MOVES = frozenset({"movement", "territory", "withdrawal"})
BEGINNING = 4  # characters between the fight and the word that tells of the time before it
ATTACKS = frozenset({"clash", "shelling", "airstrike", "attack_on_civilians"})
SPOILS = frozenset({"seizure", "destruction", "supply", "strength", "chemical"})


class Opening:
    """How a trigger opens a frame: ``strong`` an event, ``weak`` a background that only carries a toll, ``past`` a background told
    with its own parties, ``again`` a mention of the event told before."""

    STRONG: Final = "strong"
    WEAK: Final = "weak"
    PAST: Final = "past"
    AGAIN: Final = "again"


def open_trigger(
    sentence: Sentence, index: int, trigger: Trigger, segment: Segment, groups: list[Group], grammar: Grammar
) -> str | None:
    """How the trigger at ``index`` opens a frame (`Opening`), None if it opens none."""
    inside = sentence.in_segment(segment)
    if only_meant(sentence, index, trigger, segment, groups):
        return None
    if grammar.modifier_first and in_relative(sentence, index, trigger, inside, groups):
        return None
    if trigger.change == "gained" and _taken_before(sentence, index, segment):
        return None
    if supports(sentence, index) or _cause(sentence, index, trigger) or _on_the_way(sentence, index, trigger):
        return None
    if trigger.rule not in INSTRUMENTS and _names_people(sentence, index, inside):
        return None
    if trigger.rule == LEAVING and not _leaves_named(sentence, index, inside):
        return None
    if trigger.rule == GIVING and not _gives_arms(sentence, index, inside):
        return None
    again = _points_back(sentence, index, inside)
    if trigger.type == "control" and _told_by_other(sentence, index, inside):
        return None
    if trigger.type in ATTACKS and index + 1 < len(sentence.marks) and sentence.marks[index + 1].has("future"):
        return None
    if trigger.rule == INTO and not _into_hands(sentence, index, inside):
        return None
    if trigger.rule == RESPONSIBLE and not any(sentence.marks[number].has("toward") for number in inside):
        return None
    if not trigger.noun and not (again or nominal(sentence, index)):
        if not _background(sentence, index, inside):
            return Opening.STRONG
        if any(later.has("after_since") for later in (sentence.marks[number] for number in inside if number > index)):
            return None
        return Opening.PAST if _told_in_full(sentence, index, inside, groups) else None
    return _noun(sentence, index, trigger, segment, groups, again)


def _on_the_way(sentence: Sentence, index: int, trigger: Trigger) -> bool:
    """Whether a word of going only tells how the verb right after it was done: "crossed the border into X"."""
    following = sentence.marks[index + 1] if index + 1 < len(sentence.marks) else None
    if trigger.type != "movement" or following is None or following.start != sentence.marks[index].end:
        return False
    verb = following.term.trigger
    return verb is not None and not verb.noun and verb.type in MOVES


def supports(sentence: Sentence, index: int) -> bool:
    """Whether the trigger stands in a phrase of support ("with air support"), which tells of no event of its own."""
    marks = sentence.marks
    near = [mark for mark in marks[index + 1 : index + 3] if mark.start - marks[index].end <= 2]
    return marks[index].has("support") or any(mark.has("support") for mark in near)


def _names_people(sentence: Sentence, index: int, inside: list[int]) -> bool:
    """Whether a word that may be a verb names people here: an object ("shot the captives") or a counted noun."""
    marks = sentence.marks
    people = marks[index].term.people
    if people is None or index == 0 or index - 1 not in inside:
        return False
    if marks[index - 1].has("and"):
        return False
    verbs = [marks[number].term.trigger for number in inside if number < index]
    if people.rule == CROWDS and any(verb and verb.type == "alliance" for verb in verbs):
        return False  # who organizes a rally
    count = marks[index - 1].count
    counted = count is not None and count.unit != "name"
    return counted or any(verb is not None and not verb.noun for verb in verbs)


def _cause(sentence: Sentence, index: int, trigger: Trigger) -> bool:
    """Whether a noun of an event is only the cause of something else: "they fled because of the fighting"."""
    marks = sentence.marks
    before = marks[index - 1] if index else None
    return (
        before is not None
        and before.has("because")
        and marks[index].start - before.end <= 4
        and (trigger.noun or trigger.type in ("airstrike", "shelling"))
    )


def _taken_before(sentence: Sentence, index: int, segment: Segment) -> bool:
    """Whether a capture told before is only taken up to tell what it led to: "taking this town allowed them to ..."."""
    if not sentence.flags & {"demonstrative", "place_pronoun"}:
        return False
    marks = sentence.marks
    following = [mark for mark in sentence.in_clause(segment.clause) if mark.start > marks[index].start]
    if len(following) < 2 or following[0].start - marks[index].end > 1:
        return False
    again = following[0].has("demonstrative") or following[0].has("place_pronoun")
    return again and any(mark.has("pivot") or mark.has("after") for mark in following[1:])


def _points_back(sentence: Sentence, index: int, inside: list[int]) -> bool:
    """Whether a demonstrative goes with the noun: "this offensive" is one told before."""
    if "demonstrative" not in sentence.flags:
        return False
    marks = sentence.marks
    for number in range(index - 1, max(-1, index - 4), -1):
        before = marks[number]
        if number not in inside or marks[index].start - before.end > 8:
            return False
        if before.has("demonstrative"):
            between = marks[number + 1 : index]
            return not any(other.lexeme.places or other.lexeme.actor or other.term.people for other in between)
        if before.has("light") or before.has("the"):
            return False
    return False


def stands_as_noun(sentence: Sentence, index: int, trigger: Trigger) -> bool:
    """Whether the trigger names its event rather than tells it."""
    following = sentence.marks[index + 1] if index + 1 < len(sentence.marks) else None
    within = following is not None and following.has("within") and following.start == sentence.marks[index].end
    return trigger.noun or within or nominal(sentence, index)


def _background(sentence: Sentence, index: int, inside: list[int]) -> bool:
    """Whether the verb stands in a phrase of time: "after taking X, ..."."""
    marks = sentence.marks
    for number in inside:
        if number <= index:
            continue
        other = marks[number]
        if other.has("after"):
            return True
        if other.term.trigger is not None and not other.term.trigger.noun and number > index + 1:
            return False
    return False


def _leads_elsewhere(sentence: Sentence, index: int, inside: list[int]) -> bool:
    """Whether something that is no fighting is told to have followed the fight: "after heavy fighting, a blast shook the town"."""
    marks = sentence.marks
    ends = [number for number in inside if number > index and marks[number].has("after")]
    if not ends or marks[ends[0]].flags & {"after_since", "after_before"}:
        return False
    kinds = {_kind(mark) for mark in marks[ends[0] :]} - {""}
    return bool(kinds) and not kinds & {"clash", "territory", "casualties"}


def _gives_arms(sentence: Sentence, index: int, inside: list[int]) -> bool:
    """Whether what is given are arms, to someone named before the verb."""
    marks = sentence.marks
    given = [marks[number].term.people for number in inside if number > index]
    to = any(marks[number].has("toward") for number in inside if number < index)
    helped = any(_kind(marks[number]) == "alliance" for number in inside if number > index)
    return to and not helped and any(people is not None and people.what in ARMS for people in given)


def _leaves_named(sentence: Sentence, index: int, inside: list[int]) -> bool:
    """Whether a place that is left is named right after the verb, and the leaving is no mere time of something else."""
    marks = sentence.marks
    following = [marks[number] for number in inside if number > index]
    named = bool(following) and bool(following[0].lexeme.places or following[0].name)
    return named and following[0].start - marks[index].end <= 1 and not any(mark.has("after") for mark in following)


def _into_hands(sentence: Sentence, index: int, inside: list[int]) -> bool:
    """Whether a place falls into someone's hands, and nothing falls into the place."""
    following = [sentence.marks[number].term.trigger for number in inside if number > index]
    return any(trigger is not None and trigger.type == "control" for trigger in following)


def _told_by_other(sentence: Sentence, index: int, inside: list[int]) -> bool:
    """Whether a verb of losing or falling before it already tells who holds the place ("fell into the hands of X"), or a word
    of harm whose hands killed ("died at the hands of X")."""
    before = [sentence.marks[number].term.trigger for number in inside if number < index]
    if any(harm.suffer for number in inside if number < index for harm in sentence.marks[number].term.harms):
        return True
    return any(trigger is not None and trigger.change in ("lost", "fell") for trigger in before)


def _told_in_full(sentence: Sentence, index: int, inside: list[int], groups: list[Group]) -> bool:
    """Whether a background names a party, a place or a number of its own, and so tells something new."""
    marks = sentence.marks
    starts = [number for number in inside if number < index and marks[number].has("at")]
    first = starts[-1] if starts else inside[0]
    last = next((number for number in inside if number > index and marks[number].has("after")), inside[-1])
    phrase = marks[first : last + 1]
    named = any(mark.lexeme.places or mark.lexeme.actor or mark.count or mark.name for mark in phrase)
    return (
        named
        or _long_siege(sentence, index, inside)
        or any(
            first <= group.first <= last and any(party.side != "unknown" or party.actor for party in group.parties)
            for group in groups
        )
    )


def _long_siege(sentence: Sentence, index: int, inside: list[int]) -> bool:
    """Whether the trigger is a siege of which the text tells how long it lasted: that is told nowhere else."""
    trigger = sentence.marks[index].term.trigger
    dates = [sentence.marks[number].date for number in inside]
    return bool(trigger and trigger.type == "siege") and any(date and date.kind == "duration" for date in dates)


def _noun(
    sentence: Sentence, index: int, trigger: Trigger, segment: Segment, groups: list[Group], again: bool
) -> str | None:
    marks = sentence.marks
    inside = sentence.in_segment(segment)
    mark = marks[index]
    others = [marks[number] for number in inside if number != index]
    earlier = [number for number in inside if number < index and _kind(marks[number]) == "alliance"]
    joined = bool(earlier) and not any(mark.term.people or mark.has("light") for mark in marks[earlier[-1] + 1 : index])
    if joined and trigger.type == "clash" and not trigger.state:
        return None
    if trigger.rule in INSTRUMENTS:
        listed = index > 0 and marks[index - 1].count is not None and not any(other.has("use") for other in others)
        if listed:
            return None
        used = any(other.has("use") or (_kind(other) in ATTACKS and not _weapon(other)) for other in others)
        spared = any(other.has("failure") or _kind(other) in SPOILS for other in others)
        return Opening.STRONG if (used or struck_by(marks, index)) and not spared else None
    if (
        trigger.type == "clash"
        and marks[inside[0]].has("demonstrative_is")
        and not _defined(sentence, index, inside, groups)
    ):
        return None  # "this was Operation X" only names it
    if trigger.type == "clash" and not again and _defined(sentence, index, inside, groups):
        return Opening.STRONG
    meant = any(other.has("purpose") and other.start < mark.start for other in others)
    if trigger.rule == WAR or (trigger.rule == CAMPAIGN and meant):
        return None
    if trigger.rule in (FIGHT, CAMPAIGN) and not again and _fought_by_two(sentence, index, inside, groups):
        return Opening.STRONG
    if trigger.rule == STRONGHOLD:
        before = [other for other in others if other.start < mark.start]
        named = any(other.has("copula") for other in before) and not any(other.term.trigger for other in before)
        return Opening.STRONG if named else None
    if trigger.rule == BODIES:
        caused = any(other.has("because") and other.start < mark.start for other in others)
        return Opening.STRONG if any(other.has("light_find") for other in others) and not caused else None
    light = any(other.has("light") and other is not mark for other in others)
    light = light or (segment.opened == "pivot" and trigger.type == "clash" and not again)
    light = light or (trigger.type == "supply" and any(other.has("provision") for other in others))
    light = light or (trigger.rule == ROUTE and _is_the(sentence, index, inside, groups))
    failed = any(other.has("failure") and other.start > mark.start for other in marks)
    struck = any(other.has("passive") and other.start < mark.start and mark.start - other.end <= 24 for other in others)
    harmed = any(other.term.harms and other is not mark for other in marks)
    following = marks[index + 1] if index + 1 < len(marks) else None
    if following is not None and following.has("within") and following.start == mark.end:
        if index and marks[index - 1].has("sum") and mark.start == marks[index - 1].end:
            return None
        if trigger.rule == CAMPAIGN:
            return None
        if again:
            return Opening.WEAK
        aimed = any(other.has("toward") and other.start < mark.start for other in others)
        thrown = any(other.has("light") and 0 <= mark.start - other.end <= 2 for other in others)
        return Opening.STRONG if aimed or thrown or trigger.rule != "fight" else Opening.WEAK
    if any(other.has("after_before") and 0 <= other.start - mark.end <= BEGINNING for other in others) and not again:
        return None
    if _background(sentence, index, inside) and not _opens(marks, index, inside):
        if trigger.type in ("airstrike", "shelling", "siege", "suicide_bomb") and not again:
            return Opening.PAST
        if _long_siege(sentence, index, inside):
            return Opening.PAST
        return Opening.PAST if trigger.rule == FIGHT and _leads_elsewhere(sentence, index, inside) else Opening.WEAK
    if again:
        done_by = any(other.has("passive") and other.start > mark.start for other in others)
        return Opening.AGAIN if failed or light or harmed or done_by else None
    if trigger.rule == "offensive" and index and _kind(marks[index - 1]) and marks[index - 1].end == mark.start:
        return None
    if light or failed or struck:
        return Opening.STRONG
    if harmed:
        return Opening.STRONG if _told(sentence, index, groups) else Opening.WEAK
    return Opening.STRONG if _told(sentence, index, groups) else None


def _is_the(sentence: Sentence, index: int, inside: list[int], groups: list[Group]) -> bool:
    """Whether a route is told to be somebody's supply line: "this road is the main supply line of the army"."""
    marks = sentence.marks
    copulas = [number for number in inside if number < index and marks[number].has("copula")]
    return bool(copulas) and not any(marks[number].term.trigger for number in inside if number < copulas[0])


def _defined(sentence: Sentence, index: int, inside: list[int], groups: list[Group]) -> bool:
    """Whether the sentence defines a fight by who fights: "it was an armed conflict between A and B"."""
    marks = sentence.marks
    copulas = [
        number
        for number in inside
        if number < index and (marks[number].has("copula") or marks[number].has("demonstrative_is"))
    ]
    if not copulas or any(number > index and marks[number].term.trigger for number in inside):
        return False
    between = any(marks[number].has("direction_between") for number in range(copulas[0], index))
    aimed = any(marks[number].has("toward") for number in range(copulas[0], index)) and marks[index - 1].has("the")
    parties = [party for group in groups if copulas[0] < group.first < index for party in group.parties]
    two = any(len({party.side for party in group.parties}) > 1 for group in groups if copulas[0] < group.first < index)
    told = two and any(marks[number].has("the") for number in range(copulas[0], index))
    return told or (between and len(parties) > 1) or (aimed and any(party.armed for party in parties))


def _fought_by_two(sentence: Sentence, index: int, inside: list[int], groups: list[Group]) -> bool:
    """Whether the noun stands as the only verb of two sides joined by "and": "A and B battled at X for months"."""
    marks = sentence.marks
    if any(number != index and marks[number].term.trigger for number in inside) or nominal(sentence, index):
        return False
    before = [group for group in groups if inside[0] <= group.first and group.last < index and not group.governed]
    return any(
        len({party.side for party in group.parties}) > 1 or any(party.pronoun == "both" for party in group.parties)
        for group in before
    )


def _weapon(mark: Mark) -> bool:
    return mark.term.trigger is not None and mark.term.trigger.rule in INSTRUMENTS


def _kind(mark: Mark) -> str:
    return mark.term.trigger.type if mark.term.trigger else ""


def struck_by(marks: list[Mark], index: int) -> bool:
    """Whether a word of suffering stands near before the noun: "hit by shells"."""
    near = [mark for mark in marks[:index] if mark.has("passive") and marks[index].start - mark.end <= 12]
    return bool(near)


def _told(sentence: Sentence, index: int, groups: list[Group]) -> bool:
    """Whether the noun has its own parties: "the attack of A on B"."""
    mark = sentence.marks[index]
    joined = any(group.end <= mark.start and mark.start - group.end <= 3 for group in groups)
    return joined or any(group.governed & {"toward", "with"} and group.end <= mark.start for group in groups)


def _opens(marks: list[Mark], index: int, inside: list[int]) -> bool:
    """Whether a light verb stands right beside the noun: "fighting broke out"."""
    return any(
        marks[number].has("light")
        and (
            0 <= marks[index].start - marks[number].end <= 8
            if number < index
            else 0 <= marks[number].start - marks[index].end <= 4
        )
        for number in inside
        if number != index
    )
