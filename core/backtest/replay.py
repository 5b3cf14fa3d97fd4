"""Replays a lifter's log day by day, and asks Spotter and the named rules before each session what it will be.

Only the past is used. The order of exercises inside a day is not known, so what a day teaches is learned when it is over.
"""

from __future__ import annotations

from collections.abc import Callable
from math import log
from typing import Final

from core.backtest.protocol import (
    CHANGED,
    EARLIER_DAYS,
    LAST_WITHIN_DAYS,
    Log,
    Session,
    is_rated,
    is_unrated,
    work_sets,
)
from core.backtest.rules import CHARTS, REPS, RPE, clipped, load_for, nearest, possible, rir
from core.backtest.scores import LifterScores, Score
from core.learning import (
    DRIFT,
    PLAIN,
    RATED,
    Done,
    Forecast,
    Habits,
    Lift,
    close,
    forecast_load,
    forecast_reps,
    forecast_rpe,
    forecast_rpe_next,
    prescribe,
    update,
)

Clock = Callable[[], float]
"""Seconds that only grow."""

_ASKED_REPS: Final = 8
_ASKED_RPE: Final = 8.0
"""The prescription that is timed after each set."""


def replay(log_of: Log, clock: Clock, scores: LifterScores) -> LifterScores:
    """Adds to the scores of one lifter; `clock` measures what learning and prescribing take."""
    return _Replay(scores, clock).run(log_of)


class _Replay:
    def __init__(self, scores: LifterScores, clock: Clock) -> None:
        self._scores = scores
        self._clock = clock
        self._habits = Habits()
        self._lifts: dict[str, Lift] = {}
        self._series: dict[tuple[str, int], list[tuple[int, Done]]] = {}

    def run(self, log_of: Log) -> LifterScores:
        days: dict[int, list[tuple[str, Session]]] = {}
        for exercise in sorted(log_of):
            for session in log_of[exercise]:
                days.setdefault(session.day, []).append((exercise, session))
        for day in sorted(days):
            for exercise, session in days[day]:
                self._score(exercise, session)
                self._learn(exercise, session)
            self._close([exercise for exercise, _ in days[day]])
        return self._scores

    def _learn(self, exercise: str, session: Session) -> None:
        lift = self._lifts.get(exercise, Lift())
        began = self._clock()
        for done in session.sets:
            self._habits, lift = update(self._habits, lift, done, session.day)
            prescribe(self._habits, lift, _ASKED_REPS, _ASKED_RPE, session.day)
        self._scores.seconds += self._clock() - began
        self._scores.sets += len(session.sets)
        self._lifts[exercise] = lift

    def _close(self, exercises: list[str]) -> None:
        began = self._clock()
        for exercise in exercises:
            self._habits, self._lifts[exercise] = close(self._habits, self._lifts[exercise])
        self._scores.seconds += self._clock() - began

    def _score(self, exercise: str, session: Session) -> None:
        for kind, belongs in ((RATED, is_rated), (PLAIN, is_unrated)):
            work = work_sets(done for done in session.sets if belongs(done))
            if not work:
                continue
            series = self._series.setdefault((exercise, kind), [])
            if series and session.day - series[-1][0] <= LAST_WITHIN_DAYS:
                lift = self._lifts.get(exercise, Lift())
                earlier = [done for _, done in series]
                _Row(self._scores, self._habits, lift, earlier, work, session.day).score(kind)
            series.append((session.day, work[0]))


class _Row:
    """A session's first work set (and second), before it is known, and the series before it."""

    def __init__(
        self,
        scores: LifterScores,
        habits: Habits,
        lift: Lift,
        earlier: list[Done],
        work: list[Done],
        day: int,
    ) -> None:
        self._scores, self._habits, self._lift = scores, habits, lift
        self._earlier, self._last, self._work, self._day = earlier, earlier[-1], work, day

    def score(self, kind: int) -> None:
        """Adds what is asked of this row to the scores."""
        early = len(self._earlier) < EARLIER_DAYS
        tasks, early_tasks = self._scores.tasks, self._scores.first_sessions
        rated = kind == RATED
        if early:
            self._reps(early_tasks["reps" if rated else "reps_no_rpe"], kind)
        elif abs(self._work[0].load / self._last.load - 1) > CHANGED:
            self._reps(tasks["reps_changed_load" if rated else "reps_changed_load_no_rpe"], kind)
        if not rated:
            return
        self._rpe(early_tasks["rpe"] if early else tasks["rpe_first"])
        if not early:
            self._second(tasks["rpe_second"])
            self._load(tasks["load"])

    def _reps(self, score: Score, kind: int) -> None:
        first, last = self._work[0], self._last
        told = forecast_reps(self._habits, self._lift, first.load, kind)
        said = {"repeat_last": last.reps, "nearest": nearest(self._earlier, first.load).reps} | {
            name: clipped(possible(chart, last, first.load) - rir(first), REPS)
            for name, chart in CHARTS.items()
        }
        _add(score, told, said, first.reps)

    def _rpe(self, score: Score) -> None:
        first, last = self._work[0], self._last
        told = forecast_rpe(self._habits, self._lift, first.load, first.reps, self._day)
        alike = nearest(self._earlier, first.load, first.reps)
        said = {"repeat_last": last.rpe or 0.0, "nearest": alike.rpe or 0.0} | {
            name: clipped(10 - possible(chart, last, first.load) + first.reps, RPE)
            for name, chart in CHARTS.items()
        }
        _add(score, told, said, first.rpe or 0.0)

    def _second(self, score: Score) -> None:
        if len(self._work) < 2:
            return
        first, second = self._work[:2]
        told = forecast_rpe_next(self._habits, self._lift, first, second.load, second.reps)
        same = first.rpe or 0.0
        said = {"repeat_last": same, "drift": clipped(same + DRIFT, RPE)} | {
            name: clipped(10 - possible(chart, first, second.load) + second.reps, RPE)
            for name, chart in CHARTS.items()
        }
        _add(score, told, said, second.rpe or 0.0)

    def _load(self, score: Score) -> None:
        first, last = self._work[0], self._last
        told = forecast_load(self._lift, first.reps, first.rpe or 0.0)
        if told is None:
            return
        said = {"spotter": told.value, "repeat_last": last.load} | {
            name: load_for(chart, last, first.reps + rir(first)) for name, chart in CHARTS.items()
        }
        errors = {name: 100 * abs(log(value / first.load)) for name, value in said.items()}
        score.add(errors, _holds(told, first.load), first.load)


def _add(score: Score, told: Forecast | None, said: dict[str, float], outcome: float) -> None:
    """A row that all can answer: where Spotter knows nothing yet, it is scored as repeating the last, surely."""
    last = said["repeat_last"]
    told = told or Forecast(last, last, last)
    errors = {name: abs(value - outcome) for name, value in ({"spotter": told.value} | said).items()}
    score.add(errors, _holds(told, outcome), outcome)


def _holds(told: Forecast, outcome: float) -> bool:
    return told.low - 1e-9 <= outcome <= told.high + 1e-9
