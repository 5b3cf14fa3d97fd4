"""Sets of the log as the model takes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.effort import effective_rpe
from core.learning.state import Done
from core.model import Exercise, Kind, SetEntry
from core.strength import system_kg, weaker_sides

SUPERSET_WEIGHT = 0.5
"""A set of a superset tells half as much of the maximum: the other lift tired the athlete, too (own choice)."""


def evidence(exercise: Exercise, sets: Sequence[SetEntry], body_weight_kg: float | None) -> Iterator[Done]:
    """What the sets of a day tell of a lift's strength, in their order; left and right of one load as one set.

    Nothing comes of warm-ups, timed sets, and sets whose load or body weight is not known. Of drops and rest-pause the
    first part counts.
    """
    if exercise.timed:
        return
    for done in weaker_sides([one for one in sets if one.kind is not Kind.WARMUP]):
        found = _evidence(exercise, done, body_weight_kg)
        if found is not None:
            yield found


def _evidence(exercise: Exercise, done: SetEntry, body_weight_kg: float | None) -> Done | None:
    load = system_kg(exercise, done.load, done.unit or "kg", body_weight_kg)
    if load is None or done.reps is None or done.reps < 1:
        return None
    return Done(
        load=load,
        reps=done.reps,
        rpe=_rpe(done),
        failed=done.failure is not None or done.kind is Kind.AMRAP,
        clean=done.form_from if done.form_from else None,
        pain=done.pain is not None,
        weight=1.0 if done.superset is None else SUPERSET_WEIGHT,
    )


def _rpe(done: SetEntry) -> float | None:
    """The effort that was told or shown; none that was only assumed."""
    told = effective_rpe(done, 0.0, None)
    return None if told.source == "assumed" else told.rpe
