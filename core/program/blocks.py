"""The twelve weeks (BLOCKS): what each role is asked for in each week, and which lift leads a session.

Foundation, weeks 1-4: 12-15 reps, RPE 6-7. Build, 5-8: 8-12, RPE 7-8. Challenge, 9-12: 6-10, RPE 8-9. Which week asks for
what inside those ranges is our own choice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from core.effort import HELD_AS_USUAL, ROLE_RULES, Block, Hold, RoleRule
from core.model import Exercise, Role
from core.program.values import PlannedLift, PlannedSession

# The weeks -------------------------------------------------------------------------------------------------------


class Week(NamedTuple):
    """What a week asks of anchors: reps, and the RPE of the last set."""

    reps: int
    rpe: float


WEEKS: Final = (
    *(Week(15, 6.0), Week(14, 6.5), Week(13, 7.0), Week(12, 7.0)),
    *(Week(12, 7.0), Week(10, 7.5), Week(9, 8.0), Week(8, 8.0)),
    *(Week(10, 8.0), Week(8, 8.5), Week(7, 9.0), Week(6, 9.0)),
)
"""Weeks 1 to 12 (the blocks' ranges are of BLOCKS, the weeks inside them our own choice)."""

CYCLE: Final = len(WEEKS)
BLOCK_WEEKS: Final = 4

EXPERIENCED_START: Final = 3
"""The week that experienced lifters may start at (own choice)."""

EARLIER_LESS: Final = 0.5
"""How much less RPE each set before the last is asked for (own choice): one load, and fatigue does the rest."""

LEAST_RPE: Final = 6.0
"""No set is asked to be easier (own choice)."""

SECONDARY_LESS: Final = 0.5
"""How much less RPE secondary lifts are asked for than anchors (own choice)."""

DELOAD_RPE: Final = 6.0
"""The effort that a deload's loads are chosen for (own choice)."""


def week_of(week: int) -> Week:
    """What a week from 1 to 12 asks for; ValueError for others."""
    if not 1 <= week <= CYCLE:
        raise ValueError(f"no week {week}")
    return WEEKS[week - 1]


def block_of(week: int) -> Block:
    """The block of a week from 1 to 12; ValueError for others."""
    if not 1 <= week <= CYCLE:
        raise ValueError(f"no week {week}")
    return tuple(Block)[(week - 1) // BLOCK_WEEKS]


def ends_block(week: int) -> bool:
    """Whether a week is the last of its block."""
    return week % BLOCK_WEEKS == 0


def begins_block(week: int) -> bool:
    """Whether a week is the first of its block."""
    return week % BLOCK_WEEKS == 1


def first_week(experienced: bool) -> int:
    """The week that a cycle is offered to start at."""
    return EXPERIENCED_START if experienced else 1


# What a lift is asked for ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """What a lift is asked for in a session: fewest and most reps, the RPE of each set, and rest in seconds.

    All sets are of one load. A cap is the RPE above which a set was harder than its role allows, 10 where none is. `hold` is
    what is asked for where the lift is held for time.
    """

    role: Role
    reps_low: int
    reps_high: int
    efforts: tuple[float, ...]
    cap: float
    last_cap: float
    rest_s: int
    rest_before_amrap_s: int
    hold: Hold = HELD_AS_USUAL

    @property
    def sets(self) -> int:
        """How many sets."""
        return len(self.efforts)

    def rpe_of(self, position: int) -> float:
        """The RPE asked of the set at `position`, counted from 1; that of the last for sets beyond it."""
        return self.efforts[min(position, self.sets) - 1]

    def cap_of(self, position: int) -> float:
        """The highest RPE allowed to the set at `position`, counted from 1."""
        return self.last_cap if position >= self.sets else self.cap


def asked(role: Role, week: int, lift: PlannedLift | None = None) -> Asked:
    """What a lift of that role is asked for in a week from 1 to 12, but for what its plan says otherwise.

    The athlete's own choice stands before caps: an RPE or reps of the plan are taken as they are.
    """
    rule = ROLE_RULES[block_of(week), role]
    low, high, last = _usual(role, rule, week_of(week))
    sets, rest = rule.sets, rule.rest_s
    if lift is not None:
        low, high = (low, high) if lift.reps is None else lift.reps
        sets = sets if lift.sets is None else lift.sets
        rest = rest if lift.rest_s is None else lift.rest_s
        last = last if lift.rpe is None else lift.rpe
    efforts = _rising(role, rule, last, sets)
    before_amrap, hold = max(rest, rule.rest_before_amrap_s), held(lift)
    return Asked(role, low, high, efforts, rule.cap, rule.last_cap, rest, before_amrap, hold)


def held(lift: PlannedLift | None, rpe: float | None = None) -> Hold:
    """What is asked of a lift where it is held for time; `rpe` that of its style, where it has one."""
    return Hold(None, rpe) if lift is None else Hold(lift.seconds, lift.rpe if rpe is None else rpe)


def _usual(role: Role, rule: RoleRule, week: Week) -> tuple[int, int, float]:
    """Fewest and most reps, and the RPE of the last set, where the plan says nothing."""
    if role is Role.ANCHOR:
        return week.reps, week.reps, min(rule.last_cap, week.rpe)
    if role is Role.SECONDARY:
        rpe = max(LEAST_RPE, week.rpe - SECONDARY_LESS)
        return week.reps, week.reps, min(rule.last_cap, rpe)
    return rule.reps_low, rule.reps_high, rule.last_rpe


def _rising(role: Role, rule: RoleRule, last: float, sets: int) -> tuple[float, ...]:
    if role in (Role.ANCHOR, Role.SECONDARY):
        return efforts(last, sets)
    return (*(min(rule.rpe, last) for _ in range(sets - 1)), last)


def efforts(last: float, sets: int) -> tuple[float, ...]:
    """The RPE of each set of one load: half a point less for each before the last, not under 6."""
    least = min(last, LEAST_RPE)
    return tuple(max(least, last - EARLIER_LESS * before) for before in range(sets - 1, -1, -1))


def deload(of: Asked) -> Asked:
    """The same in a deload: half the sets, rounded up, same reps, RPE 6; never harder than it was."""
    easy = tuple(min(DELOAD_RPE, rpe) for rpe in of.efforts[: (of.sets + 1) // 2])
    return replace(of, efforts=easy)


# Who leads a session ---------------------------------------------------------------------------------------------

ANCHORS: Final = 2
SECONDARIES: Final = 2
"""How many lifts of a session are anchors where none is starred, and how many secondary at most (own choice; with
three sets each it comes near 50/30/20)."""

ANCHOR_KINDS: Final = frozenset({"squat", "hinge", "press", "row"})
"""The kinds of lift that anchor a session (BLOCKS names squat, deadlift, bench press and row)."""

SECONDARY_KINDS: Final = ANCHOR_KINDS | {"lunge", "pull"}

LARGE_MUSCLES: Final = frozenset(
    {"chest", "front-delts", "lats", "upper-back", "quads", "glutes", "hamstrings"}
)
"""What a lift must train first of all to anchor a session or to be secondary in it (own choice): no face pull does."""


def roles(session: PlannedSession, exercises: Mapping[str, Exercise]) -> tuple[Role, ...]:
    """The role of each lift of a session, in order. Lifts that `exercises` does not know are accessories.

    Anchors are the starred lifts, else the first two of squat, hinge, press and row kind; the next compounds are
    secondary. Lifts that the catalogue has as accessories come in only where the others are too few.
    """
    known = [exercises.get(lift.exercise) for lift in session.lifts]
    anchors = {at for at, lift in enumerate(session.lifts) if lift.anchor}
    if not anchors:
        anchors = _first(known, ANCHOR_KINDS, ANCHORS, frozenset())
    secondary = _first(known, SECONDARY_KINDS, SECONDARIES, anchors)
    return tuple(_role(at, one, anchors, secondary) for at, one in enumerate(known))


def _first(
    known: Sequence[Exercise | None], kinds: frozenset[str], most: int, taken: set[int] | frozenset[int]
) -> set[int]:
    """The places of the first `most` that can have a role, those first whose usual place is so high."""
    able = [at for at, one in enumerate(known) if at not in taken and one is not None and _leads(one, kinds)]
    usual = [at for at in able if _usual_role(known[at]) in (Role.ANCHOR, Role.SECONDARY)]
    return set([*usual, *(at for at in able if at not in usual)][:most])


def _leads(one: Exercise, kinds: frozenset[str]) -> bool:
    is_large = bool(one.direct) and one.direct[0] in LARGE_MUSCLES
    return one.compound and not one.timed and one.pattern in kinds and is_large


def _usual_role(one: Exercise | None) -> Role:
    return Role.ACCESSORY if one is None else one.role


def _role(at: int, one: Exercise | None, anchors: set[int], secondary: set[int]) -> Role:
    if at in anchors:
        return Role.ANCHOR
    if at in secondary:
        return Role.SECONDARY
    return Role.ISOLATION if _usual_role(one) is Role.ISOLATION else Role.ACCESSORY
