"""The bounds of what a set can be (`notation.md`, What is refused). A line that breaks one is refused with the number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.model import SetEntry, Unit, from_kg, to_kg
from core.notation.reading import Problem

MOST_LOAD_KG = 1000.0
MOST_ASSISTANCE_KG = 200.0
MOST_REPS = 200
MOST_SETS = 20
MOST_SECONDS = 7200
MOST_METRES = 5000
LONGEST_MESSAGE = 4096

MANY_REPS = 30
"""More reps than this are asked, they could be a load."""


def broken(text: str, sets: Sequence[SetEntry], unit: Unit, today: date | None) -> Problem | None:
    """The first bound that the sets of a line break, or None."""
    if len(sets) > MOST_SETS:
        return Problem(text, "too_many_sets", {"number": len(sets), "most": MOST_SETS})
    before = None
    for entry in sets:
        if entry is before:
            continue  # three sets alike are one, three times
        problem = _entry(text, entry, unit, today)
        if problem is not None:
            return problem
        before = entry
    return None


def _entry(text: str, entry: SetEntry, unit: Unit, today: date | None) -> Problem | None:
    loads = [entry.load, *(segment.load for segment in entry.segments)]
    for load in loads:
        problem = _load(text, load, entry.unit or unit)
        if problem is not None:
            return problem
    if entry.reps == 0:
        return Problem(text, "no_reps", {"number": 0, "helped": entry.bodyweight})
    for reps in (entry.reps, *(segment.reps for segment in entry.segments)):
        problem = _count(text, "reps", reps, MOST_REPS)
        if problem is not None:
            return problem
    return (
        _count(text, "reps", entry.partials, MOST_REPS)
        or _count(text, "reps", entry.slow_from or None, MOST_REPS)
        or _count(text, "reps", entry.form_from or None, MOST_REPS)
        or _count(text, "seconds", entry.seconds, MOST_SECONDS)
        or _count(text, "metres", entry.distance_m, MOST_METRES)
        or _count(text, "rest", entry.rest_s, MOST_SECONDS)
        or _effort(text, entry.rpe, at_least=entry.rir_at_least)
        or _pain(text, entry)
        or _day(text, entry, today)
    )


def _load(text: str, load: float | None, unit: Unit) -> Problem | None:
    if load is None or -MOST_ASSISTANCE_KG <= to_kg(load, unit) <= MOST_LOAD_KG:
        return None
    if load > 0:
        return Problem(
            text, "load_too_high", {"number": load, "most": round(from_kg(MOST_LOAD_KG, unit)), "unit": unit}
        )
    most = round(from_kg(MOST_ASSISTANCE_KG, unit))
    return Problem(text, "assistance_too_high", {"number": -load, "most": most, "unit": unit})


def _count(text: str, what: str, number: float | None, most: int) -> Problem | None:
    if number is None or 1 <= number <= most:
        return None
    return Problem(text, f"{what}_out_of_range", {"number": number, "least": 1, "most": most})


def _effort(text: str, rpe: float | None, *, at_least: bool) -> Problem | None:
    if rpe is None or 1 <= rpe <= 10:
        return None
    if at_least:
        return Problem(text, "rir_out_of_range", {"number": 10 - rpe, "most": 9})
    return Problem(text, "rpe_out_of_range", {"number": rpe, "least": 1, "most": 10})


def _pain(text: str, entry: SetEntry) -> Problem | None:
    level = entry.pain.level if entry.pain is not None else None
    if level is None or 0 <= level <= 10:
        return None
    return Problem(text, "pain_out_of_range", {"number": level, "most": 10})


def _day(text: str, entry: SetEntry, today: date | None) -> Problem | None:
    if today is None or not isinstance(entry.day, date) or entry.day <= today:
        return None
    return Problem(text, "day_in_future", {"day": entry.day.isoformat()})
