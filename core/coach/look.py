"""What an athlete looks up: the last session of a lift, today, the days before, why, plates, warm-up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.coach.outlook import outlook
from core.coach.profile import amount, lift_and_rest, unknown_lift
from core.coach.turn import Turn
from core.facts import DaySets, Fact, History, LastOf, Plates, TodayOf, Told, WarmUp, Why
from core.loads import Gear, loadable, plates, warmup
from core.model import LoggedSet, Target, from_kg, to_kg
from core.store import sets
from core.strength import system_kg, working_max_kg

HISTORY_DAYS = 5


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
    day = await turn.training_day()
    logged = await sets.on_day(turn.conn, turn.athlete.id, day)
    if not logged:
        return await _nothing_today(turn, day)
    last = await turn.exercise(logged[-1].exercise_id)
    found = await outlook(turn, last, day)
    return [TodayOf(await day_sets(turn, day, logged), found.target, last)]


async def _nothing_today(turn: Turn, day: date) -> list[Fact]:
    """Nothing logged yet: the lifts of the last session with today's first loads."""
    history = await sets.history(turn.conn, turn.athlete.id, 1, day)
    if not history:
        return [Told("log_empty")]
    lifts = list(dict.fromkeys(one.exercise_id for one in history[0][1]))
    proposals: list[tuple[str, Target]] = []
    for exercise_id in lifts[:6]:
        exercise = await turn.exercise(exercise_id)
        found = await outlook(turn, exercise, day)
        if found.target is not None:
            proposals.append((exercise.name, found.target))
    return [Told("today_open", {"day": history[0][0], "proposals": tuple(proposals)})]


async def history(turn: Turn, words: str) -> list[Fact]:
    """/history [days]"""
    most = int(words.strip()) if words.strip().isdigit() and len(words.strip()) < 4 else HISTORY_DAYS
    days = await sets.history(turn.conn, turn.athlete.id, max(1, min(most, 30)))
    if not days:
        return [Told("log_empty")]
    return [History(tuple([await day_sets(turn, day, logged) for day, logged in days]))]


async def day_sets(turn: Turn, day: date, logged: Sequence[LoggedSet]) -> DaySets:
    """A day's sets by lift, in the order in which the lifts began."""
    ids = dict.fromkeys(one.exercise_id for one in logged)
    rows = [(await turn.exercise(one), tuple(s for s in logged if s.exercise_id == one)) for one in ids]
    return DaySets(day, tuple(rows))


async def why(turn: Turn, words: str) -> list[Fact]:
    """/why [squat]: the reasons behind the target."""
    exercise, _, could_be = await lift_and_rest(turn, words)
    if exercise is None:
        return [unknown_lift(words, could_be) if words.strip() else Told("log_empty")]
    found = await outlook(turn, exercise, await turn.training_day())
    return [Why(exercise, found.target, found.estimate, turn.athlete.unit)]


async def plates_for(turn: Turn, words: str) -> list[Fact]:
    """/plates 102.5"""
    read = amount(words, turn.athlete.unit)
    if read is None:
        return [Told("plates_usage", {"typed": words.strip()})]
    load, unit = read
    if to_kg(load, unit) > 1000:
        return [Told("load_bounds", {"number": load, "most": round(from_kg(1000, unit)), "unit": unit})]
    return [Plates(plates(load, unit, Gear()))]


async def warm_up(turn: Turn, words: str) -> list[Fact]:
    """/warmup squat 140: the sets before the first work set; without a load, before today's target."""
    exercise, rest, could_be = await lift_and_rest(turn, words)
    if exercise is None:
        return [unknown_lift(words, could_be) if words.strip() else Told("warmup_usage")]
    found = await outlook(turn, exercise, await turn.training_day())
    unit = turn.athlete.unit
    load = found.target.load if found.target is not None else None
    if rest:
        read = amount(rest.lstrip("+"), unit)
        if read is None or to_kg(read[0], read[1]) > 1000:
            return [Told("warmup_usage")]
        load, unit = read
    if load is None or exercise.timed:
        return [Told("warmup_needs_load", {"exercise": exercise})]
    gear = Gear()
    load = loadable(load, unit, exercise, gear, "nearest")
    share = None
    estimate = found.estimate
    weight = found.situation.body_weight_kg
    system = system_kg(exercise, load, unit, weight)
    if estimate is not None and system is not None:
        share = system / working_max_kg(estimate)
    made = warmup(exercise, load, unit, gear, share, exercise.role, weight)
    return [WarmUp(exercise, load, unit, made)]
