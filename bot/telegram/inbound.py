"""An update → the message that it brings us, or nothing. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from telegram import CallbackQuery, Message, MessageOriginUser, Update, User
from telegram.constants import ChatType

from bot.names import shown
from core.model import Attachment, Inbound

PLATFORM = "telegram"

PRESSED = "say:"
"""What a button of ours begins with; what pressing it brings back follows."""

_UNNAMED, _UNKNOWN_MEDIA = "file", "application/octet-stream"
_PHOTO, _PHOTO_MEDIA = "photo.jpg", "image/jpeg"
"""What Telegram makes of every photo; it gives them no names."""


def inbound_of(update: Update, me: User, now: datetime) -> Inbound | None:
    """What somebody said, edited, sent or pressed; None for what is not a person's own words to this chat.

    Bots, anonymous admins and channels are no athletes. What was picked from another bot, or passed on from somebody
    else, is not said by whoever sends it.
    """
    if update.callback_query is not None:
        return _pressed(update.callback_query, now)
    message = update.message or update.edited_message
    if message is None or message.from_user is None or not _is_own(message, message.from_user):
        return None
    text, files = message.text or message.caption or "", _files(message)
    if not text and (not files or (message.media_group_id is not None and message.photo)):
        return None
    return Inbound(
        platform=PLATFORM,
        chat=str(message.chat.id),
        message_id=str(message.message_id),
        author=str(message.from_user.id),
        author_name=shown(message.from_user.first_name, message.from_user.id),
        text=_without_mention(text, me),
        sent_at=message.date,
        room=_room(message),
        edited=update.edited_message is not None,
        edited_at=None if update.edited_message is None else message.edit_date,
        reply_to_bot=_is_to(message, me, text),
        thread=_thread(message),
        files=files,
    )


_PLAIN = {"message_id", "date", "chat", "from", "text"}
"""What a message has that is nothing but words."""
_LAST_SECOND = 253_402_300_799
"""The end of the year 9999: no moment behind it can be told."""


def plain_of(raw: Any, me: User) -> Inbound | None:
    """What somebody said in nothing but words, as `inbound_of` has it; None for all else.

    Nearly every update is one of these, and the library takes ten times as long to read it.
    """
    match raw:
        case {
            "update_id": int(),
            "message": {
                "message_id": int(number),
                "date": int(date),
                "chat": {"id": int(chat), "type": str(kind)},
                "from": {"id": int(author), "first_name": str(name), "is_bot": False},
                "text": str(text),
            } as message,
        } if text and 0 <= date <= _LAST_SECOND and len(raw) == 2 and message.keys() == _PLAIN:
            return Inbound(
                platform=PLATFORM,
                chat=str(chat),
                message_id=str(number),
                author=str(author),
                author_name=shown(name, author),
                text=_without_mention(text, me),
                sent_at=datetime.fromtimestamp(date, UTC),
                room=None if kind == ChatType.PRIVATE else str(chat),
                reply_to_bot=_names(text, me),
            )
    return None


def _is_own(message: Message, sender: User) -> bool:
    in_person = not sender.is_bot and message.sender_chat is None
    return in_person and message.via_bot is None and not _is_passed_on(message, sender)


def _is_passed_on(message: Message, sender: User) -> bool:
    """Whether it is somebody else's message. Who hides their name in forwards is taken for somebody else."""
    origin = message.forward_origin
    if origin is None:
        return message.is_automatic_forward is True
    return not isinstance(origin, MessageOriginUser) or origin.sender_user.id != sender.id


def _room(message: Message) -> str | None:
    return None if message.chat.type == ChatType.PRIVATE else str(message.chat.id)


def _thread(message: Message) -> str | None:
    """The topic of a forum. In other groups an answer carries the id of a thread too, which no message may be sent to."""
    if not message.is_topic_message or message.message_thread_id is None:
        return None
    return str(message.message_thread_id)


def _files(message: Message) -> tuple[Attachment, ...]:
    document = message.document
    if document is not None and message.animation is None:
        name, media = document.file_name or _UNNAMED, document.mime_type or _UNKNOWN_MEDIA
        return (Attachment(document.file_id, name, media, document.file_size),)
    if message.photo:
        largest = message.photo[-1]
        return (Attachment(largest.file_id, _PHOTO, _PHOTO_MEDIA, largest.file_size),)
    return ()


def _is_to(message: Message, me: User, text: str) -> bool:
    """Whether it answers the bot, or names it. What a forum topic begins with is answered by every message in it."""
    answered = message.reply_to_message
    replies = answered is not None and answered.from_user is not None and answered.from_user.id == me.id
    opener = answered is not None and _thread(message) == str(answered.message_id)
    return (replies and not opener) or _names(text, me)


def _names(text: str, me: User) -> bool:
    return "@" in text and _mention(me).search(text) is not None


def _mention(me: User) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/])@{re.escape(me.username or '-')}\b", re.IGNORECASE)


def _without_mention(text: str, me: User) -> str:
    """The text without the bot's name in front of it or behind it; behind a command it stays."""
    return _mention(me).sub(" ", text).strip() if _names(text, me) else text


def _pressed(query: CallbackQuery, now: datetime) -> Inbound | None:
    """What a button says, in answer to the bot."""
    message, data = query.message, query.data or ""
    if message is None or not data.startswith(PRESSED) or query.from_user.is_bot:
        return None
    return Inbound(
        platform=PLATFORM,
        chat=str(message.chat.id),
        message_id=f"press {query.id}",
        author=str(query.from_user.id),
        author_name=shown(query.from_user.first_name, query.from_user.id),
        text="",
        sent_at=now,
        room=None if message.chat.type == ChatType.PRIVATE else str(message.chat.id),
        reply_to_bot=True,
        thread=_thread(message) if isinstance(message, Message) else None,
        pressed=data.removeprefix(PRESSED),
    )
