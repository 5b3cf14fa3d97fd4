"""Lifts of the athlete's own."""

from __future__ import annotations

import re
from dataclasses import replace

from core.coach import journal
from core.coach.turn import Turn
from core.exercises import fold
from core.model import Exercise, Role
from core.store import lifts


async def add(turn: Turn, name: str, like: Exercise | None) -> Exercise:
    """A lift of the athlete's own, with the traits of a known one or of a plain accessory."""
    names = await turn.names()
    clean = " ".join(name.split())[:60]
    base = re.sub(r"[^a-z0-9]+", "-", fold(clean)).strip("-") or "lift"
    exercise_id = f"own-{base}"
    taken = names.get(exercise_id)
    if taken is not None and taken.name == clean:
        return taken
    if taken is not None:
        exercise_id = f"{exercise_id}-{len(names)}"
    plain = Exercise(exercise_id, clean, Role.ACCESSORY, True, "other", "other", 2.5, 5.0, (), own=True)
    exercise = plain if like is None else replace(like, id=exercise_id, name=clean, own=True)
    await lifts.add_own(turn.conn, turn.athlete.id, exercise, (clean,), turn.now)
    await journal.record(turn, "own_exercise", {"id": exercise_id})
    turn.know(names.extended([(exercise, (clean,))]))
    return exercise
