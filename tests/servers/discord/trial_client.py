"""A small client and a small gym, with which the server itself is tried."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import discord
from discord import app_commands

from .people import User
from .places import Channel, Guild
from .pointing import pointed
from .server import DiscordServer


class Coach(discord.Client):
    """Repeats what it hears, knows one command and one button, and notes every event."""

    def __init__(self, **options: Any) -> None:
        intents = options.pop("intents", None) or discord.Intents(
            guilds=True, guild_messages=True, dm_messages=True, message_content=True
        )
        mentions = discord.AllowedMentions.none()
        super().__init__(intents=intents, guild_ready_timeout=0.05, allowed_mentions=mentions, **options)
        self.tree = app_commands.CommandTree(self)
        self.heard: list[tuple[str, str]] = []
        self.gateway: asyncio.Task[None] | None = None
        self.acts: Callable[[discord.Interaction], Awaitable[None]] = self.answers

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Waits for nothing: the server allows identifies in quick succession."""

    async def on_ready(self) -> None:
        self.heard.append(("ready", ""))

    async def on_resumed(self) -> None:
        self.heard.append(("resumed", ""))

    async def on_message(self, message: discord.Message) -> None:
        if message.author.id == self.application_id:
            return
        self.heard.append(("message", message.content))
        if message.content and not message.author.bot:
            await message.channel.send(f"heard {message.content}", reference=message, nonce=message.id)

    async def on_raw_message_edit(self, edit: discord.RawMessageUpdateEvent) -> None:
        if edit.message.author.id != self.application_id:
            self.heard.append(("edit", edit.message.content))

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        self.heard.append(("delete", str(event.message_id)))

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        if interaction.type is not discord.InteractionType.autocomplete:
            await self.acts(interaction)

    async def answers(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message("done")

    def heard_of(self, kind: str) -> list[str]:
        """What was noted of that kind of event."""
        return [text for what, text in self.heard if what == kind]

    def place(self, channel: Channel) -> discord.abc.Messageable:
        """The library's view of a channel."""
        return self.get_partial_messageable(channel.id, guild_id=channel.guild_id)


class Gym:
    """A server with one guild, one channel and two people."""

    def __init__(self, server: DiscordServer) -> None:
        self.server = server
        self.ann, self.bob = server.user("Ann"), server.user("Bob")
        self.guild: Guild = server.guild("Gym", members=[self.ann, self.bob])
        self.channel: Channel = self.guild.channel("training")

    def texts(self, person: User, channel: Channel | None = None) -> list[str]:
        """What stands in that person's window."""
        return [shown.text for shown in (channel or self.channel).shown(person)]

    async def until_shown(
        self, text: str, person: User | None = None, channel: Channel | None = None
    ) -> None:
        """Waits until a person sees a text."""
        await self.server.until(lambda: text in self.texts(person or self.ann, channel))


@asynccontextmanager
async def training(
    coach: Coach | None = None, **options: Any
) -> AsyncIterator[tuple[DiscordServer, Gym, Coach]]:
    """A server and a client that is ready; closed in good order afterwards."""
    async with DiscordServer(**options) as server:
        gym = Gym(server)
        async with connected(server, coach or Coach()) as client:
            yield server, gym, client


@asynccontextmanager
async def connected(server: DiscordServer, coach: Coach) -> AsyncIterator[Coach]:
    """A client that is ready."""
    with pointed(server):
        coach.gateway = asyncio.create_task(coach.start(server.token))
        try:
            await server.until(lambda: coach.heard_of("ready") or _failed(coach))
            yield coach
        finally:
            await coach.close()
            await asyncio.gather(coach.gateway, return_exceptions=True)


def _failed(coach: Coach) -> bool:
    assert coach.gateway is not None
    if coach.gateway.done():
        coach.gateway.result()
    return False
