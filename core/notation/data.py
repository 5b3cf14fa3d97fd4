"""The data form of a reading: what `spotter parse` prints, a contract for checks and tools outside."""

from __future__ import annotations

from datetime import date

from core.model import SetEntry, Unit
from core.notation.reading import Parsed, Problem, Question

_WHERE_TYPED = (
    "rpe", "seconds", "partials", "slow_from", "form_from", "tempo", "rest_s", "superset", "note", "distance_m", "typed",
)  # fmt: skip


def as_data(parsed: Parsed, unit: Unit) -> dict[str, object]:
    """A message's reading as JSON values; `unit` is the athlete's, for loads without one."""
    data: dict[str, object] = {
        "sets": [set_data(entry, unit) for entry in parsed.sets],
        "problems": [_problem(problem) for problem in parsed.problems],
    }
    if parsed.questions:
        data["questions"] = [_question(question, unit) for question in parsed.questions]
    if parsed.corrects is not None:
        data["corrects"] = _corrects(parsed.corrects, unit)
    return data


def set_data(entry: SetEntry, unit: Unit) -> dict[str, object]:
    """One set as JSON values: the fixed keys, and what was typed besides."""
    data: dict[str, object] = {
        "exercise": entry.exercise,
        "load": entry.load,
        "unit": entry.unit or unit,
        "reps": entry.reps,
        "kind": entry.kind.value,
    }
    if entry.bodyweight:
        data["bodyweight"] = True
    for key in _WHERE_TYPED:
        value = getattr(entry, key)
        if value is not None:
            data[key] = value
    if entry.rir_at_least:
        data["rir_at_least"] = True
    if entry.failure is not None:
        data["failure"] = entry.failure.value
    if entry.side is not None:
        data["side"] = entry.side.value
    if entry.pain is not None:
        data["pain"] = entry.pain.level
    if entry.segments:
        data["segments"] = [
            {"load": entry.load if part.load is None else part.load, "reps": part.reps}
            for part in entry.segments
        ]
    if entry.day is not None:
        data["day"] = entry.day.isoformat() if isinstance(entry.day, date) else entry.day
    if entry.ref is not None:
        data["ref"] = _ref(entry)
    return data


def _ref(entry: SetEntry) -> dict[str, object]:
    data: dict[str, object] = {"last": True}
    if entry.ref is not None and entry.ref.load_delta is not None:
        data["load_delta"] = entry.ref.load_delta
    if entry.ref is not None and entry.ref.reps is not None:
        data["reps"] = entry.ref.reps
    return data


def _problem(problem: Problem) -> dict[str, object]:
    return {"text": problem.text, "reason": problem.reason, **problem.facts}


def _question(question: Question, unit: Unit) -> dict[str, object]:
    data: dict[str, object] = {
        "text": question.text,
        "ask": question.ask,
        "readings": [[set_data(entry, unit) for entry in reading.sets] for reading in question.readings],
    }
    if question.typed is not None:
        data["typed"] = question.typed
    return data


def _corrects(entry: SetEntry, unit: Unit) -> dict[str, object]:
    """What a correction says: only what was typed."""
    data: dict[str, object] = {}
    for key in ("exercise", "load", "reps", "seconds", "rpe"):
        value = getattr(entry, key)
        if value is not None:
            data[key] = value
    if entry.load is not None:
        data["unit"] = entry.unit or unit
    if entry.pain is not None:
        data["pain"] = entry.pain.level
    if entry.failure is not None:
        data["failure"] = entry.failure.value
    return data
