"""The right to serve a platform from a database. One process has it at a time: two would send every reply twice."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from core.errors import StoreError, StoreLocked, StoreUnreachable
from core.store import Store, leases
from core.store.leases import Lease

LASTS = timedelta(seconds=30)
"""So long a process that went without a word keeps others waiting, where they cannot see that it is gone (own choice)."""
RENEWED = 6
"""How many times in that it is renewed, and looked at by who waits for it (own choice)."""

RELEASED_S = 0.1
"""Seconds that it may take to let it go: where another process writes for longer, we do not wait to end for that."""


class TakenOver(Exception):  # noqa: N818 - named for what happened
    """Another process serves the platform now: this one did not answer for longer than a lease lasts."""


@dataclass(frozen=True, slots=True)
class Process:
    """A process that may hold a lease: its machine, its number there, and which of those that ever had that number."""

    machine: str = field(default_factory=socket.gethostname)
    number: int = field(default_factory=os.getpid)
    life: str = field(default_factory=lambda: secrets.token_hex(4))

    def __str__(self) -> str:
        return f"{self.machine} {self.number} {self.life}"

    def sees_gone(self, holder: str) -> bool:
        """Whether the holder of a lease ran on this machine, and runs no more."""
        machine, number, _ = holder.rsplit(" ", 2)
        return machine == self.machine and (int(number) == self.number or not _runs(int(number)))


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True


class PlatformLease:
    """What this process needs to serve a platform."""

    def __init__(
        self,
        store: Store,
        platform: str,
        clock: Callable[[], datetime],
        *,
        me: Process | None = None,
        lasts: timedelta = LASTS,
    ) -> None:
        self._store = store
        self._platform = platform
        self._clock = clock
        self._me = me or Process()
        self._lasts = lasts
        self._pause = lasts.total_seconds() / RENEWED

    async def during(
        self, work: Callable[[], Coroutine[Any, Any, None]], told: Callable[[str], None]
    ) -> None:
        """Works while the platform is ours to serve. Waits for that, and tells once that it does; raises TakenOver."""
        await self._until_ours(told)
        tasks = [asyncio.create_task(one) for one in (work(), self._kept())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            await self._released()
        for one in ended:
            if isinstance(one, Exception):
                raise one

    async def _until_ours(self, told: Callable[[str], None]) -> None:
        waits = False
        while (holder := await self._taken()) != str(self._me):
            if self._me.sees_gone(holder):
                await self._write_off(holder)
                continue
            if not waits:
                waits = True
                told(f"Another Spotter serves {self._platform} from this database. Waiting until it stops.")
            await asyncio.sleep(self._pause)

    async def _kept(self) -> None:
        while True:
            await asyncio.sleep(self._pause)
            try:
                holder = await self._taken()
            except (StoreLocked, StoreUnreachable):
                continue  # nor can anybody else take it
            if holder != str(self._me):
                raise TakenOver

    async def _taken(self) -> str:
        """Takes or renews it, if that may be; who has it then."""
        now = self._clock()
        async with self._store.write(lasting=False) as conn:
            held = await leases.take(conn, self._platform, Lease(str(self._me), now + self._lasts), now)
        return held.holder

    async def _write_off(self, holder: str) -> None:
        async with self._store.write(lasting=False) as conn:
            await leases.release(conn, self._platform, holder)

    async def _released(self) -> None:
        try:
            async with asyncio.timeout(RELEASED_S):
                await self._write_off(str(self._me))
        except (StoreError, TimeoutError):
            return  # it ends by itself
