"""The words of the other ways to train: High Intensity Training, and failure or reserve at equal volume."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from bot.replies.lines import day_name
from bot.replies.noticed import MOST_NOTES, when
from bot.replies.training import begun, muscle, name
from bot.speech import gettext as _
from bot.speech import ngettext
from core.effort import FAILURE_RPE
from core.facts import StyleChanged
from core.model import Exercise
from core.notation.printer import number
from core.program.blocks import CYCLE
from core.program.hit import REPS_HIGH, REPS_LOW, Ending, HitStep, Move
from core.program.hit_rest import EXERCISE_HOURS, MUSCLE_HOURS, TooSoon, Wait
from core.program.twin import Twin
from core.program.values import Style

# HIT -------------------------------------------------------------------------------------------------------------


def hit_begins() -> list[str]:
    """What HIT asks for and what can be hoped for: said once."""
    return [
        _("HIT: one work set a lift, {low}-{high} reps, until one more would break your form; on machines until no full rep comes.").format(
            low=REPS_LOW, high=REPS_HIGH
        ),
        _("One set builds muscle, several build more: effect size 0.24 for 1, 0.34 for 2-3, 0.44 for 4-6 sets (Krieger 2010, doi 10.1519/JSC.0b013e3181d4d436). The plan's numbers are our own choice."),
    ]  # fmt: skip


_MOVED: dict[Move, Callable[[HitStep], str]] = {
    Move.LOAD_UP: lambda s: _("{made} made: a step up, go for {reps}.").format(made=s.made, reps=s.reps),
    Move.REPS_UP: lambda s: _(
        "{made} made, but the next load would leave fewer than {low}: go for {reps}."
    ).format(made=s.made, low=REPS_LOW, reps=s.reps),
    Move.NO_LOAD: lambda s: _("{made} made, and no load to add: go for {reps}.").format(
        made=s.made, reps=s.reps
    ),
    Move.TO_THE_TOP: lambda s: _("{made} made: same load, go for {reps}.").format(made=s.made, reps=s.reps),
    Move.FROM_BELOW: lambda s: _("{made} is under {low}: same again, go for {reps}.").format(
        made=s.made, low=REPS_LOW, reps=s.reps
    ),
    Move.LOAD_DOWN: lambda s: _("Under {low} twice: a step down, go for {reps}.").format(
        low=REPS_LOW, reps=s.reps
    ),
    Move.LIGHTEST: lambda s: _("Under {low} twice, and nothing lighter: go for {reps}.").format(
        low=REPS_LOW, reps=s.reps
    ),
    Move.FORM_FIRST: lambda s: _("Form ended it: same load, until {reps} are clean.").format(reps=s.reps),
}


def hit_step(step: HitStep) -> list[str]:
    """Why the next exposure asks for what it does."""
    return [_MOVED[step.move](step)]


def how_it_ended() -> tuple[str, dict[Ending, str]]:
    """The question after a set that ended, and its answers."""
    answers = {Ending.COULD_NOT: _("could not"), Ending.STOPPED: _("stopped")}
    return _("Could not do one more, or stopped?"), answers


def too_soon(found: TooSoon, zone: ZoneInfo) -> list[str]:
    """When the session would be due, and why; it stays the athlete's choice."""
    lines = [_("Better from {until}, but it is your choice.").format(until=when(found.until, zone))]
    return lines + [_waiting(one, zone) for one in found.waits[:MOST_NOTES]]


def _waiting(one: Wait, zone: ZoneInfo) -> str:
    since = when(one.since, zone)
    if one.muscle is None:
        text = _("{lift}: last done {since}, {hours} h is what I give it.")
        return text.format(lift=one.lift.name, since=since, hours=EXERCISE_HOURS)
    text = _("{lift}: {other} trained {muscle} {since}, {hours} h is what I give it.")
    return text.format(
        lift=one.lift.name, other=name(one.after), muscle=muscle(one.muscle), since=since, hours=MUSCLE_HOURS
    )


# Which style -----------------------------------------------------------------------------------------------------

STYLES: dict[Style, Callable[[], str]] = {
    Style.BLOCKS: lambda: _("the twelve weeks, reps in reserve"),
    Style.HIT: lambda: _("HIT, one set to failure"),
    Style.FAILURE: lambda: _("every set to failure"),
    Style.RESERVE: lambda: _("every set 2 short of failure"),
}


SHORT: dict[Style, Callable[[], str]] = {
    Style.HIT: lambda: _("HIT"),
    Style.FAILURE: lambda: _("to failure"),
    Style.RESERVE: lambda: _("2 short of failure"),
}
"""The styles without weeks, where a session is headed."""


def style_is(f: dict[str, Any]) -> list[str]:
    """The style of a plan, and those that it could have."""
    others = ", ".join(f"/style {one}" for one in Style if one is not f["style"])
    return [
        _("Style: {style}.").format(style=STYLES[f["style"]]()),
        _("Others: {others}").format(others=others),
    ]


MOST_TWINS = 4


def style_changed(fact: StyleChanged) -> list[str]:
    """A plan in another style: which sets are now asked for, and what is known of the difference."""
    since = "" if fact.since is None else _(", from {day} on").format(day=day_name(fact.since))
    head = STYLES[fact.style]() if fact.lift is None else f"{fact.lift.name}: {STYLES[fact.style]()}"
    lines = [twin(*one)[0] for one in fact.twins]
    if len(lines) > MOST_TWINS:
        more = len(lines) - MOST_TWINS + 1
        left = ngettext("…and {n} more: /plan", "…and {n} more: /plan", more).format(n=more)
        lines = [*lines[: MOST_TWINS - 1], left]
    known = [about_equal()] if fact.style in (Style.FAILURE, Style.RESERVE) else []
    return [f"{begun(head)}{since} ✓", *([] if fact.week is None else _goes_on(fact.week)), *lines, *known]


def _goes_on(week: int) -> list[str]:
    """Which of the twelve weeks is next, and how another one is."""
    if week == 1:
        return []
    text = _("Goes on with week {week} of {weeks}. From the beginning: /plan start 1")
    return [text.format(week=week, weeks=CYCLE)]


# Twins -----------------------------------------------------------------------------------------------------------


def twin(exercise: Exercise, found: Twin) -> list[str]:
    """The same work in the other style, and what is known of the difference."""
    total, was = found.total, number(round(2 * found.was) / 2)
    if found.rpe >= FAILURE_RPE:
        reps = ", ".join(map(str, found.reps))
        text = ngettext(
            "{lift}: {n} set to failure, about {reps}.", "{lift}: {n} sets to failure, about {reps}.", len(found.reps)
        ).format(lift=exercise.name, n=len(found.reps), reps=reps)  # fmt: skip
    else:
        left = number(10 - found.rpe)
        text = _("{lift}: {sets}, {left} left.").format(lift=exercise.name, sets=_sets(found.reps), left=left)
    matched = _("{reps} reps{load} in place of {was}.")
    if not found.matched:
        matched = _("{reps} reps{load} in place of {was}: not matched in volume.")
    matched = matched.format(reps=total, load=_of_load(found), was=was)
    return [f"{text} {matched}", about_equal()]


def _of_load(found: Twin) -> str:
    """How far its load is from that of the sets before, where it is another."""
    percent = round(100 * (found.ratio - 1))
    if percent == 0:
        return ""
    text = _(", about {percent}% heavier,") if percent > 0 else _(", about {percent}% lighter,")
    return text.format(percent=abs(percent))


def about_equal() -> str:
    """What is known of failure and reserve at equal volume, and no more."""
    return _("About equal for growth; a small edge to failure for size is possible.")


def _sets(reps: tuple[int, ...]) -> str:
    """Equal sets together: `3 × 8`, `2 × 6 and 3 × 5`."""
    return _(" and ").join(f"{len(list(run))} × {count}" for count, run in groupby(reps))
