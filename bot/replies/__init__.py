"""Facts → words. Every sentence that people read is in this room, through gettext."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _

from bot.replies import reasons
from bot.replies.lines import added, amount, day_name, logged_line, set_line, target_line
from bot.replies.questions import choice, question
from bot.replies.reasons import sentence, shown, sources
from bot.replies.told import refused, told
from core.facts import (
    About,
    Asked,
    Corrected,
    DaySets,
    Fact,
    Gone,
    History,
    LastOf,
    Noted,
    Plates,
    Refused,
    TodayOf,
    Told,
    WarmUp,
    Welcome,
    Why,
)
from core.loads import PlateCount
from core.model import Athlete, Exercise, LoggedSet, Target, Unit, from_kg
from core.notation.printer import number, print_run
from core.strength import Estimate
from core.targets import prescribes

MOST_LINES = 8
REASON_LINES = 2


@dataclass(frozen=True, slots=True)
class Text:
    """What is said in the chat, and what is said to the athlete alone."""

    public: str = ""
    private: str = ""
    choices: tuple[str, ...] = ()


def words(facts: Sequence[Fact], athlete: Athlete, *, room: bool, first: bool = False) -> Text:
    """The reply to a message. `room`: others read it; `first`: the athlete's first log entry."""
    lines: list[str] = []
    private: list[str] = []
    lifts = sum(isinstance(fact, Noted) for fact in facts)
    for fact in facts:
        lines += _lines(fact, athlete, room=room, alone=lifts <= 1)
        private += _private(fact) if room else []
    if first and not any(isinstance(fact, Welcome) for fact in facts):
        lines.append(_("For adults. Every target is an estimate, not advice. How it works: /help"))
    choices = [choice(one, athlete.unit) for fact in facts if isinstance(fact, Asked) for one in fact.choices]
    return Text("\n".join(lines), "\n".join(private), tuple(choices))


def _lines(fact: Fact, athlete: Athlete, *, room: bool, alone: bool) -> list[str]:
    match fact:
        case Noted():
            return _noted(fact, room=room, alone=alone)
        case Corrected():
            return _corrected(fact, room=room)
        case Gone():
            return _gone(fact)
        case Asked():
            return question(fact, athlete.unit)
        case Refused():
            return refused(fact)
        case Told():
            return [] if room and fact.code == "red_flag" else told(fact)
        case LastOf():
            return _last(fact)
        case TodayOf():
            return _today(fact)
        case History():
            return [line for day in fact.days for line in _day(day)]
        case Why():
            return _why(fact)
        case Plates():
            return _plates(fact)
        case WarmUp():
            return _warm_up(fact)
        case About():
            return _about(fact)
        case Welcome():
            return welcome(fact.athlete)


def _private(fact: Fact) -> list[str]:
    """What a room must not read: pain and symptoms, said to the athlete alone."""
    if isinstance(fact, Told) and fact.code == "red_flag":
        return told(fact)
    target = fact.target if isinstance(fact, Noted | Corrected) else None
    if target is None:
        return []
    kept = [reason for reason in target.reasons if reason.code in reasons.PRIVATE]
    return [text for reason in kept if (text := sentence(reason))]


# --- sets -------------------------------------------------------------------------------------------------------------


def _noted(fact: Noted, *, room: bool, alone: bool) -> list[str]:
    day = f" ({day_name(fact.day)})" if fact.day is not None else ""
    head = f"{fact.exercise.name} {_public_sets(fact.sets, room)} ✓{day}"
    plain = all(one.done.rpe is None for one in fact.sets)
    head += _next(fact.target, fact.exercise, plain=plain, unit=_unit(fact.sets))
    lines = [head]
    if fact.before is not None and prescribes(fact.before):
        was = target_line(fact.before, fact.exercise, plain=plain)
        lines.append(_("Was next: {was}.").format(was=was))
    lines += [text for reason in fact.why if (text := sentence(reason))]
    if fact.target is not None:
        lines += shown(fact.target, fact.exercise, REASON_LINES if alone else 1, room=room)
    return lines[:MOST_LINES] if alone else lines[:2]


def _public_sets(logged: Sequence[LoggedSet], room: bool) -> str:
    """The reading; in a room without pain and notes."""
    if not room:
        return logged_line(logged)
    from dataclasses import replace

    return set_line(replace(one.done, pain=None, note=None) for one in logged)


def _unit(logged: Sequence[LoggedSet]) -> str | None:
    units = {one.done.unit for one in logged if one.done.load is not None}
    return units.pop() if len(units) == 1 else None


def _next(target: Target | None, exercise: Exercise, *, plain: bool, unit: str | None = None) -> str:
    if target is None or not prescribes(target):
        return ""
    text = target_line(
        target, exercise, plain=plain, unit_shown=target.unit != unit and target.load is not None
    )
    return (_(" next: {target}") if target.when == "set" else _(" done; next time: {target}")).format(
        target=text
    )


def _corrected(fact: Corrected, *, room: bool) -> list[str]:
    plain = fact.now.rpe is None
    head = f"{fact.exercise.name} {print_run(fact.now)} ✓" + _next(
        fact.target, fact.exercise, plain=plain, unit=fact.now.unit
    )
    lines = [head, _("Was: {was}.").format(was=print_run(fact.was))]
    if fact.before is not None and prescribes(fact.before):
        lines[-1] = _("Was: {was}, next {before}.").format(
            was=print_run(fact.was), before=target_line(fact.before, fact.exercise, plain=plain)
        )
    if fact.target is not None:
        lines += shown(fact.target, fact.exercise, 1, room=room)
    return lines


def _gone(fact: Gone) -> list[str]:
    how = {"deleted": _("deleted"), "undone": _("undone"), "edited": _("taken out")}[fact.how]
    head = f"{fact.exercise.name} {logged_line(fact.sets)} {how} ✓"
    plain = all(one.done.rpe is None for one in fact.sets)
    lines = [head + _next(fact.target, fact.exercise, plain=plain, unit=_unit(fact.sets))]
    if fact.before is not None and prescribes(fact.before):
        lines.append(_("Was next: {was}.").format(was=target_line(fact.before, fact.exercise, plain=plain)))
    return lines


# --- looked up --------------------------------------------------------------------------------------------------------


def _day(day: DaySets) -> list[str]:
    lines = [day_name(day.day)]
    lines += [f"  {exercise.name} {logged_line(logged)}" for exercise, logged in day.lifts]
    return lines


def _today(fact: TodayOf) -> list[str]:
    lines = []
    if fact.sets is not None:
        lines = [f"{exercise.name} {logged_line(logged)}" for exercise, logged in fact.sets.lifts]
    if fact.exercise is not None and fact.target is not None and prescribes(fact.target):
        lines[-1] += _next(fact.target, fact.exercise, plain=False, unit=fact.target.unit)
    return lines


def _last(fact: LastOf) -> list[str]:
    lines = [f"{fact.exercise.name} {logged_line(fact.sets)} ({day_name(fact.sets[-1].day)})"]
    if fact.target is not None and prescribes(fact.target):
        shown_unit = fact.target.unit != _unit(fact.sets)
        lines.append(
            _("Next: {target}").format(target=target_line(fact.target, fact.exercise, unit_shown=shown_unit))
        )
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


def _why(fact: Why) -> list[str]:
    if fact.target is None:
        return [_("Nothing to go by for {name} yet.").format(name=fact.exercise.name.lower())]
    head = fact.exercise.name
    if prescribes(fact.target):
        head += f" {target_line(fact.target, fact.exercise, unit_shown=fact.target.load is not None)}"
    said = [text for reason in fact.target.reasons if (text := sentence(reason))]
    lines = [f"{head}: {said[0]}" if said else head, *dict.fromkeys(said[1:4])]
    if fact.estimate is not None:
        lines.append(_band(fact.exercise, fact.estimate, fact.unit))
    source = sources(fact.target.reasons)
    return [*lines, _("From: {source}.").format(source=source)] if source else lines


def _plates(fact: Plates) -> list[str]:
    plates = fact.plates
    if isinstance(plates, PlateCount):
        side = " + ".join(
            f"{number(size)}" + (f" × {count}" if count > 1 else "") for size, count in plates.side
        )
        if not side:
            return [_("{load}: the empty bar.").format(load=amount(plates.load, plates.unit))]
        return [
            _("{load}: {side} on each side of the {bar} bar.").format(
                load=amount(plates.load, plates.unit), side=side, bar=amount(plates.bar, plates.unit)
            )
        ]
    near = [amount(load, plates.unit) for load in (plates.below, plates.above) if load is not None]
    return [
        _("{load} cannot be loaded. Nearest: {near}.").format(
            load=amount(plates.load, plates.unit), near=_(" or ").join(near)
        )
    ]


def _warm_up(fact: WarmUp) -> list[str]:
    load = added(fact.load, fact.unit) if fact.exercise.bodyweight else amount(fact.load, fact.unit)
    if not fact.sets:
        return [
            _("{name} at {load} needs no warm-up sets of its own.").format(name=fact.exercise.name, load=load)
        ]
    sets = ", ".join(f"{number(load)} × {reps}" for load, reps in fact.sets)
    return [_("{name}: {sets}, then {load}").format(name=fact.exercise.name, sets=sets, load=load)]


def _about(fact: About) -> list[str]:
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


def taken(message_id: str) -> str:
    """A message id that was used before, for another message."""
    return _("Not logged: #{id} was another message before. Send this one under a new number.").format(
        id=message_id
    )


def welcome(athlete: Athlete) -> list[str]:
    """/start"""
    return [
        _("Hi {name}! Text me a set, I tell you the next one:").format(name=athlete.name),
        _("squat 100x8 @9 (100 {unit}, 8 reps, 1 left in the tank)").format(unit=athlete.unit),
        _("bench 3x8 80 · pull up 10, 8, 7 · plank 60s · same · +2.5"),
        _("Wrong? “actually 95”, or /undo. Pounds? /unit lb. More: /help"),
        _("For adults (18+). Targets are estimates; pain stops a lift."),
    ]
