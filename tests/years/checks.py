"""What must hold in a year of chat, read from the chat alone: no line of it contradicts another, no number is absurd.

Every finding is a sentence that ends with the message it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.transcript import Line
from core.effort import Block
from core.loads import Gear, rungs
from core.program.blocks import block_of, ends_block
from tests.coach.chats import Exchange
from tests.years import reading
from tests.years.reading import BY_NAME, Asked, Head, PlannedLift

MOST_LINES = 8
LONG_ANSWERS = ("/plan", "/help")
"""What is asked for as a list may be longer."""

FURTHEST_UP, FURTHEST_DOWN = 1.08, 0.75
"""How far a target may lie from what was done last, by Epley, unless it is said why."""

WHY_UP = (
    "All of it was easy so far: heavier, until it fits.",
    "Your sessions so far say that you have more in you.",
)
"""What is said where a target is far above what was done."""

PLANNED_DAYS, LAYOFF_DAYS = 8, 14
"""A lift that is planned once a week comes so soon; after so many days a layoff may say that it is lighter."""

_TROUBLE = re.compile(
    r"/undo|actually|/easy|/swap|/plan|/skip|/deload|pain|hurts|/max|/bodyweight", re.IGNORECASE
)
_WEEK = re.compile(r"Week (\d+), \w+\.|Deload: easy, on purpose\.")
DELOAD = 0
_REVIEW = re.compile(r"(?:Foundation|Build|Challenge) done\.")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong (`kind`, for counting) and where."""

    kind: str
    text: str


@dataclass(slots=True)
class Seen:
    """A lift as the chat has it so far: what was promised for the next time, what was done last, what came between."""

    promised: Asked | None = None
    line: str = ""
    week: int | None = None
    done: float = 0.0
    """The best set of the last session by Epley (kg, the body's share included)."""
    day: date | None = None
    troubled: bool = False
    hurt: bool = False
    """It hurt on that day: what comes after may be far below it."""
    eased: bool = False
    """It was a deload or an easy day: what comes after may be far above it."""


@dataclass(slots=True)
class Watch:
    """Reads a chat from its beginning."""

    weight_kg: float
    findings: list[Finding] = field(default_factory=list)
    amraps: list[tuple[date, str, int]] = field(default_factory=list)
    heads: list[tuple[date, Head]] = field(default_factory=list)
    sessions: dict[str, dict[date, float]] = field(default_factory=dict)
    """The best set of each session of a lift, by Epley (kg)."""
    reviews: int = 0
    """Blocks whose end was reviewed."""
    _lifts: dict[str, Seen] = field(default_factory=dict)
    _best: dict[str, float] = field(default_factory=dict)
    _today: dict[str, Asked] = field(default_factory=dict)
    _day: date | None = None
    _eased: bool = False
    _hurt: set[str] = field(default_factory=set)

    def reads(self, exchanges: list[Exchange]) -> None:
        """All of a chat."""
        for one in exchanges:
            if one.line is not None and one.line.at is not None:
                self._exchange(
                    one.line, one.reply, "\n".join([*one.written, *(f"> {line}" for line in one.reply)])
                )

    # One message --------------------------------------------------------------------------------------------------

    def _exchange(self, line: Line, reply: list[str], told: str) -> None:
        assert line.at is not None
        day = line.at.date()
        if day != self._day:
            self._day, self._today, self._best, self._eased, self._hurt = day, {}, {}, False, set()
        self._short(line, reply, told)
        if _TROUBLE.search(line.text):
            for seen in self._lifts.values():
                seen.troubled = True
        head = reading.head(reply)
        self._eased |= line.text == "/easy" or (head is not None and head.deload)
        if head is not None:
            self._session(head, reply, day, told)
        elif line.text.startswith("/last"):
            self._looked_up(reply, told)
        self.reviews += any(_REVIEW.match(text) for text in reply)
        for text in reply:
            self._then(text, told)
        self._noted(line, reply, day, told)

    def _finds(self, kind: str, text: str, told: str) -> None:
        self.findings.append(Finding(kind, f"{kind}: {text}\n{told}"))

    def _short(self, line: Line, reply: list[str], told: str) -> None:
        listed = line.text.startswith(LONG_ANSWERS) or any("Your plan ✓" in text for text in reply)
        if len(reply) > MOST_LINES and not listed:
            self._finds("long", f"{len(reply)} lines", told)

    # What is asked for --------------------------------------------------------------------------------------------

    def _session(self, head: Head, reply: list[str], day: date, told: str) -> None:
        if not self.heads or self.heads[-1][0] != day:
            self._follows(head, told)
            self.heads.append((day, head))
        for text in reply[1:]:
            lift = reading.planned(text)
            if lift is None or lift.asked is None or lift.lift in self._best:
                continue
            self._loadable(lift.lift, lift.asked, told)
            self._as_promised(lift, head, day, told)
            self._near(lift, head, reply, day, told)
            self._today[lift.lift] = lift.asked

    def _follows(self, head: Head, told: str) -> None:
        """Weeks go on by one, or are repeated; after the twelfth comes a deload."""
        last = self.heads[-1][1] if self.heads else None
        if last is None or (head.week is None and not head.deload):
            return
        if head.deload:
            good = last.deload or last.week == 12
        elif last.deload:
            good = head.week == 1
        else:
            good = head.week in (last.week, (last.week or 0) + 1) or any(
                "days away" in line for line in told.split("\n")
            )
        if head.deload and last.deload and head.session == last.session:
            self._finds("deload", f"{head.session} twice running", told)
        if not good:
            self._finds("week", f"{last} is followed by {head}", told)

    def _as_promised(self, lift: PlannedLift, head: Head, day: date, told: str) -> None:
        seen = self._lifts.get(lift.lift)
        if seen is None or seen.promised is None or seen.day is None or seen.troubled:
            return
        other_week = seen.week is not None and seen.week != head.week
        if other_week or head.deload or (day - seen.day).days > PLANNED_DAYS:
            return
        then, now = seen.promised, lift.asked
        assert now is not None
        if (then.load, then.reps) != (now.load, now.reps):
            self._finds("promise", f"{lift.lift} was to be {then}, is {now}; it was said:\n{seen.line}", told)

    def _near(self, lift: PlannedLift, head: Head, reply: list[str], day: date, told: str) -> None:
        """No target is far from what was done, unless the weeks, a deload, pain or days away are the reason."""
        seen, asked = self._lifts.get(lift.lift), lift.asked
        if seen is None or seen.day is None or seen.done <= 0 or asked is None or asked.reps is None:
            return
        away = (day - seen.day).days > LAYOFF_DAYS
        eased = head.deload or seen.troubled or seen.hurt or away
        now = self._epley(lift.lift, asked.load, asked.reps, asked.rpe)
        if now is None:
            return
        said = any(why in seen.line for why in WHY_UP)
        if now > FURTHEST_UP * seen.done and not seen.eased and not said:
            self._finds("far up", f"{lift.lift} {asked}: {now:.0f} after {seen.done:.0f}", told)
        if now < FURTHEST_DOWN * seen.done and not eased:
            self._finds("far down", f"{lift.lift} {asked}: {now:.0f} after {seen.done:.0f}", told)

    def _epley(self, lift: str, load: float | None, reps: int, rpe: float | None) -> float | None:
        """The maximum that a set speaks of (kg, the body's share included)."""
        one = BY_NAME[lift]
        if load is None:
            return None
        return (load + one.share * self.weight_kg) * (1 + (reps + (10 - (rpe or 8.0))) / 30)

    def _loadable(self, lift: str, asked: Asked, told: str) -> None:
        if asked.load is None:
            return
        if not any(abs(asked.load - rung) < 0.01 for rung in rungs(BY_NAME[lift], "kg", Gear())):
            self._finds("plates", f"{lift} at {asked.load}", told)

    def _then(self, text: str, told: str) -> None:
        """What the session goes on with is what it said at its beginning."""
        if not text.startswith("Then "):
            return
        lift = reading.planned(text)
        if lift is None or lift.asked is None or lift.lift in self._best or lift.lift not in self._today:
            return
        then, now = self._today[lift.lift], lift.asked
        if (then.load, then.reps) != (now.load, now.reps):
            self._finds("then", f"{lift.lift} was {then} in /today, is {now}", told)

    def _looked_up(self, reply: list[str], told: str) -> None:
        """/last says the same as the last reply to the lift's sets."""
        lift = next((name for name in self._lifts if reply and reply[0].startswith(f"{name} ")), None)
        said = next((text for text in reply if text.startswith("Next: ")), None)
        if lift is None or said is None or self._lifts[lift].promised is None or self._lifts[lift].troubled:
            return
        found = reading.planned(f"Lift: 1 × {said.removeprefix('Next: ')}")
        promised = self._lifts[lift].promised
        assert promised is not None
        if (
            found is not None
            and found.asked is not None
            and (found.asked.load, found.asked.reps)
            != (
                promised.load,
                promised.reps,
            )
        ):
            self._finds("last", f"{lift} was to be {promised}", told)

    # What was done ------------------------------------------------------------------------------------------------

    def _noted(self, line: Line, reply: list[str], day: date, told: str) -> None:
        for at, text in enumerate(reply):
            note = reading.noted(text)
            if note is None or note.lift not in BY_NAME:
                continue
            if note.asked is not None:
                self._loadable(note.lift, note.asked, told)
            self._did(note.lift, note.sets, day, told)
            if "pain" in text:
                self._hurt.add(note.lift)
            if note.when == "next time":
                seen = self._lifts.setdefault(note.lift, Seen())
                weeks = [
                    int(found[1] or DELOAD)
                    for one in reply[at:]
                    if (found := _WEEK.fullmatch(one)) is not None
                ]
                trouble = bool(_TROUBLE.search(line.text))
                done = self._best.get(note.lift, seen.done)
                week = weeks[0] if weeks else None
                hurt = note.lift in self._hurt
                self._lifts[note.lift] = Seen(note.asked, told, week, done, day, trouble, hurt, self._eased)

    def _did(self, lift: str, sets: str, day: date, told: str) -> None:
        """The last of the sets that are shown: its maximum by Epley, and whether it was an AMRAP."""
        one = BY_NAME[lift]
        for load, reps, rest in re.findall(
            r"(bw|[+-]?\d+(?:\.\d+)?)(?: kg)? × (\d+)([^,]*(?:, \d+ left)?)", sets
        ):
            rpe = re.search(r"@(\d+(?:\.\d+)?)", rest)
            left = re.search(r"(\d+) (?:rir|left)", rest)
            effort = float(rpe[1]) if rpe else 10.0 - int(left[1]) if left else None
            if "failure" in rest:
                effort = 10.0
            elif effort is None and lift in self._today:
                effort = self._today[lift].rpe
            found = self._epley(lift, 0.0 if load == "bw" else float(load), int(reps), effort)
            self._best[lift] = max(self._best.get(lift, 0.0), found or 0.0)
            self.sessions.setdefault(lift, {})[day] = self._best[lift]
            if "amrap" in rest and not one.timed:
                self.amraps = [each for each in self.amraps if each[:2] != (day, lift)]
                self.amraps.append((day, lift, int(reps)))

    # The whole ----------------------------------------------------------------------------------------------------

    def of_kind(self, *kinds: str) -> list[Finding]:
        return [one for one in self.findings if one.kind in kinds]

    def rose(self, lift: str) -> float:
        """How a lift's last five sessions stand to its first five."""
        bests = list(self.sessions[lift].values())
        return sum(bests[-5:]) / sum(bests[:5])

    def amraps_by_day(self) -> dict[date, list[str]]:
        days: dict[date, list[str]] = {}
        for day, lift, _ in self.amraps:
            days.setdefault(day, []).append(lift)
        return days

    def blocks_done(self) -> Iterator[tuple[Block, bool]]:
        """Each block that came to its end, and whether something was taken to an AMRAP in its last week or after it."""
        for (day, head), (_, after) in zip(self.heads, self.heads[1:], strict=False):
            if head.week is not None and ends_block(head.week) and after.week != head.week:
                near = (abs((day - when).days) <= timedelta(days=14).days for when, _, _ in self.amraps)
                yield block_of(head.week), any(near)


def watched(exchanges: list[Exchange], weight_kg: float) -> Watch:
    """A chat that was read."""
    watch = Watch(weight_kg)
    watch.reads(exchanges)
    return watch
