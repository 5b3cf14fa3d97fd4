"""Which lift a name in a plan means, and which names come near one that means none; what sessions are called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from core.exercises import Catalogue, fold
from core.model import Role
from core.program.grammar_pieces import Piece
from core.spelling import alike

_MOST_NEAR: Final = 3
_LEAST_LETTERS: Final = 4

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""The days of the week as plans write them."""


_END = r"(?![^\W_])"
_NUMBERED = (
    r"(?:push|pull|legs?|upper|lower|full|body|fullbody|torso|limbs|heavy|light|medium|volume|intensity|strength|hypertrophy"
    r"|power|anterior|posterior|ppl)"
)
_PARTS = (
    rf"(?:{_NUMBERED}|chest|back|arms?|shoulders?|delts|biceps?|triceps?|bis|tris|glutes?|quads?|hams?|hamstrings|calves|abs"
    r"|core)"
)
_AND = r"(?:\s*[/&+-]\s*|\s+and\s+|\s+)"
_DAY_WORD = r"(?:\s+(?:day|workout|session))"
STRICT_NAME: Final = re.compile(
    rf"(?:(?:workout|session|day|training|routine|tag|d[ií]a|jour)\s*#?\s*(?:[a-h]|\d{{1,2}}){_END}"
    rf"|{_NUMBERED}(?:{_AND}{_NUMBERED})*{_DAY_WORD}?\s*#?(?:[a-d]|\d){_END}"
    rf"|(?:u|l|ub|lb|fb)\d{_END}|{_PARTS}(?:{_AND}{_PARTS})*{_DAY_WORD}?{_END}"
    rf"|(?:squat|bench|deadlift|press)(?:{_AND}(?:squat|bench|deadlift|press))*{_DAY_WORD}{_END}|[A-H]{_END})",
    re.IGNORECASE,
)
"""What sessions are called everywhere: letters, numbered days, parts of the body, push and pull."""


@dataclass(frozen=True, slots=True)
class Named:
    """The lift of a name, or a problem's code with what could be meant."""

    exercise: str | None
    code: str = ""
    possible: tuple[str, ...] = ()


def lift_named(run: list[Piece], text: str, names: Catalogue) -> Named:
    """What a run of names and unknown words in a line means; several lifts side by side lack their commas."""
    if len(run) == 1 and run[0].ids:
        return _one_of(run[0].ids, names)
    known = tuple(dict.fromkeys(id_ for piece in run for id_ in piece.ids[:1]))
    if len(run) > 1 and all(piece.ids for piece in run):
        return Named(None, "comma_missing", known)
    resolved = names.resolve(text)
    ids = resolved.ids or names.everyday(tuple(fold(text).split()))
    if ids:
        return _one_of(ids, names)
    days = near_days(text)
    if days:
        return Named(None, "day_unknown", days)
    longer = [piece.text for piece in run if len(piece.text) >= _LEAST_LETTERS]
    words = tuple(id_ for word in longer for id_ in names.resolve(word).ids)
    near = dict.fromkeys((*known, *words, *names.similar(text, _MOST_NEAR)))
    return Named(None, "lift_unknown", tuple(near)[:_MOST_NEAR])


def _one_of(ids: tuple[str, ...], names: Catalogue) -> Named:
    """The lift, where it is one. Of several, the only one that sessions are built on (`row`: the barbell row)."""
    anchors = [id_ for id_ in ids if (lift := names.get(id_)) is not None and lift.role is Role.ANCHOR]
    if len(ids) == 1 or len(anchors) == 1:
        return Named(ids[0] if len(ids) == 1 else anchors[0])
    return Named(None, "lift_doubtful", ids)


def near_days(text: str) -> tuple[str, ...]:
    """The weekdays that a misspelt word may be, the likest first."""
    word = fold(text)
    if " " in word or len(word) < _LEAST_LETTERS:
        return ()
    found = alike(word.removesuffix("s"), [day.lower() for day in WEEKDAYS])
    return tuple(day.capitalize() for day, _ in found)


def near_words(text: str, known: list[str]) -> tuple[str, ...]:
    """The names among some that look like a word."""
    by_fold = {fold(name): name for name in known}
    return tuple(by_fold[name] for name, _ in alike(fold(text), by_fold))[:_MOST_NEAR]
