"""How long a muscle needs after sets, by how hard they were: a note, and never a ban (BLOCKS; the hours are our own choice).

Four minutes after bench sets velocity was down 25% at failure, 13% at one in reserve and 8% at three, all of it gone
by 48 hours (Refalo 2023, 10.1186/s40798-023-00554-y).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from core.effort import WITHOUT_PLAN, effective_rpe
from core.model import Exercise, Kind, LoggedSet, Role, SetEntry
from core.program.demands import parts_more

RESERVE_RIR: Final = 3.0
"""From so many reps in reserve on a set is among the easily recovered (own choice)."""


class Hardness(StrEnum):
    """How hard a set was on its muscle: with three or more in reserve, with one or two, to failure, with one part more
    after that (a drop, rest-pause), with several."""

    RESERVE = "reserve"
    NEAR = "near"
    FAILURE = "failure"
    DROP = "drop"
    DROPS = "drops"


HOURS: Final[Mapping[Hardness, int]] = MappingProxyType(
    {
        Hardness.RESERVE: 24,
        Hardness.NEAR: 36,
        Hardness.FAILURE: 48,
        Hardness.DROP: 60,
        Hardness.DROPS: 72,
    }
)
"""Hours that a muscle is given (own choice)."""


@dataclass(frozen=True, slots=True)
class Recovering:
    """A muscle that is still within its hours: the lift that it did, when, how hard, and until when."""

    muscle: str
    lift: Exercise
    how: Hardness
    since: datetime
    until: datetime


def hardness(role: Role, done: SetEntry) -> Hardness:
    """How hard a set was; where no effort was typed, nothing is known against it."""
    parts = parts_more(done)
    if parts:
        return Hardness.DROP if parts == 1 else Hardness.DROPS
    effort = effective_rpe(done, 10 - WITHOUT_PLAN[role].rpe, None)
    rir = effort.rir
    if rir >= RESERVE_RIR or effort.source == "assumed":
        return Hardness.RESERVE
    return Hardness.FAILURE if rir <= 0 else Hardness.NEAR


def recovering(
    planned: Sequence[Exercise],
    done: Iterable[tuple[Exercise, LoggedSet]],
    now: datetime,
    repeated: Mapping[str, float] = MappingProxyType({}),
) -> tuple[Recovering, ...]:
    """The muscles that planned lifts train directly and that earlier sets have not left yet, the longest wait first.

    `repeated` holds the hours after which a lift, by its id, has repeated its performance before: where so many have
    passed, that is better evidence than the hours, and the lift asks for no note.
    """
    tired = _longest(done, now)
    found: dict[str, Recovering] = {}
    for lift in planned:
        for muscle in lift.direct:
            one = tired.get(muscle)
            if one is not None and not _has_repeated(lift, one, now, repeated):
                found[muscle] = one
    return tuple(sorted(found.values(), key=lambda one: one.until, reverse=True))


def _longest(done: Iterable[tuple[Exercise, LoggedSet]], now: datetime) -> dict[str, Recovering]:
    """For each muscle the set that keeps it longest, where that is longer than now."""
    tired: dict[str, Recovering] = {}
    for exercise, one in done:
        if one.done.kind is Kind.WARMUP or one.performed_at > now:
            continue
        how = hardness(exercise.role, one.done)
        until = one.performed_at + timedelta(hours=HOURS[how])
        for muscle in exercise.direct if until > now else ():
            if muscle not in tired or tired[muscle].until < until:
                tired[muscle] = Recovering(muscle, exercise, how, one.performed_at, until)
    return tired


def _has_repeated(lift: Exercise, one: Recovering, now: datetime, repeated: Mapping[str, float]) -> bool:
    enough = repeated.get(lift.id)
    return enough is not None and now - one.since >= timedelta(hours=enough)
