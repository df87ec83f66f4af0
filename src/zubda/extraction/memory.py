"""What the sentences read so far leave for the next one: who speaks, where, what happened last, who fights whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from zubda.extraction.attribution import TEXT, Voice
from zubda.extraction.building import Draft
from zubda.extraction.frames import Context, Frame
from zubda.extraction.locating import Located
from zubda.extraction.marks import Sentence
from zubda.extraction.parties import Group, PartyMention
from zubda.extraction.roles import NEUTRAL
from zubda.extraction.when import SentenceDates
from zubda.model import BLOWS, Block, PlaceMention, Theatre

__all__ = ["Memory", "Scene"]

ATTACKS = BLOWS | {"clash"}
FROM_AFAR = frozenset({"airstrike", "shelling"})
TOPIC_REACH = 3
FADING = 0.8
"""How much of a fight against one side is left, for the question whom a side fights, with every fight told after it."""
FOUGHT = frozenset({"clash", "territory", "siege", "seizure"})


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with what was found in it."""

    sentence: Sentence
    voices: tuple[Voice, ...]
    days: SentenceDates
    groups: tuple[Group, ...]
    places: tuple[Located, ...]


@dataclass
class Memory:
    """``voice`` spoke last, ``places`` were told last, in ``block``; ``event`` is what the sentence ``event_number`` told; ``taken``
    are the places told to have been taken, ``attacked`` those that each side attacked last, the latest at the end; ``struck`` who
    dealt each kind of blow last."""

    context: Context = field(default_factory=Context)
    voice: Voice = TEXT
    places: tuple[PlaceMention, ...] = ()
    block: Block | None = None
    event: Draft | None = None
    event_number: int = 0
    taken: set[str] = field(default_factory=set)
    attacked: dict[str, tuple[PlaceMention, ...]] = field(default_factory=dict)
    struck: dict[str, tuple[PartyMention, ...]] = field(default_factory=dict)

    def by_same_hand(self, drafts: Sequence[Draft]) -> None:
        """Give a toll of blows that names neither place nor doer ("by the 18th the raids had killed 90") the doer told before."""
        for draft in drafts:
            known = self.struck.get(draft.type, ())
            own = draft.places and not draft.carried_place
            day = draft.date is not None and draft.date.first == draft.date.last
            goes_on = draft.voice.source is None or day  # a sum over days by another source may be of other hands
            if known and goes_on and draft.counts and not (draft.agents or own or draft.frame.region[1]):
                draft.agents = list(known)
                draft.rules.append(("actor_goes_on", "actor", draft.frame.start, draft.frame.end))

    def where_resumed(self, frame: Frame) -> tuple[PlaceMention, ...]:
        """Where an attack told before, taken up by "this attack was beaten off by X", took place: where another side than X attacked
        last. None if the last attack may be meant."""
        repelling = {party.side for party in frame.targets}
        attackers = {party.side for party in frame.agents}
        last = {party.side for party in self.event.agents} if self.event else set()
        if not (frame.again and frame.failed and repelling and last & repelling):
            return ()
        others = [side for side in self.attacked if side not in repelling and (not attackers or side in attackers)]
        return self.attacked[others[-1]] if others else ()

    def taken_before(self, draft: Draft) -> bool:
        """Whether a draft only takes up, as the background of something else, a capture told before."""
        places = {place.place or place.surface for place in draft.places}
        return draft.type == "territory" and draft.frame.past and bool(places) and places <= self.taken

    def remember(self, scene: Scene, kept: Sequence[Draft], number: int, theatre: Theatre | None) -> None:
        """Take over what sentence ``number`` told."""
        if scene.voices:
            self.voice = scene.voices[-1]
        elif kept:
            self.voice = TEXT
        self._own(scene.groups)
        events = [draft for draft in kept if draft.type != "statement"]
        if events:
            self._events(events, scene, number)
            self._fighting(events, theatre)
        elif scene.places and scene.places[0].index == 0:
            self.places, self.block = (scene.places[0].mention,), scene.sentence.block

    def _events(self, events: Sequence[Draft], scene: Scene, number: int) -> None:
        self.event, self.event_number = events[-1], number
        attacks = [draft.type for draft in events if draft.type in ATTACKS]
        self.context.attack = attacks[-1] if attacks else self.context.attack
        located = [draft for draft in events if any(place.place for place in draft.places)]
        located = [draft for draft in located if not (_of_road(draft) or _aside(scene.sentence, draft))]
        if located:
            self.places, self.block = _topic(scene) or located[-1].places, scene.sentence.block
        for draft in events:
            if draft.type in ATTACKS and draft.agents and draft.places:
                side = draft.agents[0].side
                self.attacked.pop(side, None)
                self.attacked[side] = tuple(draft.places)
            if draft.type in FROM_AFAR and draft.agents:
                self.struck[draft.type] = tuple(draft.agents)
            if draft.type == "territory":
                self.taken |= {place.place or place.surface for place in draft.places}
            if draft.agents:
                self.context.subject = tuple(draft.agents)
            if draft.targets:
                self.context.target = tuple(draft.targets)

    def _fighting(self, events: Sequence[Draft], theatre: Theatre | None) -> None:
        sides: dict[str, PartyMention] = {}
        for draft in events:
            for party in (*draft.agents, *draft.targets):
                if party.side not in NEUTRAL:
                    sides.setdefault(party.side, party)
            if draft.type in FOUGHT:
                self._oppose(draft.agents, draft.targets, theatre)
        known = {party.side: party for party in self.context.fighting}
        for side, party in sides.items():
            known.pop(side, None)
            known[side] = replace(party, pronoun="") if party.pronoun else party
        self.context.fighting = tuple(known.values())[-2:]

    def _own(self, groups: Sequence[Group]) -> None:
        """Remember who has which machines, and how often each side is named."""
        for party in (party for group in groups for party in group.parties):
            if party.side not in NEUTRAL:
                self.context.named[party.side] = self.context.named.get(party.side, 0) + 1
            if party.thing and party.side not in NEUTRAL:
                owners = self.context.owners.setdefault(party.thing, {})
                owners[party.side] = owners.get(party.side, 0) + 1

    def _oppose(self, agents: Sequence[PartyMention], targets: Sequence[PartyMention], theatre: Theatre | None) -> None:
        """Remember who fights whom; a side that holds no ground of its own is nobody's opponent on the ground."""
        for ours, theirs in ((agents, targets), (targets, agents)):
            for one in ours:
                for other in theirs:
                    if one.side != other.side and not {one.side, other.side} & NEUTRAL and _holds(other.side, theatre):
                        met = self.context.opponents.setdefault(one.side, {})
                        for side, (before, party) in met.items():
                            met[side] = (before * FADING, party)
                        times = met[other.side][0] if other.side in met else 0
                        met[other.side] = (times + 1, replace(other, pronoun="") if other.pronoun else other)


def _aside(sentence: Sentence, draft: Draft) -> bool:
    """Whether it is told in brackets: what follows goes on with what stands before them."""
    before = sentence.folded[: draft.frame.start - sentence.start]
    return before.count("(") > before.count(")")


def _topic(scene: Scene) -> tuple[PlaceMention, ...]:
    """The place that the sentence begins with to tell what or where it is: "X is the last town that they hold in Y"."""
    first = scene.places[0] if scene.places else None
    following = scene.sentence.marks[1:TOPIC_REACH]
    told = any(mark.has("copula") or mark.has("located") for mark in following)
    return (first.mention,) if first is not None and first.index == 0 and told else ()


def _of_road(draft: Draft) -> bool:
    """Whether its places are only where a road leads: nothing is told to go on there."""
    return any(rule == "place_of_road" for rule, *_ in draft.rules)


def _holds(side: str, theatre: Theatre | None) -> bool:
    """Whether a side can hold ground by itself; without a theatre all can."""
    return theatre is None or side not in theatre.sides or theatre.sides[side].holds
