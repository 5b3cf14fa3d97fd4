"""Plays a life through the program: dispatch, alarm, outbox and store are the real ones; the clock and the platform are not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

from bot.alarm import Alarm
from bot.dispatch import Dispatch
from bot.outbox import Letter, Outbox
from bot.pacing import Pace
from core.model import Inbound
from core.store import Store, messages, open_store
from core.store.messages import StoredReply
from core.store.reminders import Due
from tests.reminders.model import Act, Life, Said

PLATFORM = "test"
BACK = timedelta(seconds=40)
"""So soon after a crash somebody serves again."""


class Crashed(BaseException):
    """The process ends here."""


@dataclass
class Post:
    """A platform that keeps what it is sent; `hangs`: the process ends before or after the next reminder is taken."""

    clock: list[datetime]
    sent: list[tuple[datetime, StoredReply]] = field(default_factory=list)
    hangs: str | None = None
    hung: asyncio.Event = field(default_factory=asyncio.Event)
    platform: str = PLATFORM

    async def send(self, letter: Letter) -> str:
        if letter.unasked and self.hangs is not None:
            if self.hangs == "before marking":
                self.sent.append((self.clock[0], letter.reply))
            self.hangs = None
            self.hung.set()
            await asyncio.Event().wait()
        if letter.unasked:
            self.sent.append((self.clock[0], letter.reply))
        return str(len(self.sent))


class Remembers(Dispatch):
    """Keeps of each reply what was due."""

    due: dict[str, Due]

    async def remind(self, due: Due, *, now: datetime) -> StoredReply | None:
        reply = await super().remind(due, now=now)
        if reply is not None:
            self.due[reply.id] = due
        return reply


@dataclass
class Played:
    """What was sent: each reminder with the id of its reply, and which of them the crashes may have repeated."""

    said: list[tuple[str, Said]] = field(default_factory=list)
    may_repeat: set[str] = field(default_factory=set)
    replies: list[str] = field(default_factory=list)


@dataclass
class Player:
    """One life on one database. `crashes`: at which reminder, counted from 0, the process ends, and where."""

    life: Life
    url: str
    crashes: dict[int, str] = field(default_factory=dict)
    played: Played = field(default_factory=Played)
    reminders: int = 0
    due: dict[str, Due] = field(default_factory=dict)

    async def play(self) -> Played:
        """What the program sent."""
        self.clock = [self.life.since]
        acts = sorted(self.life.acts, key=lambda one: (self.life.read_at(one), one.sent))
        downs = list(self.life.downs)
        self.post = Post(self.clock)
        while self.clock[0] < self.life.until:
            until = downs[0].since if downs else self.life.until
            async with self._serving() as served:
                await self._until(served, until, acts)
            if self.clock[0] >= until and downs:
                self.clock[0] = downs.pop(0).until
        self._read_post()
        return self.played

    @asynccontextmanager
    async def _serving(self) -> AsyncIterator[tuple[Store, Remembers, Alarm, Outbox]]:
        store = await open_store(self.url, now=self.clock[0])
        dispatch = Remembers(store, zone=self.life.zone)
        dispatch.due = self.due
        outbox = Outbox(store, self.post, lambda: self.clock[0], Pace(0, 0, 0), grace=0)
        task = asyncio.create_task(outbox.run())
        try:
            yield store, dispatch, Alarm(store, PLATFORM, dispatch, outbox, lambda: self.clock[0]), outbox
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await store.close()

    async def _until(
        self, serving: tuple[Store, Remembers, Alarm, Outbox], until: datetime, acts: list[Act]
    ) -> None:
        """Serves until then, or until the process ends."""
        store, dispatch, alarm, outbox = serving
        await self._idle(store, outbox)
        while True:
            due = await _next_due(store)
            moments = [until, *([self.life.read_at(acts[0])] if acts else [])]
            served = None if due is None else self.life.served(due)
            at = min(moments) if served is None else min(*moments, max(served, self.clock[0]))
            self.clock[0] = max(self.clock[0], at)
            if served is not None and served <= at < until:
                if not await self._look(store, alarm, outbox):
                    return
            elif acts and self.life.read_at(acts[0]) <= at < until:
                await self._type(dispatch, outbox, acts.pop(0))
                await self._idle(store, outbox)
            else:
                return

    async def _look(self, store: Store, alarm: Alarm, outbox: Outbox) -> bool:
        """Looks at what is due; False where the process ended over it."""
        crash = self.crashes.pop(self.reminders, None)
        if crash is not None and (await _is_rest(store, self.clock[0]) or self._ends_soon()):
            self.crashes[self.reminders + 1] = crash  # a rest's end is no good a minute later
            crash = None
        self.reminders += 1
        if crash in ("before sending", "before marking"):
            self.post.hangs = crash
            self.post.hung.clear()
        try:
            with _breaks(crash == "before storing"):
                again = await alarm.look()
        except Crashed:
            self.clock[0] += BACK
            return False
        assert again > self.clock[0]
        await self._idle(store, outbox)
        if self.post.hung.is_set():
            self.post.hung.clear()
            if crash == "before marking":
                self.played.may_repeat.add(self.post.sent[-1][1].id)
            self.clock[0] += BACK
            return False
        self.post.hangs = None  # nothing was said
        return True

    def _ends_soon(self) -> bool:
        """Whether nobody would serve when the process is back from a crash."""
        return any(timedelta() <= one.since - self.clock[0] <= 2 * BACK for one in self.life.downs)

    async def _type(self, dispatch: Remembers, outbox: Outbox, act: Act) -> None:
        number = str(len(self.played.replies) + 1)
        inbound = Inbound(PLATFORM, "7", number, "7", "Ann", act.text, act.sent, None)
        replies = await dispatch.handle(inbound, now=self.clock[0])
        self.played.replies.append(f"{self.clock[0]} {act.text}\n" + "\n".join(one.body for one in replies))
        outbox.post(inbound, replies)
        await dispatch.settle()

    async def _idle(self, store: Store, outbox: Outbox) -> None:
        """Waits until everything is sent, or the process has ended."""
        async with asyncio.timeout(20):
            while not self.post.hung.is_set():
                await asyncio.sleep(0)
                async with store.read() as conn:
                    waits = await messages.unsent(conn, PLATFORM, 1, "")
                if not waits and outbox.room() > 0:
                    return

    def _read_post(self) -> None:
        for at, reply in self.post.sent:
            due = self.due[reply.id]
            day = due.about.get("day")
            kind = str(reply.extra["unasked"])
            late = "late" in reply.body.split("\n")[0]
            said = Said(at, kind, None if day is None else date.fromisoformat(day), late)
            self.played.said.append((reply.id, said))


@contextmanager
def _breaks(wanted: bool) -> Iterator[None]:
    """The process ends after a reminder was claimed and before it is kept."""

    async def ends(*_: object) -> None:
        raise Crashed

    if not wanted:
        yield
        return
    with patch("bot.dispatch.messages.add_reply", ends):
        yield


async def _next_due(store: Store) -> datetime | None:
    async with store.read() as conn:
        rows = await conn.execute("SELECT MIN(due_at) FROM reminders")
    return None if rows[0][0] is None else datetime.fromisoformat(rows[0][0]).astimezone(UTC)


async def _is_rest(store: Store, now: datetime) -> bool:
    async with store.read() as conn:
        rows = await conn.execute(
            "SELECT kind FROM reminders WHERE due_at <= :now", {"now": f"{now:%Y-%m-%dT%H:%M:%S.%fZ}"}
        )
    return "rest" in {row[0] for row in rows}
