"""Who held which place on which day, how sure that is, and which routes were open."""

from zubda.control.interface import CONTESTED, ControlModel, LastClaimWins

__all__ = ["CONTESTED", "ControlModel", "LastClaimWins"]
