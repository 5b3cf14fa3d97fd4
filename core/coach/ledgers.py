"""What the last seven days came to: hard sets per muscle, how effort divided, how clean the sets were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from core.coach.asked_then import asked_then
from core.coach.courses import easy_days, programme
from core.coach.in_plan import Today, today_of
from core.coach.turn import Turn
from core.facts import EffortOf, Fact, FormOf, Told, VolumeOf
from core.model import Exercise, LoggedSet, Role, SetEntry
from core.program.effort_share import EffortShare, effort_share
from core.program.form import form_score, weak_links, with_asked
from core.program.values import Style
from core.program.volume import WEEK_DAYS, week_volume
from core.store import sets

FORM_DAYS = 28
"""So far back clean sets are counted (own choice)."""
MOST_SETS = 2000

Done = list[tuple[Exercise, LoggedSet]]


async def volume(turn: Turn, words: str) -> list[Fact]:
    """/volume: hard sets per muscle of the last seven days, beside the usual band."""
    today, now = await turn.training_day(), await today_of(turn)
    done = await of_last(turn, today, WEEK_DAYS)
    if not done:
        return [Told("log_empty")]
    first = await sets.first_day(turn.conn, turn.athlete.id)
    whole = first is not None and first <= today - timedelta(days=WEEK_DAYS - 1)
    hit = now is not None and now.plan.style is Style.HIT
    return [VolumeOf(week_volume(done, today, hit=hit, whole=whole))]


async def effort(turn: Turn, words: str) -> list[Fact]:
    """/effort: how effort divided among the roles, in the last session and in the last seven days."""
    today, now = await turn.training_day(), await today_of(turn)
    done = await of_last(turn, today, WEEK_DAYS)
    if not done:
        return [Told("log_empty")]
    last = max(one.day for _, one in done)
    of_session = [pair for pair in done if pair[1].day == last]
    divided = now is None or now.plan.style.has_weeks
    share = effort_share(_with_roles(of_session, now), _with_roles(done, now), divided=divided)
    return [EffortOf(share)]


async def form(turn: Turn, words: str) -> list[Fact]:
    """/form: how many sets were clean and near the effort that was asked of them when they were done."""
    today = await turn.training_day()
    done = await of_last(turn, today, FORM_DAYS)
    score = form_score(await judged(turn, done, today))
    return [FormOf(score, weak_links((exercise, one.done) for exercise, one in done))]


async def judged(turn: Turn, done: Done, today: date) -> list[tuple[SetEntry, float]]:
    """The work sets, each with the RPE that was asked of it on its day."""
    plans = await programme(turn.conn, turn.athlete.id)
    since = today - timedelta(days=FORM_DAYS - 1)
    asked = {} if plans is None else await asked_then(turn, plans, since, today)
    easy = easy_days(await turn.preferences())
    by_lift: dict[tuple[str, date], tuple[Exercise, list[LoggedSet]]] = {}
    for exercise, one in done:
        by_lift.setdefault((exercise.id, one.day), (exercise, []))[1].append(one)
    return [
        pair
        for (lift, day), (exercise, ours) in by_lift.items()
        for pair in with_asked(exercise, asked.get(day, {}).get(lift), ours, easy=day in easy)
    ]


async def of_last(turn: Turn, today: date, days: int) -> Done:
    """The sets of so many days before a day, and of the day itself, with their lifts."""
    found, _ = await sets.of_days(
        turn.conn,
        turn.athlete.id,
        today - timedelta(days=days),
        today + timedelta(days=1),
        MOST_SETS,
    )
    return [(await turn.exercise(one.exercise_id), one) for _, each in found for one in each]


def share_of(done: Done, now: Today | None) -> EffortShare | None:
    """How effort divided; None for a style that does not divide it."""
    divided = now is None or now.plan.style.has_weeks
    return effort_share((), _with_roles(done, now)) if divided else None


def _with_roles(done: Done, now: Today | None) -> Sequence[tuple[Role, SetEntry]]:
    """The sets in the roles that the plan gives their lifts, else in their usual ones."""
    places = {} if now is None else {one.id: now.of(one.id) for one, _ in done}
    return [
        (exercise.role if (place := places.get(exercise.id)) is None else place.role, one.done)
        for exercise, one in done
    ]
