"""A rule of the simulator that trains the twelve weeks: the model chooses loads, the working max bounds them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from core import learning
from core.effort import Block
from core.program.amraps import AIMED_REPS, Told, amrap_load
from core.program.working_max import SessionWent, SetWent, WorkingMax, after_block, after_session, first
from core.simulation.people import trained
from core.simulation.plan import Aim
from core.simulation.rules import CLAIM_SD, Gym, Offer, Rule, Seen, fitted


class HeldLift(NamedTuple):
    """What is known of a lift: the model's state, M as a load for the reps of the day that it was last moved on; and of
    the open day its sets, the morning's M by E, and whether it had an AMRAP."""

    known: learning.Lift
    m: WorkingMax
    n: float = 1.0
    curve: float = 1.0
    day: int = -1
    sets: tuple[SetWent, ...] = ()
    share: float = 1.0
    tested: bool = False


class Held(NamedTuple):
    """What is known of a person."""

    habits: learning.Habits
    lifts: tuple[HeldLift, ...]


def held(rated: bool) -> Rule:
    """The rule; without ratings it is told no effort short of failure."""

    def learn(person: Held, seen: Seen) -> Held:
        return _learned(person, seen if rated or seen.failed else seen._replace(rpe=math.nan))

    return Rule(_begin, _ask, learn)


def _begin(claims: Sequence[float]) -> Held:
    lifts = [learning.stated(claim, 0, CLAIM_SD) for claim in claims]
    return Held(
        learning.Habits(),
        tuple(HeldLift(one, WorkingMax(first(_e(one, 0)[0], "stated")), 1.0, _e(one, 0)[1]) for one in lifts),
    )


def _e(known: learning.Lift, day: int) -> tuple[float, float]:
    found = learning.estimate(known, day)
    assert found is not None
    curve = math.exp(known.belief.k)
    return found.value * (1 + curve / 30), curve


def _this_morning(person: Held, at: int, day: int) -> HeldLift:
    """The lift on a day: what its last session says of M is only known when that is over."""
    lift = person.lifts[at]
    if lift.day == day:
        return lift
    e_kg, curve = _e(lift.known, day)
    scale = (1 + curve * lift.n / 30) / (1 + lift.curve * lift.n / 30)
    m = WorkingMax(lift.m.m_kg * scale, lift.m.unrated)
    exercise = trained()[at].exercise
    if lift.tested:
        m = WorkingMax(after_block(m.m_kg, e_kg, e_kg))
    elif lift.sets:
        step = exercise.step_kg * (1 + curve * lift.n / 30)
        m = after_session(m, e_kg, SessionWent(lift.sets), exercise.lower_body, step)
    return lift._replace(m=m, curve=curve, day=day, sets=(), share=m.m_kg / e_kg, tested=False)


def _ask(person: Held, aim: Aim, gym: Gym) -> Offer:
    lift = _this_morning(person, aim.lift, aim.day)

    def load(reps: int, rpe: float = aim.rpe) -> float:
        found = learning.prescribe(person.habits, lift.known, reps, rpe, aim.day, aim.position)
        assert found is not None
        return found.value * lift.share

    if not aim.amrap:
        return fitted(load, aim, gym)
    wanted = amrap_load(load(aim.reps), load(AIMED_REPS, 10.0), Told.TELLING, _block(aim))
    return Offer(gym(wanted, "down"), aim.reps)


def _block(aim: Aim) -> Block:
    return {12: Block.FOUNDATION, 8: Block.BUILD, 6: Block.CHALLENGE}[aim.reps]


def _learned(person: Held, seen: Seen) -> Held:
    aim = seen.aim
    lift = _this_morning(person, aim.lift, aim.day)
    rpe = None if math.isnan(seen.rpe) else seen.rpe
    done = learning.Done(seen.load_kg, seen.reps, rpe, seen.failed)
    if aim.amrap and _block(aim) is Block.FOUNDATION:
        done = learning.Done(seen.load_kg, max(1, seen.reps - 1), 9.0)
    flat = learning.flat_rating(person.habits)
    habits, known = learning.update(person.habits, lift.known, done, aim.day)
    over = None if rpe is None or (rpe == flat and not seen.failed) else rpe - aim.rpe
    sets = lift.sets if aim.amrap else (*lift.sets, SetWent(seen.reps >= aim.reps, over))
    lift = lift._replace(known=known, sets=sets, tested=lift.tested or aim.amrap, n=aim.reps + 11 - aim.rpe)
    return Held(habits, (*person.lifts[: aim.lift], lift, *person.lifts[aim.lift + 1 :]))
