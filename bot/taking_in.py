"""Messages on their way in: where the database is away for a while, the platform keeps them until it is back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from bot.dispatch import Dispatch, Outbound
from core.errors import StoreLocked, StoreUnreachable
from core.model import Inbound

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0
"""Seconds between two tries, doubled each time."""

_log = logging.getLogger(__name__)


async def taken_in(
    dispatch: Dispatch, inbound: Inbound, clock: Callable[[], datetime], *, pause: float = FIRST_PAUSE
) -> list[Outbound]:
    """The replies to a message, which is on disk with them when this returns; waits for a database that is away.

    What else breaks is raised: trying again would break again.
    """
    waits = False
    while True:
        try:
            replies = await dispatch.handle(inbound, now=clock())
        except (StoreLocked, StoreUnreachable) as error:
            if not waits:
                _log.warning("%s Messages wait until it is back.", error)
            waits = True
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, 2 * pause)
        else:
            if waits:
                _log.warning("The database is back.")
            return replies
