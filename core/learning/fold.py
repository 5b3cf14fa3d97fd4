"""Learning from sets: cheap inside a day; a day teaches its habits when it is over, for only then is its first work set
known."""

from __future__ import annotations

from math import isfinite, log
from typing import Final

from core.learning.filter import measured, with_call
from core.learning.habit import learn_reps
from core.learning.rating import learn_rating
from core.learning.state import (
    FAILED,
    OPEN_SETS,
    PLAIN,
    RATED,
    REMEMBERED,
    UNSEEN,
    Done,
    Habits,
    Lift,
    Past,
)
from core.strength import WORK_SHARE

MAX_REPS: Final = 30
LIGHTEST_KG: Final = 1e-3
HEAVIEST_KG: Final = 1e5
"""What lies beyond is no set that strength can be read from, and is passed over."""

IMPOSSIBLE: Final = log(5)
"""Nobody lifts five times their maximum: such a load is a typing error and stands for no day (own choice)."""

RATED_RPE: Final = 5.0
"""A set easier than this does not stand for its day where another does."""


def update(habits: Habits, lift: Lift, done: Done, day: int) -> tuple[Habits, Lift]:
    """The states after a set (no warm-up, no drop); sets come in the order of their days.

    A new day closes the one before. What no model can use (loads that are not above zero and finite, no reps or more
    than 30) changes nothing. What was called in a set counts however light it was for its day.
    """
    if not (LIGHTEST_KG <= done.load <= HEAVIEST_KG and 1 <= done.reps <= MAX_REPS):
        return habits, lift
    if done.rpe is not None:
        done = done._replace(rpe=round(max(1.0, min(10.0, done.rpe)), 1) if isfinite(done.rpe) else None)
    if day != lift.day and lift.open:
        habits, lift = close(habits, lift)
    habits = with_call(habits, done)
    top, sets = (lift.top, lift.open) if day == lift.day else (0.0, ())
    if done.load > top:
        top = done.load
        sets = tuple([one for one in sets if _is_work(one, top)])
    elif not _is_work(done, top):
        return habits, lift
    habits, belief = measured(habits, lift.belief, done, day, len(sets) + 1)
    if belief.day != UNSEEN and log(done.load) - belief.m > IMPOSSIBLE:
        return habits, lift._replace(belief=belief)
    if len(sets) < OPEN_SETS:
        sets = (*sets, Done(*done[:4]))
    return habits, Lift(lift.past, day, top, sets, belief)


def close(habits: Habits, lift: Lift) -> tuple[Habits, Lift]:
    """The states after the open day; as they are where none is open.

    Where some of its sets have an RPE of 5 or more, the first of those stands for the day, else the first of all.
    """
    if not lift.open:
        return habits, lift
    told = _told(lift)
    if lift.past:
        habits = learn_reps(habits, lift, told)
    if told.rpe is not None:
        habits = learn_rating(habits, lift, told)
    return habits, lift._replace(past=(told, *lift.past[: REMEMBERED - 1]), open=(), top=0.0)


def _told(lift: Lift) -> Past:
    rated = [one for one in lift.open if one.rpe is not None and one.rpe >= RATED_RPE]
    first, *others = rated or lift.open
    load, reps, rpe, failed = first[:4]
    x = round(log(load), 4)
    kind = FAILED if failed else PLAIN if rpe is None else RATED
    if not others:
        return Past(lift.day, x, reps, rpe, kind)
    second = others[0]
    return Past(lift.day, x, reps, rpe, kind, round(log(second.load) - x, 4), second.reps - reps, second.rpe)


def _is_work(done: Done, top: float) -> bool:
    return done.load >= WORK_SHARE * top - 1e-9
