"""/accuracy: how well Spotter and the usual formula would have called the athlete's last sets, from what was before them."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from datetime import date
from statistics import fmean

from core.backtest import LifterScores, Log, replay
from core.backtest.protocol import Session
from core.backtest.scores import TASKS, Score
from core.coach.learned import body_weight
from core.coach.turn import Turn
from core.facts import Fact, Told
from core.learning import Done
from core.learning.reading import evidence
from core.model import LoggedSet
from core.store import sets

DAYS = 80
"""Training days that are looked through; the first of them only teach."""
LAST = 100
"""The last so many sets that could be called are scored."""
LEAST = 5
"""Fewer sets than these say nothing."""
_ASKED = {
    "rpe_first": "rpe", "rpe_second": "rpe", "reps_changed_load": "reps", "reps_changed_load_no_rpe": "reps",
}  # fmt: skip
"""What is scored for an athlete, in what it is told."""

Errors = Mapping[str, float]


class _Last(Score):
    """A score that hands on each row, in the order of time."""

    def __init__(self, what: str | None, rows: deque[tuple[str, Errors]]) -> None:
        super().__init__()
        self._what, self._rows = what, rows

    def add(self, errors: Errors, held: bool, outcome: float) -> None:
        super().add(errors, held, outcome)
        if self._what is not None:
            self._rows.append((self._what, errors))


async def accuracy(turn: Turn, words: str) -> list[Fact]:
    """How far off the calls were, in RPE and in reps: ours, Epley's, and "as last time"."""
    days = await sets.history(turn.conn, turn.athlete.id, DAYS)
    rows: deque[tuple[str, Errors]] = deque(maxlen=LAST)
    scores = LifterScores("", {task: _Last(_ASKED.get(task), rows) for task in TASKS})
    replay(await _log(turn, days), lambda: 0.0, scores)
    found = {what: [errors for one, errors in rows if one == what] for what in ("rpe", "reps")}
    told = {
        what: {"n": len(errors), **{rule: fmean(one[rule] for one in errors) for rule in _RULES}}
        for what, errors in found.items()
        if len(errors) >= LEAST
    }
    return [Told("accuracy", {"scores": told, "n": sum(map(len, found.values()))})]


_RULES = ("spotter", "epley", "repeat_last")


async def _log(turn: Turn, days: list[tuple[date, list[LoggedSet]]]) -> Log:
    """The sessions of each lift, the oldest first."""
    found: dict[str, list[Session]] = {}
    for day, logged in reversed(days):
        for exercise_id in dict.fromkeys(one.exercise_id for one in logged):
            done = await _done(turn, exercise_id, day, logged)
            if done:
                found.setdefault(exercise_id, []).append(Session(day.toordinal(), done))
    return found


async def _done(turn: Turn, exercise_id: str, day: date, logged: list[LoggedSet]) -> tuple[Done, ...]:
    exercise = await turn.exercise(exercise_id)
    ours = [one.done for one in logged if one.exercise_id == exercise_id]
    return tuple(evidence(exercise, ours, await body_weight(turn.conn, turn.athlete.id, exercise, day)))
