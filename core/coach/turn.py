"""One message and all that is known when it comes in: the thin layer between the rules and the store."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.coach.calling import Called
from core.exercises import Catalogue, catalogue
from core.ids import Ids
from core.model import Athlete, Exercise, LoggedSet, Role
from core.store import Connection, lifts, people, questions, sets
from core.store.messages import Message
from core.store.questions import Question

if TYPE_CHECKING:
    from core.coach.courses import Programme

CARRY = timedelta(hours=4)
"""How long a lift is carried over to a line without a name, and how long a session goes on past midnight."""


@dataclass(slots=True)
class Turn:
    """A message being handled. What is read from the store is read once and kept here.

    `about`: the platform's id of the message that the answer is about, where it is not this one. `called`: what was said of
    a test of effort in it, where one was done. `behind`: today, where the days before it wait to be learned from;
    `changes`: sets of the log were changed by this message.
    `programme`: all that is kept of the athlete's plan, once it was looked up. `rearms`: it changes when reminders are due;
    `due`: the instants at which something is due that was not before.
    """

    conn: Connection
    athlete: Athlete
    author_id: str
    message: Message
    now: datetime
    ids: Ids
    private: bool = True
    to_bot: bool = False
    about: str | None = None
    called: Called | None = None
    behind: date | None = None
    changes: bool = False
    programme: tuple[Programme | None, ...] = ()
    rearms: bool = False
    due: list[datetime] = field(default_factory=list)
    _names: Catalogue | None = None
    _preferences: dict[str, str] | None = None
    _last: list[LoggedSet | None] = field(default_factory=list)
    _open: list[Question] | None = None
    _is_late: bool = False

    @property
    def answers(self) -> str | None:
        """The id of the message that is handled; None where the coach speaks by itself."""
        return self.message.id if self.message.key else None

    def id(self) -> str:
        """A new id."""
        return self.ids.new(self.now)

    @property
    def zone(self) -> ZoneInfo:
        """The athlete's time zone."""
        return ZoneInfo(self.athlete.zone)

    async def names(self) -> Catalogue:
        """The catalogue with the athlete's own lifts."""
        if self._names is None:
            own = await lifts.own_exercises(self.conn, self.athlete.id)
            self._names = catalogue().extended(own) if own else catalogue()
        return self._names

    def know(self, names: Catalogue) -> None:
        """From here on these are the names."""
        self._names = names

    async def exercise(self, exercise_id: str) -> Exercise:
        """A lift that is in the log. One that the catalogue has lost keeps its id as its name."""
        return exercise_of(await self.names(), exercise_id)

    async def preferences(self) -> dict[str, str]:
        """What the athlete chose or settled before."""
        if self._preferences is None:
            self._preferences = await people.preferences(self.conn, self.athlete.id)
        return self._preferences

    async def open_questions(self) -> list[Question]:
        """The questions that were open in this chat before this message, newest first."""
        if self._open is None:
            self._open = await questions.all_open(self.conn, self.athlete.id, self.message.chat)
        return self._open

    async def remember(self, key: str, value: str | None) -> None:
        """Sets a preference; None forgets it."""
        await people.remember(self.conn, self.athlete.id, key, value)
        self._preferences = None

    def spoken_for(self, message: Message) -> Turn:
        """The same turn, for an earlier message: its time, its place in the log."""
        return replace(self, message=message, _last=[], _is_late=True)

    async def last(self) -> LoggedSet | None:
        """The newest set before this message."""
        if not self._last:
            before = (self.message.sent_at, self.message.id, -1, "")
            self._last.append(await sets.last(self.conn, self.athlete.id, before))
        return self._last[0]

    async def carried(self) -> LoggedSet | None:
        """The set whose lift a line without a name belongs to: the last within four hours."""
        last = await self.last()
        if last is None or self.message.sent_at - last.performed_at > CARRY:
            return None
        return last

    def local_day(self, at: datetime) -> date:
        """The calendar day of an instant where the athlete is."""
        return at.astimezone(self.zone).date()

    @property
    def is_of_earlier(self) -> bool:
        """Whether a message that was there before is told anew: edited, deleted, or answered for."""
        return self._is_late or self.message.edited_at is not None or self.message.deleted_at is not None

    async def training_day(self) -> date:
        """The day this message belongs to: past midnight, a session goes on as the day it began."""
        return self._day_of(self.message.sent_at, await self.carried())

    async def today(self) -> date:
        """The training day of the moment. An edit, a deletion or an answer can change what belongs to an earlier one."""
        if not self.is_of_earlier:
            return await self.training_day()
        last = await sets.last(self.conn, self.athlete.id)
        return self._day_of(self.now, None if last is None or self.now - last.performed_at > CARRY else last)

    def _day_of(self, at: datetime, last: LoggedSet | None) -> date:
        today = self.local_day(at)
        if last is not None and last.day == today - timedelta(days=1):
            began = self.local_day(last.performed_at)
            if began == last.day or last.day < began:
                return last.day
        return today


def exercise_of(names: Catalogue, exercise_id: str) -> Exercise:
    """A lift that is in the log. One that the catalogue has lost keeps its id as its name."""
    return names.get(exercise_id) or _lost(exercise_id)


def _lost(exercise_id: str) -> Exercise:
    name = exercise_id.replace("-", " ").capitalize()
    return Exercise(exercise_id, name, Role.ACCESSORY, True, "other", "other", 2.5, 5.0, ())
