"""One scenario through every door: the same replies, the same targets, the same rows.

`SPOTTER_CHATS=write` writes down what the terminal says instead of comparing; judge every line before keeping it.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path

import pytest

from core.store import Store, open_store
from tests.coach.chats import Exchange, read_chat, written
from tests.doors.discord_door import DiscordDoor
from tests.doors.door import Platform, played
from tests.doors.rows import kept
from tests.doors.scenario import FILE, Step, steps_for
from tests.doors.telegram_door import TelegramDoor
from tests.doors.terminal_door import in_the_terminal
from tests.doors.watched import WatchedStore

DOORS: list[type[Platform]] = [TelegramDoor, DiscordDoor]


@pytest.fixture
async def opened(tmp_path: Path, now: datetime) -> AsyncIterator[Callable[[str], Store]]:
    """Stores by name."""
    stores = {
        name: await open_store(f"sqlite:///{tmp_path / name}.db", now=now) for name in ("terminal", "door")
    }
    yield stores.__getitem__
    for store in stores.values():
        await store.close()


async def test_the_terminal_says_what_the_scenario_promises(opened: Callable[[str], Store]) -> None:
    steps = steps_for()
    came = await in_the_terminal(opened("terminal"), steps)
    if os.environ.get("SPOTTER_CHATS") == "write":
        keep(came)
        return
    assert told(steps, came) == told(steps, [step.reply for step in steps])


@pytest.mark.parametrize("door", DOORS, ids=lambda door: str(door.name))
async def test_a_door_says_and_stores_what_the_terminal_does(
    door: type[Platform], opened: Callable[[str], Store]
) -> None:
    steps = steps_for(door.name)
    await in_the_terminal(opened("terminal"), steps)
    assert steps[0].line.at is not None
    platform = door(WatchedStore(opened("door")), steps[0].line.at)
    people = sorted({step.line.person or "" for step in steps})
    rooms = sorted({step.line.room for step in steps if step.line.room is not None})
    async with platform.open(people, rooms):
        came = await played(platform, steps)
    assert told(steps, came) == told(steps, [step.reply for step in steps])
    assert await kept(opened("door")) == (there := await kept(opened("terminal")))
    assert len(there["sets"]) >= 12


def test_the_scenario_has_what_doors_may_do_differently() -> None:
    steps = steps_for()
    assert {step.line.action for step in steps} == {"message", "reply", "edit", "delete"}
    assert len({step.line.person for step in steps}) == 2
    assert {step.line.room is None for step in steps if step.pressed} == {True, False}
    assert any(step.line.text.startswith("/") for step in steps)
    assert any(not step.reply for step in steps)
    assert any("(private)" in row for step in steps for row in step.reply)


def told(steps: list[Step], replies: list[tuple[str, ...]]) -> list[str]:
    """A conversation to compare and to read where it differs."""
    return [
        row
        for step, reply in zip(steps, replies, strict=True)
        for row in (
            f"{step.line.person}: {step.line.text or step.line.action}",
            *(f"> {one}" for one in reply),
        )
    ]


def keep(came: list[tuple[str, ...]]) -> None:
    """Writes the scenario with these replies."""
    exchanges = read_chat(FILE.read_text(encoding="utf-8"))
    replies = iter(came)
    FILE.write_text(
        written(
            [
                one if one.line is None else Exchange(one.written, one.line, list(next(replies)))
                for one in exchanges
            ]
        ),
        encoding="utf-8",
    )
