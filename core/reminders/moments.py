"""Wall-clock times of a zone as instants, and quiet hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

Quiet = tuple[time, time] | None

_SECOND: Final = timedelta(seconds=1)
_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant (UTC) of a wall time: the first where it comes twice, the first after the gap where it is left out."""
    found = datetime.combine(day, at, zone).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) <= datetime.combine(day, at):
        return found
    return _change_between(datetime.combine(day, at.replace(fold=1), zone).astimezone(UTC), found, zone)


def _change_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The instant between two at which the clocks of a zone change."""
    offset = after.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + _SECOND * ((after - before) // _SECOND // 2)
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after


def local(at: datetime, zone: ZoneInfo) -> datetime:
    """An instant on the wall clock of a zone."""
    return at.astimezone(zone)


def is_quiet(at: time, quiet: Quiet) -> bool:
    """Whether a wall time lies in quiet hours: from their beginning on, until before their end."""
    if quiet is None or quiet[0] == quiet[1]:
        return False
    begins, ends = quiet
    return begins <= at < ends if begins < ends else at >= begins or at < ends


def before_quiet(at: datetime, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """The instant, or a minute before the quiet hours in which it would lie."""
    wall = local(at, zone)
    if quiet is None or not is_quiet(wall.time(), quiet):
        return at
    began = wall.date() if wall.time() >= quiet[0] else wall.date() - _DAY
    return instant(began, quiet[0], zone) - _MINUTE


def after_quiet(at: datetime, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """The instant, or the end of the quiet hours in which it would lie."""
    wall = local(at, zone)
    if quiet is None or not is_quiet(wall.time(), quiet):
        return at
    ends = wall.date() if wall.time() < quiet[1] else wall.date() + _DAY
    return instant(ends, quiet[1], zone)
