"""From a name in a text to a place, with how sure that is and what else it could have been."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from math import asin, cos, radians, sin, sqrt

from rapidfuzz import process
from rapidfuzz.distance import Indel

from zubda.errors import UnknownNameError
from zubda.model import Place, PlaceMention, Theatre
from zubda.names import letter_key, name_similarity, skeleton_key, sound_key, sound_similarity

__all__ = ["Gazetteer", "distance_m"]

EARTH_RADIUS_M = 6_371_000.0
SURE = 0.80
SUGGESTED = 0.60
NEAR_M = 15_000.0
RUNNERS_UP = 4
WORD = re.compile(r"[^\W\u4e00-\u9fff]+(?:['’`-][^\W\u4e00-\u9fff]+)*|[\u4e00-\u9fff]+")
SHORTEST_SOUND, SHORT_SOUND = 5, 7
SAME_SOUND, ALL_BUT_EQUAL = 0.9, 0.97
FAMILIES = (
    frozenset({"city", "town", "district"}), frozenset({"town", "village"}), frozenset({"military_base", "airbase", "barracks"}),
    frozenset({"airport", "airbase"}), frozenset({"province", "state", "region"}), frozenset({"hill", "mountain", "ridge"}),
)  # fmt: skip


def distance_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in metres between two ``(latitude, longitude)`` points in degrees (haversine)."""
    lat_a, lon_a, lat_b, lon_b = map(radians, (*a, *b))
    chord = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, chord)))


class Gazetteer:
    """The places of a theatre by every spelling of their names. Without a theatre it knows nothing, and says so."""

    def __init__(self, theatre: Theatre | None) -> None:
        self.places: dict[str, Place] = dict(theatre.places) if theatre else {}
        self._by_letters: dict[str, list[str]] = {}
        self._by_skeleton: dict[str, list[str]] = {}
        for place in self.places.values():
            for _, form in place.forms:
                self._enter(self._by_letters, letter_key(form), place.id)
                bones = skeleton_key(form)
                if len(bones) >= 3:
                    self._enter(self._by_skeleton, bones, place.id)
        self.locate = lru_cache(maxsize=65_536)(self._locate)
        # Names come again and again in a text, each time among other places, so what a name may mean is kept by itself.
        self._candidates = lru_cache(maxsize=65_536)(self._find_candidates)

    @staticmethod
    def _enter(table: dict[str, list[str]], key: str, place: str) -> None:
        if key and place not in table.setdefault(key, []):
            table[key].append(place)

    def forms(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every surface form with the ids of the places that bear it."""
        owners: dict[str, list[str]] = {}
        for place in self.places.values():
            for _, form in place.forms:
                self._enter(owners, form, place.id)
        for form, ids in owners.items():
            yield form, tuple(ids)

    def _locate(self, surface: str, kind: str | None = None, near: tuple[str, ...] = ()) -> PlaceMention:
        """The place that ``surface`` names.

        ``kind`` is what the text says it is (``village``, ``military_base``), ``near`` ids of places told of beside it; both only
        choose among places that bear the name. A mention that nothing fits well has no id, and still its runners-up.
        """
        scored = self._candidates(surface)
        ranked = sorted(scored.items(), key=lambda entry: (-self._fit(entry[1], entry[0], kind, near), entry[0]))
        others = tuple((place, round(score, 3)) for place, score in ranked[:RUNNERS_UP])
        if not ranked or ranked[0][1] < SURE:
            return PlaceMention(surface, None, 0.0, others)
        best, score = ranked[0]
        rivals = [other for other, rival in ranked[1:] if rival >= score - 0.02]
        certainty = score if not rivals else score * (0.8 if kind or near else 0.65)
        return PlaceMention(surface, best, round(certainty, 3), others[1:])

    def _fit(self, score: float, place: str, kind: str | None, near: Sequence[str]) -> float:
        entry = self.places[place]
        fit = score
        if kind:
            near_kind = any(entry.kind in family and kind in family for family in FAMILIES)
            fit += 0.15 if entry.kind == kind else 0.08 if near_kind else -0.05
        known = [self.places[other] for other in near if other in self.places and other != place]
        if known:
            closest = min(
                distance_m((entry.latitude, entry.longitude), (other.latitude, other.longitude)) for other in known
            )
            fit += 0.1 * NEAR_M / (NEAR_M + closest)
        return fit

    def _find_candidates(self, surface: str) -> dict[str, float]:
        exact = self._by_letters.get(letter_key(surface))
        if exact:
            return dict.fromkeys(exact, 1.0)
        scored: dict[str, float] = {}
        for place in self._by_skeleton.get(skeleton_key(surface), ()) if len(skeleton_key(surface)) >= 3 else ():
            scored[place] = self._similarity(surface, place)
        if not any(score >= SURE for score in scored.values()):
            key = letter_key(surface)
            found = process.extract(
                key, list(self._by_letters), scorer=Indel.normalized_similarity, limit=5, score_cutoff=0.72
            )
            for form, score, _ in found:
                for place in self._by_letters[form]:
                    scored[place] = max(scored.get(place, 0.0), self._fuzzy(key, form, score))
        if not any(score >= SURE for score in scored.values()):
            for place, score in self._alike(surface):
                scored[place] = max(scored.get(place, 0.0), score)
        return scored

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        """Places by the sound of their names; made when a name first needs it."""
        table: dict[str, list[str]] = {}
        for place in self.places.values():
            for _, form in place.forms:
                sound = sound_key(form)
                if len(sound) >= SHORTEST_SOUND:
                    self._enter(table, sound, place.id)
        return table

    def _alike(self, surface: str) -> Iterator[tuple[str, float]]:
        """Places that sound like a name written by its sound in Chinese; short names must sound the same."""
        sound = sound_key(surface)
        if surface.isascii() or len(sound) < SHORTEST_SOUND:
            return
        found = process.extract(
            sound, list(self._by_sound), scorer=Indel.normalized_similarity, limit=5, score_cutoff=0.6
        )
        for other, _, _ in found:
            score = sound_similarity(sound, other)
            sure = score >= (SAME_SOUND if min(len(sound), len(other)) > SHORT_SOUND else ALL_BUT_EQUAL)
            for place in self._by_sound[other]:
                yield place, score * (0.9 if sure else 0.8)

    def _similarity(self, surface: str, place: str) -> float:
        return max(name_similarity(surface, form) for _, form in self.places[place].forms)

    @staticmethod
    def _fuzzy(key: str, form: str, score: float) -> float:
        """Short names, Han names and names with numbers must be alike to the letter: one character there is another place."""
        short = min(len(key), len(form)) < 6 or not key.isascii()
        digits = [letter for letter in key if letter.isdigit()] != [letter for letter in form if letter.isdigit()]
        return score * (0.8 if short or digits else 0.93)

    def find(self, query: str) -> tuple[tuple[str, float], ...]:
        """Ids and scores of the places that a person may mean, best first; at least one.

        Raises `UnknownNameError` (``unknown.place``) with the nearest names.
        """
        if query in self.places:
            return ((query, 1.0),)
        scored = self._candidates(query)
        ranked = sorted(scored.items(), key=lambda entry: (-entry[1], entry[0]))
        if ranked and ranked[0][1] >= SURE:
            return tuple(ranked)
        within = self._named_within(query)
        if within:
            return within
        near = list(dict.fromkeys(self._name(place) for place in self._suggestions(query, ranked)))
        hint = f"Did you mean {', '.join(near)}?" if near else "List what the texts name: zubda claims FILE.zubda"
        raise UnknownNameError("place", f"There is no place {query!r}.", hint, near)

    def _named_within(self, query: str) -> tuple[tuple[str, float], ...]:
        """Places whose name is part of a description ("the hills near X"): those of the longest name in it that covers a third."""
        letters = letter_key(query)
        words = WORD.findall(query)
        runs = {letter_key(" ".join(words[i:j])) for i in range(len(words)) for j in range(i + 1, len(words) + 1)}
        named = [run for run in runs if run in self._by_letters and len(run) >= (4 if run.isascii() else 2)]
        named += [form for form in self._by_letters if not form.isascii() and len(form) >= 2 and form in letters]
        longest = max(named, key=len, default="")
        if len(longest) * 3 < len(letters):
            return ()
        return tuple((place, round(SURE * len(longest) / len(letters), 3)) for place in self._by_letters[longest])

    def _suggestions(self, query: str, ranked: Iterable[tuple[str, float]]) -> list[str]:
        known = [place for place, score in ranked if score >= SUGGESTED * 0.9]
        if known:
            return known[:3]
        found = process.extract(letter_key(query), list(self._by_letters), scorer=Indel.normalized_similarity, limit=3)
        return [place for form, score, _ in found if score >= 0.5 for place in self._by_letters[form]][:3]

    def _name(self, place: str) -> str:
        entry = self.places[place]
        return entry.names.get("en") or next(iter(entry.names.values()), place)
