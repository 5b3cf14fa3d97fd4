"""The coach on Telegram for tests: the real adapter and the unmodified library, over sockets to the loopback server."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.pacing import Pace
from bot.telegram.adapter import Telegram, Timing
from bot.telegram.webhook import Webhook
from core.store import Store, open_store
from tests.servers.telegram import Person, Place, TelegramServer

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
QUICK = Timing(wait_s=2, answer_s=5, pause=0.01, send_pause=0.02, pace=Pace(0, 0, 0))
IMPATIENT = Timing(wait_s=1, answer_s=0.2, pause=0.01, send_pause=0.02, pace=Pace(0, 0, 0))


@dataclass(slots=True)
class Coach:
    """The adapter at work: `sentence` is what it said when it was up."""

    door: Telegram
    task: asyncio.Task[None]
    sentence: str = ""


@dataclass(slots=True)
class Gym:
    """A server, an empty log, and Ann with her private chat."""

    server: TelegramServer
    store: Store
    ann: Person = field(init=False)
    chat: Place = field(init=False)

    def __post_init__(self) -> None:
        self.ann = self.server.user("Ann")
        self.chat = self.server.private(self.ann)

    @asynccontextmanager
    async def serving(
        self, timing: Timing = QUICK, webhook: Webhook | None = None, door: Telegram | None = None
    ) -> AsyncIterator[Coach]:
        """The coach at work, until the block ends; what keeps it from serving is raised here. `door`: one used before."""
        door = door or Telegram(
            self.store,
            self.server.token,
            lambda: self.server.world.clock(),
            api=self.server.address,
            webhook=webhook,
            timing=timing,
        )
        said: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(door.serve(said.set_result))
        task.add_done_callback(lambda _: said.cancel())
        with suppress(asyncio.CancelledError):
            await said
        if task.done():
            task.result()
        try:
            yield Coach(door, task, said.result())
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What stands in the log."""
        async with self.store.read() as conn:
            return [tuple(row) for row in await conn.execute(sql, {})]

    async def logged(self) -> list[str]:
        """The lifts of the sets in the log, in order."""
        return [row[0] for row in await self.rows("SELECT exercise_id FROM sets ORDER BY performed_at, id")]

    async def answered(self, place: Place, count: int, thread: int | None = None) -> list[str]:
        """Waits until the bot has said so much in a place; what it said there."""
        await self.server.until(lambda: len(place.answers(thread)) >= count)
        return [one.text for one in place.answers(thread)]


@asynccontextmanager
async def opened(folder: Path, template: Path) -> AsyncIterator[Gym]:
    """A gym for one test, its log a copy of an empty one. At the end no request may have been wrong in itself."""
    async with TelegramServer() as server:
        shutil.copy(template, folder / "spotter.db")
        store = await open_store(f"sqlite:///{folder / 'spotter.db'}", now=NOW)
        try:
            yield Gym(server, store)
        finally:
            await store.close()
        assert server.refused == []
