"""What the last seven days came to: hard sets per muscle, how effort divided, how clean the sets were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from core.coach.in_plan import Today, today_of
from core.coach.turn import Turn
from core.effort import WITHOUT_PLAN
from core.facts import EffortOf, Fact, FormOf, Told, VolumeOf
from core.model import Exercise, LoggedSet, Role, SetEntry
from core.program.effort_share import effort_share
from core.program.form import form_score, weak_links
from core.program.values import Style
from core.program.volume import WEEK_DAYS, week_volume
from core.store import sets

FORM_DAYS = 28
"""So far back clean sets are counted (own choice)."""
MOST_SETS = 2000

Done = list[tuple[Exercise, LoggedSet]]


async def volume(turn: Turn, words: str) -> list[Fact]:
    """/volume: hard sets per muscle of the last seven days, beside the usual band."""
    today, now = await turn.training_day(), await today_of(turn)
    done = await _of_last(turn, today, WEEK_DAYS)
    if not done:
        return [Told("log_empty")]
    first = await sets.first_day(turn.conn, turn.athlete.id)
    whole = first is not None and first <= today - timedelta(days=WEEK_DAYS - 1)
    hit = now is not None and now.plan.style is Style.HIT
    return [VolumeOf(week_volume(done, today, hit=hit, whole=whole))]


async def effort(turn: Turn, words: str) -> list[Fact]:
    """/effort: how effort divided among the roles, in the last session and in the last seven days."""
    today, now = await turn.training_day(), await today_of(turn)
    done = await _of_last(turn, today, WEEK_DAYS)
    if not done:
        return [Told("log_empty")]
    last = max(one.day for _, one in done)
    of_session = [pair for pair in done if pair[1].day == last]
    divided = now is None or now.plan.style.has_weeks
    share = effort_share(_with_roles(of_session, now), _with_roles(done, now), divided=divided)
    return [EffortOf(share)]


async def form(turn: Turn, words: str) -> list[Fact]:
    """/form: how many sets were clean and near the effort asked for."""
    done, now = await _of_last(turn, await turn.training_day(), FORM_DAYS), await today_of(turn)
    asked = [(one.done, _asked(exercise, now)) for exercise, one in done]
    return [FormOf(form_score(asked), weak_links((exercise, one.done) for exercise, one in done))]


def _asked(exercise: Exercise, now: Today | None) -> float:
    """The RPE that a lift is asked for: by the plan as it stands, else by its role."""
    place = None if now is None else now.of(exercise.id)
    return WITHOUT_PLAN[exercise.role].rpe if place is None else place.asked.efforts[-1]


async def _of_last(turn: Turn, today: date, days: int) -> Done:
    found, _ = await sets.of_days(
        turn.conn,
        turn.athlete.id,
        today - timedelta(days=days),
        today + timedelta(days=1),
        MOST_SETS,
    )
    return [(await turn.exercise(one.exercise_id), one) for _, each in found for one in each]


def _with_roles(done: Done, now: Today | None) -> Sequence[tuple[Role, SetEntry]]:
    """The sets in the roles that the plan gives their lifts, else in their usual ones."""
    places = {} if now is None else {one.id: now.of(one.id) for one, _ in done}
    return [
        (exercise.role if (place := places.get(exercise.id)) is None else place.role, one.done)
        for exercise, one in done
    ]
