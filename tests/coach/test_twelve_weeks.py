"""Somebody who trains thirteen weeks by what the chat says, in words alone: weeks, blocks, AMRAPs, a deload."""

from __future__ import annotations

import math
import re
from datetime import timedelta

from bot.doctor import WELL, examined
from core.store import Store, open_store
from tests.coach.gym_floor import BEGAN, GymFloor

PLAN = "/plan Mon Thu, A B alternating\nA: squat 3, curl 2\nB: bench 3, row 3"
MAXIMA = {"Squat": 120.0, "Bench press": 90.0, "Barbell row": 85.0, "Biceps curl": 25.0}
GAIN, FATIGUE = 0.004, 0.02
"""What a week adds to a maximum, and a set takes from it."""


class Trainee(GymFloor):
    """Lifts what is asked for, and says how hard it was; half a point is as fine as it gets."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.day = self.minute = 0
        self.replies: list[str] = []
        self.amraps: list[int] = []

    async def says(self, text: str) -> str:
        self.minute += 3
        said = await self.said(text, sent_at=BEGAN + timedelta(days=self.day + 3, minutes=self.minute))
        self.replies += said
        return "\n".join(said)

    async def trains(self, day: int) -> None:
        """The session of a day, from `/today` to its last set."""
        self.day, self.minute = day, 0
        head, *lines = (await self.says("/today")).splitlines()
        assert "·" in head
        for line in lines:
            lift, _, asked = line.partition(": ")
            if asked:  # all else is a question about safeties
                await self.lifts(lift, asked)

    async def lifts(self, lift: str, asked: str) -> None:
        """The sets of a lift, each by the answer to the one before it."""
        load, said = None, ""
        for number in range(6):
            match = re.search(
                r"(?:next:|\d ×) (?:(\d+(?:\.\d+)?)(?: kg)? × )?(all clean reps|\d+)", said or asked
            )
            assert match is not None, (lift, asked, said)
            load = float(match[1]) if match[1] else load
            said = await self.says(self._set(lift, load, match[2], number))
            load = float(said.split(" kg")[0].split(" ")[-1])
            if "done;" in said:
                return
        raise AssertionError(f"{lift} was never done")

    def _set(self, lift: str, load: float | None, reps: str, number: int) -> str:
        maximum = MAXIMA[lift] * (1 + GAIN * self.day / 7) * (1 - FATIGUE * number)
        if load is None:
            load = 2.5 * round(maximum / (1 + (int(reps) + 4) / 30) / 2.5)
        able = max(1, math.floor(30 * (maximum / load - 1)))
        if not reps.isdigit():
            self.amraps.append(max(1, able - 1))
            return f"{lift} {load:g}x{self.amraps[-1]}"
        done = min(int(reps), able)
        return f"{lift} {load:g}x{done} @{max(5, 10 - (able - done))}"


async def test_thirteen_weeks_in_words_alone(store: Store) -> None:
    lifter = Trainee(store)
    await lifter.says(PLAN)
    for week in range(13):
        for day in (0, 3):
            await lifter.trains(7 * week + day)
    heads = [text.splitlines()[0] for text in lifter.replies if "·" in text.splitlines()[0]]
    for week in range(1, 13):
        assert sum(f"Week {week} of 12" in head for head in heads) == 2
    assert sum("Deload" in head for head in heads) == 2
    assert len(lifter.amraps) == 9
    assert all(4 <= reps <= 13 for reps in lifter.amraps)
    assert all(len(text.splitlines()) <= 8 for text in lifter.replies)
    assert (await examined(store)).startswith(WELL)


async def test_a_set_of_weeks_ago_taken_out_leaves_the_plan_as_if_it_had_never_been(
    store: Store, tmp_path: object
) -> None:
    async def after(other: Store, *, slips: bool) -> str:
        lifter = Trainee(other)
        await lifter.says(PLAN)
        for week in range(4):
            for day in (0, 3):
                await lifter.trains(7 * week + day)
            if week == 0 and slips:
                assert "Squat 140 kg × 15 @6 ✓" in await lifter.says("squat 140x15 @6")
                slip = lifter._count
        lifter.day += 1
        if slips:
            await lifter.deleted(slip, sent_at=BEGAN + timedelta(days=lifter.day + 3))
        lifter.minute = 0
        return await lifter.says("/today")

    other = await open_store(f"sqlite:///{tmp_path}/other.db", now=BEGAN)
    try:
        unslipped = await after(other, slips=False)
    finally:
        await other.close()
    assert await after(store, slips=True) == unslipped
