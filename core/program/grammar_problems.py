"""What a text says that is no plan: the word, its place, what is wrong with it, and what is possible."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

LONGEST_TEXT: Final = 4096
"""Characters of a plan: those of one message. Reading takes time in proportion, so this bounds it too."""

MOST_SESSIONS: Final = 14
MOST_LIFTS: Final = 15
"""Sessions of a plan and lifts of a session (own choice): more is no plan that somebody trains by."""

SETS: Final = (1, 10)
REPS: Final = (1, 100)
SECONDS: Final = (5, 600)
REST: Final = (15, 900)
RPE: Final = (5.0, 10.0)
"""The least and the most that a plan can ask of a lift (own choice); rest and holds in seconds."""

LONGEST_NAME: Final = 40
LONGEST_NOTE: Final = 160
"""Characters of a session's name and of a note (own choice)."""


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """A word of the text that cannot stand so. `line` and `column` count from 1; `facts` say what is possible.

    Every code has its sentence in `bot.replies.plans`.
    """

    code: str
    text: str
    line: int
    column: int
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Problems:
    """The problems of a text as they are found, each once."""

    found: list[PlanProblem] = field(default_factory=list)
    _seen: set[tuple[str, str, int, int]] = field(default_factory=set)

    def add(self, code: str, text: str, line: int, start: int, **facts: object) -> None:
        """Notes a problem; `start` is the place in the line from 0."""
        made = PlanProblem(code, " ".join(text.split()), line, start + 1, facts)
        key = (made.code, made.text, made.line, made.column)
        if key not in self._seen:
            self._seen.add(key)
            self.found.append(made)

    def in_order(self) -> tuple[PlanProblem, ...]:
        """The problems in the order of the text."""
        return tuple(sorted(self.found, key=lambda one: (one.line, one.column)))
