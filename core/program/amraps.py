"""The AMRAP at a block's end (BLOCKS): whose set it is, at which load, when to stop, and what is left where it fails.

An AMRAP is the last set of each anchor in its last session of the block, to technical failure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from math import exp
from typing import Final

from core.effort import Block
from core.learning.state import CURVE
from core.model import Exercise
from core.open_sets import LEFT
from core.program.blocks import BLOCK_WEEKS
from core.program.calendar import Position
from core.program.coming import in_order, of_the_week, place_of_next
from core.program.values import Schedule
from core.program.working_max import MANY_REPS, held_at, load_at

MOST_A_SESSION: Final = 2
"""AMRAPs in one session (own choice)."""

NEVER_TOGETHER: Final = frozenset({"squat", "hinge"})
"""Kinds of lift that no session takes to failure both: squat and deadlift (own choice)."""


class Told(StrEnum):
    """What the sets before an AMRAP told of their effort: something, that all of them were easy (RPE 5 or less), or nothing,
    where no RPE was said or the same is said of every set."""

    TELLING = "telling"
    EASY = "easy"
    NOTHING = "nothing"


AIMED_REPS: Final = 9
MORE: Final = {Told.TELLING: 1.0, Told.EASY: 1.02, Told.NOTHING: 1.0}
UNMEASURED: Final = 1.14
AIMED_MOST: Final = 1.45
"""The reps to failure that are aimed at, by what the model knows with today's sets in it; how far above that load the AMRAP
lies where the sets before it told that they were easy, or nothing, and in Foundation, where no AMRAP has measured those yet
either: long sets are stopped with more left than is felt; how far above the day's own load at the most (own choice).

In the simulator (`spotter simulate --plans`; tuned with seeds 1, 2 and 77, judged with 78 and 79, three of a kind) 4-13
reps came of 96-100% of the AMRAPs of honest lifters, of 98-100% of people as drawn, 92-98% of those who say nothing, 96% of
those who say 8 to everything; least where loads lie 10 kg apart (83 and 88%) and of who begins far too light and rates every
set alike (83%)."""

FEW_DAYS: Final = 4
EARLY_MOST: Final = 1.15
"""A lift that is known from fewer days than these is taken to no AMRAP that is heavier by more than this than what was ever
lifted of it: so soon all that is known may rest on one rating (own choice; the simulator's scores are the same with it)."""

FEWEST_HELD: Final = 8
"""Where the set before it held fewer reps than these, to failure, the AMRAP is lighter than the day's load (own choice)."""

OPEN_SHARE: Final = 0.95
"""What part of the load that an open set of many reps shows is aimed at (own choice)."""


def candidates(position: Position, schedule: Schedule, day: date) -> tuple[tuple[str, ...], int] | None:
    """On a day, the sessions of a block's last two weeks in order, and the place of the next one: what AMRAPs are placed among.

    None in the weeks before them and in a deload.
    """
    before = _weeks_left(position.week)
    if position.deload is not None or not closes(position.week):
        return None
    over, a_week = position.done + position.skipped, position.a_week
    week = of_the_week(position, schedule, day)
    begin = place_of_next(position, schedule, day) - over
    if before == 1:
        return (*week, *in_order(schedule, begin + len(week), a_week)), over
    return (*in_order(schedule, begin - a_week, a_week), *week), a_week + over


def closes(week: int) -> bool:
    """Whether a week is one of the last two of its block: an AMRAP in it is that block's, also one that came late."""
    return _weeks_left(week) <= 1


def _weeks_left(week: int) -> int:
    return BLOCK_WEEKS - 1 - (week - 1) % BLOCK_WEEKS


def placed(sessions: Sequence[Sequence[Exercise]]) -> tuple[frozenset[str], ...]:
    """The lifts that are taken to an AMRAP in each of these sessions: the last of a block, in order, by their anchors.

    Each anchor once, as late as the others let it; who has fewer sessions chooses first, then who stands earlier. What
    finds no place has none. Timed lifts measure no maximum.
    """
    taken: list[list[Exercise]] = [[] for _ in sessions]
    for lift in sorted(_distinct(sessions), key=lambda one: sum(one in each for each in sessions)):
        room = [at for at, each in enumerate(sessions) if lift in each and fits(lift, taken[at])]
        if room:
            taken[room[-1]].append(lift)
    return tuple(frozenset(one.id for one in each) for each in taken)


def _distinct(sessions: Iterable[Sequence[Exercise]]) -> list[Exercise]:
    return list(dict.fromkeys(one for each in sessions for one in each if not one.timed))


def fits(lift: Exercise, beside: Sequence[Exercise]) -> bool:
    """Whether a lift may be taken to an AMRAP in the session in which those beside it are."""
    if len(beside) >= MOST_A_SESSION:
        return False
    kinds = {lift.pattern, *(one.pattern for one in beside)}
    return not (beside and kinds >= NEVER_TOGETHER)


def stops_short(block: Block, safe: bool) -> bool:
    """Whether the set stops one clean rep short: in Foundation, and where there are no safeties and no spotter."""
    return block is Block.FOUNDATION or not safe


def amrap_load(
    working_kg: float, aimed_kg: float, told: Told, block: Block, held: int | None = None
) -> float:
    """The load (kg, the body's share included) of an AMRAP: `aimed_kg`, the one that the model gives `AIMED_REPS` to failure,
    or more by what was told; not above 1.45 times the day's own load, and under it only where the set before held so few
    reps, `held` to failure, that no AMRAP of it would measure anything."""
    if held is not None and held < FEWEST_HELD:
        return min(
            working_kg, aimed_kg, load_at(held_at(working_kg, held, exp(CURVE)), AIMED_REPS, exp(CURVE))
        )
    more = UNMEASURED if told is Told.NOTHING and block is Block.FOUNDATION else MORE[told]
    return max(working_kg, min(more * aimed_kg, AIMED_MOST * working_kg))


def early_most(load_kg: float, lifted_kg: float, days: int) -> float:
    """An AMRAP's load (kg) as far as a lift of so many days allows it, the heaviest work of which was `lifted_kg`."""
    return load_kg if days >= FEW_DAYS else min(load_kg, EARLY_MOST * lifted_kg)


def by_open_set(load_kg: float, reps: int, aimed_kg: float) -> float:
    """What to aim at (kg) behind an open set of so many reps: `aimed_kg`, but on the usual rep curve no more than the reps show
    where they were few, and nearly as much where they were many (14 and more).

    The lift's own curve is not known well where nobody says how hard sets are.
    """
    curve = exp(CURVE)
    shown = load_at(held_at(load_kg, reps + LEFT, curve), AIMED_REPS, curve)
    return max(aimed_kg, OPEN_SHARE * shown) if reps >= MANY_REPS else min(aimed_kg, shown)
