"""The rest that an athlete's plan names for a lift: said with the next set, for they chose it."""

from __future__ import annotations

from core.coach.in_plan import today_of
from core.coach.turn import Turn
from core.model import Target
from core.program.places import Place


async def named_rest(turn: Turn, exercise_id: str, target: Target | None) -> int | None:
    """Seconds before the next set of a lift, where the plan says how many; None where it leaves them to the lift's role, where
    no set follows, and inside a superset."""
    if target is None or target.when != "set" or (target.reps is None and target.seconds is None):
        return None
    held = turn.programme[0] if turn.programme else None
    plan = None if held is None else held.plan_on(await turn.today())
    lifts = () if plan is None else [lift for session in plan.sessions for lift in session.lifts]
    if not any(one.exercise == exercise_id and one.rest_s is not None for one in lifts):
        return None
    now = await today_of(turn)
    place = None if now is None else now.of(exercise_id)
    all_out = any(reason.code == "amrap_now" for reason in target.reasons)  # it says its own
    return None if place is None or all_out or _goes_on(place) else place.lift.rest_s


def _goes_on(place: Place) -> bool:
    """Whether another lift of its superset follows."""
    lifts, lift = place.session.lifts, place.lift
    behind = lifts[lifts.index(lift) + 1 :]
    return lift.superset is not None and any(one.superset == lift.superset for one in behind)
