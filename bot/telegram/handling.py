"""What an update does: a message goes to the dispatch, a group moves or learns what we can see of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

from telegram import Bot, CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError

from bot.dispatch import Dispatch
from bot.outbox import Outbox
from bot.taking_in import taken_in
from bot.telegram import words
from bot.telegram.inbound import PLATFORM, inbound_of, plain_of
from bot.telegram.intake import Plain
from bot.telegram.sender import NO_PREVIEW
from core.model import Inbound

_log = logging.getLogger(__name__)


class Handler:
    """Handles updates of a bot, one at a time in each chat. What need not be waited for runs in `tasks`."""

    def __init__(
        self,
        bot: Bot,
        dispatch: Dispatch,
        outbox: Outbox,
        clock: Callable[[], datetime],
        tasks: asyncio.TaskGroup,
    ) -> None:
        self._bot = bot
        self._me: User = bot.bot
        self._dispatch = dispatch
        self._outbox = outbox
        self._clock = clock
        self._tasks = tasks

    def plain(self, raw: Any) -> Plain | None:
        """An update that is nothing but words, with what is done about it: the same that `handle` would do."""
        inbound = plain_of(raw, self._me)
        return None if inbound is None else (raw["message"]["chat"]["id"], partial(self._hear, raw, inbound))

    async def _hear(self, raw: Any, inbound: Inbound) -> None:
        try:
            await self._answered(inbound)
        except Exception as error:
            self._broke(raw["update_id"], error, inbound)

    async def handle(self, update: Update) -> None:
        """Does what an update asks for; on disk when this returns. One that breaks us holds up none behind it."""
        inbound = inbound_of(update, self._me, self._clock())
        heard = True
        try:
            if inbound is not None:
                heard = await self._answered(inbound)
            elif update.message is not None:
                await self._moved(update.message)
            elif update.my_chat_member is not None:
                await self._member(update.my_chat_member)
                self._outbox.wake()
        except Exception as error:
            self._broke(update.update_id, error, inbound)
        if update.callback_query is not None:
            self._tasks.create_task(self._toast(update.callback_query, heard=heard))

    async def _answered(self, inbound: Inbound) -> bool:
        """Whether there is an answer, which is on its way then."""
        replies = await taken_in(self._dispatch, inbound, self._clock)
        self._outbox.post(inbound, replies)
        return bool(replies)

    def _broke(self, number: int, error: Exception, inbound: Inbound | None) -> None:
        _log.error("Update %s broke: %s", number, type(error).__name__)
        _log.debug("The story behind it", exc_info=error)
        self._spawn_apology(inbound)

    async def _moved(self, message: Message) -> None:
        """A group became a supergroup: told once in the old chat and once in the new one."""
        here = str(message.chat.id)
        if message.migrate_to_chat_id is not None:
            await self._dispatch.moved(PLATFORM, here, str(message.migrate_to_chat_id))
        if message.migrate_from_chat_id is not None:
            await self._dispatch.moved(PLATFORM, str(message.migrate_from_chat_id), here)

    async def _member(self, change: ChatMemberUpdated) -> None:
        """Where we became a plain member, what privacy mode hides from us is said, once."""
        is_group = change.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
        if not is_group or not _is_plain(change.new_chat_member) or _is_plain(change.old_chat_member):
            return
        with suppress(TelegramError):  # then what we knew of ourselves has to do
            self._me = await self._bot.get_me()
        if not self._me.can_read_all_group_messages:
            text = words.privacy(self._me.username or "")
            await self._dispatch.notice(PLATFORM, str(change.chat.id), "privacy", text, now=self._clock())

    def _spawn_apology(self, inbound: Inbound | None) -> None:
        if inbound is not None:
            self._tasks.create_task(self._apologise(inbound))

    async def _apologise(self, inbound: Inbound) -> None:
        thread = None if inbound.thread is None else int(inbound.thread)
        with suppress(TelegramError):
            await self._bot.send_message(
                inbound.chat, words.broke(), message_thread_id=thread, link_preview_options=NO_PREVIEW
            )

    async def _toast(self, query: CallbackQuery, *, heard: bool) -> None:
        """Ends the waiting that Telegram shows on a button. A press that is too old can be answered no more."""
        with suppress(TelegramError):
            await query.answer(None if heard else words.not_yours())


def _is_plain(member: ChatMember) -> bool:
    return member.status in (ChatMemberStatus.MEMBER, ChatMemberStatus.RESTRICTED)
