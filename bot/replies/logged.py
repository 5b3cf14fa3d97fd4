"""The words about sets that were logged, changed or taken out: how each was read, and what comes next."""

from __future__ import annotations

from bot.replies.care import pain_free
from bot.replies.lines import day_name, logged_line, run_text, shown_in, target_line, types_no_effort, unit_of
from bot.replies.reasons import sentence, shown
from bot.replies.rests import rest_time
from bot.speech import gettext as _
from core.facts import Corrected, Gone, Noted
from core.model import Exercise, Target
from core.targets import prescribes

REASON_LINES = 2


def noted(fact: Noted, *, room: bool, alone: bool, asks: bool) -> list[str]:
    """Sets of one lift; `alone`: no other lift stands beside it; `asks`: it may end in a question."""
    day = f" ({day_name(fact.day)})" if fact.day is not None else ""
    plain = types_no_effort(fact.sets)
    read = logged_line(fact.sets, room=room)
    head = f"{fact.exercise.name} {read} ✓{day}"
    rest = "" if fact.rest_s is None else _("; rest {time}").format(time=rest_time(fact.rest_s))
    lines = [head + _next(fact.target, fact.exercise, plain=plain, unit=unit_of(fact.sets)) + rest]
    lines += _was(fact, read, plain=plain, room=room)
    lines += [text for reason in fact.why if (text := sentence(reason))]
    if fact.target is not None:
        most = REASON_LINES if alone else 1
        lines += shown(fact.target, most, room=room, plain=plain, asks=asks)
    return lines if alone else lines[:2]


def _was(fact: Noted, read: str, *, plain: bool, room: bool) -> list[str]:
    """What an edit or an undo changed: the sets from before, and what came next then."""
    was = logged_line(fact.was, room=room) if fact.was else ""
    before = _target_before(fact.before, fact.target, fact.exercise, plain=plain)
    if was and was != read:
        return [
            _("Was: {was}, next {before}.").format(was=was, before=before)
            if before
            else _("Was: {was}.").format(was=was)
        ]
    return _before(before)


def _before(target: str) -> list[str]:
    return [_("Target before: {target}.").format(target=target)] if target else []


def _target_before(before: Target | None, now: Target | None, exercise: Exercise, *, plain: bool) -> str:
    """What came next until now, where that was something else as people read it."""
    if before is None or not prescribes(before):
        return ""
    was = target_line(before, exercise, plain=plain)
    same = now is not None and prescribes(now) and was == target_line(now, exercise, plain=plain)
    return "" if same else was


def _next(target: Target | None, exercise: Exercise, *, plain: bool, unit: str | None = None) -> str:
    if target is None or not prescribes(target):
        return ""
    text = target_line(
        target, exercise, plain=plain, unit_shown=target.unit != unit and target.load is not None
    )
    return (_(" next: {target}") if target.when == "set" else _(" done; next time: {target}")).format(
        target=text
    )


def corrected(fact: Corrected, *, room: bool) -> list[str]:
    """One set that was changed: as it is, as it was, what comes next."""
    plain = fact.now.rpe is None or fact.now.failure is not None
    now, was = (shown_in(entry, room=room) for entry in (fact.now, fact.was))
    head = f"{fact.exercise.name} {run_text(now)} ✓" + _next(
        fact.target, fact.exercise, plain=plain, unit=fact.now.unit
    )
    lines = [head]
    before = _target_before(fact.before, fact.target, fact.exercise, plain=plain)
    if shown_in(now, room=True) != shown_in(was, room=True):
        line = _("Was: {was}, next {before}.") if before else _("Was: {was}.")
        lines.append(line.format(was=run_text(was), before=before))
    else:  # what is said of a pain need not be said twice
        lines += _before(before)
    if fact.target is not None:
        lines += shown(fact.target, 1, room=room, plain=plain, asks=True)
    return lines


def gone(fact: Gone, *, room: bool) -> list[str]:
    """Sets that left the log, and what comes next without them."""
    how = {"deleted": _("deleted"), "undone": _("undone"), "edited": _("taken out")}[fact.how]
    plain = types_no_effort(fact.sets)
    head = f"{fact.exercise.name} {logged_line(fact.sets, room=room)} {how} ✓"
    lines = [head + _next(fact.target, fact.exercise, plain=plain, unit=unit_of(fact.sets))]
    if fact.target is not None and prescribes(fact.target) and not room:
        lines[0] += pain_free(fact.target)
    before = _target_before(fact.before, fact.target, fact.exercise, plain=plain)
    return [*lines, *_before(before)]
