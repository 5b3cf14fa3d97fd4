"""A bare small number behind a set: so many reps were left in that one, or it is the next set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.coach import asking, completing, correcting
from core.coach.choosing import NUMBER, one_line
from core.coach.turn import Turn
from core.facts import Fact, Told
from core.model import SetEntry
from core.store import sets
from core.store.questions import Question

QUESTION: Final = "left_or_set"
MOST_LEFT: Final = 5
FEWER: Final = 4
"""So few may be left in a set; so many fewer reps than in the one before are no usual next set (own choice)."""


async def ask(turn: Turn, entries: Sequence[SetEntry]) -> list[Fact]:
    """`4` after a set of 15 whose effort nobody told: both are said so."""
    bare = NUMBER.match(one_line(turn.message.text))
    if bare is None or len(entries) != 1 or not turn.private:
        return []
    number, last = int(bare.group(1)), await turn.carried()
    if last is None or last.done.rpe is not None or last.done.failure is not None or last.done.reps is None:
        return []
    if number > MOST_LEFT or last.done.reps < number + FEWER:
        return []
    choices = [
        asking.packed("left", (), word="left", number=number),
        asking.packed("set", (SetEntry(reps=number),), word="set", number=number),
    ]
    text = turn.message.text.strip()
    return [await asking.put(turn, QUESTION, text, choices, set=last.id, number=number)]


async def left(turn: Turn, question: Question) -> list[Fact]:
    """It was the effort of the set before."""
    logged = await sets.get(turn.conn, question.payload["set"])
    said = completing.said_of_set("effort", str(question.payload["number"]))
    if logged is None or said is None:
        return [Told("question_over")]
    return await correcting.correct_set(turn, logged, said)
