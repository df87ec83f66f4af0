"""Who held which place on which day, how sure that is, and which routes were open."""

from zubda.control.fitting import fit
from zubda.control.interface import CONTESTED, ControlModel, LastClaimWins
from zubda.control.options import ControlOptions
from zubda.control.posterior import Posterior

__all__ = ["CONTESTED", "ControlModel", "ControlOptions", "LastClaimWins", "Posterior", "fit"]
