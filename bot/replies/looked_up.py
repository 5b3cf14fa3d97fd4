"""The words of what an athlete looks up: days, lifts, reasons, plates, warm-up. `room`: others read it."""

from __future__ import annotations

from bot.replies.lines import added, amount, day_name, logged_line, target_line, types_no_effort, unit_of
from bot.replies.reasons import is_private, sentence, sources
from bot.speech import gettext as _
from core.facts import About, DaySets, LastOf, Plates, TodayOf, WarmUp, Why
from core.loads import PlateCount
from core.model import Exercise, Unit, from_kg
from core.notation.printer import number
from core.strength import Estimate
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
        lines.append(head.format(name=fact.exercise.name, target=next_one))
    return lines


def last(fact: LastOf, *, room: bool) -> list[str]:
    """The last session of a lift, what comes next, and about how strong that is."""
    line = logged_line(fact.sets, room=room)
    lines = [f"{fact.exercise.name} {line} ({day_name(fact.sets[-1].day)})"]
    if fact.target is not None and prescribes(fact.target):
        plain = types_no_effort(fact.sets)
        shown = fact.target.unit != unit_of(fact.sets)
        next_one = target_line(fact.target, fact.exercise, plain=plain, unit_shown=shown)
        lines.append(_("Next: {target}").format(target=next_one))
    if fact.estimate is not None:
        lines.append(_band(fact.exercise, fact.estimate, fact.unit))
    return lines


def _band(exercise: Exercise, estimate: Estimate, unit: Unit) -> str:
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


def why(fact: Why, *, room: bool) -> list[str]:
    """The reasons behind a target, and their sources; in a room none where one of them is private."""
    if fact.target is None:
        return [_("Nothing to go by for {name} yet.").format(name=fact.exercise.name.lower())]
    head = fact.exercise.name
    if prescribes(fact.target):
        shown = fact.target.load is not None
        head += f" {target_line(fact.target, fact.exercise, plain=fact.plain, unit_shown=shown)}"
    reasons = () if room and is_private(fact.target) else fact.target.reasons
    said = [text for reason in reasons if (text := sentence(reason, plain=fact.plain))]
    lines = [f"{head}: {said[0]}" if said else head, *dict.fromkeys(said[1:4])]
    if fact.estimate is not None:
        lines.append(_band(fact.exercise, fact.estimate, fact.unit))
    source = sources(reasons)
    return [*lines, _("From: {source}.").format(source=source)] if source else lines


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
