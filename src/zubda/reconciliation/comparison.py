"""Two claims side by side: for each field, which level of agreement they reach."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from zubda.model import CLAIM_TYPES, CONTROL_CHANGES
from zubda.reconciliation.columns import NO_DAY, Columns
from zubda.reconciliation.kinds import TALK, TYPE_LEVELS
from zubda.reconciliation.places import place_distance_m
from zubda.reconciliation.wording import NO_WORDING

__all__ = ["FIELDS", "LEVELS", "compare", "day_gap", "place_level"]

Rows = NDArray[np.int64]
Codes = NDArray[np.uint8]

LEVELS: dict[str, tuple[str, ...]] = {
    "date": (
        "unknown",
        "same day",
        "same stretch",
        "overlap",
        "within",
        "a day apart, one source",
        "a day apart",
        "three days, one source",
        "three days",
        "a week",
        "further",
        "told later",
        "within months",
    ),
    "place": (
        "unknown",
        "same, seldom named",
        "same",
        "one in the other",
        "near",
        "same wide place",
        "in a wide place",
        "apart",
        "apart, one taken over",
        "placed only later",
    ),
    "type": ("same", "kin", "compatible", "talk", "different", "exclusive"),
    "sides": ("unknown", "same roles", "same actor", "shared", "reversed", "different"),
    "counts": ("none", "same large number", "same number", "same small number", "compatible", "different"),
    "names": ("none", "shared", "different"),
    "wording": ("none", "same", "close", "alike", "different"),
    "outcome": ("none", "same", "more or less of it", "contrary"),
    "telling": ("other document", "same sentence", "next", "near", "far", "refers to it"),
}
"""Levels of agreement by field, in the order of their codes. Code 0 is always "cannot be compared", but for type."""

FIELDS = tuple(LEVELS)
PRECISE_DAYS = 11
NEAR_M = 1_500.0
SMALL = 5
LARGE = 30
SELDOM = 8
VAGUE_DAYS = 4
TOLD_ON = 12
TOLD_LATER_DAYS = 14
LONG_STRETCH = 62
RUNNING_DAYS = 4
LONGEST_RUN = 183
_TALK = np.array([name in TALK for name in CLAIM_TYPES])
_CHANGES = {name: number for number, name in enumerate(CONTROL_CHANGES)}


def compare(columns: Columns, a: Rows, b: Rows) -> Codes:
    """Codes of `LEVELS` for pairs of rows, shape (pairs, fields)."""
    codes = np.empty((len(a), len(FIELDS)), np.uint8)
    for column, field in enumerate(FIELDS):
        codes[:, column] = _COMPARERS[field](columns, a, b)
    return codes


def day_gap(columns: Columns, a: Rows, b: Rows) -> NDArray[np.int32]:
    """Days between the nearer ends of two claims' dates, 0 if they overlap; meaningless where a date is not known."""
    apart = np.maximum(columns.first[a], columns.first[b]) - np.minimum(columns.last[a], columns.last[b])
    return np.asarray(np.maximum(apart, 0), np.int32)


def _date(columns: Columns, a: Rows, b: Rows) -> Codes:
    span_a, span_b = columns.last[a] - columns.first[a] + 1, columns.last[b] - columns.first[b] + 1
    gap = day_gap(columns, a, b)
    same = (columns.first[a] == columns.first[b]) & (columns.last[a] == columns.last[b])
    precise = np.maximum(span_a, span_b) <= PRECISE_DAYS
    one_source = (columns.source[a] == columns.source[b]) & (columns.lead[a] == columns.lead[b])
    codes = np.select(
        [
            same & (span_a == 1),
            _mostly_shared(columns, a, b),
            (gap == 0) & precise,
            gap == 0,
            _told_later(columns, a, b) | _told_later(columns, b, a),
            (gap == 1) & precise,
            (gap <= 3) & precise,
            gap <= 7,
        ],
        [1, 2, 3, 4, 11, np.where(one_source, 5, 6), np.where(one_source, 7, 8), 9],
        10,
    ).astype(np.uint8)
    codes[(gap == 0) & (np.maximum(span_a, span_b) > LONG_STRETCH) & ~_one_start(columns, a, b)] = 12
    codes[(columns.first[a] == NO_DAY) | (columns.first[b] == NO_DAY)] = 0
    return codes


def _mostly_shared(columns: Columns, a: Rows, b: Rows) -> NDArray[np.bool_]:
    """Whether two stretches of days are one, give or take a few: they share at least two thirds of the days of both.

    Longer times are one only if both are counted from one day: many things happen in the same fortnight.
    """
    shared = np.minimum(columns.last[a], columns.last[b]) - np.maximum(columns.first[a], columns.first[b]) + 1
    both = np.maximum(columns.last[a], columns.last[b]) - np.minimum(columns.first[a], columns.first[b]) + 1
    counted = (columns.what[a, 0] >= 0) & (columns.what[b, 0] >= 0)
    return np.asarray(
        ((3 * shared >= 2 * both) & (both <= PRECISE_DAYS)) | (counted & _one_start(columns, a, b)), np.bool_
    )


def _one_start(columns: Columns, a: Rows, b: Rows) -> NDArray[np.bool_]:
    """Whether two longer times, of at most half a year, begin on the same day, as running totals of one count do."""
    span_a, span_b = columns.last[a] - columns.first[a] + 1, columns.last[b] - columns.first[b] + 1
    longer = (np.minimum(span_a, span_b) >= RUNNING_DAYS) & (np.maximum(span_a, span_b) <= LONGEST_RUN)
    return np.asarray((columns.first[a] == columns.first[b]) & longer, np.bool_)


def _told_later(columns: Columns, a: Rows, b: Rows) -> NDArray[np.bool_]:
    """Whether the second is a toll or a denial without an act of its own, told soon after the first and dated a few days later."""
    if not (columns.tally | columns.denies | columns.running).any():
        return np.zeros(len(a), np.bool_)
    days = columns.first[b] - columns.last[a]
    sentences = columns.sentence[b] - columns.sentence[a]
    told_on = (columns.document[a] == columns.document[b]) & (sentences > 0) & (sentences <= TOLD_ON)
    told_on &= (columns.tally[b] | columns.denies[b]) & (days >= 1) & (days <= TOLD_LATER_DAYS)
    return np.asarray(told_on | (columns.running[b] & (columns.refers[b] == a)), np.bool_)


def _pair_of_places(columns: Columns, a: NDArray[np.int32], b: NDArray[np.int32]) -> Codes:
    """Levels for one place against one place, both given as rows of the table."""
    table = columns.table
    codes = np.where(table.wide[a], 5, 2).astype(np.uint8)
    other = np.flatnonzero(a != b)
    a, b = a[other], b[other]
    wide_a, wide_b = table.wide[a], table.wide[b]
    a_in_b = (table.ancestors[a] == b[:, None]).any(axis=1)
    b_in_a = (table.ancestors[b] == a[:, None]).any(axis=1)
    with np.errstate(invalid="ignore"):
        near = place_distance_m(table, a, b) <= NEAR_M
    inside = a_in_b | b_in_a
    codes[other] = np.select(
        [inside & ~np.where(a_in_b, wide_b, wide_a), near & ~wide_a & ~wide_b, inside], [3, 4, 6], 7
    )
    return codes


def place_level(columns: Columns, a: Rows, b: Rows) -> Codes:
    """The best level that any place of one claim reaches with any place of the other. A city in a vague time is no place to meet."""
    best = np.full(len(a), 9, np.uint8)
    for left in range(columns.places.shape[1]):
        for right in range(columns.places.shape[1]):
            one, other = columns.places[a, left], columns.places[b, right]
            some = np.flatnonzero((one >= 0) & (other >= 0))
            if len(some):
                best[some] = np.minimum(best[some], _pair_of_places(columns, one[some], other[some]))
    best[best == 9] = 0
    best[_placed_only_later(columns, a, b) | _placed_only_later(columns, b, a)] = 9
    best[(best == 2) & (np.minimum(columns.crowd[a], columns.crowd[b]) <= SELDOM)] = 1
    vague = np.maximum(columns.last[a] - columns.first[a], columns.last[b] - columns.first[b]) > VAGUE_DAYS
    best[(best == 5) & vague] = 6
    best[(best == 7) & (columns.inherits[a] | columns.inherits[b])] = 8
    return best


def _placed_only_later(columns: Columns, a: Rows, b: Rows) -> NDArray[np.bool_]:
    """Whether the first has no place and the second, told after it, brings one of its own: as a rule a new scene."""
    if not columns.inherits.any():
        return np.zeros(len(a), np.bool_)
    after = (columns.document[a] == columns.document[b]) & (columns.sentence[a] < columns.sentence[b])
    return np.asarray(after & columns.inherits[a] & (columns.places[a, 0] < 0) & ~columns.inherits[b], np.bool_)


def _type(columns: Columns, a: Rows, b: Rows) -> Codes:
    levels: Codes = TYPE_LEVELS[columns.type[a], columns.type[b]]
    return levels


def _sides(columns: Columns, a: Rows, b: Rows) -> Codes:
    """Who does it to whom. A toll tells who was harmed, not who acted, and talk only who speaks."""
    actor_a, actor_b, target_a, target_b = columns.actors[a], columns.actors[b], columns.targets[a], columns.targets[b]
    all_a, all_b = actor_a | target_a, actor_b | target_b
    actors_meet, targets_meet = (actor_a & actor_b) != 0, (target_a & target_b) != 0
    actors_known, targets_known = (actor_a != 0) & (actor_b != 0), (target_a != 0) & (target_b != 0)
    crossed = ((actor_a & target_b) != 0) | ((target_a & actor_b) != 0)
    tally = columns.tally[a] | columns.tally[b]
    talk = _TALK[columns.type[a]] | _TALK[columns.type[b]]
    codes = np.select(
        [
            talk | (all_a == 0) | (all_b == 0),
            tally & ((all_a & all_b) != 0),
            tally & ~targets_known,
            actors_meet & (targets_meet | ((target_a | target_b) == 0)),
            actors_meet & ~targets_known,
            targets_meet & ~actors_known,
            crossed,
            actors_meet | targets_meet,
            ~actors_known & ~targets_known,
        ],
        [0, 2, 0, 1, 2, 3, 4, 3, 0],
        5,
    )
    return codes.astype(np.uint8)


def _counts(columns: Columns, a: Rows, b: Rows) -> Codes:
    best = np.full(len(a), 9, np.uint8)
    grows = _one_start(columns, a, b)
    tallies = columns.tally[a] | columns.tally[b]
    apart = ~tallies & (columns.document[a] != columns.document[b])  # one text counts one side here, the other there
    near = not apart.all()
    for left in range(columns.what.shape[1]):
        for right in range(columns.what.shape[1]):
            what_a, what_b = columns.what[a, left], columns.what[b, right]
            some = np.flatnonzero((what_a >= 0) & (what_a == what_b))
            if near:
                side_a, side_b = columns.harmed[a[some], left], columns.harmed[b[some], right]
                some = some[apart[some] | (side_a == side_b) | (side_a <= 0) | (side_b <= 0)]
            if not len(some):
                continue
            low_a, low_b = columns.low[a[some], left], columns.low[b[some], right]
            high_a, high_b = columns.high[a[some], left], columns.high[b[some], right]
            equal = (low_a == low_b) & (high_a == high_b)
            close = (low_a <= high_b) & (low_b <= high_a)
            close |= (columns.running[a[some]] & (low_a > low_b)) | (columns.running[b[some]] & (low_b > low_a))
            close |= grows[some] & (np.sign(low_a - low_b) == np.sign(columns.last[a[some]] - columns.last[b[some]]))
            level = np.select([equal & (low_a >= LARGE), equal & (low_a >= SMALL), equal, close], [1, 2, 3, 4], 5)
            best[some] = np.minimum(best[some], level.astype(np.uint8))
    best[best == 9] = 0
    if tallies.any():  # rival tolls of one event, or a revised one, differ
        rivals = tallies & ((columns.source[a] != columns.source[b]) | (day_gap(columns, a, b) > 0))
        best[(best == 5) & rivals] = 0
    return best


def _names(columns: Columns, a: Rows, b: Rows) -> Codes:
    if not columns.names.any():
        return np.zeros(len(a), np.uint8)
    one, other = columns.names[a], columns.names[b]
    shared = ((one[:, :, None] == other[:, None, :]) & (one[:, :, None] != 0)).any(axis=(1, 2))
    codes = np.where(shared, 1, 2).astype(np.uint8)
    codes[(one[:, 0] == 0) | (other[:, 0] == 0)] = 0
    codes[(codes == 2) & (columns.tally[a] | columns.tally[b])] = 0  # a toll has its own words for who died
    return codes


def _wording(columns: Columns, a: Rows, b: Rows) -> Codes:
    if not columns.wording.any():
        return np.zeros(len(a), np.uint8)
    one, other = columns.wording[a], columns.wording[b]
    alike = (one == other).mean(axis=1)
    codes = np.select([alike >= 0.8, alike >= 0.4, alike >= 0.18], [1, 2, 3], 4).astype(np.uint8)
    codes[(one[:, 0] == NO_WORDING) | (other[:, 0] == NO_WORDING)] = 0
    return codes


def _outcome(columns: Columns, a: Rows, b: Rows) -> Codes:
    """Who holds the place after it. A holder's loss, and the gain of another, are one outcome told from two ends.

    A place can be gained or lost once only, but held, or gained in part, on one day after another: that says nothing.
    """
    if (columns.change < 0).all():
        return np.zeros(len(a), np.uint8)
    gained, lost, holds, partial, contested, withdrew = (_CHANGES[name] for name in CONTROL_CHANGES)
    change_a, change_b = columns.change[a], columns.change[b]
    same_holder = columns.holder[a] == columns.holder[b]
    leaves_a, leaves_b = np.isin(change_a, (lost, withdrew)), np.isin(change_b, (lost, withdrew))
    has_a, has_b = np.isin(change_a, (gained, holds)), np.isin(change_b, (gained, holds))
    some_a, some_b = np.isin(change_a, (partial, contested)), np.isin(change_b, (partial, contested))
    codes = np.select(
        [
            same_holder & (leaves_a == leaves_b) & (some_a == some_b),
            ~same_holder & (leaves_a != leaves_b) & ~some_a & ~some_b,
            same_holder & (leaves_a == leaves_b),
            some_a | some_b,
            leaves_a & leaves_b,
            has_a | has_b,
        ],
        [1, 1, 2, 2, 2, 3],
        3,
    ).astype(np.uint8)
    again = (some_a | (change_a == holds)) & (some_b | (change_b == holds)) & (day_gap(columns, a, b) > 0)
    codes[again & same_holder] = 0
    codes[(change_a < 0) | (change_b < 0)] = 0
    return codes


def _telling(columns: Columns, a: Rows, b: Rows) -> Codes:
    """How far apart two claims stand in one document, in sentences that carry claims, and whether one can only mean the other.

    An introduction tells again what its document tells later, so it stands beside it like another document.
    """
    apart = np.abs(columns.sentence[a] - columns.sentence[b])
    refers = _same_telling(columns, columns.refers[a], b) | _same_telling(columns, columns.refers[b], a)
    codes = np.select([apart == 0, refers, apart <= 2, apart <= 6], [1, 5, 2, 3], 4).astype(np.uint8)
    codes[(columns.document[a] != columns.document[b]) | (columns.lead[a] != columns.lead[b])] = 0
    return codes


def _same_telling(columns: Columns, meant: NDArray[np.int64], other: Rows) -> NDArray[np.bool_]:
    """Whether the claim that is meant (-1 for none) is the other one, or one of its sentence with the same first place."""
    safe = np.maximum(meant, 0)
    same = (columns.sentence[safe] == columns.sentence[other]) & (columns.places[safe, 0] == columns.places[other, 0])
    return np.asarray((meant >= 0) & same, np.bool_)


_COMPARERS: dict[str, Callable[[Columns, Rows, Rows], Codes]] = {
    "date": _date,
    "place": place_level,
    "type": _type,
    "sides": _sides,
    "counts": _counts,
    "names": _names,
    "wording": _wording,
    "outcome": _outcome,
    "telling": _telling,
}
