"""A few people, a group and the coach: the real adapter at work on the loopback server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot.pacing import Pace
from bot.telegram.adapter import Telegram, Timing
from core.store import open_store
from tests.servers.telegram import Group, Person, Place, TelegramServer

NAMES: Final = ("Ann", "Ben", "Cem")
GROUP: Final = "Barbell club"


@dataclass(frozen=True, slots=True)
class Gym:
    """People by name, each with a private chat, and the group that they are all in."""

    server: TelegramServer
    people: dict[str, Person]
    private: dict[str, Place]
    group: Group

    def place(self, person: str, *, group: bool) -> Place:
        """Where somebody writes. Raises LookupError."""
        return self.group if group else self.private[person]


@asynccontextmanager
async def opened(pace: Pace | None = None) -> AsyncIterator[Gym]:
    """A gym with the coach at work in it, at the pace of the real Telegram if no other is given."""
    with TemporaryDirectory(prefix="spotter-demo-") as folder:
        async with TelegramServer() as server, _coached(server, Path(folder), pace or Pace()):
            people = {name: server.user(name) for name in NAMES}
            private = {name: server.private(person) for name, person in people.items()}
            yield Gym(server, people, private, server.group(GROUP, people.values(), privacy=False))


@asynccontextmanager
async def _coached(server: TelegramServer, folder: Path, pace: Pace) -> AsyncIterator[None]:
    store = await open_store(f"sqlite:///{folder / 'spotter.db'}", now=_present())
    try:
        coach = Telegram(store, server.token, _present, api=server.address, timing=Timing(pace=pace))
        ready = asyncio.Event()
        serving = asyncio.create_task(coach.serve(lambda sentence: ready.set()))
        serving.add_done_callback(lambda ended: ready.set())
        try:
            await ready.wait()
            if serving.done():
                serving.result()
            yield
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving
    finally:
        await store.close()


def _present() -> datetime:
    return datetime.now(UTC)
