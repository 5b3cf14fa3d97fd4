"""`kill -9` under load: every message that Telegram still holds or has handed over is handled, once."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from tests.servers.telegram import Person, Place, TelegramServer

ENTRY = Path(sys.executable).with_name("spotter")
LIFTERS, SETS = 4, 12
"""Few sets each: a chat is written to once a second, as Telegram bears it."""


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


async def started(server: TelegramServer, database: Path) -> asyncio.subprocess.Process:
    """`spotter run` as a process of its own, once it says that Telegram is up."""
    process = await asyncio.create_subprocess_exec(
        ENTRY,
        "run",
        env={
            **os.environ,
            "TELEGRAM_TOKEN": server.token,
            "TELEGRAM_API": server.address,
            "DATABASE_URL": f"sqlite:///{database}",
        },
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        cwd=database.parent,
    )
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), 30)
    assert b"Telegram is up" in line
    return process


def stored(database: Path) -> tuple[int, int]:
    """Sets in the log, and different messages that they came with."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as conn:
        return tuple(conn.execute("SELECT COUNT(*), COUNT(DISTINCT message_id) FROM sets").fetchone())


def _has_sent(server: TelegramServer, messages: int) -> bool:
    return len(server.called("sendMessage")) >= messages


async def _killed(server: TelegramServer, database: Path, rng: random.Random, kills: int) -> int:
    """Lifters text sets while the coach is killed again and again; how many replies came in all."""
    people = [server.user(f"Lifter {number}") for number in range(LIFTERS)]
    chats: list[tuple[Person, Place]] = [(person, server.private(person)) for person in people]
    said = 0
    for _ in range(kills):
        process = await started(server, database)
        for _ in range(SETS // kills):
            for person, chat in chats:
                await person.says(chat, f"squat {60 + said}x5 @8")
            said += 1
        wanted = len(server.called("sendMessage")) + rng.randrange(LIFTERS + 2)
        await server.until(partial(_has_sent, server, wanted))
        process.send_signal(signal.SIGKILL)
        await process.wait()
    process = await started(server, database)
    last = f"Squat {60 + said - 1} kg"
    await server.until(lambda: all(chat.answers()[-1].text.startswith(last) for _, chat in chats), within=60)
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 20) == 0
    assert stored(database) == (said * LIFTERS, said * LIFTERS)
    for _, chat in chats:
        texts = [one.text.split(" ✓")[0] for one in chat.answers()]
        once = [text for at, text in enumerate(texts) if text not in texts[:at]]
        assert [text.split(" kg")[0] for text in once] == [f"Squat {60 + n}" for n in range(said)]
    return sum(len(chat.answers()) for _, chat in chats) - said * LIFTERS


async def test_no_set_is_lost_or_doubled_and_no_reply_is_missing(
    server: TelegramServer, tmp_path: Path
) -> None:
    repeated = await _killed(server, tmp_path / "spotter.db", random.Random(3), kills=4)
    assert repeated <= 4 * LIFTERS  # at most one reply a chat for each kill
    assert server.refused == []
