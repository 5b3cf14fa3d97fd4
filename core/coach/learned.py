"""What an athlete's log has taught of their strength: day by day, once a day is over, and today's sets on top of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from core.coach.courses import Programme, easy_days, programme
from core.coach.turn import exercise_of
from core.exercises import catalogue
from core.learning import Habits, Lift, StateUnreadable, as_json, close, habits_from, lift_from, update
from core.learning.reading import evidence
from core.model import Call, Exercise, LoggedSet
from core.program.after_day import trained
from core.program.course import Course
from core.program.course import as_json as course_json
from core.program.course import from_json as course_from
from core.program.day_exposures import KEPT_DAYS, LiftOfDay, Past, places_on, seen_of, with_day
from core.program.day_exposures import as_json as exposures_json
from core.program.day_exposures import from_json as exposures_from
from core.program.lowered import HURT_DAYS, lowered
from core.program.places import Place
from core.program.values import Plan
from core.store import Connection, calls, lifts, people, sets, strengths
from core.store.strengths import Learned

MOST_SETS = 500
"""So many old sets are learned from in one go, in whole days; the rest waits for the next (own choice)."""
BY_THE_WAY = 60
"""So many, a session or two, are learned from before an answer; nobody waits for more (own choice)."""
AT_A_CHANGE = 500
"""So many are learned from again before the answer to a change of an old set: what follows from it is said there (own
choice; four weeks of hard training)."""
IN_A_PLAN = 2000
"""So many are learned from before the answer to somebody who has a plan: without them nobody knows where they stand in it
(own choice; four months of hard training; measured: 500 in 0.07 s)."""
MARKED = timedelta(days=14)
"""So far the marks of the last months lie apart from which learning begins anew after a change to an old set (own choice)."""
WEST = timedelta(days=2)
"""By so many days at the most somebody's day can begin again, who travels."""
MARKS_APART = timedelta(days=91)
"""Of what lies further back only marks so far apart are kept (own choice)."""
EXPOSED = timedelta(days=KEPT_DAYS + HURT_DAYS)
"""What lies so far before the last day learned from is not kept as an exposure, nor does a pain in it count in one that is."""
_DAY = timedelta(days=1)
_NONE: Mapping[str, Call] = MappingProxyType({})

Exercises = Callable[[str], Awaitable[Exercise]]


class Before(NamedTuple):
    """What the days before today have taught: of the athlete, of the lifts that were asked for, and where it leaves them
    in their plan when the day `upto` was over (None without one); the last exposures of every lift."""

    habits: Habits
    lifts: tuple[Lift, ...]
    course: Course | None
    upto: date
    exposures: Past


@dataclass(slots=True)
class Learning:
    """An athlete's states while days are learned from. `lifts` are those that were asked for; `body_kg` is what they weighed
    on the day, where one of its lifts asked for it. `easy` are their bad days: those are held against nobody."""

    conn: Connection
    athlete_id: str
    exercise: Exercises
    upto: date | None = None
    habits: Habits = field(default_factory=Habits)
    lifts: dict[str, Lift] = field(default_factory=dict)
    course: Course | None = None
    programme: Programme | None = None
    body_kg: float | None = None
    easy: frozenset[date] = frozenset()
    exposures: Past = field(default_factory=dict)

    async def days(self, before: date) -> bool:
        """Learns from the next days, `MOST_SETS` sets of them; whether more follow."""
        days, more = await sets.of_days(self.conn, self.athlete_id, self.upto, before, MOST_SETS)
        called = (
            await calls.of_days(self.conn, self.athlete_id, self.upto, days[-1][0] + _DAY) if days else {}
        )
        for day, done in days:
            by_lift = {
                one.exercise_id: [each for each in done if each.exercise_id == one.exercise_id]
                for one in done
            }
            await self._day(day, by_lift, called, exposes=days[-1][0] - day <= EXPOSED)
            self.body_kg = None
            self.upto = day
        return more

    async def _day(
        self,
        day: date,
        done: Mapping[str, Sequence[LoggedSet]],
        called: Mapping[str, Call],
        *,
        exposes: bool,
    ) -> None:
        """Learns from a day; where it leaves the athlete in their plan, and how its lifts were beside what was expected, where
        that will still be kept (`exposes`)."""
        plan, course = self._standing(day)
        before, known = self.habits, list[LiftOfDay]()
        for exercise_id, sets_of_lift in done.items():
            exercise, weight = await self._of_day(exercise_id, sets_of_lift)
            lift = await self._lift(exercise_id)
            self._learn(lift, exercise, sets_of_lift, weight, called)
            known.append(LiftOfDay(exercise, sets_of_lift, (before, lift), weight))
        asked: Mapping[str, Place] = {}
        less = frozenset[str]()
        if self.programme is not None and plan is not None and course is not None and exposes:
            asked = places_on(course, plan, day, self.programme.exercises)
            less = lowered(course, plan, day, asked)
        shown = seen_of(known, asked, less, self.exposures, easy=day in self.easy) if exposes else {}
        self.exposures = with_day(self.exposures, day, shown)
        if self.programme is not None and plan is not None and course is not None:
            states = {one: (self.habits, self.lifts[one]) for one in done}
            exercises, easy = self.programme.exercises, day in self.easy
            course = trained(course, plan, day, done, states, exercises, self.body_kg, easy=easy)
        self.course = course

    def _standing(self, day: date) -> tuple[Plan | None, Course | None]:
        """The plan on the next day, and where the athlete stands in it."""
        if self.programme is None:
            return None, self.course
        return self.programme.plan_on(day), self.programme.course_on(self.course, self.upto, day)

    def course_after(self, upto: date) -> str | None:
        """Where the athlete stands when a day is over, as text; days without sets count, too."""
        if self.programme is None:
            return None
        course = self.programme.course_on(self.course, self.upto, upto)
        return None if course is None else course_json(course)

    async def _of_day(self, exercise_id: str, done: Sequence[LoggedSet]) -> tuple[Exercise, float | None]:
        """A lift, and what the athlete weighed on the day of its sets where it asks for that."""
        exercise = await self.exercise(exercise_id)
        weight = await body_weight(self.conn, self.athlete_id, exercise, done[0].day)
        self.body_kg = self.body_kg if weight is None else weight
        return exercise, weight

    async def _lift(self, exercise_id: str) -> Lift:
        lift = self.lifts.get(exercise_id)
        return await self._held(exercise_id) if lift is None else lift

    def _learn(
        self,
        lift: Lift,
        exercise: Exercise,
        done: Sequence[LoggedSet],
        weight: float | None,
        called: Mapping[str, Call],
    ) -> None:
        """Learns from a day's sets of a lift."""
        habits, lift = learned_from(self.habits, lift, exercise, done, weight, called)
        self.habits, self.lifts[exercise.id] = close(habits, lift)

    async def _held(self, exercise_id: str) -> Lift:
        held = await strengths.lifts(self.conn, self.athlete_id, [exercise_id])
        return lift_from(held[exercise_id]) if held else Lift()


def learned_from(
    habits: Habits,
    lift: Lift,
    exercise: Exercise,
    done: Sequence[LoggedSet],
    body_weight_kg: float | None,
    called: Mapping[str, Call] = _NONE,
) -> tuple[Habits, Lift]:
    """The states after sets of one day of a lift, which is not over yet; `called` is what was called in them, by id."""
    said = [called.get(one.id) for one in done] if called else ()
    for one in evidence(exercise, [logged.done for logged in done], body_weight_kg, said):
        habits, lift = update(habits, lift, one, done[0].day.toordinal())
    return habits, lift


async def body_weight(conn: Connection, athlete_id: str, exercise: Exercise, day: date) -> float | None:
    """The athlete's weight (kg) on a day, where the lift asks for it."""
    return await people.body_weight(conn, athlete_id, day) if exercise.share > 0 else None


async def caught_up(
    conn: Connection, athlete_id: str, exercise: Exercises, held: Learned | None, today: date
) -> Learned:
    """Learns from the days before today that have not been learned from; what is known then.

    Bounded: a long log is learned from over several messages.
    """
    if held is not None and held.upto >= today:  # the athlete went west: that day is not over again
        await strengths.unlearn(conn, athlete_id, today)
        held = await strengths.learned(conn, athlete_id)
    if held is not None and held.upto == today - _DAY:
        return held
    learning = await _begun(conn, athlete_id, exercise, held)
    more = await learning.days(today)
    return await _saved(learning, learning.upto if more and learning.upto is not None else today - _DAY)


async def _begun(conn: Connection, athlete_id: str, exercise: Exercises, held: Learned | None) -> Learning:
    """Where learning goes on; at the beginning if another version of the model learned what is held."""
    plan, easy = await programme(conn, athlete_id), easy_days(await people.preferences(conn, athlete_id))
    learning = Learning(conn, athlete_id, exercise, programme=plan, easy=easy)
    if held is not None:
        try:
            learning.habits, learning.exposures = habits_from(held.habits), _exposures(held.exposures)
            learning.course = None if held.course is None else course_from(held.course)
            learning.upto = held.upto
        except (StateUnreadable, ValueError):
            await strengths.unlearn(conn, athlete_id, date.min)
            return Learning(conn, athlete_id, exercise, programme=plan, easy=easy)
    return learning


async def _saved(learning: Learning, upto: date) -> Learned:
    """Stores what was learned, and now and then marks it."""
    conn, athlete_id = learning.conn, learning.athlete_id
    now = Learned(
        upto, as_json(learning.habits), learning.course_after(upto), exposures_json(learning.exposures)
    )
    await strengths.save(conn, athlete_id, now, {one: as_json(lift) for one, lift in learning.lifts.items()})
    if learning.lifts:
        last = await strengths.last_mark(conn, athlete_id)
        if last is None or upto - last >= MARKED:
            await strengths.mark(conn, athlete_id, now)
            await strengths.thin_marks(conn, athlete_id, upto - MARKS_APART, MARKS_APART)
    return now


async def before_today(
    conn: Connection,
    athlete_id: str,
    exercise: Exercises,
    exercise_ids: Sequence[str],
    today: date,
    most: int = BY_THE_WAY,
) -> Before | None:
    """What the days before today teach of some lifts. About `most` sets are learned from by the way; None where more
    waits (`catch_up`)."""
    held, states = await strengths.with_lifts(conn, athlete_id, exercise_ids)
    if held is not None and held.upto == today - _DAY:
        try:
            return _read(held, states, exercise_ids)
        except (StateUnreadable, ValueError):  # another version of the model learned it
            await strengths.unlearn(conn, athlete_id, date.min)
            held = None
    if held is not None and held.upto > today + WEST:
        if most < IN_A_PLAN:
            return None  # of a day long past nothing is asked
        await strengths.unlearn(conn, athlete_id, today)  # but a plan's commands are read late, too
        held = await strengths.learned(conn, athlete_id)
    if await sets.are_more(conn, athlete_id, None if held is None else held.upto, today, most):
        return None
    held = await caught_up(conn, athlete_id, exercise, held, today)
    while most >= IN_A_PLAN and held.upto < today - _DAY:
        held = await caught_up(conn, athlete_id, exercise, held, today)
    return _read(held, await strengths.lifts(conn, athlete_id, exercise_ids), exercise_ids)


async def catch_up(conn: Connection, athlete_id: str, today: date) -> bool:
    """Learns from the next days before today that have not been learned from; whether more wait."""
    names = catalogue().extended(await lifts.own_exercises(conn, athlete_id))

    async def exercise(exercise_id: str) -> Exercise:
        return exercise_of(names, exercise_id)

    await people.lock(conn, athlete_id)
    held = await strengths.learned(conn, athlete_id)
    return (await caught_up(conn, athlete_id, exercise, held, today)).upto < today - _DAY


def _read(held: Learned, states: Mapping[str, str], exercise_ids: Sequence[str]) -> Before:
    lifts = (states.get(one) for one in exercise_ids)
    known = tuple([Lift() if state is None else _lift(state) for state in lifts])
    course = None if held.course is None else _course(held.course)
    return Before(_habits(held.habits), known, course, held.upto, _exposures(held.exposures))


# What was learned stays the same all day, and every set of the day asks for it.
_habits = lru_cache(maxsize=512)(habits_from)
_lift = lru_cache(maxsize=512)(lift_from)
_course = lru_cache(maxsize=512)(course_from)


@lru_cache(maxsize=512)
def _exposures(text: str | None) -> Past:
    """The exposures that were kept; ValueError where they were not yet, or by another version."""
    if text is None:
        raise ValueError("no exposures")
    return exposures_from(text)
