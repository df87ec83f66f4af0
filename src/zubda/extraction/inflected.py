"""Frames of a language whose verbs change their form: which predicates are events, and who fills them."""

from __future__ import annotations

from dataclasses import replace

from zubda.extraction.clausal import Reading
from zubda.extraction.frames import Context, Frame
from zubda.extraction.marks import Mark, Sentence
from zubda.extraction.parties import Group, PartyMention
from zubda.extraction.predicates import Predicate, only_adverbs

__all__ = ["find_inflected_frames"]

AIMED = frozenset({"territory", "siege", "clash", "supply", "control"})
PRECISE = frozenset({"airstrike", "shelling", "suicide_bomb", "bomb", "chemical", "execution"})
BACKGROUND = frozenset({"subordinate", "at", "from"})
GOVERNING = frozenset({"achieved", "attempt", "purpose", "negation", "hearsay", "cause"})
LINKS = frozenset({"at", "of", "from", "toward", "subordinate"})
OWNER_GAP = 22
LONG_NOUN = 48
LARGER = 100
OWNED = frozenset({"supply", "siege"})
LOOT = frozenset({"weapons", "tanks", "vehicles", "aircraft"})
CAPTURING = frozenset({"take"})
STATES = frozenset({"strength", "control"})


def find_inflected_frames(sentence: Sentence, groups: list[Group], context: Context, reading: Reading) -> list[Frame]:
    """The frames of a sentence, left to right."""
    found: list[Frame] = []
    openings = [_Opening(sentence, groups, reading, predicate) for predicate in reading.predicates]
    for opening in sorted(openings, key=_nouns_last):
        opening.predicate.told = opening.is_event()
    for opening in openings:
        predicate, trigger = opening.predicate, opening.predicate.trigger
        if trigger is None or not predicate.told or opening.only_light():
            continue
        trigger = replace(trigger, noun=predicate.noun)
        if predicate.passive and not predicate.doers and predicate.mark.term.harms and trigger.type == "clash":
            continue  # who was killed by nobody told is a toll
        start, segment = predicate.mark.start, sentence.segment_of(predicate.mark.start)
        frame = Frame(predicate.index, trigger, trigger.type, predicate.clause, start, predicate.end, segment)
        frame.region, frame.nominal = predicate.region, predicate.noun
        frame.rules.append((trigger.rule, "type", predicate.mark.start, predicate.end))
        frame.passive = predicate.passive
        _attempt(sentence, frame, predicate, opening)
        _fill(sentence, frame, predicate, opening, reading)
        _resolve(frame, context, _earlier(reading, predicate))
        if not _told_with(found, frame, predicate, reading):
            found.append(frame)
    return found


def _told_with(found: list[Frame], frame: Frame, predicate: Predicate, reading: Reading) -> bool:
    """Whether a frame only goes on with a movement by the same subject: "advanced, reaching X", "pushed on and took Y".

    The movement takes over its places and whom it was done to, or, having no place itself, gives way to the capture.
    """
    before = next((one for one in reversed(reading.predicates[: predicate.order]) if not one.noun), None)
    if before is None or not found or found[-1].index != before.index or found[-1].type != "movement":
        return False
    moved = found[-1]
    if [party.surface for party in moved.agents] != [party.surface for party in frame.agents] or predicate.noun:
        return False
    if frame.type == "movement" or (frame.type == "clash" and predicate.form == "gerund" and not frame.failed):
        moved.region = (moved.region[0], frame.region[1])
        moved.targets = moved.targets or [party for party in frame.targets if party.side != "unknown"]
        return True
    if frame.type == "territory" and predicate.form == before.form == "infinitive":
        found.pop()
    return False


def _nouns_last(opening: _Opening) -> bool:
    return opening.predicate.noun


class _Opening:
    """Whether a predicate is told as something that happened or was so."""

    def __init__(self, sentence: Sentence, groups: list[Group], reading: Reading, predicate: Predicate) -> None:
        self.sentence, self.groups, self.reading, self.predicate = sentence, groups, reading, predicate
        self.governor = self._governor(predicate)
        self.verb = reading.verb_before(predicate)
        self.after = reading.verb_after(predicate)

    def _governor(self, predicate: Predicate) -> Mark | None:
        """The word that governs an infinitive, a gerund or a noun: began to, tried to, in order to; shared over "and"."""
        marks = self.sentence.marks
        for index in range(predicate.index - 1, max(-1, predicate.index - 6), -1):
            mark = marks[index]
            governs = mark.flags & GOVERNING and not mark.has("adverb")
            if governs and only_adverbs(self.sentence, mark.end, predicate.start, marks):
                return mark
            if not (mark.has("adverb") or mark.has("negation") or mark.has("infinitive")):
                break
        before = [one for one in self.reading.predicates[: predicate.order] if not one.noun]
        if (
            before
            and before[-1].form == predicate.form in ("infinitive", "gerund")
            and predicate.subject == before[-1].subject
        ):
            joint = [mark for mark in marks[before[-1].index + 1 : predicate.index] if mark.has("and")]
            if joint and only_adverbs(self.sentence, joint[-1].end, predicate.start, marks):
                return self._governor(before[-1])
        return None

    def only_light(self) -> bool:
        """Whether a verb only carries the noun of an event: "was hit by shelling", "talks were held"."""
        predicate = self.predicate
        if predicate.noun or not predicate.mark.has("light"):
            return False
        return any(
            other.noun
            and other.told
            and other.trigger is not None
            and other.clause == predicate.clause
            and predicate in (self.reading.verb_before(other), self.reading.verb_after(other))
            for other in self.reading.predicates
        )

    def is_event(self) -> bool:
        """Whether the predicate opens a frame."""
        predicate = self.predicate
        if self._supposed():
            return False
        attempted = self.governor is not None and self.governor.has("attempt")
        if predicate.negated and not attempted:
            return False
        if attempted and self.governor is not None and self.governor.has("negation"):
            return predicate.trigger is not None and predicate.trigger.type in AIMED
        if predicate.trigger is not None and predicate.trigger.type == "strength" and self._aside():
            return False
        if predicate.noun:
            return self._noun()
        bare = (
            "base" in predicate.mark.flags
            and not predicate.mark.flags & {"past"}
            and predicate.start == predicate.mark.start
        )
        if predicate.form == "infinitive" or (bare and not predicate.passive):
            return attempted or self._comes_about()
        shared = predicate.sharing
        if predicate.form == "gerund" and self.governor is not None and self.governor.has("purpose"):
            return False
        if predicate.form == "gerund" and shared is not None and (shared.supposed or shared.negated):
            return False
        return not self._mere_cause() and self._has_needed()

    def _has_needed(self) -> bool:
        """Whether a verb that tells an event only if it is done to somebody has somebody it is done to."""
        predicate = self.predicate
        needs = predicate.trigger.needs if predicate.trigger is not None else ""
        if needs == "place":
            return self._has_place()
        if needs != "party":
            return True
        done_to = predicate.subject if predicate.passive else predicate.objects
        return any(not party.thing for party in done_to)

    def _aside(self) -> bool:
        """Whether the clause only says more of a noun: "buildings where soldiers were stationed"."""
        start = self._clause_start()
        opening = [mark for mark in self.sentence.marks if start <= mark.start < self.predicate.start][:2]
        return any(mark.has("relative") for mark in opening)

    def _has_place(self) -> bool:
        """Whether a place, or a share of one, is what the verb is done to."""
        predicate = self.predicate
        start, end = (self._clause_start(), predicate.start) if predicate.passive else predicate.region
        if predicate.trigger is not None and predicate.trigger.change == "fell":
            start = self._clause_start()
        return any(
            start <= mark.start < end
            and (
                mark.lexeme.places
                or mark.name
                or mark.term.place_kind
                or mark.has("place_pronoun")
                or (mark.count and mark.count.ratio)
            )
            and not (mark.has("adverb") and mark.has("partial"))
            for mark in self.sentence.marks
        )

    def _supposed(self) -> bool:
        predicate = self.predicate
        if predicate.supposed or (self.governor is not None and self.governor.has("purpose")):
            return True
        start = self.sentence.clause_ends[predicate.clause - 1] if predicate.clause else self.sentence.start
        before = [
            one.end
            for one in self.reading.predicates[: predicate.order]
            if one.finite and one.clause == predicate.clause
        ]
        since = max((start, *before))
        return any(
            mark.has("purpose") and not mark.has("achieved")
            for mark in self.sentence.marks
            if since <= mark.start < predicate.start
        )

    def _comes_about(self) -> bool:
        """An infinitive that is told as done: "managed to take", "forced them to retreat", "claimed to have taken"."""
        predicate, governing = self.predicate, self.predicate.sharing
        if self.governor is not None and (self.governor.has("achieved") or self.governor.has("hearsay")):
            return True
        if predicate.perfect:
            return governing is None or not (governing.negated or governing.supposed)
        if predicate.form != "infinitive":
            return self.governor is None and predicate.known and bool(predicate.subject)
        if governing is None or governing.negated or governing.supposed:
            return False
        if governing.form == "infinitive" and predicate.form == "infinitive":
            return governing.told and governing.trigger is not None
        if governing.mark.term.speech == "say" and not governing.objects and not governing.passive:
            return True  # "claimed to hold"
        return governing.mark.has("cause") and not governing.mark.term.speech

    def _mere_cause(self) -> bool:
        """ "leaving ten dead": a verb that only joins what it causes to it."""
        predicate = self.predicate
        if not predicate.mark.has("cause"):
            return False
        start, end = predicate.region
        return any(
            (mark.term.harms or mark.count) and start <= mark.start < min(end, start + 60)
            for mark in self.sentence.marks
        )

    def _noun(self) -> bool:
        predicate = self.predicate
        marks = self.sentence.marks
        before = marks[predicate.index - 1] if predicate.index else None
        introduced = next(
            (
                mark
                for mark in reversed(marks[max(0, predicate.index - 5) : predicate.index])
                if mark.has("determiner") or mark.has("indefinite")
            ),
            None,
        )
        definite = introduced is not None and introduced.has("determiner") and self._introduces(introduced)
        if introduced is not None and introduced.has("indefinite_one"):
            return False
        filled = bool(predicate.doers or predicate.against or predicate.objects or self.owner() or self._of_place())
        light = self.light() is not None
        background = self._background()
        precise = self._precise()
        if before is not None and before.has("held"):
            return False
        unsaid = self.verb is not None and (not self.verb.passive or self.verb.negated or self.verb.supposed)
        if self.verb is not None and unsaid and not self.verb.told and self._object_of(self.verb) and not light:
            return False
        if self.verb is not None and self.verb.trigger is not None and self.verb.trigger.type == "alliance":
            return False
        if self._within():
            return False
        if light and not (background and definite):
            return True
        if background:
            done_to = bool(predicate.doers or predicate.against or self._of_place())
            return done_to or (filled and not definite) or (precise and bool(self.owner()))
        if definite and not filled:
            return False
        by = before is not None and any(mark.has("by") for mark in marks[max(0, predicate.index - 2) : predicate.index])
        return filled or (precise and self._harms()) or (by and self.verb is not None and self.verb.passive)

    def _precise(self) -> bool:
        """Whether the noun names a weapon's blow."""
        return self.predicate.trigger is not None and self.predicate.trigger.type in PRECISE

    def _introduces(self, mark: Mark) -> bool:
        """Whether an article belongs to the noun: only adjectives, names and dates stand between."""
        predicate = self.predicate
        if predicate.start - mark.end > LONG_NOUN:
            return False
        between = self.sentence.marks[self.sentence.marks.index(mark) + 1 : predicate.index]
        return all(
            one.lexeme.actor
            or one.date
            or one.has("demonym")
            or one.has("adverb")
            or one.count
            or one.name
            or one.term.people
            or one.has("the")
            for one in between
        )

    def owner(self) -> tuple[PartyMention, ...]:
        """The party that modifies the noun: "rebel shelling", "the army's offensive"."""
        predicate, marks = self.predicate, self.sentence.marks
        for group in reversed(self.groups):
            if group.end > predicate.start:
                continue
            if predicate.start - group.end > OWNER_GAP or self.sentence.clause_of(group.start) != predicate.clause:
                return ()
            between = marks[group.last + 1 : predicate.index]
            if not between or all(
                mark.has("the") or mark.date or mark.has("adverb") or (mark.term.trigger and mark.flags & {"singular", "plural", "gerund"})
                for mark in between
            ):  # fmt: skip
                text = self.sentence.folded[group.end - self.sentence.start : predicate.start - self.sentence.start]
                return group.parties if "," not in text and not any(p.pronoun for p in group.parties) else ()
            return ()
        return ()

    def _of_place(self) -> bool:
        """Whether a place follows that the noun is done to: "the capture of X", "an assault on X"."""
        predicate = self.predicate
        following = self.sentence.marks[predicate.index + 1 : predicate.index + 8]
        linked = False
        for mark in following:
            if mark.start >= predicate.region[1]:
                return False
            linked = linked or mark.has("of") or mark.has("toward")
            if mark.lexeme.places or mark.name:
                return linked and mark.start - predicate.end <= 60
        return bool(
            predicate.mark.term.trigger
            and linked
            and following
            and any(mark.has("place_pronoun") for mark in following[:3])
        )

    def light(self) -> Predicate | None:
        """The light verb that the noun stands with: "launched an attack", "fighting broke out"."""
        verb, after = self.verb, self.after
        if (
            verb is not None
            and verb.mark.has("light")
            and verb.told
            and not verb.negated
            and not verb.supposed
            and self._object_of(verb)
        ):
            return verb
        if (
            after is not None
            and (after.mark.has("occurring") or (after.mark.has("light") and (after.passive or self._precise())))
            and not after.negated
            and not after.supposed
            and not self._object_of(verb)
        ):
            return after
        opened = [
            mark
            for mark in self.sentence.marks[max(0, self.predicate.index - 4) : self.predicate.index]
            if mark.has("light")
        ]
        return (
            self.predicate
            if opened and not opened[-1].term.flags & {"past", "base", "gerund", "participle", "third"}
            else None
        )

    def _object_of(self, verb: Predicate | None) -> bool:
        """Whether the noun is what the verb does, and stands in no phrase of its own."""
        if verb is None:
            return False
        between = self.sentence.marks[verb.index + 1 : self.predicate.index]
        links = [mark for mark in between if mark.flags & LINKS or (mark.has("by") and not verb.passive)]
        return not [mark for mark in links if not mark.has("partial")] or bool(links and links[0].has("with"))

    def _background(self) -> bool:
        """Whether a word of time or circumstance governs the noun: "during the battle"."""
        marks = self.sentence.marks
        for mark in reversed(marks[max(0, self.predicate.index - 6) : self.predicate.index]):
            if self.predicate.start - mark.end > 40 or mark.end <= self._clause_start():
                return False
            if mark.has("within"):
                return True
            if mark.has("light") or mark.has("by"):
                return False
            if mark.flags & BACKGROUND and not mark.has("by"):
                return True
            if not (
                mark.has("determiner")
                or mark.has("indefinite")
                or mark.lexeme.actor
                or mark.date
                or mark.count
                or mark.has("the")
                or mark.term.people
            ):
                return False
        return False

    def amount(self) -> tuple[PartyMention, ...]:
        """Things that only an amount stands before: "a quantity of arms"."""
        start, end = self.predicate.region
        first = next((group for group in self.groups if start <= group.start < end), None)
        if first is None or "of" not in first.governed or first.start - start > OWNER_GAP * 2:
            return ()
        return first.parties if any(party.thing for party in first.parties) else ()

    def _within(self) -> bool:
        """Whether the noun only names the larger event that the sentence's event is part of."""
        return any(
            mark.has("within") and 0 <= self.predicate.start - mark.end <= LARGER
            for mark in self.sentence.marks[: self.predicate.index]
        )

    def _clause_start(self) -> int:
        return self.sentence.clause_ends[self.predicate.clause - 1] if self.predicate.clause else self.sentence.start

    def _harms(self) -> bool:
        """Whether a word of harm stands in the clause or the next."""
        clause = self.predicate.clause
        return any(
            mark.term.harms
            and clause <= self.sentence.clause_of(mark.start) <= clause + 1
            and mark is not self.predicate.mark
            for mark in self.sentence.marks
        )


def _attempt(sentence: Sentence, frame: Frame, predicate: Predicate, opening: _Opening) -> None:
    """An attempt is a clash; where the sentence tells that it failed, the defender holds (codebook rule 7)."""
    start, end = _clause_span(sentence, predicate.clause)
    marks = sentence.marks
    governor = opening.governor
    failed = any(
        mark.has("failure") and (start <= mark.start < end or mark.start > predicate.end)
        and not mark.flags & {"gerund"} and mark is not predicate.mark
        for mark in marks
    )  # fmt: skip
    if governor is not None and governor.has("attempt") and frame.type in AIMED:
        frame.rules.append(("attempt", "type", predicate.mark.start, predicate.end))
        frame.type = "clash"
        frame.failed = failed or governor.has("failure")
    elif frame.type == "clash" and failed and predicate.noun:
        frame.failed = True
    frame.partial = any(
        mark.has("partial") and predicate.end <= mark.start < predicate.region[1] for mark in marks
    ) or (predicate.passive and any(mark.has("partial") and start <= mark.start < predicate.start for mark in marks))


def _clause_span(sentence: Sentence, clause: int) -> tuple[int, int]:
    return (sentence.clause_ends[clause - 1] if clause else sentence.start), sentence.clause_ends[clause]


def _fill(sentence: Sentence, frame: Frame, predicate: Predicate, opening: _Opening, reading: Reading) -> None:
    """Actor and target by voice and kind of predicate."""
    frame.rules += predicate.notes
    if predicate.noun:
        _fill_noun(frame, predicate, opening)
    elif predicate.passive:
        frame.agents, frame.targets = list(predicate.doers), list(predicate.subject)
    else:
        frame.agents = list(predicate.subject)
        frame.targets = list(predicate.objects or predicate.against)
    if (
        frame.type == "territory"
        and predicate.form == "participle"
        and predicate.sharing is not None
        and not frame.agents
    ):
        things = {party.thing for party in predicate.subject}
        frame.agents = list(predicate.sharing.subject) if things & LOOT else []
    if frame.type == "movement" and predicate.passive and not frame.agents:
        frame.agents, frame.targets = frame.targets, []
    change = frame.trigger.change
    if change == "fell":
        frame.agents, frame.targets = list(predicate.objects or predicate.doers or predicate.against), []
    elif change == "lost" and not predicate.passive:
        frame.agents, frame.targets = list(predicate.against), list(predicate.subject)
    elif frame.type == "territory" and not predicate.noun and not predicate.passive:
        frame.targets = list(predicate.against)
    if frame.type == "control" and predicate.noun and opening.verb is not None and opening.verb.mark.has("becoming"):
        frame.type = "territory"
        frame.trigger = replace(frame.trigger, type="territory", change="gained", state=False)
    _by_object(frame, predicate, opening)
    if frame.type in STATES and not frame.agents:
        frame.agents, frame.targets = frame.targets, []


def _by_object(frame: Frame, predicate: Predicate, opening: _Opening) -> None:
    """What is taken tells the type: a place is territory, weapons are a seizure, people prisoners; civilians moved are displaced."""
    if predicate.noun and frame.type not in ("clash", "attack_on_civilians"):
        return
    done_to = predicate.subject if predicate.passive else predicate.objects or opening.amount()
    things = {party.thing for party in done_to}
    people = bool(done_to) and not any(things) and all(_persons(party, opening) for party in done_to)
    if frame.trigger.rule in CAPTURING and things & LOOT:
        frame.type, frame.targets = "seizure", list(done_to)
    elif frame.trigger.rule in CAPTURING and people:
        frame.type, frame.targets = "arrest", list(done_to)
    elif frame.type == "clash" and frame.agents and all(_flies(party) for party in frame.agents):
        frame.type = "airstrike"
    elif frame.type == "territory" and frame.agents and {party.side for party in frame.agents} == {"civ"}:
        frame.type = "movement"
    elif frame.type == "attack_on_civilians" and any(
        party.armed and party.side not in ("civ", "unknown") for party in frame.targets
    ):
        frame.type = "clash"
    elif frame.type == "movement" and done_to and {party.side for party in done_to} == {"civ"}:
        frame.type, frame.targets = "displacement", list(done_to)
    else:
        return
    frame.rules.append(("type_by_object", "type", predicate.start, predicate.end))


def _persons(party: PartyMention, opening: _Opening) -> bool:
    """Whether a party are people: told by a word for them, or fighting for a side."""
    if party.pronoun:
        return False
    return party.side != "unknown" or opening.sentence.marks[party.last].term.people is not None


def _flies(party: PartyMention) -> bool:
    return party.thing == "aircraft" or party.kind == "air force"


def _fill_noun(frame: Frame, predicate: Predicate, opening: _Opening) -> None:
    light = opening.light()
    if light is not None and light is opening.after:
        frame.region = (predicate.end, light.region[1])
    agents = predicate.doers or opening.owner()
    if light is not None and light.mark.has("failure"):
        beaten = light.doers if light.passive else light.subject
        frame.agents, frame.targets, frame.failed = list(predicate.doers or opening.owner()), list(beaten), True
        return
    owner_suffers = light is not None and light is opening.verb and not light.passive and frame.type in OWNED
    if owner_suffers and light is not None and light.subject and not predicate.doers:
        frame.agents, frame.targets = list(light.subject), list(agents)
        return
    if not agents and light is not None and light is not predicate:
        agents = light.doers if light.passive else light.subject
        if light.passive and not light.doers:
            agents = ()
        if light is opening.after and not light.passive:
            agents = ()
    frame.agents = list(agents)
    frame.targets = list(predicate.against or predicate.objects)
    if frame.trigger.change == "gained":
        frame.targets = [party for party in frame.targets if party not in predicate.objects]
    between = [
        group
        for group in opening.groups
        if "between" in group.governed and predicate.end <= group.start < frame.region[1]
    ]
    if between and len(between[0].parties) > 1:
        first = between[0].parties[0].side
        frame.agents = [party for party in between[0].parties if party.side == first][:1]
        frame.targets = [party for party in between[0].parties if party not in frame.agents]
        frame.rules.append(("fight_between", "actor", between[0].start, between[0].end))


def _earlier(reading: Reading, predicate: Predicate) -> tuple[PartyMention, ...]:
    """The subject told before in the sentence, in another clause: what a pronoun stands for first."""
    for other in reversed(reading.predicates[: predicate.order]):
        named = other.subject and not any(party.pronoun for party in other.subject)
        if named and other.mark.term.speech:
            return other.subject
        if other.finite and other.clause != predicate.clause and named:
            return other.subject
    return ()


def _resolve(frame: Frame, context: Context, earlier: tuple[PartyMention, ...]) -> None:
    """Pronouns to the parties they stand for."""
    for role in ("agents", "targets"):
        parties: list[PartyMention] = getattr(frame, role)
        if not any(party.pronoun for party in parties):
            continue
        resolved: list[PartyMention] = []
        for party in parties:
            they = (earlier if role == "agents" else ()) or context.subject
            resolved += they if party.pronoun == "they" else context.fighting if party.pronoun else (party,)
        if role == "agents" and any(party.pronoun == "both" for party in parties) and len(resolved) > 1:
            frame.agents, frame.targets = resolved[:1], resolved[1:]
        else:
            setattr(frame, role, list(dict.fromkeys(resolved)))
