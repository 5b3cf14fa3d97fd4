"""What other apps' exports hold, line by line: a set as its app wrote it, or a line that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from core.model import Kind, Unit


@dataclass(frozen=True, slots=True)
class Row:
    """A set of an export.

    `line` is its line in the file, from 1; `at` the local time where the app tells one; `exercise` the name as written.
    `load` is in `unit`, None where the file does not state a unit; 0 or None is the body alone. `failed` says that the
    set was marked as taken to failure. `place` orders the sets of one exercise and day. `lifter` is empty where the
    file is one person's.
    """

    line: int
    day: date
    at: datetime | None
    exercise: str
    load: float | None
    unit: Unit | None
    reps: int | None
    rpe: float | None = None
    kind: Kind = Kind.WORK
    failed: bool = False
    seconds: float | None = None
    bodyweight: bool = False
    notes: str = ""
    place: int = 0
    lifter: str = ""


Reason = Literal["date", "number", "exercise", "line"]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that cannot be read, and what in it: its date, a number, the name of the exercise, or all of it."""

    line: int
    reason: Reason


class NotAnExport(Exception):  # noqa: N818 - named for what happened
    """The file is none that we know; the text says so in a sentence."""
