"""The words of what the coach says by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from bot.replies.lines import day_name, target_line
from bot.replies.planned import found_out, lift_in_short, waiting, week_name
from bot.replies.styles import SHORT
from bot.replies.training import muscle
from bot.replies.weeks import turned
from bot.speech import gettext as _
from bot.speech import ngettext
from core.facts import Digest, RestOver, SessionAhead, SessionClosed, SessionMissed, SessionToday
from core.program.effort_share import percents
from core.program.grammar_names import WEEKDAYS
from core.reminders.settings import Reminding

MOST_LIFTS = 3
"""So many lifts of a session are named in a reminder."""


def _late(*, late: bool) -> str:
    return _(" (late, sorry)") if late else ""


def _clock(at: time) -> str:
    return at.strftime("%H:%M")


def _when(day: date, at: time | None, today: date) -> str:
    """`Today 18:00`, `Tomorrow`, `Mon 2 Nov 2026 18:00`."""
    ahead = (day - today).days
    named = {0: _("Today"), 1: _("Tomorrow")}.get(ahead) or day_name(day)
    return named if at is None else f"{named} {_clock(at)}"


def session_ahead(fact: SessionAhead) -> list[str]:
    """A session that is near, its first lifts with their loads; or that something in it goes all out."""
    s, head = fact.session, _when(fact.day, fact.at, fact.today)
    if fact.eve:
        return _all_out(fact, head)
    named = week_name(s.week, deload=s.deload) if s.style.has_weeks else SHORT[s.style]()
    first = _("{when}: {name} · {week}").format(when=head, name=s.name, week=named)
    ending = _(" and ").join(one.exercise.name for one in s.lifts if one.all_out)
    all_out = [_("All out on the last set: {lifts}.").format(lifts=ending)] if ending else []
    # What was missed was asked about when it was.
    news = [] if s.turned is None else turned(replace(s.turned, missed=()))
    return [first + _late(late=fact.late), _lifts(s), *all_out, *news]


def _lifts(s: SessionToday) -> str:
    """The first lifts on one line."""
    told = [lift_in_short(one) for one in s.lifts[:MOST_LIFTS]]
    more = len(s.lifts) - MOST_LIFTS
    if more > 0:
        told.append(ngettext("{n} more", "{n} more", more).format(n=more))
    return " · ".join(told)


def _all_out(fact: SessionAhead, head: str) -> list[str]:
    ending = [one for one in fact.session.lifts if one.all_out]
    names = _(" and ").join(one.exercise.name for one in ending)
    return [
        _("{when}: {name}, with an all-out last set on {lifts}.").format(
            when=head, name=fact.session.name, lifts=names
        )
        + _late(late=fact.late),
        _("Sleep well, and rest 4 minutes before it. It sets the loads of the next weeks."),
    ]


def session_closed(fact: SessionClosed) -> list[str]:
    """A session that was left open."""
    head = _("{name} closed: {done} of {all} sets.").format(name=fact.name, done=fact.sets, all=fact.of)
    if fact.left:
        names = ", ".join(one.name for one in fact.left)
        head += " " + _("Left out: {names}.").format(names=names)
    counts = _("It counts.") if fact.counts else _little(fact)
    following = (
        ""
        if fact.next_session is None
        else " " + _("Next: {session}, {day}.").format(session=fact.next_session, day=day_name(fact.next_day))
    )
    return [head + _late(late=fact.late), counts + following + waiting(fact.waits, fact.next_day)]


def _little(fact: SessionClosed) -> str:
    """Of a session that does not count: that it comes again, or only that, where it is then named as open."""
    stays = fact.waits is not None and fact.waits[0] == fact.name
    return _("Too little to count.") if stays else _("Too little to count: it comes again.")


def session_missed(fact: SessionMissed) -> list[str]:
    """A session that did not come: asked once, never twice."""
    head = _("{name} of {day} did not come.").format(name=fact.name, day=day_name(fact.day))
    head += _late(late=fact.late)
    if fact.falls_silent:
        return [head, _("I will be quiet until you write again. Your plan waits where you left it.")]
    return [head + " " + _("No harm done. What now?")]


def rest_over(fact: RestOver) -> list[str]:
    """A rest is over."""
    line = None if fact.lift is None else found_out(fact.lift)
    if line is None:
        line = target_line(
            fact.target, fact.exercise, plain=fact.plain, unit_shown=fact.target.load is not None
        )
    return [_("Rest over: {name} {target}").format(name=fact.exercise.name, target=line)]


def digest(fact: Digest) -> list[str]:
    """A week in review."""
    lines = [_week_head(fact)]
    if fact.rose:
        lines.append(_risen(fact))
    lines += _volume(fact)
    if fact.share is not None and fact.share.week is not None:
        shares = "/".join(str(one) for one in percents(fact.share.week))
        lines.append(
            _("Effort on main lifts, second lifts, the rest: {shares} (meant: 50/30/20)").format(
                shares=shares
            )
        )
    if fact.clean is not None:
        lines.append(
            _("Clean and near the effort asked: {good} of {sets} sets").format(
                good=fact.clean[0], sets=fact.clean[1]
            )
        )
    return [*lines, *_next_week(fact)]


def _risen(fact: Digest) -> str:
    """What went up; without a plan it is loads."""
    if fact.planned is None:
        up = ", ".join(f"{one.exercise.name} {one.was:g} → {one.now:g}" for one in fact.rose)
        return _("More load at the same reps ({unit}): {up}").format(unit=fact.unit, up=up)
    up = ", ".join(f"{one.exercise.name} {one.was:.0f} → {one.now:.0f}" for one in fact.rose)
    return _("Up since the block began (estimated max, {unit}): {up}").format(unit=fact.unit, up=up)


def _week_head(fact: Digest) -> str:
    done = (
        ngettext("{n} session", "{n} sessions", fact.sessions).format(n=fact.sessions)
        if fact.planned is None
        else _("{n} of {planned} sessions").format(n=fact.sessions, planned=fact.planned)
    )
    sets = ngettext("{n} work set", "{n} work sets", fact.sets).format(n=fact.sets)
    return _("Your week: {sessions}, {sets}.").format(sessions=done, sets=sets) + _late(late=fact.late)


def _volume(fact: Digest) -> list[str]:
    """Muscles that got little."""
    if fact.volume is None:
        return []
    names = ", ".join(map(muscle, fact.volume.low[:MOST_LIFTS]))
    return [_("Little for: {muscles}").format(muscles=names)] if names else []


def _next_week(fact: Digest) -> list[str]:
    if fact.next_session is None:
        return []
    week = [] if fact.week is None else [week_name(fact.week, deload=fact.deload)]
    day = [] if fact.next_day is None else [day_name(fact.next_day)]
    return [
        _("Next: {what}.").format(what=", ".join([fact.next_session, *day, *week]))
        + waiting(fact.waits, fact.next_day)
    ]


def chosen(now: Reminding, *, knows: bool) -> list[str]:
    """What is said by itself, and how it is changed; `knows` what time it is for them."""
    lead = (
        _("{n} min before a session").format(n=now.lead_min) if now.lead_min else _("when a session begins")
    )
    on = _("Reminders: {lead}.").format(lead=lead) if now.on else _("Reminders: off.")
    quiet = (
        _("No quiet hours.")
        if now.quiet is None
        else _("Quiet from {begins} to {ends}.").format(
            begins=_clock(now.quiet[0]), ends=_clock(now.quiet[1])
        )
    )
    week = (
        _("No weekly review.")
        if now.digest is None
        else _("Weekly review: {day}, 18:00.").format(day=WEEKDAYS[now.digest])
    )
    return [
        f"{on} {quiet}",
        week + " " + (_("Rest timer on.") if now.rest else _("Rest timer off: /rest on")),
        _("Change: /remind {switch} · 90 min · quiet 22-7 · digest friday").format(
            switch="off" if now.on else "on"
        ),
        *([] if knows else [_("I do not know your time yet, so I am quiet until you tell me: /time Berlin")]),
    ]
