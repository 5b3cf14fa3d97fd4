"""A stored reply → a message on Discord, or a change of one; what went wrong in the words of the outbox."""

from __future__ import annotations

import io
from itertools import chain
from typing import Any

import aiohttp
import discord
from discord.http import handle_message_parameters

from bot.discord.held import Held, Switchboard
from bot.discord.inbound import PLATFORM, PRESSED
from bot.discord.markdown import plain
from bot.outbox import Blocked, Letter, TryLater, Undeliverable

_FLAGS = discord.MessageFlags(suppress_embeds=True)
ROWS, IN_A_ROW, LONGEST_LABEL, LONGEST_DATA = 5, 5, 80, 100
_UNKNOWN_MESSAGE, _NOT_OURS = 10008, 50005
_NO_HISTORY = 160002
"""The code of a channel where we may write, but not answer to a message: its history is closed to us."""
_LET_US_NOT = (50007, 50278)
"""Codes of a person who takes no direct messages from us, and of one who shares no server with us."""


class DiscordSender:
    """Sends letters through a client of the library, and as answers to the commands that are open. `pause`: seconds after what failed."""

    def __init__(self, client: discord.Client, board: Switchboard, pause: float) -> None:
        self._client = client
        self._board = board
        self._pause = pause

    @property
    def platform(self) -> str:
        """What Discord is called in the store."""
        return PLATFORM

    async def send(self, letter: Letter) -> str:
        """Hands a reply over; the id of its message. Raises TryLater, Undeliverable and Blocked."""
        try:
            return await self._handed(letter)
        except discord.HTTPException as error:
            raise self._meant(error, letter) from None
        except (OSError, aiohttp.ClientError):  # a network that failed, or one that does not answer
            raise TryLater(self._pause) from None

    def _meant(self, error: discord.HTTPException, letter: Letter) -> Exception:
        if error.code in _LET_US_NOT or (error.status == 403 and (letter.person or letter.room is None)):
            return Blocked(error.text)
        if error.status >= 500 or error.status in (401, 429):
            return TryLater(max(self._pause, float(error.response.headers.get("Retry-After", 0))))
        return Undeliverable(error.text)

    async def _handed(self, letter: Letter) -> str:
        if letter.edits is not None and not letter.person:
            return await self._changed(letter)
        held = await self._board.find(letter.answers)
        # A press is answered where all see it like any message; only what is for one alone goes by its own way.
        if held is not None and (letter.person or held.interaction.message is None):
            return await self._answered(letter, held)
        return await self._sent(letter)

    async def _answered(self, letter: Letter, held: Held) -> str:
        alone = letter.person
        try:
            return await held.said(plain(letter.reply.body), alone=alone, **_parts(letter))
        except discord.HTTPException as error:
            if error.status >= 500 or error.status not in (401, 404):
                raise
            self._board.forget(letter.answers)  # its time is over
        return await self._sent(letter)

    async def _sent(self, letter: Letter) -> str:
        to = int(letter.to)
        if letter.person:
            to = (await self._client.create_dm(discord.Object(to))).id
        answered = _answering(letter)
        try:
            return await self._posted(to, letter, answered)
        except discord.HTTPException as error:
            if error.code != _NO_HISTORY:
                raise
            return await self._posted(to, letter, {})

    async def _posted(self, to: int, letter: Letter, more: dict[str, Any]) -> str:
        """Past the library's own `send`, which builds a whole message from the answer; of that we need the id."""
        form = handle_message_parameters(
            content=plain(letter.reply.body),
            nonce=_nonce(letter),
            flags=_FLAGS,
            previous_allowed_mentions=self._client.allowed_mentions,
            **_parts(letter),
            **more,
        )
        with form as params:
            return str((await self._client.http.send_message(to, params=params))["id"])

    async def _changed(self, letter: Letter) -> str:
        assert letter.edits is not None
        place = self._client.get_partial_messageable(int(letter.to))
        more: dict[str, Any] = {"view": None, **_parts(letter)}
        if "files" in more:
            more["attachments"] = more.pop("files")
        try:
            await place.get_partial_message(int(letter.edits)).edit(content=plain(letter.reply.body), **more)
        except discord.HTTPException as error:
            if error.code in (_UNKNOWN_MESSAGE, _NOT_OURS):
                return await self._sent(letter)
            raise
        return letter.edits


def _parts(letter: Letter) -> dict[str, Any]:
    """Buttons and files, where there are any."""
    parts: dict[str, Any] = {}
    rows = _rows(letter)
    if rows:
        parts["view"] = _view(rows)
    if letter.files:
        parts["files"] = [discord.File(io.BytesIO(one.data), one.name) for one in letter.files]
    return parts


def _rows(letter: Letter) -> list[list[dict[str, str]]]:
    """Rows as the reply has them, or as full as they go where there are too many."""
    rows = [[one for one in row if len(PRESSED + one["data"]) <= LONGEST_DATA] for row in letter.buttons]
    if len(rows) > ROWS or any(len(row) > IN_A_ROW for row in rows):
        flat = list(chain.from_iterable(rows))
        rows = [flat[start : start + IN_A_ROW] for start in range(0, len(flat), IN_A_ROW)]
    return [row for row in rows if row][:ROWS]


def _view(rows: list[list[dict[str, str]]]) -> discord.ui.View:
    """Buttons that say themselves what they mean: the library is to remember none of them."""
    view = discord.ui.View(timeout=None)
    for place, row in enumerate(rows):
        for one in row:
            name = f"{PRESSED}{one['data']}"
            view.add_item(discord.ui.Button(label=one["label"][:LONGEST_LABEL], custom_id=name, row=place))
    view.stop()
    return view


def _answering(letter: Letter) -> dict[str, Any]:
    """In a room the message that is answered is shown with the answer; it may be gone by now."""
    if letter.room is None or letter.person or letter.answers is None or not letter.answers.isdecimal():
        return {}
    reference = discord.MessageReference(
        message_id=int(letter.answers), channel_id=int(letter.to), fail_if_not_exists=False
    )
    return {"message_reference": reference.to_message_reference_dict()}


def _nonce(letter: Letter) -> str:
    """By which Discord knows a reply again that is sent twice: 25 characters, of 26 whose first is a zero until 10889."""
    return letter.reply.id[-25:]
