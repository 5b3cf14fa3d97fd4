"""Whole chats, message by message, through the real dispatch and store.

`SPOTTER_CHATS=write` writes down what comes instead of comparing: judge each line of the difference against
`notation.md` and `training.md` before keeping it.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path

import pytest

from core.store import Store
from tests.coach.chats import FOLDER, Exchange, played, read_chat, written

CHATS = sorted(FOLDER.glob("*.txt"))


def exchanges_in(path: Path) -> list[Exchange]:
    return read_chat(path.read_text(encoding="utf-8"))


def keep(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("path", CHATS, ids=lambda path: path.stem)
async def test_a_chat_goes_as_written(path: Path, store: Store) -> None:
    expected = exchanges_in(path)
    came = written(await played(store, expected))
    if os.environ.get("SPOTTER_CHATS") == "write":
        keep(path, came)
        return
    difference = difflib.unified_diff(
        written(expected).splitlines(), came.splitlines(), f"{path.name}, expected", "came", lineterm="", n=4
    )
    assert came == written(expected), "\n" + "\n".join(difference)


def test_there_are_chats_and_they_say_something() -> None:
    exchanges = [one for path in CHATS for one in exchanges_in(path)]
    said = [one for one in exchanges if one.line is not None]
    assert len(CHATS) >= 20
    assert len(said) >= 300
    assert sum(bool(one.reply) for one in said) >= 250
