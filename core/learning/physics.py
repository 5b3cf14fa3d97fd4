"""Prescriptions and the estimate by physics: what the lifter can do (`filter`), apart from what they usually do."""

from __future__ import annotations

from math import exp, log, log1p, sqrt
from typing import Final

from core.learning.filter import SET_VAR, on
from core.learning.intervals import NORMAL_80
from core.learning.reserve import reserve, said
from core.learning.state import CURVE, UNSEEN, Belief, Forecast, Habits, Lift
from core.strength import STATED_SPREAD

RELATED_SD: Final = 0.15
"""How far off strength is that was read off a related lift (ln; own choice)."""


def stated(e1rm_kg: float, day: int, sd: float = STATED_SPREAD) -> Lift:
    """A lift without sets of its own whose maximum (kg, above zero) somebody named, `sd` (ln) unsure."""
    return Lift(belief=Belief(m=log(e1rm_kg) + log1p(exp(CURVE) / 30), v_m=sd * sd, day=day))


def borrowed(related: Lift, ratio: float, day: int, sd: float = RELATED_SD) -> Lift:
    """A lift without sets of its own, from a related one: a squat and 0.8 make a front squat.

    `ratio` is this lift's maximum by the other's, `sd` (ln) how much people differ in it. The forecasts say that they are
    borrowed until there are own sets. An unknown relative tells nothing.
    """
    found = estimate(related, day)
    if found is None:
        return Lift()
    own = log(found.high / found.value) / NORMAL_80
    return stated(found.value * ratio, day, sqrt(own * own + sd * sd))


def prescribe(
    habits: Habits, lift: Lift, reps: int, rpe: float, day: int, position: int = 1
) -> Forecast | None:
    """The load (kg, before rounding to plates) for these reps at this RPE; None where nothing is known.

    `position` counts the day's work sets from 1. By the physical slope alone: the slope of habit, inverted, would pick
    loads 13-21% wrong.
    """
    belief = lift.belief
    if belief.day == UNSEEN:
        return None
    belief = on(belief, day, habits)
    a = exp(belief.k) * (reps + reserve(habits, rpe)) / 30
    load = exp(belief.m + belief.t - habits.fatigue * (position - 1)) / (1 + a)
    width = exp(NORMAL_80 * sqrt(_variance(belief, -a / (1 + a))))
    return Forecast(load, load / width, load * width, not belief.sets)


def forecast_amrap(habits: Habits, lift: Lift, load: float, day: int, position: int = 1) -> Forecast | None:
    """The reps that a set to failure would give at `load` (kg, above zero); None where nothing is known."""
    belief = lift.belief
    if belief.day == UNSEEN:
        return None
    belief = on(belief, day, habits)
    able = belief.m + belief.t - habits.fatigue * (position - 1) - log(load)
    sd = sqrt(_variance(belief, exp(-max(0.0, able)) - 1) + SET_VAR)
    low, value, high = (_reps_at(able + off, belief.k) for off in (-NORMAL_80 * sd, 0.0, NORMAL_80 * sd))
    return Forecast(value, low, high, not belief.sets)


def forecast_effort(
    habits: Habits, lift: Lift, load: float, reps: int, day: int, position: int = 1
) -> Forecast | None:
    """The RPE, on the athlete's own scale, that `reps` at `load` (kg, above zero) would take; None where nothing is known.

    By what the lifter can do, not by what they usually say (`forecast_rpe`). Beyond 10 it counts the reps that would be
    missed.
    """
    able = forecast_amrap(habits, lift, load, day, position)
    if able is None:
        return None
    value, low, high = (said(habits, n - reps) for n in (able.value, able.high, able.low))
    return Forecast(value, low, high, able.borrowed)


def estimate(lift: Lift, day: int) -> Forecast | None:
    """The one-repetition maximum (kg), without the day's offset; None where nothing is known."""
    belief = lift.belief
    if belief.day == UNSEEN:
        return None
    belief = on(belief, day, None)
    value = exp(belief.m) / (1 + exp(belief.k) / 30)
    width = exp(NORMAL_80 * sqrt(max(0.0, belief.v_m)))
    return Forecast(value, value / width, value * width, not belief.sets)


def _variance(belief: Belief, h: float) -> float:
    """Of the ln load held for some reps on the belief's day."""
    cross = h * belief.c_mk + belief.c_mt + h * belief.c_kt
    return max(1e-6, belief.v_m + 2 * cross + h * h * belief.v_k + belief.v_t)


def _reps_at(able: float, k: float) -> float:
    """The reps held `able` (ln) below the strength."""
    return max(0.0, 30 * (exp(min(able, 4.0)) - 1) / exp(k))
