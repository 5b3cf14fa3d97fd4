"""People on a loopback platform, who write to a bot and see what comes back and when."""

from __future__ import annotations

import asyncio
import random
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import count
from time import perf_counter
from typing import Final, Self

from tests.bench.answering import SETS
from tests.bench.child import Bot, Spent

WITHIN_S: Final = 120


class Crowd(ABC):
    """Athletes by number, each with a private chat with the bot. Platforms put into `came` whose answer is there."""

    def __init__(self) -> None:
        self.came: list[int] = []
        self._texts = count()

    @classmethod
    @abstractmethod
    def gathered(cls, size: int) -> AbstractAsyncContextManager[Self]:
        """A server with so many people on it."""

    @abstractmethod
    def running(self, kind: str, database: str) -> AbstractAsyncContextManager[Bot]:
        """A bot of a kind that serves here."""

    @abstractmethod
    async def says(self, athlete: int, text: str) -> None:
        """Somebody writes to the bot."""

    @abstractmethod
    async def until_more(self, seen: int) -> None:
        """Waits until more answers came than were seen."""

    async def say(self, bot: Bot, first: int, behind: int, rounds: int = 1) -> tuple[int, Spent]:
        """The athletes from the first on say so many sets each, all at once; how many messages that were, and what
        answering them took."""
        already, before = len(self.came), await bot.spent()
        for _ in range(rounds):
            text = self._text()
            for athlete in range(first, behind):
                await self.says(athlete, text)
        wanted = rounds * (behind - first)
        await asyncio.wait_for(self._until(already + wanted), WITHIN_S)
        return wanted, (await bot.spent()).since(before)

    async def waits(self, size: int, a_second: float, seconds: float) -> list[float]:
        """Sets said at a steady rate, by everybody in turn; the seconds that each waited for its answer."""
        order = random.Random(3).sample(range(size), size)
        said: dict[int, float] = {}
        watching = asyncio.create_task(self._watched(said, round(a_second * seconds)))
        began = perf_counter()
        for number in range(round(a_second * seconds)):
            await asyncio.sleep(began + number / a_second - perf_counter())
            athlete = order[number % size]
            said[athlete] = perf_counter()
            await self.says(athlete, self._text())
        return await asyncio.wait_for(watching, WITHIN_S)

    async def _watched(self, said: dict[int, float], wanted: int) -> list[float]:
        waited: list[float] = []
        first = len(self.came)
        while len(waited) < wanted:
            seen = first + len(waited)
            await self.until_more(seen)
            waited += [perf_counter() - said[athlete] for athlete in self.came[seen:]]
        return waited

    async def _until(self, wanted: int) -> None:
        while len(self.came) < wanted:
            await self.until_more(len(self.came))

    def _text(self) -> str:
        return SETS[next(self._texts) % len(SETS)]


@asynccontextmanager
async def greeted(
    crowd: type[Crowd], kind: str, database: str, size: int
) -> AsyncIterator[tuple[Crowd, Bot]]:
    """A crowd, and a bot that everybody has written to once."""
    async with crowd.gathered(size) as people, people.running(kind, database) as bot:
        await people.say(bot, 0, size)
        yield people, bot
