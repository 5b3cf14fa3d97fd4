"""A time that was typed wrong is mended like a load."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.dispatch import Dispatch
from core.model import Inbound
from core.store import Store


async def test_actually_mends_a_hold_and_leaves_lifts_without_a_time_alone(store: Store) -> None:
    dispatch, at, said = Dispatch(store), datetime(2026, 11, 20, 18, 0, tzinfo=UTC), []
    for number, text in enumerate(("plank 90s", "actually 60s", "squat 100x5", "actually 1 min")):
        at += timedelta(minutes=3)
        replies = await dispatch.handle(Inbound("t", "ann", str(number), "ann", "ann", text, at), now=at)
        said.append(replies[0].body.split("\n"))
    assert said[1][0].startswith("Plank 60 s ✓") and said[1][1] == "Was: 90 s."
    assert said[3] == ["It says that already."]
