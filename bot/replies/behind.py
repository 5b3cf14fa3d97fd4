"""What is said of words behind a command that mean nothing there: the word, and what is possible."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

from bot.replies.lines import day_name
from bot.speech import gettext as _

Facts = dict[str, Any]
MOST_LIFTS = 8
MOST_TYPED = 30


def _typed(facts: Facts) -> str:
    text = str(facts.get("typed") or "")
    return f"“{text if len(text) <= MOST_TYPED else text[: MOST_TYPED - 1] + '…'}”"


def _day_unread(facts: Facts) -> str:
    if not facts.get("typed"):
        return _("To which day? Like this: /move tomorrow, /move Friday, /move 2026-11-30")
    return _("{typed} is no day to me. Like this: /move tomorrow, /move Friday, /move 2026-11-30")


_POSSIBLE: dict[str, Callable[[Facts], str]] = {
    "move": _day_unread,
    "skip": lambda f: _("{typed}? Next is {name}, {day}: /skip leaves that out."),
    "easy": lambda f: _("{typed}? /easy is for today, /easy tomorrow for the day after."),
    "deload": lambda f: _(
        "{typed}? /deload begins an easy week now, /deload next week on Monday; /deload no wants none."
    ),
}


def _word(facts: Facts) -> str:
    """The word, and what can stand behind the command."""
    text = _POSSIBLE[facts["command"]](facts)
    day = day_name(facts["day"]) if "day" in facts else ""
    return text.format(typed=_typed(facts), name=facts.get("name"), day=day)


def _moved(facts: Facts) -> str:
    """That a session was moved; a time is the plan's to say."""
    text = _("{name} moved to {day} ✓").format(name=facts["name"], day=day_name(facts["day"]))
    if "at" not in facts:
        return text
    if facts["planned"] is None:
        return text + _(" A time stands in the plan's text: /plan edit")
    return text + _(" Its time stays {time}; your plan's text has it: /plan edit").format(
        time=_clock(facts["planned"])
    )


def _clock(at: time) -> str:
    return f"{at:%H:%M}"


def _not_planned(facts: Facts) -> str:
    lifts = list(facts["lifts"])
    names = ", ".join(lifts[:MOST_LIFTS]) + (" …" if len(lifts) > MOST_LIFTS else "")
    return _("{typed} is no lift of your plan. There are: {lifts}.").format(typed=_typed(facts), lifts=names)


def _which(facts: Facts) -> str:
    if facts.get("lift"):
        return _("{lift} for which? Like this: /swap squat front squat").format(lift=facts["lift"])
    return _("Which for which? First the one in your plan: /swap squat front squat")


ANSWERS: dict[str, Callable[[Facts], str]] = {
    "word_unread": _word,
    "plan_moved": _moved,
    "plan_on_that_day": lambda f: _("{name} is on {day} already.").format(
        name=f["name"], day=day_name(f["day"])
    ),
    "plan_move_range": lambda f: _(
        "{day}: only a day from today to {days} days ahead, like /move Friday"
    ).format(day=day_name(f["day"]), days=f["days"]),
    "plan_start_unread": lambda f: _(
        "{typed} is no week: /plan start 3 goes on with week 3 of {most}."
    ).format(typed=_typed(f), most=f["most"]),
    "plan_swap_usage": _which,
    "plan_swap_not_planned": _not_planned,
    "plan_swap_there": lambda f: _(
        "{session} has both already: {old} and {new}. No lift stands in a session twice."
    ).format(**f),
}
