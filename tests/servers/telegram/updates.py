"""The updates of a bot: one queue, forgotten by offset, read by one poller or sent to a webhook."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tests.servers.telegram.refusals import DeclinedError, Json

KINDS = frozenset({
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection", "business_message",
    "edited_business_message", "deleted_business_messages", "message_reaction", "message_reaction_count",
    "inline_query", "chosen_inline_result", "callback_query", "shipping_query", "pre_checkout_query",
    "purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_member", "chat_join_request", "chat_boost",
    "removed_chat_boost",
})  # fmt: skip
"""The published kinds of updates."""

BY_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that come only where `allowed_updates` names them."""

_FIRST = 700_000_001
_FAR_AHEAD = 10  # an offset further beyond the newest update is ignored
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
BY_WEBHOOK = "terminated by setWebhook request"
WEBHOOK_IS_SET = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class Updates:
    """The queue. `pending` are the updates not yet acknowledged, by id and in order; `acknowledged` are the ids that
    were forgotten because an offset said so or the webhook answered 2xx; `skipped` are those nobody had asked for.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self.pending: dict[int, Json] = {}
        self.acknowledged: list[int] = []
        self.skipped: list[Json] = []
        self.allowed = KINDS - BY_REQUEST
        self._changed = changed
        self._next = _FIRST
        self._poll: asyncio.Future[None] | None = None
        self.on_new: Callable[[], None] = lambda: None

    def add(self, kind: str, body: Json) -> int | None:
        """Queues an update; its id, or None where updates of this kind are not wanted."""
        if kind not in self.allowed:
            self.skipped.append({kind: body})
            return None
        return self.add_raw({kind: body})

    def add_raw(self, fields: Json) -> int:
        """Queues an update with these fields, whatever they are, and the next id."""
        number, self._next = self._next, self._next + 1
        self.pending[number] = {"update_id": number} | fields
        self._wake()
        self.on_new()
        self._changed()
        return number

    def allow(self, kinds: list[str] | None) -> None:
        """Which kinds come from now on: the same as before for None, the usual ones for an empty list."""
        if kinds is not None:
            self.allowed = KINDS & frozenset(kinds) if kinds else KINDS - BY_REQUEST

    def done(self, number: int) -> None:
        """Forgets one update."""
        if self.pending.pop(number, None) is not None:
            self.acknowledged.append(number)
            self._changed()

    def drop(self) -> None:
        """Forgets all, unread."""
        self.pending.clear()

    async def read(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """`getUpdates`: forgets what is below the offset, then waits for something to answer with.

        A poll that has to wait ends another that is waiting, and that one gets 409.
        """
        self._forget(offset)
        if not self.pending and seconds > 0:
            self.end_poll(OTHER_POLLER)
            await self._wait(seconds)
        return list(self.pending.values())[:limit]

    def end_poll(self, why: str) -> None:
        """Ends the waiting poll, if there is one, with a conflict."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(DeclinedError(why, 409))

    def stop(self) -> None:
        """Lets the waiting poll go with what there is."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    @property
    def polled(self) -> bool:
        """Whether somebody is waiting for updates now."""
        return self._poll is not None and not self._poll.done()

    async def _wait(self, seconds: float) -> None:
        poll: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poll = poll
        self._changed()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            poll.cancel()

    def _wake(self) -> None:
        """Answers the poll once all that happens in this moment is queued."""
        if self._poll is not None:
            asyncio.get_running_loop().call_soon(self.stop)

    def _forget(self, offset: int) -> None:
        if offset > self._next + _FAR_AHEAD:
            return
        for number in list(self.pending):
            if number < (offset if offset >= 0 else self._next + offset):
                self.done(number)
