"""Drop sets, rest-pause and partials: the task gets easier and so goes on (LIMIT). What of such a set counts for what.

At failure the effort that a person will bear ends, not what the muscle can do; with less weight, a short rest or a
shorter way there is more of another task. Drop sets take a half to a third of the time of straight sets for about the
same growth (Sodal 2023, 10.1186/s40798-023-00620-5); in one study rest-pause gained more squat maximum than drop sets or
plain sets (Enes 2021, 10.1139/apnm-2021-0278).
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from core.effort import to_failure
from core.model import Kind, SetEntry
from core.program.places import Place

CREDIT_A_PART: Final = 0.5
"""What each part after the first adds to a set's credit for growth (own choice)."""

PARTIALS_CREDIT: Final = 0.5
"""What partials past failure add to it (own choice): they are never reps."""

MOST_CREDIT: Final = 2.5
"""No set counts for more (own choice)."""

STRENGTH_CREDIT: Final = 1.0
"""What any set counts for strength, whatever was hung onto it (own choice)."""


class Demand(StrEnum):
    """In which way the task of a set was made easier after its reps had ended."""

    DROP = "drop"
    REST_PAUSE = "rest_pause"
    PARTIALS = "partials"


def parts_more(done: SetEntry) -> int:
    """How many parts with reps a set has after its first: drops, or rest-pause parts."""
    return sum(part.reps > 0 for part in done.segments)


def changed_demands(done: SetEntry) -> tuple[Demand, ...]:
    """How a set went on after its first part; nothing where it did not."""
    found = []
    if parts_more(done):
        rested = done.kind is Kind.REST_PAUSE or all(part.load is None for part in done.segments)
        found.append(Demand.REST_PAUSE if rested else Demand.DROP)
    if partials_past_failure(done):
        found.append(Demand.PARTIALS)
    return tuple(found)


def partials_past_failure(done: SetEntry) -> bool:
    """Whether partials followed full reps that had ended: not where something was said to be left."""
    some = done.partials is not None and done.partials > 0
    return some and (to_failure(done) or done.rpe is None)


def growth_credit(done: SetEntry) -> float:
    """How many sets a set counts for as growth: 1.5 with one part more, 2 with two, 2.5 at most (own choice)."""
    credit = 1 + CREDIT_A_PART * parts_more(done)
    return min(MOST_CREDIT, credit + (PARTIALS_CREDIT if partials_past_failure(done) else 0.0))


def strength_credit(done: SetEntry) -> float:
    """How many sets a set counts for as strength: one, for what follows its first part is done with less."""
    return 0.0 if done.kind is Kind.WARMUP else STRENGTH_CREDIT


_REST_PAUSE: Final = re.compile(
    r"(?<!\bno )(?<!\bnot )(?<!\bwithout )\b(?:rest[ -]?pauses?|myo[ -]?reps?|rp)\b", re.I
)


def asks_rest_pause(place: Place, *, easy: bool = False) -> bool:
    """Whether a lift is asked for rest-pause: only where the athlete's own plan names it in the lift's note, and not in a
    deload, on an `easy` day, or beside an AMRAP."""
    if place.lift.note is None or place.deload or place.amrap or easy:
        return False
    return _REST_PAUSE.search(place.lift.note) is not None
