"""What happens to a plan in its course: sessions skipped or moved, bad days, easy weeks, another week, its end."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from core.coach import journal
from core.coach.choosing import one_line
from core.coach.courses import EASY_DAYS, EASY_KEPT, HAS_PLAN, REST, easy_days
from core.coach.in_plan import Today, today_of
from core.coach.turn import Turn
from core.coach.when_said import When, when
from core.exercises import fold
from core.facts import Fact, PlanShown, Told
from core.model import Exercise, Kind, LoggedSet
from core.program.after_day import is_trained, over, session_of
from core.program.blocks import CYCLE, EXPERIENCED_START
from core.program.calendar import WEEK_DAYS
from core.program.coming import Coming, coming, of_due, skipped
from core.program.course import Course
from core.program.hit_rest import EXERCISE_HOURS, too_soon
from core.program.places import places, session_now
from core.program.printer import written
from core.program.values import Plan, PlannedSession, Style
from core.store import plans, sets, strengths
from core.store.plans import PlanEvent


class Standing(NamedTuple):
    """Where somebody stands who looks ahead: on the day itself, or on the next where its session is over. The plan then."""

    course: Course
    plan: Plan
    day: date

    @property
    def coming(self) -> Coming | None:
        """The session that is next, and its day."""
        return coming(self.course.position, self.plan.schedule, self.day)


async def shown(turn: Turn, now: Today, *, whole: bool = True) -> PlanShown:
    """The plan, or only where the athlete stands in it."""
    then = await standing(turn, now)
    position, found = then.course.position, await next_up(turn, then)
    return PlanShown(
        written(now.newest, await turn.names()) if whole else "",
        position.week,
        position.deload is not None,
        None if found is None else found.name,
        now.day if found is None else found.day,
        now.plan.style,
        None if now.newest is now.plan else now.programme.versions[-1].since,
        None if found is None else found.waits,
    )


async def standing(turn: Turn, now: Today) -> Standing:
    """Where somebody stands, today's session counted where it is done, and what is kept for the days after it."""
    done = await done_today(turn, now)
    session = session_of(now.course, now.plan, now.day, done)
    if session is not None and is_trained(session, done):
        return standing_after(now, over(now.course, now.plan, now.day, session))
    if any(one.day > now.day for one in now.programme.events):
        return standing_after(now, now.course)
    return Standing(now.course, now.plan, now.day)


def standing_after(now: Today, course: Course) -> Standing:
    """Where somebody stands when today is over that leaves them at `course`."""
    tomorrow = now.day + timedelta(days=1)
    plan, then = now.programme.plan_on(tomorrow), now.programme.course_on(course, now.day, tomorrow)
    if plan is None or then is None:
        return Standing(course, now.plan, now.day)
    return Standing(then, plan, tomorrow)


async def done_today(turn: Turn, now: Today) -> set[str]:
    """The lifts that were done today, warm-ups apart."""
    done = await sets.on_day(turn.conn, turn.athlete.id, now.day)
    return {one.exercise_id for one in done if one.done.kind is not Kind.WARMUP}


async def next_up(turn: Turn, then: Standing) -> Coming | None:
    """The session that is next; in HIT, where no weekdays are named, not before its lifts are ready."""
    found = then.coming
    session = None if found is None else then.plan.session(found.name)
    if found is None or session is None or then.plan.style is not Style.HIT or then.plan.schedule.days:
        return found
    planned = [await turn.exercise(lift.exercise) for lift in session.lifts]
    soon = too_soon(planned, await of_last_days(turn), turn.now)
    ready = found.day if soon is None else turn.local_day(soon.until - NEARLY)
    return found._replace(day=max(found.day, ready))


async def of_last_days(turn: Turn) -> list[tuple[Exercise, LoggedSet]]:
    """The sets of as many days as recovery looks back."""
    today = await turn.training_day()
    since = today - timedelta(days=math.ceil(EXERCISE_HOURS / 24) + 1)
    found, _ = await sets.of_days(turn.conn, turn.athlete.id, since, today + timedelta(days=1), MOST_SETS)
    return [(await turn.exercise(one.exercise_id), one) for _, each in found for one in each]


MOST_SETS: Final = 500
NEARLY: Final = timedelta(hours=6)
"""What is ready so soon is not held against a session (own choice): days begin at different hours."""


async def happened(turn: Turn, what: str, data: Any, day: date) -> str:
    """Something done with the plan on a day is kept; its id."""
    made = PlanEvent(turn.id(), turn.athlete.id, day, what, data, turn.message.id)
    await plans.happened(turn.conn, made)
    turn.programme, turn.rearms = (), True
    return made.id


async def event(turn: Turn, what: str, data: Any, day: date | None = None) -> None:
    """Something done with the plan on a day, today if none is given; `/undo` takes it back."""
    await events(turn, [(what, data, await turn.training_day() if day is None else day)])


async def events(turn: Turn, what: Sequence[tuple[str, Any, date]]) -> None:
    """Things done with the plan, with what they need and their days; one `/undo` takes them back."""
    made = [await happened(turn, *one) for one in what]
    first = min(day for _, _, day in what)
    await journal.record(
        turn, "plan", {"versions": [], "events": made, "had": True, "day": first.isoformat()}
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
    if not now.plan.style.has_weeks:
        return [Told("no_weeks_in_style")]
    week = EXPERIENCED_START if typed is None else int(typed)
    if not 1 <= week <= CYCLE:
        return [Told("plan_week_bounds", {"most": CYCLE})]
    await event(turn, "week", {"week": week})
    return await after_event(turn)


async def after_event(turn: Turn) -> list[Fact]:
    after = await today_of(turn)
    return [Told("plan_none")] if after is None else [await shown(turn, after, whole=False)]


async def skip(turn: Turn, words: str) -> list[Fact]:
    """/skip: the next session is left out, or the rest of the one that was begun."""
    now = await today_of(turn)
    if now is None:
        return [Told("plan_none")]
    begun = await _begun_today(turn, now)
    if begun is not None:
        return await _skip_rest(turn, now, begun)
    then = await standing(turn, now)
    session = session_now(then.course, then.plan, then.day)
    if session is None:
        return [Told("plan_none")]
    unread = await _not_next(turn, words, now.day, then)
    if unread is not None:
        return [unread]
    await event(turn, "skip", _left_out(then), then.day)
    return [Told("plan_skipped", {"name": session.name}), *await after_event(turn)]


async def _not_next(turn: Turn, words: str, today: date, then: Standing) -> Told | None:
    """What is wrong with words behind `/skip`, where they mean neither the next session nor its day."""
    found, said = await next_up(turn, then), when(words, today)
    if found is None:
        return None
    name, day = (found.name, found.day) if found.waits is None else (found.waits[0], then.day)
    if not words.strip() or fold(words) in (fold(name), "next"):
        return None
    if said.day == day and not said.unread:
        return None
    facts = {"command": "skip", "typed": one_line(words), "name": name, "day": day}
    return Told("word_unread", facts)


def _left_out(then: Standing) -> dict[str, Any]:
    """What is kept of the session that is left out."""
    of = skipped(then.course.position, then.plan.schedule, then.day)
    return {"of": [of.on.isoformat(), of.since.isoformat()]}


async def _begun_today(turn: Turn, now: Today) -> PlannedSession | None:
    """Today's session where it was begun and not done to its end."""
    if now.programme.is_rest_left(now.day):
        return None
    done = await sets.on_day(turn.conn, turn.athlete.id, now.day)
    ids = [one.exercise_id for one in done if one.done.kind is not Kind.WARMUP]
    session = session_of(now.course, now.plan, now.day, ids)
    if session is None:
        return None
    ours = places(now.course, now.plan, session, now.day, now.programme.exercises)
    work = [(ids.count(place.exercise.id), place.asked.sets) for place in ours]
    is_begun, is_open = any(have for have, _ in work), any(have < wanted for have, wanted in work)
    return session if is_begun and is_open else None


async def _skip_rest(turn: Turn, now: Today, session: PlannedSession) -> list[Fact]:
    """What is left of today's session is left out; it counts as done where enough of it was."""
    left: list[tuple[str, Any, date]] = [(REST, {}, now.day)]
    if not is_trained(session, await done_today(turn, now)):
        here = Standing(now.course, now.plan, now.day)
        left.append(("skip", _left_out(here), now.day + timedelta(days=1)))
    await events(turn, left)
    return [Told("plan_rest_skipped", {"name": session.name}), *await after_event(turn)]


async def move(turn: Turn, words: str) -> list[Fact]:
    """/move tomorrow: the next session is done on another day; none is added."""
    now = await today_of(turn)
    then = None if now is None else await standing(turn, now)
    session = None if then is None else session_now(then.course, then.plan, then.day)
    if now is None or then is None or session is None:
        return [Told("plan_none")]
    said = when(words, now.day)
    to = said.day
    if to is None or said.unread:
        return [Told("word_unread", {"command": "move", "typed": said.unread})]
    if not now.day <= to <= now.day + timedelta(days=MOST_AHEAD):
        return [Told("plan_move_range", {"day": to, "days": MOST_AHEAD})]
    if to < then.day:
        return [Told("plan_move_trained")]
    ahead = await next_up(turn, then)
    is_there = ahead is not None and ahead.waits is None and (ahead.name, ahead.day) == (session.name, to)
    if is_there and said.at is None:
        return [Told("plan_on_that_day", {"name": session.name, "day": to})]
    of = of_due(then.course.position, then.plan.schedule, then.day)
    on = None if of is None else of.on.isoformat()
    await event(turn, "move", {"to": to.isoformat(), "on": on}, then.day)
    schedule = then.plan.schedule
    planned = schedule.at if of is None else schedule.at_on(of.on.weekday())
    other = {} if said.at in (None, planned) else {"at": said.at, "planned": planned}
    return [Told("plan_moved", {"name": session.name, "day": to, **other})]


MOST_AHEAD: Final = 14
"""A session is moved by two weeks at the most (own choice)."""


async def easy(turn: Turn, words: str) -> list[Fact]:
    """/easy: a bad day: a tenth less, and nothing of it counts against what is known. `/easy tomorrow` says so before."""
    today = await turn.training_day()
    said = When(today) if not words.strip() else when(words, today)
    if said.day is None or said.unread or said.at or not 0 <= (said.day - today).days <= 1:
        return [Told("word_unread", {"command": "easy", "typed": one_line(words)})]
    if said.day != today:
        return await _easy_on(turn, said.day)
    days = easy_days(await turn.preferences())
    is_on = today not in days
    kept = _kept(days | {today} if is_on else days - {today}, today)
    await turn.remember(EASY_DAYS, ",".join(day.isoformat() for day in kept) or None)
    await journal.record(turn, "easy", {"days": sorted(day.isoformat() for day in days)})
    done = len(await sets.on_day(turn.conn, turn.athlete.id, today))
    return [Told("easy_on" if is_on else "easy_off", {"done": done})]


async def _easy_on(turn: Turn, day: date) -> list[Fact]:
    """A bad day that is to come."""
    days = easy_days(await turn.preferences())
    kept = _kept(days | {day}, day)
    await turn.remember(EASY_DAYS, ",".join(one.isoformat() for one in kept))
    await journal.record(turn, "easy", {"days": sorted(one.isoformat() for one in days)})
    return [Told("easy_ahead", {"day": day})]


def _kept(days: Iterable[date], today: date) -> list[date]:
    """The bad days that targets still look back on."""
    return sorted(day for day in days if today - day <= EASY_KEPT)


async def undo_easy(turn: Turn, before: dict[str, Any]) -> list[Fact]:
    """/undo of a bad day."""
    days = {date.fromisoformat(day) for day in before["days"]}
    changed = days ^ easy_days(await turn.preferences())
    if changed:
        await strengths.unlearn(turn.conn, turn.athlete.id, min(changed))
    turn.programme = ()
    await turn.remember(EASY_DAYS, ",".join(before["days"]) or None)
    return [Told("undone_easy")]


DECLINED: Final = frozenset({"no", "off", "end", "stop", "no thanks"})


async def deload(turn: Turn, words: str) -> list[Fact]:
    """/deload: a week of half the sets, easy."""
    now = await today_of(turn)
    if now is None:
        return [Told("plan_none")]
    if not now.plan.style.has_weeks:
        return [Told("no_deload_in_style")]
    declines = one_line(words).lower().rstrip(".!") in DECLINED
    said = When(now.day) if declines or not words.strip() else when(words, now.day)
    if said.day is None or said.unread or said.at or said.day < now.day:
        return [Told("word_unread", {"command": "deload", "typed": said.unread or one_line(words)})]
    runs = (await standing(turn, now)).course.position.deload
    if runs is not None and not declines:
        return [Told("deload_runs", {"until": runs + timedelta(days=WEEK_DAYS - 1)})]
    later = not declines and bool(await sets.on_day(turn.conn, turn.athlete.id, now.day))
    day = max(said.day, now.day + timedelta(days=later))
    if (day - now.day).days > MOST_AHEAD:
        return [Told("plan_move_range", {"day": day, "days": MOST_AHEAD})]
    await event(turn, "no_deload" if declines else "deload", {}, day)
    if day > now.day + timedelta(days=1):
        return [Told("deload_from", {"day": day})]
    return [Told("deload_later")] if day > now.day else await after_event(turn)
