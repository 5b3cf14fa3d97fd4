"""Ids sort as they were made, whatever the clock does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from core.ids import ALPHABET, Ids, least_of

NOW = datetime(2026, 11, 20, 18, 3, 5, 123456, tzinfo=UTC)


def test_an_id_has_26_characters_of_the_alphabet_and_carries_its_time() -> None:
    made = Ids().new(NOW)
    assert len(made) == 26
    assert set(made) <= set(ALPHABET)
    whole = NOW.replace(microsecond=123000)
    assert least_of(whole) <= made < least_of(whole + timedelta(milliseconds=1))


def test_the_layout_is_that_of_a_ulid() -> None:
    # 1469918176385 milliseconds after 1970: the example of the published layout.
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=1469918176385)
    assert Ids().new(at).startswith("01ARYZ6S41")
    assert Ids().new(datetime(1970, 1, 1, tzinfo=UTC)).startswith("0000000000")


@pytest.mark.parametrize(
    "step",
    [timedelta(milliseconds=1), timedelta(0), timedelta(milliseconds=-1), timedelta(days=-4)],
    ids=["forward", "standing", "back", "far back"],
)
def test_ids_of_one_source_grow(step: timedelta) -> None:
    ids = Ids()
    made = [ids.new(NOW + number * step) for number in range(3000)]
    assert made == sorted(set(made))


def test_the_time_decides_between_two_sources() -> None:
    assert Ids().new(NOW) < Ids().new(NOW + timedelta(milliseconds=1))


def test_the_least_of_an_instant_parts_earlier_ids_from_later_ones() -> None:
    earlier, later = Ids().new(NOW - timedelta(milliseconds=1)), Ids().new(NOW)
    assert earlier < least_of(NOW) <= later


def test_two_sources_at_the_same_time_make_different_ids() -> None:
    assert len({Ids().new(NOW) for _ in range(1000)}) == 1000


def test_the_offset_does_not_matter() -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=5, minutes=45)))
    assert Ids().new(elsewhere)[:10] == Ids().new(NOW)[:10]
    assert least_of(elsewhere) == least_of(NOW)


@pytest.mark.parametrize("bad", [datetime(2026, 11, 20), datetime(1969, 12, 31, tzinfo=UTC)])  # noqa: DTZ001
def test_a_time_without_offset_or_before_1970_is_refused(bad: datetime) -> None:
    with pytest.raises(ValueError, match="instant"):
        Ids().new(bad)
