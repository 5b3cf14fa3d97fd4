"""High Intensity Training: one work set an exercise, to technical failure (HIT). A style of plan, not another log.

The source has no numbers; these are our own choice. One set grows less than several: effect size 0.24 for one, 0.34 for two
or three, 0.44 for four to six (Krieger 2010, 10.1519/JSC.0b013e3181d4d436). That growth comes of hormones is refuted
(West 2010): it follows tension on the muscle (EQUAL).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import floor, inf
from statistics import fmean
from typing import Final, NamedTuple

from core.autoregulation import clamped_reps, forecast
from core.effort import FAILURE_RPE
from core.loads import next_down, next_up
from core.model import Exercise, Failure, Kind, SetEntry
from core.runs import WorkSet
from core.sessions import read_days, telling
from core.situation import EPSILON, Situation, fitted, with_own_gear
from core.strength import epley

SETS: Final = 1
REPS_LOW: Final = 8
REPS_HIGH: Final = 12
REST_S: Final = 120
"""What a lift is asked for: one work set of 8 to 12 reps to failure, two minutes of rest (own choice)."""

STEP_PERCENT: Final = 5.0
"""How far the load moves, at least one step of it (own choice)."""

BELOW_FOR_LESS: Final = 2
"""So many exposures below the range, one after the other, and the load goes down (own choice)."""

EXPOSURES: Final = 6
"""So many exposures no better on average than as many before: something else is offered (own choice)."""


# What comes next -------------------------------------------------------------------------------------------------


class Move(StrEnum):
    """Where a lift goes from its last exposures."""

    LOAD_UP = "load_up"
    REPS_UP = "reps_up"
    """The top of the range was made, and the next load would be below it."""
    NO_LOAD = "no_load"
    """The top of the range was made, and no load can be added."""
    TO_THE_TOP = "to_the_top"
    FROM_BELOW = "from_below"
    """Below the range for the first time."""
    LOAD_DOWN = "load_down"
    LIGHTEST = "lightest"
    """Below the range again, and nothing lighter is to be had."""
    FORM_FIRST = "form_first"


@dataclass(frozen=True, slots=True)
class HitStep:
    """What the next exposure asks for, to failure: load in the target's unit (None: by reps alone), the reps to go for,
    and why. `made` are the reps of the last one."""

    move: Move
    load: float | None
    reps: int
    made: int


class Exposure(NamedTuple):
    """A session of the lift: its best work set. `n` are the reps that it could have held, `shown` the maximum that it
    speaks for in the target's unit; the reps themselves where no load counts."""

    day: date
    load: float | None
    reps: int
    n: float
    clean: bool
    shown: float


def exposures(s: Situation) -> tuple[Exposure, ...]:
    """The exposures of the lift, today's among them, the oldest first; bad days say nothing."""
    light = s.easy_days | {s.today} if s.easy else s.easy_days
    days = telling(read_days(s, (*s.history, *s.session)), light)
    return tuple(
        max((_exposure(s, day.day, one) for one in day.work), key=lambda one: one.shown)
        for day in days
        if day.work
    )


def _exposure(s: Situation, day: date, one: WorkSet) -> Exposure:
    by_load = one.load is not None and not s.by_reps and s.system(one.load) > 0
    shown = epley(s.system(one.load), one.n) if by_load and one.load is not None else one.n
    return Exposure(day, one.load, one.reps, one.n, not one.form, shown)


def next_exposure(s: Situation) -> HitStep | None:
    """What follows the last exposure; None where there was none, or the lift is done for time."""
    s = with_own_gear(s)
    past = exposures(s)
    if not past or s.exercise.timed:
        return None
    last, (low, high) = past[-1], _range(s)
    if not last.clean:
        return _step(Move.FORM_FIRST, last, last.load, max(low, min(last.reps, high)))
    if last.reps >= high:
        return _heavier(s, last)
    if last.n >= low:
        return _step(Move.TO_THE_TOP, last, last.load, max(low, last.reps + 1))
    recent = past[-BELOW_FOR_LESS:]
    again = len(recent) == BELOW_FOR_LESS and all(one.n < low and one.load == last.load for one in recent)
    return _lighter(s, last) if again else _step(Move.FROM_BELOW, last, last.load, low)


def _range(s: Situation) -> tuple[int, int]:
    """The reps to failure that are asked for: the plan's own where it names some."""
    return (REPS_LOW, REPS_HIGH) if s.in_plan is None else (s.rule.reps_low, s.rule.reps_high)


def _step(move: Move, last: Exposure, load: float | None, reps: int) -> HitStep:
    return HitStep(move, load, reps, last.reps)


def _heavier(s: Situation, last: Exposure) -> HitStep:
    """A step or 5% more, where the range is still to be expected at it; a rep more where it is not."""
    load, (low, high) = _load_up(s, last.load), _range(s)
    if load is None or last.load is None:
        return _step(Move.NO_LOAD, last, last.load, clamped_reps(last.reps + 1))
    expected = forecast(s, last.reps, last.load, load)
    if expected < low - EPSILON:
        return _step(Move.REPS_UP, last, last.load, clamped_reps(last.reps + 1))
    return _step(Move.LOAD_UP, last, load, min(high, floor(expected + EPSILON)))


def _load_up(s: Situation, load: float | None) -> float | None:
    if load is None or not s.may_add() or s.system(load) <= 0:
        return None
    step = next_up(load, s.unit, s.exercise, s.gear)
    if step is None:
        return None
    wanted = load + s.system(load) * STEP_PERCENT / 100
    found = fitted(s, max(step, wanted), step, inf, FAILURE_RPE)
    return step if found is None else found


def _lighter(s: Situation, last: Exposure) -> HitStep:
    """A step or 5% less; the same again where nothing lighter is to be had."""
    load, (low, high) = _load_down(s, last.load), _range(s)
    if load is None or last.load is None:
        return _step(Move.LIGHTEST, last, last.load, clamped_reps(last.reps + 1))
    expected = floor(forecast(s, last.n, last.load, load) + EPSILON)
    return _step(Move.LOAD_DOWN, last, load, max(low, min(high, expected)))


def _load_down(s: Situation, load: float | None) -> float | None:
    if load is None or s.by_reps or s.system(load) <= 0:
        return None
    step = next_down(load, s.unit, s.exercise, s.gear)
    if step is None or s.system(step) <= 0:
        return None
    wanted = load - s.system(load) * STEP_PERCENT / 100
    found = fitted(s, min(step, wanted), -inf, step, FAILURE_RPE)
    found = step if found is None else found
    return found if s.system(found) > 0 and s.may_assist(found) else None


# Progress --------------------------------------------------------------------------------------------------------


class Progress(StrEnum):
    """In what an exposure was better than the one before: both count (HIT)."""

    RESISTANCE = "resistance"
    TECHNIQUE = "technique"


def progress(before: Exposure, now: Exposure) -> Progress | None:
    """What got better from one exposure to the next; None where nothing did."""
    if now.clean and not before.clean and now.reps >= before.reps and _load(now) >= _load(before):
        return Progress.TECHNIQUE
    return Progress.RESISTANCE if now.clean and now.shown > before.shown + EPSILON else None


def _load(one: Exposure) -> float:
    return 0.0 if one.load is None else one.load


@dataclass(frozen=True, slots=True)
class NoProgress:
    """Six exposures were no better on average than the six before: a rest day or another exercise can be offered.

    `percent` is how much less they showed, 0 where it was the same.
    """

    lift: Exercise
    exposures: int
    percent: float


def no_progress(
    lift: Exercise, past: Sequence[Exposure], offered_on: date | None = None
) -> NoProgress | None:
    """The offer, where it is due: not while technique gets better, and not within six exposures of the last offer."""
    if len(past) < 2 * EXPOSURES:
        return None
    before, now = past[-2 * EXPOSURES : -EXPOSURES], past[-EXPOSURES:]
    if offered_on is not None and now[0].day <= offered_on:
        return None
    was, is_ = fmean(one.shown for one in before), fmean(one.shown for one in now)
    cleaner = sum(one.clean for one in now) > sum(one.clean for one in before)
    if is_ > was + EPSILON or cleaner or was <= 0:
        return None
    return NoProgress(lift, EXPOSURES, 100 * (1 - is_ / was))


# How a set ended -------------------------------------------------------------------------------------------------


class Ending(StrEnum):
    """The answers to "could not, or stopped?"."""

    COULD_NOT = "could_not"
    STOPPED = "stopped"


def asks_how_it_ended(done: SetEntry) -> bool:
    """Whether a set left open if it ended because no rep was left: nothing was said of effort, failure or form."""
    told = done.failure is not None or done.rpe is not None or done.form_from is not None
    return not told and done.kind is not Kind.WARMUP and (done.reps or 0) > 0


def as_answered(done: SetEntry, ending: Ending) -> SetEntry:
    """The set with its answer: technical failure, which claims no more than was said, or at least one rep left."""
    if ending is Ending.COULD_NOT:
        return replace(done, failure=Failure.TECHNICAL)
    return replace(done, rpe=FAILURE_RPE - 1, rir_at_least=True)
