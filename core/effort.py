"""The vocabulary of effort: reps in reserve, what a set counts as, what each role in a session asks for.

RIR = 10 - RPE; `n` = reps + RIR is what the set could have held, and everything about effort keys on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from core.model import Failure, Kind, Role, SetEntry

ASSUMED_WEIGHT: Final = 0.25
"""What an effort counts for that was not typed (own choice)."""

SLOW_RPE: Final = 9.0
"""What `slow` reads as where no RPE was typed (own choice): a cue, not a measurement."""

FAILURE_RPE: Final = 10.0
"""The effort of a set to failure."""

SPARED_REPS: Final = 1
SHORT_RPE: Final = FAILURE_RPE - SPARED_REPS
"""Clean reps that are left where a set stops short of failure, and its effort then (own choice)."""

HARD_RIR: Final = 4.0
"""A rep, or a set, at this RIR or less is hard: it counts as effort and as volume."""


class Block(StrEnum):
    """The three blocks of the 12-week system."""

    FOUNDATION = "foundation"
    BUILD = "build"
    CHALLENGE = "challenge"


class Hold(NamedTuple):
    """What a plan asks of a lift that is held for time: fewest and most seconds, and the RPE; None where it leaves them to
    the rules of such lifts (`core.timed`)."""

    seconds: tuple[int, int] | None = None
    rpe: float | None = None


HELD_AS_USUAL: Final = Hold()
"""Nothing of its own is asked for."""


@dataclass(frozen=True, slots=True)
class RoleRule:
    """What a role asks for: sets, rep range, RPE of the earlier sets and of the last, caps, rest in seconds.

    A cap is the RPE above which a set was harder than its role allows; 10 where there is none. `efforts` are the RPE of
    each set where a plan names them one by one, `hold` is what is asked for where the lift is held for time.
    """

    sets: int
    reps_low: int
    reps_high: int
    rpe: float
    last_rpe: float
    cap: float
    last_cap: float
    rest_s: int
    rest_before_amrap_s: int
    efforts: tuple[float, ...] = ()
    hold: Hold = HELD_AS_USUAL

    def rpe_of(self, position: int) -> float:
        """The RPE asked of the set at `position`, counted from 1."""
        if self.efforts:
            return self.efforts[min(position, len(self.efforts)) - 1]
        return self.last_rpe if position >= self.sets else self.rpe

    def cap_of(self, position: int) -> float:
        """The highest RPE allowed to the set at `position`, counted from 1."""
        return self.last_cap if position >= self.sets else self.cap


def _rules() -> dict[tuple[Block, Role], RoleRule]:
    foundation, build, challenge = Block
    return {
        # Anchors take the block's own reps and RPE (BLOCKS); secondary lifts half a point less, not under 6, cap 8.
        (foundation, Role.ANCHOR): RoleRule(3, 12, 15, 6, 7, 8.5, 9, 180, 240),
        (build, Role.ANCHOR): RoleRule(3, 8, 12, 7, 8, 8.5, 9, 180, 240),
        (challenge, Role.ANCHOR): RoleRule(3, 6, 10, 8, 9, 8.5, 9, 180, 240),
        (foundation, Role.SECONDARY): RoleRule(3, 12, 15, 6, 6.5, 8, 8, 150, 150),
        (build, Role.SECONDARY): RoleRule(3, 8, 12, 6.5, 7.5, 8, 8, 150, 150),
        (challenge, Role.SECONDARY): RoleRule(3, 6, 10, 7.5, 8, 8, 8, 150, 150),
        (foundation, Role.ACCESSORY): RoleRule(3, 12, 15, 6, 7, 10, 10, 90, 90),
        (build, Role.ACCESSORY): RoleRule(3, 10, 15, 7, 7, 10, 10, 90, 90),
        (challenge, Role.ACCESSORY): RoleRule(3, 8, 12, 7, 8, 10, 10, 90, 90),
        (foundation, Role.ISOLATION): RoleRule(2, 12, 15, 6, 7, 10, 10, 75, 75),
        (build, Role.ISOLATION): RoleRule(2, 10, 15, 7, 9, 10, 10, 75, 75),
        (challenge, Role.ISOLATION): RoleRule(2, 10, 15, 9, 10, 10, 10, 75, 75),
    }


ROLE_RULES: Final[Mapping[tuple[Block, Role], RoleRule]] = MappingProxyType(_rules())
"""What each role asks for in each block (BLOCKS; the sets and how they divide the session are our own choice)."""


def _without_plan(role: Role) -> RoleRule:
    rule = ROLE_RULES[Block.BUILD, role]
    return replace(rule, rpe=rule.last_rpe) if role in (Role.ANCHOR, Role.SECONDARY) else rule


WITHOUT_PLAN: Final[Mapping[Role, RoleRule]] = MappingProxyType({role: _without_plan(role) for role in Role})
"""The rules where nothing is planned: the Build column, compounds at its harder end in every set (own choice)."""


def reps_possible(reps: float, rir: float) -> float:
    """`n`: the reps a set could have held, were it taken to failure."""
    return reps + rir


def counted_reps(done: SetEntry) -> int:
    """The reps that count as evidence: those up to the rep where form broke (FORM), all where no rep was named.

    Partials, drops and the later parts of rest-pause are never among them. 0 where the set has no reps.
    """
    if done.reps is None or done.reps <= 0:
        return 0
    if done.form_from is None or done.form_from <= 0:
        return done.reps
    return min(done.reps, done.form_from)


EffortSource = Literal["failure", "form", "typed", "amrap", "short", "slow", "carried", "assumed"]


class EffortReading(NamedTuple):
    """The effort of a set: its RPE, what it weighs as evidence (0 to 1) and where it was taken from.

    `carried` is the effort that an earlier set of the day speaks for.
    """

    rpe: float
    weight: float
    source: EffortSource

    @property
    def rir(self) -> float:
        """Reps in reserve."""
        return 10 - self.rpe


def effective_rpe(done: SetEntry, target_rir: float, target_reps: int | None) -> EffortReading:
    """How hard a set was: failure is 10, a named rep of broken form is technical failure there, then what was typed.

    With nothing typed (our own choice): an AMRAP and a set short of `target_reps` had nothing left, `slow` is RPE 9,
    and any other set is assumed to have met `target_rir`, at a quarter of the weight.
    """
    if done.failure is not None:
        return EffortReading(10.0, 1.0, "failure")
    if done.form_from is not None and done.form_from > 0:
        return EffortReading(10.0, 1.0, "form")
    if done.rpe is not None:
        rpe = done.rpe if 1 < done.rpe < 10 else min(10.0, max(1.0, done.rpe))
        return EffortReading(rpe, 1.0, "typed")
    if done.kind is Kind.AMRAP:
        return EffortReading(10.0, 1.0, "amrap")
    if target_reps is not None and counted_reps(done) < target_reps:
        return EffortReading(10.0, 1.0, "short")
    if done.slow_from is not None:
        return EffortReading(SLOW_RPE, ASSUMED_WEIGHT, "slow")
    return EffortReading(10 - target_rir, ASSUMED_WEIGHT, "assumed")


def to_failure(done: SetEntry) -> bool:
    """Whether a set was said to have ended in failure, technical or absolute."""
    return done.failure in (Failure.TECHNICAL, Failure.ABSOLUTE) or done.rpe == 10


@dataclass(frozen=True, slots=True)
class EffortSplit:
    """Shares of a session's effort, together 1: anchors, secondary lifts, accessories with isolation."""

    anchor: float
    secondary: float
    rest: float


INTENDED_SPLIT: Final = EffortSplit(0.5, 0.3, 0.2)
"""The 50/30/20 rule (BLOCKS; whose effort it divides is our own reading)."""


def set_effort(role: Role, done: SetEntry) -> float:
    """The effort of one set: its reps done at RIR 4 or less (own choice). A set to failure holds five of them."""
    if done.kind is Kind.WARMUP:
        return 0.0
    reps = counted_reps(done)
    rir = effective_rpe(done, 10 - WITHOUT_PLAN[role].rpe, None).rir
    return max(0.0, min(float(reps), HARD_RIR + 1 - rir))


def session_effort(sets: Iterable[tuple[Role, SetEntry]]) -> EffortSplit | None:
    """How the effort of a session (or a week) divides among the roles; None where there was none."""
    totals = dict.fromkeys(Role, 0.0)
    for role, done in sets:
        totals[role] += set_effort(role, done)
    whole = sum(totals.values())
    if whole <= 0:
        return None
    rest = totals[Role.ACCESSORY] + totals[Role.ISOLATION]
    return EffortSplit(totals[Role.ANCHOR] / whole, totals[Role.SECONDARY] / whole, rest / whole)
