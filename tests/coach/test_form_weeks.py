"""How well somebody lifts goes by what was asked of each set in its week, however far back the plan began."""

from __future__ import annotations

from datetime import timedelta

from core.store import Store
from tests.coach.gym_floor import BEGAN, GymFloor

PLAN = "/plan Mon Wed Fri\nA: squat 3\nB: bench 3"


async def test_it_begins_at_the_last_day_that_was_kept_and_says_the_same_without_it(store: Store) -> None:
    floor, day = GymFloor(store), BEGAN
    await floor.said(PLAN, sent_at=day)
    for number in range(36):  # one effort in every week, whatever that asks for
        await floor.said("bench 3x10 50 @7" if number % 2 else "squat 3x10 100 @7", sent_at=day)
        day += timedelta(days=2)
    found = await floor.said("/form", sent_at=day)
    percent = int(found[0].split("%")[0].rsplit(" ", 1)[-1])
    assert 0 < percent < 100
    async with store.write() as conn:
        kept = await conn.execute("SELECT COUNT(*) FROM strength_marks")
        await conn.run("DELETE FROM strength_marks", {})
    assert kept[0][0] >= 2
    assert await floor.said("/form", sent_at=day) == found
