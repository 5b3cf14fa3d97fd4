"""Three lifters and their years: a novice, one who travels and hurts a knee, one who does High Intensity Training."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from bot.console import Console
from bot.dispatch import Dispatch
from core.store import Store
from tests.years.body import Body
from tests.years.trainee import Day, Trainee
from tests.years.wording import Habits

YEAR = 364


@dataclass(frozen=True, slots=True)
class Life:
    """Who somebody is, when they train, and what is other than usual on which day (days from the first, a Monday)."""

    name: str
    seed: int
    weight_kg: float
    maxima: dict[str, float]
    growth: float
    rate: float
    habits: Habits
    begins: tuple[str, ...]
    weekdays: tuple[int, ...]
    days: dict[int, Day] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)
    """How often a kind of finding (`tests.years.checks`) is there as yet: to be lowered, never raised."""
    unreviewed: int = 0
    """Blocks whose end is not reviewed as yet."""
    misread: int = 0
    """Messages that are read otherwise than they are meant, or asked about without the right choice, as yet."""
    together: int = 0
    """Sessions that take a squat and a hinge to an AMRAP both, as yet."""
    measured: float = 0.9
    """The least share of AMRAPs at 4 to 13 reps."""
    rating_error: float = 0.0
    reps_at_80: float = 10.0


def _away(first: int, last: int) -> dict[int, Day]:
    return {day: Day(stays_away=True) for day in range(first, last + 1)}


NOVICE = Life(
    name="mia",
    seed=11,
    weight_kg=64,
    maxima={
        "Squat": 55, "Bench press": 38, "Barbell row": 40, "Overhead press": 26, "Romanian deadlift": 60,
        "Seated cable row": 48, "Biceps curl": 18, "Deadlift": 75, "Incline dumbbell press": 13, "Leg press": 110,
        "Lat pulldown": 45, "Leg curl": 38, "Triceps pushdown": 24,
        "Dumbbell shoulder press": 12, "Crunch": 34,
    },
    growth=0.75,
    rate=0.016,
    habits=Habits(
        called={
            "Bench press": "bench", "Barbell row": "row", "Overhead press": "ohp", "Romanian deadlift": "rdl",
            "Seated cable row": "cable row", "Biceps curl": "curl", "Lat pulldown": "pulldown",
            "Triceps pushdown": "pushdown", "Incline dumbbell press": "incline db press", "Dumbbell shoulder press": "db shoulder press",
        },
        unrated=0.35,
        tails=(" {left} left", ", {left} left", " {left} left"),
        at_once=0.8,
        first_load=(0.8, 1.0),
    ),
    begins=("/start", "/plan", "2", "a full gym", "new"),
    weekdays=(0, 3),
    days={
        17: Day(says=("/move tomorrow",), stays_away=True), 18: Day(),
        31: Day(slips="actually"),
        38: Day(says=("/easy",), ill=0.92),
        42: Day(says=("/swap ohp db shoulder press",)),
        52: Day(says=("/skip",), stays_away=True),
        66: Day(slips="undo"),
        87: Day(stays_away=True),
        **_away(140, 150),
        199: Day(ill=0.93),
        231: Day(hurts={"Deadlift": "pain 2"}),
        **_away(259, 285),
        301: Day(slips="edit"),
    },
    known={"far up": 1},
    unreviewed=2,
    misread=5,
    measured=0.9,
)  # fmt: skip

HOTEL = (
    "/swap bench db bench press", "/swap bb row db row", "/swap squat goblet squat", "/swap deadlift back extension",
    "/swap ohp db shoulder press",
)  # fmt: skip
HOME = (
    "/swap db bench press bench", "/swap db row bb row", "/swap goblet squat squat", "/swap back extension deadlift",
    "/swap db shoulder press ohp",
)  # fmt: skip
"""Two weeks away, in a gym that has dumbbells and machines alone; and back."""

TRAVELLER = Life(
    name="ben",
    seed=23,
    weight_kg=84,
    maxima={
        "Squat": 135, "Bench press": 102, "Barbell row": 95, "Overhead press": 66, "Romanian deadlift": 140, "Pull-up": 112,
        "Deadlift": 165, "Incline dumbbell press": 36, "Leg press": 240, "Leg curl": 65, "Biceps curl": 42, "Calf raise": 140,
        "Triceps pushdown": 45, "Lateral raise": 15, "Leg extension": 80, "Machine chest press": 100, "Machine row": 95,
        "Dumbbell bench press": 40, "Dumbbell row": 46, "Dumbbell shoulder press": 30, "Goblet squat": 52, "Seated cable row": 95,
        "Back extension": 95, "Lat pulldown": 95, "Machine shoulder press": 70,
    },
    growth=0.16,
    rate=0.012,
    habits=Habits(
        called={"Bench press": "bench", "Barbell row": "bb row", "Overhead press": "ohp", "Romanian deadlift": "rdl",
                "Biceps curl": "curl", "Pull-up": "pullups", "Incline dumbbell press": "incline db press",
                "Triceps pushdown": "pushdown"},
        unrated=0.15,
        tails=(" @{rpe}", " @{rpe}", " rpe {rpe}", " rpe{rpe}"),
        at_once=0.6,
    ),
    begins=(
        "/plan Mon Tue Thu Fri 18:00\nUpper A: bench 4, bb row 3, ohp 3, curl 2\nLower A: squat 3, rdl 3, leg curl 2, calf raise 2"
        "\nUpper B: ohp 3, pull up 3, incline db press 3, pushdown 2, lateral raise 2\nLower B: deadlift 3, leg press 3, leg extension 2",
        "/bodyweight 84", "/max squat 130", "/max bench 100", "/max deadlift 160",
    ),
    weekdays=(0, 1, 3, 4),
    days={
        3: Day(slips="actually"),
        8: Day(hurts={"Squat": "pain 3 in the knee"}),
        15: Day(hurts={"Squat": "knee pain 5"}),
        22: Day(hurts={"Squat": "knee pain 6/10"}),
        29: Day(says=("knee is fine again",)),
        35: Day(says=HOTEL),
        49: Day(says=HOME),
        84: Day(says=("/easy",), ill=0.92),
        161: Day(slips="edit"),
        **_away(196, 212),
        250: Day(says=("/skip",), stays_away=True),
        280: Day(says=("/move tomorrow",), stays_away=True),
        300: Day(ill=0.9),
        322: Day(slips="undo"),
    },
    known={"far up": 2},
    unreviewed=1,
    misread=70,
)  # fmt: skip

HIT = Life(
    name="ole",
    seed=37,
    weight_kg=78,
    maxima={"Leg press": 230, "Machine chest press": 90, "Lat pulldown": 88, "Biceps curl": 38, "Leg curl": 62,
            "Machine shoulder press": 62, "Machine row": 90, "Triceps pushdown": 48},
    growth=0.22,
    rate=0.012,
    habits=Habits(
        called={"Machine chest press": "chest press", "Lat pulldown": "pulldown", "Biceps curl": "curl",
                "Machine shoulder press": "shoulder press machine", "Triceps pushdown": "pushdown"},
        unrated=1.0,
        tails=("",),
        at_once=0.0,
    ),
    begins=("/plan Mon Thu, A B alternating, style hit\nA: leg press, chest press machine, pulldown, curl\nB: leg curl, machine shoulder press, machine row, pushdown",),
    weekdays=(0, 3),
    days={
        24: Day(slips="actually"),
        45: Day(says=("/move tomorrow",), stays_away=True), 46: Day(),
        70: Day(ill=0.92),
        101: Day(hurts={"Machine shoulder press": "pain 4"}),
        **_away(150, 175),
        220: Day(says=("/skip",), stays_away=True),
    },
)  # fmt: skip


def trainee(life: Life, store: Store) -> Trainee:
    """The lifter at the beginning of the year."""
    body = Body(
        Random(life.seed + 1),
        life.maxima,
        life.growth,
        life.rate,
        "half",
        life.rating_error,
        reps_at_80=life.reps_at_80,
    )
    return Trainee(
        life.name, Console(Dispatch(store), life.name), body, life.habits, life.weight_kg, life.seed
    )


async def lived(life: Life, store: Store, days: int = YEAR) -> Trainee:
    """The lifter after so many days."""
    one = trainee(life, store)
    one.wakes(0)
    for text in life.begins:
        await one.says(text)
    for day in range(days):
        what = life.days.get(day)
        if day % 7 in life.weekdays or (what is not None and not what.stays_away):
            await one.lives(day, what or Day())
    return one
