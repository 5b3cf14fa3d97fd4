"""Poor recovery and sore muscles, as athletes tell of them: kept by the day, and answered with what can be done today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from core.coach import journal, said_once
from core.coach.courses import HAS_PLAN
from core.coach.in_plan import today_of
from core.coach.turn import Turn
from core.facts import Fact, Notice, Noticed, Told
from core.model import Kind
from core.program.signals import sore
from core.recovery_words import ill_told, recovery_told
from core.store import sets

POOR_DAYS: Final = "poor_recovery"
"""The preference that holds the days on which poor recovery was told."""

MOST: Final = 10
"""So many of them are kept (own choice): no rule looks further back than two weeks."""

REACH: Final = timedelta(days=8)
"""A muscle that was last trained longer ago is not sore from that (own choice)."""

MOST_SETS: Final = 500


def poor_days(preferences: Mapping[str, str]) -> tuple[date, ...]:
    """The days on which poor recovery was told, the oldest first."""
    return tuple([date.fromisoformat(day) for day in preferences.get(POOR_DAYS, "").split(",") if day])


async def heard(turn: Turn) -> list[Fact]:
    """The answer to a message about poor recovery, which is kept; nothing where it is about something else."""
    told = recovery_told(turn.message.text) if turn.private and turn.athlete.greeted else None
    if told is None or turn.athlete.hold_since is not None:
        return []
    last = await _trained(turn, told.muscles) if told.muscles else None
    if told.worn and await turn.carried() is not None:
        return [Noticed(Notice.AFTER_TRAINING)]  # so feels a session, and no poor recovery
    if last is None:
        await _keep(turn)
        return [Noticed(Notice.POOR_RECOVERY)]
    muscle, days = last
    found = sore(muscle, days)
    if found is None:
        return [Noticed(Notice.SORE_AS_USUAL)]
    await _keep(turn)
    day = await turn.training_day()
    block = said_once.block_now(await today_of(turn))
    if found.key in said_once.still_counts(said_once.kept(await turn.preferences()), block, day):
        return [Noticed(Notice.POOR_RECOVERY)]
    await said_once.remember(turn, found.key, day, block)
    return [Noticed(found)]


ILL: Final = "ill"
"""The preference that holds the last day on which illness was told."""

ILL_DAYS: Final = 7
"""So long after that nobody asks about a session that did not come (own choice)."""


async def ill(turn: Turn) -> list[Fact]:
    """The answer to a message of who is ill; nothing where it is about something else."""
    if not turn.private or not turn.athlete.greeted or not ill_told(turn.message.text):
        return []
    await turn.remember(ILL, (await turn.training_day()).isoformat())
    return [Told("talk_ill", {"plan": HAS_PLAN in await turn.preferences()})]


def is_ill(preferences: Mapping[str, str], day: date, last: date | None) -> bool:
    """Whether somebody was ill lately on a day, and has done nothing since; `last`: the day of their last set."""
    told = preferences.get(ILL)
    if told is None or not 0 <= (day - date.fromisoformat(told)).days <= ILL_DAYS:
        return False
    return last is None or last <= date.fromisoformat(told)


async def _trained(turn: Turn, muscles: Sequence[str]) -> tuple[str, float] | None:
    """The one of some muscles that was trained last, and how many days ago; None where none was of late."""
    now, day = turn.message.sent_at, await turn.training_day()
    days, _ = await sets.of_days(turn.conn, turn.athlete.id, day - REACH, day + timedelta(days=1), MOST_SETS)
    done = [one for _, each in days for one in each if one.done.kind is not Kind.WARMUP]
    for one in sorted(done, key=lambda one: one.performed_at, reverse=True):
        exercise = await turn.exercise(one.exercise_id)
        muscle = next((each for each in exercise.direct if each in muscles), None)
        if muscle is not None and one.performed_at <= now:
            return muscle, (now - one.performed_at) / timedelta(days=1)
    return None


async def _keep(turn: Turn) -> None:
    """Today recovery was poor; `/undo` takes it back."""
    days, today = poor_days(await turn.preferences()), await turn.training_day()
    if today in days:
        return
    await _set(turn, (*days, today)[-MOST:])
    await journal.record(turn, "recovery", {"days": [day.isoformat() for day in days]})


async def undo(turn: Turn, before: Mapping[str, Any]) -> list[Fact]:
    """/undo of poor recovery."""
    await _set(turn, [date.fromisoformat(day) for day in before["days"]])
    return [Told("undone_recovery")]


async def _set(turn: Turn, days: Sequence[date]) -> None:
    await turn.remember(POOR_DAYS, ",".join(day.isoformat() for day in days) or None)
