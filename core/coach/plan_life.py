"""What happens to a plan in its course: sessions skipped or moved, bad days, easy weeks, another week, its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from core.coach import journal
from core.coach.courses import EASY_DAYS, HAS_PLAN, MOST_EASY, easy_days
from core.coach.in_plan import Today, today_of
from core.coach.turn import Turn
from core.facts import Fact, PlanShown, Told
from core.model import LoggedSet
from core.program.after_day import is_trained
from core.program.blocks import CYCLE, EXPERIENCED_START
from core.program.calendar import Position, SessionDone, advanced, next_day
from core.program.grammar_names import WEEKDAYS
from core.program.places import session_now
from core.program.printer import written
from core.store import plans, sets, strengths
from core.store.plans import PlanEvent


async def shown(turn: Turn, now: Today, *, whole: bool = True) -> PlanShown:
    """The plan, or only where the athlete stands in it."""
    position = await after_today(turn, now)
    session = session_now(replace(now.course, position=position), now.plan, now.day)
    return PlanShown(
        written(now.newest, await turn.names()) if whole else "",
        position.week,
        position.deload is not None,
        None if session is None else session.name,
        next_day(position, now.plan.schedule, now.day),
        now.plan.style,
        None if now.newest is now.plan else now.programme.versions[-1].since,
    )


async def after_today(turn: Turn, now: Today) -> Position:
    """Where somebody stands, today's session counted where it is done."""
    session = session_now(now.course, now.plan, now.day)
    done: dict[str, list[LoggedSet]] = {}
    for one in await sets.on_day(turn.conn, turn.athlete.id, now.day):
        done.setdefault(one.exercise_id, []).append(one)
    is_done = session is not None and is_trained(session, done)
    return advanced(now.course.position, SessionDone(now.day)) if is_done else now.course.position


async def happened(turn: Turn, what: str, data: Any, day: date) -> str:
    """Something done with the plan on a day is kept; its id."""
    made = PlanEvent(turn.id(), turn.athlete.id, day, what, data, turn.message.id)
    await plans.happened(turn.conn, made)
    turn.programme = ()
    return made.id


async def event(turn: Turn, what: str, data: Any, *, later: bool = False) -> None:
    """Something done with the plan today; `/undo` takes it back. `later`: after today's session, which is done."""
    day = await turn.training_day() + timedelta(days=later)
    made = await happened(turn, what, data, day)
    await journal.record(
        turn, "plan", {"versions": [], "events": [made], "had": True, "day": day.isoformat()}
    )


async def ended(turn: Turn, now: Today | None) -> list[Fact]:
    """/plan off: there is none from today on."""
    if now is None:
        return [Told("plan_none")]
    await event(turn, "end", {})
    await turn.remember(HAS_PLAN, None)
    return [Told("plan_ended")]


async def started(turn: Turn, now: Today, typed: str | None) -> list[Fact]:
    """/plan start 3: the week to go on with."""
    week = EXPERIENCED_START if typed is None else int(typed)
    if not 1 <= week <= CYCLE:
        return [Told("plan_week_bounds", {"most": CYCLE})]
    await event(turn, "week", {"week": week})
    return await after_event(turn)


async def after_event(turn: Turn) -> list[Fact]:
    after = await today_of(turn)
    return [Told("plan_none")] if after is None else [await shown(turn, after, whole=False)]


async def skip(turn: Turn, words: str) -> list[Fact]:
    """/skip: the next session is left out."""
    now = await today_of(turn)
    if now is None:
        return [Told("plan_none")]
    position = await after_today(turn, now)
    is_over = position != now.course.position
    session = session_now(replace(now.course, position=position), now.plan, now.day)
    if session is None:
        return [Told("plan_none")]
    await event(turn, "skip", {}, later=is_over)
    said: list[Fact] = [Told("plan_skipped", {"name": session.name})]
    return said if is_over else [*said, *await after_event(turn)]


async def move(turn: Turn, words: str) -> list[Fact]:
    """/move tomorrow: the next session is done on another day; none is added."""
    now = await today_of(turn)
    session = None if now is None else session_now(now.course, now.plan, now.day)
    if now is None or session is None:
        return [Told("plan_none")]
    to = _day_named(words, now.day)
    if to is None:
        return [Told("plan_move_usage", {"typed": words.strip()})]
    await event(turn, "move", {"to": to.isoformat()})
    return [Told("plan_moved", {"name": session.name, "day": to})]


def _day_named(words: str, today: date) -> date | None:
    """A day from today on, at most two weeks away: `today`, `tomorrow`, a weekday, a date."""
    said = words.strip().lower().rstrip(".!")
    if said in ("today", "tomorrow"):
        return today + timedelta(days=said == "tomorrow")
    named = [at for at, day in enumerate(WEEKDAYS) if len(said) >= 2 and day.lower().startswith(said)]
    if len(named) == 1:
        return today + timedelta(days=(named[0] - today.weekday()) % 7 or 7)
    try:
        found = date.fromisoformat(said)
    except ValueError:
        return None
    return found if today <= found <= today + timedelta(days=MOST_AHEAD) else None


MOST_AHEAD: Final = 14
"""A session is moved by two weeks at the most (own choice)."""


async def easy(turn: Turn, words: str) -> list[Fact]:
    """/easy: a bad day: a tenth less, and nothing of it counts against what is known."""
    today = await turn.training_day()
    days = easy_days(await turn.preferences())
    is_on = today not in days
    kept = sorted(days | {today} if is_on else days - {today})[-MOST_EASY:]
    await turn.remember(EASY_DAYS, ",".join(day.isoformat() for day in kept) or None)
    await journal.record(turn, "easy", {"days": sorted(day.isoformat() for day in days)})
    done = len(await sets.on_day(turn.conn, turn.athlete.id, today))
    return [Told("easy_on" if is_on else "easy_off", {"done": done})]


async def undo_easy(turn: Turn, before: dict[str, Any]) -> list[Fact]:
    """/undo of a bad day."""
    days = {date.fromisoformat(day) for day in before["days"]}
    changed = days ^ easy_days(await turn.preferences())
    if changed:
        await strengths.unlearn(turn.conn, turn.athlete.id, min(changed))
    turn.programme = ()
    await turn.remember(EASY_DAYS, ",".join(before["days"]) or None)
    return [Told("undone_easy")]


async def deload(turn: Turn, words: str) -> list[Fact]:
    """/deload: a week of half the sets, easy."""
    now = await today_of(turn)
    if now is None:
        return [Told("plan_none")]
    if not now.plan.style.has_weeks:
        return [Told("no_deload_in_style")]
    declines = words.strip().lower() in {"no", "off", "end", "stop"}
    today = await turn.training_day()
    later = not declines and bool(await sets.on_day(turn.conn, turn.athlete.id, today))
    await event(turn, "no_deload" if declines else "deload", {}, later=later)
    return [Told("deload_later")] if later else await after_event(turn)
