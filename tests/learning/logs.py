"""Logs of people who train, and what a fold of them knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.learning import Done, Habits, Lift, close, update

Log = Sequence[tuple[int, Done]]
"""Days and sets, in order."""


def fold(log: Iterable[tuple[int, Done]], lift: Lift | None = None) -> tuple[Habits, Lift]:
    """The states after a log of one lift, its last day closed."""
    habits, lift = Habits(), lift or Lift()
    for day, done in log:
        habits, lift = update(habits, lift, done, day)
    return close(habits, lift)


def steady(
    load: float = 100, reps: int = 5, rpe: float | None = 8, sessions: int = 6, sets: int = 1, every: int = 4
) -> list[tuple[int, Done]]:
    """The same sets in session after session."""
    return [(day * every, Done(load, reps, rpe)) for day in range(sessions) for _ in range(sets)]
