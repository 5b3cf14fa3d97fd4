"""The words of plans: what a plan is, today's session, what comes after a lift."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.replies.lines import day_name, effort, target_line
from bot.replies.noticed import MOST_NOTES, order, recovery
from bot.replies.plans import MOST_LINES, changes, problems
from bot.replies.rests import rest_span, rests
from bot.replies.styles import SHORT, too_soon
from bot.replies.weeks import away, turned
from bot.speech import gettext as _
from bot.speech import ngettext
from core.facts import (
    BlockOver,
    LiftOver,
    PlanChanged,
    PlannedSets,
    PlanRefused,
    PlanShown,
    SessionOver,
    SessionToday,
    ThenLift,
)
from core.model import Target
from core.program.blocks import CYCLE, block_of
from core.targets import prescribes

BLOCKS = {"foundation": _("Foundation"), "build": _("Build"), "challenge": _("Challenge")}


def week_name(week: int, *, deload: bool) -> str:
    """`Week 3 of 12, Foundation`."""
    if deload:
        return _("Deload week")
    return _("Week {week} of {weeks}, {block}").format(
        week=week, weeks=CYCLE, block=BLOCKS[str(block_of(week))]
    )


def shown(fact: PlanShown) -> list[str]:
    """A plan as its text, and where somebody stands in it."""
    week = [] if not fact.style.has_weeks else [f"{week_name(fact.week, deload=fact.deload)}."]
    from_then = (
        [] if fact.since is None or not fact.text else [_("From {day} on:").format(day=day_name(fact.since))]
    )
    lines = [*week, *from_then, *fact.text.splitlines()]
    if fact.next_session is not None:
        lines.append(
            _("Next: {session}, {day}.{waits} See it: /today").format(
                session=fact.next_session,
                day=day_name(fact.next_day),
                waits=waiting(fact.waits, fact.next_day),
            )
        )
    return lines


def waiting(waits: tuple[str, date] | None, before: date | None) -> str:
    """What was missed, and until when it may still be done."""
    if waits is None or before is None:
        return ""
    name, day = waits
    return " " + _("{name} ({day}) is open: any day before {next}.").format(
        name=name, day=day.strftime("%a"), next=before.strftime("%a")
    )


def changed(fact: PlanChanged) -> list[str]:
    """That a plan was taken, and what is other than before."""
    when = "" if fact.since is None else _(", from {day} on").format(day=day_name(fact.since))
    if fact.changes is None:
        return [_("Your plan{when} ✓").format(when=when)]
    lines = changes(fact.changes, fact.names)
    most = MOST_LINES - 1 - fact.more
    if len(fact.changes) > most:
        more = len(fact.changes) - most + 1
        left = ngettext("…and {n} more change: /plan", "…and {n} more changes: /plan", more).format(n=more)
        lines = [*lines[: most - 1], left]
    return [_("Plan changed{when} ✓").format(when=when), *lines]


def refused(fact: PlanRefused) -> list[str]:
    """What is wrong with a text."""
    return problems(fact.problems, fact.names)


def session(fact: SessionToday, zone: ZoneInfo) -> list[str]:
    """Today's session, a lift a line."""
    named = week_name(fact.week, deload=fact.deload) if fact.style.has_weeks else SHORT[fact.style]()
    head = _("{name} · {week}").format(name=fact.name, week=named)
    early = [] if fact.turned is None else turned(fact.turned)
    early += away(fact.lifts)
    early += [] if fact.too_soon is None else too_soon(fact.too_soon, zone)
    early += recovery(fact.recovering, zone)[:-1][:MOST_NOTES]
    room = MOST_LINES - 1 - LINES_OF_QUESTION * fact.asks - len(fact.lifts)
    early = early[: max(LEAST_NOTES, room)]
    lines = [*(_lift(one) for one in fact.lifts), *early]
    if len(lines) + 1 < MOST_LINES - LINES_OF_QUESTION * fact.asks:
        rest = rests(fact.lifts)
        return [head, *lines[: len(fact.lifts)], *([rest] if rest else []), *early]
    rest = rest_span(fact.lifts)
    return [_("{head} · {rest}").format(head=head, rest=rest) if rest else head, *lines]


LEAST_NOTES = 1
"""So many lines are said beside a long session all the same: what stands first of them."""

LINES_OF_QUESTION = 2
"""A question that is asked beside today's session, with its answers on one line."""


def lift_in_short(one: PlannedSets) -> str:
    """A lift of a session as it stands among others on one line."""
    if one.target is None or not prescribes(one.target):
        return f"{one.exercise.name}: {_sets_alone(one.sets)}"
    if _is_found_out(one.target) and not one.exercise.timed:  # its load is still to be found
        low, high = one.reps
        return f"{one.exercise.name} {one.sets} × {low}" + ("" if low == high else f"-{high}")
    line = target_line(one.target, one.exercise, plain=one.plain, unit_shown=False)
    return f"{one.exercise.name} {one.sets} × {line}"


def _sets_alone(count: int) -> str:
    return ngettext("{n} set", "{n} sets", count).format(n=count)


def _is_found_out(target: Target) -> bool:
    return any(reason.code == "ramp_start" for reason in target.reasons)


def _lift(one: PlannedSets) -> str:
    name = one.exercise.name
    if one.done >= one.sets or one.target is None:
        return f"{name} ✓" if one.done else f"{name}: {one.sets} ×"
    return f"{name}: {_sets(one)}"


def _sets(one: PlannedSets) -> str:
    assert one.target is not None
    left = one.sets - one.done
    if not prescribes(one.target):
        return _sets_alone(left)
    first = found_out(one)
    if first is not None:
        return first
    line = target_line(
        one.target,
        one.exercise,
        plain=one.plain,
        unit_shown=one.target.load is not None,
        up_to_s=None if one.seconds is None else one.seconds[1],
    )
    end = _("; the last one all out") if one.all_out and left > 1 else ""
    return f"{left} × {line}{end or _rest_pause(one)}"


def found_out(one: PlannedSets) -> str | None:
    """What is asked of a lift whose load is still to be found; None where it is known, or nothing is left."""
    left = one.sets - one.done
    if left <= 0 or one.target is None or not _is_found_out(one.target) or one.exercise.timed:
        return None
    low, high = one.reps
    tail = effort(one.rpe, plain=one.plain)
    if one.exercise.bodyweight:
        return _("{sets} × up to {reps}{tail}").format(sets=left, reps=high, tail=tail)
    reps = f"{low}" if low == high else f"{low}-{high}"
    return _("{sets} × {reps}{tail}; start light and find the load").format(sets=left, reps=reps, tail=tail)


def _rest_pause(one: PlannedSets) -> str:
    """What the athlete's own plan asks for beyond the sets."""
    return _("; rest-pause, as your plan says") if one.rest_pause else ""


def then(fact: ThenLift) -> list[str]:
    """What the session goes on with."""
    return [_("Then {name}: {sets}").format(name=fact.lift.exercise.name, sets=_sets(fact.lift))]


def over(fact: SessionOver) -> list[str]:
    """The session is done."""
    done = ngettext("{name} done: {n} set.", "{name} done: {n} sets.", fact.sets).format(
        name=fact.name, n=fact.sets
    )
    if fact.next_session is not None:
        done += " " + _("Next: {session}, {day}.").format(
            session=fact.next_session, day=day_name(fact.next_day)
        )
        done += waiting(fact.waits, fact.next_day)
    return [done, *order(fact.order)]


def block_over(fact: BlockOver, most: int = MOST_LINES) -> list[str]:
    """What a block came to, a big lift a line, and what comes next: in `most` lines, those first that were measured."""
    head = _("{block} done.").format(block=BLOCKS[str(block_of(fact.week))])
    if fact.deload:
        head += " " + _("Now an easy week, then the next twelve.")
    elif fact.lighter:
        head += " " + _("Next week is lighter on purpose: more reps.")
    ordered = sorted(fact.lifts, key=lambda one: one.amrap is None)
    lifts = [_lift_over(one) for one in ordered]
    if len(lifts) > most - 1:
        lifts = [*lifts[: most - 2], _rest_over(ordered[most - 2 :])] if most > 1 else []
    return [head, *lifts]


def _rest_over(lifts: Sequence[LiftOver]) -> str:
    """What comes next of the lifts that have no line of their own."""
    names = [
        f"{one.exercise.name} {target_line(one.target, one.exercise, unit_shown=one.target.load is not None)}"
        if one.target is not None and prescribes(one.target)
        else one.exercise.name
        for one in lifts
    ]
    return _("Next also: {lifts}").format(lifts=", ".join(names))


def _maxima(one: LiftOver) -> str:
    """`max 103 → 108 kg`: estimates, and said only where both are known."""
    if one.before is None or one.after is None:
        return ""
    was, now = round(one.before), round(one.after)
    body = _(" with your body") if one.exercise.share > 0 else ""
    if was == now:
        return _("max about {now} {unit}{body} as before").format(now=now, unit=one.unit, body=body)
    return _("max about {was} → {now} {unit}{body}").format(was=was, now=now, unit=one.unit, body=body)


def _lift_over(one: LiftOver) -> str:
    came = (
        ""
        if one.amrap is None
        else ngettext("{n} rep all out", "{n} reps all out", one.amrap).format(n=one.amrap)
    )
    then = ""
    if one.target is not None and prescribes(one.target):
        then = _("next {target}").format(
            target=target_line(one.target, one.exercise, unit_shown=one.target.load is not None)
        )
    most = _maxima(one)
    said = ", ".join(part for part in (came, most, then) if part)
    return f"{one.exercise.name}: {said}" if said else one.exercise.name
