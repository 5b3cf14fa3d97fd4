"""What is looked for in a year of chat is found: each kind in a chat that has it, and nothing in one that is sound."""

from __future__ import annotations

import pytest

from tests.coach.chats import read_chat
from tests.years.checks import watched

SOUND = """
[2027-01-04 18:00] mia #1: /today
> A · Week 4 of 12, Foundation
> Squat: 1 × 60 kg × 12 @7
> Bench press: 1 × 40 kg × 12 @7
[2027-01-04 18:05] mia #2: squat 60x12 @7
> Squat 60 kg × 12 @7 ✓ done; next time: 62.5 × 12 @7
> Week 5, Build.
> Then Bench press: 1 × 40 kg × 12 @7
[2027-01-04 18:08] mia #3: /last squat
> Squat 60 kg × 12 @7 (Mon 4 Jan 2027)
> Next: 62.5 × 12 @7
[2027-01-11 18:00] mia #4: /today
> A · Week 5 of 12, Build
> Squat: 1 × 62.5 kg × 12 @7
> Bench press: 1 × 40 kg × 12 @7
"""
DELOAD = """
[2027-01-12 18:00] mia #5: /today
> A · Deload week
"""


def kinds(chat: str) -> set[str]:
    return {one.kind for one in watched(read_chat(chat), 64).findings}


def test_a_sound_chat_has_no_findings() -> None:
    assert kinds(SOUND) == set()


@pytest.mark.parametrize(
    ("kind", "was", "now"),
    [
        ("promise", "Squat: 1 × 62.5 kg × 12 @7", "Squat: 1 × 62.5 kg × 11 @7"),
        ("far up", "Squat: 1 × 62.5 kg × 12 @7", "Squat: 1 × 70 kg × 12 @7"),
        ("far down", "Squat: 1 × 62.5 kg × 12 @7", "Squat: 1 × 40 kg × 12 @7"),
        ("plates", "next time: 62.5 × 12 @7", "next time: 61 × 12 @7"),
        ("then", "Then Bench press: 1 × 40 kg", "Then Bench press: 1 × 42.5 kg"),
        ("last", "Next: 62.5 × 12 @7", "Next: 60 × 12 @7"),
        ("week", "A · Week 5 of 12, Build", "A · Week 6 of 12, Build"),
        ("week", "A · Week 5 of 12, Build", "A · Deload week"),
        ("long", "> Week 5, Build.\n", "> Week 5, Build.\n" * 7),
    ],
)
def test_what_is_wrong_is_found(kind: str, was: str, now: str) -> None:
    assert was in SOUND
    assert kind in kinds(SOUND.replace(was, now))


def test_a_deload_is_not_one_session_over_and_over() -> None:
    end = SOUND.replace("Week 4", "Week 11").replace("Week 5", "Week 12")
    assert "deload" not in kinds(end + DELOAD)
    assert "deload" in kinds(end + DELOAD + DELOAD.replace("-12 18", "-14 18"))


def test_all_out_sets_and_reviews_are_counted() -> None:
    watch = watched(
        read_chat(
            SOUND.replace("60 kg × 12 @7 ✓", "60 kg × 15 amrap @9 ✓").replace(
                "> Then", "> Foundation done.\n> Then"
            )
        ),
        64,
    )
    assert [reps for _, _, reps in watch.amraps] == [15]
    assert watch.reviews == 1
    assert [measured for _, measured in watch.blocks_done()] == [True]
