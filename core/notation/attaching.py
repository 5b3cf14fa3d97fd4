"""Marks and notes → the sets they are said of."""

from __future__ import annotations

import re

from core.model import Kind, SetEntry
from core.notation.grammar import Expression, with_fields
from core.notation.items import LEADING, Item
from core.notation.shape import Shape

_FIELDS = {
    "rpe", "rir_at_least", "failure", "kind", "partials", "slow_from", "form_from", "pain", "tempo", "side", "rest_s",
}  # fmt: skip
"""The fields of a set that a mark fills; a day or a superset is of the whole line."""

_WIDEST_GAP = 16
"""Pieces of a remark so near each other are one, with what stands between them."""


class Row:
    """The sets of one expression. What is said of one set of a uniform row is said of all."""

    def __init__(self, sets: tuple[SetEntry, ...], *, uniform: bool) -> None:
        """Begins with the sets as the grammar made them, and nothing said of them."""
        self.sets = sets
        self._uniform = uniform
        self._said: list[dict[str, object]] = [{}] * len(sets) if uniform else [{} for _ in sets]

    def change(self, index: int, fields: dict[str, object]) -> None:
        """Fill fields of a set, or of all where they are one scheme."""
        if self.sets:
            self._said[index].update(fields)

    def change_all(self, fields: dict[str, object]) -> None:
        """Fill fields of every set."""
        for said in self._said:
            said.update(fields)

    def filled(self, common: dict[str, object]) -> list[SetEntry]:
        """The sets with all that was said of them, and what they have in common with the whole line."""
        made: list[SetEntry] = []
        for k, entry in enumerate(self.sets):
            if k and entry is self.sets[k - 1] and self._said[k] is self._said[k - 1]:
                made.append(made[-1])
            else:
                made.append(with_fields(entry, {**self._said[k], **common}))
        return made


def set_fields(mark: Item) -> dict[str, object]:
    """What a mark says of a set."""
    return {key: value for key, value in mark.fields.items() if key in _FIELDS}


def attach_marks(made: Shape, found: list[Expression], rows: list[Row]) -> None:
    """Marks hold like effort: for all sets of one scheme, for the last set before them of a list."""
    for at, mark in made.marks:
        fields = set_fields(mark)
        if not fields:
            continue
        if mark.label == LEADING:
            rows[following(found, at)].change(0, fields)
        elif found[0].start >= at:
            _attach_leading(made, found, rows, fields)
        elif _leading_style(made, found, next(iter(fields))):
            _attach_before(found, rows, at, fields)
        else:
            owner = _owner(found, at)
            rows[owner].change(_set_index(found[owner], rows[owner], at), fields)


def _attach_leading(made: Shape, found: list[Expression], rows: list[Row], fields: dict[str, object]) -> None:
    """A mark in front of all sets is of the first expression; a warm-up is all that stands before a semicolon."""
    end = made.text.find(";")
    for k, expression in enumerate(found):
        warmup = fields.get("kind") == Kind.WARMUP and (end < 0 or expression.start < end)
        if k == 0 or warmup:
            rows[k].change_all(fields)


def _attach_before(found: list[Expression], rows: list[Row], at: int, fields: dict[str, object]) -> None:
    """A mark in front of its own sets: those of the next expression, or of a list the next one."""
    owner = _owner(found, at)
    if at < found[owner].end:
        next_one = _set_index(found[owner], rows[owner], at) + 1
        rows[owner].change(min(next_one, len(rows[owner].sets) - 1), fields)
    else:
        rows[following(found, at)].change_all(fields)


def following(found: list[Expression], at: int) -> int:
    """The expression behind a place, else the last."""
    return next((k for k, expression in enumerate(found) if expression.start >= at), len(found) - 1)


def _leading_style(made: Shape, found: list[Expression], key: str) -> bool:
    """`L 20x8 R 20x7`: the first mark of the kind stands before all sets, so each stands before its own."""
    places = [at for at, mark in made.marks if key in mark.fields]
    return len(places) > 1 and places[0] <= found[0].start


def _owner(found: list[Expression], at: int) -> int:
    """The expression that something at a place belongs to: the one before it, else the first."""
    before = [k for k, expression in enumerate(found) if expression.start < at]
    return before[-1] if before else 0


def _set_index(expression: Expression, row: Row, at: int) -> int:
    """The set that a mark at a place belongs to: the last one whose numbers stand before it."""
    numbers_before = sum(end <= at for end in expression.ends)
    extra = max(len(expression.ends) - len(row.sets), 0)  # a load in front is no set
    return max(0, min(len(row.sets) - 1, numbers_before - 1 - extra))


def attach_notes(made: Shape, found: list[Expression], rows: list[Row], raw: str, more: list[str]) -> None:
    """Remarks go to the last set of the expression before them; `more` are the line's own, at its end."""
    if not made.notes and not more:
        return
    pieces: dict[int, list[Item]] = {}
    for at, item in made.notes:
        pieces.setdefault(_owner(found, at), []).append(item)
    for k, row in enumerate(rows):
        text = _note_text(raw, pieces.get(k, []))
        extra = more if row is rows[-1] else []
        note = " ".join([*([text] if text else []), *extra])
        if note:
            row.change(len(row.sets) - 1, {"note": note})


def _note_text(raw: str, pieces: list[Item]) -> str:
    """The text of what was not used, in the words typed."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((item.start, item.end) for item in pieces):
        if merged and _is_one_remark(raw[merged[-1][1] : start], start - merged[-1][1]):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return " ".join(piece for start, end in merged if (piece := raw[start:end].strip(" ,;-–—.:")))


def _is_one_remark(between: str, gap: int) -> bool:
    return gap <= _WIDEST_GAP and re.search(r"\d|[@#]", between) is None
