"""What was said while nobody listened: read from history and handled once, before anything newer of the same chat.

Discord tells nothing again after a new session. So when one begins, nothing is handled until it is known what the
newest message of each chat was; then each chat is read from there on, those first in which somebody writes. So is a
chat in which more was said at once than we remember.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import discord

from bot.discord.history import History, Read, set_aside
from bot.discord.inbound import PLATFORM, Place
from bot.discord.lanes import Job, Lanes
from bot.taking_in import once_there
from core.errors import StoreError
from core.store import Connection, Store, messages

_log = logging.getLogger(__name__)

AT_ONCE = 4
"""Chats that are read side by side while nobody writes in them (own choice)."""
LOOKED_BACK = timedelta(days=30)
"""Private chats that were silent for longer are not read (own choice): each costs a request."""
LONGEST_PAUSE = 60.0

Seen = Callable[[discord.Message, Place, bool], Awaitable[None]]
"""What is done with a message: the last says whether it is one that we may have had."""
Gone = Callable[[Place, int], Awaitable[None]]
"""What is done about a message that is there no more."""


@dataclass(frozen=True, slots=True)
class _Behind:
    place: Place
    newest: int


class CatchUp:
    """Knows the chats that are behind, and reads them."""

    def __init__(
        self,
        store: Store,
        lanes: Lanes,
        history: History,
        seen: Seen,
        gone: Gone,
        clock: Callable[[], datetime],
        pause: float,
    ) -> None:
        self._store = store
        self._lanes = lanes
        self._history = history
        self._seen = seen
        self._gone = gone
        self._clock = clock
        self._pause = pause
        self._asked: asyncio.Queue[Sequence[Place] | None] = asyncio.Queue()
        self._behind: dict[str, _Behind] = {}
        self._closed: dict[str, _Behind] = {}
        self._left: set[str] = set()
        self._some = asyncio.Event()

    def ask(self, places: Sequence[Place] | None) -> None:
        """These may be behind; None: all private chats. Nothing is handled until it is known how far each is."""
        self._lanes.hold()
        self._asked.put_nowait(places)

    def put(self, chat: str, job: Job) -> None:
        """Work in a chat, after what was missed there."""
        missed = self._taken(chat)
        if missed is not None:
            self._lanes.put(chat, missed)
        self._lanes.put(chat, job)

    def put_message(self, place: Place, number: int, job: Job, can_wait: Callable[[], bool]) -> None:
        """As `put`, a new message; one too many that `can_wait` in history is read from there, after those before it."""
        if place.chat in self._left:
            return
        if self._lanes.is_full(place.chat) and can_wait():
            self._left.add(place.chat)
            job = partial(self._read_left, _Behind(place, number - 1))
        self.put(place.chat, job)

    async def run(self) -> None:
        """Reads what is asked for, for ever."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._note())
            for _ in range(AT_ONCE):
                tasks.create_task(self._walk())

    async def _note(self) -> None:
        while True:
            places = await self._asked.get()
            for behind in await once_there(partial(self._standing, places)):
                self._behind[behind.place.chat] = behind
            for chat in [chat for chat in self._behind if self._lanes.is_busy(chat)]:
                missed = self._taken(chat)
                if missed is not None:
                    self._lanes.put_first(chat, missed)
            if self._asked.empty():
                self._lanes.release()
            self._some.set()

    async def _standing(self, places: Sequence[Place] | None) -> list[_Behind]:
        """The newest message that we had of each; a chat of which we never had any is none of ours yet."""
        found = []
        since = self._clock() - LOOKED_BACK
        async with self._store.read() as conn:
            if places is None:
                places = [Place(chat) for chat in await messages.private_chats(conn, PLATFORM, since)]
            for place in places:
                newest = await _newest(conn, place)
                if newest is not None:
                    found.append(_Behind(place, newest))
        return found

    async def _walk(self) -> None:
        while True:
            await self._some.wait()
            chat = next(iter(self._behind), None)
            missed = None if chat is None else self._taken(chat)
            if chat is None or missed is None:
                self._some.clear()
                continue
            done = asyncio.Event()
            self._lanes.put(chat, partial(_then, missed, done))
            await done.wait()

    def _taken(self, chat: str) -> Job | None:
        """What is to be read in a chat; in one that was closed to us, from where it was closed, whatever came since."""
        closed, behind = self._closed.pop(chat, None), self._behind.pop(chat, None)
        first = closed or behind
        return None if first is None else partial(self._read, first)

    async def _read_left(self, behind: _Behind) -> None:
        self._left.discard(behind.place.chat)  # from here on, what comes is put behind us
        await self._read(behind)

    async def _read(self, behind: _Behind) -> None:
        """Reads a chat to its end, however often that has to be tried: what is newer waits for it."""
        pause = self._pause
        while True:
            try:
                await self._read_once(behind)
                return
            except (discord.Forbidden, discord.NotFound):  # we are there no more; if we come back, from here
                self._closed.setdefault(behind.place.chat, behind)
                return
            except Exception as error:  # whatever it is, what stands there must not be passed over
                _log.warning("What was missed in a chat cannot be read (%s).", type(error).__name__)
                _log.debug("The story behind it", exc_info=error)
                await asyncio.sleep(pause)
                pause = min(LONGEST_PAUSE, 2 * pause)

    async def _read_once(self, behind: _Behind) -> None:
        """The last messages, oldest first, and all after the newest that we had: a single request for a quiet chat."""
        chat, newest = behind.place.chat, behind.newest
        recent, more = await self._history.recent(chat)
        await self._look_for_gaps(behind, [number for number, _ in recent])
        if recent and recent[0][0] > newest and more:
            async for _number, read in self._history.after(chat, newest):
                await self._see(read, behind.place, had=False)
            return
        for number, read in recent:
            await self._see(read, behind.place, had=number <= newest)

    async def _see(self, read: Read, place: Place, *, had: bool) -> None:
        """One message that cannot be read keeps none of the others from it."""
        try:
            await self._seen(read(), place, had)
        except StoreError:
            raise
        except Exception as error:
            set_aside(error)

    async def _look_for_gaps(self, behind: _Behind, there: Sequence[int]) -> None:
        """What we have and the channel has no more was deleted. Only between messages that it shows: where it shows
        none, we may not see them."""
        if not there:
            return
        low, high = str(there[0]), str(min(there[-1], behind.newest))
        async with self._store.read() as conn:
            ours = await messages.keys_between(conn, PLATFORM, behind.place.chat, low, high)
        for key in ours:
            if int(key) not in there:
                await self._gone(behind.place, int(key))


async def _newest(conn: Connection, place: Place) -> int | None:
    """A thread of which we had nothing begins where it was opened, or where we last heard of its channel."""
    key = await messages.newest_key(conn, PLATFORM, place.chat)
    if key is not None or place.thread is None or place.room is None:
        return None if key is None else int(key)
    around = await messages.newest_key(conn, PLATFORM, place.room)
    return None if around is None else max(int(place.thread), int(around))


async def _then(job: Job, done: asyncio.Event) -> None:
    try:
        await job()
    finally:
        done.set()
