"""When the coach should speak first, told once more and apart from the program: an athlete's life goes in, what is said when
comes out.

It is written from the rules in words (`core.reminders`) as plainly as they are read there, and knows none of their code.
Where somebody stands in the twelve weeks is the calendar's affair (`core.program.calendar`). The plan of these lives has one
session of four lifts; the first two of them go all out in the last session of a block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache, reduce
from typing import NamedTuple
from zoneinfo import ZoneInfo

from core.program.calendar import (
    Event,
    Of,
    Position,
    SessionDone,
    SessionMoved,
    SessionSkipped,
    advanced,
    as_of,
    started,
)
from core.reminders.settings import USUAL, Reminding

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LIFTS = ("squat", "bench", "row", "curl")
SETS = (3, 3, 3, 2)
RESTS = (180, 180, 150, 75)
"""Seconds after a set of each lift: two anchors, a secondary lift, isolation."""
CARRIED = 4 * HOUR


# Wall clocks -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=100_000)
def instant(wall: datetime, zone: str) -> datetime:
    """The first minute in which the clock on the wall shows so much or more."""
    at = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) - 3 * HOUR
    while wall_of(at, zone) < wall:
        at += MINUTE
    return at


def wall_of(at: datetime, zone: str) -> datetime:
    """What the clock on the wall shows."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def midnight(day: date, zone: str) -> datetime:
    """When a day begins."""
    return instant(datetime.combine(day, time()), zone)


def is_quiet(wall: datetime, quiet: tuple[time, time] | None) -> bool:
    if quiet is None:
        return False
    begins, ends = quiet
    now = wall.time()
    return begins <= now < ends if begins < ends else now >= begins or now < ends


@lru_cache(maxsize=100_000)
def before_quiet(wall: datetime, quiet: tuple[time, time] | None) -> datetime:
    """The same, or a minute before the quiet hours in which it lies begin."""
    while is_quiet(wall, quiet):
        wall -= MINUTE
    return wall


@lru_cache(maxsize=100_000)
def after_quiet(wall: datetime, quiet: tuple[time, time] | None) -> datetime:
    """The same, or when the quiet hours in which it lies end."""
    while is_quiet(wall, quiet):
        wall += MINUTE
    return wall


# A life ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Act:
    """Something that the athlete types: the text, and what it means. `lift`: all sets of that lift were done."""

    sent: datetime
    text: str
    lift: int | None = None
    skip: bool = False
    move_to: date | None = None
    zone: str | None = None
    remind: Reminding | None = None


@dataclass(frozen=True, slots=True)
class Down:
    """From when until when nobody served, and whether what was written meanwhile is read before anything is said."""

    since: datetime
    until: datetime
    reads_first: bool


@dataclass(frozen=True, slots=True)
class Life:
    """What an athlete does between two instants, with a plan on those weekdays at that time. What they type first sets it up."""

    since: datetime
    until: datetime
    zone: str
    days: tuple[int, ...]
    at: time | None
    acts: tuple[Act, ...]
    downs: tuple[Down, ...] = ()

    def read_at(self, act: Act) -> datetime:
        """When something that was typed is read."""
        down = self._down(act.sent)
        if down is None:
            return act.sent
        return down.until + (timedelta() if down.reads_first else timedelta(seconds=1))

    def served(self, due: datetime) -> datetime:
        """When something that is due then is taken up."""
        down = self._down(due)
        if down is None:
            return due
        return down.until + (timedelta(seconds=1) if down.reads_first else timedelta())

    def _down(self, at: datetime) -> Down | None:
        return next((one for one in self.downs if one.since <= at < one.until), None)


class Said(NamedTuple):
    """A reminder that is sent: of which kind, of which day, when, and whether it says that it is late."""

    at: datetime
    kind: str
    day: date | None
    late: bool


# What is known ---------------------------------------------------------------------------------------------------


class One(NamedTuple):
    """Something that is to be said: when, and until when it is any good."""

    due: datetime
    until: datetime


Key = tuple[str, object]


@dataclass(slots=True)
class Facts:
    """All that is known of an athlete at a moment."""

    zone: str
    days: tuple[int, ...]
    at: time | None
    chosen: Reminding = USUAL
    done: dict[date, set[int]] = field(default_factory=dict)
    left_out: set[date] = field(default_factory=set)
    happened: list[tuple[date, Event]] = field(default_factory=list)
    last: tuple[datetime, date, int] | None = None
    today: date = date.min
    owed: date | None = None
    asked: int = 0
    folded: Position | None = None
    moved: date | None = None
    reads: list[tuple[date, datetime]] = field(default_factory=list)
    reviewed: dict[date, datetime] = field(default_factory=dict)

    def new_day(self, at: datetime) -> None:
        """Looks at the calendar: what was planned on a day that ended and did not come is asked about."""
        day = wall_of(at, self.zone).date()
        if day > self.today:
            self.owed = None
            yesterday = day - DAY
            if self.today != date.min and yesterday >= self.today and self.is_planned(yesterday):
                self.owed = yesterday
            self.today = day
        elif day < self.today:  # they flew west, past midnight
            self.today, self.owed = day, None

    def take(self, act: Act, read: datetime | None = None) -> None:
        """Something that was typed is read, when it was typed or later."""
        self.asked, self.folded = 0, None
        day = self.day_of(act.sent)
        if act.zone is not None:
            self.zone = act.zone
        if act.remind is not None:
            self.chosen = act.remind
        if act.lift is not None:
            self.done.setdefault(day, set()).add(act.lift)
            self.reads.append((day, read or act.sent))
            if self.last is None or act.sent > self.last[0]:
                self.last = (act.sent, day, act.lift)
            if 2 * len(self.done[day]) >= len(LIFTS):
                self.moved = None
        if act.skip:
            passed, ahead = self.passed(day), self.next_planned(day)
            if passed is not None and ahead != day:
                self.moved = None
                self.happened.append((day, SessionSkipped(day, Of(passed, day))))
            elif ahead is not None:
                self.left_out |= {day + n * DAY for n in range((ahead - day).days + 1)}
                self.owed = None if self.owed == ahead else self.owed
                self.moved = None
                self.happened.append((day, SessionSkipped(day, Of(ahead, ahead + DAY))))
        if act.move_to is not None:
            self.moved = act.move_to
            self.happened.append((day, SessionMoved(day, act.move_to)))
        does = act.lift is not None or act.skip or act.move_to is not None
        if does and self.owed is not None and day >= self.owed:
            self.owed = None

    def day_of(self, at: datetime) -> date:
        """The day something belongs to: past midnight a session goes on as the day it began."""
        day = wall_of(at, self.zone).date()
        if self.last is not None and at - self.last[0] <= CARRIED and self.last[1] == day - DAY:
            return self.last[1]
        return day

    def position(self, day: date) -> Position:
        """Where they stand on a day, as things are now. What is done with the plan on a day goes before its session."""
        if self.folded is None:
            self.folded = self._folded()
        return as_of(self.folded, day)

    def _folded(self) -> Position:
        given = [(one, 0, what) for one, what in self.happened]
        given += [
            (one, 1, SessionDone(one)) for one, lifts in self.done.items() if 2 * len(lifts) >= len(LIFTS)
        ]
        events = [what for _, _, what in sorted(given, key=lambda one: one[:2])]
        return reduce(advanced, events, started(len(self.days) or 3))

    def is_planned(self, day: date) -> bool:
        """Whether a session is planned on a day from today on that has not begun."""
        if not self.days or day in self.done or day in self.left_out:
            return False
        if self.moved is not None and self.moved >= self.today and day <= self.moved:
            return day == self.moved
        return day.weekday() in self.days

    def next_planned(self, first: date) -> date | None:
        ahead = (first + n * DAY for n in range(22))
        return next((day for day in ahead if self.is_planned(day)), None)

    def passed(self, day: date) -> date | None:
        """The last day, since anything was done, left out or moved, on which a session was to come and did not."""
        if self.moved is not None:
            return self.moved if self.moved < day else None
        seen = self.position(day).seen
        gone = [] if seen is None else [day - n * DAY for n in range(1, (day - seen).days)]
        open_ = [one for one in gone if one.weekday() in self.days and one not in self.left_out]
        return next(iter(open_), None)

    def all_out(self, day: date) -> bool:
        """Whether the next session, on that day, is the last of a block, or the first after a block whose last did not come."""
        at = self.position(day)
        passed_by = at.ended is not None and at.ended.week % 4 == 0 and at.week == at.ended.week + 1
        if at.deload is not None or (passed_by and at.done):
            return False
        return passed_by or (at.week % 4 == 0 and at.done + at.skipped == at.a_week - 1)

    def is_over(self, day: date) -> bool:
        return len(self.done.get(day, ())) == len(LIFTS)

    # What is to be said -----------------------------------------------------------------------------------------

    def to_say(self) -> Iterator[tuple[Key, One]]:
        if self.asked >= 3:
            return
        if self.chosen.on:
            for ahead in range(16):
                day = self.today + ahead * DAY
                if self.is_planned(day):
                    yield ("session", day), self._session(day)
                    yield ("missed", day), self._missed(day)
            if self.owed is not None:
                yield ("missed", self.owed), self._missed(self.owed)
            yield from self._eve()
            yield from self._open()
        if self.chosen.digest is not None:
            for ahead in range(-2, 9):
                day = self.today + ahead * DAY
                if day.weekday() == self.chosen.digest:
                    due = self._at(before_quiet(datetime.combine(day, time(18)), self.chosen.quiet))
                    yield ("digest", day), One(due, due + DAY)
        if self.chosen.rest and self.last is not None and not self.is_over(self.last[1]):
            due = self.last[0] + timedelta(seconds=RESTS[self.last[2]])
            yield ("rest", self.last[0]), One(due, due + MINUTE)

    def _at(self, wall: datetime) -> datetime:
        return instant(wall, self.zone)

    def _session(self, day: date) -> One:
        if self.at is None:
            wall = after_quiet(datetime.combine(day, time(8)), self.chosen.quiet)
            return One(self._at(wall), midnight(day + DAY, self.zone))
        planned = datetime.combine(day, self.at)
        due = self._at(planned) - self.chosen.lead_min * MINUTE
        wall = wall_of(due, self.zone)
        if is_quiet(wall, self.chosen.quiet):
            due = self._at(before_quiet(wall, self.chosen.quiet))
        return One(due, self._at(planned) + 2 * HOUR)

    def _missed(self, day: date) -> One:
        wall = after_quiet(datetime.combine(day + DAY, time(9)), self.chosen.quiet)
        return One(self._at(wall), midnight(day + 2 * DAY, self.zone))

    def _eve(self) -> Iterator[tuple[Key, One]]:
        day = self.next_planned(self.today)
        if day is not None and self.all_out(day) and not self._is_told_before(day):
            wall = before_quiet(datetime.combine(day - DAY, time(19)), self.chosen.quiet)
            session = datetime.combine(day, time(8) if self.at is None else self.at)
            yield ("eve", day), One(self._at(wall), self._at(session))

    def _is_told_before(self, day: date) -> bool:
        """Whether the session itself is told on an evening before its day."""
        return wall_of(self._session(day).due, self.zone).date() < day

    def _open(self) -> Iterator[tuple[Key, One]]:
        if self.last is None or self.is_over(self.last[1]):
            return
        due = self.last[0] + CARRIED
        wall = wall_of(due, self.zone)
        if is_quiet(wall, self.chosen.quiet):
            due = self._at(after_quiet(wall.replace(second=0, microsecond=0), self.chosen.quiet))
        yield ("open", self.last[1]), One(due, due + DAY)

    def week_was_empty(self, day: object) -> bool:
        """Whether nothing was done in the seven days before a review, nor told after the one a week ago of its day."""
        assert isinstance(day, date)
        last = day - 7 * DAY
        if any(last < one <= day for one in self.done):
            return False
        return not any(one == last and read > self.reviewed.get(last, read) for one, read in self.reads)


# What is said ----------------------------------------------------------------------------------------------------


def said_in(life: Life) -> list[Said]:
    """All that is said by itself in a life, in order."""
    known = Facts(life.zone, life.days, life.at)
    acts = sorted(life.acts, key=lambda one: (life.read_at(one), one.sent))
    said: list[Said] = []
    over: set[Key] = set()
    waiting: dict[Key, One] = {}
    now = life.since
    known.new_day(now)
    while now < life.until:
        first = min(
            waiting, key=lambda one: (_comes(life, known, one, waiting[one]), waiting[one].due), default=None
        )
        moments = [life.until, midnight(known.today + DAY, known.zone)]
        moments += [life.read_at(acts[0])] if acts else []
        now = (
            min(moments)
            if first is None
            else min(*moments, max(now, _comes(life, known, first, waiting[first])))
        )
        if first is not None and now == max(now, _comes(life, known, first, waiting[first])):
            one = waiting.pop(first)
            is_good = now < one.until
            if is_good:  # what came too late to be said may be due anew where it is earlier
                over.add(first)
            if is_good and not _is_empty(known, first):
                said.append(_said(now, first, one))
                known.asked += first[0] == "missed"
            if first[0] == "digest" and now < one.until:
                assert isinstance(first[1], date)
                known.reviewed[first[1]] = now
        elif acts and now == life.read_at(acts[0]):
            known.take(acts.pop(0), now)
        known.new_day(now)
        waiting = _still(known, now, waiting, over)
    return said


def _comes(life: Life, known: Facts, key: Key, one: One) -> datetime:
    """When something is said, if anything is: late ones not in quiet hours."""
    at = life.served(one.due)
    wall = wall_of(at, known.zone)
    if key[0] == "rest" or at - one.due < 5 * MINUTE or not is_quiet(wall, known.chosen.quiet):
        return at
    day = wall.replace(second=0, microsecond=0)
    return life.served(instant(after_quiet(day, known.chosen.quiet), known.zone))


def _is_empty(known: Facts, key: Key) -> bool:
    return key[0] == "digest" and known.week_was_empty(key[1])


def _said(now: datetime, key: Key, one: One) -> Said:
    kind, of = key
    day = of if isinstance(of, date) and not isinstance(of, datetime) else None
    return Said(now, kind, day, now - one.due >= 5 * MINUTE)


def _still(known: Facts, now: datetime, waiting: dict[Key, One], over: set[Key]) -> dict[Key, One]:
    """What waits after something happened: what lies ahead, and what was due before and could not be said yet."""
    found: dict[Key, One] = {}
    for key, one in known.to_say():
        if key in over:
            continue
        if one.due > now:
            found[key] = one
        elif key in waiting and waiting[key].due <= now:
            found[key] = waiting[key]
    return found


def kinds(said: Sequence[Said]) -> dict[str, int]:
    """How many of each kind."""
    return {kind: sum(one.kind == kind for one in said) for kind in sorted({one.kind for one in said})}
