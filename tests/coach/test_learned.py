"""What was learned is at any time what the log would teach from its first set on, whatever was changed in it."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.doctor import WELL, examined
from core.learning import estimate, lift_from
from core.store import Store, open_store, strengths
from tests.coach.gym_floor import BEGAN, GymFloor
from tests.coach.test_hostile import Listener

APART = timedelta(hours=7)
"""Between two messages of the noise: days pass."""


class Weeks(GymFloor):
    """People who train for weeks: a message of theirs, and then some hours of life."""

    day = 0

    async def trains(self, *texts: str) -> None:
        """A day's messages, and a look at what was learned until then; the next time it is two days later."""
        for minute, text in enumerate(("/why squat", *texts)):
            await self.said(text, sent_at=BEGAN + timedelta(days=self.day, minutes=minute))
        self.day += 2

    @property
    def now(self) -> dict[str, Any]:
        """The time of a message that is sent now."""
        return {"sent_at": BEGAN + timedelta(days=self.day)}


async def is_well(store: Store) -> bool:
    return (await examined(store)).startswith(WELL)


async def learned_lifts(store: Store) -> dict[str, float]:
    """The maximum that was learned of each lift, in kilograms."""
    async with store.read() as conn:
        athlete = (await conn.execute("SELECT id FROM athletes ORDER BY id"))[0][0]
        states = await strengths.all_lifts(conn, athlete)
    known = {name: estimate(lift_from(state), BEGAN.toordinal()) for name, state in states.items()}
    return {name: found.value for name, found in known.items() if found is not None}


async def trained(floor: Weeks, days: int = 4) -> None:
    for number in range(days):
        await floor.trains(f"squat {100 + number}x8 @8", "same", "bench 80x8 @8", "row 70x10")


async def test_a_day_is_learned_from_when_it_is_over(store: Store) -> None:
    floor = Weeks(store)
    await floor.trains("squat 100x8 @8")
    assert await learned_lifts(store) == {}
    await floor.trains("bench 80x8 @8")
    assert set(await learned_lifts(store)) == {"squat"}
    assert (await learned_lifts(store))["squat"] == pytest.approx(124, abs=3)
    assert await is_well(store)


@pytest.mark.parametrize(
    "change",
    [
        "edit", "delete", "undo of an edit", "yesterday", "unit", "weight", "weight taken back", "actually",
    ],
)  # fmt: skip
async def test_whatever_is_changed_what_was_learned_is_what_the_log_teaches(
    store: Store, change: str
) -> None:
    floor = Weeks(store)
    await floor.trains("pull-up x8 @8", "squat 225x5 @8")
    await trained(floor)
    now = floor.now
    if change in ("edit", "undo of an edit"):
        await floor.edited(3, "squat 300x8 @8", **now)
    if change == "undo of an edit":
        await floor.said("/undo", **now)
    if change == "delete":
        await floor.deleted(2, **now)
    if change == "yesterday":
        await floor.said("yesterday squat 110x5 @9", **now)
    if change == "unit":
        await floor.said("/unit lb", "1", **now)
    if change.startswith("weight"):
        await floor.said("/bodyweight 90", **now)
    if change == "weight taken back":
        await floor.trains("squat 100x8 @8")
        await floor.said("/undo", "/undo", **floor.now)
    if change == "actually":
        await floor.said("actually 95", **now)
    assert await is_well(store)
    await floor.trains("squat 105x8 @8")
    await floor.trains("squat 105x8 @8")
    assert await is_well(store)


async def test_a_typing_error_of_an_old_day_is_healed_by_an_edit(store: Store) -> None:
    floor = Weeks(store)
    await trained(floor, 3)
    await floor.trains("bench 85x8 @8")
    right = (await learned_lifts(store))["squat"]
    await floor.edited(12, "squat 112x8 @8", **floor.now)
    await floor.trains("row 70x10")
    assert (await learned_lifts(store))["squat"] > right + 1
    await floor.edited(12, "squat 102x8 @8", **floor.now)
    await floor.trains("row 70x10")
    assert (await learned_lifts(store))["squat"] == right


async def test_a_long_log_is_learned_from_over_several_messages(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor = Weeks(store)
    await trained(floor, 6)
    monkeypatch.setattr("core.coach.learned.MOST_SETS", 5)
    await floor.edited(2, "squat 90x8 @8", **floor.now)
    seen = []
    for _ in range(8):
        await floor.said("/why squat", **floor.now)
        assert await is_well(store)
        async with store.read() as conn:
            rows = await conn.execute("SELECT upto FROM strength_athletes")
        seen.append(rows[0][0])
    assert seen == sorted(seen) and len(set(seen)) > 4
    assert seen[-1] == str((BEGAN + timedelta(days=floor.day - 1)).date())


@pytest.mark.parametrize("seed", range(4))
async def test_hostile_people_over_weeks(tmp_path: Path, sqlite_template: Path, seed: int) -> None:
    path = tmp_path / "spotter.db"
    shutil.copy(sqlite_template, path)
    store = await open_store(f"sqlite:///{path}", now=BEGAN)
    listener = Listener(GymFloor(store), seed, apart=APART)
    floor = GymFloor(store)
    for part in range(4):
        await listener.hears(100)
        for number, who in enumerate(("ann", "ben", "cid")):
            key = 10_000 + 10 * part + number
            await floor.hears(
                floor.message("/why squat", key, who, sent_at=BEGAN + (100 * part + 99) * APART)
            )
        assert await is_well(store)
    assert listener.wrong == []
    await store.close()


async def test_a_plan_is_shown_however_many_sets_wait_to_be_learned_from(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor = Weeks(store)
    await floor.said("/plan Mon Wed Fri\nA: squat 3, bench 3\nB: deadlift 3, ohp 3", **floor.now)
    for minute in range(10):
        for lift in ("squat 60x8", "bench 40x8"):
            await floor.said(lift + ",8" * 3, sent_at=BEGAN + timedelta(days=1, minutes=minute))
    monkeypatch.setattr("core.coach.learned.MOST_SETS", 20)
    shown = await floor.said("/today", sent_at=BEGAN + timedelta(days=3))
    assert shown[0].startswith("B · Week 1")
    assert "Deadlift: 3 × " in shown[0]
    assert await is_well(store)


async def test_the_doctor_finds_what_is_wrong_and_mends_it(store: Store) -> None:
    floor = Weeks(store)
    await trained(floor)
    async with store.write() as conn:
        await conn.run("UPDATE strength_lifts SET state = (SELECT MAX(state) FROM strength_lifts)")
    assert "is not what the log teaches. spotter doctor --mend" in await examined(store)
    assert "It is forgotten, and learned anew." in await examined(store, mend=True)
    await floor.trains("squat 105x8 @8")
    assert await is_well(store)
