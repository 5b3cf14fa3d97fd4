"""A transcript through a pipe: lines are answered as they come, each behind its message's id."""

from __future__ import annotations

import asyncio
import os
import stat
import sys
import threading
from collections.abc import AsyncIterator

from bot.console.adapter import Answer, Console
from bot.transcript import Line, continued, is_continuation, read_line

_PATIENCE_S = 0.03
"""How long after a message an indented line still belongs to it, where input is a pipe that is fed slowly (own choice)."""


async def replay(console: Console, descriptor: int) -> int:
    """Answers each message before it reads the next; the exit status: 1 if something broke in us on the way.

    Raises SpotterError, and BrokenPipeError where nobody reads the answers.
    """
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a real one, if piped
    async for line in _messages(Feed(descriptor)):
        answer = await console.answer(line)
        sys.stdout.write(_written(answer))
        sys.stdout.flush()
        await console.shown(answer)
    return 1 if console.broke else 0


def _written(answer: Answer) -> str:
    """`#17: ` and the reply, its further lines indented."""
    return "".join(f"#{answer.message_id}: {body}".replace("\n", "\n  ") + "\n" for body in answer.bodies)


async def _messages(feed: Feed) -> AsyncIterator[Line]:
    """Messages when they are complete: one that may go on waits for the next line, or for a moment without one."""
    held: Line | None = None
    while True:
        try:
            raw = await feed.next(None if held is None else feed.patience)
        except TimeoutError:
            raw = ""
            if held is not None:
                yield held
            held = None
        if raw is None:
            break
        if held is not None and is_continuation(raw):
            held = continued(held, raw)
            continue
        line = read_line(raw)
        if line is None:
            continue
        if held is not None:
            yield held
        held = line if line.takes_more else None
        if held is None:
            yield line
    if held is not None:
        yield held


class Feed:
    """The lines that come through a file descriptor. A thread waits for them, so that the event loop need not.

    It does not use `sys.stdin`, whose lock a waiting thread would still hold when the program ends.
    """

    def __init__(self, descriptor: int) -> None:
        self.patience = None if _is_file(descriptor) else _PATIENCE_S
        self._descriptor = descriptor
        self._loop = asyncio.get_running_loop()
        self._chunks: asyncio.Queue[bytes] = asyncio.Queue()
        self._wanted = threading.Semaphore(0)
        self._waiting = False
        self._buffer = bytearray()
        self._ended = False
        threading.Thread(target=self._read, daemon=True).start()

    async def next(self, within: float | None) -> str | None:
        """The next line without its end, None where input ends. Raises TimeoutError if none begins in time."""
        searched = 0
        while (end := self._buffer.find(b"\n", searched)) < 0 and not self._ended:
            searched = len(self._buffer)
            async with asyncio.timeout(None if self._buffer else within):
                await self._fill()
        if end < 0 and not self._buffer:
            return None
        line = bytes(self._buffer if end < 0 else self._buffer[:end])
        del self._buffer[: len(line) + 1]
        return line.decode("utf-8", errors="replace")

    async def _fill(self) -> None:
        if not self._waiting:
            self._waiting = True
            self._wanted.release()
        chunk = await self._chunks.get()
        self._waiting = False
        self._buffer += chunk
        self._ended = not chunk

    def _read(self) -> None:
        """Reads when asked: what nobody answers yet stays with the sender."""
        chunk = b"-"
        while chunk:
            self._wanted.acquire()
            try:
                chunk = os.read(self._descriptor, 1 << 16)
            except OSError:
                chunk = b""
            try:
                self._loop.call_soon_threadsafe(self._chunks.put_nowait, chunk)
            except RuntimeError:  # the loop is closed: nobody waits any more
                return


def _is_file(descriptor: int) -> bool:
    try:
        return stat.S_ISREG(os.fstat(descriptor).st_mode)
    except OSError:
        return False
