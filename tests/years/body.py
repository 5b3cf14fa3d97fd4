"""What a simulated lifter can do on a day: strength that grows and nears its ceiling, good and bad days, tired sets.

The rep curve, the rating of effort and what a set costs the next are those of `core.simulation`; growth is our own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from random import Random

from core.loads import Gear
from core.simulation.lifter import Outcome, load_share, perform, tired
from core.simulation.people import Person, Rater, SetLuck, TrueLift

CARRIED = 0.002
"""What a set of one lift takes from the other lifts of the day."""
DAY = 0.012
"""How far a day is off, for all lifts and for each: less than in `core.simulation`, whose lifters have bad weeks besides."""
REST_DAYS, LOST_A_DAY = 21, 0.0015
"""Days without the lift that cost nothing, and what each day beyond them does."""


@dataclass(slots=True)
class Strength:
    """A lift's true maximum (kg; the body's share included): today's, its ceiling, and how fast it nears that."""

    one_rm_kg: float
    ceiling_kg: float
    reps_at_80: float
    rate: float
    trained_on: int | None = None


@dataclass(slots=True)
class Body:
    """All that is true of a lifter and that the coach never sees."""

    rng: Random
    maxima: dict[str, float]
    """Maximum of each lift on the first day (kg; body weight included where the body is lifted)."""
    growth: float
    """How much stronger they can get, as a share."""
    rate: float
    """The part of what is missing to that which a session of the lift adds."""
    rater: Rater = "half"
    rating_error: float = 0.0
    fatigue: float = 0.022
    reps_at_80: float = 10.0
    strengths: dict[str, Strength] = field(default_factory=dict)
    today: int = 0
    _tired: dict[str, float] = field(default_factory=dict)
    _forms: dict[str, float] = field(default_factory=dict)
    _sets: int = 0
    ill: float = 1.0

    def __post_init__(self) -> None:
        for lift, one_rm in self.maxima.items():
            curve = max(5.0, self.reps_at_80 + self.rng.gauss(0, 1))
            self.strengths[lift] = Strength(one_rm, one_rm * (1 + self.growth), curve, self.rate)

    def wakes(self, day: int, ill: float = 1.0) -> None:
        """A day of training begins; `ill` is what is left of the strength on a bad one."""
        self.today, self._sets, self.ill = day, 0, ill
        shared = self.rng.gauss(0, DAY)
        self._tired = {}
        self._forms = {lift: shared + self.rng.gauss(0, DAY) for lift in self.maxima}

    def lifts(self, lift: str, load_kg: float, reps: int, *, all_out: bool = False) -> Outcome:
        """A set of so many reps, or of all there are; what it costs and what it builds is kept."""
        true = self.strengths[lift]
        luck = SetLuck(self.rng.gauss(0, 1), self.rng.gauss(0, 1), 0.0)
        came = perform(self._person(true), self._true(true), self._fresh(lift), load_kg, reps, all_out, luck)
        self._tired[lift] = self._tired.get(lift, 0.0) + tired(self._person(true), came)
        self._sets += 1
        self._grows(true)
        return came

    def would_take(self, lift: str, reps: int, rpe: float) -> float:
        """The load (kg, the body's share included) that feels like that effort for so many reps today."""
        true = self.strengths[lift]
        return self._fresh(lift) * load_share(self._person(true), 0, reps, rpe)

    def _fresh(self, lift: str) -> float:
        true = self.strengths[lift]
        off = self._forms[lift] - self._tired.get(lift, 0.0) - CARRIED * self._sets
        return true.one_rm_kg * self.ill * math.exp(off)

    def _grows(self, true: Strength) -> None:
        if true.trained_on == self.today:
            return
        away = 0 if true.trained_on is None else self.today - true.trained_on
        true.one_rm_kg *= 1 - LOST_A_DAY * max(0, away - REST_DAYS)
        true.one_rm_kg += true.rate * (true.ceiling_kg - true.one_rm_kg)
        true.trained_on = self.today

    @staticmethod
    def _true(true: Strength) -> TrueLift:
        return TrueLift(true.one_rm_kg, true.reps_at_80, true.one_rm_kg)

    def _person(self, true: Strength) -> Person:
        return Person(
            (self._true(true),),
            self.rater,
            self.rating_error,
            self.fatigue,
            0.0,
            None,
            0.0,
            0.0,
            "kg",
            Gear(),
        )
