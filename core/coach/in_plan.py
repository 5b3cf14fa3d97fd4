"""The athlete's plan today, as it was kept and as far as they are in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.coach.courses import HAS_PLAN, Programme, programme
from core.coach.learned import IN_A_PLAN, Before, before_today
from core.coach.turn import Turn
from core.program.course import Course
from core.program.lift_today import PlanToday
from core.program.places import Place, places, session_now
from core.program.values import Plan


@dataclass(frozen=True, slots=True)
class Today:
    """An athlete's plan on a day, and where they stand in it."""

    programme: Programme
    plan: Plan
    course: Course
    day: date

    @property
    def newest(self) -> Plan:
        """The plan with what counts from tomorrow on: what further changes begin from."""
        last = self.programme.versions[-1]
        return last.plan if last.since > self.day else self.plan

    @property
    def lifts(self) -> frozenset[str]:
        """The lifts of that plan, by their ids."""
        return frozenset(lift.exercise for each in self.newest.sessions for lift in each.lifts)

    @property
    def pure(self) -> PlanToday:
        """What the rules need of it."""
        held = self.programme
        return PlanToday(self.plan, self.course, self.day, held.exercises, self.day in held.easy, held.safe)

    def is_anew(self, place: Place, last: date | None) -> bool:
        """Whether a lift was last done, on the day `last`, in another style. What no plan asked for was no other than that
        of the blocks."""
        if last is None:
            return False
        return self.programme.style_on(last, place.exercise.id) is not place.style

    def of(self, exercise_id: str) -> Place | None:
        """The lift's place in the session that is next; in another of the plan where that one does not have it."""
        first = session_now(self.course, self.plan, self.day)
        others = (one for one in self.plan.sessions if one is not first)
        for session in (*(() if first is None else (first,)), *others):
            for place in places(self.course, self.plan, session, self.day, self.programme.exercises):
                if place.exercise.id == exercise_id:
                    return place
        return None


async def plan_today(turn: Turn, before: Before, today: date) -> Today | None:
    """The athlete's plan today; None where they have none."""
    if HAS_PLAN not in await turn.preferences():
        return None
    if not turn.programme:
        turn.programme = (await programme(turn.conn, turn.athlete.id),)
    found = turn.programme[0]
    if found is None:
        return None
    plan, course = found.plan_on(today), found.course_on(before.course, before.upto, today)
    return None if plan is None or course is None else Today(found, plan, course, today)


async def today_of(turn: Turn) -> Today | None:
    """The athlete's plan today; None where they have none."""
    if HAS_PLAN not in await turn.preferences():
        return None
    day = await turn.today()
    before = await before_today(turn.conn, turn.athlete.id, turn.exercise, (), day, IN_A_PLAN)
    if before is None:
        turn.behind = day
        return None
    return await plan_today(turn, before, day)
