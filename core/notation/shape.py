"""Items of one exercise → a shape: one character an item, so that the grammar of sets can be a table of patterns.

Numbers: n plain, w with a unit of load, p and q with a glued plus or minus, r reps, s sets, t seconds, d metres,
e a number that can be an effort behind @, % something that is no part of a set. Between them: x by, f for, o of, @ and a (at), and , ; : / + - > ( ) as they stand;
g a plus and h a dash glued on both sides. b bodyweight, D drop, z rest-pause, S same, C same weight, ? "or".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.model import Exercise
from core.notation.chars import SIGNS, char_of
from core.notation.items import Item

NUMBERS = "nwpqrstde%"


@dataclass(slots=True)
class Shape:
    """The characters, the items they stand for, the marks (with the place they stand at) and what is left as a note.

    `breaks` are places of numbers that words part from the number before: there a list has ended. `carried` says that
    the lift, if any, was named in an earlier message.
    """

    text: str = ""
    items: list[Item] = field(default_factory=list)
    marks: list[tuple[int, Item]] = field(default_factory=list)
    notes: list[tuple[int, Item]] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)
    unknown: int = 0
    carried: bool = False

    def cut(self, at: int, count: int) -> None:
        """Take characters and their items out, keeping the places of all that stands behind them."""
        self.text = self.text[:at] + self.text[at + count :]
        del self.items[at : at + count]
        self.breaks = {place - count if place > at else place for place in self.breaks}
        self.marks = [(place - count if place > at else place, mark) for place, mark in self.marks]
        self.notes = [(place - count if place > at else place, note) for place, note in self.notes]

    def values(self, start: int, end: int) -> list[Item]:
        """The numbers between two places."""
        return [self.items[i] for i in range(start, end) if self.text[i] in NUMBERS]


def shape(group: list[Item], exercise: Exercise | None) -> Shape:
    """The shape of a group of items that belong to one exercise."""
    chars: list[tuple[str, Item]] = []
    made = Shape()
    run: list[Item] = []
    parted = -1
    for i, item in enumerate(group):
        aside = item.kind in ("mark", "note")
        char = "" if aside else char_of(group, i, exercise)
        if char == "S" and chars and chars[-1][0] not in ",;+|>:":
            char = ""  # "100x8 again": said of the set, not another one
        if char:
            noted = _close_run(made, run, len(chars))
            if char in NUMBERS and (noted or parted == len(chars)):
                made.breaks.add(len(chars))
            chars.append((char, item))
            continue
        if item.kind == "sign" and (item.text in SIGNS or item.text in "-+*~^.!?…_"):
            continue
        if aside and item.label != "hand" and item.fields.keys().isdisjoint(_OF_THE_SET):
            parted = len(chars)
        if item.kind == "mark":
            made.marks.append((len(chars), item))
        elif item.kind == "note":
            _close_run(made, run, len(chars))
            made.notes.append((len(chars), item))
        else:
            run.append(item)
            made.unknown += item.kind == "word" and not item.classes
    _close_run(made, run, len(chars))
    _settle(made, chars)
    if exercise is not None and exercise.per_hand:
        _join_pairs(made)
    return made


_OF_THE_SET = ("side", "kind", "tempo")
"""What a mark between two numbers can say without parting them."""


def _join_pairs(made: Shape) -> None:
    """`2x30kg` of dumbbells is a pair of them: the two says nothing more."""
    for match in reversed(list(re.finditer(r"(?<![x>])nx(?=w)", made.text))):
        at = match.start()
        if made.items[at].value == 2 and made.items[at].label is None:
            made.cut(at, 2)


def _close_run(made: Shape, run: list[Item], place: int) -> bool:
    """Words side by side are a note as a whole, unless all of them only hold a sentence together. Whether they are."""
    if not run:
        return False
    noted = any(_is_noteworthy(item) for item in run)
    if noted:
        made.notes += [(place, item) for item in run]
    run.clear()
    return noted


def _is_noteworthy(item: Item) -> bool:
    return item.kind != "word" or not item.has(*_HOLDING) or item.has("body_part")


_HOLDING = ("filler", "weighted", "today", "of", "at", "for", "and", "then", "by")


def _effort(made: Shape, i: int) -> str:
    """`@8.5`: a number in half steps up to 10 behind @ can be an effort."""
    char = made.text[i]
    value = made.items[i].value
    return (
        "e" if char == "n" and i and made.text[i - 1] == "@" and value <= 10 and value * 2 % 1 == 0 else char
    )


def _settle(made: Shape, chars: list[tuple[str, Item]]) -> None:
    """Drop ties that tie nothing (at the ends, or before another tie), keeping the places of marks right."""
    kept: list[tuple[str, Item]] = []
    places: list[int] = []
    bare = _bare_brackets(chars)
    for i, (char, item) in enumerate(chars):
        places.append(len(kept))
        if i in bare:
            continue
        before = kept[-1][0] if kept else ""
        after = chars[i + 1][0] if i + 1 < len(chars) else ""
        if not _is_loose(char, before, after):
            kept.append((char, item))
    places.append(len(kept))
    made.items = [item for _, item in kept]
    made.text = "".join([char for char, _ in kept])
    if "@" in made.text:
        made.text = "".join([_effort(made, i) for i in range(len(made.text))])
    made.breaks = {places[at] for at in made.breaks}
    made.marks = [(places[at], item) for at, item in made.marks]
    made.notes = [(places[at], item) for at, item in made.notes]


def _bare_brackets(chars: list[tuple[str, Item]]) -> set[int]:
    """Brackets around what reads as well without: `(3 sets)`, `(@8)`, `100 (8,8,7)`."""
    text = "".join([char for char, _ in chars])
    if "(" not in text:
        return set()
    found = re.finditer(r"\((?:[sr]|@n|(?<=[nw]\()[nr](?:,[nr])+)\)", text)
    return {place for match in found for place in (match.start(), match.end() - 1)}


def _is_loose(char: str, before: str, after: str) -> bool:
    """Whether a tie has nothing on one of its sides that it could tie."""
    if char == "@":
        return not after or after in ",;|:/)@a"
    if char in "foa":
        return not before or before in ",;|+(" or not after or after not in _TIED_ON
    if char in ",+":
        return not before or before in ",;|+x" or not after or after in ",;|:/)"
    if char in ":/":
        return not before or not after
    if char in "gh":
        return not before or before not in _TIED_TO or not after or after not in NUMBERS
    return False


_TIED_ON = NUMBERS + "bC"
_TIED_TO = NUMBERS + "b"
