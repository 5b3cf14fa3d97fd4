"""The closed loop without a plan: the person types sets and does what the answers say, as in the chat.

Here Spotter chooses everything: loads, reps and effort, how many sets, and when a lift is over for the day. Not the
model alone answers, but all the rules of `core.targets`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Final

from core import learning
from core.learning.reading import evidence
from core.model import Exercise, Failure, LoggedSet, SetEntry, Target, to_kg
from core.simulation.lifter import Outcome, form_today, perform, tired
from core.simulation.loop import Course, Done, calendar, gained, kept
from core.simulation.people import Luck, Person, SessionLuck, trained
from core.simulation.plan import MOST_SETS, SESSIONS_A_WEEK, Aim
from core.situation import Learned, Situation, without_rating
from core.targets import next_target

FIRST_DAY: Final = date(2026, 1, 5)

MOST_ASKED: Final = 8
"""Nobody does more sets of a lift in a day."""

DAYS_READ: Final = 5
"""So many days of a lift are looked at, about as many as in the chat."""

Sets = tuple[LoggedSet, ...]


@dataclass(slots=True)
class _Chat:
    """What the chat knows of a person: the sets of each lift by day, and what they have taught."""

    person: Person
    habits: learning.Habits = field(default_factory=learning.Habits)
    lifts: list[learning.Lift] = field(default_factory=lambda: [learning.Lift() for _ in trained()])
    days: list[list[Sets]] = field(default_factory=lambda: [[] for _ in trained()])

    def answer(self, at: int, day: date, today: Sets, before: learning.Habits) -> Target | None:
        """What comes next on a lift; `before` is what was known of the person when the day began."""
        history = tuple(chain.from_iterable(self.days[at][-DAYS_READ:]))
        flat = learning.flat_rating(before)
        return next_target(
            Situation(
                exercise=_exercise(at),
                unit=self.person.unit,
                body_weight_kg=None,
                gear=self.person.gear,
                today=day,
                session=today if flat is None else without_rating(today, flat),
                history=history if flat is None else without_rating(history, flat),
                stated_max_kg=self.person.lifts[at].claim_kg,
                learned=Learned(before, self.lifts[at], today),
                flat_rpe=flat,
            )
        )

    def keep(self, at: int, day: date, today: Sets) -> None:
        """Learns from a lift's sets once they are all there."""
        habits, lift = self.habits, self.lifts[at]
        for done in evidence(_exercise(at), [one.done for one in today], None):
            habits, lift = learning.update(habits, lift, done, day.toordinal())
        self.habits, self.lifts[at] = learning.close(habits, lift)
        if today:
            self.days[at].append(today)


def train_unplanned(person: Person, luck: Luck) -> Course:
    """The person's weeks by the answers of the chat; for each lift they name a maximum first."""
    chat = _Chat(person)
    strengths = [lift.one_rm_kg for lift in person.lifts]
    done: list[Done] = []
    for session in calendar(person):
        chance = luck.sessions[session.number]
        bad_week = luck.bad_weeks[session.number // SESSIONS_A_WEEK]
        before = chat.habits
        for at in range(len(strengths)):
            strengths[at] *= kept(session.away)
            fresh = strengths[at] * form_today(chance, at, bad_week)
            sets = _lift_done(chat, at, session.day, session.number + 1, fresh, chance, before)
            strengths[at] *= 1 + (gained(person, session.number, sets) if sets else 0.0)
            done += sets
    started = (lift.one_rm_kg for lift in person.lifts)
    gains = tuple(100 * (now / then - 1) for now, then in zip(strengths, started, strict=True))
    return Course(tuple(done), gains)


def _lift_done(
    chat: _Chat,
    at: int,
    number: int,
    exposure: int,
    fresh_kg: float,
    chance: SessionLuck,
    before: learning.Habits,
) -> list[Done]:
    """The sets of a lift on a day, each as the answer to the one before it asked."""
    day = FIRST_DAY + timedelta(days=number)
    sets: list[Done] = []
    logged: Sets = ()
    while len(sets) < MOST_ASKED:
        target = chat.answer(at, day, logged, before)
        if target is None or target.when != "set" or target.reps is None or target.load is None:
            break
        fortune = chance.sets[at][min(len(sets), MOST_SETS - 1)]
        load_kg = to_kg(target.load, chat.person.unit)
        outcome = perform(
            chat.person, chat.person.lifts[at], fresh_kg, load_kg, target.reps, to_failure=False, luck=fortune
        )
        fresh_kg *= 1 - tired(chat.person, outcome)
        rpe = 8.0 if target.rpe is None else target.rpe
        sets.append(Done(Aim(number, at, len(sets) + 1, target.reps, rpe, False), exposure, load_kg, outcome))
        if outcome.reps < 1:
            break
        logged = (*logged, _logged(at, day, len(logged), target, outcome))
    chat.keep(at, day, logged)
    return sets


def _exercise(at: int) -> Exercise:
    lift = trained()[at]
    return lift.exercise if lift.exercise.role is lift.role else replace(lift.exercise, role=lift.role)


def _logged(at: int, day: date, place: int, target: Target, outcome: Outcome) -> LoggedSet:
    entry = SetEntry(
        exercise=_exercise(at).id,
        load=target.load,
        unit=target.unit,
        reps=outcome.reps,
        rpe=outcome.said,
        failure=Failure.ABSOLUTE if outcome.failed else None,
    )
    key = f"{at}/{day.toordinal()}/{place}"
    at_noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return LoggedSet(
        key, "lifter", "lifter", key, None, 0, _exercise(at).id, at_noon, day, "UTC", entry, entry
    )
