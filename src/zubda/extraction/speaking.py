"""Who says it, in a language whose verbs change their form (codebook rules 2, 6, 9 and 16).

A verb of saying gives its subject as the source of what follows it, or, at the end of the sentence, of what stands before it.
"""

from __future__ import annotations

from dataclasses import replace

from zubda.extraction.attribution import UNNAMED, Voice
from zubda.extraction.clausal import Reading
from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.parties import Group, PartyMention
from zubda.extraction.predicate import Predicate

__all__ = ["find_inflected_voices"]

CLOSE = 30
APPOSITION = 60
SHORT = 3
NEXT = 12


def find_inflected_voices(sentence: Sentence, groups: list[Group], reading: Reading, last: Voice) -> list[Voice]:
    """The voices of a sentence in their order; before the first one the text speaks for itself."""
    found: list[Voice] = []
    speech = {predicate.index: predicate for predicate in reading.predicates if predicate.mark.term.speech}
    for index, mark in enumerate(sentence.marks):
        if mark.has("hearsay") and not mark.term.speech:
            found += _told_by(sentence, groups, index) or _hearsay(sentence, mark, reading)
        elif mark.has("according"):
            found += _according(sentence, groups, reading, mark, last)
        elif index in speech:
            voice = _spoken(sentence, groups, reading, speech[index], last, found)
            if voice is not None:
                found.append(voice)
    found.sort(key=_start)
    return found


def _start(voice: Voice) -> int:
    return voice.start


def _clause_start(sentence: Sentence, position: int) -> int:
    clause = sentence.clause_of(position)
    return sentence.clause_ends[clause - 1] if clause else sentence.start


def _hearsay(sentence: Sentence, mark: Mark, reading: Reading) -> list[Voice]:
    """Hearsay reaches over its clause, but for verbs before it, at the beginning of a sentence to the sentence's end."""
    start = _clause_start(sentence, mark.start)
    verbs = [one.end for one in reading.predicates if not one.noun and start <= one.start and one.end <= mark.start]
    since = mark.start if verbs else start
    voices = [Voice(since, UNNAMED, None, "say", None, "hearsay", (mark.start, mark.end))]
    clause = sentence.clause_of(mark.start)
    while clause + 1 < len(sentence.clause_ends) and _goes_with(reading, clause + 1):
        clause += 1
    end = sentence.clause_ends[clause]
    opening = mark.start - sentence.start < CLOSE and mark.end - mark.start > 14
    if end < sentence.end and not opening and start != mark.start:
        voices.append(Voice(end, rule="", at=(end, end)))
    return voices


def _goes_with(reading: Reading, clause: int) -> bool:
    """Whether a clause is a participial phrase that hangs on the one before it: ", killing ten"."""
    first = next((one for one in reading.predicates if one.clause == clause), None)
    return first is not None and first.form == "gerund" and not first.mark.term.speech


def _told_by(sentence: Sentence, groups: list[Group], index: int) -> list[Voice]:
    """ "It was reported by X that": hearsay with its source named."""
    mark, following = sentence.marks[index], sentence.marks[index + 1 : index + 2]
    if not following or not following[0].has("by") or following[0].start - mark.end > 1:
        return []
    end = next((end for end in sentence.clause_ends if end > following[0].end), sentence.end)
    named = _named(sentence, groups, following[0].end, end)
    return [Voice(mark.start, named[0], named[1], "say", named[2], "speech", (mark.start, end))] if named else []


def _named(
    sentence: Sentence, groups: list[Group], start: int, end: int
) -> tuple[str, str | None, PartyMention | None] | None:
    """Who is named between two plain offsets; of a role and the person in apposition to it the person."""
    parties = [
        party
        for group in groups
        for party in group.parties
        if start <= party.start and party.end <= end and not party.pronoun and not party.thing
    ]
    names = [
        sentence.surface(mark.start, mark.end)
        for mark in sentence.marks
        if mark.name and start <= mark.start and mark.end <= end
    ]
    if not parties:
        return (names[0], None, None) if names else None
    party = parties[0]
    persons = [other for other in parties if _is_name(other.surface) and not other.role]
    if party.role or party.side == "unknown":
        if persons:
            return persons[0].surface, persons[0].source or persons[0].actor, party
        if names:
            return names[0], party.source or party.actor, party
    return party.surface, party.source or party.actor, party


def _according(sentence: Sentence, groups: list[Group], reading: Reading, mark: Mark, last: Voice) -> list[Voice]:
    """ "according to X": forward at the beginning of a clause, else back over what the sentence told before."""
    end = next((end for end in sentence.clause_ends if end > mark.end), sentence.end)
    named = _named(sentence, groups, mark.end, end)
    if named is not None and named[2] is not None and named[2].role and not _is_name(named[0]) and end < sentence.end:
        following = next((one for one in sentence.clause_ends if one > end), sentence.end)
        if not any(one.trigger for one in reading.predicates if end <= one.start < following):
            named = _named(sentence, groups, mark.end, following)
            end = following
    spoken = any(mark.end <= group.start < end and group.parties[0].pronoun for group in groups)
    if named is None or spoken:
        return [replace(last, start=mark.start, at=(mark.start, end))] if spoken and last.source is not None else []
    surface, identity, party = named
    at = (mark.start, end)
    start = _clause_start(sentence, mark.start)
    before = sentence.folded[: mark.start - sentence.start].strip()
    told = [one for one in reading.predicates if one.mark.term.trigger and one.end <= mark.start]
    follows = [one for one in reading.predicates if one.mark.term.trigger and one.start >= end]
    connected = before.rsplit(" ", 1)[-1] if before else ""
    joined = any(
        one.end <= mark.start and mark.start - one.end <= 2 and (one.has("and") or one.has("relative"))
        for one in sentence.marks
    )
    forward = not told or (bool(follows) and (joined or connected.endswith(";")))
    if forward:
        return [Voice(mark.start, surface, identity, "say", party, "according_to", at)]
    back = max(
        (
            end
            for end in sentence.clause_ends
            if end <= start and sentence.folded[end - sentence.start - 2 : end - sentence.start].strip().endswith(";")
        ),
        default=sentence.start,
    )
    voices = [Voice(back, surface, identity, "say", party, "according_to", at)]
    if follows:
        voices.append(Voice(end))
    return voices


def _spoken(
    sentence: Sentence, groups: list[Group], reading: Reading, predicate: Predicate, last: Voice, found: list[Voice]
) -> Voice | None:
    mark, at = predicate.mark, (predicate.start, predicate.end)
    mode = mark.term.speech
    if predicate.supposed or predicate.negated:
        return None
    if predicate.passive:
        if predicate.doers:
            doer = predicate.doers[0]
            return Voice(
                _reach(sentence, reading, predicate), doer.surface, doer.source or doer.actor, mode, doer, "speech", at
            )
        return (
            Voice(predicate.start, UNNAMED, None, mode, None, "hearsay", at)
            if mode == "say" and (not predicate.subject or _goes_on(reading, predicate))
            else None
        )
    speaker = _speaker(sentence, groups, predicate)
    if speaker is None:
        if predicate.form in ("gerund", "infinitive") or (predicate.known and not predicate.subject):
            return _shared(predicate, found, mode, at)
        return None
    surface, identity, party = speaker
    start = _reach(sentence, reading, predicate)
    if (
        party is not None
        and party.role
        and party.side == "unknown"
        and last.source is not None
        and _same(sentence, party)
    ):
        return Voice(start, last.source, last.source_id, mode, last.party, "speech_by_pronoun", at)
    if party is not None and party.pronoun:
        if last.source is None or party.pronoun != "they":
            return None
        return Voice(start, last.source, last.source_id, mode, last.party, "speech_by_pronoun", at)
    rule = "speech_by_role" if party is not None and party.role else "speech"
    return Voice(start, surface, identity, mode, party, rule, at, predicate.subject[1:])


def _same(sentence: Sentence, party: PartyMention) -> bool:
    """Whether the speaker is told to be the one before: "the same source"."""
    before = sentence.marks[party.first - 1] if party.first else None
    return before is not None and before.has("same") and party.start - before.end <= 1


def _goes_on(reading: Reading, predicate: Predicate) -> bool:
    """Whether what is said of the subject of a passive follows at once: "they were reported to be leaving"."""
    following = reading.predicates[predicate.order + 1 : predicate.order + 2]
    return any(
        one.form in ("infinitive", "gerund", "participle")
        and one.clause == predicate.clause
        and one.start - predicate.end <= NEXT
        for one in following
    )


def _shared(predicate: Predicate, found: list[Voice], mode: str, at: tuple[int, int]) -> Voice | None:
    if not found or found[-1].source is None:
        return None
    previous = found[-1]
    return Voice(predicate.start, previous.source, previous.source_id, mode, previous.party, "speech_goes_on", at)


def _speaker(
    sentence: Sentence, groups: list[Group], predicate: Predicate
) -> tuple[str, str | None, PartyMention | None] | None:
    """The subject of a verb of saying; of a role and a name in apposition the name."""
    if predicate.subject:
        party = predicate.subject[0]
        if party.pronoun:
            return party.surface, None, party
        named = _apposed(sentence, groups, predicate, party)
        return named or (party.surface, party.source or party.actor, party)
    start = _clause_start(sentence, predicate.start)
    names = [
        one
        for one in sentence.marks
        if one.name and start <= one.start and one.end <= predicate.start and predicate.start - one.end <= CLOSE
    ]
    if names:
        return sentence.surface(names[-1].start, names[-1].end), None, None
    if predicate.objects and not predicate.known:
        party = predicate.objects[0]
        return party.surface, party.source or party.actor, party
    return None


def _apposed(
    sentence: Sentence, groups: list[Group], predicate: Predicate, party: PartyMention
) -> tuple[str, str | None, PartyMention | None] | None:
    """The name that stands beside the subject, with nothing but commas, articles and the rest of the role between."""
    if _is_name(party.surface) and not party.role:
        return None
    last = _before_verb(sentence, predicate)
    if last is not None and party.end < last.start:
        return sentence.surface(last.start, last.end), party.source or party.actor, party
    low, high = party.start - APPOSITION, predicate.start
    others = [
        one for group in groups for one in group.parties if low <= one.start and one.end <= high and one is not party
    ]
    found = [(one.start, one.end, one.surface, one.source or one.actor) for one in others if not one.thing]
    found += [
        (mark.start, mark.end, sentence.surface(mark.start, mark.end), None)
        for mark in sentence.marks
        if mark.name and low <= mark.start and mark.end <= high
    ]
    found.sort(key=lambda entry: abs(entry[0] - party.end) if entry[0] >= party.end else abs(party.start - entry[1]))
    for start, end, surface, identity in found:
        between = sentence.folded[min(end, party.end) - sentence.start : max(start, party.start) - sentence.start]
        spoken = any(
            mark.term.speech and min(end, party.end) <= mark.start < max(start, party.start) for mark in sentence.marks
        )
        beside = not between.strip() and surface[:1].isupper() and start >= party.end
        if (_is_name(surface) or beside) and len(between) <= CLOSE and not spoken and _links(between):
            return surface, identity or party.source or party.actor, party
    return None


def _before_verb(sentence: Sentence, predicate: Predicate) -> Mark | None:
    """The person's name that ends all that stands before the verb: "commander of the X command General Y Z said"."""
    index = next((number for number, mark in enumerate(sentence.marks) if mark.end + 1 == predicate.start), 0)
    name, before = sentence.marks[index], sentence.marks[index - 1] if index else None
    ranked = before is not None and before.term.people is not None and "singular" in before.flags
    named = not (name.term.people or name.lexeme.places) and _is_name(sentence.surface(name.start, name.end))
    return name if named and ranked and before is not None and name.start - before.end <= 1 else None


def _is_name(surface: str) -> bool:
    """Whether every word but the smallest begins with a capital, and there are two: a person's name, as a rule."""
    words = surface.split()
    return len(words) > 1 and all(
        word[:1].isupper() or word.rpartition("-")[2][:1].isupper() or len(word) <= SHORT for word in words
    )


def _links(between: str) -> bool:
    """Whether the words between a name and a role make an apposition: a comma, or nothing."""
    bare = between.strip()
    if ";" in bare:
        return False
    return not bare or bare.startswith(",") or bare.endswith(",") or len(bare) <= 24


def _reach(sentence: Sentence, reading: Reading, predicate: Predicate) -> int:
    """Where the voice begins: at the verb of saying, or at the sentence's beginning if nothing is told after the verb."""
    if predicate.mark.term.harms:
        return predicate.start  # "put the toll at 600" tells it by itself
    low, high = _statement_of(sentence, predicate)
    told = [one for one in reading.predicates if one.mark.term.trigger and one is not predicate]
    told = [one for one in told if low <= one.start < high]
    after = [one for one in told if one.start >= predicate.end]
    before = [one for one in told if one.end <= predicate.start and one.clause < predicate.clause]
    tolled = any(
        mark.term.harms and low <= mark.start < predicate.start and sentence.clause_of(mark.start) < predicate.clause
        for mark in sentence.marks
    )
    rest = sentence.folded[predicate.end - sentence.start : high - sentence.start].strip(" .;\"'”’)")
    if (before or tolled) and not after and (len(rest) < CLOSE):
        return low
    return predicate.start


def _statement_of(sentence: Sentence, predicate: Predicate) -> tuple[int, int]:
    """The plain range between semicolons in which a verb of saying stands."""
    at = predicate.start - sentence.start
    low, high = sentence.folded.rfind(";", 0, at) + 1, sentence.folded.find(";", at)
    return sentence.start + low, sentence.start + high if high >= 0 else sentence.end
