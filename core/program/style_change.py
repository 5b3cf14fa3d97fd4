"""The first session of a lift in another style: from sets in reserve to sets to failure, and back.

The log goes on: what the last sets held in all says what the same load gives in the other style, and which load gives its
reps where that one does not.
"""

from __future__ import annotations

from typing import Final

from core.autoregulation import clamped_reps, forecast
from core.effort import SHORT_RPE
from core.model import Reason
from core.program.hit import exposures
from core.program.twin import RESERVE_REPS, in_reserve
from core.sessions import read_days
from core.situation import Planned, Situation, with_own_gear

RISE_AT_MOST: Final = 0.15
"""How much heavier another style may begin (own choice): sets far from failure say little of what failure is."""


def load_ratio(n: float, low: float, high: float, curve: float = 1.0) -> float:
    """How many times the load at which `n` reps could be held gives the nearest of `low` to `high`; 1.15 at most."""
    k, wanted = curve / 30, max(low, min(n, high))
    return min(1 + RISE_AT_MOST, (1 + k * n) / (1 + k * wanted))


def first_of_style(s: Situation) -> Planned | None:
    """What the first session in the style of `s.in_plan` asks for: the last load where its reps are in the style's range,
    else the load that gives them, at most 15% heavier. None where no set tells."""
    s = with_own_gear(s)
    past = exposures(s)
    if not past or s.exercise.timed:
        return None
    last, rpe, rule = past[-1], s.rule.rpe_of(1), s.rule
    spare, why = 10 - rpe, (Reason("other_style", {}),)
    twin = _twin_reps(s) if spare == RESERVE_REPS else None
    if last.load is None or s.by_reps or s.system(last.load) <= 0 or twin is not None:
        reps = clamped_reps(last.n - spare) if twin is None else twin
        return Planned(0.0 if last.load is None else last.load, reps, rpe, rule.rpe_of(rule.sets), why)
    system = s.system(last.load)
    load = system * load_ratio(last.n, rule.reps_low + spare, rule.reps_high + spare, s.curve) - s.body()
    if not s.may_assist(load) or (load > last.load and not s.may_add()):
        load = last.load
    reps = clamped_reps(forecast(s, last.n, last.load, load) - spare)
    return Planned(load, min(reps, rule.reps_high), rpe, rule.rpe_of(rule.sets), why)


def _twin_reps(s: Situation) -> int | None:
    """The reps of each set that stops short of those to failure last time; None where the plan has other sets than
    their twin."""
    work = next(day.work for day in reversed(read_days(s, s.history)) if day.work)
    if any(one.effort.rpe < SHORT_RPE for one in work):
        return None
    twin = in_reserve([one.reps for one in work])
    return twin.reps[0] if len(twin.reps) == s.rule.sets else None
