"""Reading from and writing to a database that may be away for a while: what was told here is told once only."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.taking_in import FIRST_PAUSE, LONGEST_PAUSE
from core.errors import StoreLocked, StoreUnreachable

_log = logging.getLogger(__name__)

T = TypeVar("T")


async def once_there(work: Callable[[], Awaitable[T]], pause: float = FIRST_PAUSE) -> T:
    """What the work gives; while the database is away it is tried again. What else breaks is raised."""
    waits = False
    while True:
        try:
            return await work()
        except (StoreLocked, StoreUnreachable) as error:
            if not waits:
                _log.warning("%s Discord waits until it is back.", error)
            waits = True
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, 2 * pause)
