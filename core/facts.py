"""What the coach answers, as facts. Every sentence is in `bot.replies`; nothing here is meant to be read by people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from core.loads import NotLoadable, PlateCount
from core.model import Athlete, Exercise, LoggedSet, Reason, SetEntry, Target, Unit
from core.notation.reading import Problem
from core.strength import Estimate


@dataclass(frozen=True, slots=True)
class Noted:
    """Sets of one lift are in the log; `target` is what comes next, `before` what came next until now (edits).

    `why` says how the text was read where that was not plain (a near name, a habit, a lift carried over); `was` are
    the sets that an edit replaced.
    """

    exercise: Exercise
    sets: tuple[LoggedSet, ...]
    target: Target | None
    before: Target | None = None
    why: tuple[Reason, ...] = ()
    last: bool = True
    day: date | None = None
    was: tuple[LoggedSet, ...] = ()


@dataclass(frozen=True, slots=True)
class Corrected:
    """One set was changed: as it was, as it is, and what comes next."""

    set_id: str
    exercise: Exercise
    was: SetEntry
    now: SetEntry
    target: Target | None
    before: Target | None


@dataclass(frozen=True, slots=True)
class Gone:
    """Sets were taken out of the log (`how`: deleted, undone, edited), and what comes next without them."""

    exercise: Exercise
    sets: tuple[LoggedSet, ...]
    how: str
    target: Target | None
    before: Target | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One numbered answer to a question: sets as they would be read, an exercise, or a word with its number."""

    sets: tuple[SetEntry, ...] = ()
    exercise: Exercise | None = None
    word: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question is open. `text` is the part it is about, `facts` what its sentence needs.

    `id` is its row's, which grows with time; empty where nothing waits for an answer.
    """

    code: str
    text: str
    choices: tuple[Choice, ...] = ()
    facts: dict[str, object] = field(default_factory=dict)
    id: str = ""


@dataclass(frozen=True, slots=True)
class Rateable:
    """The set just logged came without its effort: one tap tells it."""

    set_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A part that was refused, with its bound."""

    problem: Problem
    unit: Unit


@dataclass(frozen=True, slots=True)
class Told:
    """A short answer: a code and its facts."""

    code: str
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DaySets:
    """A training day: its sets by lift, in the order of the day."""

    day: date
    lifts: tuple[tuple[Exercise, tuple[LoggedSet, ...]], ...]


@dataclass(frozen=True, slots=True)
class LastOf:
    """The last session of a lift, its estimate and what comes next."""

    exercise: Exercise
    sets: tuple[LoggedSet, ...]
    estimate: Estimate | None
    target: Target | None
    unit: Unit


@dataclass(frozen=True, slots=True)
class TodayOf:
    """Today's sets, and what comes next on the last lift. `plain`: the athlete types no effort on it."""

    sets: DaySets
    target: Target | None
    exercise: Exercise
    plain: bool


@dataclass(frozen=True, slots=True)
class History:
    """The last training days, or those of one lift, newest first."""

    days: tuple[DaySets, ...]


@dataclass(frozen=True, slots=True)
class Insight:
    """What the athlete's own log says of a lift: the RPE that was expected of the newest set and the one that was said;
    the loads, in the athlete's unit, between which the target lies eight times in ten."""

    expected: float | None
    said: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Why:
    """The reasons behind a target, with the estimate it stands on. `plain`: the athlete types no effort on it; `sourced`:
    they asked where it all comes from."""

    exercise: Exercise
    target: Target | None
    estimate: Estimate | None
    unit: Unit
    plain: bool
    insight: Insight | None = None
    sourced: bool = False


@dataclass(frozen=True, slots=True)
class Plates:
    """What goes on each side of the bar."""

    plates: PlateCount | NotLoadable


@dataclass(frozen=True, slots=True)
class WarmUp:
    """The warm-up before a work load."""

    exercise: Exercise
    load: float
    unit: Unit
    sets: tuple[tuple[float, int], ...]


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a lift."""

    exercise: Exercise
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Welcome:
    """The first words, or /start."""

    athlete: Athlete


Fact = (
    Noted
    | Corrected
    | Gone
    | Asked
    | Rateable
    | Refused
    | Told
    | LastOf
    | TodayOf
    | History
    | Why
    | Plates
    | WarmUp
    | About
    | Welcome
)
