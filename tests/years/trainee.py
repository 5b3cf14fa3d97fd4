"""Somebody who trains by what the chat says: reads each reply, lifts what it asks for, types what a person would."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from bot.console import Console
from bot.transcript import Line, format_line
from core.loads import Gear, loadable
from core.notation.printer import number
from core.simulation.lifter import Outcome
from tests.coach.chats import Exchange
from tests.years import reading, wording
from tests.years.body import Body
from tests.years.reading import BY_NAME, Asked, PlannedLift
from tests.years.wording import Habits

MOST_SETS = 8
MOST_REPS, MOST_LEFT = 30, 5
"""Nobody counts further than that in a set that is all out."""
LOOKS_UP = 0.1
"""How often a session ends with a look at one of its lifts."""
SET_MINUTES, DAY_OF_BEGIN = 3, datetime(2027, 1, 4, 18, 0, tzinfo=UTC)

_NEWS = re.compile(r"^\w+ begins\. |^Easy on purpose")
"""Lines of today's session that are of no lift."""


@dataclass(frozen=True, slots=True)
class Day:
    """What is other than usual on a day, by what is typed and by what happens to the body."""

    says: tuple[str, ...] = ()
    """Messages before the session."""
    stays_away: bool = False
    ill: float = 1.0
    """What is left of the strength on a bad day."""
    hurts: Mapping[str, str] = field(default_factory=dict)
    """Words of pain behind the first set of a lift."""
    slips: str | None = None
    """`undo`, `actually`, `edit`: a first set with a wrong number, and how it is put right."""


@dataclass(slots=True)
class Trainee:
    """A lifter at a keyboard. `exchanges` is the chat so far, `amraps` what came of each set that was all out."""

    name: str
    console: Console
    body: Body
    habits: Habits
    weight_kg: float
    seed: int
    exchanges: list[Exchange] = field(default_factory=list)
    amraps: list[tuple[str, int]] = field(default_factory=list)
    _at: datetime = DAY_OF_BEGIN
    _count: int = 0
    _hurts: dict[str, str] = field(default_factory=dict)
    _slips: str | None = None
    _spares: bool = False
    misread: int = 0
    """Messages that were read otherwise than they were meant, or asked about without the right choice."""
    rng: Random = field(init=False)

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)

    # Days ---------------------------------------------------------------------------------------------------------

    def wakes(self, day: int, ill: float = 1.0) -> None:
        """Another day begins."""
        self._at = max(self._at, DAY_OF_BEGIN + timedelta(days=day))
        self.body.wakes(day, ill)

    async def lives(self, day: int, what: Day) -> None:
        """A day on which there is training, or should be."""
        self.wakes(day, what.ill)
        self._hurts, self._slips = dict(what.hurts), what.slips
        for text in what.says:
            await self.answers(await self.says(text))
        if not what.stays_away:
            await self.trains()

    async def trains(self) -> None:
        """The session of the day, from `/today` to its last set."""
        reply = await self.says("/today")
        assert reading.head(reply) is not None, self.told(reply)
        await self.answers(reply)
        for line in reply[1:]:
            lift = reading.planned(line)
            if lift is not None and lift.sets:
                await self.does(lift)
        if self.rng.random() < LOOKS_UP:
            lifts = [line for line in reply[1:] if not _NEWS.search(line)]
            await self.says(f"/last {self.rng.choice(lifts).partition(':')[0].lower()}")

    # A lift -------------------------------------------------------------------------------------------------------

    async def does(self, lift: PlannedLift) -> None:
        """The sets of a lift, each by the answer to the one before it."""
        wanted = lift.asked
        if self._does_at_once(lift):
            await self._does_all(lift)
            return
        for at in range(MOST_SETS):
            wanted = wanted or Asked(None, 10, None)
            load = self._load(lift.lift, wanted)
            came = self._set(lift.lift, load, wanted)
            reply = await self._logs(self._typed(lift.lift, load, came, wanted, at))
            reply = await self._puts_right(lift.lift, load, [came], reply)
            note = self._note(lift.lift, reply)
            self._spares = any("one short" in line for line in reply)
            goes_on = any(line.startswith("Then ") or reading.is_over(line) for line in reply)
            stopped = any("stop this lift" in line for line in reply)
            reply = await self.answers(reply, came)
            if goes_on or stopped or at + 1 >= lift.sets:
                return
            if note is not None and note.when == "next":
                wanted = note.asked

    async def _does_all(self, lift: PlannedLift) -> None:
        """All sets of a lift in one message."""
        assert lift.asked is not None
        load = self._load(lift.lift, lift.asked)
        came = [self._set(lift.lift, load, lift.asked) for _ in range(lift.sets)]
        reply = await self.says(wording.at_once(self.habits, lift.lift, load, came, self._tail(came[-1])))
        await self.answers(await self._puts_right(lift.lift, load, came, reply), came[-1])

    @staticmethod
    def _note(lift: str, reply: list[str]) -> reading.Noted | None:
        notes = [one for line in reply if (one := reading.noted(line)) is not None and one.lift == lift]
        return notes[-1] if notes else None

    async def _puts_right(self, lift: str, load: float, came: list[Outcome], reply: list[str]) -> list[str]:
        """What was read otherwise than it was meant is chosen rightly, or typed once more so that it cannot be."""
        which = wording.choice(lift, load, came, reply)
        if which is not None:
            reply = await self.says(which)
        note = self._note(lift, reply)
        if note is not None and note.sets.startswith(wording.shown(lift, load, came)):
            return reply
        self.misread += 1
        if note is None and not any("?" in line or line.startswith("Not logged") for line in reply):
            return reply
        text = wording.clearly(self.habits, lift, load, came)
        return await self.says(text, edits=self._last_set if note is not None else None)

    def _does_at_once(self, lift: PlannedLift) -> bool:
        usual = lift.asked is not None and lift.asked.load is not None and not lift.asked.all_out
        big = BY_NAME[lift.lift].role.name == "ANCHOR" or lift.sets > 3
        return usual and not big and not self._hurts and self.rng.random() < self.habits.at_once

    def _load(self, lift: str, wanted: Asked) -> float:
        if wanted.load is not None:
            return wanted.load
        one = BY_NAME[lift]
        if one.bodyweight:
            return 0.0
        felt = self.body.would_take(lift, wanted.reps or 8, wanted.rpe or 7.0)
        return loadable(felt * self.rng.uniform(*self.habits.first_load), "kg", one, Gear(), "down")

    def _set(self, lift: str, load: float, wanted: Asked) -> Outcome:
        system = load + BY_NAME[lift].share * self.weight_kg
        if wanted.all_out:
            came = self.body.lifts(lift, system, 0, all_out=True)
            spared = max(1, min(MOST_REPS, came.reps - self._spares))
            self.amraps.append((lift, spared))
            return replace(came, reps=spared, failed=False)
        return self.body.lifts(lift, system, wanted.reps or 8, all_out=wanted.rpe == 10.0)

    # Words --------------------------------------------------------------------------------------------------------

    def _typed(self, lift: str, load: float, came: Outcome, wanted: Asked, at: int) -> str:
        name, reps = self.habits.name(lift), came.reps
        weight = (
            ""
            if BY_NAME[lift].bodyweight and load == 0
            else f"{load:+g}"
            if BY_NAME[lift].bodyweight
            else number(load)
        )
        set_ = f"{weight}x{reps}" if weight else f"{reps}"
        if wanted.all_out:
            tail = " all out" if self.rng.random() < 0.3 else ""
        elif came.failed:
            tail = " failed" if wanted.rpe == 10.0 else self._tail(came)
        else:
            tail = self._tail(came)
        hurt = self._hurts.pop(lift, "") if at == 0 else ""
        if at == 0 or not weight:
            said = self.rng.choice(
                (
                    f"{name} {set_}",
                    f"{name} {set_}",
                    f"{name} {weight} x {reps}" if weight else f"{name} {set_}",
                )
            )
        elif (
            self.rng.random() < 0.4
            and wanted.load == load
            and reps == wanted.reps
            and self._last == (lift, load, reps)
        ):
            said = "same"
        else:
            said = set_
        self._last = (lift, load, reps)
        return f"{said}{tail}{' ' + hurt if hurt else ''}"

    _last: tuple[str, float, int] = ("", 0.0, 0)
    _last_set: int = 0
    _headed: date | None = None

    def _tail(self, came: Outcome) -> str:
        if self.rng.random() < self.habits.unrated:
            return ""
        rpe = max(5.0, came.said)
        return self.rng.choice(self.habits.tails).format(
            rpe=number(rpe), left=f"{max(0, min(MOST_LEFT, round(10 - came.felt)))}"
        )

    # The chat -----------------------------------------------------------------------------------------------------

    async def _logs(self, text: str) -> list[str]:
        """A set is typed; with a slip first, where the day has one."""
        slip, self._slips = self._slips, None
        found = re.search(r"(\d+(?:\.\d+)?)x(\d+)", text)
        if slip is None or found is None:
            return await self.says(text)
        wrong = text.replace(found[0], f"{number(float(found[1]) + 10)}x{found[2]}")
        await self.says(wrong)
        if slip == "actually":
            return await self.says(f"actually {found[1]}")
        if slip == "edit":
            return await self.says(text, edits=self._count)
        await self.says("/undo")
        return await self.says(text)

    async def answers(self, reply: list[str], came: Outcome | None = None) -> list[str]:
        """Answers what is asked: how many more there were, how much it hurts, else the first choice; the last reply."""
        for _ in range(4):
            if reading.choices(reply):
                reply = await self.says("1")
            elif came is not None and any("(0-5)" in line for line in reply) and self.rng.random() < 0.6:
                reply = await self.says(f"{max(0, min(5, round(10 - came.felt)))}")
                came = None
            else:
                break
        return reply

    async def says(self, text: str, *, edits: int | None = None) -> list[str]:
        """Types a message; the lines of the reply."""
        if edits is None:
            self._count += 1
            self._last_set = self._count
        self._at += timedelta(minutes=SET_MINUTES)
        line = Line(
            text, self._at, self.name, None, str(edits or self._count), "message" if edits is None else "edit"
        )
        answer = await self.console.answer(line)
        assert self.console.broke == 0, format_line(line)
        reply = [one.rstrip() for body in answer.bodies for one in body.split("\n")]
        self.exchanges.append(Exchange([*self._heading(), *format_line(line).split("\n")], line, reply))
        return reply

    def _heading(self) -> list[str]:
        """The day, above its first message."""
        if self._headed == self._at.date():
            return []
        self._headed = self._at.date()
        blank = [""] if self.exchanges else []
        return [*blank, f"; {self._at:%A}, {self._at.day} {self._at:%B %Y}"]

    def told(self, reply: list[str]) -> str:
        """The message and its reply, for a failure."""
        written = self.exchanges[-1].written if self.exchanges else []
        return "\n".join([*written, *(f"> {line}" for line in reply)])
