"""`kill -9` at random points: every message that Discord told of or keeps in its history is handled and answered, once."""

from __future__ import annotations

import asyncio
import random
import signal
import sqlite3
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from tests.bot.telegram_process import Runs, runs
from tests.servers.discord import Channel, DiscordServer, User

LIFTERS = 4
CALLS = 4 + 2 * LIFTERS
"""What a run asks of Discord: who it is, its application, its commands, the gateway; a history and an answer for each."""
JITTER_S = 0.02
"""A kill comes up to so much later than a request, so that it hits whatever happens between two."""
Chats = list[tuple[User, Channel]]


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer() as server:
        yield server
        assert server.refused == []


def _answers(server: DiscordServer, person: User, place: Channel) -> list[str]:
    """What the coach has told somebody there, by the set that it speaks of."""
    told = [one.text for one in place.shown(person) if one.author == server.bot.name]
    return [text.split(" kg")[0] for text in told]


def _all_know(server: DiscordServer, chats: Chats, set_: str) -> bool:
    return all(_answers(server, *chat)[-1:] == [set_] for chat in chats)


def _was_asked(server: DiscordServer, times: int) -> bool:
    return len(server.rest.log) >= times


async def _say(chats: Chats, load: int) -> None:
    for person, place in chats:
        await person.says(place, f"squat {load}x5 @8")


async def _killed(run: Runs, server: DiscordServer, rng: random.Random, kills: int) -> Chats:
    """Lifters text a set each before every kill, some while nobody listens; their chats when all has been answered."""
    chats = [(person, server.dm(person)) for person in (server.user(f"Lifter {n}") for n in range(LIFTERS))]
    await run.start()
    await server.until(lambda: server.gateway.listening, timeout=30)
    await _say(chats, 60)
    # A bot cannot know of a chat in which it was never heard of, so each is answered once before the first kill.
    await server.until(partial(_all_know, server, chats, "Squat 60"), timeout=30)
    assert await run.end(signal.SIGKILL) == -signal.SIGKILL
    for load in range(61, 61 + kills):
        asked = len(server.rest.log)
        absent = rng.random() < 0.5
        if absent:
            await _say(chats, load)
        await run.start()
        if not absent:
            await server.until(partial(_was_asked, server, asked + 4), timeout=30)
            await _say(chats, load)
        await server.until(partial(_was_asked, server, asked + rng.randint(4, CALLS)), timeout=30)
        await asyncio.sleep(rng.random() * JITTER_S)
        assert await run.end(signal.SIGKILL) == -signal.SIGKILL
    asked = len(server.rest.log)
    await run.start()
    await server.until(
        partial(_was_asked, server, asked + 4), timeout=30
    )  # all may have been answered before
    await server.until(partial(_all_know, server, chats, f"Squat {60 + kills}"), timeout=30 + 2 * kills)
    assert await run.end(signal.SIGTERM) == 0
    return chats


async def _check(server: DiscordServer, folder: Path, rng: random.Random, kills: int) -> None:
    database = folder / "spotter.db"
    settings = {
        "DISCORD_TOKEN": server.token,
        "DISCORD_API": server.api,
        "TELEGRAM_TOKEN": "",
        "DATABASE_URL": f"sqlite:///{database}",
    }
    async with runs(folder, settings) as run:
        chats = await _killed(run, server, rng, kills)
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as conn:
        stored = conn.execute("SELECT COUNT(*), COUNT(DISTINCT message_id) FROM sets").fetchone()
    conn.close()
    assert stored == ((kills + 1) * LIFTERS,) * 2
    for chat in chats:
        # None is missing, none out of order, and none came twice: Discord knows a reply again by its nonce.
        assert _answers(server, *chat) == [f"Squat {60 + number}" for number in range(kills + 1)]


async def test_no_set_is_lost_or_doubled_and_every_reply_comes_once(
    server: DiscordServer, tmp_path: Path
) -> None:
    await _check(server, tmp_path, random.Random(3), kills=6)


@pytest.mark.soak
async def test_two_hundred_kills(server: DiscordServer, tmp_path: Path) -> None:
    await _check(server, tmp_path, random.Random(7), kills=200)
