"""What the plan asked of the lifts of past days: by the week, style and plan that counted then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from core.coach.courses import Programme
from core.coach.turn import Turn
from core.model import Kind, LoggedSet
from core.program.after_day import with_session
from core.program.course import Course
from core.program.course import from_json as course_from
from core.program.day_exposures import places_on
from core.program.places import Place
from core.store import sets, strengths

MOST_SETS = 4000
"""So many sets are gone through at the most (own choice): marks lie at most three months apart, and nobody does more in four."""

Day = tuple[date, Sequence[LoggedSet]]
AskedOn = Mapping[date, Mapping[str, Place]]
"""What was asked of each lift of the plan, by day."""


async def asked_then(turn: Turn, programme: Programme, since: date, today: date) -> AskedOn:
    """What the plan asked on each day of training from `since` to `today`.

    Follows the plan from the last day before them after which it is known where the athlete stood.
    """
    mark = await strengths.mark_before(turn.conn, turn.athlete.id, since)
    course, after = None, None
    if mark is not None:
        after, text = mark
        course = None if text is None else _course(text)
    if course is None:  # no plan then, or kept by another version: from the first plan on
        after = min(programme.versions[0].since, since) - timedelta(days=1)
    days, _ = await sets.of_days(turn.conn, turn.athlete.id, after, today + timedelta(days=1), MOST_SETS)
    return followed(programme, course, after, days)


def _course(text: str) -> Course | None:
    try:
        return course_from(text)
    except ValueError:
        return None


def followed(
    programme: Programme, course: Course | None, after: date | None, days: Sequence[Day]
) -> dict[date, dict[str, Place]]:
    """What was asked on those days, in their order, of somebody who stood at `course` when the day `after` was over."""
    found: dict[date, dict[str, Place]] = {}
    for day, done in days:
        plan, course = programme.plan_on(day), programme.course_on(course, after, day)
        after = day
        if plan is None or course is None:
            continue
        found[day] = places_on(course, plan, day, programme.exercises)
        course = with_session(
            course, plan, day, {one.exercise_id for one in done if one.done.kind is not Kind.WARMUP}
        )
    return found
