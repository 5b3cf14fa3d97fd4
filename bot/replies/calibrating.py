"""The words of /calibrate: what to do, what came of it, and why not on this lift."""

from __future__ import annotations

from statistics import fmean
from typing import Any

from bot.replies.lines import added, amount, day_name, example
from bot.speech import gettext as _
from bot.speech import ngettext
from core.facts import Asked
from core.model import Exercise
from core.notation.printer import number, print_run

Facts = dict[str, Any]


def instructions(facts: Facts) -> list[str]:
    """What to do and how to type what came of it; what came before."""
    exercise, load = facts["exercise"], facts["load"]
    if load is None and exercise.bodyweight:
        head = _("Test: {name}, one set to failure.").format(name=exercise.name)
    elif load is None:
        head = _("Test: {name}, one set to failure, with a load for 10-15 reps.").format(name=exercise.name)
    else:
        shown = added(load, facts["unit"]) if exercise.bodyweight else amount(load, facts["unit"])
        head = _("Test: {name}, {load}, one set to failure.").format(name=exercise.name, load=shown)
    how = _("Slow and steady. At rep 8 or 9 say how many are left, then go on until no full rep comes.")
    if facts["technical"]:
        how = _("Slow and steady. At rep 8 or 9 say how many are left, then go on while your form holds.")
    typed = _("Then type it like this: {set} called 3 at 9 (14 came, 3 were called left at rep 9)")
    return [head, how, typed.format(set=_example(exercise, load, facts["unit"])), *_before(facts["tests"])]


def _example(exercise: Exercise, load: float | None, unit: str) -> str:
    name = exercise.name.lower()
    if exercise.bodyweight:
        return f"{name} {'+' if load and load > 0 else ''}{number(load)}x14" if load else f"{name} 14"
    return f"{name} {example('curl', unit) if load is None else number(load)}x14"


def _before(tests: tuple[tuple[Any, Exercise, float, int], ...]) -> list[str]:
    """The last test, and several together."""
    if not tests:
        return []
    day, exercise, called, came = tests[0]
    last = _("Last time ({day}): {name}, {called} called, {came} came.").format(
        day=day_name(day), name=exercise.name, called=number(called), came=came
    )
    if len(tests) == 1:
        return [last]
    off = round(fmean(came - called for *_, called, came in tests), 1)
    told = (
        _("Your last {n} tests: {off} more than called, on average.")
        if off > 0
        else _("Your last {n} tests: {off} fewer than called, on average.")
        if off < 0
        else _("Your last {n} tests: as called, on average.")
    )
    return [last, told.format(n=len(tests), off=number(abs(off)))]


# --- what came --------------------------------------------------------------------------------------------------------


def came(facts: Facts) -> str:
    """How many were called and how many came."""
    off = facts["came"] - facts["called"]
    if off == 0:
        return _("You called {called}, {came} came: spot on.").format(
            called=number(facts["called"]), came=facts["came"]
        )
    told = (
        _("You called {called}, {came} came: {off} more than you thought.")
        if off > 0
        else _("You called {called}, {came} came: {off} fewer than you thought.")
    )
    return told.format(called=number(facts["called"]), came=facts["came"], off=number(abs(off)))


def means(facts: Facts) -> list[str]:
    """What that says, what it changes, and when to test again."""
    off = facts["came"] - facts["called"]
    usual = (
        _("Most people have about one more than they say.")
        if off >= 1
        else _("Most people say too few; you do not.")
        if off >= 0
        else _("Most people say too few; you said too many.")
    )
    changes = _(
        "Nothing you typed changes, and no load by itself: your max and AMRAP forecasts learn from it."
    )
    again = ngettext(
        "Again in {n} week, on another lift.", "Again in {n} weeks, on another lift.", facts["weeks"]
    )
    return [f"{usual} {again.format(n=facts['weeks'])}", changes]


def tells_nothing(facts: Facts) -> str:
    """Why a call is not counted."""
    done = facts["done"]
    if done.pain is not None:
        return _("It hurt, so the call does not count. Leave that lift alone for now.")
    if done.rpe is not None and done.rpe < 10:
        return _("{set} did not go to failure, so the call does not count.").format(set=print_run(done))
    return _("Rep {at} was the last or later, so the call does not count: make it before the end.").format(
        at=facts["at"]
    )


# --- not on this lift -------------------------------------------------------------------------------------------------


def _with_instead(why: str, facts: Facts) -> list[str]:
    offer = _("What you can do: /calibrate {name}").format(name=facts["instead"].name.lower())
    return [why.format(name=facts["exercise"].name), offer]


def timed(facts: Facts) -> list[str]:
    """A lift without reps."""
    return _with_instead(_("{name} is held for time: there are no reps to call."), facts)


def of_the_back(facts: Facts) -> list[str]:
    """A lift in which the back gives way first."""
    return _with_instead(_("Not on {name}: at failure it is your back that gives."), facts)


def hurts(facts: Facts) -> list[str]:
    """A lift that hurt."""
    return _with_instead(_("Not on {name} while it hurts."), facts)


def cautious(facts: Facts) -> str:
    """A lift that only just came back: so did all others."""
    return _("Not yet: after being cleared, first two sessions of {name} without a test.").format(
        name=facts["exercise"].name
    )


def early(facts: Facts) -> list[str]:
    """A main lift in the first weeks."""
    return _with_instead(_("{name} comes in your third training week, once your form is steady."), facts)


def unsafe(facts: Facts) -> list[str]:
    """A main lift without safeties."""
    return _with_instead(_("Then not on {name}: without safeties nobody goes that far."), facts)


# --- questions --------------------------------------------------------------------------------------------------------


def question(asked: Asked) -> str:
    """What is asked of a test."""
    exercise = asked.facts.get("exercise")
    name = exercise.name if isinstance(exercise, Exercise) else _("it")
    left, at = asked.facts.get("left"), asked.facts.get("at")
    match asked.code:
        case "call_safe":
            return _(
                "{name} goes only as far as your form holds. Are safeties set, or does somebody spot you?"
            ).format(name=name)
        case "call_set":
            return _("What came of the test on {name}? Like this: 14 reps, called 3 at 9").format(name=name)
        case "call_reps":
            return _("How many full reps came in all?")
        case "call_at" if isinstance(left, float):
            return _("At which rep did you call {n}?").format(n=number(left))
        case "call_at":
            return _("At which rep did you call it?")
        case "call_left" if at is not None:
            return _("How many did you call left at rep {n}?").format(n=at)
        case "call_left":
            return _("How many did you call left?")
    return _("If that was the test: how many did you call left, at which rep? Like this: 3 at 9")
