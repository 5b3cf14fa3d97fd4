"""What is due when, and until when it is worth saying."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from core.program.calendar import Position
from core.program.coming import has_own_days
from core.program.values import Schedule
from core.reminders.moments import after_quiet, before_quiet, instant, local
from core.reminders.settings import Reminding


class Kind(StrEnum):
    """What a reminder is about."""

    SESSION = "session"
    EVE = "eve"
    OPEN = "open"
    MISSED = "missed"
    DIGEST = "digest"
    REST = "rest"


MORNING: Final = time(8)
"""When the day's session is told where the plan names no time (own choice, as all below)."""
EVENING: Final = time(19)
MISSED_AT: Final = time(9)
DIGEST_AT: Final = time(18)
CLOSES: Final = timedelta(hours=4)
LATE: Final = timedelta(minutes=5)
GOES_ON: Final = timedelta(hours=2)
"""So long after its time a session is still worth a reminder."""
A_DAY: Final = timedelta(days=1)
REST_GOOD: Final = timedelta(minutes=1)
MOST_MISSED: Final = 3
"""After so many missed sessions in a row without a word nothing more is said."""
AHEAD_DAYS: Final = 15


@dataclass(frozen=True, slots=True)
class When:
    """How somebody trains: their plan's schedule, from which day it counts (`since`), where they stand in it, where they live,
    what they chose."""

    schedule: Schedule
    since: date
    position: Position
    zone: ZoneInfo
    chosen: Reminding

    def time_on(self, day: date) -> time | None:
        """The planned wall time of a session on a day."""
        return self.schedule.at_on(day.weekday())

    def training_days(self, first: date) -> Iterator[date]:
        """The days on which sessions are planned, from `first` on: as moved, else the plan's weekdays, none that is over."""
        at = self.position
        after = max(
            one for one in (self.since, at.since, None if at.last is None else at.last + A_DAY) if one
        )
        for ahead in range(AHEAD_DAYS):
            day = first + timedelta(days=ahead)
            if day >= after and day not in at.over and (day == at.moved_to or self._is_planned(day)):
                yield day

    def _is_planned(self, day: date) -> bool:
        """Whether a weekday of the plan has its session: what was moved has left its own, and what rotates is one after the
        other."""
        moved = self.position.moved_to
        if moved is not None and (
            day == self.position.moved_on if has_own_days(self.schedule) else day < moved
        ):
            return False
        return day.weekday() in self.schedule.days


def session_at(of: When, day: date) -> datetime:
    """When a session on a day is told."""
    at, quiet = of.time_on(day), of.chosen.quiet
    if at is None:
        return after_quiet(instant(day, MORNING, of.zone), quiet, of.zone)
    lead = timedelta(minutes=of.chosen.lead_min)
    return before_quiet(instant(day, at, of.zone) - lead, quiet, of.zone)


def eve_at(of: When, day: date) -> datetime:
    """When the all-out set of a session on a day is told, the evening before."""
    return before_quiet(instant(day - A_DAY, EVENING, of.zone), of.chosen.quiet, of.zone)


def missed_at(of: When, day: date) -> datetime:
    """When it is asked about the session of a day that did not come."""
    return after_quiet(instant(day + A_DAY, MISSED_AT, of.zone), of.chosen.quiet, of.zone)


def open_at(last_set: datetime, chosen: Reminding, zone: ZoneInfo) -> datetime:
    """When a session is closed whose last set was done then."""
    return after_quiet(last_set + CLOSES, chosen.quiet, zone)


def digest_at(
    chosen: Reminding, zone: ZoneInfo, now: datetime, told: date = date.min
) -> tuple[date, datetime] | None:
    """The day of the next review of the week, and when it comes; None where none is wanted. `told`: the day of the last."""
    if chosen.digest is None:
        return None
    today = local(now, zone).date()
    for ahead in range(-1, AHEAD_DAYS):
        day = today + timedelta(days=ahead)
        if day.weekday() == chosen.digest:
            due = before_quiet(instant(day, DIGEST_AT, zone), chosen.quiet, zone)
            if due > now and day > told:
                return day, due
    raise AssertionError("unreachable")


def tells_the_eve(of: When, day: date) -> bool:
    """Whether an all-out set is told the evening before: not where the session itself is, because of quiet hours."""
    return local(session_at(of, day), of.zone).date() == day


def next_session(
    of: When, now: datetime, told: date = date.min, since: datetime | None = None
) -> tuple[date, datetime] | None:
    """The next session that is still to be told, and when; None where none is planned on a day. `told`: the last that was.

    What was due after `since` and is worth telling yet comes late: nobody served. Without it, all is due after `now`."""
    after = now if since is None else min(since, now)
    for day in of.training_days(local(now, of.zone).date()):
        due = session_at(of, day)
        if due > after and day > told and (due > now or session_good_until(of, day) > now):
            return day, due
    return None


def next_missed(
    of: When, now: datetime, asked: date = date.min, since: datetime | None = None
) -> tuple[date, datetime] | None:
    """The next session about which it would be asked if it did not come, and when. `asked`: the last that was asked about;
    `since` as for sessions."""
    after = now if since is None else min(since, now)
    for day in of.training_days(local(now, of.zone).date() - A_DAY):
        due = missed_at(of, day)
        if due > after and day > asked and (due > now or missed_good_until(day, of.zone) > now):
            return day, due
    return None


# Worth saying ----------------------------------------------------------------------------------------------------


def session_good_until(of: When, day: date) -> datetime:
    """Until when the session of a day is worth telling."""
    return session_until(day, of.time_on(day), of.zone)


def session_until(day: date, at: time | None, zone: ZoneInfo) -> datetime:
    """The same of a session at that time."""
    return instant(day + A_DAY, time(0), zone) if at is None else instant(day, at, zone) + GOES_ON


def eve_good_until(of: When, day: date) -> datetime:
    """Until when tomorrow's all-out set is worth telling."""
    return eve_until(day, of.time_on(day), of.zone)


def eve_until(day: date, at: time | None, zone: ZoneInfo) -> datetime:
    """The same of a session at that time."""
    return instant(day, at or MORNING, zone)


def missed_good_until(day: date, zone: ZoneInfo) -> datetime:
    """Until when a missed session of a day is worth asking about: the next day's end."""
    return instant(day + 2 * A_DAY, time(0), zone)


def is_late(due: datetime, now: datetime) -> bool:
    """Whether it is said that it comes late."""
    return now - due >= LATE
