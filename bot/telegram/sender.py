"""A stored reply → a message on Telegram, or a change of one; what went wrong in the words of the outbox."""

from __future__ import annotations

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.outbox import Blocked, Letter, Moved, TryLater, Undeliverable
from bot.telegram.inbound import PLATFORM, PRESSED

PAUSE = 2.0
"""Seconds until the next try after a network that failed."""


class TelegramSender:
    """Sends letters through a bot of the library."""

    def __init__(self, bot: Bot, pause: float = PAUSE) -> None:
        self._bot = bot
        self._pause = pause

    @property
    def platform(self) -> str:
        """What Telegram is called in the store."""
        return PLATFORM

    async def send(self, letter: Letter) -> str:
        """Hands a reply over; the id of its message. Raises TryLater and Undeliverable."""
        try:
            return await (self._changed(letter) if letter.edits is not None else self._sent(letter))
        except RetryAfter as error:
            seconds = error.retry_after
            raise TryLater(seconds if isinstance(seconds, int) else seconds.total_seconds()) from None
        except ChatMigrated as error:
            raise Moved(str(error.new_chat_id)) from None
        except Forbidden as error:
            raise Blocked(error.message) from None
        except InvalidToken as error:
            raise Undeliverable(error.message) from None
        except BadRequest as error:
            raise Undeliverable(error.message) from None
        except TelegramError:  # a network that failed, or an answer that nobody can read
            raise TryLater(self._pause) from None

    async def _sent(self, letter: Letter) -> str:
        sent = await self._bot.send_message(
            letter.to,
            letter.reply.body,
            reply_markup=_buttons(letter),
            reply_parameters=_answering(letter),
        )
        return str(sent.message_id)

    async def _changed(self, letter: Letter) -> str:
        assert letter.edits is not None
        try:
            await self._bot.edit_message_text(
                letter.reply.body,
                chat_id=letter.to,
                message_id=int(letter.edits),
                reply_markup=_buttons(letter),
            )
        except BadRequest as error:
            text = error.message.casefold()
            if "not modified" in text:
                return letter.edits
            if "message to edit not found" in text or "can't be edited" in text:
                return await self._sent(letter)
            raise
        return letter.edits


def _answering(letter: Letter) -> ReplyParameters | None:
    """In a room the set that is answered is shown with the answer; it may be gone by now. A press is no message."""
    if letter.room is None or letter.person or letter.answers is None or not letter.answers.isdecimal():
        return None
    return ReplyParameters(int(letter.answers), allow_sending_without_reply=True)


def _buttons(letter: Letter) -> InlineKeyboardMarkup | None:
    """Buttons as the reply has them; what is not one of them takes them away."""
    rows = [
        [InlineKeyboardButton(one["label"][:64], callback_data=f"{PRESSED}{one['data']}") for one in row]
        for row in letter.buttons
    ]
    return InlineKeyboardMarkup(rows) if rows else None
