"""/calibrate: how well an athlete judges what is left. A set to failure, in which the reps left are called on the way.

On what isolates or is guided by a machine it goes to failure. On main lifts it goes as far as form holds, with safeties,
from the third training week on; where failure is the back's, never (BLOCKS; which lifts those are is our own choice).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from core.care import cautious_sessions_left, hurt, pain_level, watched_sessions_left
from core.coach import asking, called_sets
from core.coach.arguments import amount, lift_and_rest, load_refused, unknown_lift
from core.coach.calling import Called
from core.coach.outlook import Outlook, outlook
from core.coach.turn import Turn
from core.facts import Fact, Told
from core.learning.reading import reps_after
from core.loads import Gear, loadable
from core.model import Exercise, Kind, LoggedSet, Role, Unit, from_kg, to_kg
from core.store import calls, sets

FIRST_WEEKS: Final = timedelta(days=14)
"""Main lifts come in the third training week (training.md, Effort)."""

REPS: Final = 12
LEAST_REPS: Final = 10
MOST_REPS: Final = 15
"""What the set is to give: enough for a call on the way, and few enough to count (BLOCKS)."""

ASSUMED_RIR: Final = 2.0
"""What a set without an effort is taken to have had left (own choice)."""

LOOKED_BACK: Final = 12
"""Training days that a lift is proposed from (own choice)."""

TESTS: Final = 5
"""So many tests are spoken of."""

_BACK: Final = frozenset({"hinge", "olympic", "carry"})
_SAFE: Final = ("biceps-curl", "leg-extension", "lateral-raise")
"""What is proposed where nothing like it was done: the first that does not hurt."""


async def calibrate(turn: Turn, words: str) -> list[Fact]:
    """/calibrate [curl [20]]"""
    if not turn.private:
        return [Told("calibrate_in_private")]
    if turn.athlete.hold_since is not None:
        return [Told("no_targets")]
    if not words.strip():
        return await _begin(turn, await _proposed(turn), None)
    exercise, rest, could_be = await lift_and_rest(turn, words)
    if exercise is None:
        return [unknown_lift(words, could_be)]
    load = amount(rest, turn.athlete.unit) if rest else None
    refused = None if load is None else load_refused(*load)
    return [refused] if refused is not None else await _begin(turn, exercise, load)


async def begun(turn: Turn, held: Mapping[str, Any], *, safe: bool) -> list[Fact]:
    """The answer to whether a main lift is safe to test."""
    exercise = await turn.exercise(held["lift"])
    if not safe:
        return [Told("calibrate_unsafe", await _instead(turn, exercise))]
    load = None if held["load"] is None else (held["load"], held["unit"])
    return await _instructions(turn, await _outlook(turn, exercise), load)


async def _begin(turn: Turn, exercise: Exercise, load: tuple[float, Unit] | None) -> list[Fact]:
    found = await _outlook(turn, exercise)
    refused = await _refused(turn, found)
    if refused is not None:
        return [refused]
    if not is_main(exercise):
        return await _instructions(turn, found, load)
    typed, unit = load or (None, None)
    text = turn.message.text.strip()
    choices = [asking.packed("yes", (), word="safe"), asking.packed("no", (), word="unsafe")]
    await called_sets.over(turn)
    return [await asking.put(turn, "call_safe", text, choices, lift=exercise.id, load=typed, unit=unit)]


async def _outlook(turn: Turn, exercise: Exercise) -> Outlook:
    return await outlook(turn, exercise, await turn.training_day())


# --- which lifts ------------------------------------------------------------------------------------------------------


def is_plain(exercise: Exercise) -> bool:
    """Whether failure is safe on a lift: it isolates, or a machine guides it; and its load can be chosen."""
    guided = exercise.role is Role.ISOLATION or exercise.fixed_path
    return guided and not exercise.timed and not exercise.bodyweight and not is_of_the_back(exercise)


def is_main(exercise: Exercise) -> bool:
    """Whether a lift is a main one: a free weight that several joints move."""
    free = not exercise.fixed_path and not exercise.bodyweight
    return free and exercise.compound and exercise.role in (Role.ANCHOR, Role.SECONDARY)


def is_of_the_back(exercise: Exercise) -> bool:
    """Whether the back gives way first: what is pulled from the floor, swung, thrown or carried."""
    free = exercise.pattern in _BACK and (not exercise.fixed_path or exercise.equipment == "smith")
    return free or (exercise.pattern == "hinge" and "deadlift" in exercise.id)


async def _refused(turn: Turn, found: Outlook) -> Told | None:
    """Why a lift is not tested now, with what can be."""
    exercise = found.situation.exercise
    if exercise.timed:
        return Told("calibrate_timed", await _instead(turn, exercise))
    if is_of_the_back(exercise):
        return Told("calibrate_back", await _instead(turn, exercise))
    done = (*found.situation.history, *found.situation.session)
    if _hurts(done):
        return Told("calibrate_hurts", await _instead(turn, exercise))
    if cautious_sessions_left(done, found.situation.cleared_on):
        return Told("calibrate_cautious", {"exercise": exercise})
    first = await sets.first_day(turn.conn, turn.athlete.id)
    today = await turn.training_day()
    if is_main(exercise) and (first is None or today - first < FIRST_WEEKS):
        return Told("calibrate_early", await _instead(turn, exercise))
    return None


def _hurts(done: Sequence[LoggedSet]) -> bool:
    """Whether a lift hurt when it was done last, or is on its way back from pain."""
    if not hurt(done):
        return False
    newest = done[-1].day
    felt = [one.done.pain for one in done if one.day == newest and one.done.pain is not None]
    return any(pain_level(pain) > 0 for pain in felt) or watched_sessions_left(done) > 0


async def _instead(turn: Turn, exercise: Exercise) -> dict[str, object]:
    return {"exercise": exercise, "instead": await _proposed(turn, exercise)}


async def _proposed(turn: Turn, but: Exercise | None = None) -> Exercise:
    """A lift to test on: of those done lately one that isolates, else one that is guided, else a curl."""
    days = await sets.history(turn.conn, turn.athlete.id, LOOKED_BACK)
    newest: dict[str, list[LoggedSet]] = {}
    for _, logged in days:
        for one in logged:
            newest.setdefault(one.exercise_id, []).append(one)
    lifts = [await turn.exercise(one) for one in newest if but is None or one != but.id]
    sound = [one for one in lifts if is_plain(one) and not hurt(newest[one.id])]
    isolating = [one for one in sound if one.role is Role.ISOLATION]
    if isolating or sound:
        return (isolating or sound)[0]
    hurting = {one for one, logged in newest.items() if hurt(logged)} | (
        {but.id} if but is not None else set()
    )
    return await turn.exercise(next((one for one in _SAFE if one not in hurting), _SAFE[0]))


# --- what to do -------------------------------------------------------------------------------------------------------


async def _instructions(turn: Turn, found: Outlook, load: tuple[float, Unit] | None) -> list[Fact]:
    """What to do, and that its result is waited for."""
    exercise = found.situation.exercise
    known, unit = load or usual_load(found) or (None, None)
    await called_sets.over(turn)
    turn.called = Called(lift=exercise.id, load=known, unit=unit)
    await asking.put(turn, "call_set", turn.message.text.strip(), (), lift=exercise.id)
    said = {"exercise": exercise, "load": known, "unit": unit or turn.athlete.unit}
    technical = exercise.compound and not exercise.fixed_path
    return [Told("calibrate", {**said, "technical": technical, "tests": await _tests(turn)})]


def usual_load(found: Outlook) -> tuple[float, Unit] | None:
    """The load (and its unit) that gives about twelve reps, never more than was lifted before; None where nothing is known.

    As last time where that fits.
    """
    s = found.situation
    done = [one.done for one in (*s.history, *s.session) if one.done.kind is Kind.WORK and one.done.reps]
    loads = [load for one in done if (load := s.load_of(one)) is not None]
    if not loads:
        return None
    last, left = done[-1], ASSUMED_RIR if done[-1].rpe is None else 10 - done[-1].rpe
    fits = LEAST_REPS <= (last.reps or 0) + left <= MOST_REPS
    if last.load is not None and (s.exercise.bodyweight or found.estimate is None or fits):
        return last.load, last.unit or s.unit
    if found.estimate is None:
        return None
    wanted = found.estimate.e1rm_kg / (1 + REPS / 30) - to_kg(s.body(), s.unit)
    load = loadable(from_kg(wanted, s.unit), s.unit, s.exercise, Gear(), "nearest")
    return min(load, max(loads)), s.unit


async def _tests(turn: Turn) -> tuple[tuple[date, Exercise, float, int], ...]:
    """The last tests, the newest first: day, lift, called, came."""
    found = []
    for set_id, call in await calls.newest(turn.conn, turn.athlete.id, TESTS):
        logged = await sets.get(turn.conn, set_id)
        came = None if logged is None else reps_after(logged.done, call)
        if logged is not None and came is not None:
            found.append((logged.day, await turn.exercise(logged.exercise_id), call.left, came))
    return tuple(found)
