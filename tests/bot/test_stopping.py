"""SIGTERM: `spotter run` ends within two seconds, idle and under load, on each platform; what was answered is stored."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import closing, suppress
from pathlib import Path

import pytest

from bot.serving import ENDS_S
from tests.bot.telegram_process import Runs, runs
from tests.servers.discord import DiscordServer
from tests.servers.telegram import TelegramServer

LIMIT_S = 2.0
LIFTERS = 12
EVERY_S = 0.05
"""Each of the lifters writes so often: with all of them, more than the machine takes in beside their server."""


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as server:
        yield server


@pytest.fixture
async def discord() -> AsyncIterator[DiscordServer]:
    async with DiscordServer() as server:
        yield server


def on_telegram(server: TelegramServer, folder: Path, **more: str) -> Mapping[str, str]:
    return {
        "TELEGRAM_TOKEN": server.token,
        "TELEGRAM_API": server.address,
        "TELEGRAM_WEBHOOK_URL": "",
        "DISCORD_TOKEN": "",
        "DATABASE_URL": f"sqlite:///{folder / 'spotter.db'}",
        **more,
    }


def on_discord(server: DiscordServer, folder: Path) -> Mapping[str, str]:
    return {
        "DISCORD_TOKEN": server.token,
        "DISCORD_API": server.api,
        "TELEGRAM_TOKEN": "",
        "DATABASE_URL": f"sqlite:///{folder / 'spotter.db'}",
    }


async def stopped(run: Runs) -> float:
    """Seconds from the signal to the end."""
    began = time.monotonic()
    status = await run.end(signal.SIGTERM)
    took = time.monotonic() - began
    assert status == 0
    print(f"ended in {took:.2f} s")
    return took


def stored(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "spotter.db")) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [str(text) for (text,) in raw.execute("SELECT text FROM messages ORDER BY id")]


def free_port() -> int:
    import socket

    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def hook() -> dict[str, str]:
    return {
        "TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{free_port()}/hook",
        "TELEGRAM_WEBHOOK_SECRET": "a-secret-of-ours",
    }


async def load(says: list[object]) -> None:
    """Everybody texts sets until this is cancelled."""
    number = 0
    while True:
        number += 1
        for say in says:
            assert callable(say)
            await say(f"squat {60 + number % 100}x5 @8")
        await asyncio.sleep(EVERY_S)


async def ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_idle_on_telegram(telegram: TelegramServer, tmp_path: Path) -> None:
    """While it waits for what a poll brings."""
    ann = telegram.user("Ann")
    chat = telegram.private(ann)
    async with runs(tmp_path, on_telegram(telegram, tmp_path)) as run:
        await run.start()
        await ann.says(chat, "squat 100x8 @8")
        await telegram.until(lambda: chat.answers(), within=30)
        await asyncio.sleep(0.3)
        assert await stopped(run) < LIMIT_S
    assert stored(tmp_path) == ["squat 100x8 @8"]


async def test_idle_at_a_webhook(telegram: TelegramServer, tmp_path: Path) -> None:
    ann = telegram.user("Ann")
    chat = telegram.private(ann)
    async with runs(tmp_path, on_telegram(telegram, tmp_path, **hook())) as run:
        await run.start()
        await telegram.until(lambda: telegram.called("setWebhook"), within=30)
        await ann.says(chat, "squat 100x8 @8")
        await telegram.until(lambda: chat.answers(), within=30)
        assert await stopped(run) < LIMIT_S
    assert stored(tmp_path) == ["squat 100x8 @8"]


async def test_under_load_on_telegram(telegram: TelegramServer, tmp_path: Path) -> None:
    people = [telegram.user(f"Lifter {number}") for number in range(LIFTERS)]
    chats = [(person, telegram.private(person)) for person in people]
    async with runs(tmp_path, on_telegram(telegram, tmp_path)) as run:
        await run.start()
        says = [lambda text, p=person, c=chat: p.says(c, text) for person, chat in chats]
        loading = asyncio.create_task(load(list(says)))
        await telegram.until(lambda: all(len(chat.answers()) >= 2 for _, chat in chats), within=60)
        took = await stopped(run)
        await ended(loading)
        assert took < LIMIT_S
        answered = sum(len(chat.answers()) for _, chat in chats)
        kept = len(stored(tmp_path))
        assert kept >= answered
        assert kept >= len(telegram.acknowledged)


@pytest.mark.parametrize("method", ["sendMessage", pytest.param("getUpdates", marks=pytest.mark.soak), None])
async def test_a_telegram_that_answers_nothing(
    telegram: TelegramServer, tmp_path: Path, method: str | None
) -> None:
    ann = telegram.user("Ann")
    chat = telegram.private(ann)
    async with runs(tmp_path, on_telegram(telegram, tmp_path)) as run:
        await run.start()
        await ann.says(chat, "squat 100x8 @8")
        await telegram.until(lambda: chat.answers(), within=30)
        with telegram.outage("hang", method):
            await ann.says(chat, "squat 105x8 @8")
            await asyncio.sleep(0.8)
            assert await stopped(run) < LIMIT_S
        polled = len(telegram.called("getUpdates"))
        await run.start()  # what it could not say is said after the restart
        await telegram.until(lambda: len(telegram.called("getUpdates")) > polled, within=30)
        await telegram.until(lambda: "105 kg" in chat.answers()[-1].text, within=30)
        assert await stopped(run) < LIMIT_S
    assert stored(tmp_path) == ["squat 100x8 @8", "squat 105x8 @8"]


async def test_idle_on_discord(discord: DiscordServer, tmp_path: Path) -> None:
    ann = discord.user("Ann")
    place = discord.dm(ann)
    async with runs(tmp_path, on_discord(discord, tmp_path)) as run:
        await run.start()
        await discord.until(lambda: discord.gateway.listening, timeout=30)
        await ann.says(place, "squat 100x8 @8")
        await discord.until(lambda: "Squat 100 kg" in place.shown(ann)[-1].text, timeout=30)
        assert await stopped(run) < LIMIT_S
    assert stored(tmp_path) == ["squat 100x8 @8"]


async def test_under_load_on_discord(discord: DiscordServer, tmp_path: Path) -> None:
    people = [discord.user(f"Lifter {number}") for number in range(LIFTERS)]
    places = [(person, discord.dm(person)) for person in people]

    def answers() -> list[int]:
        return [
            sum(one.author == discord.bot.name for one in place.shown(person)) for person, place in places
        ]

    async with runs(tmp_path, on_discord(discord, tmp_path)) as run:
        await run.start()
        await discord.until(lambda: discord.gateway.listening, timeout=30)
        says = [lambda text, p=person, c=place: p.says(c, text) for person, place in places]
        loading = asyncio.create_task(load(list(says)))
        await discord.until(lambda: min(answers()) >= 2, timeout=60)
        took = await stopped(run)
        await ended(loading)
        assert took < LIMIT_S
        assert len(stored(tmp_path)) >= sum(answers())


async def test_a_discord_that_answers_nothing(discord: DiscordServer, tmp_path: Path) -> None:
    ann = discord.user("Ann")
    place = discord.dm(ann)
    async with runs(tmp_path, on_discord(discord, tmp_path)) as run:
        await run.start()
        await discord.until(lambda: discord.gateway.listening, timeout=30)
        await ann.says(place, "squat 100x8 @8")
        await discord.until(lambda: "Squat 100 kg" in place.shown(ann)[-1].text, timeout=30)
        discord.faults.next("*", "hang", None)
        await ann.says(place, "squat 105x8 @8")
        await asyncio.sleep(0.8)
        assert await stopped(run) < LIMIT_S
        discord.calm()
    assert stored(tmp_path) == ["squat 100x8 @8", "squat 105x8 @8"]


@pytest.mark.parametrize(
    "posted", [pytest.param(False, marks=pytest.mark.soak), True], ids=["polling", "webhook"]
)
async def test_while_another_process_keeps_the_database(
    telegram: TelegramServer, tmp_path: Path, posted: bool
) -> None:
    ann = telegram.user("Ann")
    chat = telegram.private(ann)
    more = hook() if posted else {}
    async with runs(tmp_path, on_telegram(telegram, tmp_path, **more)) as run:
        await run.start()
        await ann.says(chat, "squat 100x8 @8")
        await telegram.until(lambda: chat.answers(), within=30)
        with closing(sqlite3.connect(tmp_path / "spotter.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await ann.says(chat, "squat 105x8 @8")
            await asyncio.sleep(0.5)
            assert await stopped(run) < LIMIT_S
            other.execute("ROLLBACK")
        assert telegram.pending, "what could not be stored was not acknowledged"


STUCK = """
import asyncio, threading, time
from bot.serving import end_in_time
async def main():
    # As a name server that does not answer: the end of the loop waits for its thread.
    asyncio.get_running_loop().run_in_executor(None, time.sleep, 60)
    print("begun", flush=True)
    end_in_time()
asyncio.run(main())
"""


async def test_what_never_ends_by_itself_is_ended() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        STUCK,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    await process.stdout.readline()
    began = time.monotonic()
    _, told = await asyncio.wait_for(process.communicate(), 20)
    assert time.monotonic() - began < LIMIT_S
    assert ENDS_S < LIMIT_S
    assert process.returncode == 1 and b"what was answered is stored" in told


BIG_MB = 300
"""A database of so much is copied for seconds."""


@pytest.mark.soak  # the first one comes a minute after the start
async def test_while_a_backup_is_made(
    telegram: TelegramServer, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """It is broken off: nothing is left that has the name of a whole one, nor half of one, and no error is told."""
    ann = telegram.user("Ann")
    chat = telegram.private(ann)
    backups = tmp_path / "backups"
    async with runs(tmp_path, on_telegram(telegram, tmp_path)) as run:
        await run.start()
        await ann.says(chat, "squat 100x8 @8")
        await telegram.until(lambda: chat.answers(), within=30)
        await stopped(run)
        with closing(sqlite3.connect(tmp_path / "spotter.db", isolation_level=None)) as raw:
            raw.execute("DELETE FROM chores")
            raw.execute("CREATE TABLE filled (held BLOB)")
            for _ in range(BIG_MB):
                raw.execute("INSERT INTO filled VALUES (zeroblob(1000000))")
        before = set(backups.glob("*")) if backups.is_dir() else set()
        await run.start()
        for _ in range(9_000):  # the file system tells nobody
            if list(backups.glob("*.partial")):
                break
            await asyncio.sleep(0.01)
        assert list(backups.glob("*.partial"))
        assert await stopped(run) < LIMIT_S
    assert "Traceback" not in capfd.readouterr().err
    assert set(backups.glob("*")) == before
    assert stored(tmp_path) == ["squat 100x8 @8"]
