"""Who says it, how far that reaches, and whether it is denied (codebook rules 2, 6, 9 and 16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zubda.extraction.frames import Frame
from zubda.extraction.marks import Sentence
from zubda.extraction.parties import Group, PartyMention

__all__ = ["TEXT", "Voice", "find_voices", "has_no_part", "set_against", "voice_at"]

UNNAMED = "unnamed"
OWN_SPEECH = frozenset({"speech", "speech_by_role"})
SAYING = frozenset({"say", "accuse", "confirm"})
LONGEST_REST, LONG_RECORD = 8, 4
SHORTEST_NAME, LONGEST_NAME = 4, 14


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks from the plain offset ``start`` on: ``source`` None is the text itself. ``mode`` is how (``say``, ``deny``, ``accuse``).

    ``others`` are further sources of the same predicate.
    """

    start: int
    source: str | None = None
    source_id: str | None = None
    mode: str = "say"
    party: PartyMention | None = None
    rule: str = ""
    at: tuple[int, int] = (0, 0)
    others: tuple[PartyMention, ...] = ()


TEXT = Voice(0)


def find_voices(
    sentence: Sentence, groups: list[Group], last: Voice, ends: frozenset[str] = frozenset()
) -> list[Voice]:
    """The voices of a sentence in order; before the first one the text speaks for itself.

    ``last`` is the voice that the sentence before ended with, for "he said" and "it also reported"; ``ends`` are characters that
    are no part of a name, by which the rest of a speaker's name is told from an adverb.
    """
    voices: list[Voice] = []
    according = -1
    for index, mark in enumerate(sentence.marks):
        whose = _stretch_before(sentence, index, ends) if mark.has("hearsay_named") else None
        if whose is not None:
            surface = sentence.surface(whose, mark.end)  # "Oruvel's media report"
            voices.append(Voice(whose, surface, None, "say", None, "hearsay", (whose, mark.end)))
        elif mark.has("hearsay") and not (mark.term.speech and any(group.end == mark.start for group in groups)):
            voices.append(Voice(mark.start, UNNAMED, None, "say", None, "hearsay", (mark.start, mark.end)))
        elif mark.has("according"):
            following = _first_source(sentence, groups, mark.end)
            record = None if following is not None else _record(sentence, index)
            if record is not None:
                at = (mark.start, record[1])
                voices.append(Voice(mark.start, sentence.surface(*record), None, "say", None, "according_to", at))
            if following is not None:
                following = _whole_name(sentence, following, _next_mark(sentence, following.end), ends)
                according = mark.start
                voices.append(_voice(following, mark.start, "say", "according_to", (mark.start, following.end)))
        elif mark.term.speech and not _suffered(sentence, index):
            spoken = _speaker(sentence, groups, index, voices, last, according)
            if spoken is not None and spoken.party is not None and spoken.rule in ("speech", "speech_by_role"):
                party = _whole_name(sentence, spoken.party, mark.start, ends)
                spoken = replace(spoken, party=party, source=party.surface)
            begins = _stretch_before(sentence, index, ends) if spoken is None and mark.term.speech in SAYING else None
            if begins is not None:
                name = PartyMention(
                    begins, mark.start, index, index, sentence.surface(begins, mark.start), "unknown", role=True
                )
                spoken = _voice(name, begins, mark.term.speech, "speech_by_role", (begins, mark.end))
            if spoken is not None:
                voices.append(spoken)
    return [replace(voices[0], start=sentence.start)] if _told_last(sentence, voices) else voices


def _suffered(sentence: Sentence, index: int) -> bool:
    """Whether a verb of saying names what somebody suffers: "they were threatened"."""
    before = sentence.marks[index - 1] if index else None
    return before is not None and before.has("passive") and before.end == sentence.marks[index].start


def _told_last(sentence: Sentence, voices: Sequence[Voice]) -> bool:
    """Whether the sentence ends by telling who says all of it: "A took X, B says"."""
    if len(voices) != 1 or voices[0].party is None or voices[0].rule not in OWN_SPEECH:
        return False
    start, end = voices[0].party.start, voices[0].at[1]
    clause = sentence.clause_of(start)
    bare = not any(letter.isalnum() for letter in sentence.surface(end, sentence.end))
    return bare and clause > 0 and not sentence.in_clause(clause)[0].start < start


def _record(sentence: Sentence, index: int) -> tuple[int, int] | None:
    """The plain range of a source without a party: what stands between "according to" and a verb of telling, with it."""
    mark = sentence.marks[index]
    following = next(
        (other for other in sentence.marks[index + 1 :] if not (other.has("after") or other.has("stop"))), None
    )
    if following is None or following.term.speech != "say" or following.start == mark.end:
        return None
    between = sentence.folded[mark.end - sentence.start : following.start - sentence.start]
    if len(between) > LONGEST_REST or not all(letter.isalpha() for letter in between):
        return None
    return mark.end, following.start if len(between) >= LONG_RECORD else following.end


def _stretch_before(sentence: Sentence, index: int, ends: frozenset[str]) -> int | None:
    """Where the name begins that stands right before a mark and begins its clause, though nothing knows it; None without one."""
    end = sentence.marks[index].start
    clause = sentence.clause_of(end)
    start = sentence.clause_ends[clause - 1] if clause else sentence.start
    before = next((mark for mark in reversed(sentence.marks[:index]) if not mark.has("stop")), None)
    if before is not None and before.start >= start:
        place = bool(before.lexeme.places or before.lexeme.actor or before.name)
        if not (place or before.date or before.has("clause_start")):
            return None
        start = before.start if place else before.end
    name = sentence.folded[start - sentence.start : end - sentence.start]
    known = before is not None and start == before.start
    if not (0 if known else SHORTEST_NAME - 1) < len(name) <= LONGEST_NAME or not all(map(str.isalpha, name)):
        return None
    rest = name[before.end - before.start :] if before is not None and known else name
    return None if not ends or any(letter in ends for letter in rest) else start


def _next_mark(sentence: Sentence, position: int) -> int:
    """Where the next word that is known begins, or the clause ends."""
    end = sentence.clause_ends[sentence.clause_of(position - 1)] - 1
    return min([mark.start for mark in sentence.marks if mark.start >= position], default=end)


def _whole_name(sentence: Sentence, party: PartyMention, end: int, ends: frozenset[str]) -> PartyMention:
    """The party with the rest of its name, which nothing knows, up to a plain offset: "President | So-and-so", "X's | Treasury"."""
    rest = sentence.folded[party.end - sentence.start : end - sentence.start]
    named = party.actor is not None and not party.actor.startswith("x:") and not party.role
    if named or not 1 < len(rest) <= LONGEST_REST or not ends or not all(letter.isalpha() for letter in rest):
        return party
    if any(letter in ends for letter in rest) or _next_mark(sentence, party.end) < end:
        return party
    return replace(party, end=end, surface=sentence.surface(party.start, end))


def _voice(party: PartyMention, start: int, mode: str, rule: str, at: tuple[int, int]) -> Voice:
    return Voice(start, party.surface, party.source or party.actor, mode, party, rule, at)


def _first_source(sentence: Sentence, groups: list[Group], position: int) -> PartyMention | None:
    clause = sentence.clause_of(position)
    for group in groups:
        if group.start >= position and sentence.clause_of(group.start) == clause and group.start - position < 20:
            return group.parties[0]
    return None


def _speaker(
    sentence: Sentence, groups: list[Group], index: int, voices: list[Voice], last: Voice, according: int
) -> Voice | None:
    mark = sentence.marks[index]
    clause = sentence.clause_of(mark.start)
    mode = mark.term.speech
    before = [
        party
        for group in groups
        for party in group.parties
        if party.end <= mark.start
        and sentence.clause_of(party.start) == clause
        and not party.thing
        and (mode == "accuse" or not group.governed & {"toward"})
    ]
    if voices and voices[-1].start >= (sentence.clause_ends[clause - 1] if clause else sentence.start):
        recent = voices[-1]
        if recent.rule in ("according_to", "hearsay") and not any(party.start > recent.at[1] for party in before):
            return None
    speaker = before[-1] if before else None
    if speaker is not None and _verb_between(sentence, speaker.last, index):
        speaker = before[0] if not _verb_between(sentence, before[0].last, index) else None
        if speaker is None:
            return None
    if speaker is not None and _told_to(sentence, speaker):
        return None
    at = (mark.start, mark.end)
    if speaker is None:
        if mark.start - sentence.start <= 4 and last.source is not None:
            return Voice(mark.start, last.source, last.source_id, mode, last.party, "speech_goes_on", at)
        if not voices and clause:
            subject = _subject_before(sentence, groups, clause)
            if subject is not None:
                return _voice(subject, mark.start, mode, "speech_shares_subject", (subject.start, mark.end))
        if voices:
            previous = voices[-1]
            return Voice(mark.start, previous.source, previous.source_id, mode, previous.party, "speech_goes_on", at)
        return None
    if speaker.pronoun == "they":
        if last.source is None:
            return None
        return Voice(speaker.start, last.source, last.source_id, mode, last.party, "speech_by_pronoun", at)
    if speaker.pronoun:
        return None
    rule = "speech_by_role" if speaker.role else "speech"
    together = next(group.parties for group in groups if speaker in group.parties)
    together = tuple(party for party in together if not party.pronoun and not party.thing)
    voice = _voice(together[0], together[0].start, mode, rule, (speaker.start, mark.end))
    return replace(voice, others=together[1:])


def _told_to(sentence: Sentence, listener: PartyMention) -> bool:
    """Whether the party is the one who is told: "A told B, saying ..."."""
    for number in range(listener.first - 1, max(-1, listener.first - 4), -1):
        mark = sentence.marks[number]
        if mark.has("tell"):
            return True
        if not (mark.lexeme.actor or mark.lexeme.source or mark.lexeme.places or mark.term.people):
            return False
    return False


def _subject_before(sentence: Sentence, groups: list[Group], clause: int) -> PartyMention | None:
    """The first party of the nearest clause before, if nothing governs it: it goes on as the subject of the verb of saying."""
    for number in range(clause - 1, -1, -1):
        here = [group for group in groups if sentence.clause_of(group.start) == number]
        if here:
            free = not here[0].governed - {"and"} and not here[0].parties[0].thing and not here[0].parties[0].pronoun
            return here[0].parties[0] if free else None
    return None


def _verb_between(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a verb of an event stands between two marks, so that what stands before it is no speaker."""
    return any(
        mark.term.trigger is not None and not mark.term.trigger.noun and not mark.term.speech
        for mark in sentence.marks[first + 1 : last]
    )


def voice_at(voices: Sequence[Voice], position: int) -> Voice:
    """The voice that governs a plain offset."""
    governing = TEXT
    for voice in voices:
        if voice.start <= position:
            governing = voice
    return governing


def set_against(sentence: Sentence, voice: Voice) -> tuple[int, int] | None:
    """Where a word sets the voice against what was said before it: at the head of its clause, or of the sentence it opens."""
    clause = sentence.clause_of(voice.at[0])
    heads = {clause} if clause != 1 else {0, 1}
    for mark in sentence.marks:
        if mark.start >= voice.at[0]:
            return None
        if mark.has("contrast") and sentence.clause_of(mark.start) in heads:
            return mark.start, mark.end
    return None


def has_no_part(sentence: Sentence, frame: Frame) -> bool:
    """Whether the clause tells that somebody has nothing to do with what the frame tells: its source denies it."""
    return "uninvolved" in sentence.flags and any(mark.has("uninvolved") for mark in sentence.in_clause(frame.clause))
