"""Where someone stands in the twelve weeks: a fold over what happened, by completed weeks and not by dates.

A week ends when its sessions are done or seven days after its first, not before the day that one of them was moved to is
over; more than half of them done, the plan goes on and the rest is dropped, else the week is repeated. A session that is
missed or moved is never doubled: one a day counts. What was moved stands on its day, whatever week or deload ends before.
Which session is next, and when, is `coming`'s. After week 12 a deload of seven days stands before the next cycle. All of it is our own choice (the deload is BLOCKS').
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from core.program.blocks import BLOCK_WEEKS, CYCLE, first_week, week_of
from core.progression import LAYOFFS

WEEK_DAYS: Final = 7
"""Days after its first session at which a week ends, and days of a deload."""

AGAIN_DAYS: Final = WEEK_DAYS + LAYOFFS[-1][0]
"""So many days after anything was done Foundation is done again: with the last row of layoffs (own choice)."""

MOST_A_WEEK: Final = 7
"""One session a day counts."""

KEPT_DAYS: Final = 2 * WEEK_DAYS
"""So long planned days that are over are kept: none is looked for further back."""

_FORMAT: Final = 2


class Of(NamedTuple):
    """The planned day that a session is of (`on`), and the day `since` which what is planned is still to come then."""

    on: date
    since: date


class Ended(NamedTuple):
    """The last week that ended short of its sessions: its number, how many of them were done, and how many it had; with
    none it was left for very long (`AGAIN_DAYS`), and the plan begins anew."""

    week: int
    done: int
    a_week: int


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the plan. `week` is 1 to 12; while a deload runs it is the week that follows it. `cycle` counts how often the
    twelve weeks were begun: after week 12, and where somebody goes back in them.

    `a_week` sessions make a week, `done` and `skipped` of this week's are over (in a deload `done` is the place of the next), `begun` is the day of its first.
    `turn` counts all sessions that are over, for sessions that rotate. `last` is the day of the last session, `seen` of
    the last event. `deload` is the first day of a deload that runs, `declined` the day on which one was last declined,
    `moved_to` the day that the next session was moved to, `moved_on` its planned day where sessions have days of their own.
    `since` is the day from which on planned days are still to come, `over` are planned days that are over: with a session
    done, or left out. `ended` says that the week before ended short, until the next begins.
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
    moved_on: date | None = None
    since: date | None = None
    over: tuple[date, ...] = ()
    ended: Ended | None = None


# What happens ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SessionDone:
    """A session was trained, that `of` a planned day where sessions have their own. A second one of a day counts as the same.
    `other`: not the one whose turn it was."""

    day: date
    of: Of | None = None
    other: bool = False


@dataclass(frozen=True, slots=True)
class SessionSkipped:
    """The next session is left out (`/skip`), `of` its planned day."""

    day: date
    of: Of | None = None


@dataclass(frozen=True, slots=True)
class SessionMoved:
    """The next session is done on another day (`/move`) than the planned one that it is of; none is added."""

    day: date
    to: date
    on: date | None = None


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
    """From now on so many sessions make a week; `anew`: on other days, or in another order."""

    day: date
    a_week: int
    anew: bool = False


Event = SessionDone | SessionSkipped | SessionMoved | WeekChosen | DeloadAsked | DeloadDeclined | Replanned


def started(
    a_week: int, experienced: bool = False, week: int | None = None, since: date | None = None
) -> Position:
    """The position before the first session, on the day `since`; ValueError for no week, or for not one to seven sessions."""
    chosen = first_week(experienced) if week is None else week
    week_of(chosen)
    return Position(week=chosen, a_week=_sessions(a_week), since=since)


def _sessions(a_week: int) -> int:
    if not 1 <= a_week <= MOST_A_WEEK:
        raise ValueError(f"{a_week} sessions a week")
    return a_week


def advanced(position: Position, event: Event) -> Position:
    """The position after an event; ValueError where it lies before the last one, or asks for what is not there."""
    if position.seen is not None and event.day < position.seen:
        raise ValueError(f"{event.day} is before {position.seen}")
    return replace(_happened(as_of(position, event.day), event), seen=event.day)


def _happened(at: Position, event: Event) -> Position:
    match event:
        case SessionDone():
            return _done(at, event)
        case SessionSkipped(day, of):
            over = replace(_over(at, of), turn=at.turn + 1)
            if at.deload is not None:
                return _in_deload(over)
            return _closed_if_over(replace(over, skipped=at.skipped + 1), day)
        case SessionMoved(_, to, on):
            return replace(at, moved_to=to, moved_on=on)
        case WeekChosen(_, week):
            week_of(week)
            return replace(
                _begun_anew(at) if week < at.week else _fresh(at), week=week, deload=None, ended=None
            )
        case DeloadAsked(day):
            closed = replace(_closed(at), deload=day, moved_to=None, moved_on=None)
            return at if at.deload is not None else closed
        case DeloadDeclined(day):
            return replace(at if at.deload is None else _fresh(at), deload=None, declined=day)
        case Replanned(day, a_week, anew):
            known = at if at.deload is None else _fresh(at)
            if anew:
                begins = day + timedelta(days=1) if at.last == day else day
                known = replace(known, since=begins, over=(), moved_on=None)
            return _closed_if_over(replace(known, a_week=_sessions(a_week)), day)


def _done(at: Position, done: SessionDone) -> Position:
    if at.last == done.day:
        return at
    over = replace(_over(at, done.of), turn=at.turn + (not done.other), last=done.day)
    if at.deload is not None:
        return _in_deload(over)
    begun = done.day if at.begun is None else at.begun
    after = replace(over, done=at.done + 1, begun=begun, ended=None)
    ends = _ends(after)
    if ends is not None and ends <= done.day:  # it had waited for this session
        return _closed(after, done.day + timedelta(days=1))
    return _closed_if_over(after, done.day)


def _over(at: Position, of: Of | None) -> Position:
    """The planned day of a session is over; what was moved was that session, or still waits."""
    waits = of is not None and at.moved_on is not None and of.on != at.moved_on
    known = at if waits else replace(at, moved_to=None, moved_on=None)
    if of is None:
        return known
    kept = [one for one in at.over if (of.on - one).days < KEPT_DAYS]
    since = of.since if at.since is None else max(at.since, of.since)
    return replace(known, over=(*kept, of.on), since=since)


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
    if replace(found, moved_to=None, moved_on=None) == replace(_fresh(found), week=1, deload=None):
        return found  # there is nothing to do again
    return replace(_begun_anew(found), week=1, deload=None, ended=Ended(found.week, 0, 0))


def _ended(position: Position, day: date) -> Position:
    if position.deload is not None and _days(position.deload, day) >= WEEK_DAYS:
        return replace(_fresh(position), deload=None, moved_to=position.moved_to, moved_on=position.moved_on)
    ends = _ends(position)
    if ends is None or day < ends:
        return position
    closed = _closed(position, ends)
    return _ended(closed, day) if closed.deload is not None else closed


def _ends(at: Position) -> date | None:
    """The day on which a week that has begun is over: it waits for what was moved, to be done and asked about in it."""
    if at.begun is None:
        return None
    ends = at.begun + timedelta(days=WEEK_DAYS)
    return ends if at.moved_to is None else max(ends, at.moved_to + timedelta(days=1))


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
    fresh = replace(_fresh(at), moved_to=at.moved_to, moved_on=at.moved_on)
    if at.done < at.a_week and at.done + at.skipped:
        fresh = replace(fresh, ended=Ended(at.week, at.done, at.a_week))
    if not goes_on(at):
        return fresh
    if at.week < CYCLE:
        return replace(fresh, week=at.week + 1)
    return replace(fresh, cycle=at.cycle + 1, week=1, deload=next_day)


def _fresh(at: Position) -> Position:
    return replace(at, done=0, skipped=0, begun=None, moved_to=None, moved_on=None)


def _begun_anew(at: Position) -> Position:
    """Back in the twelve weeks: the blocks that come are others than those that were done, and are counted on."""
    return replace(_fresh(at), cycle=at.cycle + 1)


def block_number(position: Position) -> int:
    """The block, counted from the first of the first cycle."""
    return CYCLE // BLOCK_WEEKS * (position.cycle - 1) + (position.week - 1) // BLOCK_WEEKS


def cycle_of(block: int) -> int:
    """The cycle that a block is of, both counted from 0."""
    return block // (CYCLE // BLOCK_WEEKS)


# As text ---------------------------------------------------------------------------------------------------------

_DAYS: Final = ("begun", "last", "seen", "deload", "declined", "moved_to", "moved_on", "since")
_NUMBERS: Final = ("cycle", "week", "a_week", "done", "skipped", "turn")


def as_json(position: Position) -> str:
    """The position as text, to be kept."""
    numbers = [getattr(position, name) for name in _NUMBERS]
    days = [
        None if getattr(position, name) is None else getattr(position, name).isoformat() for name in _DAYS
    ]
    over = [day.isoformat() for day in position.over]
    return json.dumps([_FORMAT, numbers, days, over, position.ended], separators=(",", ":"))


def from_json(text: str) -> Position:
    """The position that was kept; ValueError for anything else."""
    try:
        found, numbers, days, over, ended = json.loads(text)
        known: dict[str, Any] = dict(zip(_NUMBERS, map(int, numbers), strict=True))
        known |= {
            name: None if day is None else date.fromisoformat(day)
            for name, day in zip(_DAYS, days, strict=True)
        }
        known["over"] = tuple([date.fromisoformat(day) for day in over])
        known["ended"] = None if ended is None else Ended(*map(int, ended))
    except (TypeError, ValueError) as error:
        raise ValueError("no position") from error
    position = Position(**known)
    week_of(position.week)
    _sessions(position.a_week)
    if found != _FORMAT:
        raise ValueError("no position")
    return position
