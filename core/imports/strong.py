"""Strong's exports: a line a set, in the order of the workout; the unit in a heading, in a column of its own, or nowhere."""

from __future__ import annotations

from typing import Final

from core.imports import cells as read
from core.imports.cells import Cells
from core.imports.rows import Row
from core.model import Kind

COLUMNS: Final = frozenset({"date", "workout name", "exercise name", "set order", "reps"})
"""What every variant has."""

_NO_SETS: Final = frozenset({"rest timer", "note"})
_KINDS: Final = {"w": Kind.WARMUP, "d": Kind.DROP}


def row(cells: Cells, line: int) -> Row | None:
    """The set of a line; None for a line that is no set. Raises CellUnreadable."""
    order = cells.get("set order", "").casefold()
    reps, seconds = read.whole(cells.get("reps", "")), read.seconds(cells.get("seconds", ""))
    if order in _NO_SETS or (reps is None and seconds is None):
        return None
    day, at = read.moment(cells.get("date", ""))
    load, unit = read.load(cells)
    return Row(
        line=line,
        day=day,
        at=at,
        exercise=read.exercise(cells.get("exercise name", "")),
        load=load,
        unit=unit,
        reps=reps,
        rpe=read.rpe(cells.get("rpe", "")),
        kind=_KINDS.get(order, Kind.WORK),
        failed=order == "f",
        seconds=seconds,
        notes=cells.get("notes", ""),
        place=line,
    )
