"""Work in order within a chat, chats side by side, and a limit to what waits."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable

_log = logging.getLogger(__name__)

Job = Callable[[], Awaitable[object]]

MOST = 4000
"""Jobs that wait before no more is read (own choice): a few megabytes."""
MOST_IN_LANE = 40
"""Jobs that wait in a chat before its further messages are left where they are, and that count for it at the most (own
choice): a hundred chats have to be flooded before others wait for that."""


class Lanes:
    """A lane for each chat that has work. `hold` stops all from beginning anything new until `release`."""

    def __init__(self, most: int | None = None, most_in_lane: int | None = None) -> None:
        self._most = MOST if most is None else most
        self._most_in_lane = MOST_IN_LANE if most_in_lane is None else most_in_lane
        self._waiting = 0
        self._lanes: dict[str, deque[Job]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._go = asyncio.Event()
        self._room = asyncio.Event()
        self._go.set()
        self._room.set()

    def put(self, chat: str, job: Job) -> None:
        """A job after all others of that chat."""
        self._lane(chat).append(job)

    def put_first(self, chat: str, job: Job) -> None:
        """A job before all others of that chat that have not begun."""
        self._lane(chat).appendleft(job)

    def is_busy(self, chat: str) -> bool:
        """Whether a chat has work."""
        return chat in self._lanes

    def is_full(self, chat: str) -> bool:
        """Whether a chat has as much work waiting as we remember for one."""
        return len(self._lanes.get(chat, ())) >= self._most_in_lane

    async def room(self) -> None:
        """Waits until not too much is waiting."""
        await self._room.wait()

    def hold(self) -> None:
        """Nothing begins from now on."""
        self._go.clear()

    def release(self) -> None:
        """Work goes on."""
        self._go.set()

    async def close(self) -> None:
        """Drops what has not begun and breaks off the rest."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _lane(self, chat: str) -> deque[Job]:
        """The lane of a chat, about to have a job more."""
        lane = self._lanes.get(chat)
        if lane is None:
            lane = self._lanes[chat] = deque()
            task = asyncio.create_task(self._work(chat, lane), name=f"discord {chat}")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        self._count(lane, 1)
        return lane

    def _count(self, lane: deque[Job], change: int) -> None:
        """Of a lane that is full no more is counted: no chat alone keeps the others from being read."""
        if len(lane) < self._most_in_lane:
            self._waiting += change
        if self._waiting < self._most:
            self._room.set()
        else:
            self._room.clear()

    async def _work(self, chat: str, lane: deque[Job]) -> None:
        while lane:
            await self._go.wait()
            job = lane.popleft()
            self._count(lane, -1)
            try:
                await job()
            except Exception as error:  # one job that breaks must not hold up all that come after it
                _log.error("Something on Discord broke (%s).", type(error).__name__)
                _log.debug("The story behind it", exc_info=error)
        del self._lanes[chat]
