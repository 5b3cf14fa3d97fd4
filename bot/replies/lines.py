"""Sets, targets and days as short text: numbers in the athlete's unit, nothing that does not help between two sets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from dataclasses import replace
from datetime import date
from itertools import groupby

from bot.speech import gettext as _
from bot.speech import ngettext
from core.model import Exercise, LoggedSet, SetEntry, Side, Target, Unit, from_kg
from core.notation.printer import number, print_run
from core.strength import Estimate

MANY_RUNS, MOST_RUNS = 6, 40
"""How many different sets of a lift stand on a line; the most where all are wanted."""
MOST_OF_LINE = 1500
"""Characters of a line beyond which even one with all the sets is shortened."""
MOST_NOTE = 60
"""Characters of a note that are shown."""


_EXAMPLES = {
    "load": ("60", "135"),
    "added": ("10", "25"),
    "curl": ("20", "45"),
    "plates": ("102.5", "225"),
    "max": ("140", "315"),
    "bodyweight": ("83.5", "185"),
}
"""Numbers to show how something is typed: loads that bars of that unit can have, in kilograms and in pounds."""


def example(kind: str, unit: str) -> str:
    """A number of that kind as an athlete with this unit would type it."""
    return _EXAMPLES[kind][unit == "lb"]


def amount(load: float, unit: Unit | str) -> str:
    """A load with its unit: 102.5 kg."""
    return f"{number(load)} {unit}"


def added(load: float, unit: Unit | str) -> str:
    """The load of a bodyweight lift: body weight, with what is added or taken off."""
    if load == 0:
        return _("body weight")
    return f"+{amount(load, unit)}" if load > 0 else _("{load} assistance").format(load=amount(-load, unit))


def set_line(entries: Iterable[SetEntry], most: int = MANY_RUNS) -> str:
    """Sets of one lift on one line, equal ones together: `100 kg × 8 × 3 @8, 105 kg × 6`; `…` for some of very many."""
    runs = [run_text(entry, len(list(run))) for entry, run in groupby(entries)]
    line = ", ".join(runs)
    if len(runs) <= most and (len(runs) <= MANY_RUNS or len(line) <= MOST_OF_LINE):
        return line
    kept = most if len(line) <= MOST_OF_LINE else MANY_RUNS
    return ", ".join([*runs[: kept - 2], "…", runs[-1]])


def run_text(entry: SetEntry, count: int = 1) -> str:
    """Equal sets as they are said: `100 kg × 8 @8`; `100 kg × 8, 2 left` to those who say it so, and of open sets."""
    text = print_run(entry, count)
    if not (in_words.get() or entry.open_ended) or entry.rpe is None or entry.failure is not None:
        return text
    left = number(10 - entry.rpe)
    return re.sub(
        rf"(?: @{re.escape(number(entry.rpe))}| {re.escape(left)} rir)(?=[ ,>]|$)",
        _(", {n} left").format(n=left),
        text,
    )


def shown_in(entry: SetEntry, *, room: bool) -> SetEntry:
    """The set as it may be read: in a room without pain and notes, elsewhere with the beginning of a long note."""
    if room:
        return replace(entry, pain=None, note=None)
    note = entry.note
    return (
        entry if note is None or len(note) <= MOST_NOTE else replace(entry, note=note[: MOST_NOTE - 1] + "…")
    )


def logged_line(logged: Sequence[LoggedSet], *, room: bool = False, whole: bool = False) -> str:
    """Logged sets of one lift on one line; `whole`: every one of them."""
    return set_line((shown_in(one.done, room=room) for one in logged), MOST_RUNS if whole else MANY_RUNS)


def types_no_effort(logged: Iterable[LoggedSet]) -> bool:
    """Whether no set has an effort in numbers: its athlete is told none either."""
    return all(one.done.rpe is None or one.done.failure is not None or one.done.open_ended for one in logged)


def unit_of(logged: Sequence[LoggedSet]) -> str | None:
    """The unit that all loads of these sets are in, None where there are several or none."""
    units = {one.done.unit for one in logged if one.done.load is not None}
    return units.pop() if len(units) == 1 else None


def described(entries: Sequence[SetEntry], unit: str) -> str:
    """A reading in words that leave no doubt: `3 sets of 8 at 100 kg`. `unit` is that of plain numbers."""
    with_unit = (entry if entry.unit is not None else replace(entry, unit=unit) for entry in entries)  # type: ignore[arg-type]
    parts = [_described_run(entry, len(list(run))) for entry, run in groupby(with_unit)]
    return _(", then ").join(parts)


def _described_run(entry: SetEntry, count: int) -> str:
    if entry.reps is None or entry.segments:
        return print_run(entry, count)
    text = ngettext("{n} set of {reps}", "{n} sets of {reps}", count).format(n=count, reps=entry.reps)
    if entry.bodyweight:
        text += _(", body weight") if not entry.load else f", {added(entry.load, entry.unit or '')}"
    elif entry.load is not None:
        text += _(" at {load}").format(load=amount(entry.load, entry.unit or ""))
    if entry.rpe is not None:
        text += _(", effort {rpe}").format(rpe=number(entry.rpe))
    return text


in_words: ContextVar[bool] = ContextVar("in_words", default=False)
"""Whether the athlete who is answered tells effort in words: `5 left`, and never `@5`."""


def effort(rpe: float | None, *, plain: bool) -> str:
    """How hard a target is to be: `@8`, or in plain words for those who typed no number for it."""
    if rpe is None:
        return ""
    if not plain and not in_words.get():
        return f" @{number(rpe)}"
    if rpe >= 10:
        return _(", to failure")
    left = 10 - rpe
    reps = number(left) if left == int(left) else f"{int(left)}-{int(left) + 1}"
    return _(", leave {n} in the tank").format(n=reps)


def target_line(
    target: Target,
    exercise: Exercise,
    *,
    plain: bool = False,
    unit_shown: bool = False,
    up_to_s: int | None = None,
) -> str:
    """A target: `97.5 × 8 @8`, `+20 × 5 @8`, `12 reps`, `45 s`; `30-60 s` where a plan takes up to so many seconds."""
    tail = effort(target.rpe, plain=plain)
    if any(reason.code == "amrap_now" for reason in target.reasons):
        return _("{load} × all clean reps").format(load=_load(target, exercise, unit_shown))
    opened = next((one for one in target.reasons if one.code == "open_set"), None)
    if opened is not None:
        shown = "" if target.load is None else f"{_load(target, exercise, unit_shown)} × "
        return _("{load}all but {left}").format(load=shown, left=opened.facts["left"])
    if target.seconds is not None:
        head = f"{_load(target, exercise, unit_shown)} × " if target.load else ""
        longer = up_to_s is not None and up_to_s > target.seconds
        return f"{head}{target.seconds}-{up_to_s} s{tail}" if longer else f"{head}{target.seconds} s{tail}"
    if target.load is None:
        return ngettext("{n} rep", "{n} reps", target.reps or 0).format(n=target.reps) + tail
    return f"{_load(target, exercise, unit_shown)} × {target.reps}{tail}"


def _load(target: Target, exercise: Exercise, unit_shown: bool) -> str:
    load = target.load or 0.0
    unit = f" {target.unit}" if unit_shown else ""
    if not exercise.bodyweight:
        return f"{number(load)}{unit}"
    if load == 0:
        return _("bw")
    return f"{'+' if load > 0 else '-'}{number(abs(load))}{unit}"


def band(exercise: Exercise, estimate: Estimate, unit: Unit) -> str:
    """The e1RM as a band, never to four digits: `Max about 115-130 kg, from 6 sets`."""
    low, high = (round(from_kg(bound, unit)) for bound in (estimate.low_kg, estimate.high_kg))
    share = _(" with your body") if exercise.share > 0 else ""
    if estimate.source == "stated":
        return _("Max about {low}-{high} {unit}{share}, from what you told me.").format(
            low=low, high=high, unit=unit, share=share
        )
    if estimate.source == "at_least":
        return _("Max at least {low} {unit}{share}: all sets were easy.").format(
            low=round(from_kg(estimate.e1rm_kg, unit)), unit=unit, share=share
        )
    sets = _("one set") if estimate.sets == 1 else _("{n} sets").format(n=estimate.sets)
    return _("Max about {low}-{high} {unit}{share}, an estimate from {sets}.").format(
        low=low, high=high, unit=unit, share=share, sets=sets
    )


def day_name(day: date) -> str:
    """A day: `Fri 20 Nov 2026`."""
    return day.strftime("%a %d %b %Y").replace(" 0", " ")


def side_name(side: object) -> str:
    """The side in words."""
    return _("left") if side == Side.LEFT or side == "left" else _("right")
