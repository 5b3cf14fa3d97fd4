"""What an athlete's own log says beside a target: how hard the last set was expected to be, and how far the load may lie."""

from __future__ import annotations

from core.facts import Insight
from core.learning import Done, Forecast, Habits, Lift, forecast_rpe, forecast_rpe_next, prescribe, update
from core.learning.reading import evidence
from core.model import Target, from_kg
from core.situation import Situation

LEAST_DAYS = 2
"""One day says nothing of how the days differ."""


def insight(s: Situation, target: Target | None) -> Insight | None:
    """What was learned; None where that is nothing yet, and for lifts of the body: from them its weight could be read."""
    if s.learned is None or s.exercise.share > 0:
        return None
    habits, lift, today = s.learned
    done = list(evidence(s.exercise, [one.done for one in today], s.body_weight_kg))
    expected = _expected(habits, lift, done, s.today.toordinal())
    for one in done:
        habits, lift = update(habits, lift, one, s.today.toordinal())
    reach = _reach(habits, lift, len(done), s, target)
    if expected is None and reach is None:
        return None
    return Insight(
        None if expected is None else expected.value,
        done[-1].rpe if done else None,
        None if reach is None else from_kg(reach.low, s.unit),
        None if reach is None else from_kg(reach.high, s.unit),
    )


def _expected(habits: Habits, lift: Lift, done: list[Done], day: int) -> Forecast | None:
    """How hard the day's newest set was expected to be; only a first and a second are forecast."""
    if not done or done[-1].rpe is None or done[-1].failed:
        return None
    newest = done[-1]
    if len(done) == 1:
        return forecast_rpe(habits, lift, newest.load, newest.reps, day)
    if len(done) == 2 and done[0].rpe is not None and lift.past:
        return forecast_rpe_next(habits, lift, done[0], newest.load, newest.reps)
    return None


def _reach(habits: Habits, lift: Lift, sets: int, s: Situation, target: Target | None) -> Forecast | None:
    """The loads between which the target's reps and effort lie, eight times in ten."""
    if target is None or target.reps is None or target.rpe is None or lift.belief.days < LEAST_DAYS:
        return None
    is_today = target.when == "set"
    day = s.today.toordinal() + (0 if is_today else 1)
    return prescribe(habits, lift, target.reps, target.rpe, day, sets + 1 if is_today else 1)
