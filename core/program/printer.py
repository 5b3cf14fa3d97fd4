"""A plan → its text, in the one form that every reader of the plan sees. It reads back as the same plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from itertools import groupby
from typing import Final

from core.exercises import Catalogue
from core.notation.printer import number
from core.program.grammar_days import elements
from core.program.grammar_lifts import EACH_SIDE, completes, read_lifts, unwraps
from core.program.grammar_names import WEEKDAYS
from core.program.grammar_problems import Problems
from core.program.grammar_text import note_text, read_lines
from core.program.values import ASSISTED, Plan, PlannedLift, PlannedSession, Schedule, Style

SHORT_NAMES: Final = {
    "bench-press": "bench",
    "overhead-press": "ohp",
    "incline-bench-press": "incline bench",
    "close-grip-bench-press": "close grip bench",
    "dumbbell-bench-press": "db bench",
    "incline-dumbbell-press": "incline db press",
    "dumbbell-shoulder-press": "db shoulder press",
    "romanian-deadlift": "rdl",
    "dumbbell-romanian-deadlift": "db rdl",
    "bulgarian-split-squat": "bulgarian split squat",
    "dumbbell-row": "db row",
    "pull-up": "pull up",
    "chin-up": "chin up",
    "push-up": "push up",
    "biceps-curl": "curl",
    "dumbbell-curl": "db curl",
    "triceps-pushdown": "pushdown",
    "calf-raise": "calf raise",
}
"""What lifters write for a lift, where the catalogue's own name is longer. Taken where it means just that lift."""


def written(plan: Plan, names: Catalogue) -> str:
    """The text of a plan: its note, its schedule, its style where it is not the twelve weeks, a line for each session."""
    lines = [_plan_note(plan.note)] if plan.note else []
    lines.append(schedule_line(plan.schedule))
    if plan.style is not Style.BLOCKS:
        lines.append(f"style {plan.style}")
    return "\n".join([*lines, *(session_line(session, names) for session in plan.sessions)])


def schedule_line(when: Schedule) -> str:
    """`Monday Wednesday Friday 18:00, A B alternating`, `Monday A, Thursday B`, `3 days a week`."""
    if when.days and not when.rotates:
        return _own_days(when)
    head = clock_text(when) if when.times else _timed(_days(when.days) or _days_a_week(when.a_week), when.at)
    return f"{head}, {turns(when.order)} alternating" if len(when.order) > 1 else head


def turns(order: Sequence[str]) -> str:
    """Sessions in their order: `A B`, or `Upper A / Lower A` where names have several words."""
    return (" / " if any(" " in name for name in order) else " ").join(order)


def _days_a_week(count: int) -> str:
    return "1 day a week" if count == 1 else f"{count} days a week"


def clock_text(when: Schedule) -> str:
    """The days with times of their own: `Monday Wednesday 18:00, Friday 07:30`."""
    groups = when.clock if isinstance(when.clock, tuple) else ((when.days, when.at),)
    return ", ".join(_timed(_days(days), at) for days, at in groups)


def _days(days: Sequence[int]) -> str:
    return " ".join(WEEKDAYS[day] for day in days)


def _timed(text: str, at: time | None) -> str:
    return text if at is None else f"{text} {at.strftime('%H:%M')}"


def _own_days(when: Schedule) -> str:
    """The days with their sessions; those that are called after their day need no other name, and a line of their own for
    times beside others."""
    pairs = list(zip(when.days, when.order, strict=True))
    named = [(day, f"{WEEKDAYS[day]} {name}") for day, name in pairs if WEEKDAYS[day] != name]
    if not named:
        return clock_text(when)
    if not when.times:
        return ", ".join([*(text for _, text in named), *([_timed("", when.at).strip()] if when.at else [])])
    plain = [_timed(name, when.at_on(day)) for day, name in pairs if WEEKDAYS[day] == name]
    lines = [", ".join(_timed(text, when.at_on(day)) for day, text in named), ", ".join(plain)]
    return "\n".join(line for line in lines if line)


def session_line(session: PlannedSession, names: Catalogue) -> str:
    """`A: squat 3x8, bench 3 + row 3`."""
    note = f" {_session_note(session.note)}" if session.note else ""
    runs = groupby(enumerate(session.lifts), lambda pair: pair[1].superset or -pair[0] - 1)
    lifts = (" + ".join(lift_text(lift, names) for _, lift in run) for _, run in runs)
    return f"{session.name}{note}: {', '.join(lifts)}"


def lift_text(lift: PlannedLift, names: Catalogue) -> str:
    """`*squat 3x8-12 @8 rest 3:00 hit (slow)`."""
    name = short_name(lift.exercise, names)
    said = [f"{'*' if lift.anchor else ''}{name}", *sets_text(lift)]
    if lift.style is not None:
        # the word alone could be the last of a name: power clean from blocks
        said.append("style blocks" if lift.style is Style.BLOCKS else str(lift.style))
    if lift.note:
        said.append(_lift_note(lift.note, name, names))
    return " ".join(said)


def sets_text(lift: PlannedLift) -> list[str]:
    """The sets, reps, effort and rest of a lift, each as far as it is said."""
    said = [amount] if (amount := _amount(lift)) else []
    if lift.rpe is not None:
        said.append(f"@{number(lift.rpe)}")
    if lift.rest_s is not None:
        said.append(f"rest {lift.rest_s // 60}:{lift.rest_s % 60:02}")
    return said


def _amount(lift: PlannedLift) -> str:
    span = lift.reps or lift.seconds
    if span is None:
        return "" if lift.sets is None else str(lift.sets)
    low, high = span
    each = f"{low}" if low == high else f"{low}-{high}"
    unit = "s" if lift.reps is None else ""
    if lift.sets is None:
        return f"{each}{unit or ' reps'}"
    return f"{lift.sets}x{each}{unit}"


# --- names and notes that read back -----------------------------------------------------------------------------------


def short_name(exercise: str, names: Catalogue) -> str:
    """The shortest usual name that means this lift and nothing else, here and with the athlete's own lifts."""
    lift = names.get(exercise)
    usual = [SHORT_NAMES.get(exercise, ""), lift.name.lower() if lift is not None else "", exercise]
    return next((name for name in usual if name and _means(name, exercise, names)), exercise)


def _means(name: str, exercise: str, names: Catalogue) -> bool:
    problems = Problems()
    found = read_lifts(read_lines(f"A: {name} 3")[0], 2, names, None, problems)
    one = found[0] if len(found) == 1 and not problems.found else None
    if one is None or one.exercise is None or one.notes:
        return False
    return one.exercise.id == exercise and one.said.sets == 3 and one.said.reps is None and not one.anchor


def _plan_note(note: str) -> str:
    line = f"# {note_text(note)}"
    return line if read_lines(line)[0].is_blank else f"(# {note_text(note)})"


def _session_note(note: str) -> str:
    text = note_text(note)
    days = elements(text, {})
    sure = bool(days) and all(one.kind == "days" for one in days)
    return f"(# {text})" if sure else f"({text})"


def _lift_note(note: str, name: str, names: Catalogue) -> str:
    text = note_text(note)
    sure = unwraps(text, names) or completes(name, text, names)
    return f"(# {text})" if sure and text not in (EACH_SIDE, ASSISTED) else f"({text})"
