"""Weighted medians: the forecast that errs least in absolute terms, and one that stays on the grid of what people do."""

from __future__ import annotations

from collections.abc import Sequence


def ranked(values: Sequence[float]) -> list[int]:
    """The places of the values, the smallest value first; of equals the earlier first."""
    return sorted(range(len(values)), key=values.__getitem__)


def weighted_median(
    ranks: Sequence[int], values: Sequence[float], weights: Sequence[float], total: float
) -> float:
    """The value at which half of the `total` weight is reached, going through `ranks`."""
    half = total * 0.5
    reached = 0.0
    for at in ranks:
        reached += weights[at]
        if reached >= half:
            return values[at]
    return values[ranks[-1]]
