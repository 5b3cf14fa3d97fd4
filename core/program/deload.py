"""When a deload is offered: on two signs together. That it helps is coaching practice, not proven.

In the simulator 80 people of constant strength, who neither told of poor recovery nor asked, were offered one deload in
24 weeks between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from core.model import Exercise
from core.program.exposures import Exposure
from core.program.signals import TWICE, harder_twice

SHORT_BY: Final = 0.03
"""So far below its forecast, in two exposures running, an anchor speaks for a deload (own choice)."""

ANCHORS_SHORT: Final = 2
POOR_RECOVERY: Final = 2
SIGNS_FOR_DELOAD: Final = 2
"""So many anchors; poor recovery reported so often; so many signs together (own choice)."""

RECENT_DAYS: Final = 14
"""Signs that lie further back are over (own choice)."""


class DeloadSign(StrEnum):
    """What speaks for a deload."""

    ANCHORS_SHORT = "anchors_short"
    HARDER_TWICE = "harder_twice"
    POOR_RECOVERY = "poor_recovery"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class DeloadOffer:
    """A deload is offered, and on which signs; `lifts` are those that two of them were seen on."""

    signs: tuple[DeloadSign, ...]
    lifts: tuple[Exercise, ...]


def deload_offer(
    anchors: Iterable[Sequence[Exposure]],
    now: datetime,
    *,
    poor_recovery: Iterable[date] = (),
    asked: bool = False,
    since: date | None = None,
) -> DeloadOffer | None:
    """A deload, where two of the signs stand together; None where they do not.

    `anchors` are the exposures of each anchor, the oldest first; `since` the day of the last deload or of its refusal:
    what lies before it is over. Always against the forecast, never against the best: raw Epley rises by itself as reps
    fall.
    """
    from_day = (now - timedelta(days=RECENT_DAYS)).date()
    if since is not None:
        from_day = max(from_day, since + timedelta(days=1))
    recent = [[one for one in past if one.at.date() >= from_day] for past in anchors]
    short = [past[-1].lift for past in recent if _is_short(past)]
    harder = [past[-1].lift for past in recent if harder_twice(past) is not None]
    poor = sum(day >= from_day for day in poor_recovery)
    stands = {
        DeloadSign.ANCHORS_SHORT: len(short) >= ANCHORS_SHORT,
        DeloadSign.HARDER_TWICE: bool(harder),
        DeloadSign.POOR_RECOVERY: poor >= POOR_RECOVERY,
        DeloadSign.ASKED: asked,
    }
    signs = tuple(sign for sign, found in stands.items() if found)
    seen = (*(short if len(short) >= ANCHORS_SHORT else ()), *harder)
    lifts = tuple({lift.id: lift for lift in seen}.values())
    return DeloadOffer(signs, lifts) if len(signs) >= SIGNS_FOR_DELOAD else None


def _is_short(past: Sequence[Exposure]) -> bool:
    """Whether the last two exposures were both below their forecast by 3% or more."""
    missing = [one.missing for one in past[-TWICE:] if one.missing is not None]
    return len(missing) == TWICE and min(missing) >= SHORT_BY - 1e-9
