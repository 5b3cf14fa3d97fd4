"""How the effort of a session and of its week divides among the roles, beside 50/30/20 (BLOCKS; what is divided is our own
reading)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import floor
from typing import Final

from core.effort import INTENDED_SPLIT, EffortSplit, session_effort
from core.model import Role, SetEntry

NEAR_POINTS: Final = 10
"""So many points around the intended share nothing is said of it (own choice)."""


class Part(StrEnum):
    """The parts that effort divides into."""

    ANCHOR = "anchor"
    SECONDARY = "secondary"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class EffortShare:
    """The shares of a session and of its week; None where nothing was hard enough to count.

    `divided` is False for a style that does not divide its effort (HIT).
    """

    session: EffortSplit | None
    week: EffortSplit | None
    divided: bool = True


@dataclass(frozen=True, slots=True)
class OffShare:
    """The part furthest from its intended share, and by how many points: above zero, too much."""

    part: Part
    points: int


def effort_share(
    session: Iterable[tuple[Role, SetEntry]], week: Iterable[tuple[Role, SetEntry]], *, divided: bool = True
) -> EffortShare:
    """The shares of a session's sets and of the week's, each with the role that it had in its session."""
    return EffortShare(session_effort(session), session_effort(week), divided)


def percents(split: EffortSplit) -> tuple[int, int, int]:
    """The shares in whole percent that make a hundred: what rounding leaves goes where most was cut off."""
    exact = [100 * share for share in (split.anchor, split.secondary, split.rest)]
    whole = [floor(share) for share in exact]
    left = 100 - sum(whole)
    for at in sorted(range(3), key=lambda at: whole[at] - exact[at])[:left]:
        whole[at] += 1
    return whole[0], whole[1], whole[2]


def furthest_off(split: EffortSplit) -> OffShare | None:
    """The part that lies furthest from what is intended; None where all are within `NEAR_POINTS`."""
    meant = percents(INTENDED_SPLIT)
    off = [OffShare(part, is_ - was) for part, is_, was in zip(Part, percents(split), meant, strict=True)]
    most = max(off, key=lambda one: abs(one.points))
    return most if abs(most.points) > NEAR_POINTS else None
