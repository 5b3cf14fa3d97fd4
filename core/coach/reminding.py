"""What is due for an athlete, and when: arranged after what they do, decided anew when it is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from core.coach import zones
from core.coach.courses import HAS_PLAN
from core.coach.in_plan import Today, today_of
from core.coach.turn import Turn
from core.effort import WITHOUT_PLAN
from core.facts import Corrected, Fact, Gone, Noted, SessionOver, ThenLift
from core.model import Kind as SetKind
from core.model import LoggedSet
from core.program.after_day import over, session_of
from core.program.calendar import Position
from core.program.places import places, rule_of, session_now
from core.reminders.rules import (
    A_DAY,
    Kind,
    When,
    digest_at,
    eve_at,
    eve_good_until,
    next_missed,
    next_session,
    open_at,
    tells_the_eve,
)
from core.reminders.settings import REMIND, Reminding, from_json
from core.store import reminders, sets
from core.store.reminders import Due

HOME: Final = "home"
"""The preference that holds the private chat to write to first: its platform and its name."""

OF_PLAN: Final = (Kind.SESSION, Kind.EVE, Kind.MISSED)
SAID: Final = "reminded"
"""The preference that holds what was said by itself (`Said`)."""

Moment = tuple[datetime, dict[str, object]]
"""When something is due, and what about."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was said by itself: how many sessions running were missed without a word, the last day whose session was told, the
    last about which it was asked, and that of the last review: each is so once, wherever the athlete travels. `reviewed_at`
    is when that review was made: what was told later is the next one's."""

    missed: int = 0
    told: date = date.min
    asked: date = date.min
    reviewed: date = date.min
    reviewed_at: datetime = datetime(1, 1, 1, tzinfo=UTC)


def said_of(preferences: Mapping[str, str]) -> Said:
    """What was said, as it is kept."""
    held = preferences.get(SAID)
    if held is None:
        return Said()
    missed, told, asked, reviewed, *at = held.split()
    found = Said(
        int(missed), date.fromisoformat(told), date.fromisoformat(asked), date.fromisoformat(reviewed)
    )
    return replace(found, reviewed_at=datetime.fromisoformat(at[0])) if at else found


async def keep(turn: Turn, now: Said) -> None:
    """Keeps it, where it has changed."""
    if now != said_of(await turn.preferences()):
        days = (now.told, now.asked, now.reviewed, now.reviewed_at)
        await turn.remember(SAID, " ".join([str(now.missed), *(one.isoformat() for one in days)]))


async def chosen(turn: Turn) -> Reminding:
    """What the athlete has chosen."""
    return from_json((await turn.preferences()).get(REMIND))


async def arrange(turn: Turn, facts: Sequence[Fact]) -> None:
    """After a message: what is due from now on, where it may have changed."""
    held = await turn.preferences()
    here = f"{turn.message.platform} {turn.message.chat}" if turn.private else held.get(HOME)
    if here is None:
        return  # nobody is written to in private who never wrote there
    trains = any(isinstance(fact, Noted | Corrected | Gone) for fact in facts)
    await _rest(turn, facts, here)
    known = said_of(held)
    if known.missed:  # whatever they write, they are there
        await keep(turn, replace(known, missed=0))
    if not await zones.is_known(turn):
        return  # at the wrong hour nobody wants to be reminded
    if here != held.get(HOME) and (trains or HAS_PLAN in held):
        await turn.remember(HOME, here)
    elif not (turn.rearms or (trains and HAS_PLAN in held)):
        return
    platform, _, chat = here.partition(" ")
    await _arranged(turn, platform, chat)


async def _rest(turn: Turn, facts: Sequence[Fact], here: str) -> None:
    """When the rest after a set that was told just now is over, where that is wanted; none after a session's last."""
    noted = [fact for fact in facts if isinstance(fact, Noted) and fact.day is None]
    if not noted or turn.is_of_earlier or not (await chosen(turn)).rest:
        return
    if any(isinstance(fact, SessionOver) for fact in facts):
        await reminders.disarm(turn.conn, turn.athlete.id, [Kind.REST])
        return
    then = next((fact.lift.exercise for fact in facts if isinstance(fact, ThenLift)), None)
    over = turn.message.sent_at + timedelta(seconds=await _rest_after(turn, noted[-1]))
    platform, _, chat = here.partition(" ")
    lift = (then or noted[-1].exercise).id
    if over > turn.now:
        await reminders.arm(turn.conn, Due(turn.athlete.id, Kind.REST, over, platform, chat, {"lift": lift}))
        turn.due.append(over)


async def _rest_after(turn: Turn, noted: Noted) -> int:
    """Seconds of rest: the plan's own, else those of the lift's role; more before an all-out set (training.md, Effort)."""
    of = await today_of(turn)
    place = None if of is None else of.of(noted.exercise.id)
    rule = WITHOUT_PLAN[noted.exercise.role] if place is None else rule_of(place)
    reasons = () if noted.target is None else noted.target.reasons
    return rule.rest_before_amrap_s if any(one.code == "amrap_now" for one in reasons) else rule.rest_s


async def _arranged(turn: Turn, platform: str, chat: str) -> None:
    """Rows for all that is due next. One that is due already is left to whoever is about to take it."""
    there = {one.kind: one for one in await reminders.of_athlete(turn.conn, turn.athlete.id)}
    wanted = await _wanted(turn)
    for kind, found in wanted.items():
        old = there.get(kind)
        if old is not None and reminders.is_held(old) and not (turn.rearms and await _is_off(turn, kind)):
            continue
        if old is not None and old.at <= turn.now and not (turn.rearms and await _is_off(turn, kind)):
            continue
        new = None if found is None else Due(turn.athlete.id, kind, found[0], platform, chat, found[1])
        if new is None and old is not None:
            await reminders.disarm(turn.conn, turn.athlete.id, [kind])
        elif new is not None and new != old:
            await reminders.arm(turn.conn, new)
            turn.due.append(new.at)


async def _is_off(turn: Turn, kind: Kind) -> bool:
    """Whether the athlete wants none of a kind."""
    settings = await chosen(turn)
    return settings.digest is None if kind is Kind.DIGEST else not settings.on


async def _wanted(turn: Turn) -> dict[Kind, Moment | None]:
    of, settings = await today_of(turn), await chosen(turn)
    if of is None and turn.behind is not None:
        return {}  # older days wait to be learned from: the next message knows more
    reviewed = said_of(await turn.preferences()).reviewed
    digest = digest_at(settings, turn.zone, turn.now, reviewed)
    found: dict[Kind, Moment | None] = dict.fromkeys((*OF_PLAN, Kind.OPEN))
    found[Kind.DIGEST] = None if digest is None else (digest[1], _about(digest[0]))
    if of is None or not settings.on:
        return found
    return found | await planned(turn, of, settings) | {Kind.OPEN: await _open(turn, of, settings)}


async def planned(
    turn: Turn, of: Today, settings: Reminding, since: datetime | None = None
) -> dict[Kind, Moment | None]:
    """When the next session is told, its all-out set the evening before, and about which it is asked if it does not come;
    of what nobody served since then, what is worth saying yet."""
    when, known = await when_of(turn, of, settings), said_of(await turn.preferences())
    ahead = next_session(when, turn.now, known.told, since)
    asked = next_missed(when, turn.now, known.asked, since)
    found: dict[Kind, Moment | None] = {
        Kind.SESSION: None if ahead is None else (ahead[1], _about(ahead[0])),
        Kind.MISSED: None if asked is None else (asked[1], _about(asked[0])),
        Kind.EVE: None,
    }
    first = next(when.training_days(turn.local_day(turn.now)), None)
    then = replace(of, course=replace(of.course, position=when.position))
    if first is not None and tells_the_eve(when, first) and _ends_all_out(then, first):
        evening, good_until = eve_at(when, first), eve_good_until(when, first)
        is_due = evening > (since or turn.now) and good_until > turn.now
        found[Kind.EVE] = (evening, _about(first)) if is_due else None
    return found


def _about(day: date) -> dict[str, object]:
    return {"day": day.isoformat()}


def _ends_all_out(of: Today, day: date) -> bool:
    session = session_now(of.course, of.plan, day)
    asked = () if session is None else places(of.course, of.plan, session, day, of.programme.exercises)
    return any(one.amrap for one in asked)


async def when_of(turn: Turn, of: Today, settings: Reminding) -> When:
    """How the athlete trains, today's session counted where it is done."""
    since = next(one.since for one in of.programme.versions)
    return When(of.plan.schedule, since, await _position(turn, of), turn.zone, settings)


async def _position(turn: Turn, of: Today) -> Position:
    """Where somebody stands; a session that has begun today is not told nor asked about any more."""
    done = await begun_on(turn, of.day)
    session = session_of(of.course, of.plan, of.day, done)
    begun = of.course.position.last != of.day and bool(done) and session is not None
    return over(of.course, of.plan, of.day, session).position if begun and session else of.course.position


async def begun_on(turn: Turn, day: date) -> set[str]:
    """The lifts of which anything but a warm-up was done on a day."""
    done = await sets.on_day(turn.conn, turn.athlete.id, day)
    return {one.exercise_id for one in done if one.done.kind is not SetKind.WARMUP}


async def _open(turn: Turn, of: Today, settings: Reminding) -> Moment | None:
    """When today's session is closed, where it has begun and is not done; yesterday's, where quiet hours hold that back."""
    done = await sets.on_day(turn.conn, turn.athlete.id, of.day)
    if not done:
        done = await sets.on_day(turn.conn, turn.athlete.id, of.day - A_DAY)
    if not done:
        return None
    last = max(done, key=lambda one: one.performed_at)
    closes = open_at(last.performed_at, settings, turn.zone)
    if closes <= turn.now:
        return None  # sets that were read so late are told of no more: of a session read in pieces each would be closed
    then = of if last.day == of.day else await _as_of(turn, last)
    if then is None or not lacking(then, [one.exercise_id for one in done]):
        return None
    return closes, _about(last.day)


async def _as_of(turn: Turn, last: LoggedSet) -> Today | None:
    """The plan as it stood on the day of a set."""
    message = replace(turn.message, sent_at=last.performed_at, edited_at=None, deleted_at=None)
    then = await today_of(replace(turn, message=message, programme=(), _last=[], _is_late=False))
    return then if then is not None and then.day == last.day else None


def lacking(of: Today, done: Sequence[str]) -> list[str]:
    """The lifts of today's session of which a set is still to come; `done` holds the lift of each set."""
    session = session_of(of.course, of.plan, of.day, set(done))
    if session is None or of.programme.is_rest_left(of.day):
        return []
    asked = places(of.course, of.plan, session, of.day, of.programme.exercises)
    return [one.exercise.id for one in asked if done.count(one.exercise.id) < one.asked.sets]
