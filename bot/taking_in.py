"""Messages on their way in: where the database is away for a while, the platform keeps them until it is back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from bot.dispatch import Dispatch, Outbound
from core.errors import StoreLocked, StoreUnreachable
from core.model import Inbound

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0
"""Seconds between two tries, doubled each time."""

_log = logging.getLogger(__name__)

T = TypeVar("T")


async def taken_in(
    dispatch: Dispatch, inbound: Inbound, clock: Callable[[], datetime], *, pause: float = FIRST_PAUSE
) -> list[Outbound]:
    """The replies to a message, which is on disk with them when this returns; waits for a database that is away."""
    return await once_there(lambda: dispatch.handle(inbound, now=clock()), pause)


async def once_there(work: Callable[[], Awaitable[T]], pause: float = FIRST_PAUSE) -> T:
    """What the work gives; while the database is away it is tried again.

    What else breaks is raised: trying again would break again.
    """
    waits = False
    while True:
        try:
            done = await work()
        except (StoreLocked, StoreUnreachable) as error:
            if not waits:
                _log.warning("%s Messages wait until it is back.", error)
            waits = True
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, 2 * pause)
        else:
            if waits:
                _log.warning("The database is back.")
            return done
