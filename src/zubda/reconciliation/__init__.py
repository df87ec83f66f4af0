"""From claims to events, disputes and tolls, each with its reasons."""

from zubda.reconciliation.grades import GRADES
from zubda.reconciliation.linkage import Linkage, link_claims
from zubda.reconciliation.periods import PeriodToll, SeriesPoint
from zubda.reconciliation.plotting import plot_series
from zubda.reconciliation.reconciliation import Reconciliation, reconcile
from zubda.reconciliation.tolls import RULES
from zubda.reconciliation.witnesses import Copy, Witness

__all__ = [
    "GRADES",
    "RULES",
    "Copy",
    "Linkage",
    "PeriodToll",
    "Reconciliation",
    "SeriesPoint",
    "Witness",
    "link_claims",
    "plot_series",
    "reconcile",
]
