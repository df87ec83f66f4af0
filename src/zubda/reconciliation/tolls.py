"""The toll of one event: low, best and high for each harm and side, each bound with the claim behind it.

The words are those of the Uppsala Conflict Data Program (UCDP GED Codebook, Croicu and Sundberg): ``best`` is the most reliable
estimate, ``low`` and ``high`` the most conservative and the highest ones that are credible; they are never averaged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from zubda.model import BLOWS, Claim, DayRange, SourceFigure, Theatre, Toll
from zubda.names import letter_key
from zubda.reconciliation.figures import PEOPLE_HARMED, UNKNOWN_SIDE, Figure, figures_of, is_unarmed, side_of
from zubda.reconciliation.grades import ACCUSING
from zubda.reconciliation.kinds import STATES, TALK
from zubda.reconciliation.slots import Slot, hull, is_long, slots_of

__all__ = ["ALL", "RULES", "event_toll"]

ALL = "all"
RULES = {
    "coded": "coded data gives a best estimate of its own",
    "only": "one figure was given",
    "agreed": "the figure that most independent sources give",
    "better source": "the account itself or a monitor without a side before parties and hearsay",
    "exact": "an exact figure inside what the better source gives as a bound",
    "latest": "of equally good sources the one told last",
    "first count": "what was known before a later figure revised it",
    "running total": "a total up to this day; earlier totals are inside it",
    "increase": "the growth between two running totals of one count",
    "sum": "the sum of the sides named as parts",
    "sum of days": "the sum of what one source counts on separate days",
    "whole": "a source counts all sides together",
}
"""Every rule that can stand behind a toll's ``best``."""

MOST_DAYS_DENIED = 31
STRUCK_AT = BLOWS | {"attack_on_civilians", "destruction"}
DENIABLE = ACCUSING | {"destruction"}

Cell = tuple[str, str, str]


def event_toll(claims: Sequence[Claim], theatre: Theatre | None) -> tuple[Toll, ...]:
    """The toll of one event from its claims in reading order.

    Rows: one a harm and side, one for all sides, one for each part of a side that the text counts apart, one for each day or
    stretch that is counted inside a longer one, and what was first reported, where it was revised.
    """
    claims = _of_the_unarmed(claims, theatre)
    figures = [
        figure
        for order, claim in enumerate(claims)
        if claim.polarity == "affirm"
        for figure in figures_of(claim, order, theatre)
    ]
    denials = [claim for claim in claims if claim.polarity == "deny" and claim.type in DENIABLE and not claim.counts]
    rows: list[Toll] = []
    for what in dict.fromkeys(figure.what for figure in figures):
        of_kind = [figure for figure in figures if figure.what == what]
        of_kind = _peoples_as_wholes(of_kind)
        deniers = [claim for claim in denials if any(_same_act(claim, other) for other in claims if other.counts)]
        slots = slots_of(of_kind)
        for slot in slots:
            rows += _rows_of_slot(slot, deniers)
        rows += _increases([figure for slot in slots for figure in slot.figures])
        if len(slots) > 1 and all(slot.added for slot in slots):
            rows += _sums_of_days([row for row in rows if row.what == what and not row.group and row.side != ALL])
    return tuple(rows)


def _of_the_unarmed(claims: Sequence[Claim], theatre: Theatre | None) -> Sequence[Claim]:
    """The claims, with people of an untold side as civilians where a blow hurt nobody else by all that is told.

    That is: strikes and attacks on no armed party and for no ground hurt them, and whoever is counted by kind (children among the
    dead, the students hit) is of one unarmed side.
    """
    told = [claim for claim in claims if claim.polarity == "affirm" and claim.type not in TALK | STATES]
    people = [
        (claim, number) for claim in told for number, count in enumerate(claim.counts) if count.what in PEOPLE_HARMED
    ]
    hurt = {side_of(claim, number, theatre) for claim, number in people} - {UNKNOWN_SIDE}
    aimed = {party.side for claim in told for party in claim.targets} - {UNKNOWN_SIDE}
    blows = all(claim.type in STRUCK_AT for claim, _ in people) and not any(claim.control for claim in told)
    if len(hurt) != 1 or not hurt >= aimed or not blows:
        return claims
    (side,) = hurt
    return [_hurting(claim, side) for claim in claims] if is_unarmed(side, theatre) else claims


def _hurting(claim: Claim, side: str) -> Claim:
    counts = (
        replace(count, side=side) if count.what in PEOPLE_HARMED and count.side == UNKNOWN_SIDE else count
        for count in claim.counts
    )
    return replace(claim, counts=tuple(counts))


def _peoples_as_wholes(figures: list[Figure]) -> list[Figure]:
    """A number of a people ("eleven Torvians") is a group beside the number of all, and stands for all where no other is told."""
    if any(figure.side == UNKNOWN_SIDE and not figure.group for figure in figures):
        return figures
    return [replace(figure, group="") if figure.side == UNKNOWN_SIDE else figure for figure in figures]


def _same_act(denial: Claim, told: Claim) -> bool:
    together = told.date is None or denial.date is None or max(told.date.days, denial.date.days) <= MOST_DAYS_DENIED
    return told.polarity == "affirm" and told.type == denial.type and together


def _rows_of_slot(slot: Slot, deniers: Sequence[Claim]) -> list[Toll]:
    rows: list[Toll] = []
    sides: list[Toll] = []
    for cell in dict.fromkeys(_cell(figure) for figure in slot.figures):
        mine = [figure for figure in slot.figures if _cell(figure) == cell]
        before = [figure for figure in slot.earlier if _cell(figure) == cell]
        row, first = _row(mine, before, slot.period)
        if deniers and not cell[2]:
            row = _denied(row, deniers[0])
        rows.append(row)
        rows += first
        if not cell[2]:
            sides.append(row)
    if sides:
        together = _all_sides(sides, slot.period)
        if together.rule == "whole":
            rows = [row for row in rows if row.side != UNKNOWN_SIDE or row.group]
        rows.append(together)
    return rows


def _sums_of_days(rows: Sequence[Toll]) -> list[Toll]:
    """What one source counts on separate days, added up for each side and for all."""
    sums = []
    for side in dict.fromkeys(row.side for row in rows):
        days = [row for row in rows if row.side == side and row.rule != "first count"]
        if len(days) > 1:
            sums.append(_sum(days, side, "sum of days"))
    if sums:
        sums.append(_sum([*sums, *(row for row in rows if row.side not in {s.side for s in sums})], ALL, "sum"))
    return sums


def _cell(figure: Figure) -> Cell:
    return figure.what, figure.side, letter_key(figure.group)


def _row(figures: Sequence[Figure], earlier: Sequence[Figure], period: DayRange | None) -> tuple[Toll, list[Toll]]:
    standing, replaced = _revised(figures)
    chosen, rule = _choose(standing)
    row = _toll(standing, chosen, rule, period, told=figures)
    if earlier:
        row = _with_running_totals(row, standing, earlier)
    if not replaced:
        return row, []
    first_told = [
        figure for figure in figures if figure.order <= max(old.order for old in replaced) or figure in replaced
    ]
    first, _ = _choose(first_told)
    return row, [_toll(first_told, first, "first count", hull(first_told), told=first_told)]


def _revised(figures: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """Figures that stand, and those that a later one of the same origin replaced."""
    standing: dict[str, Figure] = {}
    replaced: list[Figure] = []
    for figure in sorted(figures, key=lambda figure: figure.order):
        old = standing.get(figure.origin)
        if old is not None and _bounds(old) != _bounds(figure):
            if figure.parts and not old.parts:
                continue
            replaced.append(old)
        if old is None or _bounds(old) != _bounds(figure):
            standing[figure.origin] = figure
    return list(standing.values()), replaced


def _bounds(figure: Figure) -> tuple[int, int | None]:
    return figure.low, figure.high


def _choose(figures: Sequence[Figure]) -> tuple[Figure, str]:
    """The figure behind ``best`` and the rule that chose it."""
    if len({_bounds(figure) for figure in figures}) == 1:
        coded = next((figure for figure in figures if figure.best is not None), None)
        return (coded, "coded") if coded else (figures[0], "only" if len(figures) == 1 else "agreed")
    support: dict[tuple[int, int | None], set[str]] = {}
    for figure in figures:
        support.setdefault(_bounds(figure), set()).add(figure.origin)
    most = max(support.values(), key=len)
    if len(most) > 1 and sum(len(origins) == len(most) for origins in support.values()) == 1:
        return next(figure for figure in figures if support[_bounds(figure)] is most), "agreed"
    best_trust = max(figure.trust for figure in figures)
    trusted = [figure for figure in figures if figure.trust == best_trust]
    chosen = max(trusted, key=lambda figure: (not figure.parts, figure.order))
    if chosen.high is None:
        exact = [figure for figure in figures if figure.high is not None and figure.low >= chosen.low]
        if exact:
            return exact[-1], "exact"
    return chosen, "better source" if len(trusted) == 1 else "latest"


def _toll(
    figures: Sequence[Figure], chosen: Figure, rule: str, period: DayRange | None, told: Sequence[Figure]
) -> Toll:
    lowest = min(figures, key=lambda figure: (figure.low, figure.order))
    open_ended = next((figure for figure in figures if figure.high is None), None)
    highest = open_ended or max(figures, key=lambda figure: (figure.high or 0, -figure.order))
    best = chosen.best
    if best is None:
        best = chosen.low if chosen.high is None else (chosen.low + chosen.high + 1) // 2
    sources = tuple(
        dict.fromkeys(SourceFigure(figure.source, figure.low, figure.high, figure.claim) for figure in told)
    )
    return Toll(
        what=chosen.what,
        side=chosen.side,
        low=lowest.low,
        best=best,
        high=highest.high,
        rule=rule,
        sources=sources,
        low_claim=lowest.claim,
        best_claim=chosen.claim,
        high_claim=highest.claim,
        group=chosen.group,
        date=period,
    )


def _with_running_totals(row: Toll, standing: Sequence[Figure], earlier: Sequence[Figure]) -> Toll:
    """A later total with what earlier ones say of it: it cannot be less than they were, and may be less than a rival's.

    The account itself supersedes all lower totals; a source supersedes its own only, so another's stays as the low.
    """
    own = {figure.origin for figure in standing}
    low, low_claim = row.low, row.low_claim
    if all(figure.source != "text" for figure in standing):
        below = [figure for figure in earlier if figure.origin not in own and figure.low < (low or 0)]
        if below:
            nearest = max(below, key=lambda figure: figure.low)
            low, low_claim = nearest.low, nearest.claim
    above = [figure for figure in earlier if row.high is not None and figure.low > row.high]
    high, high_claim = (None, above[-1].claim) if above else (row.high, row.high_claim)
    rivals = tuple(SourceFigure(figure.source, figure.low, figure.high, figure.claim) for figure in above)
    return replace(
        row,
        low=low,
        low_claim=low_claim,
        high=high,
        high_claim=high_claim,
        rule="running total",
        sources=tuple(dict.fromkeys((*row.sources, *rivals))),
    )


def _denied(row: Toll, denial: Claim) -> Toll:
    source = SourceFigure(denial.source_id or denial.source or "text", 0, 0, denial.id)
    return replace(row, low=0, low_claim=denial.id, sources=(*row.sources, source))


def _all_sides(sides: Sequence[Toll], period: DayRange | None) -> Toll:
    """All sides together: the figure of a source that counts them together, else the sum of the sides, which it names."""
    together = next((row for row in sides if row.side == UNKNOWN_SIDE), None)
    others = [row for row in sides if row.side != UNKNOWN_SIDE]
    if together is not None and (not others or _covers(together, others)):
        return replace(together, side=ALL, rule=together.rule if not others else "whole")
    return _sum(sides, ALL, "sum")


def _sum(rows: Sequence[Toll], side: str, rule: str) -> Toll:
    """Rows of one harm added; ``high`` is open if one of them is."""
    dates = [row.date for row in rows if row.date]
    return Toll(
        what=rows[0].what,
        side=side,
        low=sum(row.low or 0 for row in rows),
        best=sum(row.best or 0 for row in rows),
        high=None if any(row.high is None for row in rows) else sum(row.high or 0 for row in rows),
        rule=rule,
        sources=tuple(dict.fromkeys(source for row in rows for source in row.sources)),
        low_claim=rows[0].low_claim,
        best_claim=rows[0].best_claim,
        high_claim=rows[0].high_claim,
        parts=tuple(dict.fromkeys(row.side for row in rows)) if side == ALL else (),
        date=DayRange(min(d.first for d in dates), max(d.last for d in dates)) if dates else None,
    )


def _covers(together: Toll, others: Sequence[Toll]) -> bool:
    """Whether an unsided figure is the whole of the sided ones: it is no smaller than any of them."""
    return (together.best or 0) >= max(row.low or 0 for row in others)


def _increases(figures: Sequence[Figure]) -> Iterator[Toll]:
    """What came to a running total between two of its ends: the account's totals of one cell, each against the one before it."""
    for cell in dict.fromkeys(_cell(figure) for figure in figures):
        totals = sorted(
            (f for f in figures if _cell(f) == cell and is_long(f) and f.high == f.low and f.trust >= 2),
            key=lambda figure: figure.period.last if figure.period else figure.order,
        )
        for before, after in pairwise(totals):
            if before.period is None or after.period is None or after.low <= before.low:
                continue
            if before.period.last == after.period.last or abs((before.period.first - after.period.first).days) > 1:
                continue
            grown = after.low - before.low
            told = (before, after)
            yield replace(
                _toll(told, after, "increase", DayRange(before.period.last, after.period.last), told=told),
                side=ALL if cell[1] == UNKNOWN_SIDE else cell[1],
                low=grown,
                best=grown,
                high=grown,
            )
