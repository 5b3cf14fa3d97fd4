"""What the coach says by itself, over the platforms: it arrives in private, once, and its buttons do what they say."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from core.store import Store, people, reminders
from core.store.reminders import Due
from tests.bot import discord_gym, telegram_gym

PLAN = "/plan Mon Tue Wed Thu Fri Sat Sun 23:59\nA: squat 3, bench 3"


async def due_now(store: Store, platform: str, chat: str, now: datetime) -> None:
    """Today's session is due to be told."""
    async with store.write() as conn:
        athlete = (await people.everybody(conn))[0]
        about = {"day": now.date().isoformat()}
        await reminders.arm(conn, Due(athlete, "session", now - timedelta(seconds=1), platform, chat, about))


async def test_a_session_is_told_on_telegram_and_moved_by_its_button(
    tmp_path: Path, sqlite_template: Path
) -> None:
    async with telegram_gym.opened(tmp_path, sqlite_template) as gym:
        now = gym.server.world.clock()
        async with gym.serving():
            await gym.ann.says(gym.chat, "/time UTC")
            await gym.ann.says(gym.chat, PLAN)
            texts = await gym.answered(gym.chat, 2)
        await due_now(gym.store, "telegram", str(gym.chat.id), now)
        async with gym.serving():
            texts = await gym.answered(gym.chat, 3)
            assert texts[2].startswith("Today 23:59: A · Week 1 of 12, Foundation")
            await gym.ann.presses(gym.chat.answers()[-1].button("2) tomorrow"))
            texts = await gym.answered(gym.chat, 4)
            assert texts[3].startswith("A moved to ")
        async with gym.serving():  # nothing is told again
            await gym.ann.says(gym.chat, "/remind")
            texts = await gym.answered(gym.chat, 5)
        assert texts[4].startswith("Reminders: 60 min before a session.")


async def test_a_session_is_told_on_discord(tmp_path: Path, sqlite_template: Path) -> None:
    async with discord_gym.a_gym(tmp_path) as gym:
        async with gym.serving():
            await gym.ann.says(gym.dm, "/time UTC")
            await gym.ann.says(gym.dm, PLAN)
            await gym.answered(2)
        await due_now(gym.store, "discord", str(gym.dm.id), gym.server.clock.now())
        async with gym.serving():
            texts = await gym.answered(3)
    assert texts[2].startswith("Today 23:59: A · Week 1 of 12, Foundation")
