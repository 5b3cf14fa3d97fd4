"""/calibrate as lifters type it; that a call is learned from as the log has it, whatever is changed in it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.coach.calling import said
from core.coach.learned import caught_up
from core.coach.turn import exercise_of
from core.exercises import catalogue
from core.learning import habits_from
from core.model import Call, Exercise, Failure
from core.store import Store, calls, strengths
from core.store.connection import Params, Row
from tests.coach.gym_floor import BEGAN, GymFloor, logged
from tests.coach.test_learned import Weeks, is_well

RESULTS = [
    "curl 20x14 called 3 at 9",
    "curl 20x14 called 3 left at rep 9",
    "curl 20 kg x 14 f, called 3 at 9",
    "14 reps, called 3 at 9",
    "14, called 3 at 9",
    "called 3 at rep 9, got 14",
    "called 3 at 9 and got 14 in all",
    "called 3 at 9, then 5 more",
    "9 then 5 more, called 3",
    "9 + 5, called 3",
    "9, then 5 more: called 3",
    "20x14 (3 left at 9)",
    "said 3 more at 9, did 14",
    "at 9 i called 3, 14 reps",
    "rep 9: called 3. 14 reps",
    "I Called  3\tat  9,  14 reps",
]


async def kept(store: Store) -> list[tuple[str, float | None, int | None, bool, Call | None]]:
    """Lift, load, reps, whether to failure and what was called, of each set in the log."""
    sets = await logged(store)
    async with store.read() as conn:
        rows = await conn.execute("SELECT s.performed_at, s.position, s.id FROM sets s")
        found = await calls.of_sets(conn, [row[2] for row in rows])
    by_place = {(row[0], row[1]): found.get(row[2]) for row in rows}
    return [
        (
            row["exercise"],
            row["done"].load,
            row["done"].reps,
            row["done"].failure is Failure.TECHNICAL,
            by_place[row["at"], row["position"]],
        )
        for row in sets
    ]


CURLED = ("biceps-curl", 20.0, 14, True, Call(9, 3))


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("result", RESULTS)
async def test_the_result_is_one_short_message_however_it_is_put(store: Store, result: str) -> None:
    floor = GymFloor(store)
    (reply,) = await floor.said("/calibrate curl 20", result)
    assert reply.startswith(
        "You called 3, 5 came: 2 more than you thought.\nBiceps curl 20 kg × 14 to failure ✓"
    )
    assert await kept(store) == [CURLED]


STEPS = [
    ("14", "3 at 9"),
    ("14 reps", "called 3", "9"),
    ("curl 20x14", "3", "at 9"),
    ("curl 20x14 f", "called 3 at 9"),
    ("called 3 at 9", "14"),
    ("3 at 9", "5 more"),
    ("called 3", "14", "9"),
    ("bench 60x8 @8", "9", "curl 20x14", "3 left at rep 9"),
    ("14, called 3", "rep 9"),
]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("steps", STEPS)
async def test_what_is_missing_is_asked_for(store: Store, steps: tuple[str, ...]) -> None:
    floor = GymFloor(store)
    (reply,) = await floor.said("/calibrate curl 20", *steps)
    assert reply.startswith("You called 3, 5 came")
    assert [one for one in await kept(store) if one[0] != "bench-press"] == [CURLED]
    await floor.said("12")
    assert (await kept(store))[-1][2:] == (12, False, None)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("text", "lifts"),
    [
        ("bench 60x8 @8", 1),
        ("curl 20x10 @7", 1),
        ("curl 20x5", 1),
        ("nice work everyone", 0),
        ("what should i call it?", 0),
        ("w curl 10x12", 1),
        ("bench 60x8+3", 1),
    ],
)
async def test_a_message_that_is_no_result_is_what_it_is_anyway(store: Store, text: str, lifts: int) -> None:
    floor = GymFloor(store)
    plain = await floor.said("squat 60x5", text, who="ben")
    in_test = await floor.said("squat 60x5", "/calibrate curl 20", text)
    assert in_test == plain
    assert len(await floor.log("ann")) == 1 + lifts
    assert (await floor.said("14 reps, called 3 at 9, curl 20"))[0].startswith("You called 3")


@pytest.mark.parametrize(
    "text",
    ["he called 3 people at 9", "recalled 3 at 9", "called at 9", "called 3 at 9am", "squat 100x5", "calf raise 3x9", ""],
)  # fmt: skip
def test_talk_is_no_call(text: str) -> None:
    assert said(text) is None


@pytest.mark.parametrize("in_test", [False, True])
def test_a_long_text_is_read_at_once(in_test: bool) -> None:
    for part in ("called ", "3 more at ", "9 then ", "and ", "rep 9, ", "called 3 left left ", "12 reps "):
        said(part * 600, in_test=in_test)


# which lifts, and when


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("lift", "says"),
    [
        ("curl", "Test: Biceps curl"),
        ("leg press", "Test: Leg press"),
        ("machine chest press", "Test: "),
        ("squat", "third training week"),
        ("bench", "third training week"),
        ("deadlift", "back"),
        ("rdl", "back"),
        ("smith deadlift", "back"),
        ("power clean", "back"),
        ("plank", "held for time"),
    ],
)
async def test_a_lift_is_tested_where_failure_is_safe_on_it(store: Store, lift: str, says: str) -> None:
    (reply,) = await GymFloor(store).said("squat 100x8 @8", f"/calibrate {lift}")
    assert says in reply
    assert says.startswith("Test") or "/calibrate biceps curl" in reply


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("days", "may"), [(13, False), (14, True)])
async def test_main_lifts_come_in_the_third_week_with_safeties(store: Store, days: int, may: bool) -> None:
    floor = GymFloor(store)
    await floor.said("squat 100x8 @8")
    then = BEGAN + timedelta(days=days)
    (reply,) = await floor.said("/calibrate squat", sent_at=then)
    assert ("safeties" in reply) is may
    if may:
        assert "not on Squat" in (await floor.said("no", sent_at=then))[0]
        (reply,) = await floor.said("/calibrate squat", "yes", sent_at=then)
        assert reply.startswith("Test: Squat, 100 kg") and "while your form holds" in reply


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_lift_that_hurts_is_neither_tested_nor_proposed(store: Store) -> None:
    floor = GymFloor(store)
    await floor.said("leg extension 40x12 @8", "curl 20x12 @8 elbow pain 2")
    assert "while it hurts" in (await floor.said("/calibrate curl"))[0]
    assert "Test: Leg extension" in (await floor.said("/calibrate"))[0]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("before", "load"),
    [
        ("curl 20x12 @8", "20 kg"),
        ("curl 20x10", "20 kg"),
        ("curl 40x5 @8", "35 kg"),
        ("curl 20x20 @9", "20 kg"),
        ("curl 45lb x12 @8", "45 lb"),
    ],
)
async def test_the_load_is_one_that_was_lifted_and_gives_about_twelve(
    store: Store, before: str, load: str
) -> None:
    (reply,) = await GymFloor(store).said(before, "/calibrate")
    assert reply.startswith(f"Test: Biceps curl, {load}")


# what is learned


async def bias(floor: Weeks) -> float:
    """The rating bias as it has been learned up to yesterday."""
    await floor.said("/why squat", **floor.now)
    async with floor.store.read() as conn:
        athlete = (await conn.execute("SELECT id FROM athletes ORDER BY id"))[0][0]
        held = await strengths.learned(conn, athlete)
    assert held is not None
    return habits_from(held.habits).bias


async def trained(floor: Weeks, *results: str) -> None:
    """Two weeks of squats and a day of tests in the middle of them."""
    for number in range(3):
        await floor.trains(f"squat {100 + number}x8 @8", "same")
    await floor.trains(*results)
    for number in range(3):
        await floor.trains(f"squat {103 + number}x8 @8", "same")


async def test_calls_teach_how_effort_is_rated(store: Store) -> None:
    floor = Weeks(store)
    await trained(floor, "curl 20x14 called 3 at 9", "leg extension 40x15 called 2 at 10")
    assert await bias(floor) > 1.4
    assert await is_well(store)


@pytest.mark.parametrize(
    ("change", "learned"),
    [
        ("edit of the call", "less"),
        ("edit of the reps", "less"),
        ("edit that ends before the call", "nothing"),
        ("edit into another lift", "nothing"),
        ("delete", "nothing"),
        ("delete and undo", "as before"),
        ("undo of an edit", "as before"),
        ("a call for the last set", "more"),
        ("undo of such a call", "as before"),
    ],
)
async def test_whatever_becomes_of_a_call_what_was_learned_is_what_the_log_teaches(
    store: Store, change: str, learned: str
) -> None:
    floor = Weeks(store)
    await trained(floor, "curl 20x14 called 3 at 9", "leg extension 40x12 @9")
    before, key, now = await bias(floor), 11, floor.now
    assert (await store_text(store, key)).startswith("curl")
    edits = {
        "edit of the call": "curl 20x14 called 5 at 9",
        "edit of the reps": "curl 20x12",
        "edit that ends before the call": "curl 20x9 f",
        "edit into another lift": "leg press 100x14 @8",
        "undo of an edit": "curl 20x12",
    }
    if change in edits:
        await floor.edited(key, edits[change], **now)
    if change.startswith("delete"):
        await floor.deleted(key, **now)
    if "call for" in change or "such a call" in change:
        await floor.said("leg curl 40x15 f", "called 2 at 9", **now)
    if "undo" in change:
        await floor.said("/undo", **now)
    assert await is_well(store)
    await floor.trains("squat 106x8 @8")
    after = await bias(floor)
    assert await is_well(store)
    if learned == "as before":
        assert after == before
    elif learned == "nothing":
        assert after == 1
    else:
        assert (after > before) is (learned == "more")


async def store_text(store: Store, key: int) -> str:
    async with store.read() as conn:
        rows = await conn.execute("SELECT text FROM messages WHERE message_key = :key", {"key": str(key)})
    return str(rows[0][0])


async def test_calls_are_asked_for_once_for_many_days(store: Store) -> None:
    floor = Weeks(store)
    await trained(floor, "curl 20x14 called 3 at 9", "leg extension 40x12 called 2 at 9")
    asked = []
    async with store.write() as conn:
        athlete = (await conn.execute("SELECT id FROM athletes ORDER BY id"))[0][0]
        await strengths.unlearn(conn, athlete, BEGAN.date())
        execute = conn.execute

        async def counted(sql: str, params: Params | None = None) -> list[Row]:
            asked.append("FROM calls" in sql)
            return await execute(sql, params)

        conn.execute = counted  # type: ignore[method-assign]
        names = catalogue()

        async def exercise(exercise_id: str) -> Exercise:
            return exercise_of(names, exercise_id)

        await caught_up(conn, athlete, exercise, None, floor.now["sent_at"].date())
    assert sum(asked) == 1
    assert await is_well(store)
