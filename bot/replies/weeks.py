"""The words of the calendar: weeks that are done again, sessions that were missed, lifts that were away."""

from __future__ import annotations

from collections.abc import Sequence

from bot.speech import gettext as _
from bot.speech import ngettext
from core.effort import Block
from core.facts import PlannedSets, WeekTurned
from core.program.blocks import CYCLE, block_of
from core.program.calendar import Ended


def turned(fact: WeekTurned) -> list[str]:
    """How the week before ended, where it ended short, what begins, and what was missed."""
    week = [] if fact.ended is None else [_week(fact.week, fact.ended)]
    begins = [_begins(fact)] if fact.begins else []
    return [*week, *begins, *([_missed(fact)] if fact.missed else [])]


def _begins(fact: WeekTurned) -> str:
    """What the block that begins is for, or the easy week."""
    if fact.deload:
        return _("Easy on purpose, to come back fresh. Fewer sets, light loads.")
    return {
        Block.FOUNDATION: _("Foundation begins. Clean reps, well short of your limit."),
        Block.BUILD: _("Build begins. Heavier from here, and closer to your limit."),
        Block.CHALLENGE: _("Challenge begins. A lighter week first, then the heaviest of the twelve."),
    }[block_of(fact.week)]


def _week(week: int, ended: Ended) -> str:
    if not ended.a_week:
        goes_on = "" if ended.week == week else " " + _("/plan start {week} goes on where you were.")
        return _("After so long: Foundation again.") + goes_on.format(week=ended.week)
    said = ngettext(
        "{done} of {n} session was done", "{done} of {n} sessions were done", ended.a_week
    ).format(done=ended.done, n=ended.a_week)
    if ended.week != week:
        return _("Week {week}: {said} in week {before}, enough to go on.").format(
            week=week, said=said, before=ended.week
        )
    return _("Week {week} again: {said}. /plan start {next} goes on anyway.").format(
        week=week, said=said, next=week % CYCLE + 1
    )


def _missed(fact: WeekTurned) -> str:
    names = ", ".join(f"{name} ({day.strftime('%a')})" for name, day in fact.missed)
    return ngettext(
        "Missed: {names}. You can still do it: it counts.",
        "Missed: {names}. You can still do them: each counts.",
        len(fact.missed),
    ).format(names=names)


def away(lifts: Sequence[PlannedSets]) -> list[str]:
    """Which lifts were away for longer than planned, and what that takes off; without names where it is all of them."""
    found: dict[tuple[int, int, int], list[str]] = {}
    for one in lifts:
        reasons = () if one.target is None else one.target.reasons
        for reason in (each for each in reasons if each.code == "layoff"):
            days, percent, reps = (int(str(reason.facts[key])) for key in ("days", "percent", "reps"))
            found.setdefault((days, percent, reps), []).append(one.exercise.name)
    said = []
    for (days, percent, reps), names in found.items():
        every = len(names) == len(lifts)
        head = _("{n} days away") if every else _("{names} {n} days away")
        said.append(head.format(n=days, names=", ".join(names)) + ": " + _less(percent, reps))
    return ["; ".join(said) + "."] if said else []


def _less(percent: int, reps: int) -> str:
    if percent:
        return _("{percent}% less load to start with").format(percent=percent)
    return ngettext("{n} rep fewer to start with", "{n} reps fewer to start with", reps).format(n=reps)
