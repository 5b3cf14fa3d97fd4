"""A slip of the thumb: no target runs away by it, and one `/undo` or edit heals it as if it had never been."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from core.store import Store, open_store
from tests.coach.gym_floor import BEGAN, GymFloor

SLIPS = (
    "squat 1000x8 @8",
    "squat 220x8 @8",
    "squat 10kg x8 @8",
    "squat 160x8 @8",
    "squat 100x30 @8",
    "squat 55x8 @8",
)
"""A digit too many, pounds, a digit too few, another's load, three times the reps, another machine."""

USUAL = 100.0


class Days(GymFloor):
    """Somebody who squats about 100 kg every third day."""

    day = 0
    slip: int | None = None

    async def trains(self, *texts: str) -> list[str]:
        """A day's messages; what came as answers."""
        said = []
        for minute, text in enumerate(texts):
            said += await self.said(text, sent_at=self.at(minute))
        self.day += 3
        return said

    def at(self, minute: int) -> object:
        return BEGAN + timedelta(days=self.day, minutes=minute)

    async def slips(self, text: str) -> list[str]:
        """Types it, and says yes to whatever is asked."""
        said = await self.said(text, sent_at=self.at(0))
        self.slip = self._count
        if "?" in " ".join(said):
            said = await self.said("1", sent_at=self.at(0))
        return said


async def trained(floor: Days, days: int = 6) -> None:
    for number in range(days):
        await floor.trains(*[f"squat 100x8 @{rpe}" for rpe in (7.5, 8, 8 + number % 2 / 2)])


async def goes_on(floor: Days) -> list[str]:
    """Two more days and a look at each."""
    said = []
    for _ in range(2):
        said += await floor.trains("/last squat", "squat 100x8 @8", "same", "/why squat", "/accuracy")
    return said


async def unslipped(tmp: str) -> list[str]:
    store = await open_store(tmp, now=BEGAN)
    try:
        floor = Days(store)
        await trained(floor)
        return await goes_on(floor)
    finally:
        await store.close()


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("heals", ["undo", "edit", "delete", "edit days later"])
async def test_one_undo_or_edit_heals_a_slip(store: Store, tmp_path: object, slip: str, heals: str) -> None:
    floor = Days(store)
    await trained(floor)
    await floor.slips(slip)
    assert floor.slip is not None
    if heals == "undo":
        await floor.said("/undo", sent_at=floor.at(1))
    elif heals == "delete":
        await floor.deleted(floor.slip, sent_at=floor.at(1))
    elif heals == "edit":
        await floor.edited(floor.slip, "squat", sent_at=floor.at(1))
        await floor.deleted(floor.slip, sent_at=floor.at(1))
    else:
        floor.day += 6
        await floor.said("/why squat", sent_at=floor.at(0))
        await floor.deleted(floor.slip, sent_at=floor.at(1))
        floor.day -= 6
    assert await goes_on(floor) == await unslipped(f"sqlite:///{tmp_path}/other.db")


@pytest.mark.parametrize("slip", SLIPS)
async def test_no_target_runs_away_by_a_slip(store: Store, slip: str) -> None:
    floor = Days(store)
    await trained(floor)
    await floor.slips(slip)
    floor.day += 3
    for _ in range(3):
        said = await floor.trains("squat 100x8 @8", "squat 100x8 @8", "squat 100x8 @8")
        loads = [float(load) for load in re.findall(r"next(?: time)?: (\d+(?:\.\d+)?) ×", " ".join(said))]
        assert len(loads) == 3
        assert all(0.9 * USUAL <= load <= 1.1 * USUAL for load in loads)
