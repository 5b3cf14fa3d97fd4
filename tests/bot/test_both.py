"""`spotter run` with both tokens: two platforms in one process, and what befalls one is nothing to the other."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.servers.discord import DiscordServer
from tests.servers.telegram import TelegramServer


class Process:
    """A running `spotter run`, and what it has printed."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.lines: list[str] = []

    async def says(self, words: str) -> str:
        """Waits for a line with these words."""
        assert self.process.stdout is not None
        async with asyncio.timeout(30):
            while True:
                line = (await self.process.stdout.readline()).decode()
                if not line:
                    raise AssertionError(f"it ended before it said {words!r}: {self.lines}")
                self.lines.append(line.rstrip())
                if words in line:
                    return self.lines[-1]


@asynccontextmanager
async def running(folder: Path, **settings: str) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        env={**os.environ, "DATABASE_URL": f"sqlite:///{folder / 'spotter.db'}", **settings},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield Process(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def test_both_platforms_in_one_process(tmp_path: Path) -> None:
    async with TelegramServer() as telegram, DiscordServer() as discord:
        ann, bob = telegram.user("Ann"), discord.user("Bob")
        here, there = telegram.private(ann), discord.dm(bob)
        settings = {
            "TELEGRAM_TOKEN": telegram.token,
            "TELEGRAM_API": telegram.address,
            "DISCORD_TOKEN": discord.token,
            "DISCORD_API": discord.api,
        }
        async with running(tmp_path, **settings) as spotter:
            for _ in range(2):
                await spotter.says(" is up: ")
            assert {line.split()[0] for line in spotter.lines} == {"Telegram", "Discord"}
            await ann.says(here, "squat 100x8")
            await bob.says(there, "bench 60x8")
            await telegram.until(lambda: here.answers()[-1].text.startswith("Squat 100 kg × 8"))
            await discord.until(lambda: "Bench press 60 kg × 8" in there.shown(bob)[-1].text)
            await discord.down()
            await ann.says(here, "squat 105x6")
            await telegram.until(lambda: "Squat 105 kg × 6" in here.answers()[-1].text)
            await discord.up()
            await bob.says(there, "bench 65x6")
            await discord.until(lambda: "Bench press 65 kg × 6" in there.shown(bob)[-1].text, timeout=20)
            spotter.process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(spotter.process.wait(), 15) == 0
        printed = "\n".join(spotter.lines)
        assert telegram.token not in printed and discord.token not in printed


async def test_a_token_that_nobody_knows_stops_one_platform_only(tmp_path: Path) -> None:
    async with TelegramServer() as telegram, DiscordServer() as discord:
        settings = {
            "TELEGRAM_TOKEN": "123456789:AAF-not_a_token_of_anybody_0000000000",
            "TELEGRAM_API": telegram.address,
            "DISCORD_TOKEN": discord.token,
            "DISCORD_API": discord.api,
        }
        async with running(tmp_path, **settings) as spotter:
            await spotter.says("Discord is up: ")
            if not any("TELEGRAM_TOKEN" in line for line in spotter.lines):
                await spotter.says("look at TELEGRAM_TOKEN in .env.")
            spotter.process.send_signal(signal.SIGTERM)
            assert await asyncio.wait_for(spotter.process.wait(), 15) == 0


async def test_a_second_process_waits_and_takes_over_when_the_first_is_killed(tmp_path: Path) -> None:
    async with TelegramServer() as telegram:
        ann = telegram.user("Ann")
        chat = telegram.private(ann)
        settings = {"TELEGRAM_TOKEN": telegram.token, "TELEGRAM_API": telegram.address, "DISCORD_TOKEN": ""}
        async with running(tmp_path, **settings) as first, running(tmp_path, **settings) as second:
            waits = "Another Spotter serves Telegram from this database. Waiting until it stops."
            waiting = await _which_says(waits, first, second)
            serving = first if waiting is second else second
            await ann.says(chat, "squat 100x8")
            await telegram.until(lambda: chat.answers() and "Squat 100 kg × 8" in chat.answers()[-1].text)
            serving.process.kill()
            await serving.process.wait()
            await ann.says(chat, "squat 105x6")
            await waiting.says("Telegram is up")
            await telegram.until(lambda: "Squat 105 kg × 6" in chat.answers()[-1].text, within=20)
            texts = [one.text for one in chat.answers()]
            assert len(set(texts)) == 2
            assert len(texts) <= 3, "a kill repeats one reply at the most"


async def _which_says(words: str, *processes: Process) -> Process:
    """The one of them that says it."""
    saying = {asyncio.create_task(one.says(words)): one for one in processes}
    done, others = await asyncio.wait(saying, return_when=asyncio.FIRST_COMPLETED)
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    return saying[done.pop()]
