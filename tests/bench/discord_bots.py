"""The bots that are measured on Discord, each a process of its own: the best echo, and the coach.

python -m tests.bench.discord_bots echo|coach|coach-paced API GATEWAY TOKEN DATABASE
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.discord.adapter import Discord, Timing
from bot.memory import settle
from bot.pacing import Pace
from core.store import open_store
from tests.bench.reporting import Ready, hop, report, watch_storage

_UNPACED = Timing(identify_s=0.0, pace=Pace(0, 0, 0))


class _Echo(discord.Client):
    """Says again what is said, in the library's own way; it keeps no messages."""

    def __init__(self, ready: Ready) -> None:
        intents = discord.Intents(guilds=True, dm_messages=True, message_content=True)
        super().__init__(intents=intents, max_messages=None)
        self._is_ready = ready

    async def on_ready(self) -> None:
        self._is_ready()

    async def on_message(self, message: discord.Message) -> None:
        if not message.author.bot:
            await message.channel.send(message.content)


async def echo(api: str, gateway: str, token: str, ready: Ready) -> None:
    """The library, pointed at the loopback."""
    Route.BASE = f"{api}/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
    async with _Echo(ready) as client:
        await client.start(token)


async def coach(timing: Timing, api: str, token: str, database: str, ready: Ready) -> None:
    """The coach, as it is served."""
    watch_storage()
    store = await open_store(f"sqlite:///{database}", now=datetime.now(UTC))
    try:
        await hop(store)
        door = Discord(store, token, lambda: datetime.now(UTC), api=api, timing=timing)
        settle()
        await door.serve(lambda sentence: ready())
    finally:
        await store.close()


def main() -> None:
    """Runs one of them."""
    kind, api, gateway, token, database = sys.argv[1:]
    serve = {
        "echo": lambda ready: echo(api, gateway, token, ready),
        "coach": lambda ready: coach(_UNPACED, api, token, database, ready),
        "coach-paced": lambda ready: coach(Timing(), api, token, database, ready),
    }[kind]
    asyncio.run(report(serve))


if __name__ == "__main__":
    main()
