"""What is written around the sets of a line: bullets, clock stamps, dates, addresses, comments and quotations.

All of it is blanked out, so that every place in the line stays what it was.
"""

from __future__ import annotations

import re

_LINE_ENDS = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")

_BULLET = re.compile(r"^\s*(?:\d{1,2}[.)]\s+(?=\S)|[-•*·▪]\s+(?=[^\W\d]|\d))")
_STAMP = re.compile(
    r"^\s*\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s*(?:am|pm|h|uhr)?\s*[-:]?\s+(?=[^\W\d])", re.IGNORECASE
)
_DATED = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2}\.(?:\d{2,4})?|/\d{1,2}(?:/\d{2,4})?)\s*[:,-]?\s+(?=[^\W\d])")
"""A date whose order of day and month nobody can know, in front of a name."""

_URL = re.compile(r"(?<!\S)\S{0,200}?(?:https?://|www\.)\S+", re.IGNORECASE)
_POUND = re.compile(r"(?<=\d)#(?=\s|[x*]|[,;)]|$)", re.IGNORECASE)
_QUOTED = re.compile(r'(?<![\d\'])"([^"]*)"')


def lines_of(text: str) -> list[str]:
    """The lines of a message that hold anything."""
    return [line for line in _LINE_ENDS.split(text) if line.strip()]


def cut_notes(line: str) -> tuple[str, list[str]]:
    """The line without its bullet, stamp and written-out notes, same length, and the notes."""
    notes: list[str] = []
    line = _without_start(_BULLET, line)
    line = _without_start(_STAMP, line)
    if "://" in line or "www." in line:  # the pattern looks back over long words: only where it is worth it
        line = _taken(_URL, line, notes)
    line = _cut_from(line, line.find("//"), 2, notes)
    if '"' in line:
        line = _taken(_QUOTED, line, notes)
    if "#" in line:
        line = _cut_from(line, _first_comment(line), 1, notes)
    return line, [note for note in notes if note]


def _first_comment(line: str) -> int:
    """The place of the first # that is no pound, below zero where there is none."""
    pounds = {match.start() for match in _POUND.finditer(line)}
    return next((match.start() for match in re.finditer("#", line) if match.start() not in pounds), -1)


def cut_date(line: str) -> tuple[str, bool]:
    """The line without a date in digits in front, same length, and whether there was one."""
    rest = _without_start(_DATED, line)
    return rest, rest != line


def _without_start(pattern: re.Pattern[str], line: str) -> str:
    match = pattern.match(line)
    return line if match is None else " " * match.end() + line[match.end() :]


def _taken(pattern: re.Pattern[str], line: str, notes: list[str]) -> str:
    """What a pattern finds goes to the notes (its group, where it has one) and is blanked out."""

    def blank(match: re.Match[str]) -> str:
        notes.append(match.group(match.lastindex or 0).strip())
        return " " * len(match.group())

    return pattern.sub(blank, line)


def _cut_from(line: str, at: int, sign: int, notes: list[str]) -> str:
    """Everything behind a sign of so many characters is a note; a place below zero is none."""
    if at < 0:
        return line
    notes.append(line[at + sign :].strip())
    return line[:at] + " " * (len(line) - at)
