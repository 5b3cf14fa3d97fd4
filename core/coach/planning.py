"""Plans in the chat: made from three questions or from a text, shown, changed, started later, left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from core.coach import asking, journal
from core.coach.courses import EASY_DAYS, HAS_PLAN, MOST_EASY, easy_days
from core.coach.in_plan import Today, plan_today
from core.coach.learned import before_today
from core.coach.turn import Turn
from core.exercises import Catalogue
from core.facts import Fact, PlanChanged, PlanRefused, PlanShown, Told
from core.model import LoggedSet
from core.program.after_day import is_trained
from core.program.blocks import CYCLE, EXPERIENCED_START
from core.program.calendar import Position, SessionDone, advanced, next_day
from core.program.difference import difference
from core.program.grammar import read_plan
from core.program.grammar_names import WEEKDAYS
from core.program.places import session_now
from core.program.printer import written
from core.program.templates import EQUIPMENT, EXPERIENCE, LEAST_DAYS, MOST_DAYS, template
from core.program.values import Plan, PlannedSession, Style
from core.store import plans, questions, sets, strengths
from core.store.plans import PlanEvent, PlanVersion
from core.store.questions import Question

QUESTIONS: Final = ("plan_days", "plan_equipment", "plan_experience")
"""What is asked for a first plan, in this order."""

_START = re.compile(r"start(?:\s+(?:at\s+)?(?:week\s*)?(\d{1,2}))?$", re.IGNORECASE)
_DAYS = re.compile(r"([2-6]) ?(?:x|days?|times)?(?: ?(?:a|per|/|each) ?week| weekly)?")
_END = {"off", "stop", "end", "delete", "none"}
_NEW = {"new", "another", "make", "build"}


async def plan(turn: Turn, words: str) -> list[Fact]:
    """/plan [text | new | edit | start 3 | off]: without words the plan, or the way to one."""
    said = words.strip()
    for question in await turn.open_questions():
        if question.code in QUESTIONS:  # begun anew
            await questions.close(turn.conn, question.id, turn.now)
    now = await today_of(turn)
    start = _START.match(" ".join(said.split()))
    if not said and now is not None:
        return [await _shown(turn, now)]
    if said.lower() in _END:
        return await _ended(turn, now)
    if start is not None and now is not None:
        return await _started(turn, now, start.group(1))
    if said.lower() == "edit" and now is not None:
        return [Told("plan_edit", {"text": written(now.plan, await turn.names())})]
    days = _DAYS.fullmatch(" ".join(said.lower().split()))
    if days is not None:
        return [await _asked(turn, QUESTIONS[1], {QUESTIONS[0]: int(days.group(1))})]
    if not said or said.lower() in _NEW or start is not None or said.lower() == "edit":
        return [await asking.put(turn, QUESTIONS[0], "", ())]
    return await assigned(turn, said)


async def today_of(turn: Turn) -> Today | None:
    """The athlete's plan today; None where they have none."""
    if HAS_PLAN not in await turn.preferences():
        return None
    day = await turn.training_day()
    before = await before_today(turn.conn, turn.athlete.id, turn.exercise, (), day)
    if before is None:
        turn.behind = day
        return None
    return await plan_today(turn, before, day)


async def _shown(turn: Turn, now: Today, *, whole: bool = True) -> PlanShown:
    """The plan, or only where the athlete stands in it."""
    position = await _after_today(turn, now)
    session = session_now(replace(now.course, position=position), now.plan, now.day)
    return PlanShown(
        written(now.plan, await turn.names()) if whole else "",
        position.week,
        position.deload is not None,
        None if session is None else session.name,
        next_day(position, now.plan.schedule, now.day),
        now.plan.style is Style.HIT,
    )


async def _after_today(turn: Turn, now: Today) -> Position:
    """Where somebody stands, today's session counted where it is done."""
    session = session_now(now.course, now.plan, now.day)
    done: dict[str, list[LoggedSet]] = {}
    for one in await sets.on_day(turn.conn, turn.athlete.id, now.day):
        done.setdefault(one.exercise_id, []).append(one)
    is_done = session is not None and is_trained(session, done)
    return advanced(now.course.position, SessionDone(now.day)) if is_done else now.course.position


# Three questions -------------------------------------------------------------------------------------------------


async def answered(turn: Turn, question: Question, text: str) -> list[Fact] | None:
    """The next question, or the plan; None where the text answers nothing."""
    said = dict(question.payload.get("said", {}))
    found = _answer(question.code, " ".join(text.lower().split()))
    if found is None:
        return None
    await questions.answer(turn.conn, question.id, str(found), turn.now)
    said[question.code] = found
    place = QUESTIONS.index(question.code) + 1
    if place < len(QUESTIONS):
        return [await _asked(turn, QUESTIONS[place], said)]
    made = template(int(said["plan_days"]), said["plan_equipment"], said["plan_experience"])
    week = EXPERIENCED_START if said["plan_experience"] == "experienced" else None
    return await _assign(turn, made, week)


CHOICES: Final = {
    "plan_equipment": (
        asking.packed("gym", (), word="plan_gym"),
        asking.packed("dumbbells", (), word="plan_dumbbells"),
        asking.packed("barbell", (), word="plan_barbell"),
        asking.packed("machines", (), word="plan_machines"),
        asking.packed("bodyweight", (), word="plan_bodyweight"),
    ),
    "plan_experience": (
        asking.packed("new", (), word="plan_new"),
        asking.packed("some", (), word="plan_some"),
        asking.packed("experienced", (), word="plan_experienced"),
    ),
}
"""What can be answered, in the order of `EQUIPMENT` and `EXPERIENCE`."""


async def _asked(turn: Turn, code: str, said: dict[str, Any]) -> Fact:
    """The next question, with what was said to those before it."""
    return await asking.put(turn, code, "", CHOICES[code], said=said)


def _answer(code: str, text: str) -> Any | None:
    """What an answer means: a number of days, or one of the kinds by its number or by a word of its name."""
    number = re.match(r"(\d)\b", text)
    if code == "plan_days":
        return int(number.group(1)) if number and LEAST_DAYS <= int(number.group(1)) <= MOST_DAYS else None
    kinds = EQUIPMENT if code == "plan_equipment" else EXPERIENCE
    assert [one["label"] for one in CHOICES[code]] == list(kinds)
    if number is not None:
        place = int(number.group(1)) - 1
        return kinds[place] if 0 <= place < len(kinds) else None
    if not text:
        return None
    return next(
        (one for one in kinds if text in one.replace("_", " ") or one.replace("_", " ") in text), None
    )


# A text ----------------------------------------------------------------------------------------------------------


async def assigned(turn: Turn, text: str) -> list[Fact]:
    """A plan that was typed or pasted: read and taken, or what is wrong with it."""
    read = read_plan(text, await turn.names())
    if isinstance(read, Plan):
        return await _assign(turn, read, None)
    return [PlanRefused(tuple(read), await turn.names())]


async def _assign(turn: Turn, new: Plan, week: int | None) -> list[Fact]:
    """The plan counts from today on, or from tomorrow where today has begun. What changes is said."""
    now = await today_of(turn)
    if now is not None and now.plan == new:
        return [Told("plan_same")]
    today = await turn.training_day()
    begun = bool(await sets.on_day(turn.conn, turn.athlete.id, today))
    since = today + timedelta(days=1) if begun and now is not None else today
    made, version = plans.Plan(turn.id(), turn.athlete.id, "plan", turn.now), turn.id()
    text = written(new, await turn.names())
    await plans.add(turn.conn, made)
    await plans.add_version(
        turn.conn,
        PlanVersion(version, made.id, turn.athlete.id, turn.author_id, 1, text, since, turn.now),
    )
    events = (
        [await _happened(turn, "week", {"week": week}, today)] if week is not None and now is None else []
    )
    await journal.record(
        turn,
        "plan",
        {
            "versions": [version],
            "events": events,
            "had": HAS_PLAN in await turn.preferences(),
            "day": since.isoformat(),
        },
    )
    await turn.remember(HAS_PLAN, version)
    turn.programme = ()
    changes = None if now is None else tuple(difference(now.plan, new))
    after = await today_of(turn)
    shown = [] if after is None else [await _shown(turn, after, whole=now is None)]
    when = since if since != today else None
    said = _said_once(now, new)
    if now is not None:  # what changes is enough to read; /plan shows the whole
        shown = []
    return [PlanChanged(changes, when, HIT_LINES if said else 0, await turn.names()), *shown, *said]


HIT_LINES = 3
"""What is said where a style begins."""


def _said_once(now: Today | None, new: Plan) -> list[Fact]:
    """What is to be known of a style when it begins, and what of it is not there yet."""
    styles = {new.style, *(lift.style for each in new.sessions for lift in each.lifts)}
    before = None if now is None else now.plan.style
    said: list[Fact] = []
    if new.style is Style.HIT and before is not Style.HIT:
        said.append(Told("hit_begins"))
    if styles & {Style.FAILURE, Style.RESERVE}:
        said.append(Told("plan_style_later"))
    return said


async def _happened(turn: Turn, what: str, data: Any, day: date) -> str:
    event = PlanEvent(turn.id(), turn.athlete.id, day, what, data, turn.message.id)
    await plans.happened(turn.conn, event)
    turn.programme = ()
    return event.id


async def _event(turn: Turn, what: str, data: Any, *, later: bool = False) -> None:
    """Something done with the plan today; `/undo` takes it back. `later`: after today's session, which is done."""
    day = await turn.training_day() + timedelta(days=later)
    event = await _happened(turn, what, data, day)
    await journal.record(
        turn, "plan", {"versions": [], "events": [event], "had": True, "day": day.isoformat()}
    )


# Other things to do with it --------------------------------------------------------------------------------------


async def _ended(turn: Turn, now: Today | None) -> list[Fact]:
    if now is None:
        return [Told("plan_none")]
    await _event(turn, "end", {})
    await turn.remember(HAS_PLAN, None)
    return [Told("plan_ended")]


async def _started(turn: Turn, now: Today, typed: str | None) -> list[Fact]:
    week = EXPERIENCED_START if typed is None else int(typed)
    if not 1 <= week <= CYCLE:
        return [Told("plan_week_bounds", {"most": CYCLE})]
    await _event(turn, "week", {"week": week})
    return await _after_event(turn)


async def _after_event(turn: Turn) -> list[Fact]:
    after = await today_of(turn)
    return [Told("plan_none")] if after is None else [await _shown(turn, after, whole=False)]


async def skip(turn: Turn, words: str) -> list[Fact]:
    """/skip: the next session is left out."""
    now = await today_of(turn)
    if now is None:
        return [Told("plan_none")]
    position = await _after_today(turn, now)
    is_over = position != now.course.position
    session = session_now(replace(now.course, position=position), now.plan, now.day)
    if session is None:
        return [Told("plan_none")]
    await _event(turn, "skip", {}, later=is_over)
    said: list[Fact] = [Told("plan_skipped", {"name": session.name})]
    return said if is_over else [*said, *await _after_event(turn)]


async def move(turn: Turn, words: str) -> list[Fact]:
    """/move tomorrow: the next session is done on another day; none is added."""
    now = await today_of(turn)
    session = None if now is None else session_now(now.course, now.plan, now.day)
    if now is None or session is None:
        return [Told("plan_none")]
    to = _day_named(words, now.day)
    if to is None:
        return [Told("plan_move_usage", {"typed": words.strip()})]
    await _event(turn, "move", {"to": to.isoformat()})
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


async def swap(turn: Turn, words: str) -> list[Fact]:
    """/swap squat front squat: one lift of the plan for another, with its sets and its place."""
    now = await today_of(turn)
    if now is None:
        return [Told("plan_none")]
    names = await turn.names()
    pair = _pair(words.split(), now, names)
    if pair is None:
        return [Told("plan_swap_usage")]
    old, new = pair
    sessions = tuple([_swapped(each, old, new) for each in now.plan.sessions])
    return await _assign(turn, replace(now.plan, sessions=sessions), None)


def _pair(words: Sequence[str], now: Today, names: Catalogue) -> tuple[str, str] | None:
    """The lift of the plan that goes and the one that comes: the words cut wherever both halves are names."""
    for cut in range(1, len(words)):
        first, rest = (
            " ".join(words[:cut]),
            " ".join(word for word in words[cut:] if word not in ("for", "with", "→", "->")),
        )
        here = [one for one in names.resolve(first).ids if one in now.programme.exercises]
        there = names.resolve(rest)
        sure = there.status in ("exact", "near") and len(there.ids) == 1
        if len(here) == 1 and sure and there.ids[0] != here[0]:
            return here[0], there.ids[0]
    return None


def _swapped(session: PlannedSession, old: str, new: str) -> PlannedSession:
    if new in {lift.exercise for lift in session.lifts}:
        return session
    lifts = tuple([replace(one, exercise=new) if one.exercise == old else one for one in session.lifts])
    return replace(session, lifts=lifts)


async def easy(turn: Turn, words: str) -> list[Fact]:
    """/easy: a bad day: a tenth less, and nothing of it counts against what is known."""
    today = await turn.training_day()
    days = easy_days(await turn.preferences())
    is_on = today not in days
    kept = sorted(days | {today} if is_on else days - {today})[-MOST_EASY:]
    await turn.remember(EASY_DAYS, ",".join(day.isoformat() for day in kept) or None)
    await journal.record(turn, "easy", {"days": sorted(day.isoformat() for day in days)})
    return [Told("easy_on" if is_on else "easy_off")]


async def undo_easy(turn: Turn, before: dict[str, Any]) -> list[Fact]:
    """/undo of a bad day."""
    await turn.remember(EASY_DAYS, ",".join(before["days"]) or None)
    return [Told("undone_easy")]


async def deload(turn: Turn, words: str) -> list[Fact]:
    """/deload: a week of half the sets, easy."""
    if await today_of(turn) is None:
        return [Told("plan_none")]
    declines = words.strip().lower() in {"no", "off", "end", "stop"}
    await _event(turn, "no_deload" if declines else "deload", {})
    return await _after_event(turn)


async def undo_plan(turn: Turn, before: dict[str, Any]) -> list[Fact]:
    """/undo of what was done with a plan."""
    for version in before["versions"]:
        await plans.unassign(turn.conn, version)
    for event in before["events"]:
        await plans.forget_event(turn.conn, event)
    turn.programme = ()
    await strengths.unlearn(turn.conn, turn.athlete.id, date.fromisoformat(before["day"]))
    await turn.remember(HAS_PLAN, "yes" if before["had"] else None)
    now = await today_of(turn)
    return [Told("plan_undone"), *([await _shown(turn, now)] if now is not None else [])]
