"""Tables in the text of a plan → lines: rows with columns for sets and reps, and columns that are sessions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from core.program.grammar_days import elements
from core.program.grammar_text import Line, read_line

_COLUMNS: Final = {
    word: column
    for column, words in {
        "lift": "exercise exercises lift lifts movement übung übungen ejercicio exercice name",
        "sets": "sets set sätze series séries",
        "reps": "reps rep repetitions wdh wiederholungen repeticiones répétitions",
        "rpe": "rpe",
        "rir": "rir",
        "rest": "rest pause descanso repos",
        "day": "day days session workout tag día jour",
    }.items()
    for word in words.split()
}
_SAID: Final = {"rpe": "@", "rir": "rir ", "rest": "rest "}
_MARK = re.compile(r"\t|\|")
_WEEK = re.compile(r"weeks?", re.IGNORECASE)
_RULE = re.compile(r"[\s|:=-]+")
_NOTHING: Final = frozenset({"", "-", "–", "—", "/", "n/a"})


def without_tables(lines: Sequence[Line]) -> list[Line]:
    """The lines with each table taken apart; a line of it keeps its number."""
    out: list[Line] = []
    at = 0
    while at < len(lines):
        rows = list(takewhile(lambda line: _MARK.search(line.typed), lines[at:]))
        made = _of_weeks(rows) or _by_rows(rows) or _by_columns(rows) if len(rows) > 1 else None
        out += made or lines[at : at + 1]
        at += len(rows) if made else 1
    return out


def _cells(line: Line) -> list[str]:
    typed = line.typed.strip(" ")
    inner = typed.removeprefix("|").removesuffix("|") if "|" in typed else typed
    return [re.sub(r"[*_`]{2}", "", cell).strip() for cell in _MARK.split(inner)]


def _of_weeks(rows: Sequence[Line]) -> list[Line] | None:
    """The word alone that makes a table one of weeks: one problem rather than one a cell."""
    head = _cells(rows[0])[0]
    return [read_line(rows[0].number, head)] if _WEEK.fullmatch(head) else None


def _by_rows(rows: Sequence[Line]) -> list[Line] | None:
    """A lift a row, under a line that names the columns; None where there is no such line."""
    heads = _cells(rows[0])
    columns = [_COLUMNS.get(head.lower().rstrip(".:"), "") for head in heads]
    if "lift" not in columns or not {"sets", "reps"} & set(columns):
        return None
    out: list[Line] = []
    day = ""
    for row in rows[1:]:
        cells = [] if _RULE.fullmatch(row.typed) else _cells(row)
        said = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
        if said.get("day", "") not in ("", day):
            day = said["day"]
            out.append(read_line(row.number, day))
        notes = [
            f"({head}: {cell})"
            for head, column, cell in zip(heads, columns, cells, strict=False)
            if not column and cell not in _NOTHING
        ]
        out.append(read_line(row.number, " ".join([*_said(said), *notes])))
    return out


def _said(cells: dict[str, str]) -> list[str]:
    sets, reps = (cells.get(column, "") for column in ("sets", "reps"))
    both = sets not in _NOTHING and reps not in _NOTHING
    amounts = [f"{sets}x{reps}"] if both else [f"{sets} sets"] * bool(sets) + [f"{reps} reps"] * bool(reps)
    more = [
        f"{sign}{cell}" for column, sign in _SAID.items() if (cell := cells.get(column, "")) not in _NOTHING
    ]
    return [cells.get("lift", ""), *amounts, *more]


def _by_columns(rows: Sequence[Line]) -> list[Line] | None:
    """A session a column, under a line that names them; None where there is no such line."""
    heads = _cells(rows[0])
    found = [elements(head, {}) for head in heads]
    if len(heads) < 2 or not all(one and {part.kind for part in one} <= {"days", "name"} for one in found):
        return None
    below = [(row.number, _cells(row)) for row in rows[1:] if not _RULE.fullmatch(row.typed)]
    if not below or any(len(cells) > len(heads) for _, cells in below):
        return None
    out: list[Line] = []
    for k, head in enumerate(heads):
        out.append(read_line(rows[0].number, head))
        out += [
            read_line(number, cells[k])
            for number, cells in below
            if k < len(cells) and cells[k] not in _NOTHING
        ]
    return out
