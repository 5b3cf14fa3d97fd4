"""Quarters of lives in three zones, through two changes of the clocks, with nobody serving now and then: what is sent is what
an independent model of the rules says, once each."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random
from shutil import copy

import pytest

from tests.reminders.lives import life_of
from tests.reminders.model import Life, Said, said_in
from tests.reminders.quarter import BACK, Played, Player

BERLIN, NEW_YORK, LORD_HOWE = "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"
# Each quarter holds the changes of its zone and of the one travelled to: on into summer here, out of it there.
QUARTERS = [
    (BERLIN, date(2026, 2, 2), LORD_HOWE),
    (BERLIN, date(2026, 8, 31), LORD_HOWE),
    (NEW_YORK, date(2026, 1, 12), BERLIN),
    (NEW_YORK, date(2026, 8, 31), LORD_HOWE),
    (LORD_HOWE, date(2026, 2, 2), BERLIN),
    (LORD_HOWE, date(2026, 8, 10), NEW_YORK),
]
QUICK = ((0, 32), (3, 32), (5, 24))
"""Of which quarter and drawn by what the lives are that are always played."""
WHERE = ("before storing", "before sending", "before marking")


def said(played: Played) -> list[Said]:
    return sorted((one for _, one in played.said), key=_order)


def _order(one: Said) -> tuple[object, ...]:
    return (one.at, one.kind, one.day or date.min)


async def played(life: Life, template: Path, folder: Path, crashes: dict[int, str] | None = None) -> Played:
    copy(template, folder / "spotter.db")
    return await Player(life, f"sqlite:///{folder / 'spotter.db'}", crashes or {}).play()


def repeats(came: Played) -> Counter[str]:
    return Counter(reply_id for reply_id, _ in came.said)


def soaked(seeds: range) -> list[object]:
    first = [pytest.param(QUARTERS[at], seed, id=f"{QUARTERS[at][0]}-{seed}") for at, seed in QUICK]
    more = [
        pytest.param(one, seed, id=f"{one[0]}-{one[1]}-{seed}", marks=pytest.mark.soak)
        for seed in seeds
        for one in QUARTERS
    ]
    return [*first, *more]


@pytest.mark.parametrize(("quarter", "seed"), soaked(range(100, 130)))
async def test_a_quarter_says_what_the_rules_say(
    quarter: tuple[str, date, str], seed: int, sqlite_template: Path, tmp_path: Path
) -> None:
    zone, since, away = quarter
    life = life_of(seed, zone, since, away)
    came = await played(life, sqlite_template, tmp_path)
    assert said(came) == sorted(said_in(life), key=_order)
    assert set(repeats(came).values()) <= {1}


@pytest.mark.parametrize(("quarter", "seed"), soaked(range(200, 215)))
async def test_a_crash_repeats_one_message_and_nothing_else(
    quarter: tuple[str, date, str], seed: int, sqlite_template: Path, tmp_path: Path
) -> None:
    zone, since, away = quarter
    life = life_of(seed, zone, since, away)
    chance = Random(seed)
    crashes = {at: chance.choice(WHERE) for at in chance.sample(range(60), 15)}
    came = await played(life, sqlite_template, tmp_path, dict(crashes))
    twice = {reply_id for reply_id, count in repeats(came).items() if count > 1}
    assert max(repeats(came).values(), default=0) <= 2
    assert twice <= came.may_repeat
    once = list(dict(reversed(came.said)).values())
    assert [(one.kind, one.day) for one in sorted(once, key=_order)] == [
        (one.kind, one.day) for one in sorted(said_in(life), key=_order)
    ]
    for one, told in zip(sorted(once, key=_order), sorted(said_in(life), key=_order), strict=True):
        assert timedelta() <= one.at - told.at <= 5 * BACK
        assert one.late == told.late


def test_the_lives_hold_what_they_are_for() -> None:
    lives = [life_of(seed, *QUARTERS[at]) for at, seed in QUICK]
    all_said = [one for life in lives for one in said_in(life)]
    assert {one.kind for one in all_said} == {"session", "eve", "open", "missed", "digest", "rest"}
    assert {one.kind for one in all_said if one.late} >= {"session", "missed", "digest"}
    assert sum(len(life.downs) for life in lives) >= 30
    assert any(down.until - down.since > timedelta(days=4) for life in lives for down in life.downs)
    assert {life.at is None for life in lives} == {True, False}
