"""From discovered names to the parties of a war: which names are one party, who stands with whom, a theatre to read with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ahocorasick_rs import AhoCorasick, MatchKind

from zubda.extraction.blocs import Edges, attackers, claim_edges, edge, find_blocs
from zubda.extraction.discovery import CITY, COUNTRY, SPOT
from zubda.extraction.same_party import bare_forms, namesakes, same_parties
from zubda.extraction.stances import AGAINST, KIN, OFFICE, class_of, text_edges
from zubda.extraction.vocabulary import Lexeme
from zubda.extraction.weighing import DiscoveredName
from zubda.languages.interface import Language, Naming
from zubda.model import Actor, Claim, Document, Membership, Side, Source, Theatre, Unknown

__all__ = ["Belligerents", "find_belligerents", "unknowns_of"]

PLACE_SHARE = 0.15
LED_TIMES = 3
BARE_TIMES = 2
MANY = 5
NO_PARTY = frozenset({"place", "source"})
NO_PLACE = frozenset({"person", "unit", "group", "source"})


@dataclass(frozen=True)
class Belligerents:
    """Names of a document that are parties, places and sources, and the theatre to read it with.

    ``extra`` are entries for the vocabulary; ``nodes`` maps the id of each actor to its party, ``sizes`` a party to how often it
    is named, ``generic`` nouns that are a party by themselves to their class.
    ``theatre`` is the one given with what was discovered added; ``units`` are the parties that are but numbered units.
    """

    names: tuple[DiscoveredName, ...]
    extra: tuple[tuple[str, Lexeme], ...]
    nodes: Mapping[str, str]
    sizes: Mapping[str, int]
    edges: Mapping[tuple[str, str], float]
    theatre: Theatre
    generic: Mapping[str, str] = field(default_factory=dict)
    units: frozenset[str] = frozenset()

    def with_sides(self, claims: Sequence[Claim]) -> Belligerents:
        """The same with parties put into blocs by the claims that were read with each party as a side of its own."""
        edges: Edges = dict(self.edges)
        for (one, other), weight in claim_edges(claims, list(self.sizes)).items():
            edge(edges, one, other, weight)
        defending = [party for party in self.sizes if self.generic.get(party) == "defending"]
        for attacker in attackers(claims, list(self.sizes)):
            for defender in defending:
                edge(edges, attacker, defender, AGAINST / MANY)
        blocs = find_blocs(edges, self.sizes, self.generic, self.units)
        labels: dict[int, str] = {}
        for party in sorted(blocs, key=lambda party: (-self.sizes[party], party)):
            labels.setdefault(blocs[party], party)
        side_of = {party: labels[bloc] for party, bloc in blocs.items()}
        return replace(self, theatre=_theatre(self.theatre, self.nodes, lambda party: side_of.get(party, "unknown")))


def is_place(name: DiscoveredName, naming: Naming) -> bool:
    """Whether a name is used for a place (and, it may be, for a party as well)."""
    head = next((head for head in naming.heads if len(head) > 1 and name.form.endswith(head)), "")
    if head and naming.heads[head] in ("regular", "rebel") and name.shape in ("link", "word"):
        return False
    if name.shape in ("place", CITY, SPOT):
        return True
    if name.shape in NO_PLACE or (name.shape == "short" and not name.tail):
        return False
    return name.place > 0 and name.place >= PLACE_SHARE * (name.party + name.place) and name.place >= name.person


def is_party(name: DiscoveredName, naming: Naming) -> bool:
    """Whether a name is used for a party or a person."""
    if name.shape in ("person", "unit", "group", "short"):
        return True
    if name.shape == "place" and naming.heads.get(name.tail) == "state":
        return True
    if name.shape in NO_PARTY:
        return False
    if name.shape == CITY and not name.heads:
        return False
    if name.shape == COUNTRY and any(naming.heads[head] in ("regular", "state") for head in name.heads):
        return True
    led = sum(times for head, times in name.heads.items() if naming.heads[head] != "people")
    if led >= LED_TIMES or led > name.place:
        return True
    return name.party + name.person > name.place


def find_belligerents(
    document: Document, folded: str, names: Sequence[DiscoveredName], language: Language, theatre: Theatre | None
) -> Belligerents:
    """Parties, places and sources among the names, each party as a side of its own; `Belligerents.with_sides` finds the blocs.

    With a theatre, whose sides are known, discovered parties are on no side.
    """
    naming = language.naming
    assert naming is not None
    parties = [name for name in names if is_party(name, naming)]
    nodes = same_parties(parties, naming)
    entries = _Entries()
    entries.take_parties(parties, nodes, language, naming)
    for form, group in bare_forms(folded, names, parties).items():
        if form not in language.terms:
            entries.enter(form, form, "group", nodes[group.form], folded.count(form) - folded.count(group.form))
    entries.take_others(names, language, naming)
    edges: Edges = {}
    if theatre is None:
        entries.take_generic(_generic(folded, naming, parties), _rebels(parties, naming))
        edges = text_edges(document, folded, names, entries.extra, entries.nodes, language, naming)
        _kin(edges, entries.sizes, naming)
        _governments(edges, parties, nodes, entries.sizes, naming)
        for whole, person in namesakes(parties):
            edge(edges, nodes[whole], nodes[person], OFFICE)
    base = theatre or Theatre(id="discovered", version="", names={"und": "discovered"})
    sources = {
        name.id: Source(name.id, "agency", {"und": name.surface}, ()) for name in names if name.shape == "source"
    }
    base = replace(base, actors={**base.actors, **entries.actors}, sources={**base.sources, **sources})
    told = _theatre(base, entries.nodes, lambda party: party if theatre is None else "unknown")
    return Belligerents(
        tuple(names),
        tuple(entries.extra.items()),
        entries.nodes,
        dict(entries.sizes),
        edges,
        told,
        dict(naming.generic),
        frozenset(nodes[name.form] for name in parties if name.shape == "unit"),
    )


class _Entries:
    """Entries for the vocabulary with the actors that they name: ``nodes`` are the party of each actor, ``sizes`` its mentions."""

    def __init__(self) -> None:
        self.extra: dict[str, Lexeme] = {}
        self.actors: dict[str, Actor] = {}
        self.nodes: dict[str, str] = {}
        self.sizes: Counter[str] = Counter()

    def enter(self, form: str, surface: str, kind: str, node: str, times: int, place: str | None = None) -> None:
        """An actor of that name and party, which may be a place as well."""
        actor = "x:" + "_".join(surface.split())
        self.extra[form] = Lexeme(places=(place,) if place else (), actor=actor)
        self.actors[actor] = Actor(actor, kind, {"und": surface}, (("und", surface),), (Membership(node),))
        self.nodes[actor] = node
        self.sizes[node] += times

    def take_parties(
        self, parties: Sequence[DiscoveredName], nodes: Mapping[str, str], language: Language, naming: Naming
    ) -> None:
        """Parties, and their forces under names that the language has no word for ("Oruvelian paratroopers")."""
        for name in parties:
            called = name.person > name.party and name.shape != "group"
            kind = "person" if name.shape == "person" or called else "group"
            kind = "unit" if name.shape == "unit" else kind
            place = name.id if is_place(name, naming) else None
            self.enter(name.form, name.surface, kind, nodes[name.form], name.times, place)
            for head in name.heads:
                own = head in language.terms and head not in naming.generic
                if naming.heads[head] not in ("regular", "state") or own:
                    continue
                for longer in (
                    other for other in naming.heads if other.startswith(head)
                ):  # the longest match holds all
                    if name.form + longer not in self.extra and naming.heads[longer] in ("regular", "state"):
                        self.enter(name.form + longer, name.surface + longer, kind, nodes[name.form], 0)

    def take_others(self, names: Sequence[DiscoveredName], language: Language, naming: Naming) -> None:
        """Sources, and places with the people who are called after them."""
        for name in names:
            if name.form in self.extra:
                continue
            if name.shape == "source":
                self.extra[name.form] = Lexeme(source=name.id)
            elif is_place(name, naming):
                self.extra[name.form] = Lexeme(places=(name.id,))
                for head in name.heads:
                    if naming.heads[head] == "people" and head not in language.terms:
                        self.enter(name.form + head, name.surface + head, "people", name.surface, 0)

    def take_generic(self, generic: Mapping[str, int], rebels: Iterable[tuple[str, str, str]]) -> None:
        """Nouns that are a party by themselves, and the rebels of a country where they are one of these."""
        for form, times in generic.items():
            self.enter(form, form, "group", form, times)
        for form, surface, head in rebels:
            if head in self.sizes:
                self.enter(form, surface, "group", head, 0)


def _theatre(theatre: Theatre, nodes: Mapping[str, str], side_of: Callable[[str], str]) -> Theatre:
    """The theatre with each discovered actor on the side that its party has."""
    actors = dict(theatre.actors)
    for actor, node in nodes.items():
        actors[actor] = replace(actors[actor], memberships=(Membership(side_of(node)),))
    sides = dict(theatre.sides)
    for node in dict.fromkeys(nodes.values()):
        side = side_of(node)
        if side != "unknown" and side not in sides:
            sides[side] = Side(side, {"und": side})
    return replace(theatre, actors=actors, sides=sides)


def _generic(folded: str, naming: Naming, parties: Sequence[DiscoveredName]) -> dict[str, int]:
    """Nouns that are a party by themselves, with how often they stand without a name before them."""
    times: Counter[str] = Counter()
    forms = list(naming.generic)
    if not forms:
        return {}
    known = tuple(name.form for name in parties)
    for number, start, _ in AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes(folded):
        if not folded.endswith(known, 0, start):
            times[forms[number]] += 1
    sums: Counter[str] = Counter()
    for form, count in times.items():
        sums[class_of(naming, form)] += count
    against_rebels = sums["rebel"] >= BARE_TIMES
    return {
        form: count
        for form, count in times.items()
        if (count >= BARE_TIMES and (naming.generic[form] != "arm" or against_rebels))
        or (naming.generic[form] in ("rebel", "government") and against_rebels)
        or _told_whose(form, parties, naming)
    }


def _told_whose(form: str, parties: Sequence[DiscoveredName], naming: Naming) -> bool:
    """Whether the text tells whose arm the noun names: it stands after a name; whoever just defends needs no name."""
    kind = naming.generic[form]
    return kind == "defending" or (kind == "arm" and any(form in name.heads for name in parties))


def _rebels(parties: Sequence[DiscoveredName], naming: Naming) -> Iterator[tuple[str, str, str]]:
    """The rebels of a country, which are no part of it where the text calls them just rebels as well: form, surface, party."""
    for name in parties:
        for head in name.heads:
            if naming.heads[head] == "rebel":
                yield name.form + head, name.surface + head, head


def _kin(edges: Edges, sizes: Mapping[str, int], naming: Naming) -> None:
    """What nouns that are parties say by themselves: rebels stand together, and against the government.

    Where there are rebels, an arm that the text gives no name of a country is the government's.
    """
    generic = sorted(form for form in sizes if form in naming.generic)
    rebels = any(class_of(naming, form) == "rebel" for form in generic)
    for number, one in enumerate(generic):
        for other in generic[number + 1 :]:
            kinds = {class_of(naming, one), class_of(naming, other)}
            if len(kinds) == 1 and kinds & {"rebel", "government", "defending"}:
                edge(edges, one, other, OFFICE if kinds == {"government"} else KIN)
            elif kinds == {"government", "arm"} and rebels:
                edge(edges, one, other, KIN)
            elif kinds == {"government", "rebel"}:
                edge(edges, one, other, AGAINST)


def _governments(
    edges: Edges, parties: Sequence[DiscoveredName], nodes: Mapping[str, str], sizes: Mapping[str, int], naming: Naming
) -> None:
    """The government of a country that the text names is the government where it names none, and so are its defenders.

    Where rebels fight it, so are the army and the police of no country that the text names.
    """
    governments = [form for form in sizes if class_of(naming, form) in ("government", "defending", "arm", "foreign")]
    rebels = any(class_of(naming, form) == "rebel" for form in sizes)
    for name in parties:
        for head, times in name.heads.items():
            if naming.heads[head] not in ("state", "regular"):
                continue
            for generic in governments:
                government = class_of(naming, generic) == "government"
                told = rebels and government and class_of(naming, head) == "government"
                if told or (head in generic if government else head == generic):
                    weight = KIN if government else OFFICE
                    edge(edges, nodes[name.form], generic, weight * min(times, MANY))


def unknowns_of(document: Document, found: Belligerents, others: Sequence[Unknown]) -> tuple[Unknown, ...]:
    """Every discovered name with its guessed kind and count, most named first, and the ``others`` that the engine met besides."""
    rows: list[Unknown] = []
    for name in found.names:
        lexeme = dict(found.extra).get(name.form)
        span = document.offsets.span(*name.first)
        if lexeme is None or lexeme.actor is None:
            kind = "source" if lexeme is not None and lexeme.source else "place"
            rows.append(Unknown(name.id, name.surface, kind, name.detail, name.times, document.id, span))
            continue
        actor = found.theatre.actors[lexeme.actor]
        rows.append(
            Unknown(name.id, name.surface, "actor", actor.kind, name.times, document.id, span, actor.side_on(None))
        )
        if lexeme.places:
            rows.append(Unknown(name.id, name.surface, "place", name.detail, name.times, document.id, span))
    told = {(row.id, row.kind) for row in rows}
    return (*rows, *(row for row in others if (row.id, row.kind) not in told))
