"""Predicates of a sentence in a language whose verbs change their form: which words are verbs, in what form and voice.

The reading is shallow, after the finite-state cascades of Abney ("Partial parsing via finite-state cascades", 1996): verb groups are
read off the form of the word and the small words right before it; nouns of events count as predicates too.
"""

from __future__ import annotations

from itertools import pairwise

from zubda.extraction.bare_verbs import FORMS, governed, joined_to, read_bare
from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.parties import Group
from zubda.extraction.predicate import Predicate, only_adverbs

__all__ = ["find_predicates"]

AUXILIARIES = frozenset({"be", "have", "modal", "may_have"})
HELPERS = frozenset({"be", "have", "modal", "do", "infinitive", "may_have"})
JOINING = frozenset({"relative", "subordinate", "clause_start", "and"})
NOUNS = frozenset({"singular", "plural"})


def find_predicates(sentence: Sentence, groups: list[Group]) -> list[Predicate]:
    """The predicates of a sentence, left to right, without their parties."""
    inside = {index for group in groups for party in group.parties for index in range(party.first, party.last + 1)}
    found: list[Predicate] = []
    for index, mark in enumerate(sentence.marks):
        flags = mark.flags
        if (index in inside and not _time_of(sentence, index)) or mark.lexeme.places or mark.lexeme.actor:
            continue
        verbal, nominal = bool(flags & FORMS), mark.term.noun is not None
        if flags & FORMS and sentence.surface(mark.start - 1, mark.start) == "-":
            continue  # "X-held", "Y-backed"
        if (mark.has("subordinate") or mark.has("and")) and mark.term.trigger is None:
            continue
        if not (verbal or nominal or _fixed(mark)):
            continue
        if not nominal and (_capital_within(sentence, mark) or _plural_noun(sentence, index)):
            continue
        predicate = _read(sentence, index, groups, found, verbal, nominal)
        if predicate is not None:
            found.append(predicate)
    found += _linking(sentence, found)
    found.sort(key=_start)
    for order, predicate in enumerate(found):
        predicate.order = order
    _reduce(sentence, groups, [predicate for predicate in found if not predicate.noun])
    return found


def _reduce(sentence: Sentence, groups: list[Group], verbs: list[Predicate]) -> None:
    """ "the men killed there were found", "a convoy carrying fuel was hit": the first verb is only said of the noun before it."""
    for number, (one, other) in enumerate(pairwise(verbs)):
        flags = one.mark.flags
        if not other.finite or one.start != one.mark.start or one.passive or one.supposed:
            continue
        if _broken(sentence, one.end, other.start):
            continue
        inside = [group for group in groups if one.end <= group.start < other.start]
        head = next((group for group in groups if 0 <= one.start - group.end <= 1), None)
        if head is None or (number and not _broken(sentence, verbs[number - 1].end, head.start)):
            continue
        if "gerund" in flags and one.form == "gerund":
            one.reduced = not head.governed
        elif (
            one.finite
            and not one.mark.term.speech
            and flags >= {"past", "participle"}
            and all(group.governed for group in inside)
        ):
            one.form, one.passive, one.reduced = "participle", True, True


def _time_of(sentence: Sentence, index: int) -> bool:
    """Whether a gathering of people is told as what went on meanwhile: "during a demonstration"."""
    before = [mark for mark in sentence.marks[max(0, index - 2) : index] if not mark.has("indefinite")]
    gathers = sentence.marks[index].term.noun is not None
    return gathers and bool(before) and before[-1].has("subordinate") and not before[-1].has("with")


def _broken(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a comma or a word that joins or opens clauses stands between two plain offsets."""
    text = sentence.folded[start - sentence.start : end - sentence.start]
    return any(sign in text for sign in ",;:") or any(
        start <= mark.start < end and mark.flags & JOINING for mark in sentence.marks
    )


def _capital_within(sentence: Sentence, mark: Mark) -> bool:
    """Whether a word has a capital right after another word: part of a name."""
    if mark.start - sentence.start < 2 or not sentence.surface(mark.start, mark.start + 1).isupper():
        return False
    return sentence.surface(mark.start - 2, mark.start - 1).isalnum()


def _plural_noun(sentence: Sentence, index: int) -> bool:
    """Whether an auxiliary right after a form in -s shows that it is a plural noun: "documents were seized"."""
    mark, following = sentence.marks[index], sentence.marks[index + 1 : index + 2]
    return (
        "third" in mark.flags
        and not mark.flags & {"past", "be", "have"}
        and any(
            one.start - mark.end <= 1 and one.flags & AUXILIARIES and not one.has("infinitive") for one in following
        )
    )


def _start(predicate: Predicate) -> int:
    return predicate.start


def _linking(sentence: Sentence, found: list[Predicate]) -> list[Predicate]:
    """Forms of "be" that are no auxiliaries: they head a clause and tell no event."""
    linking = []
    for index, mark in enumerate(sentence.marks):
        if not mark.has("be") or mark.flags & FORMS or any(one.start <= mark.start < one.end for one in found):
            continue
        helped = any(one.start == mark.end + 1 for one in found)
        before = sentence.marks[index - 1] if index else None
        if not helped and not (before is not None and before.flags & HELPERS):
            linking.append(Predicate(index, mark, mark.start, mark.end, "finite"))
    return linking


def _fixed(mark: Mark) -> bool:
    """A form that the lexicon lists as it stands opens a frame without inflection."""
    return mark.term.trigger is not None and not mark.flags & (FORMS | NOUNS)


def _read(
    sentence: Sentence, index: int, groups: list[Group], found: list[Predicate], verbal: bool, nominal: bool
) -> Predicate | None:
    mark = sentence.marks[index]
    chain = _auxiliaries(sentence, index)
    if verbal and nominal:
        nominal = _is_noun(sentence, index, chain, groups) and not (
            "base" in mark.flags and joined_to(sentence, index, found)
        )
        verbal = not nominal
    if not verbal:
        form = "noun" if nominal else "finite"
        return Predicate(index, mark, mark.start, mark.end, form, negated=nominal and _no(sentence, index))
    return _verb(sentence, index, chain, groups, found)


def _auxiliaries(sentence: Sentence, index: int) -> list[Mark]:
    """The auxiliaries before a verb, the nearest first, with nothing but adverbs between."""
    marks = sentence.marks
    chain: list[Mark] = []
    until = marks[index].start
    for other in range(index - 1, max(-1, index - 8), -1):
        mark = marks[other]
        helper = bool(mark.flags & HELPERS)
        if helper and only_adverbs(sentence, mark.end, until, marks):
            chain.append(mark)
            until = mark.start
        elif not (mark.has("adverb") or mark.has("negation") or mark.date or mark.has("hearsay")):
            break
    return chain


def _no(sentence: Sentence, index: int) -> bool:
    if not index:
        return False
    before = sentence.marks[index - 1]
    return before.has("negation") and sentence.marks[index].start - before.end <= 12


def _is_noun(sentence: Sentence, index: int, chain: list[Mark], groups: list[Group]) -> bool:
    """Whether a form that is a noun and a verb is the noun here."""
    mark = sentence.marks[index]
    flags = mark.flags
    if (chain and chain[0].has("infinitive")) or any(one.has("modal") or one.has("do") for one in chain):
        return not flags & {"base"}
    if "base" in flags and governed(sentence, index):
        return False
    if "gerund" in flags:
        if chain and chain[0].has("be") and mark.start - chain[0].end <= 14:
            return False
        return not _takes_object(sentence, index)
    if flags & {"past", "participle"} and not flags & {"base"}:
        return False
    return not (flags & {"past"} and any(0 <= mark.start - group.end <= 2 for group in groups))


def _takes_object(sentence: Sentence, index: int) -> bool:
    """Whether an object follows at once ("shelling the town"), so that the gerund is no noun ("shelling of the town")."""
    mark = sentence.marks[index]
    if index and _modifier(sentence.marks[index - 1]) and mark.start - sentence.marks[index - 1].end <= 2:
        return False
    if index + 1 >= len(sentence.marks):
        return False
    following = sentence.marks[index + 1]
    if following.start - mark.end > 1:
        return False
    return bool(
        following.has("determiner")
        or following.has("indefinite")
        or following.lexeme.places
        or following.lexeme.actor
        or following.term.people
        or following.count
        or following.has("place_pronoun")
        or following.has("party_pronoun")
    )


def _modifier(mark: Mark) -> bool:
    return bool(
        mark.lexeme.actor or mark.has("determiner") or mark.has("the") or mark.has("indefinite") or mark.term.people
    )


def _verb(
    sentence: Sentence, index: int, chain: list[Mark], groups: list[Group], found: list[Predicate]
) -> Predicate | None:
    mark = sentence.marks[index]
    flags = mark.flags
    start = chain[-1].start if chain else mark.start
    be = bool(chain) and chain[0].has("be")
    have = any(one.has("have") for one in chain)
    supposed = any(one.has("modal") for one in chain) and not any(one.has("may_have") for one in chain)
    negated = any(
        other.has("negation") and (start <= other.start or 0 <= start - other.end <= 1)
        for other in sentence.marks[max(0, index - 4) : index]
    )
    predicate = Predicate(index, mark, start, mark.end, "finite", negated=negated, supposed=supposed)
    if chain and chain[0].has("infinitive"):
        if "base" not in flags:
            return None
        predicate.form = "infinitive"
        predicate.supposed = predicate.supposed or any(one.has("be") for one in chain[1:])  # "was to take"
        return predicate
    if be and "gerund" in flags:
        if any(one.has("infinitive") for one in chain):
            predicate.form = "infinitive"
        return predicate
    if be and "participle" in flags:
        predicate.passive = True
        predicate.perfect = have
        if any(one.has("infinitive") for one in chain):
            predicate.form = "infinitive"
        return predicate
    if have and "participle" in flags:
        predicate.perfect = True
        if any(one.has("infinitive") for one in chain):
            predicate.form = "infinitive"
        return predicate
    if chain and chain[0].has("do") and "base" in flags:
        return predicate
    return read_bare(sentence, predicate, groups, found)
