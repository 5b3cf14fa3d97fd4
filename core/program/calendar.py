"""Where someone stands in the twelve weeks: a fold over what happened, by completed weeks and not by dates.

A week ends when its sessions are done or seven days after its first; more than half of them done, the plan goes on and
the rest is dropped, else the week is repeated. A session that is missed or moved is never doubled: one a day counts.
After week 12 a deload of seven days stands before the next cycle. All of it is our own choice (the deload is BLOCKS').
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from core.program.blocks import BLOCK_WEEKS, CYCLE, first_week, week_of
from core.program.values import Schedule
from core.program.working_max import AGAIN_FROM

WEEK_DAYS: Final = 7
"""Days after its first session at which a week ends, and days of a deload."""

AGAIN_DAYS: Final = WEEK_DAYS + AGAIN_FROM
"""So many days after anything was done Foundation is done again (own choice)."""

MOST_A_WEEK: Final = 7
"""One session a day counts."""

_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the plan. `week` is 1 to 12; while a deload runs it is the week that follows it.

    `a_week` sessions make a week, `done` and `skipped` of this week's are over (in a deload `done` is the place of the next), `begun` is the day of its first.
    `turn` counts all sessions that are over, for sessions that rotate. `last` is the day of the last session, `seen` of
    the last event. `deload` is the first day of a deload that runs, `declined` the day on which one was last declined,
    `moved_to` the day that the next session was moved to.
    """

    cycle: int = 1
    week: int = 1
    a_week: int = 3
    done: int = 0
    skipped: int = 0
    turn: int = 0
    begun: date | None = None
    last: date | None = None
    seen: date | None = None
    deload: date | None = None
    declined: date | None = None
    moved_to: date | None = None


# What happens ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SessionDone:
    """A session was trained. A second one of a day counts as the same."""

    day: date


@dataclass(frozen=True, slots=True)
class SessionSkipped:
    """The next session is left out (`/skip`)."""

    day: date


@dataclass(frozen=True, slots=True)
class SessionMoved:
    """The next session is done on another day (`/move`); none is added."""

    day: date
    to: date


@dataclass(frozen=True, slots=True)
class WeekChosen:
    """The athlete starts anew at a week from 1 to 12 (`/plan start`)."""

    day: date
    week: int


@dataclass(frozen=True, slots=True)
class DeloadAsked:
    """The athlete takes a deload now; what was begun of the week ends."""

    day: date


@dataclass(frozen=True, slots=True)
class DeloadDeclined:
    """The athlete does without the deload that was offered or runs."""

    day: date


@dataclass(frozen=True, slots=True)
class Replanned:
    """From now on so many sessions make a week."""

    day: date
    a_week: int


Event = SessionDone | SessionSkipped | SessionMoved | WeekChosen | DeloadAsked | DeloadDeclined | Replanned


def started(a_week: int, experienced: bool = False, week: int | None = None) -> Position:
    """The position before the first session; ValueError for no week or for none to seven sessions."""
    chosen = first_week(experienced) if week is None else week
    week_of(chosen)
    return Position(week=chosen, a_week=_sessions(a_week))


def _sessions(a_week: int) -> int:
    if not 1 <= a_week <= MOST_A_WEEK:
        raise ValueError(f"{a_week} sessions a week")
    return a_week


def folded(start: Position, events: Iterable[Event]) -> Position:
    """The position after all events, in the order of their days."""
    position = start
    for event in sorted(events, key=lambda one: one.day):
        position = advanced(position, event)
    return position


def advanced(position: Position, event: Event) -> Position:
    """The position after an event; ValueError where it lies before the last one, or asks for what is not there."""
    if position.seen is not None and event.day < position.seen:
        raise ValueError(f"{event.day} is before {position.seen}")
    return replace(_happened(as_of(position, event.day), event), seen=event.day)


def _happened(at: Position, event: Event) -> Position:
    match event:
        case SessionDone(day):
            return _done(at, day)
        case SessionSkipped(day):
            over = replace(at, turn=at.turn + 1, moved_to=None)
            if at.deload is not None:
                return _in_deload(over)
            return _closed_if_over(replace(over, skipped=at.skipped + 1), day)
        case SessionMoved(_, to):
            return replace(at, moved_to=to)
        case WeekChosen(_, week):
            week_of(week)
            return replace(_fresh(at), week=week, deload=None)
        case DeloadAsked(day):
            return at if at.deload is not None else replace(_closed(at), deload=day)
        case DeloadDeclined(day):
            return replace(at if at.deload is None else _fresh(at), deload=None, declined=day)
        case Replanned(day, a_week):
            known = at if at.deload is None else _fresh(at)
            return _closed_if_over(replace(known, a_week=_sessions(a_week)), day)


def _done(at: Position, day: date) -> Position:
    if at.last == day:
        return at
    over = replace(at, turn=at.turn + 1, last=day, moved_to=None)
    if at.deload is not None:
        return _in_deload(over)
    begun = day if at.begun is None else at.begun
    return _closed_if_over(replace(over, done=at.done + 1, begun=begun), day)


def _in_deload(at: Position) -> Position:
    """One more session of a deload is over: `done` is its place among them, and of no week of the program."""
    return replace(at, done=(at.done + 1) % at.a_week)


# Weeks end -------------------------------------------------------------------------------------------------------


def as_of(position: Position, day: date) -> Position:
    """The position on a day, without anything having happened since: weeks and deloads that are over by then end, and who
    was away for very long begins again with Foundation."""
    found = _ended(position, day)
    if position.seen is None or _days(position.seen, day) < AGAIN_DAYS:
        return found
    return replace(_fresh(found), week=1, deload=None)


def _ended(position: Position, day: date) -> Position:
    if position.deload is not None and _days(position.deload, day) >= WEEK_DAYS:
        return replace(_fresh(position), deload=None)
    if position.begun is None or _days(position.begun, day) < WEEK_DAYS:
        return position
    ends = position.begun + timedelta(days=WEEK_DAYS)
    closed = _closed(position, ends)
    return _ended(closed, day) if closed.deload is not None else closed


def _days(start: date, day: date) -> int:
    return (day - start).days


def goes_on(position: Position) -> bool:
    """Whether the week counts as completed as it stands: more than half of its sessions are done."""
    return 2 * position.done > position.a_week


def _closed_if_over(at: Position, day: date) -> Position:
    if at.deload is not None or at.done + at.skipped < at.a_week:
        return at
    return _closed(at, day + timedelta(days=1))


def _closed(at: Position, next_day: date | None = None) -> Position:
    """The week ended: on to the next, or the same once more. After the last comes a deload that begins on `next_day`."""
    fresh = _fresh(at)
    if not goes_on(at):
        return fresh
    if at.week < CYCLE:
        return replace(fresh, week=at.week + 1)
    return replace(fresh, cycle=at.cycle + 1, week=1, deload=next_day)


def _fresh(at: Position) -> Position:
    return replace(at, done=0, skipped=0, begun=None, moved_to=None)


def block_number(position: Position) -> int:
    """The block, counted from the first of the first cycle."""
    return CYCLE // BLOCK_WEEKS * (position.cycle - 1) + (position.week - 1) // BLOCK_WEEKS


# What is next ----------------------------------------------------------------------------------------------------


def next_session(position: Position, schedule: Schedule) -> str | None:
    """The name of the session that is next: by its turn where they rotate, else by its place in the week."""
    if not schedule.order:
        return None
    at = position.turn if schedule.rotates else position.done + position.skipped
    return schedule.order[at % len(schedule.order)]


def next_day(position: Position, schedule: Schedule, today: date) -> date:
    """The day of the next session, today at the earliest: as moved, else the next planned weekday not yet trained on."""
    if position.moved_to is not None and position.moved_to >= today:
        return position.moved_to
    first = today + timedelta(days=1) if position.last == today else today
    ahead = (first + timedelta(days=days) for days in range(WEEK_DAYS))
    return next((day for day in ahead if not schedule.days or day.weekday() in schedule.days), first)


# As text ---------------------------------------------------------------------------------------------------------

_DAYS: Final = ("begun", "last", "seen", "deload", "declined", "moved_to")
_NUMBERS: Final = ("cycle", "week", "a_week", "done", "skipped", "turn")


def as_json(position: Position) -> str:
    """The position as text, to be kept."""
    numbers = [getattr(position, name) for name in _NUMBERS]
    days = [
        None if getattr(position, name) is None else getattr(position, name).isoformat() for name in _DAYS
    ]
    return json.dumps([_FORMAT, numbers, days], separators=(",", ":"))


def from_json(text: str) -> Position:
    """The position that was kept; ValueError for anything else."""
    try:
        found, numbers, days = json.loads(text)
        known: dict[str, Any] = dict(zip(_NUMBERS, map(int, numbers), strict=True))
        known |= {
            name: None if day is None else date.fromisoformat(day)
            for name, day in zip(_DAYS, days, strict=True)
        }
    except (TypeError, ValueError) as error:
        raise ValueError("no position") from error
    position = Position(**known)
    week_of(position.week)
    _sessions(position.a_week)
    if found != _FORMAT:
        raise ValueError("no position")
    return position
