"""Who acts and who is acted upon: party mentions of a sentence, their sides, and groups of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from zubda.extraction.acting import acts, speaks, stands_free, theirs
from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.values import Group, PartyMention
from zubda.languages.interface import Grammar
from zubda.model import Theatre

__all__ = ["Group", "PartyMention", "find_groups"]

MACHINES = frozenset({"tanks", "vehicles", "aircraft"})
ROLE_GAP = 2


def find_groups(sentence: Sentence, theatre: Theatre | None, day: date | None, grammar: Grammar) -> list[Group]:
    """The groups of parties of a sentence, left to right."""
    mentions = _mentions(sentence, theatre, day, grammar)
    groups: list[list[PartyMention]] = []
    for mention in mentions:
        if groups and _joined(sentence, groups[-1][-1], mention):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    together = [_comrades(sentence, group) for group in groups]
    return [Group(tuple(group), _governor(sentence, group[0]), _allied(group, theatre)) for group in together]


def _comrades(sentence: Sentence, group: list[PartyMention]) -> list[PartyMention]:
    """Armed people without a side, named together with those of one side, are of that side, but where each are counted."""
    sides = {party.side for party in group if party.armed and party.side != "unknown"}
    if len(sides) != 1:
        return group
    joined = [
        party
        for party in group
        if party.side == "unknown"
        and (party.armed or party.thing in MACHINES)
        and not any(0 <= party.start - mark.end <= 1 and mark.count is not None for mark in sentence.marks)
    ]
    return [replace(party, side=next(iter(sides))) if party in joined else party for party in group]


def _allied(group: list[PartyMention], theatre: Theatre | None) -> bool:
    """Whether all parties of a group fight for one side of the theatre."""
    if theatre is None:
        return False
    return len({theatre.holder_of(party.side) or party.side for party in group}) == 1


def _mentions(sentence: Sentence, theatre: Theatre | None, day: date | None, grammar: Grammar) -> list[PartyMention]:
    found: list[PartyMention] = []
    index = 0
    marks = sentence.marks
    while index < len(marks):
        mention = _mention(sentence, index, theatre, day, grammar)
        if (
            mention is None
            or (found and _alias(sentence, mention))
            or (grammar.bounded and _in_compound(sentence, index) and mention.first == mention.last)
        ):
            index += 1
        else:
            if found and _unit_of(found[-1], mention):
                mention = replace(
                    mention,
                    start=found[-1].start,
                    first=found[-1].first,
                    side=mention.side if found[-1].side == "unknown" else found[-1].side,
                    surface=sentence.surface(found[-1].start, mention.end),
                )
                found.pop()
            elif found and found[-1].side == "civ" and mention.thing and found[-1].end == mention.start:
                owner = found.pop()  # a convoy of refugees
                mention = replace(
                    mention,
                    start=owner.start,
                    first=owner.first,
                    side="civ",
                    surface=sentence.surface(owner.start, mention.end),
                )
            elif found and _titles(sentence, found[-1], mention):
                title = found.pop()
                mention = replace(mention, side=title.side if mention.side == "unknown" else mention.side)
                if title.end < mention.start:
                    mention = replace(mention, start=title.start, first=title.first)
            found.append(mention)
            index = mention.last + 1
    return found


def _unit_of(army: PartyMention, unit: PartyMention) -> bool:
    """Whether a numbered unit stands right after the army or unit that it is part of: "Oruvel's 3rd Regiment, 2nd Battalion"."""
    return unit.kind == "unit" and army.end == unit.start and army.actor is not None


def _in_compound(sentence: Sentence, index: int) -> bool:
    """Whether a hyphen joins the word to a participle, so that both only describe what follows: "X-backed", "X-led"; not "X-held"."""
    mark, after = sentence.marks[index], sentence.marks[index + 1 : index + 2]
    joined = sentence.surface(mark.end, mark.end + 1) == "-" and bool(after) and after[0].start == mark.end + 1
    return joined and "participle" in after[0].flags and not after[0].has("held")


def _titles(sentence: Sentence, title: PartyMention, name: PartyMention) -> bool:
    """Whether a title stands right before the name of the person who bears it: "Defence minister X"."""
    people = sentence.marks[title.last].term.people
    if people is None or not (people.single or people.role) or title.thing or name.actor is None:
        return False
    between = sentence.folded[title.end - sentence.start : name.start - sentence.start].strip()
    if sentence.marks[name.first].lexeme.places or name.first != title.last + 1:
        return False
    return not between


def _alias(sentence: Sentence, mention: PartyMention) -> bool:
    """Whether the mention stands alone in brackets: another name of what was named before."""
    low, high = mention.start - sentence.start, mention.end - sentence.start
    return sentence.folded[low - 1 : low] == "(" and sentence.folded[high : high + 1] == ")"


def _mention(
    sentence: Sentence, index: int, theatre: Theatre | None, day: date | None, grammar: Grammar
) -> PartyMention | None:
    mark = sentence.marks[index]
    lexeme, people = mark.lexeme, mark.term.people
    if mark.has("party_pronoun"):
        if mark.has("party_pronoun_its") and not (
            index and sentence.marks[index - 1].term.flags & {"toward", "object"}
        ):
            return None
        kind = "both" if mark.has("party_pronoun_both") else "they"
        last = theirs(sentence, index) if kind == "they" else index
        end = sentence.marks[last].end
        return PartyMention(mark.start, end, index, last, sentence.surface(mark.start, end), "unknown", pronoun=kind)
    if lexeme.seat and theatre and speaks(sentence, index):
        mention = PartyMention(mark.start, mark.end, index, index, sentence.surface(mark.start, mark.end), "unknown")
        actor = theatre.actors[lexeme.seat]
        return replace(mention, side=actor.side_on(day), actor=actor.id, armed=True, kind=actor.kind)
    if lexeme.actor or lexeme.source:
        if lexeme.places and not (stands_free(sentence, index) if grammar.bounded else acts(sentence, index)):
            return None
        return _named(sentence, index, theatre, day, grammar)
    if people is not None:
        surface = sentence.surface(mark.start, mark.end)
        mention = PartyMention(
            mark.start,
            mark.end,
            index,
            index,
            surface,
            people.side or "unknown",
            None,
            None,
            people.armed,
            people.role,
            people.what,
        )
        return _with_name(sentence, _compound(sentence, mention) if grammar.bounded else mention)
    return None


def _named(sentence: Sentence, index: int, theatre: Theatre | None, day: date | None, grammar: Grammar) -> PartyMention:
    mark = sentence.marks[index]
    side, people = "unknown", mark.term.people
    if theatre and mark.lexeme.actor:
        side = theatre.actors[mark.lexeme.actor].side_on(day)
    elif theatre and mark.lexeme.source:
        side = theatre.sources[mark.lexeme.source].alignment or "other"
    mention = PartyMention(
        mark.start,
        mark.end,
        index,
        index,
        sentence.surface(mark.start, mark.end),
        side,
        mark.lexeme.actor,
        mark.lexeme.source,
        armed=True,
        role=people is not None and people.role,
        thing=people.what if people is not None else "",
        kind=theatre.actors[mark.lexeme.actor].kind if theatre and mark.lexeme.actor else "",
    )
    return _with_name(sentence, _with_head(sentence, mention, grammar))


def _with_head(sentence: Sentence, mention: PartyMention, grammar: Grammar) -> PartyMention:
    """``government forces' commander``: the people or things that a named party modifies take its side.

    The people of a country that only the text tells of are civilians.
    """
    marks = sentence.marks
    named, following = mention, mention.last + 1
    linked = False
    while following < len(marks) and marks[following].has("led") and marks[following].start - mention.end <= 4:
        mention = replace(mention, end=marks[following].end)
        following += 1
    if following < len(marks) and marks[following].has("the") and marks[following].start - mention.end <= 1:
        following, linked = following + 1, True
    if following >= len(marks):
        return named
    if grammar.bounded and not linked and _modifies_head(marks, following):
        following += 1
    head = marks[following]
    people = head.term.people
    gap = head.start - (marks[following - 1].end if linked or grammar.bounded else mention.end)
    skipped = marks[following - 1].end if grammar.bounded and following > mention.last + 1 else mention.end
    described = sentence.folded[skipped - sentence.start : head.start - sentence.start].strip(" '’s")
    if grammar.bounded and described and not (people and people.armed and not linked and described.isalpha()):
        return named
    reach = len(described) + ROLE_GAP if grammar.bounded else ROLE_GAP if linked else 0
    if people is None or gap > reach or head.lexeme.actor:
        return named
    start = head.start if linked and people.what else mention.start
    folk = not linked and people.rule == "people" and (mention.actor or "").startswith("x:")
    return replace(
        mention,
        start=start,
        end=head.end,
        last=following,
        surface=sentence.surface(start, head.end),
        side="civ" if folk else people.side if people.side and not (people.armed or people.what) else mention.side,
        role=people.role,
        thing=people.what,
        armed=people.armed or not (people.side or folk),
    )


def _modifies_head(marks: list[Mark], index: int) -> bool:
    """Whether a noun of an event only tells what the people right after it are for: "strike group", "assault troops"."""
    if index + 1 >= len(marks):
        return False
    noun, head = marks[index], marks[index + 1]
    return (
        noun.term.noun is not None
        and "singular" in noun.flags
        and noun.lexeme.actor is None
        and head.term.people is not None
        and head.start - noun.end <= 1
        and noun.start - marks[index - 1].end <= 1
    )


def _compound(sentence: Sentence, mention: PartyMention) -> PartyMention:
    """Nouns for people that stand right beside each other are one party, told by the last: "military volunteer"."""
    marks = sentence.marks
    head = marks[mention.last + 1] if mention.last + 1 < len(marks) else None
    if head is None or head.term.people is None or head.start - mention.end != 1 or head.lexeme.actor or mention.role:
        return mention
    people = head.term.people
    if "plural" in marks[mention.last].flags or sentence.surface(mention.end, head.start) != " ":
        return mention
    return replace(
        mention,
        end=head.end,
        last=mention.last + 1,
        surface=sentence.surface(mention.start, head.end),
        side=people.side or mention.side,
        armed=people.armed,
        role=people.role,
        thing=people.what,
    )


def _with_name(sentence: Sentence, mention: PartyMention) -> PartyMention:
    """A person's name right after the role belongs to the mention."""
    following = mention.last + 1
    if following >= len(sentence.marks) or not mention.role:
        return mention
    name = sentence.marks[following]
    if name.name and name.start - mention.end <= 1:
        return replace(mention, end=name.end, last=following, surface=sentence.surface(mention.start, name.end))
    return mention


def _joined(sentence: Sentence, one: PartyMention, other: PartyMention) -> bool:
    between = [
        mark
        for number, mark in enumerate(sentence.marks[one.last + 1 : other.first], one.last + 1)
        if not (_in_compound(sentence, number) or sentence.surface(mark.start - 1, mark.start) == "-")
    ]
    if other.pronoun == "they" and "," in sentence.folded[one.end - sentence.start : other.start - sentence.start]:
        return False
    if not between or len(between) > 4:
        return _listed(sentence, one, other)
    if not any(mark.has("and") for mark in between):
        return False
    described = sentence.marks[one.last + 1 : other.first]
    if other.start - one.end - sum(mark.end + 1 - mark.start for mark in described if mark not in between) > 24:
        return False
    return all(
        mark.has("and") or mark.count or mark.has("the") or mark.has("determiner") or mark.has("adverb")
        for mark in between
    )


def _listed(sentence: Sentence, one: PartyMention, other: PartyMention) -> bool:
    """Whether only a comma stands between two parties and "and" follows the second: the middle of a list."""
    between = sentence.folded[one.end - sentence.start : other.start - sentence.start]
    if between.strip() != "," or other.last + 1 >= len(sentence.marks) or _closes_opening(sentence, one, other):
        return False
    after = sentence.marks[other.last + 1]
    return after.has("and") and after.start - other.end <= 2


def _closes_opening(sentence: Sentence, one: PartyMention, other: PartyMention) -> bool:
    """Whether the comma only ends the phrase that opens the sentence: "after the defeat of A, B and C forces took the town"."""
    first = sentence.marks[0]
    if first.start - sentence.start > 2 or not (first.date or first.flags & OPENING):
        return False
    if any(mark.flags & VERBAL for mark in sentence.marks if mark.start < one.start):
        return False
    verb = next((mark for mark in sentence.marks[other.last + 1 :] if mark.flags & VERBAL), None)
    return verb is not None and "," not in sentence.folded[other.end - sentence.start : verb.start - sentence.start]


def _governor(sentence: Sentence, mention: PartyMention) -> frozenset[str]:
    """Word classes of the nearest word before the mention that can govern it; numbers and adjectives between do not count."""
    clause = sentence.clause_of(mention.start)
    for index in range(mention.first - 1, max(-1, mention.first - 4), -1):
        mark = sentence.marks[index]
        if sentence.clause_of(mark.start) != clause:
            return frozenset()
        if mark.count is not None or mark.flags & PASSED:
            continue
        if mention.start - mark.end > 14:
            return frozenset()
        if mark.lexeme.places and index and not mark.lexeme.actor:
            continue
        return mark.flags & GOVERNORS
    return frozenset()


OPENING = frozenset({"at", "from", "subordinate"})
VERBAL = frozenset({"past", "third", "be", "have"})
PASSED = frozenset({"partial", "determiner", "indefinite", "adverb"})
GOVERNORS = frozenset(
    {
        "toward",
        "with",
        "from",
        "object",
        "passive",
        "by",
        "at",
        "toward_place",
        "and",
        "according",
        "of",
        "between",
        "preposition",
        "infinitive",
    }
)
