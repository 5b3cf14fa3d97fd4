"""What a lift tells of a related one: how their maxima stand to each other, and how far people differ in that.

A ratio is one lift's one-repetition maximum by the other's, in the load convention of the notation: dumbbells per
hand, the external load, and on lifts where the body is a share what is really lifted (`strength.system_kg`). The
spread is the SD between people of the ratio's logarithm, so it holds in both directions.

Where from, the first that there is:

- **Measured** in the logs of 43 lifters, where at least five of them did both lifts. A lift's strength is the day's
  best e1RM (Epley, sets of up to 15 reps), its median over 60 days; the ratio is the median over a lifter's such
  spans in which both lifts were done on two days or more, then over lifters. The spread is the larger of the SD
  of those within a factor of 1.8 of that median and of half the width that holds the middle 68% of all, widened by
  sqrt(1 + 1/n) because the next lifter is none of the n. Who wrote both dumbbells together (seen from a dumbbell
  press above 0.6 of their bench press) was halved. With a curve of 0.72 in place of Epley's 1 no ratio moves by more
  than 7%. The logs tell no body weight; 80 kg stood in, which matters by 2% between pull-ups, chin-ups and dips.
  A lifter foretold from the others is within one spread in 63% of 730 cases, within 1.28 in 75%.
- **Published** (`PUBLISHED`), where five lifters did not do both, or the body weight matters (pulldown and pull-up).
  Papers give means of groups, not the spread of ratios; that is `GROUP_SD` unless said otherwise. † second-hand: from
  memory of the paper, its text was not at hand. Of the others the abstracts were read, at least.

The front squat alone is neither: seven lifters' logs say 0.64, tests of the maximum 0.78 (Gullett 2009); people who
front squat on the side seldom go near their maximum. The middle of both stands, and half of their gap is in the spread.
Where ten lifters or more did both, the logs stand even against a paper: from a squat of 90 kg for 6 students deadlift 1.0
and extend the knees with 0.59 of it (Ebben 2008, 10.1519/JSC.0b013e31818747c9); in the logs it is 1.21 and 0.84.

Left out on purpose: pairs that people differ in by more than `WIDEST` (leg press from squat, 2.0 with 0.32; split squats;
machine rows), and whatever weighs one's body against a bar (pull-up from bench press), which depends on the body.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from math import log
from types import MappingProxyType
from typing import Final, NamedTuple

from core.exercises import catalogue
from core.model import Exercise

GROUP_SD: Final = 0.10
"""The spread of a ratio that is only known from the means of a group (own choice: as far off as a stated maximum)."""

WIDEST: Final = 0.30
"""The widest spread that is still worth telling: one in three people is then off by more than a third (own choice)."""

LOWEST: Final = 0.1
HIGHEST: Final = 3.0
"""Ratios beyond these are read neither way (own choice): small errors of a small lift would become large loads."""

_FALLS_ON_ONE: Final = frozenset({"squat", "press"})


class Relative(NamedTuple):
    """A lift that tells of another: the other's maximum is `ratio` times this one's, give or take `sd` (ln).

    `exercise_id` is the lift that tells; `source` says where the ratio is from, as `/why` can print it.
    """

    exercise_id: str
    ratio: float
    sd: float
    source: str


MEASURED: Final[Sequence[tuple[str, str, float, float, int]]] = (
    # exercise, relative, ratio, spread, lifters who did both
    ("deadlift", "squat", 1.21, 0.13, 17),
    ("hack-squat", "squat", 0.89, 0.28, 10),
    ("leg-extension", "squat", 0.84, 0.27, 19),
    ("leg-extension", "leg-press", 0.43, 0.29, 24),
    ("leg-press-calf-raise", "leg-press", 1.00, 0.25, 10),
    ("seated-leg-curl", "leg-extension", 0.89, 0.22, 21),
    ("leg-curl", "seated-leg-curl", 0.85, 0.19, 13),
    ("romanian-deadlift", "deadlift", 0.68, 0.23, 13),
    ("hip-thrust", "squat", 0.87, 0.29, 5),
    ("incline-bench-press", "bench-press", 0.77, 0.14, 19),
    ("close-grip-bench-press", "bench-press", 0.88, 0.19, 9),
    ("smith-incline-bench-press", "bench-press", 0.77, 0.16, 5),
    ("dumbbell-bench-press", "bench-press", 0.40, 0.19, 17),
    ("incline-dumbbell-press", "bench-press", 0.38, 0.23, 26),
    ("incline-dumbbell-press", "incline-bench-press", 0.46, 0.12, 14),
    ("incline-dumbbell-press", "dumbbell-bench-press", 0.94, 0.13, 13),
    ("chest-press", "bench-press", 0.85, 0.22, 17),
    ("incline-chest-press", "bench-press", 0.77, 0.19, 8),
    ("overhead-press", "bench-press", 0.59, 0.17, 20),
    ("overhead-press", "incline-bench-press", 0.76, 0.20, 12),
    ("seated-overhead-press", "bench-press", 0.59, 0.30, 5),
    ("dumbbell-shoulder-press", "bench-press", 0.29, 0.24, 25),
    ("dumbbell-shoulder-press", "dumbbell-bench-press", 0.74, 0.23, 18),
    ("dumbbell-shoulder-press", "incline-dumbbell-press", 0.80, 0.16, 22),
    ("arnold-press", "dumbbell-shoulder-press", 0.82, 0.28, 5),
    ("machine-shoulder-press", "overhead-press", 0.91, 0.21, 8),
    ("machine-shoulder-press", "chest-press", 0.81, 0.26, 16),
    ("lateral-raise", "dumbbell-shoulder-press", 0.50, 0.27, 21),
    ("front-raise", "lateral-raise", 1.08, 0.26, 8),
    ("machine-rear-delt-fly", "pec-deck", 0.75, 0.21, 9),
    ("barbell-row", "bench-press", 0.85, 0.25, 21),
    ("t-bar-row", "barbell-row", 0.80, 0.30, 5),
    ("dumbbell-row", "barbell-row", 0.42, 0.23, 9),
    ("dumbbell-row", "incline-dumbbell-press", 1.12, 0.26, 14),
    ("cable-row", "barbell-row", 1.06, 0.26, 18),
    ("cable-row", "lat-pulldown", 1.00, 0.18, 33),
    ("close-grip-lat-pulldown", "lat-pulldown", 0.95, 0.07, 6),
    ("underhand-lat-pulldown", "lat-pulldown", 0.93, 0.15, 5),
    ("single-arm-lat-pulldown", "lat-pulldown", 0.50, 0.29, 6),
    ("chin-up", "pull-up", 1.01, 0.05, 8),
    ("dip", "pull-up", 1.13, 0.09, 16),
    ("biceps-curl", "bench-press", 0.39, 0.27, 22),
    ("preacher-curl", "biceps-curl", 1.00, 0.15, 5),
    ("reverse-curl", "biceps-curl", 0.81, 0.24, 7),
    ("dumbbell-curl", "biceps-curl", 0.45, 0.29, 15),
    ("hammer-curl", "biceps-curl", 0.58, 0.22, 15),
    ("hammer-curl", "dumbbell-curl", 1.03, 0.20, 15),
    ("incline-dumbbell-curl", "dumbbell-curl", 0.93, 0.18, 7),
    ("incline-dumbbell-curl", "hammer-curl", 0.84, 0.23, 15),
    ("skull-crusher", "bench-press", 0.39, 0.19, 13),
    ("rope-pushdown", "triceps-pushdown", 0.71, 0.18, 12),
)

PUBLISHED: Final[Sequence[tuple[str, str, float, float, str]]] = (
    ("front-squat", "squat", 0.71, 0.20, "0.64 in 7 lifters' logs, 0.78 in Gullett 2009†, 10.1519/JSC.0b013e31818546bb"),
    ("safety-bar-squat", "squat", 0.89, GROUP_SD, "Hecker 2019, 10.1519/JSC.0000000000002912"),
    # No difference in men; in women 28 kg and 0.73 of the free squat, 1.1 at 75 kg: hence the wider spread.
    ("smith-squat", "squat", 1.00, 0.15, "Cotterman 2005, PubMed 15705030"),
    ("sumo-deadlift", "deadlift", 1.00, GROUP_SD, "Cholewa 2019, J Sports Sci Med 18:448"),
    ("trap-bar-deadlift", "deadlift", 1.07, GROUP_SD, "1.08 in Swinton 2011, 10.1519/JSC.0b013e3181e73f87, 1.06 in Lake 2017, 10.3390/sports5040082"),
    ("decline-bench-press", "bench-press", 0.97, GROUP_SD, "Saeterbakken 2017, 10.1515/hukin-2017-0047"),
    ("smith-bench-press", "bench-press", 0.92, GROUP_SD, "0.97 in Saeterbakken 2011, 10.1080/02640414.2010.543916, 0.87 at 80 kg in Cotterman 2005, PubMed 15705030"),
    # 0.80 in men, 0.75 in women, spread from their SDs and correlation; logs do not tell the body weight.
    ("lat-pulldown", "pull-up", 0.78, 0.18, "Johnson 2009, 10.1519/JSC.0b013e3181a2d7f5"),
)  # fmt: skip


def relatives(exercise_id: str) -> tuple[Relative, ...]:
    """The lifts that tell of this one, the most telling (smallest spread) first; none for a lift that has none.

    What is known of a pair is read both ways, but for two (own choice): an isolation does not speak for a compound,
    nor a machine for a free squat or press, whose load nobody has balanced yet and which a missed rep drops on one.
    """
    return _by_exercise().get(exercise_id, ())


@cache
def _by_exercise() -> Mapping[str, tuple[Relative, ...]]:
    found: defaultdict[str, list[Relative]] = defaultdict(list)
    for of, by, ratio, sd, source in _pairs():
        _add(found[of], of, Relative(by, ratio, sd, source))
        _add(found[by], by, Relative(of, 1 / ratio, sd, source))
    return MappingProxyType({of: tuple(sorted(told, key=_telling)) for of, told in found.items() if told})


def _pairs() -> list[tuple[str, str, float, float, str]]:
    measured = [
        (of, by, ratio, sd, f"measured in {lifters} lifters' logs") for of, by, ratio, sd, lifters in MEASURED
    ]
    return [*measured, *PUBLISHED]


def _telling(one: Relative) -> tuple[float, float, str]:
    """Smallest spread first; of equals the one nearest in load."""
    return one.sd, abs(log(one.ratio)), one.exercise_id


def _add(found: list[Relative], of: str, relative: Relative) -> None:
    lift, telling = catalogue().get(of), catalogue().get(relative.exercise_id)
    if lift is None or telling is None:
        return
    if LOWEST <= relative.ratio <= HIGHEST and _may_speak(telling, lift):
        found.append(relative)


def _may_speak(telling: Exercise, lift: Exercise) -> bool:
    if lift.compound and not telling.compound:
        return False
    return lift.fixed_path or not telling.fixed_path or lift.pattern not in _FALLS_ON_ONE
