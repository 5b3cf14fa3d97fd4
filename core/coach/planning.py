"""Plans in the chat: made from three questions or from a text, shown, changed, started later, left."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, Final

from core.coach import asking, journal, plan_answers, plan_days, zones
from core.coach.choosing import one_line
from core.coach.courses import HAS_PLAN
from core.coach.in_plan import Today, today_of
from core.coach.learned import WEST
from core.coach.plan_life import ended, happened, shown, started
from core.coach.turn import CARRY, Turn
from core.facts import Fact, PlanChanged, PlanRefused, Told
from core.program.blocks import CYCLE, EXPERIENCED_START
from core.program.difference import difference
from core.program.grammar import read_plan
from core.program.noted_loads import NotedLoad, noted_loads
from core.program.printer import short_name, written
from core.program.templates import template
from core.program.values import Plan, PlannedLift, Style
from core.store import plans, questions, sets, strengths
from core.store.plans import PlanVersion
from core.store.questions import Question

QUESTIONS: Final = ("plan_days", "plan_equipment", "plan_experience")
"""What is asked for a first plan, in this order."""

ASKED: Final = (*QUESTIONS, plan_days.ON_DAYS)
"""All that is asked on the way to a plan."""

_START = re.compile(r"start(?: (?:at |in |with )?(?:week ?)?(?P<week>\d{1,2}))?(?P<more>.*)", re.IGNORECASE)
_POLITE = re.compile(r"[ ,.!]*(?:please|now|today)?[ .!]*", re.IGNORECASE)
_END = {"off", "stop", "end", "delete", "none"}
_NEW = {"new", "another", "make", "build"}


async def plan(turn: Turn, words: str) -> list[Fact]:
    """/plan [text | new | edit | start 3 | off]: without words the plan, or the way to one."""
    before = [question for question in await turn.open_questions() if question.code in ASKED]
    facts = await _planned(turn, words.strip())
    failed = any(map(_is_refused, facts))
    for question in before:
        if not (failed and question.code in QUESTIONS):  # begun anew; one of the three can still be answered
            await questions.close(turn.conn, question.id, turn.now)
    return facts


def _is_refused(fact: Fact) -> bool:
    """Whether a plan was not taken as it was typed, and nothing has changed."""
    refused = ("plan_start_unread", "plan_week_bounds")
    return isinstance(fact, PlanRefused) or (isinstance(fact, Told) and fact.code in refused)


async def _planned(turn: Turn, said: str) -> list[Fact]:
    """What /plan does with these words."""
    now = await today_of(turn)
    start = None if "\n" in said else _START.fullmatch(one_line(said))
    if start is not None and _POLITE.fullmatch(start["more"]) is None:
        return [Told("plan_start_unread", {"typed": start["more"].strip(), "most": CYCLE})]
    if not said and now is not None:
        return [await shown(turn, now)]
    if said.lower() in _END:
        return await ended(turn, now)
    if start is not None and now is not None:
        return await started(turn, now, start["week"])
    if said.lower() == "edit" and now is not None:
        return [Told("plan_edit", {"text": written(now.newest, await turn.names())})]
    days = plan_answers.of_days(said)
    if days is not None:
        return [await _asked(turn, QUESTIONS[1], {QUESTIONS[0]: days})]
    if not said or said.lower() in _NEW or start is not None or said.lower() == "edit":
        return await _first_asked(turn, None if start is None else start["week"])
    return await assigned(turn, said)


# Three questions -------------------------------------------------------------------------------------------------


async def _first_asked(turn: Turn, week: str | None) -> list[Fact]:
    """The first question; the week to begin with is kept until the last is answered."""
    if week is not None and not 1 <= int(week) <= CYCLE:
        return [Told("plan_week_bounds", {"most": CYCLE})]
    said = {} if week is None else {"week": int(week)}
    return [await asking.put(turn, QUESTIONS[0], "", (), said=said)]


async def answered(turn: Turn, question: Question, text: str) -> list[Fact] | None:
    """The next question, or the plan; None where the text answers nothing."""
    if question.code == plan_days.ON_DAYS:
        return await _on_days(turn, question, text)
    said = dict(question.payload.get("said", {}))
    found = plan_answers.meant(question.code, question.choices, text)
    if found is None:
        return None
    await questions.answer(turn.conn, question.id, str(found), turn.now)
    said[question.code] = found
    place = QUESTIONS.index(question.code) + 1
    if place < len(QUESTIONS):
        return [await _asked(turn, QUESTIONS[place], said)]
    made = template(int(said["plan_days"]), said["plan_equipment"], said["plan_experience"])
    week = EXPERIENCED_START if said["plan_experience"] == "experienced" else None
    week = said.get("week", week)
    return await _assign(turn, made, week)


async def _on_days(turn: Turn, question: Question, answer: str) -> list[Fact] | None:
    """The plan that was typed without its days, now that these are known; the question stays where they are no days yet."""
    names = await turn.names()
    text = plan_days.with_days(question, answer, names)
    read = None if text is None else read_plan(text, names)
    if read is None:
        return None
    if not isinstance(read, Plan):
        return [PlanRefused(tuple(read), names)]
    await questions.answer(turn.conn, question.id, answer.strip(), turn.now)
    return await _assign(turn, read, None)


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
"""What can be answered: the labels are of `EQUIPMENT` and `EXPERIENCE`."""


async def _asked(turn: Turn, code: str, said: dict[str, Any]) -> Fact:
    """The next question, with what was said to those before it."""
    return await asking.put(turn, code, "", CHOICES[code], said=said)


async def asked_again(turn: Turn) -> list[Fact]:
    """The newest question on the way to a plan once more, where something was answered that it does not understand."""
    found = await turn.open_questions()
    newest = found[0] if found else None
    if newest is None or newest.code not in ASKED or turn.now - newest.asked_at > CARRY:
        return []
    return [await asking.asked(turn, newest)]


# A text ----------------------------------------------------------------------------------------------------------


async def assigned(turn: Turn, text: str) -> list[Fact]:
    """A plan that was typed or pasted: read and taken, or what is wrong with it; where only its days lack, these are asked."""
    read = read_plan(text, await turn.names())
    if isinstance(read, Plan):
        return await _assign(turn, read, None)
    if plan_days.lacks_days(read):
        return [await plan_days.ask(turn, text, read)]
    return [PlanRefused(tuple(read), await turn.names())]


async def _assign(turn: Turn, new: Plan, week: int | None) -> list[Fact]:
    """The plan counts from today on, or from tomorrow where it changes what was done today. What changes is said."""
    now = await today_of(turn)
    if now is not None and now.newest == new:
        return [Told("plan_same")]
    since = await take(turn, new, now, week)
    changes = None if now is None else tuple(difference(now.newest, new))
    after = await today_of(turn)
    said = said_once(now, new)
    noted = await _loads_noted(turn, now, new)
    # What changes is enough to read; /plan shows the whole.
    whole = [] if after is None or now is not None else [await shown(turn, after)]
    more = (HIT_LINES if said else 0) + len(noted)
    asked = await zones.ask_once(turn) if now is None and new.schedule.days else []
    return [PlanChanged(changes, since, more, await turn.names()), *whole, *noted, *said, *asked]


async def _loads_noted(turn: Turn, now: Today | None, new: Plan) -> list[Fact]:
    """That loads in the text are kept as notes, where they are new."""
    names = await turn.names()
    before: tuple[NotedLoad, ...] = () if now is None else noted_loads(now.newest, names)
    found = [one for one in noted_loads(new, names) if one not in before]
    if not found:
        return []
    lift = short_name(found[0].exercise, names)
    texts = list(dict.fromkeys(one.text for one in found))
    return [Told("plan_loads_noted", {"texts": texts, "lift": lift})]


async def take(turn: Turn, new: Plan, now: Today | None, week: int | None = None) -> date | None:
    """Keeps a new version of the plan; the day from which it counts, None for today. What was to count later counts no more:
    it is the newest text that does. `/undo` takes it back."""
    today = await turn.training_day()
    done = {one.exercise_id for one in await sets.on_day(turn.conn, turn.athlete.id, today)}
    since = today + timedelta(days=1) if now is not None and _touches(now.plan, new, done) else today
    versions = () if now is None else now.programme.versions
    waiting = [one.id for one in versions if one.since > since]
    for one in waiting:
        await plans.unassign(turn.conn, one)
    made, version = plans.Plan(turn.id(), turn.athlete.id, "plan", turn.now), turn.id()
    text = written(new, await turn.names())
    await plans.add(turn.conn, made)
    await plans.add_version(
        turn.conn,
        PlanVersion(version, made.id, turn.athlete.id, turn.author_id, 1, text, since, turn.now),
    )
    events = [await happened(turn, "week", {"week": week}, today)] if week is not None and now is None else []
    await journal.record(
        turn,
        "plan",
        {
            "versions": [version],
            "waiting": waiting,
            "events": events,
            "had": HAS_PLAN in await turn.preferences(),
            "day": since.isoformat(),
        },
    )
    await turn.remember(HAS_PLAN, version)
    turn.programme, turn.rearms = (), True
    return since if since != today else None


def _touches(old: Plan, new: Plan, done: Collection[str]) -> bool:
    """Whether a plan asks for anything else than before of the lifts that were done, or for them on other days."""
    if not done:
        return False
    same = (old.schedule, old.style) == (new.schedule, new.style)
    return not same or _of_lifts(old, done) != _of_lifts(new, done)


def _of_lifts(plan: Plan, ids: Collection[str]) -> list[tuple[str, PlannedLift]]:
    return [(each.name, lift) for each in plan.sessions for lift in each.lifts if lift.exercise in ids]


HIT_LINES = 2
"""What is said where a style begins."""


def said_once(now: Today | None, new: Plan) -> list[Fact]:
    """What is to be known of a style when it begins."""
    before = None if now is None else now.newest.style
    begins = new.style is Style.HIT and before is not Style.HIT
    return [Told("hit_begins")] if begins else []


async def assign(turn: Turn, new: Plan) -> list[Fact]:
    """The plan as it was changed."""
    return await _assign(turn, new, None)


async def undo_plan(turn: Turn, before: dict[str, Any]) -> list[Fact]:
    """/undo of what was done with a plan."""
    for version in before["versions"]:
        await plans.unassign(turn.conn, version)
    for version in before.get("waiting", ()):
        await plans.assign_again(turn.conn, version)
    for event in before["events"]:
        await plans.forget_event(turn.conn, event)
    turn.programme, turn.rearms = (), True
    first = date.fromisoformat(before["day"]) - WEST  # it may be kept under an earlier day since
    await strengths.unlearn(turn.conn, turn.athlete.id, first)
    await turn.remember(HAS_PLAN, "yes" if before["had"] else None)
    now = await today_of(turn)
    return [Told("plan_undone_none")] if now is None else [Told("plan_undone"), await shown(turn, now)]
