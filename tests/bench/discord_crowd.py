"""The athletes of the bench on the loopback Discord."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Self

from tests.bench.child import Bot, running
from tests.bench.crowd import WITHIN_S, Crowd
from tests.servers.discord import DiscordServer, Message


class DiscordCrowd(Crowd):
    """What the bot sends is seen as it is posted."""

    def __init__(self, server: DiscordServer, size: int) -> None:
        super().__init__()
        self._server = server
        people = [server.user(f"Lifter {number}") for number in range(size)]
        self._chats = [(one, server.dm(one)) for one in people]
        self._numbers = {chat.id: number for number, (_, chat) in enumerate(self._chats)}
        self._post = server.world.post
        server.world.post = self._posted  # type: ignore[method-assign]  # to see what comes when it comes

    @classmethod
    @asynccontextmanager
    async def gathered(cls, size: int) -> AsyncIterator[Self]:
        """A server with so many people on it."""
        async with DiscordServer() as server:
            yield cls(server, size)

    def running(self, kind: str, database: str) -> AbstractAsyncContextManager[Bot]:
        """A bot of a kind that serves here."""
        server = self._server
        return running(
            "tests.bench.discord_bots", kind, server.api, server.gateway.url, server.token, database
        )

    async def says(self, athlete: int, text: str) -> None:
        """Somebody writes to the bot."""
        person, chat = self._chats[athlete]
        await person.says(chat, text)

    async def until_more(self, seen: int) -> None:
        """Waits until more answers came than were seen."""
        await self._server.until(lambda: len(self.came) > seen, timeout=WITHIN_S)

    def _posted(self, message: Message) -> Message:
        if message.author is self._server.bot:
            self.came.append(self._numbers[message.channel.id])
        return self._post(message)
