"""The README's chats are replayed: what it shows is what Spotter answers."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.dispatch import Dispatch
from core.model import Inbound
from core.store import Store

README = Path(__file__).parent.parent / "README.md"
CHATS = re.findall(r"```chat\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)


def test_the_readme_shows_chats() -> None:
    assert len(CHATS) >= 5


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("chat", CHATS, ids=lambda chat: chat.splitlines()[0][2:])
async def test_a_chat_of_the_readme(chat: str, store: Store) -> None:
    dispatch = Dispatch(store)
    at = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
    came: list[str] = []
    for number, shown in enumerate(re.findall(r"^> (.*(?:\n  .*)*)$", chat, re.MULTILINE)):
        at += timedelta(minutes=3)
        text = shown.replace("\n  ", "\n")
        inbound = Inbound("terminal", "lifter", str(number), "lifter", "lifter", text, at)
        replies = await dispatch.handle(inbound, now=at)
        came += [f"> {shown}", *(line for reply in replies for line in reply.body.split("\n"))]
    assert "\n".join(came) == chat.strip()
