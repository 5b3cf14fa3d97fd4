"""The volume ledger: hard sets per muscle and week, direct ones in full and indirect ones by half (EQUAL).

Pelland 2026, 10.1007/s40279-025-02344-w: growth is detectable from about 4 sets a week and goes on rising slowly, strength
is nearly flat after about 5 (second-hand). Stopping short of failure is never counted as less.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from core.effort import HARD_RIR, WITHOUT_PLAN, counted_reps, effective_rpe
from core.exercises import MUSCLES
from core.model import Exercise, Kind, LoggedSet, Role, SetEntry
from core.program.demands import changed_demands, growth_credit, strength_credit
from core.strength import weaker_sides

DIRECT: Final = 1.0
INDIRECT: Final = 0.5
"""What a hard set counts for the muscles that it trains directly, and for those that help (Pelland 2026)."""

GROWS_FROM: Final = 4.0
"""Hard sets a week from about which on growth can be shown (Pelland 2026): the only bound that is warned of."""

USUAL_BAND: Final = (10.0, 20.0)
"""The usual band of hard sets a week (EQUAL)."""

HIT_BAND: Final = (2.0, 6.0)
"""The band of one set an exercise (own choice): whoever trains so is not held against the other."""

STRENGTH_FLAT: Final = 5.0
"""Sets a week after about which strength hardly gains from more (Pelland 2026, second-hand)."""

WEEK_DAYS: Final = 7


class Standing(StrEnum):
    """Where a muscle's sets stand: below what growth was shown with (of HIT, below its band), between that and the band,
    in the band, above it."""

    LOW = "low"
    BELOW = "below"
    IN_BAND = "in_band"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class MuscleVolume:
    """A muscle's hard sets, those that train it directly and those that it helps in, as they were done."""

    muscle: str
    direct: float
    indirect: float

    @property
    def sets(self) -> float:
        """What they count together."""
        return DIRECT * self.direct + INDIRECT * self.indirect


@dataclass(frozen=True, slots=True)
class Further:
    """Hard sets that went on with drops, rest-pause or partials: how many, and what they count for growth and for strength."""

    sets: int
    growth: float
    strength: float


@dataclass(frozen=True, slots=True)
class WeekVolume:
    """The ledger of the seven days from `first` to `last`: trained muscles, the most trained first.

    `low` are the muscles to warn of: trained directly, under the bound of the style, in a week that is in the log.
    `further` is None where no set went on after its end.
    """

    first: date
    last: date
    muscles: tuple[MuscleVolume, ...]
    hit: bool
    low: tuple[str, ...]
    further: Further | None = None

    def standing(self, one: MuscleVolume) -> Standing:
        """Where a muscle stands, by the band of the style."""
        return standing(one.sets, hit=self.hit)


def is_hard(role: Role, done: SetEntry) -> bool:
    """Whether a set is a hard one: work at RIR 4 or less. Where no effort was typed, the role's target is assumed."""
    work = counted_reps(done) > 0 or (done.seconds or 0) > 0 or (done.distance_m or 0) > 0
    if done.kind is Kind.WARMUP or not work:
        return False
    return effective_rpe(done, 10 - WITHOUT_PLAN[role].rpe, None).rir <= HARD_RIR


def standing(sets: float, *, hit: bool = False) -> Standing:
    """Where so many sets a week stand."""
    low, high = HIT_BAND if hit else USUAL_BAND
    least = min(low, GROWS_FROM)
    if sets < least:
        return Standing.LOW
    if sets < low:
        return Standing.BELOW
    return Standing.IN_BAND if sets <= high else Standing.ABOVE


def ledger(done: Iterable[tuple[Exercise, LoggedSet]]) -> tuple[MuscleVolume, ...]:
    """What sets count for each muscle, in the order of `MUSCLES`; left and right of one load are one set."""
    direct: dict[str, float] = defaultdict(float)
    indirect: dict[str, float] = defaultdict(float)
    for exercise, sets in _by_lift_and_day(done):
        credit = sum(growth_credit(one) for one in weaker_sides(sets) if is_hard(exercise.role, one))
        for muscle in exercise.direct:
            direct[muscle] += credit
        for muscle in exercise.indirect:
            indirect[muscle] += credit
    found = (MuscleVolume(muscle, direct[muscle], indirect[muscle]) for muscle in MUSCLES)
    return tuple(one for one in found if one.sets > 0)


def _by_lift_and_day(done: Iterable[tuple[Exercise, LoggedSet]]) -> list[tuple[Exercise, list[SetEntry]]]:
    lifts: dict[tuple[str, date], tuple[Exercise, list[SetEntry]]] = {}
    for exercise, one in done:
        lifts.setdefault((exercise.id, one.day), (exercise, []))[1].append(one.done)
    return list(lifts.values())


def week_volume(
    done: Sequence[tuple[Exercise, LoggedSet]], today: date, *, hit: bool = False, whole: bool = True
) -> WeekVolume:
    """The ledger of the seven days that end today, so that a Tuesday is held against as much as a Sunday.

    `whole` says that the log reaches back over all of them: of less no muscle is said to have had too little.
    """
    first = today - timedelta(days=WEEK_DAYS - 1)
    ours = [(exercise, one) for exercise, one in done if first <= one.day <= today]
    muscles = ledger(ours)
    low = [one.muscle for one in muscles if one.direct > 0 and standing(one.sets, hit=hit) is Standing.LOW]
    ranked = sorted(muscles, key=lambda one: -one.sets)
    return WeekVolume(first, today, tuple(ranked), hit, tuple(low) if whole else (), _further(ours))


def _further(done: Sequence[tuple[Exercise, LoggedSet]]) -> Further | None:
    hard = [
        one
        for exercise, sets in _by_lift_and_day(done)
        for one in weaker_sides(sets)
        if changed_demands(one) and is_hard(exercise.role, one)
    ]
    return (
        Further(len(hard), sum(map(growth_credit, hard)), sum(map(strength_credit, hard))) if hard else None
    )
