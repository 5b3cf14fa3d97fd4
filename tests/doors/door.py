"""What the scenario needs of a door, and how it is played through a platform with a server behind it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime

from bot.transcript import Line
from core.store.serial import write_instant
from tests.doors.scenario import Step
from tests.doors.watched import WatchedStore


@dataclass(frozen=True, slots=True)
class Spot:
    """A message of the coach's: in which room it stands, or in whose private chat; its id there."""

    room: str | None
    person: str | None
    message_id: int


class Platform(ABC):
    """A platform at work, as its people see it. A new one needs this much."""

    name: str

    def __init__(self, store: WatchedStore, begins: datetime) -> None:
        self.store = store
        self.now = begins

    @abstractmethod
    def open(self, people: Sequence[str], rooms: Sequence[str]) -> AbstractAsyncContextManager[None]:
        """The server and the coach at work; everybody is in every room and has written to the coach before."""

    @abstractmethod
    async def act(self, line: Line) -> None:
        """Somebody says, edits or deletes what the line says."""

    @abstractmethod
    async def press(self, line: Line) -> None:
        """Somebody presses the newest button that `says` the line's text."""

    @abstractmethod
    def seen(self) -> Mapping[Spot, str]:
        """Every message of the coach's that stands there now."""


def says(label: str, answer: str) -> bool:
    """Whether a button is that answer: its words, or its number before a bracket."""
    return label == answer or label.startswith(f"{answer})")


async def played(platform: Platform, steps: Sequence[Step]) -> list[tuple[str, ...]]:
    """The lines of the replies to each step."""
    return [await _step(platform, step) for step in steps]


async def _step(platform: Platform, step: Step) -> tuple[str, ...]:
    line = step.line
    assert line.at is not None and line.at >= platform.now, "a scenario goes forward in time"
    platform.now = line.at
    before = dict(platform.seen())
    handled = await _handled(platform.store, line)
    await (platform.press(line) if step.pressed else platform.act(line))

    async def is_done() -> bool:
        unsent = "SELECT COUNT(*) FROM replies WHERE sent_at IS NULL"
        return await _handled(platform.store, line) > handled and not await platform.store.count(unsent)

    await platform.store.until(is_done)
    after = platform.seen()
    changed = [(spot, text) for spot, text in after.items() if before.get(spot) != text]
    changed.sort(key=lambda one: one[0].room != line.room)
    return tuple(row for spot, text in changed for row in _as_written(line, spot, text))


async def _handled(store: WatchedStore, line: Line) -> int:
    """How many messages, edits or deletions like this one have been taken in."""
    assert line.at is not None
    at = write_instant(line.at)
    match line.action:
        case "edit":
            return await store.count("SELECT COUNT(*) FROM messages WHERE edited_at = :at", at=at)
        case "delete":
            return await store.count("SELECT COUNT(*) FROM messages WHERE deleted_at = :at", at=at)
    return await store.count("SELECT COUNT(*) FROM messages")


def _as_written(line: Line, spot: Spot, text: str) -> list[str]:
    """As the terminal writes it: what reaches one person only, although a room was spoken in, says so."""
    if spot.room != line.room:
        assert spot.room is None and spot.person == line.person, f"{text!r} went to {spot}"
        text = f"(private) {text}"
    return [row.rstrip() for row in text.split("\n")]
