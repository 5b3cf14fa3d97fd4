"""Forecasts of reps and loads by habit: what this athlete usually does, not what a chart says they could do.

A lift remembers its last sessions. A forecast of reps is a weighted median of remembered reps, nearer loads and newer
sessions weighing more. How near, how new, and how many reps a change of load is worth differs between people far more
than between lifts; so nine such medians and "as last time" run beside each other, and the athlete's own past errors
weigh them (the Hedge of Freund and Schapire 1997, 10.1006/jcss.1997.1504). The constants are fits on other lifters,
rounded; each optimum was flat.
"""

from __future__ import annotations

from math import copysign, exp, floor, log
from operator import mul
from typing import Final

from core.learning.intervals import REPS_CHANGED, REPS_SAME, followed, local_spread
from core.learning.medians import ranked, weighted_median
from core.learning.state import REMEMBERED, Forecast, Habits, Lift, Past

NEAR: Final = 0.21
"""Width, in ln load, within which past loads are alike. The narrow median has a third of it."""

NEW: Final = tuple(0.5 ** (age / 1.5) for age in range(REMEMBERED))
OLD: Final = tuple(0.5 ** (age / 5.0) for age in range(REMEMBERED))
"""What a session weighs by age: half-lives of one and a half and of five sessions."""

SLOPES: Final = (0.0, 6.0, 12.0)
"""Reps that one unit of ln load costs by habit; a chart says 25 to 30."""

FAR: Final = 0.3
"""Beyond this change of ln load the slopes no longer count."""

OTHER_KIND: Final = 0.4
"""What a session weighs that was rated otherwise: sets to failure and rated sets are done by other habits."""

HEDGE_RATE: Final = 0.15
HEDGE_MEMORY: Final = 0.98
WORST_LOSS: Final = 6.0
"""How sharply past errors count, how long, and the most that one session may cost a forecaster, in reps."""

REPS_SPREAD: Final = 3.0
LEAST_SPREAD: Final = 0.4
"""The spread of reps of an unknown lift, and what is added to any."""

CHANGED: Final = 0.01
"""A load has changed when it differs by more than this (ln)."""

LIKE_REPS: Final = 0.2
LIKE_RPE: Final = 3.0
LOAD_AGES: Final = tuple(0.5 ** (age / 0.7) for age in range(REMEMBERED))
LOAD_SPREAD: Final = 0.06
LOAD_BAND: Final = 2.0
"""Forecasts of loads: widths in ln reps and RPE, half-life 0.7 sessions; the spread of an unknown lift (ln), and the
interval's half-width in spreads."""


def forecast_reps(habits: Habits, lift: Lift, load: float, kind: int) -> Forecast | None:
    """Reps of the next session's first work set at `load` (kg, above zero); None for a lift without closed sessions.

    `kind` is how the set will be done: `PLAIN`, `RATED` or `FAILED`. The RPE aimed at is not asked: in real logs it adds
    nothing to load and habit.
    """
    if not lift.past:
        return None
    x = log(load)
    said, spread = _said(lift.past, x, kind)
    value = _blended(habits, said) if len(lift.past) > 1 else said[-1]
    half = spread * exp(habits.scales[_question(lift.past, x)])
    return Forecast(value, max(1.0, value - half), value + half)


def forecast_load(lift: Lift, reps: int, rpe: float) -> Forecast | None:
    """The load (kg) this athlete would choose for these reps at this RPE, by what they chose; never a prescription.

    None for a lift without rated sessions.
    """
    rated = [(one, age) for one, age in zip(lift.past, LOAD_AGES, strict=False) if one.rpe is not None]
    if not rated or reps < 1:
        return None
    wanted = log(reps)
    loads = [one.x for one, _ in rated]
    weights = [
        age * exp(-abs(log(one.reps) - wanted) / LIKE_REPS - abs((one.rpe or 0.0) - rpe) / LIKE_RPE)
        for one, age in rated
    ]
    total = sum(weights)
    x = weighted_median(ranked(loads), loads, weights, total)
    width = LOAD_BAND * local_spread(loads, weights, total, x, LOAD_SPREAD)
    return Forecast(exp(x), exp(x - width), exp(x + width))


def learn_reps(habits: Habits, lift: Lift, told: Past) -> Habits:
    """The habits after a session, for a lift that remembers others: whose forecast was how far off."""
    said, spread = _said(lift.past, told.x, told.kind)
    reps = told.reps
    distance = abs(_blended(habits, said) - reps) / spread
    errors = [min(WORST_LOSS, abs(one - reps)) for one in said]
    loss = [HEDGE_MEMORY * before + now for before, now in zip(habits.loss, errors, strict=True)]
    total, count = habits.typical
    middle = sorted(errors)[len(errors) // 2]
    typical = (HEDGE_MEMORY * total + middle, HEDGE_MEMORY * count + 1)
    scales = followed(habits.scales, _question(lift.past, told.x), distance)
    return habits._replace(loss=tuple(loss), typical=typical, scales=scales)


def _question(past: tuple[Past, ...], x: float) -> int:
    return REPS_CHANGED if abs(x - past[0].x) > CHANGED else REPS_SAME


def _said(past: tuple[Past, ...], x: float, kind: int) -> tuple[list[float], float]:
    """What each forecaster says of the reps at `x`, "as last time" the last of them; and the local spread."""
    _, xs, reps, _, kinds, *_ = zip(*past, strict=True)
    gaps = [other - x for other in xs]
    near = [exp(-abs(gap) / NEAR) for gap in gaps]
    last = reps[0]
    if kinds.count(kind) < len(kinds):
        near = [one if same == kind else one * OTHER_KIND for one, same in zip(near, kinds, strict=True)]
        last = reps[kinds.index(kind)] if kind in kinds else last
    wide = list(map(mul, near, OLD))
    kernels = [(each, sum(each)) for each in (_cubed(wide, near), list(map(mul, near, NEW)), wide)]
    bent = [gap if -FAR < gap < FAR else copysign(FAR, gap) for gap in gaps]
    said: list[float] = []
    for slope in SLOPES:
        # Rounding keeps the order, so the middle of what is rounded is the middle, rounded.
        values = [count + slope * gap for count, gap in zip(reps, bent, strict=True)] if slope else reps
        ranks = ranked(values)
        for weights, total in kernels:
            said.append(max(1, floor(weighted_median(ranks, values, weights, total) + 0.5)))
    said.append(last)
    _, total = kernels[-1]
    return said, LEAST_SPREAD + local_spread(reps, wide, total, said[2], REPS_SPREAD)


def _cubed(wide: list[float], near: list[float]) -> list[float]:
    """A third of the width, without another exponential."""
    return [weight * one * one for weight, one in zip(wide, near, strict=True)]


def _blended(habits: Habits, said: list[float]) -> float:
    """The weighted median of the forecasters: each weighs exp(-rate x its past errors, in typical errors)."""
    total, count = habits.typical
    rate = HEDGE_RATE * count / total
    best = min(habits.loss)
    weights = [exp(rate * (best - loss)) for loss in habits.loss]
    return weighted_median(ranked(said), said, weights, sum(weights))
