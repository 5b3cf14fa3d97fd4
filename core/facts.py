"""What the coach answers, as facts. Every sentence is in `bot.replies`; nothing here is meant to be read by people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from core.exercises import Catalogue, catalogue
from core.loads import NotLoadable, PlateCount
from core.model import Athlete, Exercise, LoggedSet, Reason, SetEntry, Target, Unit
from core.notation.reading import Problem
from core.program.calendar import Ended
from core.program.difference import Change
from core.program.effort_share import EffortShare
from core.program.form import FormScore, WeakLink
from core.program.grammar_problems import PlanProblem
from core.program.hit import NoProgress, Progress
from core.program.hit_rest import TooSoon
from core.program.order import OrderNote
from core.program.recovery import Recovering
from core.program.signals import Signal
from core.program.twin import Twin
from core.program.values import Style
from core.program.volume import WeekVolume
from core.strength import Estimate


@dataclass(frozen=True, slots=True)
class Noted:
    """Sets of one lift are in the log; `target` is what comes next, `before` what came next until now (edits).

    `why` says how the text was read where that was not plain (a near name, a habit, a lift carried over); `was` are
    the sets that an edit replaced; `rest_s` is the rest before the next set (seconds) where the plan names it.
    """

    exercise: Exercise
    sets: tuple[LoggedSet, ...]
    target: Target | None
    before: Target | None = None
    why: tuple[Reason, ...] = ()
    last: bool = True
    day: date | None = None
    was: tuple[LoggedSet, ...] = ()
    rest_s: int | None = None


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


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan and where somebody stands in it: what session is next, and on which day; `since`: its text counts from that
    day on. `waits`: a missed session that may be done before, and its planned day."""

    text: str
    week: int
    deload: bool
    next_session: str | None
    next_day: date
    style: Style = Style.BLOCKS
    since: date | None = None
    waits: tuple[str, date] | None = None


@dataclass(frozen=True, slots=True)
class PlanChanged:
    """A plan was taken: what is other than in the one before it (None: there was none), and the day from which it counts,
    None for at once; `more` lines are said beside it."""

    changes: tuple[Change, ...] | None
    since: date | None
    more: int = 0
    names: Catalogue = field(default_factory=catalogue, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class StyleChanged:
    """A plan, or one of its lifts, is in another style from the day `since` on (None: at once); `twins` are the lifts whose
    volume was matched; `week` is the one of the twelve that the plan goes on with, where it follows them again."""

    style: Style
    since: date | None
    lift: Exercise | None
    twins: tuple[tuple[Exercise, Twin], ...] = ()
    week: int | None = None


@dataclass(frozen=True, slots=True)
class PlanRefused:
    """A text that is no plan, and why."""

    problems: tuple[PlanProblem, ...]
    names: Catalogue = field(default_factory=catalogue, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class PlannedSets:
    """A lift of today's session: how many sets it is asked for, of how many reps and how hard the last of them, how many
    are done, and the target of the next; `all_out`: the last of them is an AMRAP. `rest_s` are the seconds of rest between them,
    lifts of one `superset` go together, and `rest_pause` is what the athlete's own plan has them end with. `seconds` are the
    fewest and the most that the plan names for a lift that is held for time."""

    exercise: Exercise
    sets: int
    reps: tuple[int, int]
    rpe: float
    done: int
    target: Target | None
    plain: bool
    all_out: bool = False
    rest_s: int = 0
    superset: int | None = None
    rest_pause: bool = False
    seconds: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class WeekTurned:
    """The week that begins now where the one before `ended` short, and the sessions that were `missed`, with their days.
    `begins`: it is the first of a block, or an easy week (`deload`)."""

    week: int
    ended: Ended | None
    missed: tuple[tuple[str, date], ...] = ()
    begins: bool = False
    deload: bool = False


@dataclass(frozen=True, slots=True)
class SessionToday:
    """Today's session of a plan: its name, the week of the twelve, whether a deload runs, and its lifts in order.
    `too_soon` says what is asked for too early in it, `recovering` which muscles are not fresh; `asks`: a question comes with it."""

    name: str
    week: int
    deload: bool
    lifts: tuple[PlannedSets, ...]
    style: Style = Style.BLOCKS
    too_soon: TooSoon | None = None
    recovering: tuple[Recovering, ...] = ()
    asks: bool = False
    turned: WeekTurned | None = None


@dataclass(frozen=True, slots=True)
class ThenLift:
    """A lift is done for today; what the session goes on with."""

    lift: PlannedSets


@dataclass(frozen=True, slots=True)
class SessionOver:
    """All lifts of today's session are done: how many sets, when which session is next, and what their order cost.
    `waits`: a missed session that may be done before, and its planned day."""

    name: str
    sets: int
    next_session: str | None
    next_day: date
    order: tuple[OrderNote, ...] = ()
    waits: tuple[str, date] | None = None


@dataclass(frozen=True, slots=True)
class SessionAhead:
    """A session is near: what it holds, on which day and at which wall time (None where the plan names none), seen from the
    day `today`; the lifts that are taken all out in it, where that is what it is about (`eve`); whether it is told late."""

    session: SessionToday
    day: date
    at: time | None
    today: date
    eve: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class SessionClosed:
    """A session that was left open is over: how many of its work sets were done of how many, the lifts that did not come, whether
    it counts, and which session is next. `waits`: a missed session that may be done before, and its planned day."""

    name: str
    sets: int
    of: int
    left: tuple[Exercise, ...]
    counts: bool
    next_session: str | None
    next_day: date
    late: bool = False
    waits: tuple[str, date] | None = None


@dataclass(frozen=True, slots=True)
class SessionMissed:
    """A planned session did not come; `falls_silent`: it was the last of so many that nothing more will be said; whether that is
    told late."""

    name: str
    day: date
    falls_silent: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class RestOver:
    """The rest after a set is over: what is next; `lift` is how the plan has it, None where today's session does not."""

    exercise: Exercise
    target: Target
    plain: bool
    lift: PlannedSets | None = None


@dataclass(frozen=True, slots=True)
class WentUp:
    """A lift that rose: from what to what, in the athlete's unit; the estimate of its maximum, and where there is no plan its load
    at the same reps."""

    exercise: Exercise
    was: float
    now: float


@dataclass(frozen=True, slots=True)
class Digest:
    """A week in review, the seven days up to `until`: sessions, of how many planned (None without a plan), work sets, hard sets
    by muscle, how effort divided, how many sets of how many were clean, what went up, and what the next week is. `waits`: a missed
    session that may be done before the next, and its planned day."""

    since: date
    until: date
    sessions: int
    planned: int | None
    sets: int
    volume: WeekVolume | None
    share: EffortShare | None
    clean: tuple[int, int] | None
    rose: tuple[WentUp, ...]
    unit: Unit
    week: int | None
    deload: bool
    next_session: str | None
    next_day: date | None
    late: bool = False
    waits: tuple[str, date] | None = None


@dataclass(frozen=True, slots=True)
class VolumeOf:
    """The last seven days' hard sets per muscle."""

    week: WeekVolume


@dataclass(frozen=True, slots=True)
class EffortOf:
    """How effort divided, in the last session and in the last seven days."""

    share: EffortShare


@dataclass(frozen=True, slots=True)
class FormOf:
    """How clean sets were, and the lifts whose form ends them."""

    score: FormScore | None
    weak: tuple[WeakLink, ...]


@dataclass(frozen=True, slots=True)
class PartsOf:
    """A set that went on with drops, rest-pause or partials: what it counts for is told."""

    done: SetEntry


@dataclass(frozen=True, slots=True)
class LiftOver:
    """A big lift at a block's end: the reps of its AMRAP (None where there was none), the maximum that was known when the
    block began and is known now (in `unit`, the body's share included), and what it begins the next block with; None
    where that is not known."""

    exercise: Exercise
    amrap: int | None
    target: Target | None
    before: float | None
    after: float | None
    unit: Unit


@dataclass(frozen=True, slots=True)
class BlockOver:
    """A block is done: the week that ended it, and its big lifts. `lighter` says that the next week is lighter on purpose,
    `deload` that an easy week comes first."""

    week: int
    lighter: bool
    deload: bool
    lifts: tuple[LiftOver, ...]


class Notice(StrEnum):
    """Short words about recovery and easy weeks."""

    POOR_RECOVERY = "poor_recovery"
    AFTER_TRAINING = "after_training"
    SORE_AS_USUAL = "sore_as_usual"
    DELOAD_TAKEN = "deload_taken"
    DELOAD_DECLINED = "deload_declined"


@dataclass(frozen=True, slots=True)
class Noticed:
    """What was noticed of somebody's training, and is said once; or the answer to what they told of recovery."""

    what: Signal | Progress | NoProgress | Notice


LedgerFact = VolumeOf | EffortOf | FormOf | PartsOf

PlanFact = (
    PlanShown
    | PlanChanged
    | StyleChanged
    | PlanRefused
    | SessionToday
    | ThenLift
    | SessionOver
    | BlockOver
    | WeekTurned
)

ReminderFact = SessionAhead | SessionClosed | SessionMissed | RestOver | Digest

Fact = (
    PlanFact
    | ReminderFact
    | LedgerFact
    | Noticed
    | Noted
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
