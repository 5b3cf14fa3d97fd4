"""Learning from older days while nobody waits for an answer: after an import, a change of long ago, a new version."""

from __future__ import annotations

import asyncio
import logging
from datetime import date
from typing import Final

from core.coach.learned import catch_up
from core.errors import SpotterError
from core.store import Store

PAUSE_S: Final = 0.2
"""Between two goes: a go takes a few milliseconds, and answers come first (own choice)."""

_log = logging.getLogger(__name__)


class Learner:
    """Athletes whose older days wait to be learned from. What is forgotten here is found again by their next message."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._behind: dict[str, date] = {}
        self._some = asyncio.Event()

    def wait_for(self, athlete_id: str, today: date) -> None:
        """An athlete's days before today are to be learned from."""
        self._behind[athlete_id] = today
        self._some.set()

    async def catch_up(self) -> None:
        """Learns from all that waits. Raises SpotterError."""
        while self._behind:
            await self._go()

    async def run(self) -> None:
        """Learns by and by, until cancelled; what goes wrong waits for the athlete's next message."""
        while True:
            await self._some.wait()
            await asyncio.sleep(PAUSE_S)
            try:
                await self._go()
            except SpotterError as error:
                _log.info("Learning waits: %s", error)

    async def _go(self) -> None:
        """One go for whoever has waited longest."""
        athlete_id = next(iter(self._behind), None)
        if athlete_id is None:
            self._some.clear()
            return
        today = self._behind.pop(athlete_id)
        async with self._store.write() as conn:
            more = await catch_up(conn, athlete_id, today)
        if more:
            self._behind.setdefault(athlete_id, today)
