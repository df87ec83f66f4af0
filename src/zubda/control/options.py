"""Settings of the control model, with the priors that the data then moves."""

from __future__ import annotations

from dataclasses import dataclass

from zubda.errors import UsageError

__all__ = ["ControlOptions"]


@dataclass(frozen=True, slots=True)
class ControlOptions:
    """Settings of `zubda.control.fit`. The defaults are what ``docs/control.md`` reports on.

    ``rounds`` and ``tolerance`` (change of the mean log likelihood per report, nats) end the learning. ``quiet_hazard`` is
    the prior chance that a holder changes unreported in a day, ``settling_hazard`` that a contested place falls to a side so,
    ``hazard_strength`` their weight in expected changes.
    ``table_strength`` and ``source_strength`` are the weights, in reports, of the prior in an alignment's table and of the
    alignment's table in a source's. ``down`` and ``up`` weigh what is said of a
    larger place for the smaller ones in it, and the other way. ``neighbours`` is the coupling of places that touch, in nats,
    ``neighbour_distance_km`` how far apart they may be, ``spread`` the chance that one's change goes on to another
    unreported, ``surround`` the changes a day that a settlement which nobody names makes with the
    settlements around it. The switches turn single ingredients off, for ablations.
    ``engine`` is ``auto`` (by size), ``numba`` or ``numpy``.
    """

    rounds: int = 40
    tolerance: float = 1e-3
    quiet_hazard: float = 0.0002
    settling_hazard: float = 0.02
    hazard_strength: float = 60.0
    table_strength: float = 100.0
    source_strength: float = 45.0
    down: float = 0.6
    up: float = 0.12
    neighbours: float = 0.4
    neighbour_distance_km: float = 40.0
    spread: float = 0.02
    surround: float = 0.3
    use_events: bool = True
    use_ranges: bool = True
    use_witnesses: bool = True
    use_denials: bool = True
    use_tempo: bool = True
    use_shares: bool = True
    learn_tables: bool = True
    learn_hazards: bool = True
    per_source: bool = True
    engine: str = "auto"

    def __post_init__(self) -> None:
        if self.engine not in ("auto", "numba", "numpy"):
            raise UsageError("engine", f"There is no engine {self.engine!r}.", "Use auto, numba or numpy.")
        if not (0 < self.quiet_hazard < 1 and 0 < self.settling_hazard < 1):
            raise UsageError(
                "hazard",
                "A hazard lies outside 0 to 1.",
                "Give the chance of a change in one day.",
            )
        if self.rounds < 1:
            raise UsageError("rounds", f"{self.rounds} rounds of learning are none.", "Ask for at least one.")
