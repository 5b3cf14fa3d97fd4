"""The AMRAP at a block's end (BLOCKS): whose set it is, at which load, when to stop, and what is left where it fails.

An AMRAP is the last set of each anchor in its last session of the block, to technical failure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

from core.effort import Block
from core.model import Exercise
from core.program.blocks import BLOCK_WEEKS
from core.program.calendar import Position
from core.program.values import Schedule

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


AIMED_REPS: Final = 8
MORE: Final = {Told.TELLING: 1.0, Told.EASY: 1.08, Told.NOTHING: 1.05}
UNMEASURED: Final = 1.35
AIMED_MOST: Final = 1.45
"""The reps to failure that are aimed at, by what the model knows with today's sets in it; how far above that load the AMRAP
lies where the sets before it told that they were easy, or nothing, and in Foundation, where no AMRAP has measured those
yet either; how far above the day's own load at the most (own choice).

In the simulator (`spotter simulate --plans`; tuned with seeds 1 and 2, judged with 77, six of a kind) 4-13 reps came of 91%
of the AMRAPs of honest lifters, 90% of people as drawn, 88% with loads 10 kg apart, 91% of novices who begin by feel, 75% of
those who say nothing, 69% of those who say 8 to everything. With the load for eight reps by the working max, at most 1.20
times the working load, and the working load itself in Challenge: 82%, 80%, 70%, 95%, 42%, 12%. Who begins with the empty bar
and does as told has not found the load by then: 32%."""

SPARED_REPS: Final = 1
SHORT_RPE: Final = 10.0 - SPARED_REPS
"""Clean reps that are left where a set stops short of failure, and its effort then (own choice)."""


def candidates(position: Position, schedule: Schedule) -> tuple[tuple[str, ...], int] | None:
    """The sessions of a block's last two weeks in order, and the place of the next one: what AMRAPs are placed among.

    None in the weeks before them and in a deload.
    """
    before = BLOCK_WEEKS - 1 - (position.week - 1) % BLOCK_WEEKS
    if position.deload is not None or before > 1:
        return None
    over, week = position.done + position.skipped, position.a_week
    if before == 1:
        begin = position.turn - over if schedule.rotates else 0
        return (*_week(position, schedule), *_in_order(schedule, begin + week, week)), over
    begin = position.turn - over - week if schedule.rotates else 0
    return (*_in_order(schedule, begin, week), *_week(position, schedule)), week + over


def _week(position: Position, schedule: Schedule) -> tuple[str, ...]:
    over = position.done + position.skipped
    begin = position.turn - over if schedule.rotates else 0
    return _in_order(schedule, begin, max(position.a_week, over))


def _in_order(schedule: Schedule, begin: int, count: int) -> tuple[str, ...]:
    if not schedule.order:
        return ()
    return tuple(schedule.order[(begin + at) % len(schedule.order)] for at in range(count))


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


def amrap_load(working_kg: float, aimed_kg: float, told: Told, block: Block) -> float:
    """The load (kg, the body's share included) of an AMRAP: `aimed_kg`, the one that the model gives `AIMED_REPS` to failure,
    or more by what was told; never under the day's own load, nor above 1.45 times that."""
    more = UNMEASURED if told is Told.NOTHING and block is Block.FOUNDATION else MORE[told]
    return max(working_kg, min(more * aimed_kg, AIMED_MOST * working_kg))


class Standing(StrEnum):
    """Where the AMRAP of a lift stands after its block's end."""

    DUE = "due"
    AGAIN = "again"
    DONE = "done"
    OVER = "over"


class Outcome(StrEnum):
    """What came of it in a session of the lift."""

    MEASURED = "measured"
    MISSED = "missed"
    PAINFUL = "painful"


def after(standing: Standing, outcome: Outcome) -> Standing:
    """Where it stands then: what was missed, empty or refused is offered once more, then the model's estimate stands."""
    if standing in (Standing.DONE, Standing.OVER):
        return standing
    if outcome is Outcome.MEASURED:
        return Standing.DONE
    return Standing.AGAIN if standing is Standing.DUE else Standing.OVER


def is_offered(standing: Standing, hurts: bool, watched_sessions: int) -> bool:
    """Whether the lift's next session has it: never on a painful lift, nor while pain is being watched (`core.care`)."""
    return standing in (Standing.DUE, Standing.AGAIN) and not hurts and watched_sessions == 0
