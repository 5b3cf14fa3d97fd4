"""Pointing the unmodified discord.py at the server: two assignments, taken back afterwards.

The client takes REST addresses from `Route.BASE`. A sharded client takes the gateway from `GET /gateway/bot` at first,
a plain one never does; both fall back on `DEFAULT_GATEWAY` after an invalid session. So both are set.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

if TYPE_CHECKING:
    from .server import DiscordServer


@contextmanager
def pointed(server: DiscordServer) -> Iterator[None]:
    """discord.py talks to `server` meanwhile."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE = f"{server.api}/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway.url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
