"""Hevy's exports: a line a set, with its type; weights in kilograms or pounds, as the heading says."""

from __future__ import annotations

from typing import Final

from core.imports import cells as read
from core.imports.cells import Cells
from core.imports.rows import Row
from core.model import Kind

COLUMNS: Final = frozenset({"start_time", "exercise_title", "set_type", "reps"})
"""What every variant has."""

_KINDS: Final = {"warmup": Kind.WARMUP, "dropset": Kind.DROP}


def row(cells: Cells, line: int) -> Row | None:
    """The set of a line; None for a line that is no set. Raises CellUnreadable."""
    reps = read.whole(cells.get("reps", ""))
    seconds = read.seconds(cells.get("duration_seconds", ""))
    if reps is None and seconds is None:
        return None
    day, at = read.moment(cells.get("start_time", ""))
    load, unit = read.load(cells)
    kind = cells.get("set_type", "").casefold()
    return Row(
        line=line,
        day=day,
        at=at,
        exercise=read.exercise(cells.get("exercise_title", "")),
        load=load,
        unit=unit,
        reps=reps,
        rpe=read.rpe(cells.get("rpe", "")),
        kind=_KINDS.get(kind, Kind.WORK),
        failed=kind == "failure",
        seconds=seconds,
        notes=cells.get("exercise_notes", ""),
        place=line,
    )
