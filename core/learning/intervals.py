"""80% intervals that keep their promise for each person: a local spread times a factor that follows the misses.

Adaptive conformal inference (Gibbs and Candès 2021, arXiv 2106.00170): a miss widens the interval four times as much as
a hit narrows it, so that one in five misses in the long run, whatever the distribution.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import Final

RPE_FIRST: Final = 0
RPE_SECOND: Final = 1
REPS_CHANGED: Final = 2
REPS_SAME: Final = 3
"""Places in `Habits.scales`: each question has its own factor."""

MISSES: Final = 0.2
RATE: Final = 0.08
NARROWEST: Final = -3.0
WIDEST: Final = 2.5
"""The share of misses wanted, how fast the factor follows, and its bounds (ln)."""

SPREAD_WEIGHT: Final = 0.4
"""How many sessions the spread of an unknown lift counts for (own choice)."""

NORMAL_80: Final = 1.2816
"""Standard deviations to either side that hold 80% of a normal distribution."""


def local_spread(
    values: Sequence[float], weights: Sequence[float], total: float, middle: float, usual: float
) -> float:
    """The weighted mean distance from the middle, with what is usual as a little more evidence."""
    away = sum([weight * abs(value - middle) for weight, value in zip(weights, values, strict=True)])
    return (away + usual * SPREAD_WEIGHT) / (total + SPREAD_WEIGHT)


def followed(scales: tuple[float, ...], question: int, distance: float) -> tuple[float, ...]:
    """The factors after an outcome that lay `distance` spreads from the forecast."""
    factor = scales[question]
    missed = distance > exp(factor) + 1e-9
    factor = max(NARROWEST, min(WIDEST, factor + RATE * (missed - MISSES)))
    return (*scales[:question], factor, *scales[question + 1 :])
