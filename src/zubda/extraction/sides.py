"""Sides that the text leaves to the reader: whose tanks, whose dead, whom the reinforcements belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zubda.extraction.building import Draft, Held
from zubda.extraction.frames import Context
from zubda.extraction.owners import PEOPLE
from zubda.extraction.parties import PartyMention
from zubda.extraction.roles import NEUTRAL
from zubda.model import BLOWS

__all__ = ["admitted_losses", "called_before", "imply_sides", "one_side_each", "suffered_by_holders"]

FOUGHT_OVER = frozenset({"clash", "destruction", "territory", "airstrike", "shelling", "siege", "seizure", "arrest"})
# Who "moved his men" went himself.
OTHERS_TARGET = (FOUGHT_OVER - {"clash"}) | {"movement"}
TOLLED = BLOWS | {"clash", "territory"}
GROUND_MACHINES = frozenset({"vehicles", "tanks"})
HEAVY = ("tanks", "aircraft", "vehicles")  # a convoy of trucks tells less of who has tanks than an air force does
SUFFERED = frozenset({"clash", "airstrike", "shelling", "siege"})
HELD_AGAINST = frozenset({"clash", "airstrike", "shelling", "siege", "territory"})
COMING = frozenset({"movement", "supply", "strength"})
SHARED = frozenset({"shared_subject", "subject_of_sentence_before"})


def imply_sides(draft: Draft, context: Context, before: Draft | None = None) -> None:
    """Sides that the text leaves to the reader: tanks and reinforcements belong to whoever acts, a wrecked jet to the other side.

    ``before`` is what the sentence told just before: who is sent comes ("they sent help, and 200 fighters arrived").
    """
    if draft.type == "seizure":
        draft.targets = [party for party in draft.targets if not party.thing or party.side not in NEUTRAL]
    draft.agents = [_owned(party, context) for party in draft.agents]
    draft.targets = [party for party in draft.targets if party.thing != "villages"]
    if draft.type in ("destruction", "territory"):  # what burns or is taken is the place, not somebody it was done to
        draft.targets = [party for party in draft.targets if not (party.thing == "buildings" and party.side == "civ")]
    if any(entry.count.what == "bodies_found" for entry in draft.counts):
        draft.agents = [] if any(rule in SHARED for rule, name, *_ in draft.rules if name == "actor") else draft.agents
    _of_victims(draft)
    ours = {party.side for party in draft.agents} - NEUTRAL
    theirs = {party.side for party in draft.targets} - NEUTRAL
    if ours and theirs and theirs <= ours and draft.type in OTHERS_TARGET:
        draft.targets = [party for party in draft.targets if party.side not in ours]
    if ours and draft.type in FOUGHT_OVER:
        rival = context.opponent(ours)
        beaten = draft.type == "clash" and draft.frame.failed
        if rival is not None and beaten and not draft.targets:
            draft.targets = [rival]
            draft.rules.append(("opponent", "target", draft.frame.start, draft.frame.end))
        draft.targets = [_sided(party, rival) for party in draft.targets]
    somewhere = draft.type != "siege" or bool(draft.places)
    alone = len(draft.counts) == 1 and draft.counts[0].count.low == draft.counts[0].count.high == 1
    if (
        not draft.agents
        and draft.frame.passive
        and draft.type in SUFFERED
        and len(theirs) == 1
        and somewhere
        and not alone
    ):
        doer = context.opponent(theirs)
        if doer is not None:
            draft.agents = [doer]
            draft.rules.append(("opponent", "actor", draft.frame.start, draft.frame.end))
        return
    suffered = any(rule == "passive_agent" for rule, *_ in draft.rules)
    if not ours and (theirs or not suffered):
        sent = before.agents if before is not None and {before.type, draft.type} <= COMING else ()
        others = (party for party in (*sent, *context.subject) if party.side not in theirs)
        acting = (context.opponent(theirs) if theirs else None) or next(others, None)
        draft.agents = [_sided(party, acting) for party in draft.agents]


def suffered_by_holders(drafts: Sequence[Draft], held: Sequence[Held]) -> None:
    """Whoever holds a place, told in passing, is whom an attack on it, its siege or its capture was done to."""
    for draft in drafts:
        if draft.targets or draft.type not in HELD_AGAINST or not draft.frame.region[1]:
            continue
        ours = {party.side for party in draft.agents}
        names = {place.surface for place in draft.places}
        for holder in held:
            if holder.place in names and ours and holder.party.side not in ours | NEUTRAL:
                draft.targets = [holder.party]
                draft.rules.append(("holder_in_passing", "target", holder.start, holder.end))


def called_before(drafts: Sequence[Draft]) -> None:
    """Give a party without a side that of one named before it in the sentence by the same word ("a rebel unit ..., other units")."""
    named = [party for draft in drafts for party in (*draft.agents, *draft.targets) if party.side not in NEUTRAL]
    for draft in drafts:
        for parties in (draft.agents, draft.targets):
            for number, party in enumerate(parties):
                like = next((other for other in named if _same_word(other, party)), None)
                if like is not None:
                    parties[number] = replace(party, side=like.side)


def _same_word(named: PartyMention, party: PartyMention) -> bool:
    if party.side != "unknown" or party.pronoun or party.thing or named.start >= party.start:
        return False
    return named.surface != party.surface and named.surface.endswith(party.surface)


def one_side_each(drafts: Sequence[Draft]) -> None:
    """Give a party the side that another claim of the sentence found for the same words."""
    known = {
        party.start: party.side
        for draft in drafts
        for party in (*draft.agents, *draft.targets)
        if party.side != "unknown"
    }
    for draft in drafts:
        for parties in (draft.agents, draft.targets):
            for number, one in enumerate(parties):
                if one.side == "unknown" and one.start in known:
                    parties[number] = replace(one, side=known[one.start])
        for number, entry in enumerate(draft.counts):
            party = entry.party
            told = party is not None and entry.harm is not None and party.kind != PEOPLE
            whose = known.get(party.start) if party is not None and told else None
            if whose is not None and entry.count.side == "unknown":
                draft.counts[number] = replace(entry, count=replace(entry.count, side=whose))


def admitted_losses(draft: Draft) -> None:
    """Dead whom a side admits, without telling whose they are, are its own."""
    voice = draft.voice
    if voice.mode != "confirm" or voice.party is None or not voice.party.armed or voice.party.side in NEUTRAL:
        return
    for number, entry in enumerate(draft.counts):
        if entry.harm is not None and entry.count.side == "unknown":
            draft.counts[number] = replace(entry, count=replace(entry.count, side=voice.party.side))


def _owned(party: PartyMention, context: Context) -> PartyMention:
    """Machines belong to the side that the text has told to have such machines."""
    owners = context.owners.get(party.thing)
    if not owners and party.thing in GROUND_MACHINES:
        owners = next((context.owners[thing] for thing in HEAVY if thing in context.owners), None)
    if party.side != "unknown" or not owners:
        return party
    return replace(party, side=max(owners, key=lambda side: owners[side]))


def _of_victims(draft: Draft) -> None:
    """Whose men died, where the text names no other target of a fight, was fought; who died of a bomb was its target."""
    if draft.targets or draft.type not in TOLLED:
        return
    if draft.type in ("bomb", "suicide_bomb"):
        hurt = [entry.party for entry in draft.counts if entry.party is not None and entry.party.side == "civ"]
        draft.targets = hurt[:1]
    if not draft.agents:
        return
    ours = {party.side for party in draft.agents}
    dead = [entry.party for entry in draft.counts if entry.party is not None and entry.harm is not None]
    draft.targets = [party for party in dead if party.armed and party.side not in NEUTRAL | ours]


def _sided(party: PartyMention, like: PartyMention | None) -> PartyMention:
    if like is None or party.side != "unknown" or not (party.armed or party.thing) or like.side in NEUTRAL:
        return party
    return replace(party, side=like.side)
