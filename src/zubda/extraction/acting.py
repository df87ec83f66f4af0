"""Whether a name acts where it stands: as a party, not as the place that bears the name; whose the people behind a pronoun are."""

from __future__ import annotations

from zubda.extraction.marks import Mark, Sentence

__all__ = ["acts", "speaks", "stands_free", "theirs"]

ADVERBS = frozenset({"contrast", "also", "still"})


def speaks(sentence: Sentence, index: int) -> bool:
    """Whether a verb of saying follows at once, over adverbs and other capitals: "Moscow and Damascus also said"."""
    marks = sentence.marks
    end = marks[index].end
    for mark in marks[index + 1 :]:
        passed = mark.flags & ADVERBS or mark.has("adverb") or mark.has("and") or mark.lexeme.seat
        if mark.start - end > 1 or not (mark.term.speech or passed):
            return False
        if mark.term.speech:
            return True
        end = mark.end
    return False


def theirs(sentence: Sentence, index: int) -> int:
    """The last mark of a pronoun with the armed people that are theirs ("their soldiers"), the pronoun's own if there are none."""
    after = sentence.marks[index + 1 : index + 3]
    if len(after) < 2 or not after[0].has("the") or after[0].start != sentence.marks[index].end:
        return index
    people = after[1].term.people
    close = people is not None and not people.what and (people.armed or people.role) and after[1].start == after[0].end
    return index + 2 if close else index


def acts(sentence: Sentence, index: int) -> bool:
    """Whether a name that is a place and an actor acts here: people or a verb follow at once, and no word of place precedes."""
    marks = sentence.marks
    if index + 1 >= len(marks):
        return False
    number = index + 1
    while number + 1 < len(marks) and marks[number].has("and") and marks[number + 1].lexeme.actor:
        number += 2  # "A and B deny"
    if number >= len(marks):
        return False
    while number + 1 < len(marks) and marks[number].flags & ADVERBS and marks[number + 1].start == marks[number].end:
        number += 1
    follower = marks[number]
    near = marks[index + 1].start - marks[index].end <= 1
    if near and follower.term.people:
        return True
    if index and _placing(marks[index - 1]):
        return False
    return near and bool(
        follower.term.people
        or follower.term.speech
        or (follower.term.trigger and not (follower.term.trigger.noun or follower.term.trigger.change == "fell"))
        or follower.has("toward")
    )


def stands_free(sentence: Sentence, index: int) -> bool:
    """Whether a name that is a place and an actor acts here, where a word of place would stand before the place: "in X"."""
    marks = sentence.marks
    if index + 1 < len(marks) and marks[index + 1].term.people and marks[index + 1].start - marks[index].end <= 1:
        return True
    before = marks[index - 1] if index else None
    if before is None or marks[index].start - before.end > 1:
        return True
    return not (_placing(before) or before.has("infinitive"))


def _placing(mark: Mark) -> bool:
    return mark.has("at") or mark.has("from") or mark.has("toward_place")
