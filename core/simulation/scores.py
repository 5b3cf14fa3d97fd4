"""What came of the loads that a rule chose, over many people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from core.simulation.lifter import load_share
from core.simulation.loop import Course, Oracle, cast, train
from core.simulation.people import Luck, Person
from core.simulation.plan import SESSIONS_A_WEEK, WEEKS
from core.simulation.rules import RULES, Rule
from core.simulation.unplanned import train_unplanned

FROM_EXPOSURE: Final = 3
"""Distances count from this session of a lift on: the first two are for finding the loads."""

TOO_HEAVY: Final = 1.05
"""A set this much above what could be done for one rep less than asked is an overshoot."""


People = Sequence[tuple[Person, Luck]]


LAST_EXPOSURES: Final = 4
"""The sessions that stand for where the loads have come to."""


class Scores(NamedTuple):
    """How a rule did.

    `rpe_distance`: mean distance of the effort from the target RPE, from the third exposure on, AMRAPs aside. Effort is
    taken on the lifter's own scale, where targets stand, before chance and rounding: not what they say. `missed`,
    `overshoot`: shares of the sets that were no AMRAP. `progress`: gain of true strength in %; `load_progress`: how far
    above the first day's strength, in %, the last sessions' loads are, by the lifter's own curve and scale.
    """

    rpe_distance: float
    missed: float
    overshoot: float
    progress: float
    load_progress: float


def scores(courses: Sequence[tuple[Person, Course]]) -> Scores:
    """The scores over all sets of all people."""
    asked = [one for _, course in courses for one in course.sets if not one.aim.amrap]
    settled = [one for one in asked if one.exposure >= FROM_EXPOSURE]
    return Scores(
        rpe_distance=_mean(abs(one.outcome.felt - one.aim.rpe) for one in settled),
        missed=_mean(one.outcome.reps < one.aim.reps for one in asked),
        overshoot=_mean(one.load_kg > TOO_HEAVY * one.outcome.limit_kg for one in asked),
        progress=_mean(gain for _, course in courses for gain in course.gains),
        load_progress=_mean(_load_progress(person, course) for person, course in courses),
    )


def _load_progress(person: Person, course: Course) -> float:
    """Over all lifts. From the person's first day and not from a rule's first loads: who begins too light would seem
    to gain."""
    spoken: list[list[float]] = [[] for _ in person.lifts]
    for one in course.sets:
        if one.exposure > WEEKS * SESSIONS_A_WEEK - LAST_EXPOSURES:
            held = load_share(person, one.aim.lift, one.aim.reps, one.aim.rpe)
            spoken[one.aim.lift].append(one.load_kg / held)
    begun = (lift.one_rm_kg for lift in person.lifts)
    return 100 * (_mean(_mean(late) / early for late, early in zip(spoken, begun, strict=True)) - 1)


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)


def simulate(seed: int, lifters: int, watch: Callable[[str], None] = lambda _: None) -> Mapping[str, Scores]:
    """The scores of every rule for so many people of a seed; `watch` is told which rule begins."""
    people = [cast(seed, number) for number in range(lifters)]
    found = {}
    for name, rule in RULES.items():
        watch(name)
        found[name] = of_rule(people, rule)
    return found


def unplanned(seed: int, lifters: int) -> Scores:
    """The scores where Spotter chooses everything, sets and reps too: distances are from its own targets."""
    people = (cast(seed, number) for number in range(lifters))
    return scores([(person, train_unplanned(person, luck)) for person, luck in people])


def of_rule(people: People, rule: Rule, oracle: Oracle | None = None) -> Scores:
    """The scores of one rule, or of an oracle, for these people."""
    return scores([(person, train(person, luck, rule, oracle)) for person, luck in people])
