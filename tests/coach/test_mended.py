"""What lifters stumbled over in a trial, as they typed it: none of it may come back."""

from __future__ import annotations

from typing import Any

import pytest

from bot.replies import MOST_LINES
from core.store import Store
from tests.coach.gym_floor import GymFloor, logged

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def floor(store: Store) -> GymFloor:
    return GymFloor(store)


async def text(floor: GymFloor, *said: str, **known: Any) -> str:
    """What the last of these messages is answered."""
    return "\n".join(await floor.said(*said, **known))


async def efforts(floor: GymFloor) -> list[float | None]:
    return [row["done"].rpe for row in await logged(floor.store)]


async def pains(floor: GymFloor) -> list[object]:
    done = [row["done"].pain for row in await logged(floor.store)]
    return [None if pain is None else pain.level if pain.level is not None else "some" for pain in done]


async def reps(floor: GymFloor) -> list[int | None]:
    return [done for _, _, done in await floor.log()]


# 1, 12, 16, 17, 23: taking back and changing


async def test_a_deletion_taken_back_leaves_a_message_that_can_be_edited_and_deleted(floor: GymFloor) -> None:
    await floor.said("squat 100x8")
    await floor.deleted(1)
    await floor.said("/undo")
    assert "120 kg × 8" in (await floor.edited(1, "squat 120x8"))[0]
    assert await floor.log() == [("squat", 120.0, 8)]
    assert "deleted" in (await floor.deleted(1))[0]
    assert await floor.log() == []


async def test_what_leaned_on_a_deleted_set_leans_on_it_again_after_undo(floor: GymFloor) -> None:
    await floor.said("squat 100x8", "+2.5", "x6")
    await floor.deleted(1)
    await floor.said("/undo")
    await floor.edited(1, "squat 90x8")
    assert await floor.log() == [("squat", 90.0, 8), ("squat", 92.5, 8), ("squat", 92.5, 6)]


async def test_an_edit_says_what_the_set_was_and_no_target_that_is_the_same(floor: GymFloor) -> None:
    await floor.said("squat 100x8 @9")
    (reply,) = await floor.edited(1, "squat 95x8 @8")
    assert "Was: 100 kg × 8 @9, next 97.5 × 8 @8." in reply
    (reply,) = await floor.edited(1, 'squat 95x8 @8 "belt"')
    assert "Was: 95 kg × 8 @8.\n" in reply and "next 95 × 8 @8." not in reply


async def test_deleting_a_correction_takes_it_back_while_it_is_the_newest_change(floor: GymFloor) -> None:
    await floor.said("squat 100x8", "actually 95")
    await floor.deleted(2)
    assert await floor.log() == [("squat", 100.0, 8)]
    await floor.said("actually 95", "bench 60x8")
    assert "/undo" in (await floor.deleted(3))[0]
    assert await floor.log() == [("squat", 95.0, 8), ("bench-press", 60.0, 8)]


async def test_a_command_edited_into_a_set_is_logged_and_not_the_other_way_round(floor: GymFloor) -> None:
    await floor.said("/today")
    await floor.edited(1, "squat 100x8")
    assert await floor.log() == [("squat", 100.0, 8)]
    (reply,) = await floor.edited(1, "/undo")
    assert "send it anew" in reply and "stay" in reply
    assert await floor.log() == [("squat", 100.0, 8)]


# 2, 3, 4: about the last set

EFFORT_ASKED = ("squat 100x4", "100x4", "100x4")


async def test_the_same_reps_again_are_the_next_set_and_no_effort(floor: GymFloor) -> None:
    assert "(0-5)" in await text(floor, *EFFORT_ASKED)
    await floor.said("4")
    assert await reps(floor) == [4, 4, 4, 4]
    assert await efforts(floor) == [None] * 4


@pytest.mark.parametrize(
    ("answer", "rpe"),
    [("2", 8), ("2 left", 8), ("2 more", 8), ("rpe 8", 8), ("@8", 8), ("none", 10), ("its 2", 8), ("two", 8)],
)
async def test_how_many_more_is_answered_in_words(floor: GymFloor, answer: str, rpe: float) -> None:
    await floor.said(*EFFORT_ASKED, answer)
    assert await efforts(floor) == [None, None, rpe]


@pytest.mark.parametrize(
    ("answer", "level"),
    [("6", 6), ("pain 6", 6), ("6/10", 6), ("6 out of 10", 6), ("its a 6", 6), ("it's 6", 6), ("none", 0)],
)
async def test_how_bad_is_answered_in_words(floor: GymFloor, answer: str, level: int) -> None:
    assert "How bad is it, 0-10?" in await text(floor, "squat 100x8 pain")
    await floor.said(answer)
    assert await pains(floor) == [level]


@pytest.mark.parametrize(("answer", "levels"), [("1", [8]), ("2", ["some", None])])
async def test_a_number_that_may_be_pain_or_the_next_set_is_asked(
    floor: GymFloor, answer: str, levels: list[object]
) -> None:
    asked = await text(floor, "squat 100x8 pain", "8")
    assert "1) pain 8/10" in asked and "2) a set of 8" in asked
    assert await pains(floor) == ["some"]
    await floor.said(answer)
    assert await pains(floor) == levels


@pytest.mark.parametrize(
    ("said", "rpe", "pain"), [("2 left", 8, None), ("@9", 9, None), ("pain 4/10", None, 4), ("knee hurts", None, "some"), ("my lower back hurts 5/10", None, 5)]
)  # fmt: skip
async def test_effort_and_pain_alone_are_said_of_the_last_set(
    floor: GymFloor, said: str, rpe: float | None, pain: object
) -> None:
    await floor.said("bench 80x8", "squat 100x8", said)
    assert (await efforts(floor))[1:] == [rpe]
    assert (await pains(floor))[1:] == [pain]


async def test_pain_in_words_belongs_to_nobody_in_a_group_and_to_no_old_set(floor: GymFloor) -> None:
    await floor.said("squat 100x8", room="barbell")
    assert await floor.said("knee hurts", room="barbell") == []
    assert await pains(floor) == [None]
    late = floor.message("knee hurts", 600)
    assert "hurts" in (await floor.hears(late))[0].body
    assert await pains(floor) == [None]


# 5, 6, 14: what is stored


@pytest.mark.parametrize("said", ["-20x8", "-150", "actually -20"])
async def test_less_than_nothing_on_the_bar_is_refused(floor: GymFloor, said: str) -> None:
    await floor.said("squat 100x8", said)
    assert all(load is None or load >= 0 for _, load, _ in await floor.log())


async def test_a_delta_below_nothing_names_the_bound(floor: GymFloor) -> None:
    assert "0 to 1000 kg" in await text(floor, "squat 100x8", "-150")


@pytest.mark.parametrize(
    ("answer", "done"),
    [("8", [8]), ("eight", [8]), ("3x8", [8, 8, 8]), ("8,8,7", [8, 8, 7]), ("8 @9", [8]), ("105x8", [8]), ("8 reps", [8])],
)  # fmt: skip
async def test_how_many_reps_is_answered_as_reps_are_written(
    floor: GymFloor, answer: str, done: list[int]
) -> None:
    assert "How many reps at 105 kg?" in await text(floor, "bench 60x5", "squat 105")
    await floor.said(answer)
    assert (await floor.log())[1:] == [("squat", 105.0, one) for one in done]


async def test_reps_out_of_bounds_are_refused_and_the_question_stays(floor: GymFloor) -> None:
    assert "1 to 200" in await text(floor, "squat 105", "999")
    await floor.said("8")
    assert await floor.log() == [("squat", 105.0, 8)]


async def test_the_load_of_another_day_is_asked(floor: GymFloor) -> None:
    assert "At what load?" in await text(floor, "squat 100x5", "yesterday 5x5 squats")
    await floor.said("90")
    found = await logged(floor.store)
    assert [(row["done"].load, row["day"]) for row in found] == [(90.0, "2026-11-19")] * 5 + [
        (100.0, "2026-11-20")
    ]


# 7, 8, 9, 10, 18: questions


@pytest.mark.parametrize("said", ["squat 100-110x5", "monday squat 100x5"])
async def test_a_number_after_a_line_to_be_written_again_is_no_set(floor: GymFloor, said: str) -> None:
    asked = await text(floor, "bench 60x5", said)
    assert asked.endswith(await text(floor, "5"))
    assert await floor.log() == [("bench-press", 60.0, 5)]
    assert "still not logged" not in await text(floor, "squat 105x5")


async def test_a_low_effort_is_asked_and_answered_by_a_number(floor: GymFloor) -> None:
    await floor.said("squat 60x5", "bench 100x5 @2", "8")
    assert await floor.log() == [("squat", 60.0, 5), ("bench-press", 100.0, 5)]
    assert await efforts(floor) == [None, 8]


async def test_two_questions_come_one_after_the_other(floor: GymFloor) -> None:
    first = await text(floor, "row 70x10\nsquat 100x8 9")
    assert "“row”" in first and "100x8 9" not in first
    second = await text(floor, "1")
    assert "Barbell row 70 kg × 10" in second and "How do you mean “squat 100x8 9”?" in second
    assert len(second.splitlines()) <= MOST_LINES
    await floor.said("1")
    assert [lift for lift, _, _ in await floor.log()][:2] == ["barbell-row", "squat"]


async def test_a_late_answer_is_asked_and_a_double_tap_changes_nothing(floor: GymFloor) -> None:
    reply = await text(floor, "row 70x10", "bench 80x8")
    assert "“row 70x10” is still not logged: send it again." in reply
    asked = await text(floor, "2")
    assert "Is that the answer to “row 70x10”, or a set of 2 reps?" in asked
    assert "1) Seated cable row" in asked and "2) a set of 2" in asked
    assert len(await floor.log()) == 1
    await floor.said("1")
    assert ("cable-row", 70.0, 10) in await floor.log()
    assert await text(floor, "1") == "Already noted."
    assert len(await floor.log()) == 2


async def test_a_late_number_can_be_a_set(floor: GymFloor) -> None:
    await floor.said("row 70x10", "bench 80x8", "2", "2")
    assert await floor.log() == [("bench-press", 80.0, 8), ("bench-press", 80.0, 2)]


async def test_nine_sets_are_never_a_habit(floor: GymFloor) -> None:
    choices = (await text(floor, "squat 100x8 9")).splitlines()
    place = next(line[0] for line in choices if "9 sets" in line)
    await floor.said(place)
    assert "How do you mean" in await text(floor, "squat 100x8 9")


@pytest.mark.parametrize(("said", "name"), [("sqat 100x5", "Squat"), ("leg pres 100x8", "Leg press")])
async def test_a_name_half_right_is_offered_and_not_taken(floor: GymFloor, said: str, name: str) -> None:
    asked = await text(floor, said)
    assert f"1) {name}" in asked and await floor.log() == []


# 11, 22: care


async def test_while_red_flags_are_open_no_load_is_told(floor: GymFloor) -> None:
    await floor.said("squat 100x8", "chest pain")
    assert "doctor" in await text(floor, "/warmup squat 140")
    assert "each side" in await text(floor, "/plates 102.5")
    said = await text(floor, "/max squat 140")
    assert "140 kg noted ✓" in said and "No targets" in said and "next" not in said
    assert "no raise for two sessions" in await text(floor, "/cleared")


@pytest.mark.parametrize("said", ["I'm pregnant", "ich bin schwanger", "estoy embarazada", "我怀孕了"])
async def test_a_pregnancy_is_for_the_clinician(floor: GymFloor, said: str) -> None:
    reply = await text(floor, f"{said}\nsquat 60x8")
    assert "clinician" in reply and "next" not in reply
    assert await floor.log() == [("squat", 60.0, 8)]


@pytest.mark.parametrize("said", ["not pregnant", "ich bin nicht schwanger", "je ne suis pas enceinte"])
async def test_a_denied_pregnancy_is_none(floor: GymFloor, said: str) -> None:
    assert "clinician" not in await text(floor, said)


# 13: groups


async def test_a_room_is_asked_nothing_without_numbers_and_reads_nothing_private(floor: GymFloor) -> None:
    assert await floor.said("squat 105", room="barbell") == []
    assert await floor.said("squat 5x5", room="barbell") == []
    public, private = await floor.said('squat 100x8 pain 5 "left knee"', room="barbell")
    assert "pain" not in public.lower() and "knee" not in public and "\n" not in public
    assert "Pain" in private
    for command in ("/today", "/last squat", "/history", "/history squat"):
        said = await floor.said(command, room="barbell")
        assert "100 kg × 8" in said[0]
        assert "pain" not in said[0].lower() and "knee" not in said[0]
    assert await floor.said("/last@other_bot squat", room="barbell") == []
    assert await floor.said("/last@Spotter_bot squat", room="barbell") != []


# 15, 20, 21: words


async def test_today_ends_with_the_next_set_of_the_last_lift(floor: GymFloor) -> None:
    said = (await text(floor, "bench 80x8 @8", "squat 100x8", "/today")).splitlines()
    assert said[:2] == ["Bench press 80 kg × 8 @8", "Squat 100 kg × 8"]
    assert said[2].startswith("Next: Squat 100 kg × 8") and "@" not in said[2] and len(said) == 3


async def test_today_leaves_no_set_out(floor: GymFloor) -> None:
    said = await text(floor, *(f"squat {load}x5" for load in range(60, 140, 10)), "/today")
    assert "…" not in said and all(f"{load} kg × 5" in said for load in range(60, 140, 10))


async def test_effort_is_told_in_words_to_those_who_type_none(floor: GymFloor) -> None:
    await floor.said("squat 100x8")
    for command in ("/last squat", "/why squat", "/today", "/max squat 140"):
        assert "@" not in await text(floor, command)


async def test_many_lifts_are_a_line_each_and_eight_at_most(floor: GymFloor) -> None:
    names = (
        "squat",
        "bench",
        "deadlift",
        "ohp",
        "front squat",
        "leg press",
        "lat pulldown",
        "hip thrust",
        "shrug",
        "curl",
    )
    said = (await text(floor, "\n".join(f"{name} 40x8" for name in names))).splitlines()
    assert len(said) <= MOST_LINES
    assert sum("✓" in line for line in said) >= 5
    assert any("more lifts noted" in line for line in said)


async def test_the_same_sentence_is_said_once(floor: GymFloor) -> None:
    await floor.said("chest pain")
    said = (await text(floor, "squat 40x8\nbench 40x8")).splitlines()
    assert len(said) == len(set(said)) and sum("doctor" in line for line in said) == 1


# 19: commands with odd arguments


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("/exercise add", "/exercise add Zercher"),
        ("/exercise add 💪", "needs letters"),
        ("/warmup squat abc", "Like this: /warmup"),
        ("/warmup plank 60", "no warm-up"),
        ("/max zzz 100", "“zzz”"),
        ("/max 140", "Like this: /max"),
        ("/plates 100000", "0 to 1000 kg"),
        ("/plates -5", "0 to 1000 kg"),
        ("/history zzz", "“zzz”"),
    ],
)
async def test_odd_arguments_are_answered_with_what_helps(floor: GymFloor, typed: str, says: str) -> None:
    said = await text(floor, typed)
    assert says in said and "zzz 100" not in said


async def test_history_of_a_lift(floor: GymFloor) -> None:
    said = await text(floor, "bench 80x8", "squat 100x8", "/history bench")
    assert "Bench press 80 kg × 8" in said and "Squat" not in said


# 25: what a message costs


async def test_a_plain_set_takes_few_statements(floor: GymFloor) -> None:
    await floor.said("squat 100x8 @8")
    before = floor.store.statements
    await floor.said("squat 100x8 @8")
    assert floor.store.statements - before <= 15


# a second trial: pain that stands, and whose message it is


async def test_a_second_pain_in_the_same_message_takes_nothing_from_the_first(floor: GymFloor) -> None:
    assert "stop this lift" in await text(floor, "squat 100x5 pain 7\ntweaked my back")
    assert await pains(floor) == [7]


@pytest.mark.parametrize("again", ["shoulder hurts bad", "pain 8", "ouch", "shoulder pain 8"])
async def test_pain_is_never_answered_with_it_says_that_already(floor: GymFloor, again: str) -> None:
    said = await text(floor, "bench 80x5 shoulder pain 8", again)
    assert "already" not in said and "Pain 8/10: stop this lift" in said


@pytest.mark.parametrize(("said", "level"), [("back hurts", 7), ("back pain 2", 7), ("back pain 9", 9), ("knee pain 2", 2), ("pain 2", 2), ("pain gone", 7)])  # fmt: skip
async def test_the_worst_pain_of_a_set_stands(floor: GymFloor, said: str, level: int) -> None:
    await floor.said("squat 100x5 knee pain 7", said)
    assert await pains(floor) == [level]


async def test_a_pain_without_a_number_hides_a_lesser_one_until_it_has_one(floor: GymFloor) -> None:
    assert "0-10?" in await text(floor, "squat 100x5 knee pain 2", "back hurts")
    assert await pains(floor) == ["some"]
    await floor.said("1")
    assert await pains(floor) == [2]


async def test_a_stop_without_a_number_asks_for_it(floor: GymFloor) -> None:
    await floor.said("bench 80x5 pain 8")
    reply = (await floor.hears(floor.message("bench 80x5 pain", 3000)))[0].body
    assert "stop this lift" in reply and "How bad is it, 0-10?" in reply


async def test_nobody_else_deletes_a_message(floor: GymFloor) -> None:
    await floor.said("squat 100x5", room="gym")
    stranger = floor.message("", 1, "amy", room="gym", deleted=True)
    assert await floor.hears(stranger) == []
    assert await floor.log() == [("squat", 100.0, 5)]


async def test_a_name_answers_in_private_and_as_a_reply_in_a_room(floor: GymFloor) -> None:
    asked = await text(floor, "row 70x10", room="barbell")
    assert asked.endswith("Reply to this with a number or the name.")
    assert await floor.said("barbell row", room="barbell") == []
    await floor.said("barbell row", room="barbell", reply_to_bot=True)
    assert "Reply to this" not in await text(floor, "press 40x8")
    await floor.said("overhead press")
    assert [lift for lift, _, _ in await floor.log()] == ["barbell-row", "overhead-press"]


async def test_repeats_behind_an_open_question_are_not_logged_elsewhere(floor: GymFloor) -> None:
    assert "First this:" in await text(floor, "squat 100x8", "row 70x10", "same")
    await floor.said("1")
    assert await floor.log() == [("squat", 100.0, 8), ("barbell-row", 70.0, 10)]


async def test_an_assisted_lift_that_lacks_its_reps_is_the_lift_with_load_off(floor: GymFloor) -> None:
    assert "20 lb assistance" in await text(floor, "assisted pull up 20 lb")
    await floor.said("5")
    assert await floor.log() == [("pull-up", -20.0, 5)]


@pytest.mark.parametrize(("said", "hurts"), [("elbow hurts when i curl", "biceps-curl"), ("my knee hurts on squats", "squat"), ("bench hurts my shoulder", None)])  # fmt: skip
async def test_pain_beside_the_name_of_a_lift_is_of_that_lift(
    floor: GymFloor, said: str, hurts: str | None
) -> None:
    await floor.said("curl 15x12", "squat 100x5", said)
    done = {row["done"].exercise for row in await logged(floor.store) if row["done"].pain is not None}
    assert done == ({hurts} if hurts is not None else set())


async def test_a_choice_is_known_by_the_word_that_tells_it_apart(floor: GymFloor) -> None:
    await floor.said("row 70x10", "cable")
    assert await floor.log() == [("cable-row", 70.0, 10)]


async def test_a_choice_typed_as_it_is_shown_is_the_answer(floor: GymFloor) -> None:
    said = await text(floor, "row 70x10", "3) Dumbbell row")
    assert said.startswith("Dumbbell row 70 kg × 10 ✓")


async def test_whether_old_numbers_were_pounds_is_asked_once_more_when_sets_pass_it_over(
    floor: GymFloor,
) -> None:
    passed = await text(floor, "squat 225x5", "/unit lb", "squat 235x5 @8")
    assert "1) yes, mend them" in passed
    assert await text(floor, "1") == "1 set is lb now ✓"


async def test_whether_old_numbers_were_pounds_is_not_asked_a_third_time(floor: GymFloor) -> None:
    await floor.said("squat 225x5", "/unit lb", "squat 235x5 @8")
    assert "mend them" not in await text(floor, "squat 235x5 @8")
    assert [row["done"].unit for row in await logged(floor.store)] == ["kg", "lb", "lb"]
