"""What comes next: which session, on which day, and which were missed.

Sessions that rotate follow each other, whenever they are done. A session that is named with its day belongs to that day:
next is the one of the last planned day that has come, as long as it is not over, else that of the first that comes. So
what was missed is moved to the days before the next planned one, and is then passed over for the session of that. Who
does the session of another day has done that, and what was due stays due. All of it is our own choice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import Final, NamedTuple

from core.program.calendar import WEEK_DAYS, Of, Position, as_of
from core.program.values import Schedule

_DAY: Final = timedelta(days=1)


class Coming(NamedTuple):
    """A session that is next: its name, the day it is to be done on, and the planned day that it is `of` (None where
    sessions rotate). `waits` is one that was missed and may be done on any day before, with its planned day."""

    name: str
    day: date
    of: Of | None = None
    waits: tuple[str, date] | None = None


def has_own_days(schedule: Schedule) -> bool:
    """Whether each session is named with its day."""
    return bool(schedule.days) and bool(schedule.order) and not schedule.rotates


# Which session ---------------------------------------------------------------------------------------------------


def next_session(position: Position, schedule: Schedule, day: date) -> str | None:
    """The name of the session that is next on a day: by its turn where they rotate, else by its planned day."""
    if not schedule.order:
        return None
    return schedule.order[place_of_next(position, schedule, day) % len(schedule.order)]


def place_of_next(position: Position, schedule: Schedule, day: date) -> int:
    """The place of the session that is next among those that follow each other, counted from 0."""
    if has_own_days(schedule):
        return schedule.days.index(due(position, schedule, day).weekday())
    return position.turn


def due(position: Position, schedule: Schedule, day: date) -> date:
    """The planned day of the session that is next on a day, where each has its own. One that was moved waits for the day it
    was moved to; what is planned before that comes before it."""
    moved, to = position.moved_on, _moved_to(position, schedule, day)
    if moved is None or to is None:
        return _due(position, schedule, day)
    other = _due(_without_moved(position), schedule, day)
    return moved if day == to or other >= to else other


def _moved_to(position: Position, schedule: Schedule, day: date) -> date | None:
    """The day from `day` on that a session with a day of its own was moved to."""
    on, to = position.moved_on, position.moved_to
    return None if on is None or to is None or day > to or on.weekday() not in schedule.days else to


def _without_moved(position: Position) -> Position:
    """The same as if what was moved were over."""
    return (
        position if position.moved_on is None else replace(position, over=(*position.over, position.moved_on))
    )


def _due(position: Position, schedule: Schedule, day: date) -> date:
    since = day if position.since is None else position.since
    past = _open(position, schedule, max(since, day - WEEK_DAYS * _DAY), day)
    return past[-1] if past else next(_planned(position, schedule, max(since, day)))


def of_due(position: Position, schedule: Schedule, day: date) -> Of | None:
    """The planned day of the session that is next on a day, and that what comes after it is then to come."""
    if has_own_days(schedule):
        on = due(position, schedule, day)
        return Of(on, on + _DAY)
    return None


def of_other(position: Position, schedule: Schedule, name: str, day: date) -> Of | None:
    """The planned day that another session than the next one is of: its nearest, what was missed before what is to come."""
    if not has_own_days(schedule):
        return None
    next_up = due(position, schedule, day)
    first, last = next_up - (WEEK_DAYS - 1) * _DAY, next_up + (WEEK_DAYS - 1) * _DAY
    own = [one for one in _open(position, schedule, first, last) if _name_on(schedule, one) == name]
    since = next_up if position.since is None else position.since
    on = min(own, key=lambda one: (not since <= one <= day, abs(one - day)), default=None)
    return None if on is None else Of(on, since)


def missed(position: Position, schedule: Schedule, day: date) -> tuple[tuple[str, date], ...]:
    """The sessions of the days since the next one was last planned, with their own, that are passed over for it; what was
    moved and is still to come is not among them."""
    if not has_own_days(schedule) or position.since is None:
        return ()
    up_to = due(position, schedule, day)
    first = max(position.since, up_to - (WEEK_DAYS - 1) * _DAY)
    known = position if _moved_to(position, schedule, day) is None else _without_moved(position)
    found = [one for one in _open(known, schedule, first, up_to) if one < up_to]
    return tuple([(_name_on(schedule, one), one) for one in found])


# On which day ----------------------------------------------------------------------------------------------------


def next_day(position: Position, schedule: Schedule, today: date) -> date:
    """The day of the next session, today at the earliest: as moved, else as planned; one a day counts. What was missed may
    be done before it, and moves it not.

    Without weekdays sessions lie as far apart as a week of so many lets them, in whole days.
    """
    first = today + _DAY if position.last == today else today
    moved = position.moved_to
    if has_own_days(schedule):
        return _next_own(position, schedule, first)
    if moved is not None and moved >= first:
        return moved
    if position.since is not None:
        first = max(first, position.since)
    if schedule.days:
        return next(_planned(position, schedule, first))
    rested = first if position.last is None else position.last + max(1, WEEK_DAYS // position.a_week) * _DAY
    return max(first, rested)


def _next_own(position: Position, schedule: Schedule, first: date) -> date:
    """The first planned weekday from `first` on at which something is due, or the day that a session was moved to."""
    day = first if position.since is None else max(first, position.since)
    to = _moved_to(position, schedule, day)
    known = position if to is None else _without_moved(position)
    while day != to and not (_is_planned(schedule, day) and _due(known, schedule, day) <= day):
        day += _DAY
    return day


def coming(position: Position, schedule: Schedule, today: date) -> Coming | None:
    """The session that is next, as it will be when its day has come: weeks that are over by then have ended."""
    day = next_day(position, schedule, today)
    then = as_of(position, day)
    name = next_session(then, schedule, day)
    if name is None:
        return None
    of = of_due(then, schedule, day)
    return Coming(name, day, of, _waits(position, schedule, today, of))


def _waits(position: Position, schedule: Schedule, today: date, of: Of | None) -> tuple[str, date] | None:
    """What was missed and may be done on the days before the next session, which is `of` another planned day."""
    if of is None:
        return None
    first = today + _DAY if position.last == today else today
    on = due(position, schedule, first)
    return (_name_on(schedule, on), on) if on < first and on not in (position.moved_on, of.on) else None


def skipped(position: Position, schedule: Schedule, today: date) -> Of:
    """What `/skip` leaves out: the session that is next, and its day; where sessions rotate and its day has passed, that day,
    so that the next planned one is still to come."""
    of = of_due(position, schedule, today)
    if of is not None:
        return of
    day = next_day(position, schedule, today)
    passed = _passed(position, schedule, today)
    return Of(day, day + _DAY) if day == today or passed is None else Of(passed, today)


def _passed(position: Position, schedule: Schedule, today: date) -> date | None:
    """The last day before today on which a rotating session was to be done, since anything was done or said."""
    if position.moved_to is not None:
        return position.moved_to if position.moved_to < today else None
    if position.seen is None:
        return None
    between = [position.seen + at * _DAY for at in range(1, min(WEEK_DAYS, (today - position.seen).days))]
    since = position.seen if position.since is None else position.since
    return max((one for one in between if one >= since and _is_planned(schedule, one)), default=None)


# The week --------------------------------------------------------------------------------------------------------


def of_the_week(position: Position, schedule: Schedule, day: date) -> tuple[str, ...]:
    """The sessions of the week that runs, in order: as many as are over, then those that come before it ends."""
    over = position.done + position.skipped
    begin = place_of_next(position, schedule, day) - over
    if not has_own_days(schedule):
        return in_order(schedule, begin, max(position.a_week, over))
    first = due(position, schedule, day)
    ends = (first if position.begun is None else position.begun) + WEEK_DAYS * _DAY
    left = islice(_planned(position, schedule, first), max(1, position.a_week - over))
    count = max(1, sum(one < ends for one in left))
    return in_order(schedule, begin, over + count)


def in_order(schedule: Schedule, begin: int, count: int) -> tuple[str, ...]:
    """So many sessions in a row, as planned."""
    if not schedule.order:
        return ()
    return tuple([schedule.order[(begin + at) % len(schedule.order)] for at in range(count)])


# Planned days ----------------------------------------------------------------------------------------------------


def _is_planned(schedule: Schedule, day: date) -> bool:
    return day.weekday() in schedule.days


def _name_on(schedule: Schedule, day: date) -> str:
    return schedule.order[schedule.days.index(day.weekday())]


def _planned(position: Position, schedule: Schedule, first: date) -> Iterator[date]:
    """The planned days from a day on that are not over, without end."""
    while True:
        if _is_planned(schedule, first) and first not in position.over:
            yield first
        first += _DAY


def _open(position: Position, schedule: Schedule, first: date, last: date) -> list[date]:
    """The planned days between two days, both included, that are not over."""
    days = [first + at * _DAY for at in range((last - first).days + 1)]
    return [one for one in days if _is_planned(schedule, one) and one not in position.over]
