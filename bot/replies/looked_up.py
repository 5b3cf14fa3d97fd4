"""The words of what an athlete looks up: days, lifts, reasons, plates, warm-up. `room`: others read it."""

from __future__ import annotations

from dataclasses import replace

from bot.replies.care import pain_free
from bot.replies.lines import (
    added,
    amount,
    band,
    day_name,
    effort,
    logged_line,
    target_line,
    types_no_effort,
    unit_of,
)
from bot.replies.reasons import agreed, is_private, sentence, sources
from bot.speech import gettext as _
from core.facts import About, DaySets, Insight, LastOf, Plates, TodayOf, WarmUp, Why
from core.loads import PlateCount
from core.notation.printer import number
from core.targets import prescribes


def day(fact: DaySets, *, room: bool) -> list[str]:
    """A training day under its date."""
    lines = [f"  {exercise.name} {logged_line(logged, room=room)}" for exercise, logged in fact.lifts]
    return [day_name(fact.day), *lines]


def today(fact: TodayOf, *, room: bool) -> list[str]:
    """A line for each lift with all its sets, and what comes next."""
    lines = [
        f"{exercise.name} {logged_line(logged, room=room, whole=True)}"
        for exercise, logged in fact.sets.lifts
    ]
    if fact.target is not None and prescribes(fact.target):
        shown = fact.target.load is not None
        next_one = target_line(fact.target, fact.exercise, plain=fact.plain, unit_shown=shown)
        head = _("Next: {name} {target}") if fact.target.when == "set" else _("Next time: {name} {target}")
        only = "" if room or fact.target.when == "set" else pain_free(fact.target)
        lines.append(head.format(name=fact.exercise.name, target=next_one) + only)
    return lines


def last(fact: LastOf, *, room: bool) -> list[str]:
    """The last session of a lift, what comes next, and about how strong that is."""
    line = logged_line(fact.sets, room=room)
    lines = [f"{fact.exercise.name} {line} ({day_name(fact.sets[-1].day)})"]
    if fact.target is not None and prescribes(fact.target):
        plain = types_no_effort(fact.sets)
        shown = fact.target.unit != unit_of(fact.sets)
        next_one = target_line(fact.target, fact.exercise, plain=plain, unit_shown=shown)
        only = "" if room else pain_free(fact.target)
        lines.append(_("Next: {target}").format(target=next_one) + only)
    if fact.estimate is not None:
        lines.append(band(fact.exercise, fact.estimate, fact.unit))
    return lines


def why(fact: Why, *, room: bool) -> list[str]:
    """The reasons behind a target, and their sources; in a room none where one of them is private."""
    if fact.target is None:
        return [_("Nothing to go by for {name} yet.").format(name=fact.exercise.name.lower())]
    head = fact.exercise.name
    if prescribes(fact.target):
        shown = fact.target.load is not None
        head += f" {target_line(fact.target, fact.exercise, plain=fact.plain, unit_shown=shown)}"
    reasons = () if room and is_private(fact.target) else fact.target.reasons
    said = [
        text for reason in agreed(reasons) if (text := sentence(reason, plain=fact.plain, unit=fact.unit))
    ]
    lines = [f"{head}: {said[0]}" if said else head, *dict.fromkeys(said[1:4])]
    if room and is_private(fact.target):
        fact = replace(fact, insight=None)
    if fact.insight is not None:
        lines += _expected(fact.insight)
    lines += _how_sure(fact)
    source = sources(reasons, whole=fact.sourced)
    return [*lines, _("From: {source}.").format(source=source)] if source else lines


SURPRISE = 0.75
"""So much more or less than expected is worth a word (RPE; own choice)."""


def _expected(insight: Insight) -> list[str]:
    """What was expected of the last set, and what came."""
    lines = []
    if insight.expected is not None and insight.said is not None:
        off = insight.said - insight.expected
        day = (
            _(" A harder one than most.")
            if off >= SURPRISE
            else _(" An easier one than most.")
            if off <= -SURPRISE
            else ""
        )
        told = _("I expected about @{expected} of your last set, you said @{said}.{day}")
        lines.append(
            told.format(expected=number(round(2 * insight.expected) / 2), said=number(insight.said), day=day)
        )
    return lines


def _how_sure(fact: Why) -> list[str]:
    """Between which loads the target lies, and about how strong that is."""
    strong = [] if fact.estimate is None else [band(fact.exercise, fact.estimate, fact.unit)]
    insight, target = fact.insight, fact.target
    if insight is None or insight.low is None or insight.high is None or target is None:
        return strong
    between = _("{reps} reps{tail}: by your own log {low}-{high} {unit}, 8 times in 10.").format(
        reps=target.reps,
        tail=effort(target.rpe, plain=fact.plain),
        low=round(insight.low),
        high=round(insight.high),
        unit=fact.unit,
    )
    return [" ".join([between, *strong])]


def plates(fact: Plates) -> list[str]:
    """What goes on each side of the bar."""
    found = fact.plates
    if isinstance(found, PlateCount):
        side = " + ".join(
            f"{number(size)}" + (f" × {count}" if count > 1 else "") for size, count in found.side
        )
        if not side:
            return [_("{load}: the empty bar.").format(load=amount(found.load, found.unit))]
        return [
            _("{load}: {side} on each side of the {bar} bar.").format(
                load=amount(found.load, found.unit), side=side, bar=amount(found.bar, found.unit)
            )
        ]
    near = [amount(load, found.unit) for load in (found.below, found.above) if load is not None]
    return [
        _("{load} cannot be loaded. Nearest: {near}.").format(
            load=amount(found.load, found.unit), near=_(" or ").join(near)
        )
    ]


def warm_up(fact: WarmUp) -> list[str]:
    """The sets before a work load."""
    load = added(fact.load, fact.unit) if fact.exercise.bodyweight else amount(fact.load, fact.unit)
    if not fact.sets:
        return [
            _("{name} at {load} needs no warm-up sets of its own.").format(name=fact.exercise.name, load=load)
        ]
    sets = ", ".join(f"{number(load)} × {reps}" for load, reps in fact.sets)
    return [_("{name}: {sets}, then {load}").format(name=fact.exercise.name, sets=sets, load=load)]


def about(fact: About) -> list[str]:
    """What is known of a lift."""
    one = fact.exercise
    lines = [f"{one.name}: {_(one.role.value)}, {one.equipment.replace('-', ' ')}"]
    muscles = ", ".join(muscle.replace("-", " ") for muscle in one.direct)
    if muscles:
        helped = ", ".join(muscle.replace("-", " ") for muscle in one.indirect)
        lines.append(
            _("Trains {direct}").format(direct=muscles)
            + (_("; helps {indirect}").format(indirect=helped) if helped else "")
        )
    return lines
