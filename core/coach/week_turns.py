"""What the calendar did by itself: a week that is done again or went on, a plan left for long, sessions that were missed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from core.coach import said_once
from core.coach.in_plan import Today, today_of
from core.coach.turn import Turn
from core.facts import WeekTurned
from core.model import Kind
from core.program.after_day import session_of
from core.program.calendar import AGAIN_DAYS, Position
from core.program.coming import missed
from core.store import sets

TURNED: Final = "turned"
"""The key by which it is remembered that it was said."""


async def week_turned(turn: Turn, now: Today, begun: str | None = None) -> list[WeekTurned]:
    """How the last week ended where it ended short, and what was missed since: once, before the next session or when it is
    `begun`."""
    position = now.course.position
    ended = position.ended if now.plan.style.has_weeks and position.deload is None else None
    passed = () if ended is not None and not ended.a_week else missed(position, now.plan.schedule, now.day)
    passed = tuple([one for one in passed if one[0] != begun])
    if ended is None and not passed:
        return []
    said = said_once.said_on(said_once.kept(await turn.preferences()), TURNED)
    since = max(
        [one for one in (_turned_on(position), *(day for _, day in passed)) if one is not None], default=None
    )
    if said is not None and (since is None or said > since):
        return []
    await said_once.remember(turn, TURNED, now.day)
    return [WeekTurned(position.week, ended, passed)]


def _turned_on(position: Position) -> date | None:
    """The day after which the week is new: when something was last done, or when the plan was left for so long that it begins
    anew, whatever was said between."""
    if position.seen is None or position.ended is None or position.ended.a_week:
        return position.seen
    return position.seen + timedelta(days=AGAIN_DAYS - 1)


async def at_first_set(turn: Turn) -> list[WeekTurned]:
    """The same where a session begins with a set, and nobody asked for it."""
    now = await today_of(turn) if turn.private else None
    if now is None:
        return []
    done = await sets.on_day(turn.conn, turn.athlete.id, now.day)
    work = [one for one in done if one.done.kind is not Kind.WARMUP]
    if not work or any(one.message_id != turn.message.id for one in work):
        return []
    session = session_of(now.course, now.plan, now.day, {one.exercise_id for one in work})
    return await week_turned(turn, now, None if session is None else session.name)
