"""Entries as typed → sets as understood: unit, carried lift and load filled in from what came before. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from core.model import Exercise, LoggedSet, SetEntry, Unit, from_kg, to_kg


@dataclass(frozen=True, slots=True)
class Base:
    """An earlier set that an entry may lean on; `id` None while it is not stored."""

    done: SetEntry
    exercise_id: str
    id: str | None


@dataclass(frozen=True, slots=True)
class Resolved:
    """An entry with its meaning, and the place (in the same message) or id of the set it leans on."""

    entry: SetEntry
    done: SetEntry
    exercise_id: str
    leans_on: str | None = None
    leans_on_place: int | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """What an entry lacks: `exercise`, `load`, or a set to `repeat`."""

    entry: SetEntry
    what: str


def base_of(logged: LoggedSet | None) -> Base | None:
    """A stored set as something to lean on."""
    return None if logged is None else Base(logged.done, logged.exercise_id, logged.id)


def resolve(
    entries: Sequence[SetEntry],
    unit: Unit,
    find: Callable[[str], Exercise],
    carried: Base | None,
    today_of: Callable[[str], Base | None],
) -> list[Resolved | Missing]:
    """Resolve the entries of a message in order; each may lean on the ones before it.

    `carried` is the last set within four hours, `today_of` gives the last set of a lift on the same training day.
    """
    found: list[Resolved | Missing] = []
    for entry in entries:
        found.append(_one(entry, unit, find, carried, today_of, found))
    return found


def _one(
    entry: SetEntry,
    unit: Unit,
    find: Callable[[str], Exercise],
    carried: Base | None,
    today_of: Callable[[str], Base | None],
    before: Sequence[Resolved | Missing],
) -> Resolved | Missing:
    previous, place = _previous(entry.exercise, before)
    base = previous or (carried if entry.exercise is None or _is(carried, entry.exercise) else None)
    if base is None and entry.exercise is not None:
        base = today_of(entry.exercise)
    exercise_id = entry.exercise or (base.exercise_id if base is not None else None)
    if exercise_id is None:
        return Missing(entry, "exercise")
    exercise = find(exercise_id)
    if entry.ref is not None:
        if base is None:
            return Missing(entry, "repeat")
        return _leaning(entry, repeated(entry, base.done), exercise, base, place)
    if entry.load is None and not exercise.bodyweight and entry.seconds is None and entry.distance_m is None:
        if base is None or base.exercise_id != exercise_id or base.done.load is None:
            return Missing(replace(entry, exercise=exercise_id), "load")
        done = replace(entry, load=base.done.load, unit=base.done.unit)
        return _leaning(entry, done, exercise, base, place)
    done = finished(entry, exercise, unit)
    if (
        entry.exercise is None and base is not None
    ):  # the lift itself is carried: it follows the set it comes from
        return Resolved(entry, done, exercise_id, base.id, place)
    return Resolved(entry, done, exercise_id)


def _is(base: Base | None, exercise_id: str) -> bool:
    return base is not None and base.exercise_id == exercise_id


def _previous(
    exercise_id: str | None, before: Sequence[Resolved | Missing]
) -> tuple[Base | None, int | None]:
    """The last set of the same message that an entry may lean on."""
    for place in range(len(before) - 1, -1, -1):
        one = before[place]
        if isinstance(one, Resolved) and (exercise_id is None or one.exercise_id == exercise_id):
            return Base(one.done, one.exercise_id, None), place
    return None, None


def _leaning(entry: SetEntry, done: SetEntry, exercise: Exercise, base: Base, place: int | None) -> Resolved:
    unit = done.unit or base.done.unit or "kg"
    return Resolved(entry, finished(done, exercise, unit), exercise.id, base.id, place)


def repeated(entry: SetEntry, base: SetEntry) -> SetEntry:
    """The earlier set once more, with what the entry names changed. Effort and marks are of the new set alone."""
    ref = entry.ref
    unit = base.unit or "kg"
    load = base.load
    if ref is not None and ref.load_delta is not None:
        typed = entry.unit or unit
        load = (load or 0.0) + from_kg(to_kg(ref.load_delta, typed), unit)
        load = round(load, 4)
    reps = ref.reps if ref is not None and ref.reps is not None else base.reps
    return replace(
        entry,
        load=load,
        unit=unit,
        reps=reps if entry.reps is None else entry.reps,
        seconds=base.seconds if entry.seconds is None else entry.seconds,
        distance_m=base.distance_m if entry.distance_m is None else entry.distance_m,
        side=base.side if entry.side is None else entry.side,
    )


def finished(entry: SetEntry, exercise: Exercise, unit: Unit) -> SetEntry:
    """An entry as understood: lift and unit there, nothing left that leans."""
    load = entry.load
    if load is None and exercise.bodyweight:
        load = 0.0
    return replace(
        entry,
        exercise=exercise.id,
        typed=None,
        load=load,
        unit=entry.unit or unit,
        bodyweight=exercise.bodyweight,
        day=None,
        ref=None,
    )


def resolved_again(entry: SetEntry, base: SetEntry, exercise: Exercise) -> SetEntry:
    """What a leaning entry means now that the set it leans on has changed."""
    if entry.ref is not None:
        return finished(repeated(entry, base), exercise, base.unit or "kg")
    if entry.load is None:
        return finished(replace(entry, load=base.load, unit=base.unit), exercise, base.unit or "kg")
    return finished(entry, exercise, entry.unit or base.unit or "kg")
