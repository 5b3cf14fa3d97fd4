"""The athletes of the bench on the loopback Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Self

from tests.bench.child import Bot, running
from tests.bench.crowd import WITHIN_S, Crowd
from tests.servers.telegram import TelegramServer


class TelegramCrowd(Crowd):
    """What the bot sends is found among the requests that the server keeps."""

    def __init__(self, server: TelegramServer, size: int) -> None:
        super().__init__()
        self._server = server
        people = [server.user(f"Lifter {number}") for number in range(size)]
        self._chats = [(one, server.private(one)) for one in people]
        self._numbers = {chat.id: number for number, (_, chat) in enumerate(self._chats)}
        self._looked_at = 0

    @classmethod
    @asynccontextmanager
    async def gathered(cls, size: int) -> AsyncIterator[Self]:
        """A server with so many people on it."""
        async with TelegramServer() as server:
            yield cls(server, size)

    def running(self, kind: str, database: str) -> AbstractAsyncContextManager[Bot]:
        """A bot of a kind that serves here."""
        return running("tests.bench.telegram_bots", kind, self._server.address, self._server.token, database)

    async def says(self, athlete: int, text: str) -> None:
        """Somebody writes to the bot."""
        person, chat = self._chats[athlete]
        await person.says(chat, text)

    async def until_more(self, seen: int) -> None:
        """Waits until more answers came than were seen."""
        await self._server.until(lambda: self._looked() > seen, within=WITHIN_S)

    def _looked(self) -> int:
        new = self._server.calls[self._looked_at :]
        self._looked_at += len(new)
        sent = [one for one in new if one.method == "sendMessage" and one.status == 200]
        self.came += [self._numbers[one.arguments["chat_id"]] for one in sent]
        return len(self.came)
