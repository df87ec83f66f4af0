"""Where clauses end, in a language whose verbs change their form: punctuation that is no list comma, and words that open a clause."""

from __future__ import annotations

from itertools import pairwise

from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.parties import Group
from zubda.extraction.predicate import WORD, Predicate, only_adverbs

__all__ = ["BREAKS", "FREE", "NEAR", "clause_ends_of"]

BREAKS = frozenset({"relative", "subordinate", "clause_start", "and"})
FREE = frozenset({"and"})
NEAR = 3
MODIFIERS = 6


def clause_ends_of(sentence: Sentence, predicates: list[Predicate], groups: list[Group]) -> list[int]:
    """Ends of clauses: punctuation that is no list comma, and words that open a clause with a verb of its own."""
    verbs = [predicate for predicate in predicates if not predicate.noun]
    ends = [
        end
        for end in sentence.clause_ends[:-1]
        if not any(group.start < end < group.end for group in groups)
        and not _list_comma(sentence, end, verbs)
        and not _between_adjectives(sentence, end)
    ]
    for index, mark in enumerate(sentence.marks):
        heads = predicates if mark.has("subordinate") else verbs
        if _opens_clause(sentence, index, mark, heads, groups):
            ends.append(mark.start)
    ends = sorted({end for end in ends if sentence.start < end < sentence.end})
    return [*_without_empty(sentence, ends), sentence.end]


def _without_empty(sentence: Sentence, ends: list[int]) -> list[int]:
    kept: list[int] = []
    last = sentence.start
    for end in ends:
        if WORD.search(sentence.folded[last - sentence.start : end - sentence.start]):
            kept.append(end)
            last = end
        elif kept:
            kept[-1] = end
            last = end
    return kept


def _list_comma(sentence: Sentence, end: int, verbs: list[Predicate]) -> bool:
    """Whether a break stands inside a list of names or parties: only such stand on both sides, with no verb before the next break."""
    after = next((mark for mark in sentence.marks if mark.start >= end), None)
    before = next((mark for mark in reversed(sentence.marks) if mark.end <= end), None)
    if after is None or before is None or end - before.end > NEAR:
        return False
    lead = sentence.folded[end - sentence.start : after.start - sentence.start]
    if after.has("and"):
        after = _joined_by(sentence, sentence.marks.index(after))
    listed = _listable(before) and _listable(after) and len(lead.strip()) <= 4
    if not listed or after.has("indefinite"):
        return False
    if any(verb.end == before.end for verb in verbs):
        return False
    limit = next((other for other in sentence.clause_ends if other > end), sentence.end)
    return not any(verb.finite and after.end <= verb.start < limit for verb in verbs)


def _between_adjectives(sentence: Sentence, end: int) -> bool:
    """Whether a comma stands between two adjectives of a noun: "responded with heavy-handed, indiscriminate bombardments"."""
    after = next((mark for mark in sentence.marks if mark.start >= end), None)
    before = next((mark for mark in reversed(sentence.marks) if mark.end <= end), None)
    if (
        after is None
        or before is None
        or not before.flags & {"indefinite", "with", "by", "light"}
        or after.start > sentence.end
    ):
        return False
    first = sentence.folded[before.end - sentence.start : end - sentence.start].strip()
    second = sentence.folded[end - sentence.start : after.start - sentence.start].strip()
    noun = after.term.noun is not None or after.term.people is not None
    return noun and first.endswith(",") and _one_word(first[:-1]) and _one_word(second)


def _one_word(text: str) -> bool:
    return bool(text) and len(text.split()) == 1 and WORD.match(text) is not None


def _joined_by(sentence: Sentence, position: int) -> Mark:
    """What a word for "and" joins, behind the words that only modify it ("as well as the rebel-held parts of X")."""
    marks = sentence.marks
    following = marks[position + 1 : position + 1 + MODIFIERS]
    if not following:
        return marks[position]
    for mark, after in pairwise(following):
        held = after.has("held") or mark.has("held")
        if not (mark.has("determiner") or mark.has("partial") or held):
            return mark
    return following[-1] if _listable(following[-1]) else following[0]


def _listable(mark: Mark) -> bool:
    return bool(mark.lexeme.places or mark.lexeme.actor or mark.name or mark.term.people or mark.term.place_kind)


def _dated_place(sentence: Sentence, index: int) -> bool:
    """Whether "and" joins a place with a date of its own to a date: "took X on the 4th and Y on the 6th"."""
    marks = sentence.marks
    before, after = marks[index - 1 : index], marks[index + 1 : index + 4]
    dated = bool(before and before[0].date) and len(after) > 1 and bool(after[0].lexeme.places)
    links = after[1:]
    return dated and (bool(links[0].date) or (links[0].has("at") and len(links) > 1 and bool(links[1].date)))


def _opens_clause(sentence: Sentence, index: int, mark: Mark, verbs: list[Predicate], groups: list[Group]) -> bool:
    if not mark.flags & BREAKS or mark.lexeme.places or mark.lexeme.actor:
        return False
    if mark.has("and") and _dated_place(sentence, index):
        return True
    following = [verb for verb in verbs if verb.start >= mark.end]
    if not following or (mark.has("determiner") and not mark.has("relative")):
        return False
    verb = following[0]
    later = next(
        (
            other
            for other in sentence.marks[index + 1 :]
            if other.flags & BREAKS and other.start < verb.start and not other.has("and")
        ),
        None,
    )
    if later is not None:
        return False
    punctuated = any(mark.end <= end <= verb.start for end in sentence.clause_ends[:-1])
    if mark.has("and"):
        if punctuated:
            return False
        if only_adverbs(sentence, mark.end, verb.start, sentence.marks):
            return True
        following_mark = sentence.marks[index + 1] if index + 1 < len(sentence.marks) else None
        if following_mark is not None and following_mark.has("partial") and 0 <= verb.start - following_mark.end <= 1:
            return verb.finite
        heads = [group for group in groups if mark.end <= group.start and group.end <= verb.start]
        since = max((end for end in sentence.clause_ends[:-1] if end <= mark.start), default=sentence.start)
        return (
            any(since <= other.start < mark.start for other in verbs)
            and verb.finite
            and not verb.passive
            and bool(heads)
            and heads[0].start - mark.end <= 8
            and (not heads[0].governed - FREE)
        )
    if mark.has("relative"):
        return not punctuated
    return True
