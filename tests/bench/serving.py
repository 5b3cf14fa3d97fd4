"""Serving on the platforms: processor time beside the best echo bot, how long people wait, memory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from tests.bench.child import Spent
from tests.bench.crowd import Crowd, greeted
from tests.bench.discord_crowd import DiscordCrowd
from tests.bench.lines import Line, Measure
from tests.bench.telegram_crowd import TelegramCrowd

CHATS: Final = 200
ROUNDS: Final = 5
WARM_ATHLETES: Final = 600
ATHLETES: Final = 2_000
PER_ATHLETES: Final = 10_000
A_SECOND: Final = 30
SECONDS: Final = 8


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform with the echo bots that there are on it. `goal` is the most processor time that a message may take,
    as a multiple of the best echo's (issue 3)."""

    name: str
    crowd: type[Crowd]
    echoes: tuple[str, ...]
    goal: float


TELEGRAM: Final = Platform("Telegram", TelegramCrowd, ("echo-httpx", "echo-aiohttp"), 4)
DISCORD: Final = Platform("Discord", DiscordCrowd, ("echo",), 8)


async def serving(folder: Path) -> AsyncIterator[Line | Measure]:
    """For each platform the ratio to the best echo with the share of storage, and the waits; once the memory."""
    for platform in (TELEGRAM, DISCORD):
        spent = await _turn_about(platform, folder)
        for kind, one in spent.items():
            yield Measure(f"{platform.name}: processor, {kind}", 1000 * one.processor, "ms a message")
        coach = spent.pop("coach")
        share = 100 * coach.storage / coach.processor
        yield Measure(f"{platform.name}: of the coach's, storage", share, "%")
        best = min(one.processor for one in spent.values())
        yield Line(f"{platform.name}: processor, coach / best echo", coach.processor / best, platform.goal)
        for line in await _waits(platform, folder):
            yield line
    yield await _memory(TELEGRAM, folder)


async def _turn_about(platform: Platform, folder: Path) -> dict[str, Spent]:
    """What a message takes each kind of bot, once everybody is known: the median of rounds, one bot after the other in
    each, so that noise of the machine meets them alike."""
    kinds = (*platform.echoes, "coach")
    rounds: dict[str, list[Spent]] = {kind: [] for kind in kinds}
    async with AsyncExitStack() as stack:
        bots = {
            kind: await stack.enter_async_context(
                greeted(platform.crowd, kind, f"{folder}/{platform.name}.db", CHATS)
            )
            for kind in kinds
        }
        for _ in range(ROUNDS):
            for kind, (crowd, bot) in bots.items():
                rounds[kind].append((await crowd.say(bot, 0, CHATS))[1])
    return {
        kind: Spent(
            median(one.processor for one in spent) / CHATS, median(one.storage for one in spent) / CHATS, 0
        )
        for kind, spent in rounds.items()
    }


async def _waits(platform: Platform, folder: Path) -> list[Measure]:
    """At the pace at which the platform is written to."""
    database = f"{folder}/{platform.name}-waits.db"
    async with platform.crowd.gathered(CHATS) as crowd, crowd.running("coach-paced", database):
        waited = await crowd.waits(CHATS, A_SECOND, SECONDS)
    points = quantiles(waited, n=100)
    told = f"{platform.name}: wait at {A_SECOND} messages a second from {CHATS} chats"
    return [Measure(f"{told}, p{point}", 1000 * points[point - 1], "ms") for point in (50, 99)]


async def _memory(platform: Platform, folder: Path) -> Measure:
    """Behind others, so that what is loaded at the first messages, and caches that have an end, are not counted."""
    size = WARM_ATHLETES + ATHLETES
    async with (
        platform.crowd.gathered(size) as crowd,
        crowd.running("coach", f"{folder}/memory.db") as bot,
    ):
        for first in range(0, size, CHATS):  # not all at once: what waits to be sent is not meant
            if first == WARM_ATHLETES:
                before = await bot.spent()
            await crowd.say(bot, first, first + CHATS)
        spent = (await bot.spent()).since(before)
    scaled = spent.memory * PER_ATHLETES / ATHLETES / 2**20
    return Measure(f"{platform.name}: memory per 10,000 known athletes ({ATHLETES:,} counted)", scaled, "MiB")
