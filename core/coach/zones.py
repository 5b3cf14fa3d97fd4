"""The athlete's time zone: "today" and "yesterday" need it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo, available_timezones

from core.coach import journal
from core.coach.courses import HAS_PLAN
from core.coach.turn import Turn
from core.exercises import fold
from core.facts import Fact, Told
from core.store import people, plans, strengths


async def time_zone(turn: Turn, words: str) -> list[Fact]:
    """/time Europe/Berlin, /time Lisbon, /time 18:05: the zone that "today" and "yesterday" are in."""
    typed = words.strip()
    local = turn.message.sent_at.astimezone(turn.zone)
    if not typed:
        return [Told("time_is", {"zone": turn.athlete.zone, "local": local.strftime("%H:%M")})]
    clock = re.fullmatch(r"(\d{1,2})[:.h](\d{2})\s*(am|pm)?", typed, re.IGNORECASE)
    if clock is not None:
        return [_zones_by_clock(turn, clock)]
    zone = zone_of(typed)
    if zone is None:
        return [Told("time_unknown", {"typed": typed})]
    await journal.record(turn, "zone", {"zone": turn.athlete.zone})
    day = turn.local_day(turn.message.sent_at)
    turn.athlete = replace(turn.athlete, zone=zone)
    await people.save(turn.conn, turn.athlete)
    await _keep_plan(turn, day)
    local = turn.message.sent_at.astimezone(ZoneInfo(zone))
    return [Told("time_set", {"zone": zone, "local": local.strftime("%H:%M")})]


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


def _zones_by_clock(turn: Turn, clock: re.Match[str]) -> Told:
    """The zones in which it is now the time the athlete reads off the wall."""
    hour, minute = int(clock.group(1)), int(clock.group(2))
    if (clock.group(3) or "").lower() == "pm" and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        return Told("time_unknown", {"typed": clock.group()})
    fits = []
    for zone in COMMON_ZONES:
        local = turn.message.sent_at.astimezone(ZoneInfo(zone))
        off = abs((local.hour * 60 + local.minute) - (hour * 60 + minute))
        if min(off, 1440 - off) <= 20:
            fits.append(zone)
    return Told("time_fits", {"zones": tuple(fits), "typed": clock.group()})


def zone_of(typed: str) -> str | None:
    """The IANA zone of a name or of a city: `Europe/Berlin`, `berlin`, `New York`."""
    wanted = fold(typed).replace(" ", "_")
    known = sorted(available_timezones(), key=lambda name: (name not in COMMON_ZONES, name.count("/"), name))
    for name in known:
        if name.lower() == typed.strip().lower():
            return name
    for name in known:
        if (
            "/" in name
            and not name.startswith(("Etc/", "posix/", "right/"))
            and name.split("/")[-1].lower() == wanted
        ):
            return name
    if typed.strip().upper() in ("UTC", "GMT"):
        return "UTC"
    return None
