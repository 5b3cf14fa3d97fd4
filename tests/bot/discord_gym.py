"""The coach on Discord for tests: the real adapter and the unmodified library, over sockets to the loopback server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.discord.adapter import Discord
from bot.discord.client import Timing
from bot.pacing import Pace
from core.errors import StoreUnreachable
from core.store import Store, chats, open_store
from tests.servers.discord import Channel, DiscordServer, Guild, Shown, User

QUICK = Timing(pause=0.01, send_pause=0.02, identify_s=0.0, pace=Pace(0, 0, 0))


@dataclass(slots=True)
class Coach:
    """The adapter at work: `sentence` is what it said when it was up."""

    door: Discord
    task: asyncio.Task[None]
    sentence: str = ""


@dataclass(slots=True)
class Gym:
    """A server, an empty log, Ann and Bob in a guild with a channel, Ann's direct messages; Amy manages the guild."""

    server: DiscordServer
    store: Store
    ann: User = field(init=False)
    bob: User = field(init=False)
    amy: User = field(init=False)
    guild: Guild = field(init=False)
    channel: Channel = field(init=False)
    dm: Channel = field(init=False)

    def __post_init__(self) -> None:
        self.ann, self.bob, self.amy = (self.server.user(name) for name in ("Ann", "Bob", "Amy"))
        self.guild = self.server.guild("Gym", members=[self.ann, self.bob], admins=[self.amy])
        self.channel = self.guild.channel("training")
        self.dm = self.server.dm(self.ann)

    @asynccontextmanager
    async def serving(self, timing: Timing = QUICK, token: str | None = None) -> AsyncIterator[Coach]:
        """The coach at work, until the block ends; what keeps it from serving is raised here."""
        door = Discord(
            self.store, token or self.server.token, self.server.clock.now, api=self.server.api, timing=timing
        )
        said: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(door.serve(lambda text: None if said.done() else said.set_result(text)))
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

    @contextmanager
    def without_database(self) -> Iterator[Callable[[], int]]:
        """The store reaches its database no more, until the block ends; it gives how often that was tried."""
        store: Any = self.store
        tries = 0

        def away(*asked: Any) -> Any:
            nonlocal tries
            tries += 1
            raise StoreUnreachable("The database does not answer.")

        there = store._transaction, store._reading
        store._transaction = store._reading = away
        try:
            yield lambda: tries
        finally:
            store._transaction, store._reading = there

    async def opened(self, channel: Channel | None = None) -> None:
        """The channel is open, as after `/here`."""
        async with self.store.write() as conn:
            await chats.set_open(conn, "discord", str((channel or self.channel).id), self.server.clock.now())

    async def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What stands in the log."""
        async with self.store.read() as conn:
            return [tuple(row) for row in await conn.execute(sql, {})]

    async def logged(self) -> list[str]:
        """The lifts of the sets in the log, in order."""
        return [row[0] for row in await self.rows("SELECT exercise_id FROM sets ORDER BY performed_at, id")]

    def answers(self, place: Channel | None = None, person: User | None = None) -> list[Shown]:
        """What the coach has said there, as that person sees it: Ann, in her direct messages, if not said otherwise."""
        return [
            one
            for one in (place or self.dm).shown(person or self.ann)
            if one.author == self.server.bot.name and not one.thinking
        ]

    async def answered(
        self, count: int, place: Channel | None = None, person: User | None = None, within: float = 10.0
    ) -> list[str]:
        """The texts of that many answers, once there are as many."""
        await self.server.until(lambda: len(self.answers(place, person)) >= count, timeout=within)
        texts = [one.text for one in self.answers(place, person)]
        assert len(texts) == count, texts
        return texts


@asynccontextmanager
async def a_gym(tmp_path: Path, **options: Any) -> AsyncIterator[Gym]:
    """A gym whose server was asked for nothing that it would have refused; options are the server's."""
    async with DiscordServer(**options) as server:
        store = await open_store(f"sqlite:///{tmp_path / 'spotter.db'}", now=server.clock.now())
        try:
            yield Gym(server, store)
        finally:
            await store.close()
        assert server.ignored == []
