"""Entries as typed → sets as understood: unit, carried lift and load filled in from what came before. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.model import Exercise, LoggedSet, SetEntry, Unit, from_kg, to_kg
from core.notation import Problem
from core.notation.bounds import MOST_LOAD_KG, broken


@dataclass(frozen=True, slots=True)
class Base:
    """An earlier set that an entry may lean on; `id` None while it is not stored."""

    done: SetEntry
    exercise_id: str
    day: date
    id: str | None


@dataclass(frozen=True, slots=True)
class Resolved:
    """An entry with its meaning and its day, and the place (in the same message) or id of the set it leans on."""

    entry: SetEntry
    done: SetEntry
    exercise_id: str
    day: date
    leans_on: str | None = None
    leans_on_place: int | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """What an entry lacks: `exercise`, `load`, or a set to `repeat`."""

    entry: SetEntry
    what: str


def lacks_load(entry: SetEntry, missing: SetEntry) -> bool:
    """Whether an entry of a message lacks its load as the one does that is asked about: of the same lift and day."""
    same_lift = entry.exercise in (None, missing.exercise)
    return entry.load is None and entry.ref is None and same_lift and entry.day == missing.day


@dataclass(frozen=True, slots=True)
class Before:
    """What an entry may lean on besides the entries before it.

    `carried` is the last set within four hours; `on_day` gives the last set of a lift on a training day.
    """

    unit: Unit
    find: Callable[[str], Exercise]
    day_of: Callable[[SetEntry], date]
    carried: Base | None
    on_day: Callable[[str, date], Base | None]


def base_of(logged: LoggedSet | None) -> Base | None:
    """A stored set as something to lean on."""
    return None if logged is None else Base(logged.done, logged.exercise_id, logged.day, logged.id)


def resolve(entries: Sequence[SetEntry], before: Before) -> list[Resolved | Missing]:
    """Resolve the entries of a message in order; each may lean on the ones before it."""
    found: list[Resolved | Missing] = []
    for entry in entries:
        found.append(_one(entry, before, found))
    return found


def _one(entry: SetEntry, before: Before, earlier: Sequence[Resolved | Missing]) -> Resolved | Missing:
    day = before.day_of(entry)
    base, place = _base(entry, day, before, earlier)
    exercise_id = entry.exercise or (base.exercise_id if base is not None else None)
    if exercise_id is None:
        return Missing(entry, "exercise" if entry.ref is None else "repeat")
    exercise = before.find(exercise_id)
    if entry.ref is not None:
        if base is None:
            return Missing(entry, "repeat")
        return _leaning(entry, repeated(entry, base.done), exercise, day, base, place)
    if entry.load is None and not exercise.bodyweight and entry.seconds is None and entry.distance_m is None:
        if base is None or base.exercise_id != exercise_id or base.done.load is None:
            return Missing(replace(entry, exercise=exercise_id), "load")
        done = replace(entry, load=base.done.load, unit=base.done.unit)
        return _leaning(entry, done, exercise, day, base, place)
    done = finished(entry, exercise, before.unit)
    if entry.exercise is None and base is not None:  # the lift is carried: it follows the set it comes from
        return Resolved(entry, done, exercise_id, day, base.id, place)
    return Resolved(entry, done, exercise_id, day)


def _base(
    entry: SetEntry, day: date, before: Before, earlier: Sequence[Resolved | Missing]
) -> tuple[Base | None, int | None]:
    """The set that an entry leans on, if it leans: one of its own day, whatever was done on others."""
    previous, place = _previous(entry.exercise, day, earlier)
    if previous is not None:
        return previous, place
    carried = before.carried
    fits = carried is not None and (entry.day is None or carried.day == day)
    if fits and carried is not None and entry.exercise in (None, carried.exercise_id):
        return carried, None
    return (None if entry.exercise is None else before.on_day(entry.exercise, day)), None


def _previous(
    exercise_id: str | None, day: date, earlier: Sequence[Resolved | Missing]
) -> tuple[Base | None, int | None]:
    """The last set of the same message and day that an entry may lean on."""
    for place in range(len(earlier) - 1, -1, -1):
        one = earlier[place]
        if not isinstance(one, Resolved) or one.day != day:
            continue
        if exercise_id is None or one.exercise_id == exercise_id:
            return Base(one.done, one.exercise_id, one.day, None), place
    return None, None


def _leaning(
    entry: SetEntry, done: SetEntry, exercise: Exercise, day: date, base: Base, place: int | None
) -> Resolved:
    unit = done.unit or base.done.unit or "kg"
    return Resolved(entry, finished(done, exercise, unit), exercise.id, day, base.id, place)


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


def out_of_bounds(text: str, done: SetEntry, exercise: Exercise) -> Problem | None:
    """What is wrong with a set now that its lift and load are known; the notation alone could not tell."""
    unit = done.unit or "kg"
    loads = (done.load, *(part.load for part in done.segments))
    below = next((load for load in loads if load is not None and load < 0), None)
    if below is not None and not exercise.bodyweight:
        most = round(from_kg(MOST_LOAD_KG, unit))
        facts: dict[str, object] = {"number": below, "unit": unit, "most": most}
        return Problem(text, "load_negative", facts)
    return broken(text, [done], unit, None)
