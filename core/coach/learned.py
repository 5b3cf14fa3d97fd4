"""What an athlete's log has taught of their strength: day by day, once a day is over, and today's sets on top of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from core.learning import Habits, Lift, StateUnreadable, as_json, close, habits_from, lift_from, update
from core.learning.reading import evidence
from core.model import Exercise, LoggedSet
from core.store import Connection, people, sets, strengths
from core.store.strengths import Learned

MOST_SETS = 1000
"""So many old sets are learned from in one message, in whole days; the rest waits for the next (own choice)."""
MARKED = timedelta(days=91)
"""So far the marks lie apart from which learning begins anew after a change to an old set (own choice)."""
_DAY = timedelta(days=1)

Exercises = Callable[[str], Awaitable[Exercise]]


@dataclass(slots=True)
class Learning:
    """An athlete's states while days are learned from. `lifts` are those that were asked for."""

    conn: Connection
    athlete_id: str
    exercise: Exercises
    upto: date | None = None
    habits: Habits = field(default_factory=Habits)
    lifts: dict[str, Lift] = field(default_factory=dict)

    async def days(self, before: date) -> bool:
        """Learns from the next days, `MOST_SETS` sets of them; whether more follow."""
        days, more = await sets.of_days(self.conn, self.athlete_id, self.upto, before, MOST_SETS)
        for day, done in days:
            for exercise_id in dict.fromkeys(one.exercise_id for one in done):
                await self._lift(exercise_id, [one for one in done if one.exercise_id == exercise_id])
            self.upto = day
        return more

    async def _lift(self, exercise_id: str, done: Sequence[LoggedSet]) -> None:
        exercise = await self.exercise(exercise_id)
        weight = await body_weight(self.conn, self.athlete_id, exercise, done[0].day)
        lift = self.lifts.get(exercise_id)
        lift = await self._held(exercise_id) if lift is None else lift
        habits, lift = learned_from(self.habits, lift, exercise, done, weight)
        self.habits, self.lifts[exercise_id] = close(habits, lift)

    async def _held(self, exercise_id: str) -> Lift:
        held = await strengths.lifts(self.conn, self.athlete_id, [exercise_id])
        return lift_from(held[exercise_id]) if held else Lift()


def learned_from(
    habits: Habits, lift: Lift, exercise: Exercise, done: Sequence[LoggedSet], body_weight_kg: float | None
) -> tuple[Habits, Lift]:
    """The states after sets of one day of a lift, which is not over yet."""
    for one in evidence(exercise, [logged.done for logged in done], body_weight_kg):
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
    if held is not None:
        try:
            return Learning(conn, athlete_id, exercise, held.upto, habits_from(held.habits))
        except StateUnreadable:
            await strengths.unlearn(conn, athlete_id, date.min)
    return Learning(conn, athlete_id, exercise)


async def _saved(learning: Learning, upto: date) -> Learned:
    """Stores what was learned, and now and then marks it."""
    conn, athlete_id = learning.conn, learning.athlete_id
    now = Learned(upto, as_json(learning.habits))
    await strengths.save(conn, athlete_id, now, {one: as_json(lift) for one, lift in learning.lifts.items()})
    if learning.lifts:
        last = await strengths.last_mark(conn, athlete_id)
        if last is None or upto - last >= MARKED:
            await strengths.mark(conn, athlete_id, now)
    return now


async def before_today(
    conn: Connection, athlete_id: str, exercise: Exercises, exercise_id: str, today: date
) -> tuple[Habits, Lift]:
    """What the days before today teach of a lift, all of them learned from by now."""
    held = await strengths.learned(conn, athlete_id)
    learned = await caught_up(conn, athlete_id, exercise, held, today)
    lift = await strengths.lifts(conn, athlete_id, [exercise_id])
    return habits_from(learned.habits), lift_from(lift[exercise_id]) if lift else Lift()


async def is_as_learned_anew(conn: Connection, athlete_id: str, exercise: Exercises) -> bool:
    """Whether what is stored is what the log teaches from its first set on."""
    held = await strengths.learned(conn, athlete_id)
    if held is None:
        return True
    anew = _Anew(conn, athlete_id, exercise)
    while await anew.days(held.upto + _DAY):
        pass
    lifts = {one: as_json(lift) for one, lift in anew.lifts.items()}
    return as_json(anew.habits) == held.habits and lifts == await strengths.all_lifts(conn, athlete_id)


class _Anew(Learning):
    """Learning that takes nothing from what is stored."""

    async def _held(self, exercise_id: str) -> Lift:
        return Lift()
