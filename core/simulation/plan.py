"""What is asked of a simulated lifter: the 12-week system (BLOCKS), twice over, with an AMRAP at each block's end."""

from __future__ import annotations

from typing import Final, NamedTuple

from core.model import Role

CYCLE: Final = 12
WEEKS: Final = 2 * CYCLE
BLOCK: Final = 4
SESSIONS_A_WEEK: Final = 2
DAYS: Final = (0, 3)
"""The days of the week that are trained (own choice)."""

MOST_SETS: Final = 3
LOWEST: Final = 6.0

TABLE: Final = (
    *((15, 6.0), (14, 6.5), (13, 7.0), (12, 7.0)),
    *((12, 7.0), (10, 7.5), (9, 8.0), (8, 8.0)),
    *((10, 8.0), (8, 8.5), (7, 9.0), (6, 9.0)),
)
"""Reps and the last set's RPE of each week (BLOCKS)."""

ACCESSORY: Final = ((14, (6.0, 7.0)), (12, (7.0, 7.0)), (10, (7.0, 8.0)))
"""Reps and the sets' RPE of an accessory in each block: inside the ranges of the roles."""


class Aim(NamedTuple):
    """A set that is asked for: `lift` by its place in the session, `position` from 1 in the lift's sets."""

    day: int
    lift: int
    position: int
    reps: int
    rpe: float
    amrap: bool


def aims(day: int, session: int, lift: int, role: Role) -> tuple[Aim, ...]:
    """The sets of a lift in the person's session number `session`, from 0."""
    week = session // SESSIONS_A_WEEK % CYCLE
    reps, efforts = _asked(week, role)
    ends_block = week % BLOCK == BLOCK - 1 and session % SESSIONS_A_WEEK == SESSIONS_A_WEEK - 1
    last = len(efforts)
    return tuple(
        Aim(day, lift, k, reps, rpe, role is Role.ANCHOR and ends_block and k == last)
        for k, rpe in enumerate(efforts, 1)
    )


def _asked(week: int, role: Role) -> tuple[int, tuple[float, ...]]:
    if role is Role.ACCESSORY:
        return ACCESSORY[week // BLOCK]
    reps, rpe = TABLE[week]
    if role is Role.SECONDARY:
        rpe = min(8.0, rpe - 0.5)
    return reps, tuple(max(LOWEST, rpe - 0.5 * before) for before in (2, 1, 0))
