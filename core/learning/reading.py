"""Sets of the log as the model takes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.effort import counted_reps, effective_rpe, to_failure
from core.learning.state import Done
from core.model import Call, Exercise, Kind, SetEntry
from core.strength import SUPERSET_WEIGHT, paired_sides, system_kg


def evidence(
    exercise: Exercise,
    sets: Sequence[SetEntry],
    body_weight_kg: float | None,
    calls: Sequence[Call | None] = (),
) -> Iterator[Done]:
    """What the sets of a day tell of a lift's strength, in their order; left and right of one load as one set.

    Nothing comes of warm-ups, timed sets, and sets whose load or body weight is not known. Of drops and rest-pause the
    first part counts. `calls` are what was called in the sets, in their order; empty where nothing was.
    """
    if exercise.timed:
        return
    places = [at for at, one in enumerate(sets) if one.kind is not Kind.WARMUP]
    work = [sets[at] for at in places]
    tests = [_test(sets[at], calls[at]) for at in places] if calls else None
    for place, done in paired_sides(work):
        found = _evidence(exercise, done, body_weight_kg)
        if found is None:
            continue
        test = None if tests is None else tests[place]
        if tests is not None and test is None and done is not work[place]:
            test = tests[place - 1]  # of a pair of sides
        yield found if test is None else found._replace(called=test[0], came=test[1])


def _test(done: SetEntry, call: Call | None) -> tuple[float, int] | None:
    """What was called in a set and what came."""
    came = None if call is None else reps_after(done, call)
    return None if call is None or came is None else (call.left, came)


def reps_after(done: SetEntry, call: Call) -> int | None:
    """The reps that came after a call; None where the set tells nothing of it: it hurt, it did not go on to failure, or
    it was over by then."""
    left = counted_reps(done) - call.at_rep
    return left if left > 0 and call.at_rep > 0 and to_failure(done) and done.pain is None else None


def _evidence(exercise: Exercise, done: SetEntry, body_weight_kg: float | None) -> Done | None:
    load = system_kg(exercise, done.load, done.unit or "kg", body_weight_kg)
    if load is None or done.reps is None or done.reps < 1:
        return None
    return Done(
        load=load,
        reps=done.reps,
        rpe=_rpe(done),
        failed=done.failure is not None or (done.kind is Kind.AMRAP and not _stopped_short(done)),
        clean=done.form_from if done.form_from else None,
        pain=done.pain is not None,
        weight=1.0 if done.superset is None else SUPERSET_WEIGHT,
        asked=done.open_ended or (done.kind is Kind.AMRAP and _stopped_short(done)),
    )


def _stopped_short(done: SetEntry) -> bool:
    """Whether an AMRAP ended before failure: then it is a rated set."""
    return done.rpe is not None and done.rpe < 10


def _rpe(done: SetEntry) -> float | None:
    """The effort that was told or shown; none that was only assumed."""
    told = effective_rpe(done, 0.0, None)
    return None if told.source == "assumed" else told.rpe
