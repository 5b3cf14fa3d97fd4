"""What Discord tells → the message that it brings us, or nothing. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import discord

from bot.names import shown
from core.model import Attachment, Inbound

PLATFORM = "discord"

PRESSED = "say:"
"""What a button of ours begins with; what pressing it brings back follows."""

_WORDS = (discord.MessageType.default, discord.MessageType.reply)
"""Kinds of message that are somebody's own words; all others are the service's."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said. A thread is a chat of its own in the room of its channel; direct messages are no room."""

    chat: str
    room: str | None = None
    thread: str | None = None


def place_of(channel: Any) -> Place:
    """The place that a channel of the library is."""
    chat = str(channel.id)
    if isinstance(channel, discord.Thread):
        return Place(chat, str(channel.parent_id), chat)
    private = isinstance(channel, discord.DMChannel) or getattr(channel, "guild_id", 0) is None
    return Place(chat) if private else Place(chat, chat)


def said(message: discord.Message, place: Place, me: int) -> Inbound | None:
    """What a person wrote; None for bots, webhooks, the service's own messages, and what we may not read."""
    if message.author.bot or message.webhook_id is not None or message.type not in _WORDS:
        return None
    text = _without_mention(message.content, me)
    files = tuple(_file(message, one) for one in message.attachments)
    if not text and not files:
        return None
    return Inbound(
        platform=PLATFORM,
        chat=place.chat,
        message_id=str(message.id),
        author=str(message.author.id),
        author_name=shown(message.author.display_name, message.author.id),
        text=text,
        sent_at=message.created_at,
        room=place.room,
        reply_to_bot=_is_to(message, me),
        thread=place.thread,
        files=files,
    )


def edited(message: discord.Message, place: Place, me: int) -> Inbound | None:
    """A message as it reads now; None where no person changed it (the service adds previews of links, too)."""
    found = said(message, place, me) if message.edited_at is not None else None
    return None if found is None else replace(found, edited=True, edited_at=message.edited_at)


def deleted(place: Place, message_id: int, now: datetime) -> Inbound:
    """A message that is gone; Discord does not say by whose hand."""
    return Inbound(
        PLATFORM,
        place.chat,
        str(message_id),
        author="",
        author_name="",
        text="",
        sent_at=now,
        room=place.room,
        deleted=True,
        thread=place.thread,
    )


def pressed(interaction: discord.Interaction[Any], place: Place) -> Inbound | None:
    """What a button of ours says, in answer to us; it is in the message itself, so it outlives a restart."""
    data = interaction.custom_id or ""
    if not data.startswith(PRESSED):
        return None
    told = _told(interaction, place, f"press {interaction.id}", "")
    return replace(told, reply_to_bot=True, pressed=data.removeprefix(PRESSED))


def called(interaction: discord.Interaction[Any], place: Place, text: str) -> Inbound:
    """A slash command, as it would have been typed."""
    return replace(_told(interaction, place, call_key(interaction.id), text), reply_to_bot=True)


def call_key(interaction_id: int) -> str:
    """The message id of a slash command."""
    return f"slash {interaction_id}"


def _told(interaction: discord.Interaction[Any], place: Place, key: str, text: str) -> Inbound:
    return Inbound(
        platform=PLATFORM,
        chat=place.chat,
        message_id=key,
        author=str(interaction.user.id),
        author_name=shown(interaction.user.display_name, interaction.user.id),
        text=text,
        sent_at=interaction.created_at,
        room=place.room,
        thread=place.thread,
    )


def _is_to(message: discord.Message, me: int) -> bool:
    """Whether it names the bot, or answers a message of its."""
    answered = message.reference.resolved if message.reference is not None else None
    answers = isinstance(answered, discord.Message) and answered.author.id == me
    return answers or any(one.id == me for one in message.mentions)


def _without_mention(text: str, me: int) -> str:
    return (re.sub(rf"\s*<@!?{me}>\s*", " ", text) if "<@" in text else text).strip()


def _file(message: discord.Message, file: discord.Attachment) -> Attachment:
    """The addresses of files run out after a day, so the key names their place."""
    key = f"{message.channel.id}/{message.id}/{file.id}"
    media = (file.content_type or "application/octet-stream").partition(";")[0]
    return Attachment(key, file.filename, media, file.size)
