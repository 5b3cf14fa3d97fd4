"""Whether safeties or a spotter catch the bar: asked once, before a set that would go to failure."""

from __future__ import annotations

from typing import Any, Final

from core.coach import asking, journal, zones
from core.coach.courses import SAFETIES
from core.coach.turn import Turn
from core.facts import Fact, Told
from core.model import Exercise

QUESTION: Final = "safeties"
ASKED: Final = "asked"
"""What is kept until it is answered, so that nobody is asked twice."""


def needs_them(exercise: Exercise) -> bool:
    """Whether a lift to failure needs something that catches it: a bar over or on the body."""
    return (
        exercise.equipment == "barbell"
        and exercise.compound
        and exercise.pattern in ("squat", "press", "lunge")
    )


async def ask_once(turn: Turn) -> list[Fact]:
    """The question, where it was never put."""
    if not turn.private or SAFETIES in await turn.preferences():
        return []
    if any(one.code != zones.CLOCK for one in await turn.open_questions()):
        return []
    await turn.remember(SAFETIES, ASKED)
    choices = [asking.packed("yes", (), word="caught"), asking.packed("no", (), word="unsafe")]
    return [await asking.put(turn, QUESTION, "", choices)]


async def safeties(turn: Turn, words: str) -> list[Fact]:
    """/safeties [yes | no]"""
    said = words.strip().lower()
    if said not in ("yes", "no"):
        return [Told("safeties_are", {"safe": (await turn.preferences()).get(SAFETIES) == "yes"})]
    return await answered(turn, said)


async def answered(turn: Turn, label: str) -> list[Fact]:
    """It is known; `/undo` takes it back."""
    before = (await turn.preferences()).get(SAFETIES)
    await turn.remember(SAFETIES, label)
    turn.programme = ()
    await journal.record(turn, "safeties", {"was": before})
    return [Told("safeties_set", {"safe": label == "yes"})]


async def undo(turn: Turn, before: dict[str, Any]) -> list[Fact]:
    """/undo of an answer."""
    await turn.remember(SAFETIES, before["was"])
    turn.programme = ()
    return [Told("undone_safeties", {"safe": before["was"] == "yes"})]
