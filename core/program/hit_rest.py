"""When a lift may be trained again in HIT: 72 hours after itself, 48 after another lift of its muscle (own choice)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.model import Exercise, Kind, LoggedSet

EXERCISE_HOURS: Final = 72
MUSCLE_HOURS: Final = 48
"""Hours until an exercise, and until a muscle that others trained, is asked for again (own choice)."""


@dataclass(frozen=True, slots=True)
class Wait:
    """A planned lift that is asked for too early: `after`, the lift that was done `since`, and until when it waits.

    `muscle` is what both train, None where it is the same exercise.
    """

    lift: Exercise
    after: Exercise
    muscle: str | None
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class TooSoon:
    """A session that is asked for too early, and why, the longest wait first. It stays the athlete's choice."""

    waits: tuple[Wait, ...]

    @property
    def until(self) -> datetime:
        """When all its lifts are ready."""
        return self.waits[0].until


def too_soon(
    planned: Sequence[Exercise], done: Iterable[tuple[Exercise, LoggedSet]], now: datetime
) -> TooSoon | None:
    """Whether a session of these lifts comes too early after the work sets that were done; None where it does not."""
    last: dict[str, tuple[Exercise, datetime]] = {}
    for exercise, one in done:
        if one.done.kind is Kind.WARMUP or one.performed_at > now:
            continue
        if exercise.id not in last or last[exercise.id][1] < one.performed_at:
            last[exercise.id] = exercise, one.performed_at
    waits = [wait for lift in planned if (wait := _wait(lift, list(last.values()), now)) is not None]
    return TooSoon(tuple(sorted(waits, key=lambda one: one.until, reverse=True))) if waits else None


def _wait(lift: Exercise, last: Sequence[tuple[Exercise, datetime]], now: datetime) -> Wait | None:
    """The longest wait of a lift that is not over yet."""
    waits = []
    for other, since in last:
        muscle = next((one for one in lift.direct if one in other.direct), None)
        if other.id == lift.id:
            waits.append(Wait(lift, other, None, since, since + timedelta(hours=EXERCISE_HOURS)))
        elif muscle is not None:
            waits.append(Wait(lift, other, muscle, since, since + timedelta(hours=MUSCLE_HOURS)))
    return max((one for one in waits if one.until > now), key=lambda one: one.until, default=None)
