"""The week in review."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
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
from core.model import Exercise, Kind, LoggedSet, Unit, from_kg, to_kg
from core.program.after_day import is_too_little, with_session
from core.program.calendar import Position, as_of
from core.program.coming import Coming, coming
from core.program.form import form_score
from core.program.values import Style
from core.program.volume import WEEK_DAYS, week_volume
from core.store import sets

LATELY: Final = timedelta(days=14)
"""Who has done nothing for so long gets no review (own choice)."""
MOST_RISEN: Final = 3
BEFORE_DAYS: Final = 35
"""So far back a load is compared with, the week itself among them (own choice): a block before it."""
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
    sessions = _sessions(of, work)
    return Digest(
        today - timedelta(days=WEEK_DAYS - 1),
        today,
        sessions,
        None if of is None else of.plan.schedule.a_week,
        len(work),
        None if _is_light(of, sessions) else week_volume(_within(done, today), today, hit=hit, whole=True),
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


def _is_light(of: Today | None, sessions: int) -> bool:
    """Whether every muscle had little in a week: an easy one, or one of few sessions."""
    return of is not None and (
        of.course.position.deload is not None or 2 * sessions < of.plan.schedule.a_week
    )


def _sessions(of: Today | None, work: ledgers.Done) -> int:
    """The days of these sets, but those on which a session of the plan was begun and too little of it done to count."""
    found: dict[date, set[str]] = {}
    for lift, one in work:
        found.setdefault(one.day, set()).add(lift.id)
    plans = {day: None if of is None else of.programme.plan_on(day) for day in found}
    return sum((plan := plans[day]) is None or not is_too_little(plan, lifts) for day, lifts in found.items())


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
    """The lifts of the week that have risen, the most first: their estimated maximum since the block began; without a plan the
    load they were done with."""
    lifts, unit = {lift.id: lift for lift, _ in work}, turn.athlete.unit
    if of is None:
        return _most(
            _more_load(work, await ledgers.of_last(turn, await turn.training_day(), BEFORE_DAYS), unit)
        )
    began = {one: known.began_kg for one, known in of.course.lifts.items()}
    ids = [one for one in lifts if began.get(one) is not None]
    day = turn.local_day(turn.now) + timedelta(days=1)
    now = await before_today(turn.conn, turn.athlete.id, turn.exercise, ids, day) if ids else None
    if now is None:
        return ()
    return _most(
        WentUp(lifts[one], from_kg(was, unit), from_kg(is_.value, unit))
        for one, known in zip(ids, now.lifts, strict=True)
        if (was := began[one]) is not None
        and (is_ := strength(known, day.toordinal())) is not None
        and is_.value >= ROSE * was
    )


def _most(found: Iterable[WentUp]) -> tuple[WentUp, ...]:
    return tuple(sorted(found, key=lambda one: one.was / one.now)[:MOST_RISEN])


def _more_load(
    work: Sequence[tuple[Exercise, LoggedSet]], lately: ledgers.Done, unit: Unit
) -> Iterator[WentUp]:
    """The lifts of the week that were done with more load than ever before at the same reps in the weeks before it, each by its
    greatest step."""
    first = min(one.day for _, one in work)
    now, was = _loads([one for _, one in work]), _loads([one for _, one in lately if one.day < first])
    lifts = {lift.id: lift for lift, _ in work}
    steps = [(now[key] / was[key], key) for key in now if key in was and now[key] > was[key]]
    best = {key[0]: key for _, key in sorted(steps)}
    for one, key in best.items():
        yield WentUp(lifts[one], from_kg(was[key], unit), from_kg(now[key], unit))


def _loads(done: Sequence[LoggedSet]) -> dict[tuple[str, int], float]:
    """The greatest load (kg) of each lift at each number of reps, warm-ups apart."""
    found: dict[tuple[str, int], float] = {}
    for one in done:
        set_ = one.done
        if set_.kind is Kind.WARMUP or set_.reps is None or set_.load is None or set_.unit is None:
            continue
        kg, key = to_kg(set_.load, set_.unit), (one.exercise_id, set_.reps)
        if kg > 0:
            found[key] = max(kg, found.get(key, 0.0))
    return found
