"""Discord: what comes in goes to the dispatch, what it answers goes out through the outbox."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

import aiohttp
import discord

from bot.discord import commands
from bot.discord.client import Client, Timing
from bot.discord.markdown import LONGEST
from bot.discord.sender import DiscordSender
from bot.discord.session import Session
from bot.dispatch import Dispatch
from bot.door import Ready, Refused, Unreachable
from bot.outbox import Outbox
from bot.speech import gettext as _
from core.store import Store

__all__ = ["Discord", "Timing"]

_log = logging.getLogger(__name__)

API = "https://discord.com/api"
_BAD_TOKEN = 4004


class Discord:
    """The coach on Discord, over its gateway."""

    def __init__(
        self,
        store: Store,
        token: str,
        clock: Callable[[], datetime],
        *,
        api: str = API,
        timing: Timing | None = None,
    ) -> None:
        self._store = store
        self._token = token
        self._clock = clock
        self._api = api
        self._timing = timing or Timing()
        self._client: Client | None = None

    @property
    def name(self) -> str:
        """What people call it."""
        return "Discord"

    async def serve(self, ready: Ready = lambda sentence: None) -> None:
        """Serves until cancelled. Raises Refused and Unreachable."""
        try:
            try:
                await self._serve(ready, content=True)
            except discord.PrivilegedIntentsRequired:
                await self._serve(ready, content=False)
        except discord.LoginFailure:
            raise _refused() from None
        except discord.ConnectionClosed as closed:
            if closed.code == _BAD_TOKEN:
                raise _refused() from None
            raise Unreachable(f"it closed the connection with {closed.code}") from None
        except (discord.DiscordException, OSError, aiohttp.ClientError) as error:
            raise Unreachable(type(error).__name__) from None

    async def fetch(self, key: str) -> bytes:
        """A file that came with a message, by the key of `Inbound.files`. Raises Unreachable where it cannot be had."""
        channel, message, file = map(int, key.split("/"))
        if self._client is None:
            raise Unreachable("not connected")
        try:
            found = await self._client.get_partial_messageable(channel).fetch_message(message)
            for one in found.attachments:
                if one.id == file:
                    return await one.read()
        except (discord.DiscordException, OSError, aiohttp.ClientError) as error:
            raise Unreachable(type(error).__name__) from None
        raise Unreachable("the file is gone")

    async def _serve(self, ready: Ready, *, content: bool) -> None:
        timing = self._timing
        session = Session(self._store, Dispatch(self._store, longest=LONGEST), self._clock, timing.pause)
        client = Client(session, api=self._api, content=content, timing=timing)
        telling = asyncio.create_task(_told(session, client, ready))
        try:
            await client.enter(self._token)
            self._client = client
            await _registered(client)
            sender = DiscordSender(client, session.board, timing.send_pause)
            await session.run(client, Outbox(self._store, sender, self._clock, timing.pace))
        finally:
            self._client = None
            telling.cancel()
            await client.leave()


def _refused() -> Refused:
    return Refused("Discord does not know this token; look at DISCORD_TOKEN in .env.")


async def _told(session: Session, client: Client, ready: Ready) -> None:
    """Says who we are once there is a session, and what we cannot do."""
    await session.begun.wait()
    assert client.user is not None
    sentence = _("write to {name}, or type /here in a channel.").format(name=client.user.name)
    if not client.reads_content:
        sentence += " " + _(
            "There is no message content intent: it works by slash commands, mentions and direct messages."
        )
    ready(sentence)


async def _registered(client: Client) -> None:
    """Registers the commands where they changed; without that, the old ones work."""
    assert client.application_id is not None
    try:
        if commands.differ(await client.http.get_global_commands(client.application_id)):
            await client.http.bulk_upsert_global_commands(client.application_id, commands.forms())
    except discord.HTTPException as error:
        _log.warning("Discord did not take the commands (%s).", error.status)
