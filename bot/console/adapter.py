"""Lines → inbound messages, outbound replies → what to show. Neither reads nor prints."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from bot.dispatch import Outbound
from bot.transcript import Line
from core.errors import SpotterError
from core.model import Inbound

PLATFORM = "terminal"

_BROKE = (
    "Something broke on my side, and nothing of this message was stored. All else is safe; try it once more?"
)
_INCOMPLETE = "Say which message and what: /edit 17 squat 95x8, or /delete 17."
_TAKEN = "This number went to a message above that came without one. Nothing was stored; use another number."
_OWN_COMMANDS = "\n/edit 17 squat 95x8, /delete 17: change or take back message #17 (here in the terminal)"

_HELP = re.compile(r"\s*/help(?:@\w+)?\s*", re.IGNORECASE)
_COMMAND = re.compile(r"/(edit|delete)(?:@\w+)?(?:\s+#?([0-9]{1,9}))?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
# What would move the cursor, end the line or turn its direction: a reply may quote what somebody typed.
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

_log = logging.getLogger(__name__)


class Dispatcher(Protocol):
    """What the terminal needs of `bot.dispatch.Dispatch`."""

    async def handle(self, inbound: Inbound, *, now: datetime) -> list[Outbound]:
        """Replies to a message, stored together with what it did."""

    async def sent(self, outbounds: Sequence[Outbound], *, at: datetime) -> None:
        """Marks replies as shown."""

    async def settle(self) -> None:
        """Does what could wait until a message was answered."""

    async def last_key(self, platform: str, chat: str) -> int:
        """The highest number among the message ids of a chat, 0 if there is none."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What to show behind a message's id. `outbounds` are the stored replies in it, to be marked once shown at `at`."""

    message_id: str
    bodies: tuple[str, ...] = ()
    outbounds: tuple[Outbound, ...] = ()
    at: datetime | None = None


def present() -> datetime:
    """The time on the clock, in UTC."""
    return datetime.now(UTC)


class Console:
    """Answers lines. `person` speaks where a line does not say who; `broke` counts the failures that were ours."""

    def __init__(self, dispatch: Dispatcher, person: str, *, clock: Callable[[], datetime] = present) -> None:
        self.person = person
        self.broke = 0
        self._dispatch = dispatch
        self._clock = clock
        self._highest: dict[str, int] = {}
        self._fresh: set[tuple[str, str]] = set()

    async def answer(self, line: Line) -> Answer:
        """Hands a message over and gives what to show. Raises SpotterError where the database fails."""
        chat = f"@{line.room}" if line.room is not None else line.person or self.person
        last = await self._last(chat)
        event = _event(line)
        if event is None:
            return Answer(line.message_id or str(last + 1), (_INCOMPLETE,))
        number = event.message_id or str(last + 1)
        label = line.message_id or number
        mistake = self._mistake(event, chat, last, command=event is not line)
        if mistake is not None:
            return Answer(label, (mistake,))
        if event.message_id is None:
            self._fresh.add((chat, number))
        self._highest[chat] = max(last, int(number))
        answer = await self._handled(self._inbound(event, chat, number), label)
        await self._dispatch.settle()
        return answer

    async def next_number(self) -> int:
        """The number that the person's next private message has, looked up anew: other terminals count on, too."""
        self._highest.pop(self.person, None)
        return await self._last(self.person) + 1

    async def shown(self, answer: Answer) -> None:
        """Marks what has been shown. Raises SpotterError."""
        if answer.outbounds:
            await self._dispatch.sent(answer.outbounds, at=answer.at or self._clock())

    async def _last(self, chat: str) -> int:
        if chat not in self._highest:
            self._highest[chat] = await self._dispatch.last_key(PLATFORM, chat)
        return self._highest[chat]

    def _mistake(self, event: Line, chat: str, last: int, *, command: bool) -> str | None:
        """What is wrong with the number of a message, so far as a terminal can know."""
        number = event.message_id
        if number is None:
            return None
        if command and int(number) > last:
            known = f"the last one is #{last}" if last else "there are none yet"
            return f"There is no message #{number} here: {known}."
        return _TAKEN if event.action in ("message", "reply") and (chat, number) in self._fresh else None

    def _inbound(self, event: Line, chat: str, number: str) -> Inbound:
        person = event.person or self.person
        return Inbound(
            platform=PLATFORM,
            chat=chat,
            message_id=number,
            author=person,
            author_name=person,
            text=event.text,
            sent_at=event.at or self._clock(),
            room=event.room,
            edited=event.action == "edit",
            deleted=event.action == "delete",
            reply_to_bot=event.action == "reply",
        )

    async def _handled(self, inbound: Inbound, label: str) -> Answer:
        try:
            outbounds = await self._dispatch.handle(inbound, now=inbound.sent_at)
        except SpotterError:
            raise
        except Exception as error:
            self.broke += 1
            _log.error("%s in message #%s; SPOTTER_DEBUG=1 shows where.", type(error).__name__, label)
            _log.debug("", exc_info=error)
            return Answer(label, (_BROKE,))
        more = _OWN_COMMANDS if _HELP.fullmatch(inbound.text) else ""
        bodies = tuple(_body(inbound, outbound) + more for outbound in outbounds)
        return Answer(label, bodies, tuple(outbounds), inbound.sent_at)


def _event(line: Line) -> Line | None:
    """`/edit 17 text` and `/delete 17` as what they ask for, None if they lack something; other lines as they are."""
    command = _COMMAND.fullmatch(line.text) if line.action in ("message", "reply") else None
    if command is None:
        return line
    text = (command[3] or "").strip()
    edit = command[1].lower() == "edit"
    if command[2] is None or edit != bool(text):
        return None
    return replace(line, message_id=str(int(command[2])), action="edit" if edit else "delete", text=text)


def _body(inbound: Inbound, outbound: Outbound) -> str:
    """The words, safe to show. In a group a private reply reaches one person only: a transcript says which those are."""
    words = _UNSHOWN.sub("\ufffd", outbound.body)
    return f"(private) {words}" if outbound.private and inbound.room is not None else words
