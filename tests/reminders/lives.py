"""Lives to be played: a quarter of somebody's training, drawn by chance, in one zone and on journeys to others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from core.reminders.settings import USUAL, Reminding
from tests.reminders.model import DAY, HOUR, LIFTS, MINUTE, SETS, Act, Down, Facts, Life, instant, midnight

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEKS = 13
TRAINED = ((0, 2, 4), (1, 3, 5), (0, 3), (2, 4, 6), ())
TIMES = (time(18), time(6, 30), time(12, 15), time(23, 30), time(2, 30), None)
QUIETS = (None, (time(22), time(7)), (time(21, 30), time(9, 30)), (time(0), time(6)), (time(17), time(19)))
LEADS = (0, 15, 60, 90, 180)


class Writer:
    """Writes a life, day by day; knows what is planned, for people know that of themselves."""

    def __init__(self, chance: Random, zone: str, since: date, away: str) -> None:
        self.chance, self.home, self.away = chance, zone, away
        days = chance.choice(TRAINED)
        at = chance.choice(TIMES) if days else None
        self.first = since
        self.since = midnight(since, zone) + 9 * HOUR
        self.known = Facts(zone, days, at)
        self.acts: list[Act] = []
        self.chosen: Reminding = USUAL

    def write(self) -> Life:
        named = " ".join(DAY_NAMES[day] for day in self.known.days) or "3 times a week"
        time_ = "" if self.known.at is None else f" {self.known.at:%H:%M}"
        self.type(self.since + 10 * timedelta(seconds=1), f"/time {self.home}", zone=self.home)
        plan = "A: " + ", ".join(f"{name} {sets}" for name, sets in zip(LIFTS, SETS, strict=True))
        self.type(self.since + MINUTE, f"/plan {named}{time_}\n{plan}")
        self.change(self.since + 2 * MINUTE)
        self.change(self.since + 3 * MINUTE)
        mute = self.chance.randrange(20, 70) if self.chance.random() < 0.6 else 1000
        gone, back = sorted(self.chance.sample(range(10, 85), 2))
        for ahead in range(1, 7 * WEEKS):
            day = self.first + ahead * DAY
            if ahead in (gone, back):
                self.travel(day, self.away if ahead == gone else self.home)
            if not mute <= ahead < mute + 16:
                self.day(day)
        until = midnight(self.first + 7 * WEEKS * DAY, self.known.zone)
        at, days = self.known.at, self.known.days
        return Life(self.since, until, self.home, days, at, tuple(self.acts))

    def type(
        self,
        at: datetime,
        text: str,
        *,
        lift: int | None = None,
        skip: bool = False,
        move_to: date | None = None,
        zone: str | None = None,
        chosen: Reminding | None = None,
    ) -> None:
        """Types something, unless something later was typed already (they flew west)."""
        if self.acts and at <= self.acts[-1].sent:
            return
        self.chosen = chosen or self.chosen
        act = Act(at, text, lift, skip, move_to, zone, self.chosen)
        self.known.new_day(at)
        self.known.take(act)
        self.known.new_day(at)
        self.acts.append(act)

    def day(self, day: date) -> None:
        """What they do on a day."""
        self.known.new_day(instant(datetime.combine(day, time(0, 1)), self.known.zone))
        hour = 9 + self.chance.randrange(7)
        noon = instant(datetime.combine(day, time(hour, 7)), self.known.zone) + self.seconds()
        if not self.known.days:
            if day.toordinal() % 2 == 0 and self.chance.random() < 0.7:
                self.train(day, self.how_much())
        elif self.known.is_planned(day):
            self.planned(day, noon)
        elif self.chance.random() < 0.25:
            self.type(noon, "/today")
        elif self.chance.random() < 0.12:
            self.change(noon)
        elif self.chance.random() < 0.06 and not self.at_block_end(day):
            self.type(noon, "/skip", skip=True)

    def planned(self, day: date, noon: datetime) -> None:
        early = self.known.at is None or self.known.at > time(17)
        drawn = self.chance.random()
        if self.at_block_end(day) or drawn < 0.66:
            self.train(day, 4)
        elif drawn < 0.76:
            self.train(day, self.chance.choice((1, 2, 3)))
        elif drawn < 0.82 and early:
            to = day + self.chance.choice((1, 1, 2, 4)) * DAY
            self.type(noon, f"/move {to.isoformat()}", move_to=to)
        elif drawn < 0.87 and early:
            self.type(noon, "/skip", skip=True)
        elif drawn < 0.90:
            self.change(noon)
        # else it does not come

    def at_block_end(self, day: date) -> bool:
        """In the weeks of all-out sets everybody comes: what becomes of one that is missed is another matter."""
        return self.known.position(day).week % 4 in (0, 1)

    def how_much(self) -> int:
        return self.chance.choice((1, 2, 3, 4, 4, 4, 4))

    def train(self, day: date, lifts: int) -> None:
        """A session, a message for each lift."""
        at_time = self.known.at or time(17, 30)
        at = instant(datetime.combine(day, at_time), self.known.zone) + 4 * MINUTE + self.seconds()
        is_all_out = self.known.all_out(day)
        for lift in range(lifts):
            sets = ["60x12 @7"] * SETS[lift]
            if is_all_out and lift < 2:
                sets[-1] = "60x12 amrap"
            self.type(at, f"{LIFTS[lift]} " + ", ".join(sets), lift=lift)
            at += self.chance.choice((2, 6, 9, 12)) * MINUTE + self.seconds()

    def seconds(self) -> timedelta:
        return timedelta(seconds=self.chance.randrange(1, 59))

    def travel(self, day: date, zone: str) -> None:
        hour = self.chance.choice((8, 13, 18))
        at = instant(datetime.combine(day, time(hour, 31)), self.known.zone) + self.seconds()
        self.type(at, f"/time {zone}", zone=zone)

    def change(self, at: datetime) -> None:
        """Chooses something of being reminded."""
        was = self.chosen
        match self.chance.randrange(6):
            case 0:
                lead = self.chance.choice(LEADS)
                self.type(at, f"/remind {lead} min", chosen=replace(was, lead_min=lead, on=True))
            case 1:
                quiet = self.chance.choice(QUIETS)
                named = "off" if quiet is None else f"{quiet[0]:%H:%M}-{quiet[1]:%H:%M}"
                self.type(at, f"/remind quiet {named}", chosen=replace(was, quiet=quiet))
            case 2:
                digest = self.chance.choice((None, *range(7)))
                named = "off" if digest is None else DAY_NAMES[digest]
                self.type(at, f"/remind digest {named}", chosen=replace(was, digest=digest))
            case 3 | 4:
                self.type(at, f"/rest {'off' if was.rest else 'on'}", chosen=replace(was, rest=not was.rest))
            case 5:
                self.type(at, f"/remind {'off' if was.on else 'on'}", chosen=replace(was, on=not was.on))


def down_times(chance: Random, life: Life) -> Life:
    """The same life, with nobody serving now and then: minutes, hours, a day, a week."""
    downs: list[Down] = []
    at = life.since + DAY
    while True:
        at += chance.uniform(1, 9) * DAY
        length = chance.choice((3 * MINUTE, 20 * MINUTE, 3 * HOUR, 9 * HOUR, DAY, DAY, 7 * DAY))
        until = at + chance.uniform(0.7, 1.0) * length
        if until + HOUR > life.until:
            break
        typed = [one for one in life.acts if at <= one.sent < until]
        if all(one.remind is None or one.text[:5] not in ("/remi", "/rest", "/time") for one in typed):
            downs.append(Down(at, until, chance.random() < 0.5))
            at = until
    return replace(life, downs=tuple(downs))


def life_of(seed: int, zone: str, since: date, away: str) -> Life:
    """A life in a zone from a day on, with a journey."""
    chance = Random(f"{seed} {zone} {since}")
    return down_times(chance, Writer(chance, zone, since, away).write())
