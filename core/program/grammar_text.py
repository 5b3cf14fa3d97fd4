"""The text of a plan → lines, with bullets and the marks of rich text gone and notes taken out. Places stay as typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

from core.notation.lexer import plain
from core.program.grammar_days import elements
from core.program.grammar_problems import LONGEST_NOTE


@dataclass(frozen=True, slots=True)
class Note:
    """Words in brackets, or behind `#` (`behind`), with their place in the line. `sure`: they are nothing but a note."""

    text: str
    start: int
    end: int
    behind: bool = False
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line: `text` is as long as what was typed, with blanks where notes, bullets and marks stood."""

    number: int
    text: str
    typed: str
    notes: tuple[Note, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing but notes stands on it."""
        return not self.text.strip()


_BULLET = re.compile(r"\s*(?:[-•·▪◦●‣☐☑✅✔>~]+(?![\d:])|\d{1,2}[.)](?!\d)|[+](?=\s))\s*")
_STAR_BULLET = re.compile(r"\s*\*\s+")
_RULE = re.compile(r"\s*[-=_*~]{3,}\s*")
_MARKUP = re.compile(r"\*\*|__|~~|`+")
_TITLE = re.compile(r"\s*#{2,6}(?=\s)")
_DAY_TITLE = re.compile(r"\s*#(?=\s*(?:day|workout|session|mon|tue|wed|thu|fri|sat|sun)\w*\b)", re.IGNORECASE)
_BARE = re.compile(r"\s*[^\W\d_][^:]*\d")
"""A line with a number that begins without any bullet."""


def read_lines(text: str) -> list[Line]:
    """The lines of a text. Never fails."""
    typed = text.splitlines()
    starred = not any(_BARE.match(line) for line in typed)
    return [read_line(number, one, starred=starred) for number, one in enumerate(typed, start=1)]


def read_line(number: int, typed: str, *, starred: bool = True) -> Line:
    """A line read; `starred` says that a star and a blank at its start are a bullet like any other."""
    text = plain(typed)
    title = _DAY_TITLE.match(text) or _TITLE.match(text)
    if title is not None and _is_head(text[title.end() :]):
        text = _blanked(text, title)
    if _RULE.fullmatch(text):
        return Line(number, " " * len(text), typed)
    for markup in _MARKUP.finditer(text):
        text = _blanked(text, markup)
    text = _blanked(text, _BULLET.match(text) or (_STAR_BULLET.match(text) if starred else None))
    notes = _notes(text, typed)
    for note in notes:
        text = text[: note.start] + " " * (note.end - note.start) + text[note.end :]
    return Line(number, text, typed, notes)


def _is_head(text: str) -> bool:
    """Whether a title heads a session or says when: any other is a note."""
    found = elements(text, {})
    return bool(found) and all(one.kind != "unknown" for one in found)


def _blanked(text: str, match: re.Match[str] | None) -> str:
    if match is None:
        return text
    return text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]


def _notes(text: str, typed: str) -> tuple[Note, ...]:
    """The notes of a line: what stands in brackets, outermost ones only, and what stands behind `#` or `//`."""
    depths = list(accumulate({"(": 1, ")": -1}.get(char, 0) for char in text))
    found: list[Note] = []
    at = 0
    while at < len(text):
        if text[at] == "(":
            before = depths[at] - 1
            end = next((k + 1 for k in range(at, len(text)) if depths[k] <= before), len(text))
            found.append(_note(typed, at, end, at + 1, end - (depths[end - 1] <= before)))
            at = end
        elif text[at] == "#" or (text.startswith("//", at) and not text[:at].endswith(":")):
            found.append(_note(typed, at, len(text), at, len(text), behind=True))
            break
        else:
            at += 1
    return tuple(note for note in found if note.text)


def _note(typed: str, start: int, end: int, first: int, last: int, *, behind: bool = False) -> Note:
    inner = typed[first:last].strip()
    marked = inner.startswith(("#", "//"))
    return Note(note_text(inner), start, end, behind, marked)


def note_text(text: str) -> str:
    """A note as plans keep it: on one line, with square brackets for round ones, without the signs that begin a note."""
    flat = "".join(
        {"(": "[", ")": "]"}.get(alike, char) for char, alike in zip(text, plain(text), strict=True)
    )
    kept = " ".join(flat.split())
    return kept[len(kept) - len(plain(kept).lstrip("#/ ")) :]


def joined_notes(notes: list[str]) -> str | None:
    """Several notes as one, cut where it is longer than a note can be; None where there is none."""
    joined = "; ".join(dict.fromkeys(notes))
    return (joined if len(joined) <= LONGEST_NOTE else f"{joined[: LONGEST_NOTE - 1].rstrip()}…") or None
