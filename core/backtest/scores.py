"""Errors, row by row, and what they come to: for each task and lifter, and as means over lifters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import fmean
from typing import Final

TASKS: Final = ("rpe_first", "rpe_second", "reps_changed_load", "reps_changed_load_no_rpe", "load")
"""What is forecast: RPE of the first work set, and of the second given the first; reps at a changed load, with RPE and
without; the load for given reps and RPE (error in percent)."""

FIRST_SESSIONS: Final = ("rpe", "reps", "reps_no_rpe")
"""The same before a series has three days: nothing is asked here but not to be worse than repeating the last."""

LEAST_ROWS: Final = 20
"""A lifter with fewer rows has no part in a mean, unless all have fewer."""

VARIES_ROWS: Final = 40
VARIES_BELOW: Final = 9.0
"""RPE varies where its mean over at least 40 scored rows is under 9: means over lifters of RPE are taken over those."""

_OF_RPE: Final = ("rpe_first", "rpe_second")


@dataclass(slots=True)
class Score:
    """Errors of one task and lifter: how many rows, each rule's sum, how often the interval held, the sum of outcomes."""

    n: int = 0
    errors: dict[str, float] = field(default_factory=dict)
    covered: int = 0
    outcomes: float = 0.0

    def add(self, errors: Mapping[str, float], held: bool, outcome: float) -> None:
        """One row."""
        self.n += 1
        self.covered += held
        self.outcomes += outcome
        for rule, error in errors.items():
            self.errors[rule] = self.errors.get(rule, 0.0) + error

    def means(self) -> dict[str, float]:
        """Each rule's mean absolute error, and the share of outcomes inside the 80% interval."""
        means = {rule: total / self.n for rule, total in self.errors.items()}
        return means | {"coverage80": self.covered / self.n}


@dataclass(slots=True)
class LifterScores:
    """All that was scored of one lifter; `seconds` is what learning and prescribing took for their `sets`."""

    lifter: str
    tasks: dict[str, Score] = field(default_factory=lambda: {task: Score() for task in TASKS})
    first_sessions: dict[str, Score] = field(
        default_factory=lambda: {task: Score() for task in FIRST_SESSIONS}
    )
    sets: int = 0
    seconds: float = 0.0

    @property
    def rpe_varies(self) -> bool:
        """Whether this lifter's reported effort varies."""
        rated = self.tasks["rpe_first"]
        return rated.n >= VARIES_ROWS and rated.outcomes / rated.n < VARIES_BELOW


def as_data(scores: Iterable[LifterScores]) -> dict[str, object]:
    """The scores as `spotter backtest --json` prints them."""
    lifters = sorted(scores, key=lambda one: one.lifter)
    sets = sum(one.sets for one in lifters)
    seconds = sum(one.seconds for one in lifters)
    return {
        "lifters": len(lifters),
        "tasks": {task: _mean(_counted(lifters, task)) for task in TASKS},
        "first_sessions": {
            task: _mean(_enough([one.first_sessions[task] for one in lifters])) for task in FIRST_SESSIONS
        },
        "us_per_set": round(1e6 * seconds / sets, 1) if sets else None,
        "by_lifter": {one.lifter or "you": _of_lifter(one) for one in lifters},
    }


def _counted(lifters: list[LifterScores], task: str) -> list[Score]:
    varying = [one for one in lifters if one.rpe_varies] if task in _OF_RPE else []
    return _enough([one.tasks[task] for one in varying or lifters])


def _enough(scores: list[Score]) -> list[Score]:
    some = [score for score in scores if score.n]
    return [score for score in some if score.n >= LEAST_ROWS] or some


def _mean(scores: list[Score]) -> dict[str, float | int]:
    means = [score.means() for score in scores]
    rules = means[0] if means else {}
    return {"n": sum(score.n for score in scores), "lifters": len(scores)} | {
        rule: round(fmean(one[rule] for one in means), 4) for rule in rules
    }


def _of_lifter(one: LifterScores) -> dict[str, dict[str, float | int | bool]]:
    found: dict[str, dict[str, float | int | bool]] = {}
    for task, score in one.tasks.items():
        if score.n:
            rounded = {rule: round(value, 4) for rule, value in score.means().items()}
            found[task] = {"n": score.n, **rounded}
    if "rpe_first" in found:
        rated = one.tasks["rpe_first"]
        found["rpe_first"] |= {"mean_rpe": round(rated.outcomes / rated.n, 2), "varies": one.rpe_varies}
    return found
