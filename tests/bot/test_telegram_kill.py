"""`kill -9` under load: every message that Telegram still holds or has handed over is handled, once."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from tests.bot.telegram_process import Runs, runs
from tests.servers.telegram import Person, Place, TelegramServer

LIFTERS = 4
CALLS = 4 + LIFTERS
"""What a run asks of Telegram without having to wait: who it is, its menu, no webhook, updates; an answer to each."""
JITTER_S = 0.02
"""A kill comes up to so much later than a request, so that it hits whatever happens between two."""


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server
        assert server.refused == []


def _was_asked(server: TelegramServer, times: int) -> bool:
    return len(server.calls) >= times


async def _killed(run: Runs, server: TelegramServer, rng: random.Random, kills: int) -> list[Place]:
    """Lifters text a set each before every kill; their chats when all has been answered."""
    people = [server.user(f"Lifter {number}") for number in range(LIFTERS)]
    chats: list[tuple[Person, Place]] = [(person, server.private(person)) for person in people]
    for said in range(kills):
        asked = len(server.calls)
        await run.start()
        for person, chat in chats:
            await person.says(chat, f"squat {60 + said}x5 @8")
        await server.until(partial(_was_asked, server, asked + rng.randint(1, CALLS)), within=30)
        await asyncio.sleep(rng.random() * JITTER_S)
        assert await run.end(signal.SIGKILL) == -signal.SIGKILL
    asked = len(server.calls)
    await run.start()
    await server.until(partial(_was_asked, server, asked + 1), within=30)  # all may have been answered before
    last = f"Squat {60 + kills - 1} kg"
    await server.until(
        lambda: all(chat.answers()[-1].text.startswith(last) for _, chat in chats), within=30 + 2 * kills
    )
    await server.until(lambda: not server.pending)
    assert await run.end(signal.SIGTERM) == 0
    return [chat for _, chat in chats]


def _once(texts: list[str]) -> list[str]:
    return [text for at, text in enumerate(texts) if text not in texts[:at]]


def _settings(server: TelegramServer, database: Path) -> dict[str, str]:
    return {
        "TELEGRAM_TOKEN": server.token,
        "TELEGRAM_API": server.address,
        "TELEGRAM_WEBHOOK_URL": "",
        "DISCORD_TOKEN": "",
        "DATABASE_URL": f"sqlite:///{database}",
    }


async def _check(server: TelegramServer, folder: Path, rng: random.Random, kills: int) -> None:
    database = folder / "spotter.db"
    async with runs(folder, _settings(server, database)) as run:
        chats = await _killed(run, server, rng, kills)
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as conn:
        stored = conn.execute("SELECT COUNT(*), COUNT(DISTINCT message_id) FROM sets").fetchone()
    conn.close()
    assert stored == (kills * LIFTERS, kills * LIFTERS)
    repeated = 0
    for chat in chats:
        loads = [one.text.split(" kg")[0] for one in chat.answers()]
        assert _once(loads) == [f"Squat {60 + said}" for said in range(kills)]
        repeated += len(loads) - kills
    assert repeated <= kills, "at most one reply is repeated for each kill"


async def test_no_set_is_lost_or_doubled_and_no_reply_is_missing(
    server: TelegramServer, tmp_path: Path
) -> None:
    await _check(server, tmp_path, random.Random(3), kills=6)


@pytest.mark.soak
async def test_nothing_is_lost_in_two_hundred_kills(server: TelegramServer, tmp_path: Path) -> None:
    await _check(server, tmp_path, random.Random(), kills=200)


async def test_nothing_runs_on_when_these_tests_are_killed(server: TelegramServer, tmp_path: Path) -> None:
    async with runs(tmp_path, _settings(server, tmp_path / "spotter.db")) as run:
        await run.start()
        await server.until(lambda: server.calls, within=30)
        left = await run.leave()
    with pytest.raises(ProcessLookupError):
        os.kill(left, 0)
