"""Chats as files: messages in the transcript form (`bot.transcript`), each with the reply below it, behind `> `.

    ; a comment
    [2026-11-20 18:03] lifter #17: squat 100x8
    > Squat 100 kg × 8 ✓ next: 100 × 8, leave 2 in the tank
    [2026-11-20 18:04] lifter #18: nice work everyone        nothing below it: the coach is silent

In a group, what is said to one person alone begins with `(private) `.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.console import Console
from bot.dispatch import Dispatch
from bot.transcript import Line, continued, is_continuation, read_line
from core.store import Store

FOLDER = Path(__file__).parents[1] / "corpus" / "chats"
_REPLY = ">"


@dataclass(slots=True)
class Exchange:
    """A message as it stands in the file, with the lines above it that say nothing, and the reply it should get."""

    written: list[str]
    line: Line | None = None
    reply: list[str] = field(default_factory=list)


def read_chat(text: str) -> list[Exchange]:
    """The exchanges of a file; what stands below the last one is an exchange without a message."""
    found = [Exchange([])]
    for raw in text.splitlines():
        here = found[-1]
        if raw.startswith(_REPLY):
            here.reply.append(raw.removeprefix(_REPLY).removeprefix(" "))
        elif here.line is not None and not here.reply and here.line.takes_more and is_continuation(raw):
            here.line = continued(here.line, raw)
            here.written.append(raw)
        elif here.line is None:
            here.written.append(raw)
            here.line = read_line(raw)
        else:
            found.append(Exchange([raw], read_line(raw)))
    return found


def written(exchanges: list[Exchange]) -> str:
    """The file again."""
    return "".join(f"{line}\n" for line in _lines(exchanges))


def _lines(exchanges: list[Exchange]) -> Iterator[str]:
    for one in exchanges:
        yield from one.written
        yield from (f"{_REPLY} {line}".rstrip() for line in one.reply)


async def played(store: Store, exchanges: list[Exchange]) -> list[Exchange]:
    """The same messages with the replies that come; said by `lifter` where no one is named."""
    console = Console(Dispatch(store), "lifter")
    came = []
    for one in exchanges:
        reply: list[str] = []
        if one.line is not None:
            answer = await console.answer(one.line)
            reply = [line.rstrip() for body in answer.bodies for line in body.split("\n")]
        came.append(Exchange(one.written, one.line, reply))
    assert console.broke == 0
    return came
