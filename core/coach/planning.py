"""Plans in the chat: made from three questions or from a text, shown, changed, started later, left."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from core.coach import asking, journal
from core.coach.courses import HAS_PLAN
from core.coach.in_plan import Today, today_of
from core.coach.plan_life import ended, happened, shown, started
from core.coach.turn import Turn
from core.exercises import Catalogue
from core.facts import Fact, PlanChanged, PlanRefused, Told
from core.program.blocks import EXPERIENCED_START
from core.program.difference import difference
from core.program.grammar import read_plan
from core.program.printer import written
from core.program.templates import EQUIPMENT, EXPERIENCE, LEAST_DAYS, MOST_DAYS, template
from core.program.values import Plan, PlannedLift, PlannedSession, Style
from core.store import plans, questions, sets, strengths
from core.store.plans import PlanVersion
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
        return [await shown(turn, now)]
    if said.lower() in _END:
        return await ended(turn, now)
    if start is not None and now is not None:
        return await started(turn, now, start.group(1))
    if said.lower() == "edit" and now is not None:
        return [Told("plan_edit", {"text": written(now.newest, await turn.names())})]
    days = _DAYS.fullmatch(" ".join(said.lower().split()))
    if days is not None:
        return [await _asked(turn, QUESTIONS[1], {QUESTIONS[0]: int(days.group(1))})]
    if not said or said.lower() in _NEW or start is not None or said.lower() == "edit":
        return [await asking.put(turn, QUESTIONS[0], "", ())]
    return await assigned(turn, said)


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
    """The plan counts from today on, or from tomorrow where it changes what was done today. What changes is said."""
    now = await today_of(turn)
    if now is not None and now.newest == new:
        return [Told("plan_same")]
    since = await take(turn, new, now, week)
    changes = None if now is None else tuple(difference(now.newest, new))
    after = await today_of(turn)
    said = said_once(now, new)
    # What changes is enough to read; /plan shows the whole.
    whole = [] if after is None or now is not None else [await shown(turn, after)]
    return [PlanChanged(changes, since, HIT_LINES if said else 0, await turn.names()), *whole, *said]


async def take(turn: Turn, new: Plan, now: Today | None, week: int | None = None) -> date | None:
    """Keeps a new version of the plan; the day from which it counts, None for today. `/undo` takes it back."""
    today = await turn.training_day()
    done = {one.exercise_id for one in await sets.on_day(turn.conn, turn.athlete.id, today)}
    since = today + timedelta(days=1) if now is not None and _touches(now.plan, new, done) else today
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
            "events": events,
            "had": HAS_PLAN in await turn.preferences(),
            "day": since.isoformat(),
        },
    )
    await turn.remember(HAS_PLAN, version)
    turn.programme = ()
    return since if since != today else None


def _touches(old: Plan, new: Plan, done: Collection[str]) -> bool:
    """Whether a plan asks for anything else than before of the lifts that were done, or for them on other days."""
    if not done:
        return False
    same = (old.schedule, old.style) == (new.schedule, new.style)
    return not same or _of_lifts(old, done) != _of_lifts(new, done)


def _of_lifts(plan: Plan, ids: Collection[str]) -> list[tuple[str, PlannedLift]]:
    return [(each.name, lift) for each in plan.sessions for lift in each.lifts if lift.exercise in ids]


HIT_LINES = 3
"""What is said where a style begins."""


def said_once(now: Today | None, new: Plan) -> list[Fact]:
    """What is to be known of a style when it begins."""
    before = None if now is None else now.newest.style
    begins = new.style is Style.HIT and before is not Style.HIT
    return [Told("hit_begins")] if begins else []


# Other things to do with it --------------------------------------------------------------------------------------


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
    sessions = tuple([_swapped(each, old, new) for each in now.newest.sessions])
    return await _assign(turn, replace(now.newest, sessions=sessions), None)


def _pair(words: Sequence[str], now: Today, names: Catalogue) -> tuple[str, str] | None:
    """The lift of the plan that goes and the one that comes: the words cut wherever both halves are names."""
    for cut in range(1, len(words)):
        first, rest = (
            " ".join(words[:cut]),
            " ".join(word for word in words[cut:] if word not in ("for", "with", "→", "->")),
        )
        here = [one for one in names.resolve(first).ids if one in now.lifts]
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
    return [Told("plan_undone_none")] if now is None else [Told("plan_undone"), await shown(turn, now)]
