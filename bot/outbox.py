"""Replies on their way out: each is a row until its platform has it, in order in each chat, at the pace that it bears.

What is sent and then not marked, because the process ended in between, goes out once more: one possible repeat of a
reply is better than silence.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Protocol

from bot.dispatch import Outbound
from bot.replies import waits_in_private
from core.errors import StoreLocked, StoreUnreachable
from core.ids import Ids
from core.model import Inbound
from core.store import Store, chats, messages, people
from core.store.messages import StoredFile, StoredReply, Waiting

_log = logging.getLogger(__name__)

LOADED, MOST_HELD = 500, 5000
"""Replies that are read in one go, and that are in our hands at once."""


class TryLater(Exception):  # noqa: N818 - named for what to do
    """The platform did not take it; after so many seconds it may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds:g} s")
        self.seconds = seconds


class Undeliverable(Exception):  # noqa: N818 - named for what it is
    """The platform will never take it: the chat is gone, or the text is none that it takes."""


class Blocked(Undeliverable):
    """The chat takes nothing from us until somebody there writes again: we were blocked, or never let in."""


class Moved(Exception):  # noqa: N818 - named for what happened
    """The chat goes on under another name."""

    def __init__(self, chat: str) -> None:
        super().__init__(f"now {chat}")
        self.chat = chat


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply with where it goes, the message it answers there and the message of ours it changes, all as the platform
    calls them. `person`: `to` is an account, and what is said is for its owner alone, while `answers` stands in a `room`
    that others read."""

    reply: StoredReply
    to: str
    person: bool = False
    room: str | None = None
    thread: str | None = None
    answers: str | None = None
    edits: str | None = None
    files: tuple[StoredFile, ...] = ()

    @property
    def buttons(self) -> list[list[dict[str, str]]]:
        """Rows of buttons, each a label and what pressing it brings back."""
        return list(self.reply.extra.get("buttons", ()))


class Sender(Protocol):
    """A platform, as the outbox sees it."""

    @property
    def platform(self) -> str:
        """What the platform is called in the store."""

    async def send(self, letter: Letter) -> str:
        """Hands a reply over; what the platform calls it. Raises TryLater and Undeliverable."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The least seconds between two messages in a private chat, in a room, and to anybody; the most in a room a minute.

    Where rooms need no seconds, they are not counted by the minute either.
    """

    private: float = 1.0
    room: float = 1.0
    overall: float = 1 / 30
    room_minute: int | None = 20


MINUTE = 60.0


@dataclass(slots=True)
class Turnstile:
    """Lets one through at a time, so many seconds apart, and not more than so many in any minute."""

    gap: float
    most: int | None = None
    _passed: deque[float] = field(default_factory=deque)

    async def passed(self) -> None:
        now = asyncio.get_running_loop().time()
        at = max(now, self._next())
        self._passed.append(at)
        while len(self._passed) > (self.most or 1):
            self._passed.popleft()
        if at > now:
            await asyncio.sleep(at - now)

    def _next(self) -> float:
        """When the next may pass."""
        if not self._passed:
            return 0.0
        full = self.most is not None and len(self._passed) == self.most
        return max(self._passed[-1] + self.gap, self._passed[0] + MINUTE if full else 0.0)

    def is_done(self, now: float) -> bool:
        """Whether nothing of what passed could make the next one wait."""
        return not self._passed or now >= self._passed[-1] + max(
            self.gap, 0.0 if self.most is None else MINUTE
        )


LONGEST_PAUSE = 60.0
"""Seconds until a chat is tried again whose replies could not even be asked for."""

PATIENCE = 0.03
"""Seconds that one reply may be on its way before the next is sent beside it (own choice)."""
TRIES = 3
"""How often what breaks us is sent."""
MARK_PAUSE = 0.5
"""Seconds until what was sent is marked, where the database was away."""
GRACE_S = 5.0
"""Seconds that a reply on its way has to arrive when we are asked to stop."""


@dataclass(slots=True)
class Outbox:
    """Sends what is unsent on one platform. `post` it what was just answered, `wake` it when there may be other replies
    to send; `run` until cancelled."""

    store: Store
    sender: Sender
    clock: Callable[[], datetime]
    pace: Pace = field(default_factory=Pace)
    grace: float = GRACE_S
    _closed: asyncio.Event = field(default_factory=asyncio.Event)
    _behind: bool = True
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _queues: dict[str, deque[Letter]] = field(default_factory=dict)
    _held: set[str] = field(default_factory=set)
    _busy: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _gates: dict[str, Turnstile] = field(default_factory=dict)
    _overall: Turnstile = field(init=False)
    _ids: Ids = field(default_factory=Ids)
    _air: asyncio.Semaphore = field(default_factory=partial(asyncio.Semaphore, 1))

    def __post_init__(self) -> None:
        self._overall = Turnstile(self.pace.overall)

    @property
    def _closing(self) -> bool:
        return self._closed.is_set()

    def post(self, inbound: Inbound, replies: Sequence[Outbound]) -> None:
        """Sends the replies to a message; they are stored already."""
        if self._behind or not inbound.author:
            self.wake()  # what waits in the store goes first, and these with it
            return
        for reply in replies:
            if reply.stored is not None:
                self._put(_answer(inbound, reply.stored))

    def wake(self) -> None:
        """There may be something in the store to send."""
        self._behind = True
        self._woken.set()

    async def run(self) -> None:
        """Sends for ever, chats side by side, each in the order of its replies."""
        try:
            while True:
                self._woken.clear()
                await self._look()
                self._forget_gates()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), LONGEST_PAUSE)
        finally:
            await self._finish()

    async def _finish(self) -> None:
        """What is on its way is let through and marked, so that it is not sent again after a restart."""
        self._closed.set()
        tasks = list(self._busy.values())
        if tasks:
            await asyncio.wait(tasks, timeout=self.grace)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _look(self) -> None:
        """Takes up what waits in the store, but for what is in our hands; all of it, or as much as we hold."""
        after = ""
        while len(self._held) < MOST_HELD:
            self._behind = False
            held = set(self._held)  # what is sent and marked while we read may still look unsent
            async with self.store.read() as conn:
                found = await messages.unsent(conn, self.sender.platform, LOADED, after)
            for one in found:
                if one.reply.id not in held:
                    self._put(_letter(one))
            if len(found) < LOADED:
                return
            after = found[-1].reply.id
        self._behind = True

    def _put(self, letter: Letter) -> None:
        if letter.reply.id in self._held:
            return
        self._held.add(letter.reply.id)
        self._queues.setdefault(letter.to, deque()).append(letter)
        if letter.to not in self._busy:
            task = asyncio.create_task(self._deliver(letter.to), name=f"outbox {letter.to}")
            self._busy[letter.to] = task
            task.add_done_callback(partial(self._done, letter.to))

    def _forget_gates(self) -> None:
        now = asyncio.get_running_loop().time()
        done = [to for to, gate in self._gates.items() if gate.is_done(now) and to not in self._busy]
        for to in done:
            del self._gates[to]

    def _done(self, to: str, task: asyncio.Task[None]) -> None:
        del self._busy[to]
        self._held.difference_update(letter.reply.id for letter in self._queues.pop(to, ()))
        if self._closing:
            return
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("A chat's replies wait: %s", type(error).__name__, exc_info=error)
            asyncio.get_running_loop().call_later(LONGEST_PAUSE, self.wake)
        elif self._behind:
            self._woken.set()

    async def _deliver(self, to: str) -> None:
        queue = self._queues[to]
        while queue and not self._closing:
            letter = await self._whole(queue[0])
            await self._gate(letter).passed()
            await self._overall.passed()
            try:
                await self._until_taken(letter)
            except Blocked as blocked:
                await self._wait_for(letter, blocked)
                return
            except Moved as moved:
                if moved.chat == to:
                    raise ValueError("a chat cannot move to itself") from None
                async with self.store.write() as conn:
                    await chats.move(conn, self.sender.platform, to, moved.chat)
                self.wake()
                return
            self._held.discard(queue.popleft().reply.id)

    async def _whole(self, letter: Letter) -> Letter:
        """With what is looked up only now: the message that it changes may have been sent a moment ago."""
        reply = letter.reply
        if reply.replaces is None and not reply.extra.get("files"):
            return letter
        async with self.store.read() as conn:
            edits = None if reply.replaces is None else await messages.platform_id(conn, reply.replaces)
            files = tuple(await messages.files_of(conn, reply.id)) if reply.extra.get("files") else ()
        return replace(letter, edits=edits, files=files)

    async def _wait_for(self, letter: Letter, why: Blocked) -> None:
        """What is for a chat that takes nothing waits until somebody writes there. Whoever never wrote to us in private
        is told so, once, in the room where the answer was due."""
        _log.info("A chat on %s takes nothing from us (%s): its replies wait.", self.sender.platform, why)
        now, reply = self.clock(), letter.reply
        async with self.store.write() as conn:
            newly = await chats.block(conn, self.sender.platform, letter.to, now)
            if not newly or not letter.person or reply.athlete_id is None:
                return
            athlete = await people.get(conn, reply.athlete_id)
            told = "" if athlete is None else waits_in_private(athlete.name)
            nudge = replace(
                reply, id=self._ids.new(now), audience="chat", body=told, created_at=now, extra={}
            )
            await messages.add_reply(conn, nudge)
        self.wake()

    def _gate(self, letter: Letter) -> Turnstile:
        alone = letter.room is None or letter.person
        pace = self.pace
        gate = (
            Turnstile(pace.private)
            if alone
            else Turnstile(pace.room, pace.room_minute if pace.room > 0 else None)
        )
        return self._gates.setdefault(letter.to, gate)

    async def _until_taken(self, letter: Letter) -> None:
        """Sends a letter and marks it; tried again for as long as the platform asks for that."""
        while True:
            try:
                async with self._in_the_air():
                    await self._mark(letter, await self._taken(letter))
                return
            except TryLater as later:
                if self._closing:
                    raise
                await self._pause(later.seconds)

    async def _pause(self, seconds: float) -> None:
        """Waits, but not longer than until we are asked to stop."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closed.wait(), seconds)

    @asynccontextmanager
    async def _in_the_air(self) -> AsyncIterator[None]:
        """The one place between sending and marking: whatever ends the process repeats no more than what stands there.

        Where a platform takes its time, the next is let in meanwhile.
        """
        await self._air.acquire()
        free = _Once(self._air.release)
        waits = asyncio.get_running_loop().call_later(PATIENCE, free)
        try:
            yield
        finally:
            waits.cancel()
            free()

    async def _taken(self, letter: Letter) -> str | None:
        """What the platform calls it; None where it will never take it, or we cannot send it."""
        for attempt in range(1, TRIES + 1):
            try:
                return await self.sender.send(letter)
            except (TryLater, Blocked, Moved):
                raise
            except Undeliverable as gone:
                _log.warning("A reply on %s cannot be delivered: %s", self.sender.platform, gone)
                return None
            except Exception as error:  # ours to mend; what stands behind it must not wait for that
                name = type(error).__name__
                _log.error("A reply on %s cannot be sent (%s), try %d.", self.sender.platform, name, attempt)
                _log.debug("The story behind it", exc_info=error)
        return None

    async def _mark(self, letter: Letter, key: str | None) -> None:
        """Where the database is away, it is marked when that is back: what was sent is not sent again for it."""
        while True:
            try:
                async with self.store.write() as conn:
                    await messages.mark_sent(conn, letter.reply.id, self.clock(), key)
                    if letter.files:
                        await messages.drop_files(conn, letter.reply.id)
                return
            except (StoreLocked, StoreUnreachable):
                if self._closing:
                    raise
                await self._pause(MARK_PAUSE)


@dataclass(slots=True)
class _Once:
    """Does what it was given when it is called first, and nothing after that."""

    does: Callable[[], None]
    _done: bool = False

    def __call__(self) -> None:
        if not self._done:
            self._done = True
            self.does()


def _letter(one: Waiting) -> Letter:
    room = one.room or one.reply.extra.get("room")
    answers = one.reply.extra.get("about") or one.answers
    return Letter(one.reply, one.to, one.person, room, one.thread, answers)


def _answer(inbound: Inbound, reply: StoredReply) -> Letter:
    person = reply.audience == "private" and inbound.room is not None
    to = inbound.author if person else inbound.chat
    answers = reply.extra.get("about") or inbound.message_id
    return Letter(reply, to, person, inbound.room, inbound.thread, answers)
