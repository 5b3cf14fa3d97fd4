"""Updates of a chat are done one after the other, those of several chats side by side."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram import Bot, Update

from bot.telegram.intake import Intake

ANN = {"id": 5, "is_bot": False, "first_name": "Ann"}


def update(number: int, chat: int, **content: Any) -> dict[str, Any]:
    """An update with a message in a group."""
    body = {"message_id": number, "date": 1_790_000_000, "from": ANN, "chat": {"id": chat, "type": "group"}}
    return {"update_id": number, "message": body | (content or {"text": "hi"})}


class Slow:
    """Handles updates, each for as long as it is held."""

    def __init__(self, *held: int) -> None:
        self.begun: list[int] = []
        self.gates = {number: asyncio.Event() for number in held}

    async def handle(self, one: Update) -> None:
        """Notes that it was begun."""
        self.begun.append(one.update_id)
        if one.update_id in self.gates:
            await self.gates[one.update_id].wait()


async def begun(slow: Slow, raw: list[dict[str, Any]], let_go: int) -> tuple[list[int], list[int]]:
    """What was begun while one update was held, and in the end."""
    intake = Intake(Bot("1:a"), slow.handle)
    tasks = [asyncio.create_task(intake.take(one)) for one in raw]
    for _ in range(2 * len(raw)):  # each gets as far as it can
        await asyncio.sleep(0)
    before = list(slow.begun)
    slow.gates[let_go].set()
    await asyncio.gather(*tasks)
    return before, slow.begun


async def test_a_chat_waits_for_its_own_and_for_no_other() -> None:
    raw = [update(1, -10), update(2, -10), update(3, -20), update(4, -10), update(5, -20)]
    assert await begun(Slow(1), raw, 1) == ([1, 3, 5], [1, 3, 5, 2, 4])


async def test_a_supergroup_waits_for_the_group_that_it_was() -> None:
    raw = [
        update(1, -10),
        update(2, -10, migrate_to_chat_id=-1001),
        update(3, -1001, migrate_from_chat_id=-10),
        update(4, -1001),
        update(5, -20),
    ]
    assert await begun(Slow(1), raw, 1) == ([1, 5], [1, 5, 2, 3, 4])
