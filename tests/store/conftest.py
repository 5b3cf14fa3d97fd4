"""An open gym for each test of the store, and short words for November 2026."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from core.store import Store
from tests.store.gym import Gym


@pytest.fixture
async def gym(store: Store, now: datetime) -> Gym:
    """An open gym, the lifter in it, nothing logged."""
    opened = Gym(store, now)
    await opened.open()
    return opened


@pytest.fixture
def on() -> Callable[..., datetime]:
    """`on(20)` is noon on 20 November 2026, `on(20, 18)` six in the evening, UTC."""

    def instant(day: int, hour: int = 12, minute: int = 0) -> datetime:
        return datetime(2026, 11, day, hour, minute, tzinfo=UTC)

    return instant


@pytest.fixture
def day() -> Callable[[int], date]:
    """`day(20)` is 20 November 2026."""
    return lambda number: date(2026, 11, number)
