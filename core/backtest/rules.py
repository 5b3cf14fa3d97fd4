"""The named rules that Spotter is measured against: repeat the last, the nearest set, and three charts of %1RM."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from core.learning import Done

REPS: Final = (1.0, 30.0)
RPE: Final = (5.0, 10.0)
"""The bounds of what a chart may forecast."""


class Chart(NamedTuple):
    """A formula between reps and load: `share` of the maximum that can be held for `n` reps, and the `reps` of a share."""

    share: Callable[[float], float]
    reps: Callable[[float], float]


def _brzycki(n: float) -> float:
    return (37 - min(n, 36.0)) / 36


_RTS: Final = (
    100, 97.8, 95.5, 93.9, 92.2, 90.7, 89.2, 87.8, 86.3, 85.0, 83.7, 82.4, 81.1, 79.9, 78.6, 77.4,
    76.2, 75.1, 73.9, 72.3, 70.7, 69.4, 68.0, 66.7, 65.3, 64.0, 62.6, 61.3, 59.9, 58.6, 57.4,
)  # fmt: skip
"""Percent of the maximum from 1 to 16 reps, by half reps (Reactive Training Systems' chart)."""

_RTS_BEYOND: Final = 1.25
"""Percent a rep beyond 16."""


def _rts(n: float) -> float:
    at = (max(1.0, n) - 1) * 2
    below = int(at)
    if below >= len(_RTS) - 1:
        return max(20.0, _RTS[-1] - _RTS_BEYOND * (n - 16)) / 100
    return (_RTS[below] + (_RTS[below + 1] - _RTS[below]) * (at - below)) / 100


def _rts_reps(share: float) -> float:
    percent = 100 * share
    if percent >= _RTS[0]:
        return 1 - (percent - 100) / 4.5
    if percent <= _RTS[-1]:
        return min(40.0, 16 + (_RTS[-1] - percent) / _RTS_BEYOND)
    below = bisect_left(_RTS, -percent, key=lambda one: -one)
    high, low = _RTS[below - 1], _RTS[below]
    return 1 + (below - 1 + (high - percent) / (high - low)) / 2


CHARTS: Final = {
    "epley": Chart(lambda n: 1 / (1 + n / 30), lambda share: 30 * (1 / share - 1)),
    "brzycki": Chart(_brzycki, lambda share: 37 - 36 * share),
    "rts": Chart(_rts, _rts_reps),
}
"""Epley 1985, Brzycki 1993, and the chart of Reactive Training Systems."""


def rir(done: Done) -> float:
    """Reps in reserve as told; none where nothing was told."""
    return 0.0 if done.rpe is None else 10 - done.rpe


def possible(chart: Chart, before: Done, load: float) -> float:
    """The reps that the chart gives `load`, from what an earlier set shows."""
    return chart.reps(load / before.load * chart.share(before.reps + rir(before)))


def load_for(chart: Chart, before: Done, n: float) -> float:
    """The load that the chart gives for `n` reps, from what an earlier set shows."""
    return before.load * chart.share(n) / chart.share(before.reps + rir(before))


def clipped(value: float, bounds: tuple[float, float]) -> float:
    """The value, within the bounds."""
    return max(bounds[0], min(bounds[1], value))


def nearest(earlier: Iterable[Done], load: float, reps: int | None = None) -> Done:
    """The past set most like this one: a rep counts as 5% of load; of equals the latest."""

    def distance(done: Done) -> float:
        return abs(math.log(done.load / load)) / 0.05 + (0 if reps is None else abs(done.reps - reps))

    return min(reversed(list(earlier)), key=distance)
