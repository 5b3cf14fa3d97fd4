"""The scenario file: a transcript with the replies that it must get, and remarks for the doors above some lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.transcript import Line
from tests.coach.chats import read_chat

FILE = Path(__file__).with_name("scenario.txt")
_NOT_ON = re.compile(r"; not on (\w+)")
_BY_BUTTON = "; by button"


@dataclass(frozen=True, slots=True)
class Step:
    """A line with the reply it must get. `pressed`: by a button where there are any; `not_on`: doors without such an event."""

    line: Line
    reply: tuple[str, ...]
    pressed: bool
    not_on: frozenset[str]


def steps_for(door: str | None = None) -> list[Step]:
    """The scenario as a door can have it; all of it for None."""
    return [step for step in _steps() if door not in step.not_on]


def _steps() -> Iterable[Step]:
    for one in read_chat(FILE.read_text(encoding="utf-8")):
        if one.line is None:
            continue
        remarks = [raw for raw in one.written if raw.startswith(";")]
        barred = frozenset(name for raw in remarks for name in _NOT_ON.findall(raw))
        yield Step(one.line, tuple(one.reply), _BY_BUTTON in remarks, barred)
