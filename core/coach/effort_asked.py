"""After which lift of a session its effort is asked for: once, and of the big lifts with a plan the last one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.coach.in_plan import plan_today
from core.coach.learned import Before
from core.coach.turn import Turn
from core.effort import WITHOUT_PLAN
from core.model import Exercise, Kind, LoggedSet, Role
from core.program.places import places, session_now
from core.store import sets


async def may_ask(
    turn: Turn, exercise: Exercise, now: Sequence[LoggedSet], before: Before | None, today: date
) -> bool:
    """Whether the effort of a lift's last set may be asked for; `now` are today's sets of it. Of others it never is."""
    if exercise.role is not Role.ANCHOR or exercise.timed or not now or now[-1].done.rpe is not None:
        return True  # nothing is asked then
    done = await sets.on_day(turn.conn, turn.athlete.id, today)
    others = [one for one in done if one.exercise_id != exercise.id and one.done.kind is not Kind.WARMUP]
    plan = None if before is None else await plan_today(turn, before, today)
    session = None if plan is None else session_now(plan.course, plan.plan, today)
    if plan is None or session is None:
        return not await _asked_before(turn, others)
    ours = places(plan.course, plan.plan, session, today, plan.programme.exercises)
    anchors = [one for one in ours if one.role is Role.ANCHOR and not one.exercise.timed]
    if all(one.exercise.id != exercise.id for one in anchors):
        return not await _asked_before(turn, others)
    waiting = [one for one in anchors if one.exercise.id != exercise.id]
    return all(_is_over(_of(one.exercise.id, others), one.asked.sets) for one in waiting)


def _of(exercise_id: str, done: Sequence[LoggedSet]) -> list[LoggedSet]:
    return [one for one in done if one.exercise_id == exercise_id]


def _is_over(done: Sequence[LoggedSet], planned: int) -> bool:
    """Whether a lift's sets are done, or it hurts and its sets are no measure of the day."""
    return len(done) >= planned or any(one.done.pain is not None for one in done)


async def _asked_before(turn: Turn, others: Sequence[LoggedSet]) -> bool:
    """Whether another big lift of today was over without any effort told: then it was asked for there."""
    for exercise_id in dict.fromkeys(one.exercise_id for one in others):
        of = _of(exercise_id, others)
        big = (await turn.exercise(exercise_id)).role is Role.ANCHOR
        unrated = all(one.done.rpe is None and one.done.failure is None for one in of)
        if big and unrated and len(of) >= WITHOUT_PLAN[Role.ANCHOR].sets:
            return True
    return False
