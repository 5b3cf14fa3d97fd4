"""A plan as values: which lifts, on which days, in which style. What its text says (`grammar`) and no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Final

ASSISTED: Final = "assisted"
"""The note of a lift that is done with help: less than the body's weight is lifted, and it is one lift with and without."""


class Style(StrEnum):
    """How the sets of a plan are driven: the twelve weeks, one set to failure (HIT), or equal volume to failure or short
    of it (EQUAL)."""

    BLOCKS = "blocks"
    HIT = "hit"
    FAILURE = "failure"
    RESERVE = "reserve"

    @property
    def has_weeks(self) -> bool:
        """Whether its sets follow the weeks of blocks, with their AMRAPs and deloads."""
        return self is Style.BLOCKS


@dataclass(frozen=True, slots=True)
class PlannedLift:
    """A lift in a session. What is None follows from the lift's role and the week.

    `exercise` is an id of the catalogue or of the athlete's own lifts; `anchor` says that it was starred; `reps` are the
    fewest and the most, `seconds` the same for a lift that is held for time; `rest_s` seconds; lifts that stand together
    in a superset share `superset`, a number from 1. A note has no brackets and no line end.
    """

    exercise: str
    sets: int | None = None
    reps: tuple[int, int] | None = None
    rpe: float | None = None
    rest_s: int | None = None
    anchor: bool = False
    superset: int | None = None
    style: Style | None = None
    note: str | None = None
    seconds: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """A session under its name, its lifts in order."""

    name: str
    lifts: tuple[PlannedLift, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """When is trained. `days` are weekdays from 0 (Monday), in order, possibly none; `at` is the local time of day,
    `times` that of each of the days where they differ (None: no fixed time), else empty.

    `order` are names of sessions: as long as `days` where each day has its own, else they rotate over the days
    (`rotates`), also from one week into the next. They rotate too where no day is named or there is one session only.
    `a_week` is how many sessions make a week: as many as `days`, where there are any.
    """

    days: tuple[int, ...] = ()
    at: time | None = None
    order: tuple[str, ...] = ()
    rotates: bool = True
    a_week: int = 3
    times: tuple[time | None, ...] = ()

    def at_on(self, day: int) -> time | None:
        """The local time of day on a weekday from 0 (Monday)."""
        return dict(zip(self.days, self.times, strict=True)).get(day) if self.times else self.at

    @property
    def clock(self) -> time | tuple[tuple[tuple[int, ...], time | None], ...] | None:
        """The one time of all days; where they differ, days with theirs, those of one time together, those of none last."""
        if not self.times:
            return self.at
        groups: dict[time | None, tuple[int, ...]] = {}
        for day in self.days:
            groups[self.at_on(day)] = (*groups.get(self.at_on(day), ()), day)
        timed = [(days, at) for at, days in groups.items() if at is not None]
        return (*timed, *((days, None) for at, days in groups.items() if at is None))


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan: when, what, and how."""

    schedule: Schedule
    sessions: tuple[PlannedSession, ...]
    style: Style = Style.BLOCKS
    note: str | None = None

    def session(self, name: str) -> PlannedSession | None:
        """The session of that name."""
        return next((one for one in self.sessions if one.name == name), None)
