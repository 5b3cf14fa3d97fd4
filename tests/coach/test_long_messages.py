"""Long messages, in answer to every kind of question: whatever they repeat, they are read in one go."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.store import open_store
from tests.coach.gym_floor import BEGAN, GymFloor

LONG = 1000
MOST_SECONDS = 2.0
"""A hundred times what such a message takes; what goes back and forth over its text takes minutes, or for ever."""

REPEATED = (
    " ", "\n", "\t", "1", "9", "a", "é", ".", ",", "-", "+", "/", "(", "'", "@", "#", "a ", "an ", "1 ", "1, ", "1/", "1-", "1.", "0,",
    "x1", "it's ", "about ", "pain ", "left ", "/10 ", "rpe ", "kg ", "squat ", "no ", "or ", "to failure ", "3x5, ", "drop ",
    "? ", "! ", "add ", " like ", "I'm 16 ", "not ", "12:", "same ", "am ", "actually ", "100x8\n", "squat\n", "19", "🏋",
)  # fmt: skip
QUESTIONS = {
    "none": "squat 100x8 rpe8",
    "how bad a pain is": "squat 100x8 pain",
    "what is meant": "squat 100 8 9",
    "the load": "bench 8 reps",
    "the reps": "bench 80",
    "a lift": "zorgle 80x5",
    "the lift": "80kg x 5",
    "how many were left": "squat 105x8",
    "how to write it": "bench 80x5 @2",
}


@contextmanager
def answered_in_time(said: str) -> Iterator[None]:
    """Ends the work on a message that takes too long."""

    def too_long(*_: object) -> None:
        raise TimeoutError(f"{said[:20]!r}, {len(said)} characters")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("asked", QUESTIONS, ids=str)
async def test_an_answer_of_any_length(tmp_path: Path, sqlite_template: Path, asked: str) -> None:
    path = tmp_path / "spotter.db"
    shutil.copy(sqlite_template, path)
    store = await open_store(f"sqlite:///{path}", now=BEGAN)
    try:
        floor = GymFloor(store)
        for part in REPEATED:
            await floor.said(QUESTIONS[asked])
            said = (part * LONG)[:LONG] + "x"
            with answered_in_time(said):
                await floor.said(said)
    finally:
        await store.close()
