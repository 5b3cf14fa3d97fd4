"""Whether what is stored of an athlete's strength is what their log teaches."""

from __future__ import annotations

from datetime import timedelta

from core.coach.courses import easy_days, programme
from core.coach.learned import Exercises, Learning
from core.learning import Lift, as_json
from core.program.day_exposures import as_json as exposures_json
from core.store import Connection, people, strengths


async def is_as_learned_anew(conn: Connection, athlete_id: str, exercise: Exercises) -> bool:
    """Whether what is stored is what the log teaches from its first set on."""
    held = await strengths.learned(conn, athlete_id)
    if held is None:
        return True
    easy = easy_days(await people.preferences(conn, athlete_id))
    anew = _Anew(conn, athlete_id, exercise, programme=await programme(conn, athlete_id), easy=easy)
    while await anew.days(held.upto + timedelta(days=1)):
        pass
    lifts = {one: as_json(lift) for one, lift in anew.lifts.items()}
    same = as_json(anew.habits) == held.habits and anew.course_after(held.upto) == held.course
    same = same and held.exposures in (None, exposures_json(anew.exposures))  # None: not kept yet
    return same and lifts == await strengths.all_lifts(conn, athlete_id)


class _Anew(Learning):
    """Learning that takes nothing from what is stored."""

    async def _held(self, exercise_id: str) -> Lift:
        return Lift()
