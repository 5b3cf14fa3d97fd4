"""The conversation at a keyboard: a prompt that knows the next message's number, line editing, history, colour."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import Callable, Coroutine
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.patch_stdout import patch_stdout

from bot.console.adapter import Answer, Console
from bot.transcript import Line
from core.errors import SpotterError
from core.store.messages import StoredReply

GREETING = """\
Spotter here. Note a set as you would on paper, squat 100x8 rpe9, and I say what to lift next.
/help shows more, ↑ brings lines back; Ctrl-D or /quit leaves."""

_GREEN, _BOLD, _DIM, _PLAIN = "\x1b[32m", "\x1b[1m", "\x1b[2m", "\x1b[0m"
_INDENT = "  "


class Aloud:
    """Where reminders are heard at a keyboard: above the prompt, as they come."""

    def room(self) -> int:
        """How many more there is room for: a screen never fills up."""
        return sys.maxsize

    def tell(self, reply: StoredReply) -> None:
        """Shows one."""
        print(f"\n{_INDENT}" + reply.body.replace("\n", f"\n{_INDENT}"))


async def converse(
    console: Console, history: Path, beside: Callable[[], Coroutine[Any, Any, None]] | None = None
) -> int:
    """Talks until Ctrl-D or /quit; the exit status. `history` is the file that keeps what was typed; `beside` goes on
    meanwhile, and may print."""
    if beside is None:
        return await _converse(console, history)
    with patch_stdout(raw=True):
        reminding = asyncio.create_task(beside())
        try:
            return await _converse(console, history)
        finally:
            reminding.cancel()
            await asyncio.gather(reminding, return_exceptions=True)


async def _converse(console: Console, history: Path) -> int:
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    print(GREETING)
    session: PromptSession[str] = PromptSession(history=_history(history))
    number = await console.next_number()
    while (text := await _typed(session, number)) is not None:
        if text:
            number = await _answered(console, text, number)
    return 0


async def _typed(session: PromptSession[str], number: int) -> str | None:
    """What was typed, "" where Ctrl-C took it back, None where the person leaves."""
    try:
        text = (await session.prompt_async(f"#{number}> ")).strip()
    except KeyboardInterrupt:
        return ""
    except EOFError:
        return None
    return None if text.lower() in ("/quit", "/exit") else text


async def _answered(console: Console, text: str, number: int) -> int:
    """Shows the answer to a message; the number of the next one. Where the database fails, one can try again."""
    try:
        taken = await console.next_number()
        answer = await console.answer(Line(text))
        if taken != number and answer.message_id == str(taken):
            print(f"{_INDENT}(this is #{taken}: another terminal has gone on meanwhile)")
        _show(answer)
        await console.shown(answer)
        return await console.next_number()
    except SpotterError as error:
        print(f"{_INDENT}{error} ↑ brings your line back.")
        return number


def _show(answer: Answer) -> None:
    paint = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    for body in answer.bodies:
        for line in (_painted(body) if paint else body).split("\n"):
            print(_INDENT + line)
    sys.stdout.flush()


def _painted(body: str) -> str:
    """Where a set was read, the target stands out and the reasons step back; other texts stay as they are."""
    first, *rest = body.split("\n")
    if "✓" not in first:
        return body
    first = first.replace("✓", f"{_GREEN}✓{_PLAIN}", 1)
    first = re.sub(r"(?<=next: ).+", lambda target: f"{_BOLD}{target[0]}{_PLAIN}", first)
    return "\n".join([first, *(line if _is_choice(line) else f"{_DIM}{line}{_PLAIN}" for line in rest)])


def _is_choice(line: str) -> bool:
    return re.match(r"\s*\d+\)", line) is not None


def _history(path: Path) -> History:
    """Kept in a file that only its owner can read; where that cannot be, for this session only."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600))
    except OSError:
        return InMemoryHistory()
    return FileHistory(path)
