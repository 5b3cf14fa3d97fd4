"""The order of lifts: what a compound taken to failure leaves of an isolation lift of the same muscle (EQUAL)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.effort import to_failure
from core.model import Exercise, Kind, SetEntry


@dataclass(frozen=True, slots=True)
class OrderNote:
    """`later` follows `first`, a compound that goes to failure, and trains the same muscle: its reps will be fewer.

    That one region may gain by it (leg press before leg extension: vastus lateralis over rectus femoris) while total
    growth is the same is less supported, and said so.
    """

    first: Exercise
    later: Exercise
    muscle: str


def order_notes(session: Sequence[tuple[Exercise, bool]]) -> tuple[OrderNote, ...]:
    """What is to be said of the order of a session: each lift with whether it goes to failure, in their order.

    One note a later lift, about the first compound that costs it reps. A note, not a ban.
    """
    notes: dict[str, OrderNote] = {}
    for at, (later, _) in enumerate(session):
        if later.compound or later.id in notes:
            continue
        for first, fails in session[:at]:
            muscle = _shared(first, later) if fails and first.compound else None
            if muscle is not None:
                notes[later.id] = OrderNote(first, later, muscle)
                break
    return tuple(notes.values())


def _shared(first: Exercise, later: Exercise) -> str | None:
    return next((muscle for muscle in later.direct if muscle in first.direct), None)


def as_done(sets: Sequence[tuple[Exercise, SetEntry]]) -> tuple[tuple[Exercise, bool], ...]:
    """The lifts of a session in the order they were begun, each with whether a work set of it went to failure."""
    lifts: dict[str, tuple[Exercise, bool]] = {}
    for exercise, done in sets:
        if done.kind is Kind.WARMUP:
            continue
        failed = to_failure(done) or done.kind is Kind.AMRAP
        lifts[exercise.id] = exercise, failed or lifts.get(exercise.id, (exercise, False))[1]
    return tuple(lifts.values())
