"""Buttons answer the question that they stand under, whatever was asked since, and nobody else's."""

from __future__ import annotations

import pytest

from bot.dispatch import Outbound, pieces
from core.store import Store
from tests.coach.gym_floor import GymFloor, bodies


@pytest.fixture
def floor(store: Store) -> GymFloor:
    """Nobody has written yet."""
    return GymFloor(store)


async def says(floor: GymFloor, text: str, **known: object) -> Outbound:
    [reply] = await floor.hears(floor.message(text, **known))  # type: ignore[arg-type]
    return reply


async def presses(floor: GymFloor, reply: Outbound, label: str, **known: object) -> list[str]:
    [data] = [one.data for row in reply.buttons for one in row if one.label == label]
    pressed = floor.message("", pressed=data, reply_to_bot=True, **known)  # type: ignore[arg-type]
    return bodies(await floor.hears(pressed))


async def test_a_button_for_each_choice(floor: GymFloor) -> None:
    asked = await says(floor, "row 70x10")
    assert [len(row) for row in asked.buttons] == [1] * len(asked.buttons)
    [reply] = await presses(floor, asked, "1) Barbell row")
    assert reply.startswith("Barbell row 70 kg × 10 ✓")


async def test_a_button_answers_its_own_question_and_not_the_newest(floor: GymFloor) -> None:
    first = await says(floor, "row 70x10")
    await says(floor, "squat 100 8 9")
    [reply] = await presses(floor, first, "1) Barbell row")
    assert reply.startswith("Barbell row 70 kg × 10 ✓")


async def test_a_button_pressed_again_changes_nothing(floor: GymFloor) -> None:
    asked = await says(floor, "row 70x10")
    await presses(floor, asked, "1) Barbell row")
    before = await floor.rows()
    assert await presses(floor, asked, "1) Barbell row") == ["That was settled before, so nothing changed."]
    assert (await floor.rows())["sets"] == before["sets"]


async def test_a_button_of_a_question_that_was_passed_over_logs_nothing(floor: GymFloor) -> None:
    asked = await says(floor, "row 70x10")
    await says(floor, "bench 60x8 @8")
    before = await floor.rows()
    assert await presses(floor, asked, "1) Barbell row") == ["That was settled before, so nothing changed."]
    assert (await floor.rows())["sets"] == before["sets"]


async def test_how_hard_a_set_was_is_one_tap(floor: GymFloor) -> None:
    unrated = await says(floor, "squat 100x8")
    assert [[one.label for one in row] for row in unrated.buttons] == [
        ["3 left", "2 left", "1 left", "0 left"]
    ]
    [rated] = await presses(floor, unrated, "1 left")
    assert "@9" in rated.split("\n")[0]
    [again] = await presses(floor, unrated, "2 left")
    assert "@8" in again.split("\n")[0]


@pytest.mark.parametrize(
    "text",
    ["squat 100x8 @8", "squat 100x8 2 left", "squat 100x8 to failure", "plank 60s", "squat 60x5 warm-up"],
)
async def test_what_needs_no_rating_has_no_taps(floor: GymFloor, text: str) -> None:
    assert (await says(floor, text)).buttons == ()


async def test_a_tap_rates_the_set_that_it_stands_under(floor: GymFloor) -> None:
    first = await says(floor, "squat 100x8")
    await says(floor, "squat 105x6 @9")
    await presses(floor, first, "3 left")
    await floor.said("/undo")
    [rated] = await presses(floor, first, "3 left")
    assert rated.startswith("Squat 100 kg × 8")
    assert await presses(floor, first, "3 left", who="ben") == []


async def test_a_tap_answers_the_question_about_the_same_set(floor: GymFloor) -> None:
    for _ in range(2):
        await says(floor, "squat 100x8")
    asked = await says(floor, "squat 100x8")
    assert asked.body.endswith("How many more could you have done? (0-5)")
    await presses(floor, asked, "2 left")
    [logged] = await floor.said("squat 100x2")
    assert logged.startswith("Squat 100 kg × 2 ✓")


async def test_in_a_room_nobody_answers_for_another(floor: GymFloor) -> None:
    asked = await says(floor, "row 70x10", room="gym")
    assert await presses(floor, asked, "1) Barbell row", who="ben", room="gym") == []
    [reply] = await presses(floor, asked, "1) Barbell row", room="gym")
    assert reply.startswith("Barbell row 70 kg × 10 ✓")


async def test_what_no_button_of_ours_holds_is_nothing(floor: GymFloor) -> None:
    for data in ("", ":", "x:1", "01ARZ3NDEKTSV4RRFFQ69G5FAV:1", "1" * 400):
        assert await floor.hears(floor.message("", pressed=data)) == []


def test_long_replies_go_in_pieces_between_lines() -> None:
    assert pieces("", 10) == []
    assert pieces("one\ntwo\nthree", 7) == ["one\ntwo", "three"]
    assert pieces("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]
    assert pieces("🏋" * 6, 10) == ["🏋" * 5, "🏋"]
    assert "\n".join(pieces("\n".join(map(str, range(2000))), 100)) == "\n".join(map(str, range(2000)))
