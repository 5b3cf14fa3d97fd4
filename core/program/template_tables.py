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
    "squat", "squat2", "lunge", "hinge", "hinge2", "quads", "hams", "press", "press2", "overhead", "row", "row2", "pull",
    "side", "rear", "curl", "triceps", "calf", "abs",
)  # fmt: skip
"""What a lift is for, in the order of the rows below."""

_LIFTS: Final = """
gym         | squat leg-press bulgarian-split-squat deadlift romanian-deadlift leg-extension leg-curl bench-press incline-dumbbell-press overhead-press barbell-row cable-row pull-up lateral-raise face-pull biceps-curl triceps-pushdown calf-raise hanging-leg-raise
dumbbells   | dumbbell-squat bulgarian-split-squat lunge dumbbell-deadlift dumbbell-romanian-deadlift - - dumbbell-bench-press incline-dumbbell-press dumbbell-shoulder-press dumbbell-row chest-supported-row pullover lateral-raise rear-delt-fly dumbbell-curl overhead-triceps-extension dumbbell-calf-raise crunch
barbell     | squat front-squat barbell-reverse-lunge deadlift romanian-deadlift - - bench-press incline-bench-press overhead-press barbell-row underhand-barbell-row pull-up upright-row - biceps-curl skull-crusher barbell-calf-raise hanging-leg-raise
machines    | leg-press hack-squat single-leg-press machine-hip-thrust pull-through leg-extension leg-curl chest-press incline-chest-press machine-shoulder-press machine-row chest-supported-t-bar-row lat-pulldown machine-lateral-raise machine-rear-delt-fly machine-curl triceps-pushdown calf-raise machine-crunch
bodyweight  | bodyweight-squat pistol-squat bodyweight-lunge single-leg-hip-thrust glute-bridge sissy-squat nordic-curl push-up decline-push-up pike-push-up inverted-row chin-up pull-up - - - bench-dip single-leg-calf-raise hanging-knee-raise
"""

_FOR_NEW: Final = {
    "gym": {"pull": "lat-pulldown", "lunge": "lunge", "abs": "crunch"},
    "dumbbells": {"squat": "goblet-squat", "squat2": "split-squat"},
    "barbell": {"pull": "barbell-pullover", "abs": "crunch"},
    "bodyweight": {"squat2": "bodyweight-lunge", "quads": "wall-sit", "pull": "negative-pull-up", "row2": "negative-chin-up", "press2": "incline-push-up"},
}  # fmt: skip
"""Lifts that somebody new does in place of others: easier to learn, or light enough."""


def lifts(equipment: str, *, new: bool) -> dict[str, str]:
    """The lift for each job that the equipment can do."""
    rows = (line.split("|") for line in _LIFTS.strip().splitlines())
    found = next(row[1].split() for row in rows if row[0].strip() == equipment)
    made = {job: lift for job, lift in zip(JOBS, found, strict=True) if lift != "-"}
    return made | (_FOR_NEW.get(equipment, {}) if new else {})


NOT_FOR_NEW: Final = frozenset({"rear", "lunge"})
"""Jobs that somebody new does without: rows and squats do enough of them."""

Skeleton = tuple[tuple[int, ...], tuple[tuple[str, str], ...]]
"""The weekdays of a plan, and its sessions: their names and their jobs, the anchors' first. Jobs beyond the most lifts of a
session stand in for those that the equipment cannot do, as the second of two with a bar between them."""

MOST_LIFTS: Final = 7
"""Lifts of a session in a ready plan: it has to end within an hour or so."""

_FULL_A: Final = ("A", "squat press row hams|hinge2 side curl abs")
_FULL_B: Final = ("B", "hinge overhead pull squat2 press2 triceps calf")
_UPPER_A: Final = ("Upper A", "press row overhead pull side curl triceps")
_LOWER_A: Final = ("Lower A", "squat hinge2 lunge|squat2 hams calf abs")
_UPPER_B: Final = ("Upper B", "row2 press2 overhead pull rear triceps curl")
_LOWER_B: Final = ("Lower B", "hinge squat2 hams quads|hinge2 calf abs")

SKELETONS: Final[dict[int, Skeleton]] = {
    2: (
        (0, 3),
        (
            ("A", "squat press row hinge2 row2 overhead curl quads"),
            ("B", "hinge press2 row squat2 pull hams triceps side"),
        ),
    ),
    3: (
        (0, 2, 4),
        (
            ("A", "squat press row hams side triceps calf lunge"),
            ("B", "hinge overhead row2 squat2 press2 curl abs"),
            ("C", "press squat pull hinge2 row rear triceps hams"),
        ),
    ),
    4: ((0, 1, 3, 4), (_UPPER_A, _LOWER_A, _UPPER_B, _LOWER_B)),
    5: (
        (0, 1, 3, 4, 5),
        (
            ("Upper", "press row overhead pull side curl triceps"),
            ("Lower", "squat hinge2 lunge|squat2 quads calf abs"),
            ("Push", "press2 overhead press side triceps"),
            ("Pull", "row2 row pull rear curl|abs"),
            ("Legs", "hinge squat2 lunge|hinge2 hams calf abs"),
        ),
    ),
    6: (
        (0, 1, 2, 3, 4, 5),
        (
            ("Push A", "press overhead press2 side triceps"),
            ("Pull A", "row row2 pull rear curl|abs"),
            ("Legs A", "squat hinge2 lunge|squat2 quads hams calf abs"),
            ("Push B", "press2 overhead press side triceps"),
            ("Pull B", "row2 row pull rear curl|abs"),
            ("Legs B", "hinge squat2 lunge|hinge2 hams calf abs"),
        ),
    ),
}
"""No squat stands on the day before or after a deadlift."""

TURNS_FOR_NEW: Final[Skeleton] = ((0, 2, 4), (_FULL_A, _FULL_B))
"""Three days for somebody new: two sessions in turn, so that each lift comes often and there are few to learn."""
