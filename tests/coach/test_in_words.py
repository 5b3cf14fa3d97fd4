"""Commands in plain words: only short messages that clearly ask for one."""

from __future__ import annotations

import pytest

from bot.commands import BY_NAME
from bot.in_words import meant
from core.exercises import catalogue

ASKED = [
    ("undo", "undo", ""),
    ("Undo that!", "undo", ""),
    ("delete that", "undo", ""),
    ("отмена", "undo", ""),
    ("rückgängig", "undo", ""),
    ("whats my ohp max?", "max", "ohp"),
    ("What's my bench 1RM?", "max", "bench"),
    ("squat max", "max", "squat"),
    ("what should i do next?", "today", ""),
    ("what's next", "today", ""),
    ("bench", "last", "bench"),
    ("Bench press?", "last", "bench press"),
    ("what should i bench today", "last", "bench"),
    ("whats next on squat", "last", "squat"),
    ("last squat", "last", "squat"),
    ("why", "why", ""),
    ("why squat?", "why", "squat"),
    ("squat history", "history", "squat"),
    ("help", "help", ""),
    ("plates 225", "plates", "225"),
    ("unit lb", "unit", "lb"),
]

TALK = [
    "squat 100x8", "bench 80", "nice work everyone", "next time we go heavier", "last one was hard", "max effort today",
    "bench was busy", "good morning", "gm", "clean", "undo the damage of last night", "why not", "what a day", "time to go",
    "today was good", "delete my account please", "history repeats itself", "helpful as ever", "8", "same", "",
    "bench " + "very " * 20, "undo\nsquat 100x8",
]  # fmt: skip


@pytest.mark.parametrize(("said", "command", "words"), ASKED)
def test_what_is_clearly_asked_for_is_that_command(said: str, command: str, words: str) -> None:
    found = meant(said, catalogue())
    assert found is not None and found.name in BY_NAME
    assert (found.name, found.words) == (command, words)


@pytest.mark.parametrize("said", TALK)
def test_sets_and_talk_are_no_command(said: str) -> None:
    assert meant(said, catalogue()) is None
