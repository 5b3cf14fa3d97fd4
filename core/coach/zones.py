"""The athlete's time zone: "today" and "yesterday" need it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from core.coach import asking, journal
from core.coach.courses import HAS_PLAN
from core.coach.turn import CARRY, Turn
from core.exercises import fold
from core.facts import Fact, Told
from core.names import rows
from core.store import people, plans, questions, strengths
from core.store.questions import Question

CLOCK: Final = "clock"
"""The question what time it is for somebody, answered by a clock or a place."""
WHICH: Final = "zone"
"""The question which of several zones is theirs."""
CHOSEN: Final = "zone_chosen"
"""The preference that says that a zone was chosen, or asked for once."""

MOST_OFFERED: Final = 6
NEAR_MIN: Final = 20
"""So many minutes what somebody reads off the wall may be off (own choice)."""

_CLOCK: Final = re.compile(r"(?:it(?: is|'s) )?(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?", re.IGNORECASE)


async def _keep_plan(turn: Turn, day: date) -> None:
    """What counts of a plan from today or tomorrow on does so, too, where the athlete went west and the day begins again."""
    back = (turn.local_day(turn.message.sent_at) - day).days
    if back < 0 and HAS_PLAN in await turn.preferences():
        await plans.shift(turn.conn, turn.athlete.id, day, back)
        await strengths.unlearn(turn.conn, turn.athlete.id, day + timedelta(days=back))
        turn.programme = ()


COMMON_ZONES = (
    "Europe/London", "Europe/Lisbon", "Europe/Berlin", "Europe/Madrid", "Europe/Athens", "Europe/Moscow",
    "Africa/Lagos", "Africa/Cairo", "Africa/Johannesburg", "Asia/Dubai", "Asia/Karachi", "Asia/Kolkata", "Asia/Dhaka",
    "Asia/Bangkok", "Asia/Shanghai", "Asia/Tokyo", "Australia/Perth", "Australia/Sydney", "Pacific/Auckland",
    "America/Sao_Paulo", "America/Argentina/Buenos_Aires", "America/Halifax", "America/New_York", "America/Chicago",
    "America/Mexico_City", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage",
    "Pacific/Honolulu", "Atlantic/Azores",
)  # fmt: skip


async def time_zone(turn: Turn, words: str) -> list[Fact]:
    """/time Europe/Berlin, /time Lisbon, /time 18:05: the zone that "today" and reminders are in."""
    typed = words.strip()
    if not typed:
        local = turn.message.sent_at.astimezone(turn.zone)
        is_now = Told("time_is", {"zone": turn.athlete.zone, "local": local.strftime("%H:%M")})
        return [is_now, *await _ask(turn)] if turn.private else [is_now]
    facts = await _placed(turn, typed)
    if facts is None:
        clock = _CLOCK.fullmatch(typed) is not None
        return [Told("time_no_clock" if clock else "time_unknown", {"typed": typed})]
    return facts


async def ask_once(turn: Turn) -> list[Fact]:
    """What time it is for somebody, where they never said it and it matters now."""
    if not turn.private or CHOSEN in await turn.preferences() or turn.athlete.zone != UNKNOWN:
        return []
    await turn.remember(CHOSEN, f"{_ASKED}{turn.local_day(turn.now).isoformat()}")
    return await _ask(turn)


_ASKED: Final = "asked "
AGAIN: Final = timedelta(days=3)
"""So long after the first time who did not say it is asked once more (own choice)."""


async def ask_again(turn: Turn) -> list[Fact]:
    """Once more what time it is for somebody who has a plan with weekdays, of which nobody can remind them so far."""
    held = (await turn.preferences()).get(CHOSEN)
    if held is None or not held.startswith(_ASKED) or not turn.private or await is_known(turn):
        return []
    if turn.local_day(turn.now) - date.fromisoformat(held.removeprefix(_ASKED)) < AGAIN:
        return []
    await turn.remember(CHOSEN, "twice")
    return await _ask(turn, again=True)


UNKNOWN: Final = "UTC"
"""The zone of people who have not said theirs."""


async def is_known(turn: Turn) -> bool:
    """Whether it is known what time it is for somebody."""
    return turn.athlete.zone != UNKNOWN or (await turn.preferences()).get(CHOSEN) == "yes"


async def _ask(turn: Turn, *, again: bool = False) -> list[Fact]:
    for old in await turn.open_questions():
        if old.code in (CLOCK, WHICH):
            await questions.close(turn.conn, old.id, turn.now)
    return [await asking.put(turn, CLOCK, "", (), **({"again": True} if again else {}))]


async def answered(turn: Turn, question: Question, text: str) -> list[Fact] | None:
    """An answer to "what time is it for you?"; None where it is none."""
    said = text.strip().rstrip(".!")
    is_clock = _CLOCK.fullmatch(said) is not None and not said.isdigit()
    if not (is_clock or zone_of(said) is not None):
        return None
    if turn.now - question.asked_at > CARRY and not (is_clock and not await is_known(turn)):
        return None  # a clock is told by whoever has still to tell it, however late
    await questions.answer(turn.conn, question.id, said, turn.now)
    return await _placed(turn, said)


async def _placed(turn: Turn, typed: str) -> list[Fact] | None:
    """The zone of a place, or the question which of those it is in which a clock shows that; None for neither."""
    clock = _CLOCK.fullmatch(typed)
    if clock is None:
        zone = zone_of(typed)
        return None if zone is None else await chosen(turn, zone)
    wanted = _minutes(clock)
    if wanted is None:
        return None
    fits = _zones_at(turn, wanted)
    if not fits or not turn.private:
        return [Told("time_fits", {"zones": tuple(fits), "typed": typed})]
    choices = [{"label": zone, "sets": [], "word": zone} for zone in fits]
    return [await asking.put(turn, WHICH, "", choices)]


async def chosen(turn: Turn, zone: str) -> list[Fact]:
    """A zone is theirs from now on; `/undo` takes it back."""
    await journal.record(turn, "zone", {"zone": turn.athlete.zone})
    day = turn.local_day(turn.message.sent_at)
    turn.athlete = replace(turn.athlete, zone=zone)
    await people.save(turn.conn, turn.athlete)
    await turn.remember(CHOSEN, "yes")
    await _keep_plan(turn, day)
    turn.rearms = True
    local = turn.message.sent_at.astimezone(ZoneInfo(zone))
    return [Told("time_set", {"zone": zone, "local": local.strftime("%H:%M")})]


def _minutes(clock: re.Match[str]) -> int | None:
    """The minutes since midnight that a clock shows; None where none does."""
    hour, minute, half = int(clock.group(1)), int(clock.group(2) or 0), (clock.group(3) or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _zones_at(turn: Turn, wanted: int) -> list[str]:
    """The zones in which it is that time now, the nearest first; their own before others."""
    found = []
    for zone in dict.fromkeys((turn.athlete.zone, *COMMON_ZONES)):
        local = turn.message.sent_at.astimezone(ZoneInfo(zone))
        off = abs(local.hour * 60 + local.minute - wanted)
        off = min(off, 24 * 60 - off)
        if off <= NEAR_MIN and zone != UNKNOWN:
            found.append((off, zone))
    return [zone for _, zone in sorted(found, key=lambda one: one[0])][:MOST_OFFERED]


def zone_of(typed: str) -> str | None:
    """The IANA zone of a name, a city or a country: `Europe/Berlin`, `berlin`, `New York`, `Munich`."""
    return _named().get(fold(typed))


@lru_cache(maxsize=1)
def _named() -> dict[str, str]:
    """Zones by what they are called: other places first, then the last part of a zone's name, then all of it."""
    found = {fold(name): zone for name, zone in rows("places.tsv")}
    known = [one for one in available_timezones() if not one.startswith(("Etc/", "posix/", "right/"))]
    known.sort(key=lambda one: (one in COMMON_ZONES, -one.count("/"), one))
    found |= {fold(one.rpartition("/")[2].replace("_", " ")): one for one in known if "/" in one}
    found |= {fold(one): one for one in known}
    return found | {"utc": "UTC", "gmt": "UTC"}
