"""The one table of commands. The help text, and later every platform's menu, are made from it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches

from bot.replies.lines import example
from bot.speech import gettext as _
from core.coach import (
    accuracy,
    calibrating,
    calling,
    changing,
    ledgers,
    listen,
    look,
    noticing,
    plan_life,
    planning,
    profile,
    remind_settings,
    safeties,
    styling,
    swapping,
    units,
    zones,
)
from core.coach.turn import Turn
from core.facts import Fact, Told
from core.model import Unit

Handler = Callable[[Turn, str], Awaitable[list[Fact]]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command: what to type behind it (a word in braces: an example in the athlete's unit), what it does, whether its
    answer is for the athlete alone."""

    name: str
    arguments: str
    help: str
    handler: Handler
    private: bool = False


async def _help(turn: Turn, words: str) -> list[Fact]:
    wanted = words.strip().lstrip("/").lower()
    unit = turn.athlete.unit
    if wanted in BY_NAME:
        return [Told("help", {"lines": (_line(BY_NAME[wanted], unit),)})]
    lines = (
        _("A set: squat 100x8 @9 · 3x8 100 · 100x8,8,7 · pull up 10 · plank 60s"),
        _("Effort: @9 or rpe9, 2 left, f (failure). Marks: warmup, amrap, form6, pain 4, drop 80x8, L/R"),
        _("Next ones: same, +2.5, x7. Wrong: actually 95, or edit your message."),
        *(_line(command, unit) for command in COMMANDS),
    )
    return [Told("help", {"lines": lines})]


def _line(command: Command, unit: Unit) -> str:
    arguments = re.sub(r"\{(\w+)\}", lambda found: example(found.group(1), unit), command.arguments)
    return f"/{command.name} {arguments}".strip() + f": {command.help}"


async def _start(turn: Turn, words: str) -> list[Fact]:
    return await profile.start(turn)


async def _undo(turn: Turn, words: str) -> list[Fact]:
    return await changing.undo(turn)


async def _today(turn: Turn, words: str) -> list[Fact]:
    return await look.today(turn)


async def _cleared(turn: Turn, words: str) -> list[Fact]:
    return await profile.cleared(turn)


async def _calibrate(turn: Turn, words: str) -> list[Fact]:
    """The test, or its result where that is what stands behind the command."""
    if calling.said(words) is None:
        return await calibrating.calibrate(turn, words)
    turn.message = replace(turn.message, text=words)
    return await listen.said(turn)


COMMANDS: tuple[Command, ...] = (
    Command("start", "", _("how it works, in five lines"), _start),
    Command("help", "[command]", _("all of it"), _help),
    Command("undo", "", _("take the last change back"), _undo),
    Command("today", "", _("today's sets and what is next"), _today),
    Command("plan", "[text | edit | start 3 | off]", _("your plan, or the way to one"), planning.plan),
    Command("skip", "", _("leave the next session out"), plan_life.skip),
    Command("move", "[day]", _("the next session on another day, for instance tomorrow"), plan_life.move),
    Command("swap", "squat front-squat", _("one lift of the plan for another"), swapping.swap),
    Command("style", "[hit | failure | reserve]", _("how your plan's sets end"), styling.style),
    Command("safeties", "[yes | no]", _("whether safeties or a spotter catch the bar"), safeties.safeties),
    Command("easy", "", _("a bad day: a tenth less, and it does not count"), plan_life.easy),
    Command("deload", "[no]", _("a week of half the sets, easy"), noticing.deload),
    Command("volume", "", _("hard sets per muscle, the last seven days"), ledgers.volume),
    Command("effort", "", _("how your effort divides: 50/30/20"), ledgers.effort),
    Command("form", "", _("how many sets were clean"), ledgers.form, private=True),
    Command("last", "[squat]", _("your last session of a lift"), look.last_of),
    Command("history", "[days | squat]", _("your last training days, or those of a lift"), look.history),
    Command("why", "[squat | drop | failure]", _("why that target; add “sources” for where from"), look.why),
    Command("accuracy", "", _("how well I call your sets"), accuracy.accuracy, private=True),
    Command("calibrate", "[curl]", _("test how well you judge what is left"), _calibrate, private=True),
    Command("warmup", "squat {max}", _("warm-up sets before a load"), look.warm_up),
    Command("plates", "{plates}", _("what goes on each side"), look.plates_for),
    Command("max", "squat {max}", _("tell me a max you know"), profile.stated_max),
    Command("bodyweight", "{bodyweight}", _("tell me your weight"), profile.bodyweight, private=True),
    Command("unit", "kg|lb", _("what a plain number is"), units.choose),
    Command("time", "[city|18:05]", _("your time zone"), zones.time_zone),
    Command(
        "remind",
        "[off | 60 min | quiet 22-7 | digest sunday]",
        _("when I write by myself"),
        remind_settings.remind,
    ),
    Command("rest", "[on | off]", _("a ping when a rest is over"), remind_settings.rest),
    Command("exercise", "[squat | add NAME [like LIFT]]", _("see a lift, or add your own"), profile.exercise),
    Command("cleared", "", _("a doctor has cleared you"), _cleared, private=True),
)
BY_NAME = {command.name: command for command in COMMANDS}

_COMMAND = re.compile(r"^/([A-Za-z_]{1,32})(?:@(\w+))?(?:\s+(.*))?$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Called:
    """A command as typed: its name, the bot it was addressed to, the words behind it."""

    name: str
    bot: str | None
    words: str


def called(text: str) -> Called | None:
    """The command of a message, None where it is none. `/log squat 100x5` and the like are messages."""
    match = _COMMAND.match(text.strip())
    if match is None:
        return None
    return Called(match.group(1).lower(), match.group(2), match.group(3) or "")


def nearest(name: str) -> str | None:
    """The command that a mistyped one was meant to be."""
    near = get_close_matches(name, BY_NAME, n=1, cutoff=0.6)
    return near[0] if near else None
