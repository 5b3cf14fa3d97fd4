"""Chats in which the coach also speaks first: as in `tests.coach.chats`, and what was said by itself stands before the message
that came after it, behind `< ` with its time (UTC).

    < [2026-11-02 17:00] Today 18:00: A · Week 1 of 12, Foundation
    <   Squat 3 × 70 × 15 @6
    [2026-11-02 18:03] lifter #2: squat 70x15 @6
    > Squat 70 kg × 15 @6 ✓ next: 70 × 15 @6

`SPOTTER_CHATS=write` writes down what comes instead of comparing.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.alarm import Alarm
from bot.console import Console
from bot.console.adapter import PLATFORM
from bot.dispatch import UNASKED, Dispatch
from core.store import Store
from core.store.messages import StoredReply
from tests.coach.chats import Exchange, read_chat, written

FOLDER = Path(__file__).parents[1] / "corpus" / "reminders"
CHATS = sorted(FOLDER.glob("*.txt"))
_TOLD = "<"


@dataclass
class Told:
    """Takes what is said, and writes it down with its time."""

    clock: Callable[[], datetime]
    lines: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)

    def room(self) -> int:
        return 100

    def tell(self, reply: StoredReply) -> None:
        first, *more = reply.body.split("\n")
        self.lines.append(f"{_TOLD} [{self.clock():%Y-%m-%d %H:%M}] {first}".rstrip())
        self.lines += [f"{_TOLD}   {line}".rstrip() for line in more]
        self.kinds.add(reply.extra[UNASKED])


@dataclass
class Player:
    """A chat with the time between its messages."""

    store: Store
    now: datetime = datetime(2026, 1, 1, tzinfo=UTC)

    async def play(self, text: str) -> tuple[str, set[str]]:
        """The chat as it comes, and the kinds of what was said by itself."""
        dispatch = Dispatch(self.store)
        console, told = Console(dispatch, "lifter"), Told(lambda: self.now)
        alarm = Alarm(self.store, PLATFORM, dispatch, told, lambda: self.now)
        came: list[str] = []
        asked = "\n".join(line for line in text.splitlines() if not line.startswith(_TOLD))
        for one in read_chat(asked):
            reply: list[str] = []
            if one.line is not None:
                assert one.line.at is not None
                await self._until(alarm, one.line.at)
                answer = await console.answer(one.line)
                reply = [line.rstrip() for body in answer.bodies for line in body.split("\n")]
            came += [*told.lines, written([Exchange(one.written, one.line, reply)]).rstrip("\n")]
            told.lines.clear()
        assert console.broke == 0
        return "\n".join(line for line in came if line) + "\n", told.kinds

    async def _until(self, alarm: Alarm, at: datetime) -> None:
        while True:
            async with self.store.read() as conn:
                due = (await conn.execute("SELECT MIN(due_at) FROM reminders"))[0][0]
            if due is None or datetime.fromisoformat(due) > at:
                break
            self.now = max(self.now, datetime.fromisoformat(due))
            await alarm.look()
        self.now = at


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def keep(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("path", CHATS, ids=lambda path: path.stem)
async def test_a_chat_goes_as_written(path: Path, store: Store) -> None:
    expected = text_of(path)
    came, _ = await Player(store).play(expected)
    if os.environ.get("SPOTTER_CHATS") == "write":
        keep(path, came)
        return
    difference = difflib.unified_diff(
        expected.splitlines(), came.splitlines(), f"{path.name}, expected", "came", lineterm="", n=4
    )
    assert came == expected, "\n" + "\n".join(difference)


def test_there_are_chats_and_they_say_something() -> None:
    told = [line for path in CHATS for line in text_of(path).splitlines() if line.startswith(f"{_TOLD} [")]
    assert len(CHATS) >= 3
    assert len(told) >= 20
    assert any("All out" in line or "all-out" in line for line in told)
