"""Pieces of lines → the lifts of a session. A part of a line with a name is a lift; one without says more of the last."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from core.exercises import Catalogue, unassisted
from core.model import Exercise
from core.names import EQUIPMENT, key
from core.program.grammar_names import lift_named
from core.program.grammar_parts import Part, begins_name, behind_name, parts_of, remark
from core.program.grammar_pieces import KEPT, MODIFIERS, NOT_PLANNED, Piece, pieces
from core.program.grammar_problems import LONGEST_NOTE, Problems
from core.program.grammar_said import Said, fill, say
from core.program.grammar_text import Line, Note
from core.program.values import ASSISTED

EACH_SIDE: Final = "each side"
"""The note of a lift whose sets are counted for each side."""


@dataclass(slots=True)
class Item:
    """A lift as it is read: `joined` to the one before it in a superset, `label` the letter of `A1`, `A2`."""

    line: int
    start: int
    text: str
    exercise: Exercise | None
    joined: bool = False
    label: str | None = None
    anchor: bool = False
    said: Said = field(default_factory=Said)
    notes: list[str] = field(default_factory=list)


def read_lifts(
    line: Line, start: int, names: Catalogue, previous: Item | None, problems: Problems
) -> list[Item]:
    """The lifts of a line from a place on. What it says without a lift is of `previous`, the last lift before it."""
    text, notes = _unwrapped(line, start, names)
    found = pieces(text, names, start)
    for rounds in (piece for piece in found if piece.kind == "rounds"):
        problems.add("rounds", rounds.text, line.number, rounds.start)
        problems = Problems()  # what the numbers are follows from how that is mended
    parts = parts_of(found)
    signs = {part.sign.kind for part in parts if part.sign is not None}
    opened = bool(parts) and parts[0].opened_by("joined")
    together = opened and signs.isdisjoint({"slash", "plus"})
    if not any(part.named for part in parts) and _says_not_planned(parts, line.number, problems):
        return []
    items: list[Item] = []
    for part in parts:
        last = items[-1] if items else previous
        if part.named and part.opened_by("either") and last is not None:
            _or_else(part, last, text, line.number, problems)
        elif part.named:
            if part.sign is not None and part.opened_by("either"):
                problems.add("either_or", part.sign.text, line.number, part.sign.start)
            made = _item(part, text, line.number, names, problems)
            made.joined = bool(items) and _joins(
                part, problems, line.number, opened=opened, together=together
            )
            if made.joined and part.opened_by("joined"):
                _share(made.said, items[-1].said)
            items.append(made)
        elif part.pieces:
            _say_more(part, last, line.number, problems, several=len(items) > 1)
        elif part.sign is not None and part.opened_by("plus", "slash"):
            problems.add("superset_alone", part.sign.text, line.number, part.sign.start)
    if opened and len(items) < 2 and parts[0].sign is not None:
        problems.add("superset_alone", parts[0].sign.text, line.number, parts[0].sign.start)
    _note(notes, items, previous, line.number, problems)
    return items


def is_about_lifts(text: str, names: Catalogue) -> bool:
    """Whether a text names a lift, or says how one is done. A time or a number alone may be anything."""
    found = pieces(text, names)
    return any(
        piece.kind == "name" or piece.kind in MODIFIERS - {"hold", "range", "style"} for piece in found
    )


def _says_not_planned(parts: list[Part], line: int, problems: Problems) -> bool:
    """Whether a line without lifts is about what a plan does not say; then nothing else of it matters."""
    found = [piece for part in parts for piece in part.pieces if piece.kind in NOT_PLANNED]
    whole = [piece for piece in found if piece.kind == "weeks"]
    for piece in whole:
        problems.add(piece.kind, piece.text, line, piece.start)
    return bool(whole)


def _unwrapped(line: Line, start: int, names: Catalogue) -> tuple[str, list[Note]]:
    """The text with those brackets opened that hold a part of the name in front (`Bench Press (Barbell)`) or say how
    the lift is done (`Squat (3x5)`), and the other notes."""
    text, notes = line.text, []
    for note in line.notes:
        if note.end <= start:
            continue
        if not note.sure and not note.behind and (unwraps(note.text, names) or _completes(text, note, names)):
            text = text[: note.start] + " " + line.typed[note.start + 1 : note.end].rstrip(")")
            text = text.ljust(note.end) + line.text[note.end :]
        else:
            notes.append(note)
    return text, notes


def unwraps(content: str, names: Catalogue) -> bool:
    """Whether words in brackets say how a lift is done rather than anything else about it."""
    found = pieces(content, names)
    return bool(found) and all(piece.kind in MODIFIERS or piece.kind == "comma" for piece in found)


def _completes(text: str, note: Note, names: Catalogue) -> bool:
    before = [piece for piece in pieces(text[: note.start], names) if piece.kind == "name"]
    if not before or text[before[-1].end : note.start].strip(" *"):
        return False
    return completes(before[-1].text, note.text, names)


def completes(name: str, content: str, names: Catalogue) -> bool:
    """Whether words in brackets are a part of the name in front: they make it another lift, or say its equipment."""
    whole = names.exact(f"{name} {content}")
    return bool(whole) and (whole != names.exact(name) or set(key(content).split()) <= EQUIPMENT.keys())


# --- lifts ------------------------------------------------------------------------------------------------------------


def _joins(part: Part, problems: Problems, line: int, *, opened: bool, together: bool) -> bool:
    """Whether a lift stands in a superset with the one before it: in a line that a superset has `opened` slashes join,
    and commas where they are all there is (`together`)."""
    sign = part.sign
    if sign is None:
        return False
    labelled = bool(part.pieces) and part.pieces[0].kind == "label"
    if sign.kind == "slash" and labelled:
        return False  # A1 and A2 say it themselves
    if sign.kind == "slash" and not opened:
        problems.add("slash_unclear", sign.text, line, sign.start)
    return sign.kind in ("plus", "joined", "slash") or together


def _item(part: Part, text: str, line: int, names: Catalogue, problems: Problems) -> Item:
    """The lift of a part."""
    k = next(k for k in range(len(part.pieces)) if begins_name(part.pieces, k))
    run = part.pieces[k : behind_name(part.pieces, k)]
    typed = text[run[0].start : run[-1].end]
    named = lift_named(run, typed, names)
    if named.code:
        problems.add(named.code, typed, line, run[0].start, possible=named.possible)
    lift = None if named.exercise is None else unassisted(named.exercise)
    item = Item(line, run[0].start, typed, None if lift is None else names.get(lift))
    if lift != named.exercise:
        item.notes.append(ASSISTED)
    for piece in part.pieces:
        _take(piece, item, line, problems)
    if words := remark(part.pieces, k):
        item.notes.append(text[words[0].start : words[-1].end])
    return item


def _share(said: Said, before: Said) -> None:
    """`curls superset with pushdowns 3x12`: the numbers are of both."""
    if before == Said():
        fill(before, said, timed=said.seconds is not None)


def _or_else(part: Part, item: Item, text: str, line: int, problems: Problems) -> None:
    """`squat or leg press 3x8`: the first is planned, with the numbers of both; the other one is its note."""
    own = item.said != Said()
    noted = [piece for piece in part.pieces if own or piece.kind in ("name", "word")]
    item.notes.append(f"or {text[noted[0].start : noted[-1].end]}")
    for piece in part.pieces if not own else ():
        _take(piece, item, line, problems)


def _take(piece: Piece, item: Item, line: int, problems: Problems) -> None:
    """What a piece says of a lift."""
    if piece.kind in NOT_PLANNED:
        if piece.kind in ("wave", "pyramid"):
            item.said.sets, item.said.reps = (
                item.said.sets or 1,
                item.said.reps or (1, 1),
            )  # it has its numbers
        problems.add(piece.kind, piece.text, line, piece.start)
    elif piece.kind in KEPT:
        item.notes.append(piece.text.strip(" .):"))
    elif piece.kind == "char":
        problems.add("not_understood", piece.text, line, piece.start)
    elif piece.kind == "star":
        item.anchor = True
    elif piece.kind == "label":
        item.label = (piece.group("group") or "").upper()
    elif piece.kind == "each":
        item.notes.append(EACH_SIDE)
    elif piece.kind in MODIFIERS:
        say(piece, item.said, item.exercise, line, problems)
        item.notes += item.said.notes
        item.said.notes.clear()


def _say_more(part: Part, last: Item | None, line: int, problems: Problems, *, several: bool) -> None:
    """A part without a lift: more of the last one, or a problem."""
    first = part.pieces[0]
    if part.sign is not None and part.sign.kind in ("plus", "slash"):
        problems.add("superset_alone", part.sign.text, line, part.sign.start)
    for piece in part.pieces:
        if piece.kind == "style" and several and len(part.pieces) == 1:
            problems.add("style_unclear", piece.text, line, piece.start, style=piece.group("style"))
        elif last is not None or piece.kind not in (*MODIFIERS, *KEPT, "star", "label"):
            _take(piece, last or Item(line, first.start, "", None), line, problems)
        else:
            problems.add("sets_without_lift", piece.text, line, piece.start)


def _note(notes: list[Note], found: list[Item], previous: Item | None, line: int, problems: Problems) -> None:
    """Put the notes of a line to their lifts: those that stand in front of them."""
    for note in notes:
        if len(note.text) > LONGEST_NOTE:
            problems.add("note_too_long", note.text[:20], line, note.start, most=LONGEST_NOTE)
        before = [item for item in found if item.start < note.start]
        item = before[-1] if before else found[0] if found else previous
        if item is not None:
            item.notes.append(note.text)
        else:
            problems.add("sets_without_lift", note.text, line, note.start)
