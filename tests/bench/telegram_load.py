"""People on the loopback Telegram, who write to a bot and see what comes back and when."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from time import perf_counter
from typing import Final

from tests.bench.answering import SETS
from tests.bench.child import Bot, Spent
from tests.servers.telegram import Person, Place, TelegramServer

WITHIN_S: Final = 120


@dataclass(slots=True)
class Crowd:
    """Athletes who each have a private chat with the bot."""

    server: TelegramServer
    size: int
    chats: list[tuple[Person, Place]] = field(init=False)
    _sets: Iterator[int] = field(default_factory=count)
    _looked_at: int = 0
    _answered: int = 0

    def __post_init__(self) -> None:
        people = [self.server.user(f"Lifter {number}") for number in range(self.size)]
        self.chats = [(one, self.server.private(one)) for one in people]

    async def each_says_one(self, bot: Bot, rounds: int = 1) -> tuple[int, Spent]:
        """Everybody says so many sets at once; how many messages that were, and what answering them took."""
        before = await bot.spent()
        wanted = self.answered() + rounds * self.size
        for _ in range(rounds):
            text = self._text()
            for person, chat in self.chats:
                await person.says(chat, text)
        await self.server.until(lambda: self.answered() >= wanted, within=WITHIN_S)
        return rounds * self.size, (await bot.spent()).since(before)

    async def waits(self, a_second: float, seconds: float) -> list[float]:
        """Sets said at a steady rate, by everybody in turn; the seconds that each waited for its answer."""
        order = random.Random(3).sample(self.chats, self.size)
        said: dict[int, float] = {}
        waited: list[float] = []
        watching = asyncio.create_task(self._watch(said, waited, round(a_second * seconds)))
        began = perf_counter()
        for number in range(round(a_second * seconds)):
            await asyncio.sleep(began + number / a_second - perf_counter())
            person, chat = order[number % self.size]
            said[chat.id] = perf_counter()
            await person.says(chat, self._text())
        await asyncio.wait_for(watching, WITHIN_S)
        return waited

    async def _watch(self, said: dict[int, float], waited: list[float], wanted: int) -> None:
        self.answered()
        while len(waited) < wanted:
            await self.server.until(self._has_news, within=WITHIN_S)
            for chat in self._new_answers():
                waited.append(perf_counter() - said[chat])

    def answered(self) -> int:
        """How many messages the bot has sent."""
        self._answered += len(self._new_answers())
        return self._answered

    def _has_news(self) -> bool:
        return len(self.server.calls) > self._looked_at

    def _new_answers(self) -> list[int]:
        """The chats of what the bot has sent since the last look."""
        new = self.server.calls[self._looked_at :]
        self._looked_at += len(new)
        return [one.arguments["chat_id"] for one in new if one.method == "sendMessage" and one.status == 200]

    def _text(self) -> str:
        return SETS[next(self._sets) % len(SETS)]
