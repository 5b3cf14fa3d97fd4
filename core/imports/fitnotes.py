"""FitNotes' exports: a line a set, dated by the day alone; no efforts, no types of set."""

from __future__ import annotations

from typing import Final

from core.imports import cells as read
from core.imports.cells import Cells
from core.imports.rows import Row

COLUMNS: Final = frozenset({"date", "exercise", "category", "reps"})
"""What every variant has."""


def row(cells: Cells, line: int) -> Row | None:
    """The set of a line; None for a line that is no set. Raises CellUnreadable."""
    reps, seconds = read.whole(cells.get("reps", "")), read.seconds(cells.get("time", ""))
    if reps is None and seconds is None:
        return None
    day, at = read.moment(cells.get("date", ""))
    load, unit = read.load(cells)
    return Row(
        line=line,
        day=day,
        at=at,
        exercise=read.exercise(cells.get("exercise", "")),
        load=load,
        unit=unit,
        reps=reps,
        seconds=seconds,
        notes=cells.get("comment", ""),
        place=line,
    )
