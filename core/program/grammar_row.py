"""What is known of a line of a plan."""

from __future__ import annotations

from dataclasses import dataclass

from core.program.grammar_days import Element
from core.program.grammar_text import Line


@dataclass(frozen=True, slots=True)
class Row:
    """A line and what it is: blank, schedule, label (days or a name, so the head of a session if lifts follow), heading,
    lifts, remark (a note), general (said of all lifts). A heading has its `head` as typed, and a `title` where that is no usual name; lifts of the same line begin at
    `rest`, None without."""

    line: Line
    kind: str
    elements: tuple[Element, ...] = ()
    head: str = ""
    start: int = 0
    rest: int | None = None
    title: str = ""

    @property
    def days(self) -> tuple[int, ...]:
        """The weekdays that it names."""
        return tuple(day for one in self.elements if one.kind == "days" for day in one.days)

    @property
    def names(self) -> tuple[Element, ...]:
        """The sessions that it names."""
        return tuple(one for one in self.elements if one.kind == "name")
