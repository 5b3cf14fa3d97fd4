"""What the calendar did by itself: a week that is done again or went on, a plan left for long, sessions that were missed, a block
or an easy week that begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from core.coach import said_once
from core.coach.in_plan import Today, today_of
from core.coach.turn import Turn
from core.facts import WeekTurned
from core.model import Kind
from core.program.after_day import session_of
from core.program.blocks import begins_block
from core.program.calendar import AGAIN_DAYS, Position
from core.program.coming import missed
from core.store import sets

TURNED: Final = "turned"
"""The key by which it is remembered that it was said."""

BEGINS: Final = "begins"
"""The same of a block or an easy week that begins."""


async def week_turned(turn: Turn, now: Today, begun: str | None = None) -> list[WeekTurned]:
    """How the last week ended where it ended short, what was missed since, and that a block or an easy week begins: once, before
    the next session or when it is `begun`."""
    short, begins = await _ended_short(turn, now, begun), await _begins(turn, now)
    if not begins:
        return short
    position = now.course.position
    said = short[0] if short else WeekTurned(position.week, None)
    return [replace(said, begins=True, deload=position.deload is not None)]


async def _begins(turn: Turn, now: Today) -> bool:
    """Whether the next session is the first of a block or an easy week, and that was not said. None is announced to who is new
    to the plan: they have just been told, nor where the week is done again, or Foundation after very long."""
    at = now.course.position
    again = at.deload is None and at.ended is not None and at.ended.week == at.week
    anew = at.ended is not None and not at.ended.a_week
    if not now.plan.style.has_weeks or at.last is None or at.done or at.skipped or again or anew:
        return False
    if at.deload is None and not begins_block(at.week):
        return False
    of = f"{at.cycle}.{at.week}" if at.deload is None else at.deload.isoformat()
    known = said_once.kept(await turn.preferences())
    if any(one.key == BEGINS and one.block == of for one in known):
        return False
    await said_once.remember(turn, BEGINS, now.day, of)
    return True


async def _ended_short(turn: Turn, now: Today, begun: str | None) -> list[WeekTurned]:
    position = now.course.position
    ended = position.ended if now.plan.style.has_weeks and position.deload is None else None
    passed = () if ended is not None and not ended.a_week else missed(position, now.plan.schedule, now.day)
    passed = tuple([one for one in passed if one[0] != begun])
    known = said_once.kept(await turn.preferences())
    of = "" if ended is None else f"{position.cycle}.{position.turn}.{ended.week}.{ended.a_week}"
    if any(one.key == TURNED and one.block == of for one in known if of):
        ended = None  # whatever was moved since
    said = said_once.said_on(known, TURNED)
    days = [day for _, day in passed]
    since = max([one for one in (_turned_on(position), *days) if one is not None], default=now.day)
    if said is not None and said > since:
        passed = ()
    if ended is None and not passed:
        return []
    await said_once.remember(turn, TURNED, now.day, of)
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
