"""What an athlete tells of themselves: unit, zone, body weight, maxima, lifts of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from core.coach import asking, journal, log
from core.coach.outlook import outlook
from core.coach.turn import Turn
from core.exercises import fold
from core.facts import About, Fact, Told, Welcome
from core.model import Athlete, Exercise, LoggedSet, Unit, from_kg, to_kg
from core.notation import Setting, parse
from core.store import lifts, people, sets
from core.store.changes import Change

LEAST_BODY_KG, MOST_BODY_KG = 25.0, 400.0
MOST_MAX_KG = 1000.0


async def start(turn: Turn) -> list[Fact]:
    """/start"""
    return [Welcome(turn.athlete)]


# --- unit -------------------------------------------------------------------------------------------------------------


async def unit(turn: Turn, words: str) -> list[Fact]:
    """/unit kg|lb: what a plain number means. Offers to mend the sets logged before."""
    typed = words.strip().lower().rstrip("s")
    if not typed:
        return [Told("unit_is", {"unit": turn.athlete.unit})]
    chosen: Unit | None = {"kg": "kg", "kilo": "kg", "lb": "lb", "pound": "lb", "#": "lb"}.get(typed)  # type: ignore[assignment]
    if chosen is None:
        return [Told("unit_unknown", {"typed": words.strip()})]
    old = turn.athlete.unit
    if chosen == old:
        turn.athlete = replace(turn.athlete, unit_chosen=True)
        await people.save(turn.conn, turn.athlete)
        return [Told("unit_is", {"unit": chosen})]
    await journal.record(turn, "unit", {"unit": old, "chosen": turn.athlete.unit_chosen})
    turn.athlete = replace(turn.athlete, unit=chosen, unit_chosen=True)
    await people.save(turn.conn, turn.athlete)
    plain = await _plain_sets(turn, old)
    facts: list[Fact] = [Told("unit_set", {"unit": chosen})]
    if plain:
        facts.append(await asking.ask_mend_units(turn, old, len(plain)))
    return facts


MENDED_DAYS = 400
"""How many training days back a wrong unit can be mended."""


async def _plain_sets(turn: Turn, old: str) -> list[LoggedSet]:
    """Sets whose load was typed without a unit and read in the old one."""
    days = await sets.history(turn.conn, turn.athlete.id, MENDED_DAYS)
    return [
        one
        for _, logged in days
        for one in logged
        if one.entry.unit is None
        and one.done.unit == old
        and one.entry.load not in (None, 0.0)
        and one.message_id
    ]


async def mend_units(turn: Turn, old: str) -> list[Fact]:
    """Read the plain numbers of earlier sets in the unit chosen now, and what leaned on them with them."""
    plain = sorted(await _plain_sets(turn, old), key=sets.key)
    await journal.record(turn, "mended", [journal.packed(one) for one in plain])
    changed: dict[str, LoggedSet] = {}
    for one in plain:
        again = await log.estimated(turn, replace(one, done=replace(one.done, unit=turn.athlete.unit)), {})
        await sets.update(turn.conn, again)
        changed[again.id] = again
    leaning = [one for one in await sets.leaning_on(turn.conn, list(changed)) if one.id not in changed]
    await log.resolve_again(turn, leaning, changed)
    return [Told("units_mended", {"count": len(plain), "unit": turn.athlete.unit})]


# --- body weight, maxima ----------------------------------------------------------------------------------------------


def amount(words: str, default: Unit) -> tuple[float, Unit] | None:
    """A number with or without a unit: `83.5`, `83,5 kg`, `185lb`."""
    match = re.fullmatch(
        r"\s*(\d{1,4}(?:[.,]\d{1,3})?)\s*(kg|kgs|kilos?|lb|lbs|pounds?|#)?\s*", words, re.IGNORECASE
    )
    if match is None:
        return None
    load = float(match.group(1).replace(",", "."))
    typed = (match.group(2) or "").lower()
    return load, ("kg" if typed.startswith("k") else "lb" if typed else default)


async def bodyweight(turn: Turn, words: str) -> list[Fact]:
    """/bodyweight 83.5"""
    today = await turn.training_day()
    if not words.strip():
        known = await people.body_weights(turn.conn, turn.athlete.id, 5)
        return [Told("body_weights", {"known": tuple(known)})]
    read = amount(words, turn.athlete.unit)
    if read is None:
        return [Told("body_weight_unread", {"typed": words.strip()})]
    load, typed = read
    if not LEAST_BODY_KG <= to_kg(load, typed) <= MOST_BODY_KG:
        least, most = (round(from_kg(bound, typed)) for bound in (LEAST_BODY_KG, MOST_BODY_KG))
        return [Told("body_weight_bounds", {"number": load, "least": least, "most": most, "unit": typed})]
    weighing = turn.id()
    await people.weigh(
        turn.conn,
        weighing,
        turn.athlete.id,
        today,
        load,
        typed,
        to_kg(load, typed),
        turn.message.id,
        turn.now,
    )
    await journal.record(turn, "body_weight", {"id": weighing})
    return [Told("body_weight_set", {"load": load, "unit": typed})]


async def lift_and_rest(turn: Turn, words: str) -> tuple[Exercise | None, str, Sequence[Exercise]]:
    """A command's lift and what stands behind it; the lifts it could be where the name is doubtful."""
    match = re.match(r"^(.*?)\s*((?:\d|\+|-\d).*)?$", words.strip(), re.DOTALL)
    name, rest = (match.group(1), match.group(2) or "") if match is not None else (words, "")
    names = await turn.names()
    if not name.strip():
        last = await turn.last()
        return (None if last is None else await turn.exercise(last.exercise_id)), rest, ()
    meant = (await lifts.names(turn.conn, turn.athlete.id)).get(fold(name))
    if meant is not None and names.get(meant) is not None:
        return names.get(meant), rest, ()
    resolved = names.resolve(name)
    if resolved.status in ("exact", "near"):
        return names.get(resolved.ids[0]), rest, ()
    used = await sets.last_used(turn.conn, turn.athlete.id, resolved.ids) if resolved.ids else None
    if used is not None:
        return names.get(used), rest, ()
    return None, rest, [found for one in resolved.ids if (found := names.get(one)) is not None]


def unknown_lift(words: str, could_be: Sequence[Exercise]) -> Told:
    """No lift by that name, or several."""
    if could_be:
        return Told("lift_doubtful", {"typed": words.strip(), "lifts": tuple(could_be)})
    return Told("lift_unknown", {"typed": words.strip()})


async def stated_max(turn: Turn, words: str) -> list[Fact]:
    """/max squat 140"""
    exercise, rest, could_be = await lift_and_rest(turn, words)
    if not words.strip():
        return [Told("max_usage")]
    if exercise is None:
        return [unknown_lift(words, could_be)]
    if not rest:
        known = await lifts.stated_max(turn.conn, turn.athlete.id, exercise.id)
        return [Told("max_is", {"exercise": exercise, "known": known})]
    read = amount(rest, turn.athlete.unit)
    if read is None or exercise.timed:
        return [Told("max_unread", {"typed": rest, "exercise": exercise})]
    load, typed = read
    if not 0 < to_kg(load, typed) <= MOST_MAX_KG:
        return [
            Told("max_bounds", {"number": load, "most": round(from_kg(MOST_MAX_KG, typed)), "unit": typed})
        ]
    stated = turn.id()
    await lifts.state_max(
        turn.conn,
        stated,
        turn.athlete.id,
        exercise.id,
        load,
        typed,
        to_kg(load, typed),
        turn.message.id,
        turn.now,
    )
    await journal.record(turn, "max", {"id": stated})
    found = await outlook(turn, exercise, await turn.training_day())
    return [Told("max_set", {"exercise": exercise, "load": load, "unit": typed, "target": found.target})]


# --- zone -------------------------------------------------------------------------------------------------------------


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
    turn.athlete = replace(turn.athlete, zone=zone)
    await people.save(turn.conn, turn.athlete)
    local = turn.message.sent_at.astimezone(ZoneInfo(zone))
    return [Told("time_set", {"zone": zone, "local": local.strftime("%H:%M")})]


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


# --- lifts ------------------------------------------------------------------------------------------------------------


async def exercise(turn: Turn, words: str) -> list[Fact]:
    """/exercise squat: what is known of it. /exercise add NAME [like KNOWN]: a lift of one's own."""
    typed = " ".join(words.split())
    if not typed:
        own = await lifts.own_exercises(turn.conn, turn.athlete.id)
        return [
            Told(
                "exercise_usage", {"own": tuple(one.name for one, _ in own), "count": len(await turn.names())}
            )
        ]
    adding = re.fullmatch(r"add\s+(.+?)(?:\s+like\s+(.+))?", typed, re.IGNORECASE)
    if adding is not None:
        return await _add_exercise(turn, adding.group(1), adding.group(2))
    names = await turn.names()
    resolved = names.resolve(typed)
    found = [one for exercise_id in resolved.ids if (one := names.get(exercise_id)) is not None]
    if resolved.status in ("exact", "near") and found:
        return [About(found[0])]
    return [unknown_lift(typed, found)]


async def _add_exercise(turn: Turn, name: str, like: str | None) -> list[Fact]:
    names = await turn.names()
    if not re.search(r"[^\W\d_]", name) or _reads_as_sets(name):
        return [Told("exercise_name_bad", {"typed": name})]
    known = names.exact(name)
    if len(known) == 1 and (one := names.get(known[0])) is not None:
        return [Told("exercise_known", {"typed": name, "exercise": one})]
    model: Exercise | None = None
    if like is not None:
        resolved = names.resolve(like)
        if resolved.status not in ("exact", "near"):
            return [unknown_lift(like, [one for i in resolved.ids if (one := names.get(i)) is not None])]
        model = names.get(resolved.ids[0])
    made = await asking.add_own(turn, name, model)
    return [Told("exercise_added", {"exercise": made, "like": model})]


def _reads_as_sets(name: str) -> bool:
    return bool(parse(name, Setting()).sets)


# --- care -------------------------------------------------------------------------------------------------------------


async def cleared(turn: Turn) -> list[Fact]:
    """/cleared: a professional has cleared the symptoms; targets are given again."""
    if turn.athlete.hold_since is None:
        return [Told("nothing_to_clear")]
    await journal.record(turn, "hold", {"since": turn.athlete.hold_since.isoformat()})
    turn.athlete = replace(turn.athlete, hold_since=None)
    await people.save(turn.conn, turn.athlete)
    return [Told("cleared")]


# --- undo -------------------------------------------------------------------------------------------------------------


async def undo_profile(turn: Turn, change: Change) -> list[Fact]:
    """Take back a change that was not of sets."""
    before = change.before
    if change.what == "body_weight":
        await people.unweigh(turn.conn, before["id"])
    elif change.what == "max":
        await lifts.unstate_max(turn.conn, before["id"])
    elif change.what == "own_exercise":
        if await _is_used(turn, before["id"]):
            return [Told("undone_kept_lift")]
        await lifts.remove_own(turn.conn, turn.athlete.id, before["id"])
    elif change.what == "mended":
        await _unmend(turn, [journal.unpacked(held, turn.athlete.id) for held in before])
    else:
        turn.athlete = _as_before(turn, change)
        await people.save(turn.conn, turn.athlete)
    return [Told(f"undone_{change.what}", {"unit": turn.athlete.unit, "zone": turn.athlete.zone})]


def _as_before(turn: Turn, change: Change) -> Athlete:
    before = change.before
    if change.what == "unit":
        return replace(turn.athlete, unit=before["unit"], unit_chosen=before["chosen"])
    if change.what == "zone":
        return replace(turn.athlete, zone=before["zone"])
    return replace(turn.athlete, hold_since=datetime.fromisoformat(before["since"]))


async def _is_used(turn: Turn, exercise_id: str) -> bool:
    return await sets.last_of(turn.conn, turn.athlete.id, exercise_id) is not None


async def _unmend(turn: Turn, old: Sequence[LoggedSet]) -> None:
    put_back: dict[str, LoggedSet] = {}
    for one in old:
        if await sets.get(turn.conn, one.id) is not None:
            await sets.update(turn.conn, one)
            put_back[one.id] = one
    leaning = [one for one in await sets.leaning_on(turn.conn, list(put_back)) if one.id not in put_back]
    await log.resolve_again(turn, leaning, put_back)
