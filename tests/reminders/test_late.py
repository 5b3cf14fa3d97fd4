"""What was stored in time and could not be sent: it goes out with a word of excuse for as long as it is worth that."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from bot.outbox import Letter, Outbox
from bot.pacing import Pace
from core.store import Store, messages
from tests.reminders.desk import PLATFORM, Desk, utc


@dataclass
class Post:
    """Keeps the first lines of what it is sent."""

    sent: list[str] = field(default_factory=list)
    platform: str = PLATFORM

    async def send(self, letter: Letter) -> str:
        self.sent.append(letter.reply.body.split("\n")[0])
        return str(len(self.sent))


async def sent_at(store: Store, at: datetime) -> list[str]:
    """What goes out where somebody serves again then."""
    post = Post()
    outbox = Outbox(store, post, lambda: at, Pace(0, 0, 0), grace=0.2)
    task = asyncio.create_task(outbox.run())
    async with asyncio.timeout(10):
        while True:
            async with store.read() as conn:
                if not await messages.unsent(conn, PLATFORM, 1, ""):
                    break
            await asyncio.sleep(0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    return post.sent


SESSION = "Today 18:00: A · Week 1 of 12, Foundation"
MISSED = "A of Fri 6 Nov 2026 did not come."
WEEK = "Your week: 1 of 3 sessions, 4 work sets."


@pytest.mark.parametrize(
    ("due", "again", "sent"),
    [
        ("2026-11-04 17:00", "2026-11-04 17:04:59", SESSION),
        ("2026-11-04 17:00", "2026-11-04 17:05", f"{SESSION} (late, sorry)"),
        ("2026-11-04 17:00", "2026-11-04 19:59", f"{SESSION} (late, sorry)"),
        ("2026-11-04 17:00", "2026-11-04 20:00", None),
        ("2026-11-07 09:00", "2026-11-07 09:01", f"{MISSED} No harm done. What now?"),
        ("2026-11-07 09:00", "2026-11-07 23:59", f"{MISSED} (late, sorry) No harm done. What now?"),
        ("2026-11-07 09:00", "2026-11-08 00:00", None),
        ("2026-11-08 18:00", "2026-11-08 18:01", WEEK),
        ("2026-11-08 18:00", "2026-11-09 17:59", f"{WEEK} (late, sorry)"),
        ("2026-11-08 18:00", "2026-11-09 18:00", None),
    ],
)
async def test_it_says_that_it_is_late_for_as_long_as_it_is_worth_sending(
    store: Store, due: str, again: str, sent: str | None
) -> None:
    desk = Desk(store)
    await desk.types(utc("2026-11-02 07:00"), "/time UTC")
    await desk.types(utc("2026-11-02 07:01"), "/plan Mon Wed Fri 18:00\nA: squat 2, bench 2")
    await desk.types(utc("2026-11-02 18:00"), "squat 60x15 @6, 60x15 @7\nbench 40x15 @6, 40x15 @7")
    await desk.until(utc(due).replace(hour=utc(due).hour - 1))
    await sent_at(store, desk.now)
    assert len(await desk.until(utc(due))) == 1
    assert await sent_at(store, utc(again)) == ([] if sent is None else [sent])


@pytest.mark.parametrize(
    ("again", "quiet", "at_once", "in_the_morning"),
    [
        (
            "2026-11-05 21:59",
            "22-7",
            ["A of Wed 4 Nov 2026 did not come. (late, sorry) No harm done. What now?"],
            [],
        ),
        ("2026-11-05 22:00", "22-7", [], []),
        (
            "2026-11-05 11:00",
            "10-12",
            [],
            ["A of Wed 4 Nov 2026 did not come. (late, sorry) No harm done. What now?"],
        ),
    ],
)
async def test_what_is_late_does_not_come_in_quiet_hours(
    store: Store, again: str, quiet: str, at_once: list[str], in_the_morning: list[str]
) -> None:
    """It waits until they end, as long as it is good: about a session it is asked on the day after it, and no later."""
    desk = Desk(store)
    await desk.types(utc("2026-11-02 07:00"), "/time UTC")
    await desk.types(utc("2026-11-02 07:01"), "/plan Mon Wed Fri 18:00\nA: squat 2, bench 2")
    await desk.types(utc("2026-11-02 07:02"), f"/remind quiet {quiet}")
    await desk.until(utc("2026-11-05 08:59"))
    assert [one.split("\n")[0] for one in await desk.looks(utc(again))] == at_once
    assert [one.split("\n")[0] for one in await desk.until(utc("2026-11-06 08:00"))] == in_the_morning
