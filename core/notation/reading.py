"""What reading a message gives: sets, problems, questions, a correction, or nothing. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.model import SetEntry


@dataclass(frozen=True, slots=True)
class Problem:
    """A part that was refused: the text, a reason code and the facts of its sentence (number, bound)."""

    text: str
    reason: str
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a part that must be asked about. `label` names the habit behind it."""

    label: str
    sets: tuple[SetEntry, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A part that can be read in several ways, or lacks something. `partial` is what is known where reps are missing."""

    text: str
    ask: str
    readings: tuple[Reading, ...] = ()
    typed: str | None = None
    partial: SetEntry | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A whole message. `remark` says what talk seemed to be about: a set, cardio, measures; None is plain talk."""

    sets: tuple[SetEntry, ...] = ()
    problems: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    corrects: SetEntry | None = None
    remark: str | None = None

    @property
    def is_talk(self) -> bool:
        """Whether there is nothing to log, ask or refuse."""
        return not (self.sets or self.problems or self.questions or self.corrects is not None)
