"""Sets → text that reads back as the same sets. It is the line of confirmation, so it is written for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from core.exercises import Catalogue, catalogue
from core.model import Failure, Kind, Segment, SetEntry
from core.notation.grammar import LEAST_PLAIN_EFFORT, MOST_SETS_READ


def number(value: float) -> str:
    """A number without a needless fraction: 100, 102.5, 61.25."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if value != int(value) else str(int(value))


def print_sets(sets: Iterable[SetEntry], names: Catalogue | None = None) -> str:
    """A line for each run of equal sets; lines of one lift carry its name once."""
    lines: list[str] = []
    last: tuple[object, ...] | None = None
    for entry, run in groupby(sets):
        head = (entry.exercise, entry.day, entry.superset)
        text = print_run(entry, len(list(run)), "\n")
        lines.append(text if head == last else f"{_head(entry, names or catalogue())}{text}")
        last = head
    return "\n".join(lines)


def _head(entry: SetEntry, names: Catalogue) -> str:
    day = ""
    if isinstance(entry.day, date):
        day = f"{entry.day.isoformat()} "
    elif entry.day is not None:
        day = "yesterday: "
    pair = "" if entry.superset is None else f"{'abcdef'[(entry.superset - 1) % 6]}1 "
    return day + pair + (f"{name_of(entry, names)} " if entry.exercise is not None or entry.typed else "")


def name_of(entry: SetEntry, names: Catalogue) -> str:
    """The catalogue's name of the lift, else the name as typed."""
    exercise = names.get(entry.exercise) if entry.exercise is not None else None
    if exercise is not None:
        return exercise.name
    return entry.typed or entry.exercise or ""


def print_run(entry: SetEntry, count: int = 1, between: str = ", ") -> str:
    """`count` equal sets without the name: `100 kg × 8 × 3 @9`; `between` stands where each is written for itself."""
    one = _one_by_one(entry)
    text = " ".join([_core(entry, 1 if one else count), *_marks(entry)])
    return between.join([text] * count) if one else text


def _one_by_one(entry: SetEntry) -> bool:
    """Whether equal sets of this kind have no shorter form than each for itself."""
    timed = entry.seconds is not None or entry.distance_m is not None
    return bool(entry.segments) or entry.ref is not None or (timed and _load(entry) not in ("", "bw"))


def _core(entry: SetEntry, count: int) -> str:
    load = _load(entry)
    if entry.ref is not None:
        return _leaning(entry)
    if entry.seconds is not None or entry.distance_m is not None:
        amount = f"{entry.seconds} s" if entry.seconds is not None else f"{number(entry.distance_m or 0)} m"
        head = f"{load.removeprefix('bw')} × " if load and load != "bw" else ""
        return f"{head}{amount}" if count == 1 else f"{head}{amount} × {count}"
    reps = f"{entry.reps} reps" if not load else f"{load} × {entry.reps}"
    if entry.segments:
        return reps + _segments(entry)
    if count == 1:
        return reps
    if not load or count > MOST_SETS_READ:
        return f"{count} sets of {entry.reps} reps" + (f" at {load}" if load else "")
    return f"{reps} × {count}"


def _leaning(entry: SetEntry) -> str:
    delta = entry.ref.load_delta if entry.ref is not None else None
    parts = ["same"]
    if entry.reps is not None:
        parts.append(f"× {entry.reps}")
    if delta is not None:
        parts.append(
            f"{'+' if delta >= 0 else '-'}{number(abs(delta))}{f' {entry.unit}' if entry.unit else ''}"
        )
    return " ".join(parts)


def _load(entry: SetEntry) -> str:
    if entry.load is None:
        return ""
    unit = f" {entry.unit}" if entry.unit is not None else ""
    if not entry.bodyweight:
        return f"{number(entry.load)}{unit}"
    if entry.load == 0:
        return "bw"
    return f"bw{'+' if entry.load > 0 else '-'}{number(abs(entry.load))}{unit}"


def _segments(entry: SetEntry) -> str:
    unit = f" {entry.unit}" if entry.unit is not None else ""
    if entry.kind is Kind.REST_PAUSE:
        return "".join(f"+{part.reps}" for part in entry.segments)
    return "".join(f" > {_segment_load(entry, part)}{unit} × {part.reps}" for part in entry.segments)


def _segment_load(entry: SetEntry, part: Segment) -> str:
    load = part.load or 0.0
    if not entry.bodyweight:
        return number(abs(load))
    return f"bw{'+' if load >= 0 else '-'}{number(abs(load))}"


def _marks(entry: SetEntry) -> list[str]:
    marks: list[str] = []
    if entry.kind is Kind.WARMUP:
        marks.append("warm-up")
    if entry.kind is Kind.AMRAP:
        marks.append("amrap")
    if entry.partials is not None:
        marks.append(f"+{entry.partials}p")
    marks += _effort(entry)
    if entry.slow_from is not None:
        marks.append(f"slow{entry.slow_from}" if entry.slow_from else "slow")
    if entry.form_from is not None:
        marks.append(f"form{entry.form_from}" if entry.form_from else "form broke")
    if entry.pain is not None:
        marks.append("pain" if entry.pain.level is None else f"pain {entry.pain.level}/10")
    if entry.tempo is not None:
        marks.append(f"t{entry.tempo}")
    if entry.side is not None:
        marks.append({"left": "L", "right": "R"}.get(entry.side.value, "each side"))
    if entry.rest_s is not None:
        marks.append(f"rest {entry.rest_s} s")
    if entry.note is not None:
        marks.append(
            f'"{entry.note}"' if '"' not in entry.note and "//" not in entry.note else f"// {entry.note}"
        )
    return marks


def _effort(entry: SetEntry) -> list[str]:
    if entry.failure is Failure.TECHNICAL:
        return ["to failure"]
    if entry.failure is Failure.ABSOLUTE:
        return ["absolute failure"]
    if entry.rpe is None:
        return []
    if entry.rir_at_least:
        return [f"{number(10 - entry.rpe)} rir"]
    half = entry.rpe * 2 == int(entry.rpe * 2)
    return [
        f"@{number(entry.rpe)}" if half and entry.rpe >= LEAST_PLAIN_EFFORT else f"rpe {number(entry.rpe)}"
    ]
