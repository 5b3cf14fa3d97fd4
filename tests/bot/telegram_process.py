"""`spotter run`, again and again: a program that has it loaded, and forks a process for each time that it is asked.

A line on its input starts one; it answers with the process id, then, when that has ended, with its status. When its
input ends, so does what it started, and it ends itself: whoever asked may have been killed.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path


class Runs:
    """`spotter run` as processes of their own, one at a time."""

    def __init__(self, nursery: asyncio.subprocess.Process) -> None:
        self._nursery = nursery
        self._running: int | None = None

    async def start(self) -> None:
        """Starts one; it may not be up yet."""
        assert self._nursery.stdin is not None and self._running is None
        self._nursery.stdin.write(b"go\n")
        self._running = await self._read()

    async def end(self, how: signal.Signals) -> int:
        """Sends a signal and waits for the end: the exit status, or the signal that ended it, below zero."""
        assert self._running is not None
        os.kill(self._running, how)
        self._running, status = None, await self._read()
        return status

    def drop(self) -> None:
        """Whatever still runs ends now."""
        if self._running is not None:
            with suppress(ProcessLookupError):
                os.kill(self._running, signal.SIGKILL)

    async def leave(self) -> int:
        """Goes without a word, as whoever is killed does, and waits for the other end; the id of what ran."""
        assert self._running is not None and self._nursery.stdin is not None
        left, self._running = self._running, None
        self._nursery.stdin.close()
        await asyncio.wait_for(self._nursery.wait(), 30)
        return left

    async def _read(self) -> int:
        assert self._nursery.stdout is not None
        return int(await asyncio.wait_for(self._nursery.stdout.readline(), 30))


@asynccontextmanager
async def runs(folder: Path, environ: Mapping[str, str]) -> AsyncIterator[Runs]:
    """Ready to start `spotter run` in a folder with these settings."""
    nursery = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bot.telegram_process",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environ},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=folder,
    )
    found = Runs(nursery)
    try:
        yield found
    finally:
        found.drop()
        assert nursery.stdin is not None
        nursery.stdin.close()
        await asyncio.wait_for(nursery.wait(), 30)


def _serve() -> None:
    import bot.serving
    import bot.telegram.adapter  # noqa: F401 - so that no process has to load it
    from bot.__main__ import main

    answers = os.dup(1)
    os.dup2(2, 1)  # what the coach prints
    asked = sys.stdin.fileno()
    while os.read(asked, 64):
        lives, child_lives = os.pipe()  # its other end is closed when the child has ended
        child = os.fork()
        if child == 0:
            os._exit(main(["run"]))
        os.close(child_lives)
        with suppress(BrokenPipeError):
            os.write(answers, b"%d\n" % child)
            if (
                lives not in select.select([asked, lives], [], [])[0]
            ):  # nothing is asked while one runs: that is the end
                os.kill(child, signal.SIGKILL)
            os.write(answers, b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        os.close(lives)


if __name__ == "__main__":
    _serve()
