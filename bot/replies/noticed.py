"""The words of what is noticed: the order of lifts, recovery, signals, and when a deload is offered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.replies.training import begun, muscle, name
from bot.speech import gettext as _
from bot.speech import ngettext
from core.facts import Asked, Notice, Noticed
from core.notation.printer import number
from core.program.deload import DeloadOffer, DeloadSign
from core.program.hit import NoProgress, Progress
from core.program.order import OrderNote
from core.program.recovery import Hardness, Recovering
from core.program.signals import Action, Sign, Signal

Facts = dict[str, Any]

MOST_NOTES = 3
"""Notes of one kind that an answer holds."""


def when(at: datetime, zone: ZoneInfo) -> str:
    """A time of the days around now, where the athlete is: `Thu 18:00`."""
    return at.astimezone(zone).strftime("%a %H:%M")


# Order and recovery ----------------------------------------------------------------------------------------------


def order(notes: Sequence[OrderNote]) -> list[str]:
    """What a compound to failure costs the isolation lift after it, and what it may do."""
    text = _("{later} after {first} to failure: fewer reps, both train {muscle}.")
    lines = [
        text.format(later=one.later.name, first=name(one.first), muscle=muscle(one.muscle))
        for one in notes[:MOST_NOTES]
    ]
    if lines:
        lines.append(
            _("That may favour one region of it; total growth was the same (a less supported finding).")
        )
    return lines


_HOW: dict[Hardness, Callable[[], str]] = {
    Hardness.RESERVE: lambda: _("with 3 or more left"),
    Hardness.NEAR: lambda: _("with 1-2 left"),
    Hardness.FAILURE: lambda: _("to failure"),
    Hardness.DROP: lambda: _("to failure and on"),
    Hardness.DROPS: lambda: _("to failure and on, twice or more"),
}


def recovery(found: Sequence[Recovering], zone: ZoneInfo) -> list[str]:
    """Muscles that are still recovering, those of the same sets together. A note, and no ban."""
    groups: dict[tuple[str, datetime], list[Recovering]] = {}
    for one in found:
        groups.setdefault((one.lift.id, one.since), []).append(one)
    lines = [_recovering(group, zone) for group in list(groups.values())[:MOST_NOTES]]
    return (
        [*lines, _("A note, not a ban: repeat your last performance and I stop saying it.")] if lines else []
    )


def _recovering(group: Sequence[Recovering], zone: ZoneInfo) -> str:
    one = group[0]
    return _("{muscles} may need until {until}: {lift} {how}, {since}.").format(
        muscles=begun(", ".join(muscle(each.muscle) for each in group)),
        until=when(one.until, zone),
        lift=name(one.lift),
        how=_HOW[one.how](),
        since=when(one.since, zone),
    )


# Signals and deload ----------------------------------------------------------------------------------------------

_SEEN: dict[Sign, Callable[[Facts], str]] = {
    Sign.BEAT_FORECAST: lambda f: _beat_forecast(f),
    Sign.EASY_SETS: lambda f: _("{lift}: every set at @{rpe} or under, easier than asked.").format(
        lift=f["lift"], rpe=number(f["rpe"])
    ),
    Sign.FELL_SHORT: lambda f: _("{lift}: {percent}% under what I expected, more than a day's luck.").format(
        lift=f["lift"], percent=round(f["percent"])
    ),
    Sign.HARDER_TWICE: lambda f: _("{lift} at {load}: {over} harder than asked, twice running.").format(
        lift=f["lift"], load=number(f["load"]), over=_points(f["over"])
    ),
    Sign.SORE: lambda f: _("{muscle} sore for more than two days: that was too much.").format(
        muscle=begun(muscle(f["muscle"]))
    ),
    Sign.REPEATED: lambda f: _("{lift}: hard last time, and repeated {days} days later.").format(
        lift=f["lift"], days=max(1, round(f["hours"] / 24))
    ),
}  # fmt: skip

_TO_DO: dict[Action, Callable[[], str]] = {
    Action.GO_CLOSER: lambda: _("Your usual sets can go a rep closer to the end."),
    Action.MORE_LOAD: lambda: _("Leave 2-3 at the end, not more; the load follows."),
    Action.LEAVE_ONE_MORE: lambda: _("Leave one more in reserve next time."),
    Action.WAIT_A_DAY: lambda: _("Give it a day more before you train it again."),
    Action.GO_ON: lambda: _("That is the right dose: go on like this."),
}


def _beat_forecast(f: Facts) -> str:
    if f.get("told"):  # the reply to the set has given the numbers
        return _("{lift}: better than expected.").format(lift=f["lift"])
    return _("{lift}: {reps} reps all out, about {expected} expected.").format(
        lift=f["lift"], reps=f["reps"], expected=max(1, round(f["expected"]))
    )


def _points(rpe: float) -> str:
    """A difference of RPE, in half points."""
    points = round(2 * rpe) / 2
    return ngettext("{n} point", "{n} points", 1 if points == 1 else 2).format(n=number(points))


def signal(found: Signal) -> list[str]:
    """What was seen, and the one thing to do about it."""
    lift = {} if found.lift is None else {"lift": found.lift.name}
    return [f"{_SEEN[found.sign]({**found.facts, **lift})} {_TO_DO[found.action]()}"]


_NOTICES: dict[Notice, Callable[[], str]] = {
    Notice.POOR_RECOVERY: lambda: _("Noted. /easy takes a tenth off today."),
    Notice.AFTER_TRAINING: lambda: _("Still so next time? /easy takes a tenth off that day."),
    Notice.SORE_AS_USUAL: lambda: _("Noted. A day or two of that is usual; /easy takes a tenth off today."),
    Notice.DELOAD_TAKEN: lambda: _("An easy week it is ✓ Your next sessions: /today. /deload no ends it."),
    Notice.DELOAD_DECLINED: lambda: _("On as planned ✓ Changed your mind? /deload"),
}


def noticed(fact: Noticed) -> list[str]:
    """What was noticed, or the answer to what was told of recovery."""
    match fact.what:
        case Signal():
            return signal(fact.what)
        case Progress():
            return progress(fact.what)
        case NoProgress():
            return no_progress(fact.what)
        case _:
            return [_NOTICES[fact.what]()]


def progress(found: Progress) -> list[str]:
    """What got better."""
    texts = {
        Progress.RESISTANCE: _("Better than last time."),
        Progress.TECHNIQUE: _("Clean this time: that is progress, too."),
    }
    return [texts[found]]


def no_progress(offer: NoProgress) -> list[str]:
    """Nothing got better for a while: what can be done."""
    text = _(
        "{lift}: the last {n} sessions are no better than the {n} before. A rest day more, or another lift?"
    )
    return [text.format(lift=offer.lift.name, n=offer.exposures)]


_OF_LIFTS = (DeloadSign.ANCHORS_SHORT, DeloadSign.HARDER_TWICE)


def deload_offered(asked: Asked) -> list[str]:
    """The question in which a deload is offered."""
    signs, lifts = asked.facts["signs"], asked.facts["lifts"]
    assert isinstance(signs, list) and isinstance(lifts, tuple)
    return deload(DeloadOffer(tuple([DeloadSign(one) for one in signs]), lifts))


def deload(offer: DeloadOffer) -> list[str]:
    """A deload is offered: why, and what is known of it."""
    texts = {
        DeloadSign.ANCHORS_SHORT: _("main lifts below their forecast twice"),
        DeloadSign.HARDER_TWICE: _("harder than asked twice at the same load"),
        DeloadSign.POOR_RECOVERY: _("poor recovery told twice"),
        DeloadSign.ASKED: _("you asked for it"),
    }
    lifts = ", ".join(map(name, offer.lifts))
    seen = "; ".join(texts[one] for one in offer.signs if one in _OF_LIFTS)
    other = [texts[one] for one in offer.signs if one not in _OF_LIFTS]
    why = begun("; ".join([*([f"{seen} ({lifts})" if lifts else seen] if seen else []), *other])) + "."
    return [
        _("An easy week now? Half the sets, easy loads, no AMRAP. Your choice."),
        why,
        _("That it helps is coaching practice, not proven."),
    ]
