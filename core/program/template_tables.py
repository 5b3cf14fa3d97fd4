"""What the ready plans are made of (own choice throughout): which lift does a job with which equipment, and which jobs the
sessions of two to six days have. Pure tables; `templates` makes plans of them."""

from __future__ import annotations

from typing import Final

EQUIPMENT: Final = ("gym", "dumbbells", "barbell", "machines", "bodyweight")
"""What somebody trains with; `barbell` has a rack and a bench with it, at home."""

EXPERIENCE: Final = ("new", "some", "experienced")

LEAST_DAYS: Final = 2
MOST_DAYS: Final = 6

JOBS: Final = (
    "squat", "squat2", "lunge", "hinge", "hinge2", "quads", "hams", "hams2", "press", "press2", "press3", "overhead", "row",
    "row2", "pull", "pull2", "side", "rear", "curl", "triceps", "calf", "abs",
)  # fmt: skip
"""What a lift is for, in the order of the rows below."""

_LIFTS: Final = """
gym         | squat leg-press bulgarian-split-squat deadlift romanian-deadlift leg-extension leg-curl - bench-press incline-dumbbell-press dip overhead-press barbell-row cable-row pull-up lat-pulldown lateral-raise face-pull biceps-curl triceps-pushdown calf-raise hanging-leg-raise
dumbbells   | dumbbell-squat bulgarian-split-squat lunge dumbbell-deadlift dumbbell-romanian-deadlift - - - dumbbell-bench-press incline-dumbbell-press - dumbbell-shoulder-press dumbbell-row chest-supported-row - - lateral-raise - dumbbell-curl overhead-triceps-extension dumbbell-calf-raise crunch
barbell     | squat front-squat barbell-reverse-lunge deadlift romanian-deadlift - - - bench-press incline-bench-press floor-press overhead-press barbell-row underhand-barbell-row pull-up chin-up - - biceps-curl skull-crusher barbell-calf-raise hanging-leg-raise
machines    | leg-press hack-squat single-leg-press machine-hip-thrust pull-through - leg-curl seated-leg-curl chest-press incline-chest-press decline-chest-press machine-shoulder-press machine-row chest-supported-t-bar-row lat-pulldown close-grip-lat-pulldown machine-lateral-raise machine-rear-delt-fly machine-curl triceps-pushdown calf-raise machine-crunch
bodyweight  | bodyweight-squat pistol-squat bodyweight-lunge single-leg-hip-thrust glute-bridge - nordic-curl platform-hamstring-slides push-up decline-push-up - pike-push-up inverted-row chin-up pull-up - - - - bench-dip single-leg-calf-raise hanging-knee-raise
"""

_FOR_NEW: Final = {
    "gym": {"pull": "lat-pulldown", "abs": "crunch"},
    "dumbbells": {"squat2": "split-squat"},
    "barbell": {"pull": "inverted-row", "pull2": "inverted-row", "abs": "crunch"},
    "bodyweight": {"squat2": "bodyweight-lunge", "hams": "platform-hamstring-slides", "pull": "negative-pull-up", "row2": "negative-chin-up", "press2": "incline-push-up"},
}  # fmt: skip
"""Lifts that somebody new does in place of others: easier to learn, or light enough."""

_NOT_FOR_NEW: Final = ("lunge",)
"""Jobs that somebody new does without: squats do enough of them."""


def lifts(equipment: str, *, new: bool) -> dict[str, str]:
    """The lift for each job that the equipment can do and that is for who trains with it."""
    rows = (line.split("|") for line in _LIFTS.strip().splitlines())
    found = next(row[1].split() for row in rows if row[0].strip() == equipment)
    made = {job: lift for job, lift in zip(JOBS, found, strict=True) if lift != "-"}
    if not new:
        return made
    return {
        job: lift for job, lift in (made | _FOR_NEW.get(equipment, {})).items() if job not in _NOT_FOR_NEW
    }


Sessions = tuple[tuple[str, str], ...]
"""The sessions of a plan: their names and their jobs, the two anchors' first. Of jobs with a bar between them the first counts
that the equipment can do. Small lifts beyond what the effort leaves for them go again, the last first."""

Skeleton = tuple[tuple[int, ...], Sessions]
"""The weekdays of a plan, and its sessions."""

_WEEKDAYS: Final = {2: (0, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 3, 4, 5), 6: (0, 1, 2, 3, 4, 5)}

_FULL_BODY: Final[Sessions] = (
    ("A", "squat press row hinge2 hams2|curl"),
    ("B", "hinge overhead pull|row2 squat2 press2 abs"),
)
_FULL_BODY_THRICE: Final[Sessions] = (
    ("A", "squat press row hinge2 hams2|curl"),
    ("B", "hinge overhead pull|row2 squat2 press2 triceps"),
    ("C", "press row2 lunge pull2|row hams|side abs"),
)
_UPPER_A: Final = ("Upper A", "press row press2 pull|row2 curl side")
_UPPER_B: Final = ("Upper B", "overhead row2 press pull2|row triceps side")
_UPPER_LOWER: Final[Sessions] = (
    _UPPER_A,
    ("Lower A", "squat hinge2 lunge hams|calf abs"),
    _UPPER_B,
    ("Lower B", "hinge squat2 lunge hams2|quads calf"),
)
_SHORT_UPPER_LOWER: Final[Sessions] = (
    _UPPER_A,
    ("Lower A", "squat hinge2 lunge|squat2 hams|calf"),
    _UPPER_B,
    ("Lower B", "hinge squat2 hams2|quads|lunge|hinge2 abs"),
)
"""With shorter days for the legs: for somebody new, and where they come more than twice a week."""

_PUSH_PULL_LEGS: Final[dict[int, Sessions]] = {
    5: (
        ("Upper", "press row overhead pull curl side"),
        ("Lower", "squat hinge2 lunge hams2|quads|calf abs"),
        ("Push", "press2 overhead press press3 triceps side"),
        ("Pull", "row2 row pull2 pull curl rear"),
        ("Legs", "hinge squat2 lunge hams calf"),
    ),
    6: (
        ("Push A", "press overhead press2 press3 triceps side"),
        ("Pull A", "row row2 pull pull2 curl rear"),
        ("Legs A", "squat hinge2 lunge hams|calf abs"),
        ("Push B", "press2 overhead press press3 side triceps"),
        ("Pull B", "row2 row pull2 pull rear curl"),
        ("Legs B", "hinge squat2 lunge hams2|quads|abs calf"),
    ),
}
"""Five and six days, where the equipment has presses and pulls enough to fill days of their own."""

_FILLS_PUSH_AND_PULL: Final = ("gym", "barbell", "machines")


def skeleton(days: int, equipment: str, *, new: bool) -> Skeleton:
    """The weekdays and sessions of a ready plan; no squat stands on the day before or after a deadlift. Somebody new has few
    sessions in turn, so that each lift comes often and there are few to learn."""
    return _WEEKDAYS[days], _sessions(days, equipment, new=new)


def _sessions(days: int, equipment: str, *, new: bool) -> Sessions:
    if days == 2 or (days == 3 and new):
        return _FULL_BODY
    if days == 3:
        return _FULL_BODY_THRICE
    if new:
        return _SHORT_UPPER_LOWER
    if days == 4:
        return _UPPER_LOWER
    return _PUSH_PULL_LEGS[days] if equipment in _FILLS_PUSH_AND_PULL else _SHORT_UPPER_LOWER
