"""A bot as a process of its own, of which alone the processor time is counted: the server that it talks to is ours."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
READY: Final = b"ready\n"
_PATIENCE_S: Final = 30


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process took so far: seconds of the processor in all threads, those of them that went into storage, and
    the bytes of memory that it holds."""

    processor: float
    storage: float
    memory: int

    def since(self, earlier: Spent) -> Spent:
        """What was taken since then."""
        return Spent(
            self.processor - earlier.processor, self.storage - earlier.storage, self.memory - earlier.memory
        )


class Bot:
    """A running bot. Its standard input and output carry nothing but our questions and its answers."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def spent(self) -> Spent:
        """What it has taken so far."""
        assert self._process.stdin is not None
        self._process.stdin.write(b"?\n")
        return Spent(**json.loads(await self._line()))

    async def ready(self) -> None:
        """Waits until it serves."""
        line = await self._line()
        if line != READY:
            raise RuntimeError(f"the bot did not start: {line!r}")

    async def end(self) -> None:
        """Lets it end by itself, as it does when nobody asks any more."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        await asyncio.wait_for(self._process.wait(), _PATIENCE_S)

    async def _line(self) -> bytes:
        assert self._process.stdout is not None
        return await asyncio.wait_for(self._process.stdout.readline(), _PATIENCE_S)


@asynccontextmanager
async def running(module: str, *arguments: str) -> AsyncIterator[Bot]:
    """A module run as a bot, on another processor than this one where there are two."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    bot = Bot(process)
    try:
        await bot.ready()
        yield bot
        await bot.end()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
