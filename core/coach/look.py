"""What an athlete looks up: the last session of a lift, today, the days before, why, plates, warm-up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from core.coach.arguments import amount, lift_and_rest, load_refused, named, unknown_lift
from core.coach.insight import insight
from core.coach.outlook import MOST_SETS, Outlook, outlook
from core.coach.planned_day import session_today
from core.coach.turn import Turn
from core.evidence import topic_of, without_sources
from core.facts import DaySets, Fact, History, LastOf, Plates, TodayOf, Told, WarmUp, Why
from core.loads import Gear, loadable, plates, warmup
from core.model import Exercise, LoggedSet, Target, Unit
from core.notation.bounds import MOST_ASSISTANCE_KG
from core.store import sets
from core.strength import system_kg, working_max_kg
from core.targets import prescribes

HISTORY_DAYS, MOST_DAYS = 5, 30
MOST_PROPOSED = 6
MOST_WORDS = 200
"""Nobody asks about a lift in more characters."""


async def last_of(turn: Turn, words: str) -> list[Fact]:
    """/last squat"""
    exercise, _, could_be = await lift_and_rest(turn, words)
    if exercise is None:
        return [unknown_lift(words, could_be) if words.strip() else Told("log_empty")]
    newest = await sets.last_of(turn.conn, turn.athlete.id, exercise.id)
    today = await turn.training_day()
    found = await outlook(turn, exercise, today)
    if newest is None:
        return [Told("lift_not_logged", {"exercise": exercise, "target": found.target})]
    day = await sets.on_day(turn.conn, turn.athlete.id, newest.day)
    ours = tuple(one for one in day if one.exercise_id == exercise.id)
    return [LastOf(exercise, ours, found.estimate, found.target, turn.athlete.unit)]


async def today(turn: Turn) -> list[Fact]:
    """/today"""
    of_plan = await session_today(turn)
    if of_plan is not None:
        return of_plan
    day = await turn.training_day()
    logged = await sets.on_day(turn.conn, turn.athlete.id, day)
    if not logged:
        return await _nothing_today(turn, day)
    last = await turn.exercise(logged[-1].exercise_id)
    found = await outlook(turn, last, day)
    return [TodayOf(await day_sets(turn, day, logged), found.target, last, found.plain)]


async def _nothing_today(turn: Turn, day: date) -> list[Fact]:
    """Nothing logged yet: the lifts of the last session with today's first loads."""
    history = await sets.history(turn.conn, turn.athlete.id, 1, day)
    if not history:
        return [Told("log_empty")]
    lifts = list(dict.fromkeys(one.exercise_id for one in history[0][1]))
    proposals: list[tuple[Exercise, Target, bool]] = []
    for exercise_id in lifts[:MOST_PROPOSED]:
        exercise = await turn.exercise(exercise_id)
        found = await outlook(turn, exercise, day)
        if found.target is not None and (turn.private or prescribes(found.target)):
            proposals.append((exercise, found.target, found.plain))
    held = turn.athlete.hold_since is not None
    facts: dict[str, object] = {
        "day": history[0][0],
        "proposals": () if held else tuple(proposals),
        "tells_pain": turn.private,
    }
    return [Told("today_open", facts), *([Told("no_targets")] if held else [])]


async def history(turn: Turn, words: str) -> list[Fact]:
    """/history [days | squat]"""
    typed = words.strip()
    if typed and not typed.isdigit():
        return await _history_of(turn, typed)
    most = int(typed) if typed and len(typed) < 4 else HISTORY_DAYS
    days = await sets.history(turn.conn, turn.athlete.id, max(1, min(most, MOST_DAYS)))
    if not days:
        return [Told("log_empty")]
    return [History(tuple([await day_sets(turn, day, logged) for day, logged in days]))]


async def _history_of(turn: Turn, typed: str) -> list[Fact]:
    """The last sessions of one lift."""
    exercise, could_be = await named(turn, typed)
    if exercise is None:
        return [unknown_lift(typed, could_be)]
    days = await sets.session_days(turn.conn, turn.athlete.id, exercise.id, HISTORY_DAYS)
    if not days:
        return [Told("lift_not_logged", {"exercise": exercise})]
    logged = await sets.recent(turn.conn, turn.athlete.id, exercise.id, days[-1], MOST_SETS)
    by_day = [(day, tuple(group)) for day, group in groupby(logged, key=lambda one: one.day)]
    return [History(tuple(DaySets(day, ((exercise, group),)) for day, group in reversed(by_day)))]


async def day_sets(turn: Turn, day: date, logged: Sequence[LoggedSet]) -> DaySets:
    """A day's sets by lift, in the order in which the lifts began."""
    ids = dict.fromkeys(one.exercise_id for one in logged)
    rows = [(await turn.exercise(one), tuple(s for s in logged if s.exercise_id == one)) for one in ids]
    return DaySets(day, tuple(rows))


async def why(turn: Turn, words: str) -> list[Fact]:
    """/why [squat] [sources]: the reasons behind the target. /why drop and the like: what is known of a way to train."""
    asked = topic_of(words)
    if asked is not None:
        return [Told("why_topic", {"topic": asked})]
    about = without_sources(words) if len(words) <= MOST_WORDS else words
    sourced, words = about != words, about
    exercise, _, could_be = await lift_and_rest(turn, words)
    if exercise is None:
        return [unknown_lift(words, could_be) if words.strip() else Told("log_empty")]
    found = await outlook(turn, exercise, await turn.training_day())
    known = insight(found.situation, found.target)
    return [Why(exercise, found.target, found.estimate, turn.athlete.unit, found.plain, known, sourced)]


async def plates_for(turn: Turn, words: str) -> list[Fact]:
    """/plates 102.5"""
    read = amount(words, turn.athlete.unit)
    if read is None:
        return [Told("plates_usage")]
    refused = load_refused(*read)
    return [refused if refused is not None else Plates(plates(*read, Gear()))]


async def warm_up(turn: Turn, words: str) -> list[Fact]:
    """/warmup squat 140: the sets before the first work set; without a load, before today's target."""
    exercise, rest, could_be = await lift_and_rest(turn, words)
    if exercise is None:
        return [unknown_lift(words, could_be) if words.strip(" +-.,0123456789") else Told("warmup_usage")]
    if turn.athlete.hold_since is not None:
        return [Told("no_targets")]
    if exercise.timed:
        return [Told("warmup_timed", {"exercise": exercise})]
    found = await outlook(turn, exercise, await turn.training_day())
    if found.target is not None and any(reason.code == "pain_stop" for reason in found.target.reasons):
        return [Told("warmup_pain", {"exercise": exercise})]
    read = amount(rest, turn.athlete.unit) if rest else _target_load(found)
    if read is None:
        return [Told("warmup_usage") if rest else Told("warmup_needs_load", {"exercise": exercise})]
    refused = load_refused(*read, least=-MOST_ASSISTANCE_KG if exercise.bodyweight else 0.0)
    return [refused if refused is not None else _warm_up_to(exercise, *read, found)]


def _target_load(found: Outlook) -> tuple[float, Unit] | None:
    target = found.target
    return None if target is None or target.load is None else (target.load, target.unit)


def _warm_up_to(exercise: Exercise, load: float, unit: Unit, found: Outlook) -> WarmUp:
    gear = Gear()
    work = loadable(load, unit, exercise, gear, "nearest")
    weight = found.situation.body_weight_kg
    system = system_kg(exercise, work, unit, weight)
    share = None
    if found.estimate is not None and system is not None:
        share = system / working_max_kg(found.estimate)
    return WarmUp(exercise, work, unit, warmup(exercise, work, unit, gear, share, exercise.role, weight))
