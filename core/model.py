"""Values that the whole house shares. Frozen; they hold what was said and what it means, and decide nothing.

Loads are kilograms or pounds as typed; `*_kg` names are always kilograms. Effort is one quantity: RPE 1 to 10,
reps in reserve (RIR) = 10 - RPE.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

KG_PER_LB = 0.45359237
"""One pound in kilograms, exactly (the international avoirdupois pound, 1959)."""

Unit = Literal["kg", "lb"]


def to_kg(load: float, unit: Unit) -> float:
    """A load in `unit`, in kilograms."""
    return load if unit == "kg" else load * KG_PER_LB


def from_kg(load_kg: float, unit: Unit) -> float:
    """A load in kilograms, in `unit`."""
    return load_kg if unit == "kg" else load_kg / KG_PER_LB


class Kind(StrEnum):
    """What sort of set it was."""

    WORK = "work"
    WARMUP = "warmup"
    AMRAP = "amrap"
    DROP = "drop"
    REST_PAUSE = "rest_pause"


class Failure(StrEnum):
    """How a set ended, where it ended in failure.

    Technical: one more rep was not possible with good form. Absolute: a rep was tried and not completed.
    """

    TECHNICAL = "technical"
    ABSOLUTE = "absolute"


class Side(StrEnum):
    """Which side did the work; `each` counts reps a side."""

    LEFT = "left"
    RIGHT = "right"
    EACH = "each"


class Role(StrEnum):
    """The place of an exercise in a session: it sets sets, reps, effort caps and rest."""

    ANCHOR = "anchor"
    SECONDARY = "secondary"
    ACCESSORY = "accessory"
    ISOLATION = "isolation"


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of one set after its first: a drop (own load) or a rest-pause part (load None: unchanged)."""

    load: float | None
    reps: int


@dataclass(frozen=True, slots=True)
class Pain:
    """Pain that was mentioned: 0 to 10, None where no number was given."""

    level: int | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """What an athlete said at a rep of a set that then went on to failure: so many are left (`/calibrate`)."""

    at_rep: int
    left: float


@dataclass(frozen=True, slots=True)
class Ref:
    """What an entry takes from the athlete's previous set: all of it, but for what is named here."""

    load_delta: float | None = None
    reps: int | None = None


@dataclass(frozen=True, slots=True)
class SetEntry:
    """One set, as typed or as resolved.

    As typed, None means "was not typed": `exercise` None is carried, `load` None is carried, `unit` None is the
    athlete's. As resolved (`LoggedSet.done`), exercise and unit are there, load too unless the set has none
    (timed without load), and `ref` is gone. `load` is per hand for dumbbells, and what was added to the body for
    bodyweight lifts (negative: assistance). `day` is the date typed; -1 is yesterday. `form_from` and `slow_from`
    are rep numbers, 0 where no rep was named. `open_ended` is only resolved: the reps were left to the athlete, who was to
    stop at a named effort.
    """

    exercise: str | None = None
    typed: str | None = None
    load: float | None = None
    unit: Unit | None = None
    bodyweight: bool = False
    reps: int | None = None
    seconds: int | None = None
    distance_m: float | None = None
    kind: Kind = Kind.WORK
    rpe: float | None = None
    rir_at_least: bool = False
    failure: Failure | None = None
    segments: tuple[Segment, ...] = ()
    partials: int | None = None
    slow_from: int | None = None
    form_from: int | None = None
    pain: Pain | None = None
    tempo: str | None = None
    side: Side | None = None
    rest_s: int | None = None
    superset: int | None = None
    note: str | None = None
    day: date | int | None = None
    ref: Ref | None = None
    open_ended: bool = False

    @property
    def rir(self) -> float | None:
        """Reps in reserve, None where no effort was given."""
        return None if self.rpe is None else 10 - self.rpe


@dataclass(frozen=True, slots=True)
class Exercise:
    """A lift of the catalogue, or an athlete's own.

    `step` is the smallest change of load one can make on it, per unit (per hand for dumbbells); `share` the part of
    the body weight that is lifted besides the load (pull-up 1.0, push-up 0.64, squat 0: the bar alone counts);
    `bodyweight` says that a load is an addition to the body; `fixed_path` that a machine or cable guides the load.
    `direct` and `indirect` are muscles (at most three indirect), keyed as in `exercises.MUSCLES`.
    """

    id: str
    name: str
    role: Role
    compound: bool
    equipment: str
    pattern: str
    step_kg: float
    step_lb: float
    direct: tuple[str, ...]
    indirect: tuple[str, ...] = ()
    share: float = 0.0
    bodyweight: bool = False
    timed: bool = False
    per_hand: bool = False
    lower_body: bool = False
    fixed_path: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class LoggedSet:
    """A set in the log: `entry` as it was typed, `done` as it was understood."""

    id: str
    athlete_id: str
    author_id: str
    message_id: str | None
    import_id: str | None
    position: int
    exercise_id: str
    performed_at: datetime
    day: date
    zone: str
    entry: SetEntry
    done: SetEntry
    leans_on: str | None = None
    e1rm_kg: float | None = None

    def __hash__(self) -> int:
        return hash(self.id)  # equal sets have one id, and all the fields take a hundred times as long


@dataclass(frozen=True, slots=True)
class Athlete:
    """A person who trains, whatever accounts they write from. `hold_since` is set while red-flag symptoms are open."""

    id: str
    name: str
    unit: Unit
    unit_chosen: bool
    zone: str
    language: str
    created_at: datetime
    greeted: bool = False
    hold_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a code that `bot.replies` has a sentence for, with the facts of that sentence."""

    code: str
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Target:
    """What to lift next. `load` is in `unit`, added load on bodyweight lifts, None where reps or time alone guide.

    `when` is `set` for the next set of this session and `session` for the next session. `reps` None with
    `seconds` set is a timed target. `reasons` stand in the order in which they mattered.
    """

    exercise_id: str
    when: Literal["set", "session"]
    load: float | None
    unit: Unit
    reps: int | None
    seconds: int | None
    rpe: float | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file or picture that came with a message: `key` fetches it from its platform; `size` in bytes, None if unsaid."""

    key: str
    name: str
    media: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Inbound:
    """A message, as every platform hands it over. `room` is None in private; ids are the platform's own, as text.

    `author` may be empty for a deletion: platforms do not say who it was. `thread` is the part of the room that it
    stands in, where the answer goes, too. `edited_at` orders edits, where the platform says when. `pressed` is what a button of ours held; such a message has no text.
    """

    platform: str
    chat: str
    message_id: str
    author: str
    author_name: str
    text: str
    sent_at: datetime
    room: str | None = None
    edited: bool = False
    deleted: bool = False
    reply_to_bot: bool = False
    thread: str | None = None
    edited_at: datetime | None = None
    pressed: str | None = None
    files: tuple[Attachment, ...] = ()
