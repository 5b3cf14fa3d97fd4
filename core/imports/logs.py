"""Logs of many lifters in one table: days counted from each lifter's first, kilograms, RPE where it was reported."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from core.imports import cells as read
from core.imports.cells import Cells, CellUnreadable
from core.imports.rows import Row
from core.model import Kind

COLUMNS: Final = frozenset({"lifter", "day", "exercise", "load_kg", "reps"})
"""What every such table has."""

FIRST_DAY: Final = date(2000, 1, 1)
"""Day 0. The calendar is made up; the distances between days are real."""

_LAST_DAY: Final = 100_000

_KINDS: Final = {"warmup": Kind.WARMUP, "drop": Kind.DROP, "dropset": Kind.DROP, "amrap": Kind.AMRAP}


def row(cells: Cells, line: int) -> Row | None:
    """The set of a line; None for a line that is no set. Raises CellUnreadable."""
    reps = read.whole(cells.get("reps", ""))
    if reps is None:
        return None
    day = read.number(cells.get("day", ""))
    if day is None or not 0 <= day <= _LAST_DAY:
        raise CellUnreadable("date")
    kind = cells.get("kind", "").casefold()
    return Row(
        line=line,
        day=FIRST_DAY + timedelta(days=int(day)),
        at=None,
        exercise=read.exercise(cells.get("exercise", "")),
        load=read.number(cells.get("load_kg", "")),
        unit="kg",
        reps=reps,
        rpe=read.rpe(cells.get("rpe", "")),
        kind=_KINDS.get(kind, Kind.WORK),
        failed=kind.startswith("failure"),
        bodyweight=cells.get("bodyweight", "") == "1",
        place=int(read.number(cells.get("set", "")) or line),
        lifter=cells.get("lifter", ""),
    )
