"""Loads in closed loop: simulated lifters train by Spotter's targets and by other rules, and the outcomes are scored."""

from core.simulation.plan import WEEKS
from core.simulation.rules import RULES
from core.simulation.scores import Scores, simulate, unplanned

__all__ = ["RULES", "WEEKS", "Scores", "simulate", "unplanned"]
