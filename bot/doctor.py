"""`spotter doctor`: whether what is stored is what it should be."""

from __future__ import annotations

from datetime import date
from typing import Final

from core.coach.learned_anew import is_as_learned_anew
from core.coach.turn import exercise_of
from core.exercises import catalogue
from core.model import Exercise
from core.store import Connection, Store, lifts, people, strengths

USAGE: Final = """\
spotter doctor [--mend]

Looks through the database and says what is wrong with it: whether what was learned of each athlete is what
their log teaches from its first set on. The exit status is 0 where all is well, else 1. With --mend, what is
wrong is forgotten, and learned anew with the athlete's next message; without it nothing is changed."""


async def examined(store: Store, *, mend: bool = False) -> str:
    """Looks at all athletes; sentences on what was found, and on what was done about it."""
    async with store.read() as conn:
        athletes = await people.everybody(conn)
        ill = [one for one in athletes if not await _is_well(conn, one)]
    if not ill:
        looked_at = "1 athlete" if len(athletes) == 1 else f"{len(athletes):,} athletes"
        return f"{WELL} What was learned of {looked_at} is what their logs teach."
    if mend:
        async with store.write() as conn:
            for one in ill:
                await strengths.unlearn(conn, one, date.min)
    done = "It is forgotten, and learned anew." if mend else "spotter doctor --mend has it learned anew."
    return "\n".join(f"What was learned of athlete {one} is not what the log teaches. {done}" for one in ill)


WELL: Final = "All is well."
"""How the sentence begins where nothing is wrong."""


async def _is_well(conn: Connection, athlete_id: str) -> bool:
    names = catalogue().extended(await lifts.own_exercises(conn, athlete_id))

    async def exercise(exercise_id: str) -> Exercise:
        return exercise_of(names, exercise_id)

    return await is_as_learned_anew(conn, athlete_id, exercise)
