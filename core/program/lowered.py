"""Days on which a lift's load was lowered on purpose: they tell of no strength, and nobody is judged by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from core import progression
from core.care import serious_sets
from core.learning import Lift
from core.model import LoggedSet
from core.program.course import Course, LiftCourse
from core.program.places import Place, planned_interval
from core.program.values import Plan
from core.program.working_max import layoff

HURT_DAYS: Final = 28
"""So long a lift that hurt by so much that its load was lowered is judged by nothing, where no plan knows better: a block
(own choice)."""


def lowered(course: Course, plan: Plan, day: date, asked: Mapping[str, Place]) -> frozenset[str]:
    """The lifts that a plan asks less of on a day than it would: in a deload, after pain until M is back, after days away."""
    return frozenset(
        name
        for name, place in asked.items()
        if place.deload or is_less(course.lifts.get(name), planned_interval(plan, name), day)
    )


def is_less(known: LiftCourse | None, interval: int, day: date) -> bool:
    """Whether a lift is still coming back from pain, or was away for longer than the `interval` that its plan has."""
    if known is None:
        return False
    heals = known.watched > 0 or known.was_kg is not None
    return heals or layoff((day - known.last).days, interval) is not None


def was_away(known: Lift, day: date) -> bool:
    """Whether a lift that no plan asks for comes back after a layoff; `known` is what the days before taught of it."""
    belief = known.belief
    return belief.days > 0 and progression.layoff(day.toordinal() - belief.day) is not None


def hurt_on(before: date | None, done: Sequence[LoggedSet], day: date) -> date | None:
    """The last day on which a lift hurt so that its load was lowered, as far as it still counts; `before` was it until
    today."""
    if serious_sets(done):
        return day
    return before if before is not None and (day - before).days <= HURT_DAYS else None
