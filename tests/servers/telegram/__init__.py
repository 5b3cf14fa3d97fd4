"""A Telegram Bot API server on the loopback, strict about what it is sent, for tests of the adapter over sockets.

    async with TelegramServer() as server:
        ann = server.user("Ann")
        chat = server.private(ann)
        ...  # a bot with base_url=server.base_url, base_file_url=server.base_file_url, token=server.token
        await ann.says(chat, "squat 100x8")
        reply = await server.until(lambda: chat.answers()[-1])
        await ann.presses(reply.button("8"))
        assert server.refused == []

It keeps its state in memory and everything happens at once: no delays, no 24 hours after which updates expire.
"""

from __future__ import annotations

from tests.servers.telegram.faults import Fault
from tests.servers.telegram.gateway import Call
from tests.servers.telegram.people import OtherBot, Person
from tests.servers.telegram.places import Button, Channel, Group, Place, Shown
from tests.servers.telegram.server import TelegramServer

__all__ = [
    "Button",
    "Call",
    "Channel",
    "Fault",
    "Group",
    "OtherBot",
    "Person",
    "Place",
    "Shown",
    "TelegramServer",
]
