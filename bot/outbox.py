"""Replies on their way out: each is a row until its platform has it, in order in each chat, at the pace that it bears.

What is sent and then not marked, because the process ended in between, goes out once more: one possible repeat of a
reply is better than silence.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Protocol

from core.store import Connection, Store, messages, people
from core.store.messages import StoredReply

_log = logging.getLogger(__name__)

LOADED = 500
"""Replies that are looked at in one go."""


class TryLater(Exception):  # noqa: N818 - named for what to do
    """The platform did not take it; after so many seconds it may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds:g} s")
        self.seconds = seconds


class Undeliverable(Exception):  # noqa: N818 - named for what it is
    """The platform will never take it: the chat is gone, or its owner wants nothing from us."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply with the chat it goes to, the message it answers there and the message of ours it changes, all as the
    platform calls them. `room`: others read it."""

    reply: StoredReply
    chat: str
    room: bool = False
    answers: str | None = None
    edits: str | None = None


class Sender(Protocol):
    """A platform, as the outbox sees it."""

    @property
    def platform(self) -> str:
        """What the platform is called in the store."""

    async def send(self, letter: Letter) -> str:
        """Hands a reply over; what the platform calls it. Raises TryLater and Undeliverable."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The least seconds between two messages in a private chat, in a room, and to anybody."""

    private: float = 1.0
    room: float = 3.0
    overall: float = 1 / 30


@dataclass(slots=True)
class _Turnstile:
    """Lets one through at a time, so many seconds apart."""

    gap: float
    _next: float = 0.0

    async def passed(self) -> None:
        loop = asyncio.get_running_loop()
        wait = self._next - loop.time()
        self._next = max(self._next, loop.time()) + self.gap
        if wait > 0:
            await asyncio.sleep(wait)


LONGEST_PAUSE = 60.0
"""Seconds until a chat is tried again whose replies could not even be asked for."""

GRACE_S = 5.0
"""Seconds that a reply on its way has to arrive when we are asked to stop."""


@dataclass(slots=True)
class Outbox:
    """Sends what is unsent on one platform. `wake` it when there may be more; `run` until cancelled."""

    store: Store
    sender: Sender
    clock: Callable[[], datetime]
    pace: Pace = field(default_factory=Pace)
    grace: float = GRACE_S
    _closing: bool = False
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _busy: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _gates: dict[str, _Turnstile] = field(default_factory=dict)

    def wake(self) -> None:
        """There may be something to send."""
        self._woken.set()

    async def run(self) -> None:
        """Sends for ever, chats side by side, each in the order of its replies."""
        overall = _Turnstile(self.pace.overall)
        try:
            while True:
                self._woken.clear()
                await self._start(overall)
                await self._woken.wait()
        finally:
            await self._finish()

    async def _finish(self) -> None:
        """What is on its way is let through and marked, so that it is not sent again after a restart."""
        self._closing = True
        tasks = list(self._busy.values())
        if tasks:
            await asyncio.wait(tasks, timeout=self.grace)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _start(self, overall: _Turnstile) -> None:
        # A chat that is being written to while we read may have taken what we read as unsent: its turn comes when it
        # is done, and wakes us.
        writing = set(self._busy)
        waiting: dict[str, list[Letter]] = {}
        for letter in await self._letters():
            waiting.setdefault(letter.chat, []).append(letter)
        for chat, letters in waiting.items():
            if chat not in writing:
                task = asyncio.create_task(self._deliver(letters, overall), name=f"outbox {chat}")
                self._busy[chat] = task
                task.add_done_callback(partial(self._done, chat))

    def _done(self, chat: str, task: asyncio.Task[None]) -> None:
        self._busy.pop(chat, None)
        if self._closing:
            return
        if not task.cancelled() and task.exception() is not None:
            _log.error(
                "A chat's replies wait: %s", type(task.exception()).__name__, exc_info=task.exception()
            )
            asyncio.get_running_loop().call_later(LONGEST_PAUSE, self.wake)
        else:
            self.wake()

    async def _letters(self) -> list[Letter]:
        async with self.store.read() as conn:
            found = await messages.unsent(conn, self.sender.platform, LOADED)
            letters = [await self._letter(conn, reply) for reply in found]
        return [letter for letter in letters if letter is not None]

    async def _letter(self, conn: Connection, reply: StoredReply) -> Letter | None:
        if reply.audience == "private" and reply.athlete_id is not None:
            account = await people.account(conn, reply.athlete_id, self.sender.platform)
            return None if account is None else Letter(reply, account)
        message = None if reply.message_id is None else await messages.get(conn, reply.message_id)
        if message is None or message.room is None:
            return Letter(reply, reply.chat)
        return Letter(reply, reply.chat, room=True, answers=message.key)

    async def _deliver(self, letters: list[Letter], overall: _Turnstile) -> None:
        for letter in letters:
            if self._closing:
                return
            if letter.reply.replaces is not None:  # looked up now: it may have been sent a moment ago
                async with self.store.read() as conn:
                    edits = await messages.platform_id(conn, letter.reply.replaces)
                letter = replace(letter, edits=edits)
            await self._gate(letter).passed()
            await overall.passed()
            key = await self._until_taken(letter)
            async with self.store.write() as conn:
                await messages.mark_sent(conn, letter.reply.id, self.clock(), key)

    def _gate(self, letter: Letter) -> _Turnstile:
        gap = self.pace.room if letter.room else self.pace.private
        return self._gates.setdefault(letter.chat, _Turnstile(gap))

    async def _until_taken(self, letter: Letter) -> str | None:
        """What the platform calls it; None where it will never take it."""
        while True:
            try:
                return await self.sender.send(letter)
            except TryLater as later:
                if self._closing:
                    raise
                await asyncio.sleep(later.seconds)
            except Undeliverable as gone:
                _log.warning("A reply on %s cannot be delivered: %s", self.sender.platform, gone)
                return None
