"""Where somebody stands in a plan, and what each lift's loads come from.

The working max M is kept as a load and the reps that a fresh set must be able to hold at it, so that what is learned of
the rep curve later moves no load by itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from core.program.calendar import Position
from core.program.calendar import as_json as position_json
from core.program.calendar import from_json as position_from


class LiftCourse(NamedTuple):
    """What a lift's loads come from: a load in kilograms, the body's share included, that a fresh set could hold for `n`
    reps; sessions without RPE that went as asked since it moved; the day it was last done; whether an AMRAP that was due
    did not come, and is offered once more; sessions without pain that are wanted before it rises, and M (kg) before the
    pain, while it climbs back; the block whose AMRAP was done; the block in which it was last done, counted from the
    first, and the maximum (kg) that was known after its first session in it; whether all sets of its last session were
    easy, so that its load is not found yet."""

    load_kg: float
    n: float
    unrated: int
    last: date
    again: bool = False
    watched: int = 0
    was_kg: float | None = None
    measured: int = -1
    block: int = -1
    began_kg: float | None = None
    easy: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """Where someone stands in their plan, and their lifts; the last days on which they trained in a deload."""

    position: Position
    lifts: Mapping[str, LiftCourse] = field(default_factory=dict)
    deloads: tuple[date, ...] = ()


def as_json(course: Course) -> str:
    """The course as text, to be kept."""
    lifts = {
        name: [*one[:3], one.last.isoformat(), int(one.again), *one[5:]]
        for name, one in sorted(course.lifts.items())
    }
    deloads = [day.isoformat() for day in course.deloads]
    return json.dumps([position_json(course.position), lifts, deloads], separators=(",", ":"))


def from_json(text: str) -> Course:
    """The course that was kept; ValueError for anything else."""
    try:
        position, lifts, deloads = json.loads(text)
        held = {
            name: LiftCourse(load, n, unrated, date.fromisoformat(last), bool(again), *rest)
            for name, (load, n, unrated, last, again, *rest) in lifts.items()
        }
        light = tuple([date.fromisoformat(day) for day in deloads])
    except (TypeError, ValueError, IndexError, AttributeError) as error:
        raise ValueError("no course") from error
    return Course(position_from(position), held, light)
