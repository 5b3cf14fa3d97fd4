"""An athlete's plans and what they did with them, and where that leaves them on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from core.coach.turn import exercise_of
from core.exercises import catalogue
from core.model import Exercise
from core.program.calendar import (
    DeloadAsked,
    DeloadDeclined,
    Event,
    Of,
    Replanned,
    SessionMoved,
    SessionSkipped,
    WeekChosen,
    advanced,
    as_of,
    started,
)
from core.program.course import Course
from core.program.grammar import read_plan
from core.program.values import Plan, Style
from core.store import Connection, lifts, people, plans
from core.store.plans import PlanEvent

REST = "rest"
"""What happened where somebody left out the rest of a session that they had begun."""

HAS_PLAN = "plan"
"""The preference that says that an athlete has a plan, so that nobody without one pays for it."""


SAFETIES = "safeties"
"""The preference that says whether safeties or a spotter catch the bar (`yes`, `no`): asked once."""

EASY_DAYS = "easy_days"
EASY_KEPT = timedelta(days=400)
"""The preference that holds the bad days that somebody called so, and how long they are kept: longer than targets look back
(a year)."""


def easy_days(preferences: Mapping[str, str]) -> frozenset[date]:
    """The bad days that are kept."""
    held = preferences.get(EASY_DAYS, "")
    return frozenset(date.fromisoformat(day) for day in held.split(",") if day)


@dataclass(frozen=True, slots=True)
class Version:
    """A plan as it counts from a day on."""

    id: str
    since: date
    plan: Plan


@dataclass(frozen=True, slots=True)
class Programme:
    """All versions of an athlete's plan, what they did with it, the lifts in it, the bad days they had, and whether safeties
    or a spotter catch the bar."""

    versions: tuple[Version, ...]
    events: tuple[PlanEvent, ...]
    exercises: Mapping[str, Exercise]
    easy: frozenset[date] = frozenset()
    safe: bool = False

    def plan_on(self, day: date) -> Plan | None:
        """The plan that counts on a day; none after the one before was ended."""
        found = next((one for one in reversed(self.versions) if one.since <= day), None)
        ended = (
            one.what == "end" and one.day <= day and found is not None and one.id > found.id
            for one in self.events
        )
        return None if found is None or any(ended) else found.plan

    def style_on(self, day: date, exercise_id: str) -> Style:
        """The style in which a lift was done on a day; that of the blocks where no plan had it."""
        plan = self.plan_on(day)
        lifts = () if plan is None else [lift for each in plan.sessions for lift in each.lifts]
        found = next((one for one in lifts if one.exercise == exercise_id), None)
        return Style.BLOCKS if plan is None or found is None else found.style or plan.style

    def course_on(self, course: Course | None, after: date | None, day: date) -> Course | None:
        """Where somebody stands on a day who stood at `course` when the day `after` was over; None without a plan.

        What happened on the day itself counts, its sets do not.
        """
        given: list[tuple[date, str, Version | PlanEvent]] = []  # ids grow with time
        given += [(one.since, one.id, one) for one in self.versions if _within(one.since, after, day)]
        given += [(one.day, one.id, one) for one in self.events if _within(one.day, after, day)]
        for when, _, what in sorted(given, key=lambda one: one[:2]):
            if isinstance(what, Version):
                course = _with_version(course, what, self._before(what), when)
            else:
                course = _with_event(course, what)
        return None if course is None else replace(course, position=as_of(course.position, day))

    def _before(self, version: Version) -> Plan | None:
        """The plan that counted before a version."""
        at = self.versions.index(version)
        return self.versions[at - 1].plan if at else None

    def is_rest_left(self, day: date) -> bool:
        """Whether the rest of a day's session was left out."""
        return any(one.what == REST and one.day == day for one in self.events)


def _within(day: date, after: date | None, until: date) -> bool:
    return (after is None or day > after) and day <= until


def _with_version(course: Course | None, version: Version, before: Plan | None, day: date) -> Course:
    when = version.plan.schedule
    if course is None:
        return Course(started(when.a_week, since=day))
    old = None if before is None else before.schedule
    anew = old is None or (old.days, old.order, old.rotates) != (when.days, when.order, when.rotates)
    return replace(course, position=advanced(course.position, Replanned(day, when.a_week, anew)))


def _with_event(course: Course | None, event: PlanEvent) -> Course | None:
    if course is None or event.what == "end":
        return None
    if event.what == REST:  # it counts by the sets of its day
        return course
    return replace(course, position=advanced(course.position, _event(event)))


def _event(event: PlanEvent) -> Event:
    match event.what:
        case "skip":
            held = event.data.get("of")
            return SessionSkipped(event.day, None if held is None else Of(*map(date.fromisoformat, held)))
        case "move":
            on = event.data.get("on")
            to = date.fromisoformat(event.data["to"])
            return SessionMoved(event.day, to, None if on is None else date.fromisoformat(on))
        case "week":
            return WeekChosen(event.day, int(event.data["week"]))
        case "deload":
            return DeloadAsked(event.day)
        case "no_deload":
            return DeloadDeclined(event.day)
    raise ValueError(event.what)


async def programme(conn: Connection, athlete_id: str) -> Programme | None:
    """All that is kept of an athlete's plan; None where they have none."""
    found = await plans.versions(conn, athlete_id)
    if not found:
        return None
    own = await lifts.own_exercises(conn, athlete_id)
    names = catalogue().extended(own) if own else catalogue()
    versions = []
    for one in found:
        plan = _read(one.text) if names is catalogue() else _plan_of(read_plan(one.text, names))
        if plan is not None:
            versions.append(Version(one.id, one.effective_day, plan))
    ids = {lift.exercise for one in versions for each in one.plan.sessions for lift in each.lifts}
    events = await plans.events(conn, athlete_id)
    exercises = {one: exercise_of(names, one) for one in sorted(ids)}
    held = await people.preferences(conn, athlete_id)
    return Programme(tuple(versions), tuple(events), exercises, easy_days(held), held.get(SAFETIES) == "yes")


@lru_cache(maxsize=512)
def _read(text: str) -> Plan | None:
    return _plan_of(read_plan(text, catalogue()))


def _plan_of(read: Plan | Sequence[Any]) -> Plan | None:
    """A plan that was kept is one; what another version of the program cannot read any more counts as none."""
    return read if isinstance(read, Plan) else None
