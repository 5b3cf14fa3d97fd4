"""How fast replies go out: so many seconds apart, and one at a time where the platform is quick enough."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

PATIENCE = 0.03
"""Seconds that one reply may be on its way before the next is sent beside it (own choice)."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The least seconds between two messages in a private chat and in a room; the most in any second to anybody, 0 where
    that does not matter, and in any minute in a room.

    Where rooms need no seconds, they are not counted by the minute either.
    """

    private: float = 1.0
    room: float = 1.0
    a_second: int = 30
    room_minute: int = 20


SECOND, MINUTE = 1.0, 60.0


@dataclass(slots=True)
class Turnstile:
    """Lets one through at a time, so many seconds apart, and not more than so many within some seconds; 0: any number."""

    gap: float
    most: int = 0
    within: float = MINUTE
    _passed: deque[float] = field(default_factory=deque)

    async def passed(self) -> None:
        seconds = self.booked()
        if seconds > 0:
            await asyncio.sleep(seconds)

    def booked(self) -> float:
        """Whoever comes now is let through; in how many seconds."""
        now = asyncio.get_running_loop().time()
        at = max(now, self._next())
        self._passed.append(at)
        while len(self._passed) > max(1, self.most):
            self._passed.popleft()
        return at - now

    def _next(self) -> float:
        """When the next may pass."""
        if not self._passed:
            return 0.0
        full = len(self._passed) == self.most
        return max(self._passed[-1] + self.gap, self._passed[0] + self.within if full else 0.0)

    def is_done(self, now: float) -> bool:
        """Whether nothing of what passed could make the next one wait."""
        return not self._passed or now >= self._passed[-1] + max(self.gap, self.within if self.most else 0.0)


class Air:
    """The one place between sending and marking: whatever ends the process repeats no more than what stands there.

    Where a platform takes its time, the next is let in meanwhile, and `slow` is told of the task that takes so long.
    """

    def __init__(self, slow: Callable[[asyncio.Task[None]], None]) -> None:
        self._slow = slow
        self._free = asyncio.Semaphore(1)
        self._inside: asyncio.Task[None] | None = None
        self._since = 0.0
        self._watched = False

    async def __aenter__(self) -> None:
        await self._free.acquire()
        self._inside, self._since = asyncio.current_task(), asyncio.get_running_loop().time()
        if not self._watched:
            self._watch()

    async def __aexit__(self, *_: object) -> None:
        if self._inside is asyncio.current_task():
            self._leave()

    def _leave(self) -> None:
        self._inside = None
        self._free.release()

    def _watch(self) -> None:
        """One timer for all that come one after the other: to make one for each costs more than to look at it again."""
        self._watched = True
        asyncio.get_running_loop().call_at(self._since + PATIENCE, self._look)

    def _look(self) -> None:
        self._watched = False
        inside = self._inside
        if inside is None:
            return
        if asyncio.get_running_loop().time() < self._since + PATIENCE:
            self._watch()
            return
        self._leave()
        self._slow(inside)
