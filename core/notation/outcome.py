"""The expressions of a group → its sets, the bound they break, or the question which of its readings was meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.model import SetEntry
from core.notation.attaching import Row, attach_marks, attach_notes
from core.notation.bounds import MOST_SETS, broken
from core.notation.grammar import Expression, unit_of
from core.notation.reading import Parsed, Problem, Question, Reading
from core.notation.setting import Setting
from core.notation.shape import Shape


@dataclass(frozen=True, slots=True)
class Piece:
    """A group as the grammar read it: its text, its expressions, its lift, and what all its sets have in common."""

    raw: str
    text: str
    made: Shape
    found: list[Expression]
    exercise_id: str | None
    typed: str | None
    common: dict[str, object]
    notes: list[str]

    @property
    def asked(self) -> Expression | None:
        """The first expression that is a question."""
        return next((expression for expression in self.found if expression.ask is not None), None)


def outcome(piece: Piece, setting: Setting) -> Parsed:
    """The sets, one problem, or one question."""
    readings = _readings(piece)
    problem = _broken(piece, readings[0].sets, setting) if readings else None
    if problem is not None:
        return Parsed(problems=(problem,))
    if _is_timed(piece, setting) and any(e.reps is not None for r in readings for e in r.sets):
        return Parsed(questions=(Question(piece.text, "seconds", (), piece.typed),))
    if piece.asked is not None:
        return _question(piece, piece.asked.ask or "reps", readings, setting)
    if any(not way.sets for expression in piece.found for way in expression.ways):
        facts: dict[str, object] = {"number": 0, "least": 1, "most": MOST_SETS}
        return Parsed(problems=(Problem(piece.raw.strip(), "sets_out_of_range", facts),))
    return Parsed(sets=readings[0].sets)


def _is_timed(piece: Piece, setting: Setting) -> bool:
    exercise_id = piece.exercise_id
    carried = (
        setting.carried if piece.typed is None else None
    )  # a name that is not known is not the carried lift
    exercise = setting.catalogue.get(exercise_id) if exercise_id is not None else carried
    return exercise is not None and exercise.timed


def _broken(piece: Piece, sets: Sequence[SetEntry], setting: Setting) -> Problem | None:
    return broken(piece.raw.strip(), sets, setting.unit, setting.today)


def _question(piece: Piece, code: str, readings: Sequence[Reading], setting: Setting) -> Parsed:
    """What was asked, with the readings that break no bound and the load where it is clear."""
    partial = _partial(piece)
    problem = None if partial is None else _broken(piece, [partial], setting)
    if problem is not None:
        return Parsed(problems=(problem,))
    kept = tuple(reading for reading in readings if _broken(piece, reading.sets, setting) is None)
    return Parsed(questions=(Question(piece.text, code, kept, piece.typed, partial),))


def _partial(piece: Piece) -> SetEntry | None:
    """The set without its reps, where the line has one number that can be its load."""
    loads = [item for char, item in zip(piece.made.text, piece.made.items, strict=True) if char in "nwpq"]
    if len(loads) != 1:
        return None
    item = loads[0]
    entry = SetEntry(
        exercise=piece.exercise_id,
        typed=piece.typed,
        load=-item.value if item.sign == "-" else item.value,
        unit=unit_of(item),
        bodyweight=bool(item.sign),
    )
    return replace(entry, day=piece.common["day"])  # type: ignore[arg-type]


def _readings(piece: Piece) -> tuple[Reading, ...]:
    """One reading for each way of the expression that is asked, one alone where none is."""
    asked = piece.asked
    if asked is not None and not asked.ways:
        return ()
    labels = [""] if asked is None else [way.label for way in asked.ways]
    return tuple(Reading(label, _sets(piece, label, k)) for k, label in enumerate(labels))


def _sets(piece: Piece, label: str, k: int) -> tuple[SetEntry, ...]:
    """The sets with every expression read the same way, its marks and notes attached."""
    rows = [_row(expression, label, k) for expression in piece.found]
    attach_marks(piece.made, piece.found, rows)
    attach_notes(piece.made, piece.found, rows, piece.raw, piece.notes)
    exercise = _unassisted(piece.exercise_id)
    return tuple(
        replace(entry, exercise=exercise, **piece.common)  # type: ignore[arg-type]
        for row in rows
        for entry in row.sets
    )


def _row(expression: Expression, label: str, k: int) -> Row:
    """The sets of the way with this label, else of the one in the same place."""
    ways = expression.ways
    if not ways:
        return Row([], uniform=True)
    way = next((way for way in ways if way.label == label), ways[min(k, len(ways) - 1)])
    return Row(list(way.sets), way.uniform)


def _unassisted(exercise_id: str | None) -> str | None:
    """`assisted pull up` is a pull-up with a load taken off."""
    return exercise_id.removeprefix("assisted-") if exercise_id is not None else None
