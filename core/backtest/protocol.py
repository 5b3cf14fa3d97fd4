"""What of a log is scored: the protocol that makes figures compare.

A series is a lifter and an exercise name as written. Warm-ups, drops, bodyweight sets and sets of more than 30 reps are
out; a day's work sets have at least 85% of that day's top load, and its first work set is what is forecast. Rated series
hold sets of RPE 5 or more, unrated ones sets without an RPE that were not taken to failure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from core.imports import Row
from core.learning import Done
from core.learning.fold import MAX_REPS
from core.model import Kind, to_kg
from core.strength import WORK_SHARE

LEAST_RPE: Final = 5.0
EARLIER_DAYS: Final = 3
LAST_WITHIN_DAYS: Final = 90
"""A set is scored where its series has at least three earlier days, the last of them at most 90 days ago."""

CHANGED: Final = 0.01
"""A load has changed by more than 1%."""

_OUT: Final = (Kind.WARMUP, Kind.DROP)


class Session(NamedTuple):
    """The sets of one lifter, exercise and day, in the order in which they were done."""

    day: int
    sets: tuple[Done, ...]


Log = Mapping[str, Sequence[Session]]
"""A lifter's sessions by exercise, oldest first."""


def logs(rows: Iterable[Row]) -> dict[str, Log]:
    """The lifters' logs, of what can be scored. Loads without a unit are taken as kilograms: only ratios are scored."""
    found: dict[str, dict[str, dict[int, list[tuple[int, Done]]]]] = {}
    for row in rows:
        done = _done(row)
        if done is not None:
            days = found.setdefault(row.lifter, {}).setdefault(row.exercise, {})
            days.setdefault(row.day.toordinal(), []).append((row.place, done))
    return {lifter: {name: _sessions(days) for name, days in by.items()} for lifter, by in found.items()}


def _done(row: Row) -> Done | None:
    if row.kind in _OUT or row.bodyweight or row.load is None or row.reps is None:
        return None
    if row.load <= 0 or not 1 <= row.reps <= MAX_REPS:
        return None
    return Done(to_kg(row.load, row.unit or "kg"), row.reps, row.rpe, row.failed or row.kind is Kind.AMRAP)


def _sessions(days: Mapping[int, list[tuple[int, Done]]]) -> list[Session]:
    return [
        Session(day, tuple(done for _, done in sorted(days[day], key=lambda one: one[0])))
        for day in sorted(days)
    ]


def is_rated(done: Done) -> bool:
    """Whether a set belongs to the rated series."""
    return done.rpe is not None and done.rpe >= LEAST_RPE


def is_unrated(done: Done) -> bool:
    """Whether a set belongs to the unrated series."""
    return done.rpe is None and not done.failed


def work_sets(sets: Iterable[Done]) -> list[Done]:
    """Those of the sets with at least 85% of their top load."""
    all_sets = list(sets)
    top = max((done.load for done in all_sets), default=0.0)
    return [done for done in all_sets if done.load >= WORK_SHARE * top - 1e-9]
