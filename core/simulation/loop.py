"""The closed loop: a person trains for weeks by the loads that a rule chooses; the rule learns from what is logged.

Every rule meets the same people with the same luck, so that what differs is the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any, Final, NamedTuple

from core.loads import Mode, loadable
from core.model import from_kg, to_kg
from core.simulation.lifter import Outcome, form_today, perform, stimulus, tired
from core.simulation.people import (
    Luck,
    Person,
    SessionLuck,
    SetLuck,
    Trained,
    draw_luck,
    draw_person,
    trained,
    value,
)
from core.simulation.plan import CYCLE, DAYS, MOST_SETS, SESSIONS_A_WEEK, WEEKS, Aim, aims
from core.simulation.rules import Gym, Offer, Rule, Seen

SPARED_WEEKS: Final = 3
"""Weeks away that cost no strength."""


class Done(NamedTuple):
    """A set of the simulation: what was asked for in the end, the exposure it belongs to (the lift's sessions, from
    1), the load and what came of it."""

    aim: Aim
    exposure: int
    load_kg: float
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Course:
    """What a person did under a rule: all sets, and the gain of the true maximum of each lift, in %."""

    sets: tuple[Done, ...]
    gains: tuple[float, ...]


class Truth(NamedTuple):
    """What only an oracle is told: the person, the lift, the maximum they have in them for this set and the day's
    form that it holds."""

    person: Person
    lift: int
    fresh_kg: float
    form: float


Oracle = Callable[[Truth, Aim, Gym], Offer]


class _Session(NamedTuple):
    number: int
    day: int
    away: int


def cast(seed: int, number: int) -> tuple[Person, Luck]:
    """Person `number` of a seed, with their luck; the same whoever else is drawn."""
    rng = Random(f"{seed}/{number}")
    return draw_person(rng, WEEKS), draw_luck(rng, WEEKS, SESSIONS_A_WEEK, MOST_SETS)


def train(person: Person, luck: Luck, rule: Rule, oracle: Oracle | None = None) -> Course:
    """The person's weeks by the rule; by the oracle instead, where there is one."""
    known = rule.begin([lift.claim_kg for lift in person.lifts])
    strengths = [lift.one_rm_kg for lift in person.lifts]
    done: list[Done] = []
    for session in calendar(person):
        chance = luck.sessions[session.number]
        bad_week = luck.bad_weeks[session.number // SESSIONS_A_WEEK]
        waiting: list[Seen] = []
        for at in range(len(strengths)):
            strengths[at] *= kept(session.away)
            truth = Truth(person, at, strengths[at], form_today(chance, at, bad_week))
            known, sets, held = _exercise(truth, session, chance, rule, known, oracle)
            strengths[at] *= 1 + gained(person, session.number, sets)
            waiting += held
            done += sets
        for seen in waiting:
            known = rule.learn(known, seen)
    started = (lift.one_rm_kg for lift in person.lifts)
    gains = tuple(100 * (now / then - 1) for now, then in zip(strengths, started, strict=True))
    return Course(tuple(done), gains)


def calendar(person: Person) -> Iterator[_Session]:
    """All sessions with their days; after how many weeks away. Between two cycles lies a week of deload, unlogged."""
    start = 0
    for week in range(WEEKS):
        away = person.layoff[1] if person.layoff is not None and person.layoff[0] == week else 0
        start += 7 * (away + (1 if week > 0 and week % CYCLE == 0 else 0))
        for k, day in enumerate(DAYS):
            yield _Session(week * SESSIONS_A_WEEK + k, start + day, away if k == 0 else 0)
        start += 7


def kept(weeks_away: int) -> float:
    """The part of their strength that a person keeps over so many weeks away."""
    return 1 - value("layoff.loss") * max(0, weeks_away - SPARED_WEEKS)


def _exercise(
    truth: Truth, session: _Session, chance: SessionLuck, rule: Rule, known: Any, oracle: Oracle | None
) -> tuple[Any, list[Done], list[Seen]]:
    """The sets of a lift in a session: what the rule knows after them, the sets, and what is logged only later."""
    person, lift = truth.person, trained()[truth.lift]
    gym = _gym(person, lift)
    sets: list[Done] = []
    held: list[Seen] = []
    today = truth._replace(fresh_kg=truth.fresh_kg * truth.form)
    for aim in aims(session.day, session.number, truth.lift, lift.role):
        fortune = chance.sets[truth.lift][aim.position - 1]
        offer = rule.ask(known, aim, gym) if oracle is None else oracle(today, aim, gym)
        done = _do(today, aim, offer, session.number + 1, fortune)
        sets.append(done)
        today = today._replace(fresh_kg=today.fresh_kg * (1 - tired(person, done.outcome)))
        if done.outcome.reps < 1 or fortune.logged < person.skips:
            continue
        seen = Seen(done.aim, done.load_kg, done.outcome.reps, done.outcome.said, done.outcome.failed)
        if chance.late < person.late:
            held.append(seen)
        else:
            known = rule.learn(known, seen)
    return known, sets, held


def _do(today: Truth, aim: Aim, offer: Offer, exposure: int, fortune: SetLuck) -> Done:
    asked = aim._replace(reps=offer.reps)
    lift = today.person.lifts[today.lift]
    outcome = perform(today.person, lift, today.fresh_kg, offer.load_kg, offer.reps, aim.amrap, fortune)
    return Done(asked, exposure, offer.load_kg, outcome)


def _gym(person: Person, lift: Trained) -> Gym:
    def next_to(load_kg: float, mode: Mode) -> float:
        wanted = from_kg(load_kg, person.unit)
        return to_kg(loadable(wanted, person.unit, lift.exercise, person.gear, mode), person.unit)

    return next_to


def gained(person: Person, session: int, sets: list[Done]) -> float:
    """The part that a lift gains by a session: less with the weeks, and with sets that were too easy."""
    week = session / SESSIONS_A_WEEK
    worth = sum(stimulus(one.outcome) for one in sets) / len(sets)
    fading: float = 0.5 ** (week / value("gain.halves"))
    return person.gain / SESSIONS_A_WEEK * worth * fading
