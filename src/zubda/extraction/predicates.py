"""Predicates of a sentence in a language whose verbs change their form: which words are verbs, in what form and voice.

The reading is shallow, after the finite-state cascades of Abney ("Partial parsing via finite-state cascades", 1996): verb groups are
read off the form of the word and the small words right before it; nouns of events count as predicates too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.parties import Group, PartyMention
from zubda.languages.interface import Trigger

__all__ = ["Predicate", "find_predicates", "only_adverbs"]

FORMS = frozenset({"base", "third", "past", "participle", "gerund"})
HELPERS = frozenset({"be", "have", "modal", "do", "infinitive", "may_have"})
TAKES_INFINITIVE = frozenset({"attempt", "achieved", "purpose"})
GOING = frozenset({"movement", "withdrawal", "displacement"})
JOINING = frozenset({"relative", "subordinate", "clause_start", "and"})
NOUNS = frozenset({"singular", "plural"})
WORD = re.compile(r"[^\W\d_][\w'-]*")
MANNER = re.compile(r"ly\b")


@dataclass(slots=True)
class Predicate:
    """A verb or a noun of an event. ``start`` takes in its auxiliaries; ``form`` is ``finite``, ``participle`` (a passive one without
    auxiliary), ``gerund``, ``infinitive`` or ``noun``.

    ``subject`` are the parties that do it (of a passive: that suffer it), ``known`` that the sentence tells a subject, party or not.
    ``perfect`` tells that it is told as done before, ``governed`` that a word like "began to" makes it an infinitive.
    ``told`` is set where the predicate is read: whether it is told as something that happened. ``objects`` follow it
    ungoverned, ``doers`` after the word of agency, ``against`` after a word of direction.
    """

    index: int
    mark: Mark
    start: int
    end: int
    form: str
    passive: bool = False
    negated: bool = False
    supposed: bool = False
    told: bool = True
    perfect: bool = False
    governed: bool = False
    order: int = 0
    clause: int = 0
    subject: tuple[PartyMention, ...] = ()
    known: bool = False
    objects: tuple[PartyMention, ...] = ()
    doers: tuple[PartyMention, ...] = ()
    against: tuple[PartyMention, ...] = ()
    sharing: Predicate | None = None
    region: tuple[int, int] = (0, 0)
    notes: list[tuple[str, str, int, int]] = field(default_factory=list)

    reduced: bool = False

    @property
    def trigger(self) -> Trigger | None:
        """The trigger as which the word reads here."""
        return self.mark.term.noun or self.mark.term.trigger if self.noun else self.mark.term.trigger

    @property
    def noun(self) -> bool:
        """Whether it is a noun of an event."""
        return self.form == "noun"

    @property
    def finite(self) -> bool:
        """Whether it can head a clause."""
        return self.form == "finite"


def only_adverbs(sentence: Sentence, start: int, end: int, marks: list[Mark]) -> bool:
    """Whether nothing but adverbs and negations stands between two plain offsets."""
    text = sentence.folded[start - sentence.start : end - sentence.start]
    for word in WORD.finditer(text):
        at = start + word.start()
        mark = next((one for one in marks if one.start <= at < one.end), None)
        if mark is not None:
            if not (mark.has("adverb") or mark.has("negation") or mark.has("hearsay") or mark.date):
                return False
        elif not MANNER.search(word.group()):
            return False
    return "," not in text and ";" not in text


def find_predicates(sentence: Sentence, groups: list[Group]) -> list[Predicate]:
    """The predicates of a sentence, left to right, without their parties."""
    inside = {index for group in groups for party in group.parties for index in range(party.first, party.last + 1)}
    found: list[Predicate] = []
    for index, mark in enumerate(sentence.marks):
        flags = mark.flags
        if index in inside or mark.lexeme.places or mark.lexeme.actor:
            continue
        verbal, nominal = bool(flags & FORMS), mark.term.noun is not None
        if flags & FORMS and sentence.surface(mark.start - 1, mark.start) == "-":
            continue  # "X-held", "Y-backed"
        if (mark.has("subordinate") or mark.has("and")) and mark.term.trigger is None:
            continue
        if not (verbal or nominal or _fixed(mark)):
            continue
        if not nominal and _capital_within(sentence, mark):
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
            "base" in mark.flags and _joined_to(sentence, index, found)
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
    if "base" in flags and _governed(sentence, index):
        return False
    if "gerund" in flags:
        if chain and chain[0].has("be") and mark.start - chain[0].end <= 14:
            return False
        return not _takes_object(sentence, index)
    if flags & {"past", "participle"} and not flags & {"base"}:
        return False
    return not (flags & {"past"} and any(0 <= mark.start - group.end <= 2 for group in groups))


def _governed(sentence: Sentence, index: int) -> bool:
    """Whether a word that takes an infinitive stands right before: tried to, began to, in order to."""
    before = sentence.marks[index - 1] if index else None
    return (
        before is not None
        and bool(before.flags & TAKES_INFINITIVE)
        and sentence.marks[index].start - before.end <= 1
        and not before.flags & FORMS
    )


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
        return predicate
    if be and "gerund" in flags:
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
    return _bare(sentence, predicate, groups, found)


def _bare(sentence: Sentence, predicate: Predicate, groups: list[Group], found: list[Predicate]) -> Predicate | None:
    """A verb without auxiliary: a finite past, a gerund, or a participle that modifies or continues a passive."""
    index, flags = predicate.index, predicate.mark.flags
    marks = sentence.marks
    before = marks[index - 1] if index else None
    adjacent = before is not None and predicate.start - before.end <= 1
    following = marks[index + 1] if index + 1 < len(marks) else None
    heads = following is not None and following.start - predicate.end <= 1
    modifies = (
        heads
        and following is not None
        and bool(following.term.people or following.lexeme.actor or following.term.place_kind)
    )
    attributive = adjacent and before is not None and not before.has("adverb") and bool(
        before.has("determiner") or before.has("indefinite") or before.has("at") or before.has("of") or before.has("by")
        or before.has("with") or before.has("toward") or before.count or before.has("partial") or before.has("from")
        or (before.has("and") and modifies and "gerund" in flags)
    )  # fmt: skip
    if attributive and not flags & {"base"} and ("participle" in flags or ("gerund" in flags and modifies)):
        return None
    if "gerund" in flags:
        nominal = heads and following is not None and following.has("of") and predicate.mark.term.trigger is not None
        going = predicate.mark.term.trigger is not None and predicate.mark.term.trigger.type in GOING
        if heads and going and following is not None and (following.lexeme.actor or _armed(following)):
            return None  # "advancing troops"
        predicate.form = "noun" if nominal else "gerund"
        return None if not nominal and _in_noun_phrase(sentence, predicate) else predicate
    if "base" in flags and _governed(sentence, index):
        predicate.form, predicate.governed = "infinitive", True
        return predicate
    if flags & {"base"} and not flags & {"past"}:
        if _joined_to(sentence, index, found):
            predicate.form, predicate.supposed = found[-1].form, found[-1].supposed
            return predicate
        if not any(0 <= predicate.start - group.end <= 2 for group in groups):
            return None
    if "participle" in flags:
        agent = following is not None and following.has("by") and following.start - predicate.end <= 2
        joined = _continues_passive(sentence, predicate, found)
        if joined or (agent and not _fresh_subject(sentence, predicate, groups, found)):
            predicate.passive = True
            predicate.form = "finite" if joined else "participle"
            return predicate
        if agent or "past" not in flags:
            predicate.passive = True
            predicate.form = "participle"
            return predicate
    if "past" in flags and not _fresh_subject(sentence, predicate, groups, found) and _after_noun(sentence, predicate):
        if "participle" not in flags:
            return predicate
        predicate.passive, predicate.form = True, "participle"
    return predicate


def _armed(mark: Mark) -> bool:
    return mark.term.people is not None and mark.term.people.armed


def _in_noun_phrase(sentence: Sentence, predicate: Predicate) -> bool:
    """Whether an article and nothing but unknown words stand before a gerund: "a strategic crossing"."""
    before = sentence.marks[predicate.index - 1] if predicate.index else None
    if before is None or not (before.has("determiner") or before.has("indefinite")):
        return False
    text = sentence.folded[before.end - sentence.start : predicate.start - sentence.start]
    return len(text) <= 24 and "," not in text


def _joined_to(sentence: Sentence, index: int, found: list[Predicate]) -> bool:
    """Whether a bare form goes on with the infinitive or the supposed verb before: "would leave and cross"."""
    if not found or not (found[-1].form == "infinitive" or found[-1].supposed):
        return False
    between = [mark for mark in sentence.marks[found[-1].index + 1 : index] if mark.has("and")]
    return bool(between) and only_adverbs(sentence, between[-1].end, sentence.marks[index].start, sentence.marks)


def _continues_passive(sentence: Sentence, predicate: Predicate, found: list[Predicate]) -> bool:
    """ "were captured and executed": a second participle after "and" shares the auxiliary."""
    if not found or not found[-1].passive or not found[-1].finite:
        return False
    between = sentence.marks[found[-1].index + 1 : predicate.index]
    if not any(mark.has("and") for mark in between):
        return False
    joint = next(mark for mark in between if mark.has("and"))
    return only_adverbs(sentence, joint.end, predicate.start, sentence.marks) and not any(
        mark.lexeme.actor or mark.term.people for mark in between
    )


def _after_noun(sentence: Sentence, predicate: Predicate) -> bool:
    """Whether the word before is no comma and no "and": a participle right after its noun."""
    text = sentence.folded[: predicate.start - sentence.start].rstrip()
    if not text or text[-1] in ",;:–—-\"'(":
        return False
    before = sentence.marks[predicate.index - 1] if predicate.index else None
    joined = before is not None and (before.has("and") or before.has("relative") or before.has("clause_start"))
    return not (joined and before is not None and predicate.start - before.end <= 1) and not (
        before is not None and before.has("adverb") and predicate.start - before.end <= 1
    )


def _fresh_subject(sentence: Sentence, predicate: Predicate, groups: list[Group], found: list[Predicate]) -> bool:
    """Whether the stretch before the verb, since the last finite verb or break, can give it a subject of its own."""
    since, attached = sentence.start, False
    for other in found:
        if not other.noun and other.end <= predicate.start:
            since = max(since, other.end)
    for mark in sentence.marks:
        if mark.start >= predicate.start:
            break
        if mark.has("relative") or mark.has("subordinate") or mark.has("clause_start") or mark.has("and"):
            since = max(since, mark.end)
            attached = mark.has("with") or (attached and mark.has("and"))
    text = sentence.folded[since - sentence.start : predicate.start - sentence.start]
    cut = max(text.rfind(","), text.rfind(";"), text.rfind(":"))
    clean = not any(
        not other.noun and other.finite and other.end == since and not other.mark.term.speech for other in found
    )
    if cut >= 0:
        text, clean = text[cut + 1 :], True
    return clean and not attached and bool(WORD.search(text))
