"""An update → the message that it brings us, or nothing. Pure."""

from __future__ import annotations

import re
from datetime import datetime

from telegram import CallbackQuery, Message, Update, User

from core.model import Inbound

PLATFORM = "telegram"

PRESSED = "say:"
"""What a button of ours begins with; the words that pressing it says follow."""


def inbound_of(update: Update, me: User, now: datetime) -> Inbound | None:
    """What somebody said, edited or pressed; None for what is not a person's own words to this chat.

    Bots, anonymous admins and channels are no athletes.
    """
    if update.callback_query is not None:
        return _pressed(update.callback_query, now)
    message = update.message or update.edited_message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return None
    text = message.text or message.caption
    if message.sender_chat is not None or not text:
        return None
    edited = update.edited_message is not None
    return Inbound(
        platform=PLATFORM,
        chat=str(message.chat.id),
        message_id=str(message.message_id),
        author=str(message.from_user.id),
        author_name=message.from_user.first_name,
        text=_without_mention(text, me),
        sent_at=message.date,
        room=_room(message),
        edited=edited,
        reply_to_bot=_is_to(message, me, text),
    )


def _room(message: Message) -> str | None:
    return None if message.chat.type == "private" else str(message.chat.id)


def _is_to(message: Message, me: User, text: str) -> bool:
    """Whether it answers the bot, or names it. What a forum topic begins with is answered by every message in it."""
    answered = message.reply_to_message
    replies = answered is not None and answered.from_user is not None and answered.from_user.id == me.id
    return replies or _mention(me).search(text) is not None


def _mention(me: User) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/])@{re.escape(me.username or '-')}\b", re.IGNORECASE)


def _without_mention(text: str, me: User) -> str:
    """The text without the bot's name in front of it or behind it; behind a command it stays."""
    bare = _mention(me).sub(" ", text)
    return text if bare == text else bare.strip()


def _pressed(query: CallbackQuery, now: datetime) -> Inbound | None:
    """What a button says, as the words of whoever pressed it, in answer to the bot."""
    message, data = query.message, query.data or ""
    if message is None or not data.startswith(PRESSED) or query.from_user.is_bot:
        return None
    return Inbound(
        platform=PLATFORM,
        chat=str(message.chat.id),
        message_id=f"press {query.id}",
        author=str(query.from_user.id),
        author_name=query.from_user.first_name,
        text="",
        sent_at=now,
        room=None if message.chat.type == "private" else str(message.chat.id),
        reply_to_bot=True,
        pressed=data.removeprefix(PRESSED),
    )
