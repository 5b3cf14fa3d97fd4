"""Serving on Telegram: processor time beside the best echo bot, how long people wait, memory."""

from __future__ import annotations

from pathlib import Path
from statistics import quantiles
from typing import Final

from tests.bench.child import Spent, running
from tests.bench.lines import Line, Measure
from tests.bench.telegram_load import Crowd
from tests.servers.telegram import TelegramServer

GOAL: Final = 4
"""The most processor time that a message may take, as a multiple of an echo's (issue 3)."""

ECHOES: Final = ("echo-httpx", "echo-aiohttp")
CHATS: Final = 200
ROUNDS: Final = 6
ATHLETES: Final = 10_000
A_SECOND: Final = 30
SECONDS: Final = 10
_BOTS = "tests.bench.telegram_bots"


async def serving_telegram(folder: Path) -> list[Line | Measure]:
    """The ratio to the better echo with the share of storage, the waits, and the memory for known athletes."""
    echoes = {kind: await _each(kind, folder) for kind in ECHOES}
    coach = await _each("coach", folder)
    best = min(one.processor for one in echoes.values())
    lines: list[Line | Measure] = [
        Measure(f"Telegram: processor, {kind}", 1000 * one.processor, "ms a message")
        for kind, one in echoes.items()
    ]
    return [
        *lines,
        Measure("Telegram: processor, coach", 1000 * coach.processor, "ms a message"),
        Measure("Telegram: storage's share of it", 100 * coach.storage / coach.processor, "%"),
        Line("Telegram: processor, coach / best echo", coach.processor / best, GOAL),
        *await _waits(folder),
        await _memory(folder),
    ]


async def _each(kind: str, folder: Path) -> Spent:
    """What a message takes, once everybody is known."""
    async with TelegramServer() as server:
        crowd = Crowd(server, CHATS)
        async with running(_BOTS, kind, server.address, server.token, f"{folder}/{kind}.db") as bot:
            await crowd.each_says_one(bot)
            messages, spent = await crowd.each_says_one(bot, ROUNDS)
    return Spent(spent.processor / messages, spent.storage / messages, spent.memory // messages)


async def _waits(folder: Path) -> list[Measure]:
    async with TelegramServer() as server:
        crowd = Crowd(server, CHATS)
        async with running(_BOTS, "coach-paced", server.address, server.token, f"{folder}/waits.db"):
            waited = await crowd.waits(A_SECOND, SECONDS)
    points = quantiles(waited, n=100)
    told = f"Telegram: wait at {A_SECOND} messages a second from {CHATS} chats"
    return [Measure(f"{told}, p{point}", 1000 * points[point - 1], "ms") for point in (50, 99)]


async def _memory(folder: Path) -> Measure:
    """After a few hundred, so that what is loaded at the first message is not counted."""
    async with TelegramServer() as server:
        crowd = Crowd(server, CHATS)
        async with running(_BOTS, "coach", server.address, server.token, f"{folder}/memory.db") as bot:
            await crowd.each_says_one(bot)
            athletes, spent = await Crowd(server, ATHLETES).each_says_one(bot)
    return Measure(
        "Telegram: memory per 10,000 known athletes", spent.memory / athletes * 10_000 / 2**20, "MiB"
    )
