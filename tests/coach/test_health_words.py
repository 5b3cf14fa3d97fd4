"""What people say of their health besides a set: a pregnancy, their age, a doctor's word, where it hurts."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import core
from core.red_flags import (
    is_under_age,
    places,
    same_place,
    several_places,
    speaks_of_clearance,
    speaks_of_pregnancy,
)

LANGUAGES = set(
    tomllib.loads((Path(core.__file__).parent / "data" / "red_flags.toml").read_text(encoding="utf-8"))
)

PREGNANT = {
    "en": "doc: i'm pregnant so light today",
    "de": "ich bin schwanger",
    "es": "estoy embarazada",
    "pt": "estou grávida",
    "fr": "je suis enceinte",
    "it": "sono incinta",
    "ru": "я беременна",
    "zh": "我怀孕了",
}
NOT_PREGNANT = {
    "en": "my wife is pregnant",
    "de": "ich bin nicht schwanger",
    "es": "mi mujer está embarazada",
    "pt": "não estou grávida",
    "fr": "je ne suis pas enceinte",
    "it": "mia moglie è incinta",
    "ru": "жена беременна",
    "zh": "我没有怀孕",
}
UNDER_AGE = {
    "en": "I'm 16 years old",
    "de": "ich bin 15",
    "es": "tengo 15 años",
    "pt": "tenho 16 anos",
    "fr": "j'ai 17 ans",
    "it": "ho 16 anni",
    "ru": "мне 16 лет",
    "zh": "我16岁",
}
CLEARED = {
    "en": "ok doc cleared me",
    "de": "der Arzt hat mich freigegeben",
    "es": "el médico me dio el alta",
    "pt": "o médico me liberou",
    "fr": "le médecin m'a donné le feu vert",
    "it": "il medico mi ha dato il via libera",
    "ru": "врач разрешил",
    "zh": "医生说可以练了",
}


@pytest.mark.parametrize("table", [PREGNANT, NOT_PREGNANT, UNDER_AGE, CLEARED])
def test_no_language_is_left_out(table: dict[str, str]) -> None:
    assert set(table) == LANGUAGES


@pytest.mark.parametrize(
    "said", [*PREGNANT.values(), "I am not sure but I might be pregnant", "Pregnancy week 12"]
)
def test_a_pregnancy_is_heard(said: str) -> None:
    assert speaks_of_pregnancy(said)


@pytest.mark.parametrize(
    "said", [*NOT_PREGNANT.values(), "no longer pregnant", "she's pregnant", "squat 100x8"]
)
def test_a_pregnancy_that_is_denied_or_somebody_elses_is_none(said: str) -> None:
    assert not speaks_of_pregnancy(said)


@pytest.mark.parametrize("said", [*UNDER_AGE.values(), "I am 14", "im 15", "I’m 17 and love squats", "16 yo"])
def test_an_age_under_18_is_heard(said: str) -> None:
    assert is_under_age(said)


@pytest.mark.parametrize(
    "said",
    [
        "I'm 10 minutes late", "im 12 weeks in", "I'm 19", "I am 18", "my son is 16 years old", "i am 14 kg heavier",
        "im 8/10 today", "tengo 16 años de experiencia", "j'ai 16 ans d'expérience", "bench 16 reps", "squat 100x16",
    ],
)  # fmt: skip
def test_other_numbers_are_no_age(said: str) -> None:
    assert not is_under_age(said)


@pytest.mark.parametrize("said", [*CLEARED.values(), "i am cleared", "my doctor says im fine to train"])
def test_a_clearance_is_heard(said: str) -> None:
    assert speaks_of_clearance(said)


@pytest.mark.parametrize("said", ["nice work", "clear the rack please", "squat 100x8"])
def test_talk_is_no_clearance(said: str) -> None:
    assert not speaks_of_clearance(said)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("knee", "tweaked my back", False),
        ("tweaked my shoulder", "shoulder hurts bad", True),
        ("left knee", "right knee", False),
        ("left knee", "knee again", True),
        ("knees", "my knee hurts", True),
        ("", "it hurts", False),
        ("Schulter", "die Schulter tut weh", True),
    ],
)
def test_one_place_is_told_from_another(one: str, other: str, *, same: bool) -> None:
    assert same_place(one, other) is same


def test_several_places_are_told_from_one() -> None:
    assert several_places("knee; tweaked my back")
    assert several_places("left knee; right knee")
    assert not several_places("left knee")
    assert not places("it hurts")
