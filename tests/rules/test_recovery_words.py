"""What people say of poor recovery and sore muscles, and what is none of it."""

from __future__ import annotations

import pytest

from core.recovery_words import ill_told, recovery_told

POOR = (
    "slept badly", "Slept like crap", "didn't sleep", "no sleep", "slept 4 hours", "5h sleep", "bad night again", "didn't recover",
    "not recovered yet", "haven't recovered from monday", "no energy", "schlecht geschlafen", "Dormí mal", "mal dormi", "dormito male",
    "не выспался", "没睡好",
)  # fmt: skip
WORN = (
    "wrecked", "Wrecked!", "exhausted", "i'm exhausted", "feeling beat up", "totally fried", "legs are dead", "my legs are toast",
    "legs feel heavy", "I'm drained today",
)  # fmt: skip
NOTHING = (
    "slept well", "slept 8 hours", "7 hours of sleep", "didn't sleep badly", "no longer sore", "not sore at all", "no doms",
    "kein muskelkater", "am i sore?", "how sore are you?", "he is wrecked", "my mate slept badly", "will be sore tomorrow",
    "gonna be wrecked tomorrow", "wrecked my knee", "knee sore", "sore shoulder", "my lower back is sore", "sore throat", "dead lift",
    "fried rice", "the bar felt heavy", "heavy", "my phone is dead", "we beat them", "toast", "tired", "great session", "",
)  # fmt: skip
SORE = {
    "sore": (),
    "so sore today": (),
    "muskelkater": (),
    "my back is sore": (),
    "quads still sore from monday": ("quads",),
    "a little sore in the hamstrings": ("hamstrings",),
    "chest and triceps sore": ("chest", "triceps"),
    "doms in my lats": ("lats",),
}


@pytest.mark.parametrize("text", POOR)
def test_poor_recovery_is_told_in_many_ways(text: str) -> None:
    told = recovery_told(text)
    assert told is not None and not told.sore and not told.worn


@pytest.mark.parametrize("text", WORN)
def test_worn_out_is_how_a_session_feels_too(text: str) -> None:
    told = recovery_told(text)
    assert told is not None and told.worn and not told.sore


@pytest.mark.parametrize(("text", "muscles"), SORE.items())
def test_what_is_sore_is_told_by_its_everyday_name(text: str, muscles: tuple[str, ...]) -> None:
    told = recovery_told(text)
    assert told is not None and told.sore and told.muscles == muscles


def test_legs_are_all_the_muscles_of_them() -> None:
    told = recovery_told("legs still sore")
    assert told is not None and {"quads", "hamstrings", "calves"} <= set(told.muscles)


@pytest.mark.parametrize("text", [*NOTHING, f"slept badly, {'and so on ' * 40}"])
def test_what_is_no_poor_recovery_is_left_alone(text: str) -> None:
    assert recovery_told(text) is None


ILL = (
    "I am sick", "i'm sick", "sick", "Sick today, sorry", "got the flu", "got the flu, can't train this week", "I have a cold", "fever",
    "down with covid", "feeling ill", "under the weather", "bin krank", "krank", "Grippe", "erkältet", "estoy enfermo", "tengo gripe",
    "estou doente", "je suis malade", "malade", "ho la febbre, sono malato", "я заболел", "температура", "感冒了",
)  # fmt: skip
NOT_ILL = (
    "sick pump", "that was sick", "sick session", "sick of squats", "my son is sick", "got a flu shot today", "no fever", "not sick",
    "the flu is gone", "am i sick?", "he has a cold", "cold gym", "it is cold", "ill do 3 more", "I'll be there", "squat 100x5", "",
)  # fmt: skip


@pytest.mark.parametrize("text", ILL)
def test_illness_is_told_in_many_ways(text: str) -> None:
    assert ill_told(text)


@pytest.mark.parametrize("text", NOT_ILL)
def test_what_is_no_illness_is_left_alone(text: str) -> None:
    assert not ill_told(text)
