"""Replies on their way out: each is a row until its platform has it, in order in each chat, at the pace that it bears.

What is sent and then not marked, because the process ended in between, goes out once more: one possible repeat of a
reply is better than silence.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.dispatch import LATE, UNASKED, Outbound
from bot.pacing import SECOND, Air, Pace, Turnstile
from bot.replies import waits_in_private
from core.errors import StoreLocked, StoreUnreachable
from core.ids import Ids
from core.model import Inbound
from core.store import Store, chats, messages, people
from core.store.messages import StoredFile, StoredReply, Waiting

_log = logging.getLogger(__name__)

LOADED, MOST_HELD = 500, 5000
"""Replies that are read in one go, and that are in our hands at once."""


class TryLater(Exception):  # noqa: N818 - named for what to do
    """The platform did not take it; after so many seconds it may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds:g} s")
        self.seconds = seconds


class Undeliverable(Exception):  # noqa: N818 - named for what it is
    """The platform will never take it: the chat is gone, or the text is none that it takes."""


class Blocked(Undeliverable):
    """The chat takes nothing from us until somebody there writes again: we were blocked, or never let in."""


class Moved(Exception):  # noqa: N818 - named for what happened
    """The chat goes on under another name."""

    def __init__(self, chat: str) -> None:
        super().__init__(f"now {chat}")
        self.chat = chat


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply with where it goes, the message it answers there and the message of ours it changes, all as the platform
    calls them. `person`: `to` is an account, and what is said is for its owner alone, while `answers` stands in a `room`
    that others read."""

    reply: StoredReply
    to: str
    person: bool = False
    room: str | None = None
    thread: str | None = None
    answers: str | None = None
    edits: str | None = None
    files: tuple[StoredFile, ...] = ()

    @property
    def unasked(self) -> bool:
        """Whether it answers nothing."""
        return UNASKED in self.reply.extra

    @property
    def buttons(self) -> list[list[dict[str, str]]]:
        """Rows of buttons, each a label and what pressing it brings back."""
        return list(self.reply.extra.get("buttons", ()))


class Sender(Protocol):
    """A platform, as the outbox sees it."""

    @property
    def platform(self) -> str:
        """What the platform is called in the store."""

    async def send(self, letter: Letter) -> str:
        """Hands a reply over; what the platform calls it. Raises TryLater and Undeliverable."""


UNASKED_SHARE = 2 / 3
"""Of what a platform bears in a second so much is for what answers nothing: an answer never waits for that (own choice)."""
GOOD_FOR = timedelta(hours=1)
"""What answers nothing and did not get out for so long, because nobody served or the chat took nothing, stays unsaid where
it does not say itself how long it is worth saying."""
MOST_UNASKED = 40
"""So many of those are in our hands at once (own choice)."""

LONGEST_PAUSE = 60.0
"""Seconds until a chat is tried again whose replies could not even be asked for."""

TRIES = 3
"""How often what breaks us is sent."""
MARK_PAUSE = 0.5
"""Seconds until what was sent is marked, where the database was away."""
GRACE_S = 0.8
"""Seconds that a reply on its way has to arrive when we are asked to stop: all of it takes less than two."""
LAST_SHARE = 0.4
"""In so much of that no other is begun: one that is cut off comes again after the restart."""


@dataclass(slots=True)
class Outbox:
    """Sends what is unsent on one platform. `post` it what was just answered, `wake` it when there may be other replies
    to send; `run` until cancelled.

    One courier takes the chats in turn, a letter of each. One that has to wait steps aside, and another goes on.
    """

    store: Store
    sender: Sender
    clock: Callable[[], datetime]
    pace: Pace = field(default_factory=Pace)
    grace: float = GRACE_S
    _closed: asyncio.Event = field(default_factory=asyncio.Event)
    _behind: bool = True
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _queues: dict[str, deque[Letter]] = field(default_factory=dict)
    _held: set[str] = field(default_factory=set)
    _turns: deque[str] = field(default_factory=deque)
    _unasked: deque[str] = field(default_factory=deque)
    _overall_unasked: Turnstile = field(init=False)
    _more: asyncio.Event = field(default_factory=asyncio.Event)
    _courier: asyncio.Task[None] | None = None
    _couriers: set[asyncio.Task[None]] = field(default_factory=set)
    _gates: dict[str, Turnstile] = field(default_factory=dict)
    _overall: Turnstile = field(init=False)
    _ids: Ids = field(default_factory=Ids)
    _air: Air = field(init=False)

    def __post_init__(self) -> None:
        self._overall = Turnstile(0.0, self.pace.a_second, SECOND)
        share = round(UNASKED_SHARE * self.pace.a_second)
        self._overall_unasked = Turnstile(0.0, max(1, share) if self.pace.a_second > 0 else 0, SECOND)
        self._air = Air(self._step_aside)

    @property
    def _closing(self) -> bool:
        return self._closed.is_set()

    def post(self, inbound: Inbound, replies: Sequence[Outbound]) -> None:
        """Sends the replies to a message; they are stored already."""
        if self._behind or not inbound.author:
            self.wake()  # what waits in the store goes first, and these with it
            return
        for reply in replies:
            if reply.stored is not None:
                self._put(_answer(inbound, reply.stored))

    def tell(self, reply: StoredReply) -> None:
        """Sends what answers nothing; it is stored already."""
        if self._behind:
            self.wake()
        else:
            self._put(Letter(reply, reply.chat))

    def room(self) -> int:
        """How many more replies that answer nothing we take: few, for they are read from the store when their time comes."""
        return 0 if self._behind else MOST_UNASKED - len(self._unasked)

    def wake(self) -> None:
        """There may be something in the store to send."""
        self._behind = True
        self._woken.set()

    async def run(self) -> None:
        """Sends for ever, chats side by side, each in the order of its replies."""
        try:
            while True:
                self._woken.clear()
                await self._look()
                self._forget_gates()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), LONGEST_PAUSE)
        finally:
            await self._finish()

    async def _finish(self) -> None:
        """What is on its way is let through and marked, so that it is not sent again after a restart."""
        self._closed.set()
        self._more.set()
        await self._couriers_done((1 - LAST_SHARE) * self.grace)
        self._turns.clear()
        self._unasked.clear()
        await self._couriers_done(LAST_SHARE * self.grace)
        tasks = list(self._couriers)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _couriers_done(self, seconds: float) -> None:
        """Waits until no courier is on its way, but not longer than that."""
        now = asyncio.get_running_loop().time
        ends = now() + seconds
        while self._couriers and now() < ends:
            await asyncio.wait(self._couriers, timeout=ends - now())

    async def _look(self) -> None:
        """Takes up what waits in the store, but for what is in our hands; all of it, or as much as we hold."""
        self._behind, after = (
            True,
            "",
        )  # what is posted meanwhile is younger than what is read, and waits for it
        while len(self._held) < MOST_HELD:
            held = set(self._held)  # what is sent and marked while we read may still look unsent
            async with self.store.read() as conn:
                found = await messages.unsent(conn, self.sender.platform, LOADED, after)
            for one in found:
                if one.reply.id not in held:
                    self._put(_letter(one))
            if len(found) < LOADED:
                self._behind = self._woken.is_set()
                return
            after = found[-1].reply.id

    def _put(self, letter: Letter) -> None:
        if letter.reply.id in self._held or self._closing:
            return
        self._held.add(letter.reply.id)
        queue = self._queues.get(letter.to)
        if queue is None:
            self._queues[letter.to] = deque((letter,))
            self._line_up(letter.to)
        else:
            queue.append(letter)

    def _line_up(self, to: str) -> None:
        """It is a chat's turn behind all others'; what answers nothing goes behind what answers."""
        (self._unasked if self._queues[to][0].unasked else self._turns).append(to)
        if self._courier is None:
            self._hire()
        else:
            self._more.set()

    def _hire(self) -> None:
        self._courier = asyncio.create_task(self._carry(), name=f"outbox {self.sender.platform}")
        self._couriers.add(self._courier)
        self._courier.add_done_callback(self._gone)

    def _gone(self, courier: asyncio.Task[None]) -> None:
        self._couriers.discard(courier)
        if self._courier is courier:
            self._courier = None

    def _step_aside(self, courier: asyncio.Task[None] | None) -> None:
        """It has to wait for something, and holds up nobody else with that."""
        if self._courier is courier:
            self._courier = None
            if self._turns or self._unasked:
                self._hire()

    def _forget_gates(self) -> None:
        now = asyncio.get_running_loop().time()
        done = [to for to, gate in self._gates.items() if gate.is_done(now) and to not in self._queues]
        for to in done:
            del self._gates[to]

    async def _carry(self) -> None:
        """A courier. One that stepped aside goes on when it is back, if no other has begun meanwhile."""
        me = asyncio.current_task()
        while self._turns or self._unasked or not self._closing:
            if self._turns or self._unasked:
                await self._deliver((self._turns or self._unasked).popleft())
            else:
                self._more.clear()
                await self._more.wait()
            if self._courier is None:
                self._courier = me
            if self._courier is not me:
                return

    async def _deliver(self, to: str) -> None:
        """The first letter of a chat; when it is through, the next lines up behind the other chats."""
        queue = self._queues[to]
        try:
            if await self._is_delivered(to, queue[0]):
                self._held.discard(queue.popleft().reply.id)
                if queue and not self._closing:
                    self._line_up(to)
                    return
        except Exception as error:
            self._let_go(to)
            if not self._closing:
                _log.error("A chat's replies wait: %s", type(error).__name__, exc_info=error)
                asyncio.get_running_loop().call_later(LONGEST_PAUSE, self.wake)
        else:
            self._let_go(to)
            if self._behind:
                self._woken.set()

    def _let_go(self, to: str) -> None:
        """What a chat has yet to get is in the store alone."""
        self._held.difference_update(letter.reply.id for letter in self._queues.pop(to))

    async def _is_delivered(self, to: str, letter: Letter) -> bool:
        """Whether a letter is through; if it is not, its chat gets nothing for now."""
        letter = await self._whole(letter)
        seconds = self._gate(letter).booked()
        if seconds > 0:
            self._step_aside(asyncio.current_task())
            await asyncio.sleep(seconds)
        if letter.unasked:
            told = await self._may_tell(letter)
            if told is None:
                return True
            letter = told
        await self._overall.passed()
        try:
            await self._until_taken(letter)
        except Blocked as blocked:
            await self._wait_for(letter, blocked)
            return False
        except Moved as moved:
            if moved.chat == to:
                raise ValueError("a chat cannot move to itself") from None
            async with self.store.write() as conn:
                await chats.move(conn, self.sender.platform, to, moved.chat)
            self.wake()
            return False
        return True

    async def _may_tell(self, letter: Letter) -> Letter | None:
        """Waits until what answers nothing may go out beside the answers: the letter as it is worth sending by then; None
        where it is so no more."""
        if _in_time(letter, self.clock()) is not None:
            seconds = self._overall_unasked.booked()
            if seconds > 0:
                self._step_aside(asyncio.current_task())
                await asyncio.sleep(seconds)
        told = _in_time(letter, self.clock())
        if told is None:
            await self._mark(letter, None)
        return told

    async def _whole(self, letter: Letter) -> Letter:
        """With what is looked up only now: the message that it changes may have been sent a moment ago."""
        reply = letter.reply
        if reply.replaces is None and not reply.extra.get("files"):
            return letter
        self._step_aside(asyncio.current_task())
        async with self.store.read() as conn:
            edits = None if reply.replaces is None else await messages.platform_id(conn, reply.replaces)
            files = tuple(await messages.files_of(conn, reply.id)) if reply.extra.get("files") else ()
        return replace(letter, edits=edits, files=files)

    async def _wait_for(self, letter: Letter, why: Blocked) -> None:
        """What is for a chat that takes nothing waits until somebody writes there. Whoever never wrote to us in private
        is told so, once, in the room where the answer was due."""
        _log.info("A chat on %s takes nothing from us (%s): its replies wait.", self.sender.platform, why)
        now, reply = self.clock(), letter.reply
        async with self.store.write() as conn:
            newly = await chats.block(conn, self.sender.platform, letter.to, now)
            if not newly or not letter.person or reply.athlete_id is None:
                return
            athlete = await people.get(conn, reply.athlete_id)
            told = "" if athlete is None else waits_in_private(athlete.name)
            nudge = replace(
                reply, id=self._ids.new(now), audience="chat", body=told, created_at=now, extra={}
            )
            await messages.add_reply(conn, nudge)
        self.wake()

    def _gate(self, letter: Letter) -> Turnstile:
        gate = self._gates.get(letter.to)
        if gate is None:
            alone = letter.room is None or letter.person
            pace = self.pace
            gate = self._gates[letter.to] = (
                Turnstile(pace.private)
                if alone
                else Turnstile(pace.room, pace.room_minute if pace.room > 0 else 0)
            )
        return gate

    async def _until_taken(self, letter: Letter) -> None:
        """Sends a letter and marks it; tried again for as long as the platform asks for that."""
        while True:
            try:
                async with self._air:
                    await self._mark(letter, await self._taken(letter))
                return
            except TryLater as later:
                if self._closing:
                    raise
                self._step_aside(asyncio.current_task())
                await self._pause(later.seconds)

    async def _pause(self, seconds: float) -> None:
        """Waits, but not longer than until we are asked to stop."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closed.wait(), seconds)

    async def _taken(self, letter: Letter) -> str | None:
        """What the platform calls it; None where it will never take it, or we cannot send it."""
        for attempt in range(1, TRIES + 1):
            try:
                return await self.sender.send(letter)
            except (TryLater, Blocked, Moved):
                raise
            except Undeliverable as gone:
                _log.warning("A reply on %s cannot be delivered: %s", self.sender.platform, gone)
                return None
            except Exception as error:  # ours to mend; what stands behind it must not wait for that
                name = type(error).__name__
                _log.error("A reply on %s cannot be sent (%s), try %d.", self.sender.platform, name, attempt)
                _log.debug("The story behind it", exc_info=error)
        return None

    async def _mark(self, letter: Letter, key: str | None) -> None:
        """Where the database is away, it is marked when that is back: what was sent is not sent again for it."""
        while True:
            try:
                # Lost with the machine's power, it is sent once more; a killed process does not lose it.
                async with self.store.write(lasting=False) as conn:
                    await messages.mark_sent(conn, letter.reply.id, self.clock(), key)
                    if letter.files:
                        await messages.drop_files(conn, letter.reply.id)
                return
            except (StoreLocked, StoreUnreachable):
                if self._closing:
                    raise
                await self._pause(MARK_PAUSE)


def _in_time(letter: Letter, now: datetime) -> Letter | None:
    """What answers nothing as it is worth sending: with the words for what is late, where it is; None where it is too late."""
    late = letter.reply.extra.get(LATE)
    if late is None:
        return letter if now - letter.reply.created_at <= GOOD_FOR else None
    if now >= datetime.fromisoformat(late["until"]):
        return None
    if now < datetime.fromisoformat(late["from"]):
        return letter
    return replace(letter, reply=replace(letter.reply, body=late["body"]))


def _letter(one: Waiting) -> Letter:
    room = one.room or one.reply.extra.get("room")
    answers = one.reply.extra.get("about") or one.answers
    return Letter(one.reply, one.to, one.person, room, one.thread, answers)


def _answer(inbound: Inbound, reply: StoredReply) -> Letter:
    person = reply.audience == "private" and inbound.room is not None
    to = inbound.author if person else inbound.chat
    answers = reply.extra.get("about") or inbound.message_id
    return Letter(reply, to, person, inbound.room, inbound.thread, answers)
