"""The expressions of a group → its sets, the bound they break, or the question which of its readings was meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.exercises import unassisted
from core.model import Exercise, SetEntry
from core.notation.attaching import Row, attach_marks, attach_notes, following
from core.notation.bounds import MOST_SETS, broken
from core.notation.grammar import MOST_SETS_READ, Expression, cannot_load, unit_of
from core.notation.items import LEADING, MISSED
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


def outcome(piece: Piece, setting: Setting) -> Parsed:
    """The sets, one problem, or one question."""
    asked = next((expression for expression in piece.found if expression.ask is not None), None)
    readings = distinct(_readings(piece, asked))
    problem = _broken(piece, readings[0].sets, setting) if readings else None
    if problem is not None:
        return Parsed(problems=(problem,))
    if _is_timed(piece, setting) and any(e.reps is not None for r in readings for e in r.sets):
        return Parsed(questions=(Question(piece.text, "seconds", (), piece.typed),))
    if asked is not None and not _is_plain(piece, asked, readings, setting):
        return _question(piece, asked.ask or "reps", readings, setting)
    missed = _missed_single(piece, readings[0].sets)
    if missed is not None:
        return missed
    if any(not way.sets for expression in piece.found for way in expression.ways):
        facts: dict[str, object] = {"number": 0, "least": 1, "most": MOST_SETS}
        return Parsed(problems=(Problem(piece.raw.strip(), "sets_out_of_range", facts),))
    return Parsed(sets=readings[0].sets)


def distinct(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings that differ in their sets: two that are the same are one, and no two are one habit."""
    if len(readings) < 2:
        return tuple(readings)
    kept: dict[tuple[SetEntry, ...], Reading] = {}
    for reading in readings:
        known = {one.label for one in kept.values()}
        label = f"{reading.label}_{len(kept)}" if reading.label in known else reading.label
        kept.setdefault(reading.sets, replace(reading, label=label))
    return tuple(kept.values())


def _is_plain(piece: Piece, asked: Expression, readings: Sequence[Reading], setting: Setting) -> bool:
    """Whether all ways to read a question come to the same few sets: then there is nothing to ask."""
    if len(asked.ways) < 2 or len(readings) > 1 or len(readings[0].sets) > MOST_SETS_READ:
        return False
    exercise = _lift(piece, setting)
    return not any(cannot_load(exercise, one.load) for one in readings[0].sets if one.load is not None)


def _lift(piece: Piece, setting: Setting) -> Exercise | None:
    """The lift that the sets are of, as far as it is known. A name that is not known is not the carried lift."""
    if piece.exercise_id is not None:
        return setting.catalogue.get(piece.exercise_id)
    return setting.carried if piece.typed is None else None


def _is_timed(piece: Piece, setting: Setting) -> bool:
    exercise = _lift(piece, setting)
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


def _missed_single(piece: Piece, sets: tuple[SetEntry, ...]) -> Parsed | None:
    """`failed 140x1`: whether that one rep was done nobody knows, so it is asked."""
    if not piece.made.marks:
        return None
    ends = [0]
    for expression in piece.found:
        ends.append(ends[-1] + (len(expression.ways[0].sets) if expression.ways else 0))
    for at, mark in piece.made.marks:
        if mark.label == LEADING:
            which = ends[following(piece.found, at)]
        elif mark.label == MISSED:
            which = max(ends[sum(expression.start < at for expression in piece.found)] - 1, 0)
        else:
            continue
        if which < len(sets) and sets[which].reps == 1:
            return _asked_missed(piece, sets, which)
    return None


def _asked_missed(piece: Piece, sets: tuple[SetEntry, ...], at: int) -> Parsed:
    """The question for the reps of a missed single; beside other sets, whether it is one of them."""
    others = (*sets[:at], *sets[at + 1 :])
    if not others:
        return Parsed(
            questions=(Question(piece.text, "reps", (), piece.typed, replace(sets[at], reps=None)),)
        )
    readings = (Reading("not_done", others), Reading("done", sets))
    return Parsed(questions=(Question(piece.text, "missed", readings, piece.typed),))


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


def _readings(piece: Piece, asked: Expression | None) -> tuple[Reading, ...]:
    """One reading for each way of the expression that is asked, one alone where none is."""
    if asked is not None and not asked.ways:
        return ()
    labels = [""] if asked is None else [way.label for way in asked.ways]
    return tuple(Reading(label, _sets(piece, label, k)) for k, label in enumerate(labels))


def _sets(piece: Piece, label: str, k: int) -> tuple[SetEntry, ...]:
    """The sets with every expression read the same way, its marks and notes attached."""
    rows = [_row(expression, label, k) for expression in piece.found]
    attach_marks(piece.made, piece.found, rows)
    attach_notes(piece.made, piece.found, rows, piece.raw, piece.notes)
    lift = None if piece.exercise_id is None else unassisted(piece.exercise_id)
    common = {"exercise": lift, **piece.common}
    return tuple(entry for row in rows for entry in row.filled(common))


def _row(expression: Expression, label: str, k: int) -> Row:
    """The sets of the way with this label, else of the one in the same place."""
    ways = expression.ways
    if not ways:
        return Row((), uniform=True)
    way = next((way for way in ways if way.label == label), ways[min(k, len(ways) - 1)])
    return Row(way.sets, uniform=way.uniform)
