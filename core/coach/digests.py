"""The week in review."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from core.coach import ledgers
from core.coach.in_plan import Today, today_of
from core.coach.learned import before_today
from core.coach.turn import Turn
from core.facts import Digest, WentUp
from core.ids import least_of
from core.learning import estimate as strength
from core.model import Exercise, Kind, LoggedSet, from_kg
from core.program.after_day import with_session
from core.program.calendar import Position, as_of
from core.program.coming import Coming, coming
from core.program.form import form_score
from core.program.values import Style
from core.program.volume import WEEK_DAYS, week_volume
from core.store import sets

LATELY: Final = timedelta(days=14)
"""Who has done nothing for so long gets no review (own choice)."""
MOST_RISEN: Final = 3
ROSE: Final = 1.01
"""A maximum that grew by less is not told (own choice)."""


async def trained_lately(turn: Turn) -> bool:
    """Whether anything was done in the last two weeks."""
    newest = await sets.last(turn.conn, turn.athlete.id)
    return newest is not None and turn.now - newest.performed_at <= LATELY


async def of_week(turn: Turn, last: tuple[date, datetime], *, late: bool) -> Digest | None:
    """The last seven days, today included, and what was told after the `last` review of the day that was then, which it could
    not hold: its day, and when it was made. None where nothing was done in them."""
    today = await turn.training_day()
    after, of = await _after_the_last(turn, today, last), await today_of(turn)
    done = [*after, *await ledgers.of_last(turn, today, WEEK_DAYS)]
    work = [(lift, one) for lift, one in done if one.done.kind is not Kind.WARMUP]
    if not work:
        return None
    share = ledgers.share_of(work, of)
    clean = form_score(await ledgers.judged(turn, work, today))
    hit = of is not None and of.plan.style is Style.HIT
    following = (
        None
        if of is None
        else _following(of, today, {one.exercise_id for _, one in work if one.day == today})
    )
    position = None if following is None else following[0]
    return Digest(
        today - timedelta(days=WEEK_DAYS - 1),
        today,
        len({one.day for _, one in work}),
        None if of is None else of.plan.schedule.a_week,
        len(work),
        week_volume(_within(done, today), today, hit=hit, whole=True),
        share,
        None if clean is None else (clean.good, clean.sets),
        await _rose(turn, of, work),
        turn.athlete.unit,
        position.week if of is not None and position is not None and of.plan.style.has_weeks else None,
        position is not None and position.deload is not None,
        None if following is None else following[1].name,
        None if following is None else following[1].day,
        late,
        None if following is None or turn.athlete.hold_since is not None else following[1].waits,
    )


async def _after_the_last(turn: Turn, today: date, last: tuple[date, datetime]) -> ledgers.Done:
    """The sets of the day of the last review that came after it, where that was a week ago."""
    day, made = last
    if day != today - timedelta(days=WEEK_DAYS):
        return []
    found = await sets.on_day(turn.conn, turn.athlete.id, day)
    later = [one for one in found if one.message_id is not None and one.message_id >= least_of(made)]
    return [(await turn.exercise(one.exercise_id), one) for one in later]


def _within(done: ledgers.Done, today: date) -> ledgers.Done:
    """The same, what is of the day before the seven as if it were of their first: a ledger is of seven days."""
    first = today - timedelta(days=WEEK_DAYS - 1)
    return [(lift, replace(one, day=max(one.day, first))) for lift, one in done]


def _following(of: Today, today: date, done: Collection[str]) -> tuple[Position, Coming] | None:
    """The session that comes next, today's counted where it was done, and where the athlete then stands."""
    after = with_session(of.course, of.plan, today, done).position
    found = coming(after, of.plan.schedule, today)
    return None if found is None else (as_of(after, found.day), found)


async def _rose(
    turn: Turn, of: Today | None, work: Sequence[tuple[Exercise, LoggedSet]]
) -> tuple[WentUp, ...]:
    """The lifts of the week whose estimated maximum has risen since the block began, the most first."""
    lifts = {lift.id: lift for lift, _ in work}
    began = {} if of is None else {one: known.began_kg for one, known in of.course.lifts.items()}
    ids = [one for one in lifts if began.get(one) is not None]
    day = turn.local_day(turn.now) + timedelta(days=1)
    now = await before_today(turn.conn, turn.athlete.id, turn.exercise, ids, day) if ids else None
    if now is None:
        return ()
    pairs = zip(ids, now.lifts, strict=True)
    found = [
        WentUp(lifts[one], from_kg(was, turn.athlete.unit), from_kg(is_.value, turn.athlete.unit))
        for one, known in pairs
        if (was := began[one]) is not None
        and (is_ := strength(known, day.toordinal())) is not None
        and is_.value >= ROSE * was
    ]
    return tuple(sorted(found, key=lambda one: one.was / one.now)[:MOST_RISEN])
