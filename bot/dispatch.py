"""An inbound message → what happens → replies, all in one transaction. Every platform comes through here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from bot.commands import BY_NAME, Called, called, nearest
from bot.in_words import meant
from bot.learner import Learner
from bot.replies import RATES, Button, Text, taken, words
from core.coach import answering, asking, changing, holds, listen, reminded, reminding
from core.coach.follow_up import follow_up
from core.coach.speech import LEFT, SPEAKS
from core.coach.turn import Turn
from core.errors import StoreConflict, StoreLocked
from core.facts import Fact, Noted, Told, Welcome
from core.ids import Ids
from core.model import Athlete, Inbound
from core.reminders.rules import LATE as LATE_AFTER
from core.store import Connection, Store, chats, messages, people, questions, reminders
from core.store.messages import Message, StoredReply
from core.store.reminders import Due


@dataclass(frozen=True, slots=True)
class Outbound:
    """A reply to send: its row, where to, the text, rows of buttons, and the own reply that it replaces.

    `stored` is there when it was made just now; one that is given again may have been sent.
    """

    reply_id: str
    platform: str
    chat: str
    body: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    private: bool = False
    replaces: str | None = None
    stored: StoredReply | None = field(default=None, compare=False, repr=False)


LOGGING_WORDS = {"log", "set", "add"}
"""Commands that people type in front of a set out of habit: what follows is the message."""


NAMES = frozenset({"spotter", "spotter_bot", "spotterbot"})
"""What people call the bot behind a command, in lower case."""

UNASKED = "unasked"
"""What says of a reply that it answers nothing: answers go before it, and it is sent once."""

LATE = "late"
"""What says of such a reply from when on it goes out with other words, which say that it is late, and until when it does at all."""

LONGEST = 4096
"""UTF-16 units that a message holds where its platform says nothing else."""

TRIES = 3
"""A message is tried so often where another process wrote the same rows at the same time."""


class Dispatch:
    """Handles messages of every platform over one store.

    `zone` is for people not seen before; in a group, a command addressed to none of `names` is another bot's. A reply
    of more than `longest` UTF-16 units goes out in pieces. `reopened` is called when a chat that took nothing from us
    is written in again: there may be replies that waited for that; `sooner` with the instant at which something is due that
    was not before. Who serves lets `learner` run beside it.
    """

    def __init__(
        self, store: Store, *, zone: str = "UTC", names: frozenset[str] = NAMES, longest: int = LONGEST
    ) -> None:
        self._store = store
        self._longest = longest
        self.learner = Learner(store)
        self.reopened: Callable[[], None] = lambda: None
        self.sooner: Callable[[datetime], None] = lambda at: None
        self._zone = zone
        self._names = names
        self._ids = Ids()

    async def handle(self, inbound: Inbound, *, now: datetime) -> list[Outbound]:
        """The replies to a message, on disk together with its effect when this returns.

        A message id that was handled before changes nothing and gives its stored replies again.
        """
        for attempt in range(TRIES):
            try:
                opened: list[str] = []
                due: list[datetime] = []
                replies = await self._once(inbound, now, opened, due)
                if opened:
                    self.reopened()
                if due:
                    self.sooner(min(due))
                return replies
            except (StoreConflict, StoreLocked):
                if attempt == TRIES - 1:
                    raise
        raise AssertionError("unreachable")

    async def _once(
        self, inbound: Inbound, now: datetime, opened: list[str], due: list[datetime]
    ) -> list[Outbound]:
        async with self._store.write() as conn:
            known = await messages.find(conn, inbound.platform, inbound.chat, inbound.message_id)
            if known is not None and _is_other(inbound, known):
                return [_taken(inbound, self._ids.new(now), now)]
            if known is not None and _is_repeat(inbound, known):
                return await _again(conn, inbound, known)
            if known is None and inbound.deleted:
                return []
            athlete = await self._author(conn, inbound, known, now, opened)
            if known is not None and known.author_id != athlete.id:
                return []  # a message belongs to who wrote it
            turn = await self._turn(conn, inbound, athlete, known, now)
            facts, private = await self._happen(turn, inbound, known)
            facts = await holds.named(turn, await follow_up(turn, facts))
            if turn.behind is not None:
                self.learner.wait_for(athlete.id, turn.behind)
            await reminding.arrange(turn, facts)
            due += turn.due
            return await self._reply(turn, facts, private=private)

    async def remind(self, due: Due, *, now: datetime) -> StoredReply | None:
        """Takes away what is due and stores what is said of it, at once; None where another process took it, or nothing is
        to be said any more."""
        async with self._store.write() as conn:
            await people.lock(conn, due.athlete_id)
            athlete = await people.get(conn, due.athlete_id)
            if athlete is None or not await reminders.claim(conn, due):
                return None
            due = reminders.as_due(due)
            message = Message(self._ids.new(now), due.platform, due.chat, "", None, athlete.id, "", now, now)
            turn = Turn(conn, athlete, athlete.id, message, now, self._ids)
            facts = await reminded.said(turn, due)
            if not facts:
                return None
            left = (await turn.preferences()).get(SPEAKS) == LEFT
            text = words(facts, athlete, room=False, left=left)
            late = words(reminded.belated(facts), athlete, room=False, left=left).public
            extra: dict[str, Any] = {
                UNASKED: due.kind,
                LATE: {
                    "from": (due.at + LATE_AFTER).isoformat(),
                    "until": reminded.good_until(turn, due, facts).isoformat(),
                    "body": late,
                },
            }
            if text.buttons:
                extra["buttons"] = _rows(text.buttons)
            reply = StoredReply(
                self._ids.new(now),
                None,
                due.platform,
                due.chat,
                athlete.id,
                "private",
                text.public,
                now,
                extra,
            )
            await messages.add_reply(conn, reply)
            return reply

    async def sent(self, outbounds: Sequence[Outbound], *, at: datetime) -> None:
        """Mark replies as delivered."""
        stored = [outbound for outbound in outbounds if outbound.reply_id]
        if not stored:
            return
        async with self._store.write() as conn:
            for outbound in stored:
                await messages.mark_sent(conn, outbound.reply_id, at, None)

    async def settle(self) -> None:
        """Does what could wait until a message was answered. Raises SpotterError."""
        await self.learner.catch_up()

    async def notice(self, platform: str, room: str, what: str, body: str, *, now: datetime) -> bool:
        """Says something in a room that nobody asked for, once for each `what`; False where it was said before."""
        async with self._store.write() as conn:
            if not await chats.tell_once(conn, platform, room, what):
                return False
            extra = {"room": room}
            reply = StoredReply(self._ids.new(now), None, platform, room, None, "chat", body, now, extra)
            await messages.add_reply(conn, reply)
            return True

    async def serves_as(self, platform: str, account: str) -> None:
        """Which account of a platform we are: another one's messages are numbered anew."""
        async with self._store.write() as conn:
            await chats.serve_as(conn, platform, account)

    async def moved(self, platform: str, old: str, new: str) -> None:
        """A room goes on under another name."""
        async with self._store.write() as conn:
            await chats.move(conn, platform, old, new)

    async def last_key(self, platform: str, chat: str) -> int:
        """The highest number that was used as a message id in a chat, 0 where there is none."""
        async with self._store.read() as conn:
            return await messages.last_number(conn, platform, chat)

    async def _author(
        self, conn: Connection, inbound: Inbound, known: Message | None, now: datetime, opened: list[str]
    ) -> Athlete:
        """Who wrote it. Where a platform does not say who deletes, only the author and those it trusts could."""
        unnamed = inbound.deleted and not inbound.author and known is not None
        author = await people.get(conn, known.author_id) if unnamed and known is not None else None
        return author or await self._athlete(conn, inbound, now, opened)

    async def _athlete(self, conn: Connection, inbound: Inbound, now: datetime, opened: list[str]) -> Athlete:
        found = await people.writer(conn, inbound.platform, inbound.author, inbound.chat)
        athlete, closed = found or (None, True)  # of somebody new it is not known
        if closed and inbound.room is None:
            await chats.unblock(conn, inbound.platform, (inbound.chat, inbound.author))
            opened.append(inbound.chat)
        if athlete is None:
            athlete = Athlete(self._ids.new(now), inbound.author_name, "kg", False, self._zone, "en", now)
            await people.add(conn, athlete, inbound.platform, inbound.author, inbound.author_name)
        await people.lock(conn, athlete.id)
        return athlete

    async def _turn(
        self, conn: Connection, inbound: Inbound, athlete: Athlete, known: Message | None, now: datetime
    ) -> Turn:
        text = inbound.text if inbound.pressed is None else inbound.pressed.partition(":")[2]
        if known is None:
            message = Message(
                self._ids.new(now),
                inbound.platform,
                inbound.chat,
                inbound.message_id,
                inbound.room,
                athlete.id,
                text,
                inbound.sent_at,
                now,
                thread=inbound.thread,
            )
            await messages.add(conn, message)
        elif inbound.deleted:
            message = replace(known, deleted_at=now)
            await messages.mark_deleted(conn, known.id, now)
        else:
            edited_at = inbound.edited_at or now
            message = replace(known, text=inbound.text, edited_at=edited_at, pruned=None)
            await messages.amend(conn, known.id, inbound.text, edited_at)
        private = inbound.room is None
        return Turn(conn, athlete, athlete.id, message, now, self._ids, private, inbound.reply_to_bot)

    async def _happen(self, turn: Turn, inbound: Inbound, known: Message | None) -> tuple[list[Fact], bool]:
        """What a message does, and whether its answer is for the athlete alone."""
        if inbound.deleted:
            return await changing.deleted(turn), False
        if inbound.pressed is not None:
            return await self._pressed(turn, inbound.pressed), False
        if inbound.files and not inbound.text.strip():
            told: list[Fact] = [Told("file_unread", {"name": inbound.files[0].name})]
            return (told if turn.private else []), False
        command = called(turn.message.text)
        if command is None and known is None:
            command = await _in_words(turn)
        if command is not None and not turn.private and self._is_anothers(command):
            return [], False
        if command is not None and command.name in LOGGING_WORDS:
            turn.message = replace(turn.message, text=command.words)
        elif command is not None:
            return (await changing.command_edited_in(turn), False) if known else await _command(turn, command)
        return (await changing.edited(turn) if known is not None else await listen.said(turn)), False

    async def _pressed(self, turn: Turn, data: str) -> list[Fact]:
        """What a button answers. In a room anybody can press it, but the question is one athlete's."""
        question_id, _, answer = data.partition(":")
        if question_id.startswith(RATES):
            return await answering.rated(turn, question_id.removeprefix(RATES), answer)
        question = await questions.get(turn.conn, question_id)
        if question is None or question.athlete_id != turn.athlete.id or question.chat != turn.message.chat:
            return []
        if (
            not turn.private and question.message_id is not None
        ):  # others read along: they see what it is about
            asked_by = await messages.get(turn.conn, question.message_id)
            turn.about = None if asked_by is None else asked_by.key
        return await answering.pressed(turn, question, answer)

    def _is_anothers(self, command: Called) -> bool:
        return command.bot is not None and command.bot.lower() not in self._names

    async def _reply(self, turn: Turn, facts: Sequence[Fact], *, private: bool) -> list[Outbound]:
        greets = any(isinstance(fact, Noted | Welcome) for fact in facts)
        first = greets and turn.private and not turn.athlete.greeted
        left = (await turn.preferences()).get(SPEAKS) == LEFT
        text = words(facts, turn.athlete, room=not turn.private, first=first, left=left)
        if first:
            await people.save(turn.conn, replace(turn.athlete, greeted=True))
        if private and not turn.private:
            text = Text("", text.public or text.private, text.buttons)
        replies = []
        for body, alone in ((text.public, False), (text.private, True)):
            parts = pieces(body, self._longest)
            for place, part in enumerate(parts, 1):
                buttons = text.buttons if not alone and place == len(parts) else ()
                replies.append(await self._store_reply(turn, part, buttons, alone=alone, part=place))
        return replies

    async def _store_reply(
        self, turn: Turn, body: str, buttons: tuple[tuple[Button, ...], ...], *, alone: bool, part: int
    ) -> Outbound:
        message = turn.message
        again = part == 1 and not alone and (message.edited_at is not None or message.deleted_at is not None)
        replaces = await _reading_of(turn.conn, message.id) if again else None
        reply = StoredReply(
            self._ids.new(turn.now),
            message.id,
            message.platform,
            message.chat,
            turn.athlete.id,
            "private" if alone else "chat",
            body,
            turn.now,
            _extra(turn, buttons, part),
            replaces=replaces,
        )
        await messages.add_reply(turn.conn, reply)
        return _outbound(reply, stored=reply)


async def _reading_of(conn: Connection, message_id: str) -> str | None:
    """The reply that says how a message was read: not what was told apart from it, nor what it goes on with."""
    found = await messages.replies_to(conn, message_id)
    ours = [
        one.id for one in found if one.audience == "chat" and "of" in one.extra and "part" not in one.extra
    ]
    return ours[-1] if ours else None


def _extra(turn: Turn, buttons: tuple[tuple[Button, ...], ...], part: int) -> dict[str, Any]:
    extra: dict[str, Any] = {"of": _act_of(turn.message)}
    if part > 1:
        extra["part"] = part
    if turn.about is not None:
        extra["about"] = turn.about
    if buttons:
        extra["buttons"] = _rows(buttons)
    return extra


def _rows(buttons: tuple[tuple[Button, ...], ...]) -> list[list[dict[str, str]]]:
    return [[{"label": one.label, "data": one.data} for one in row] for row in buttons]


def _is_repeat(inbound: Inbound, known: Message) -> bool:
    """Whether this was handled already: the same message, an edit that changes nothing, a second deletion."""
    if inbound.deleted:
        return known.deleted_at is not None
    if inbound.edited_at is not None and known.edited_at is not None and inbound.edited_at < known.edited_at:
        return True  # an older edit that comes late
    return not inbound.edited or known.says(inbound.text) or known.deleted_at is not None


def _is_other(inbound: Inbound, known: Message) -> bool:
    """Whether an id that was used is used for another message: two files that both begin at #1."""
    plain = not inbound.edited and not inbound.deleted
    return (
        plain
        and inbound.sent_at != known.sent_at
        and known.edited_at is None
        and not known.says(inbound.text)
    )


def _taken(inbound: Inbound, row: str, now: datetime) -> Outbound:
    """The answer to an id that is taken. It is not kept: its message cannot be either."""
    body, alone = taken(inbound.message_id), inbound.room is not None
    audience: Literal["chat", "private"] = "private" if alone else "chat"
    reply = StoredReply(row, None, inbound.platform, inbound.chat, None, audience, body, now)
    return Outbound("", inbound.platform, inbound.chat, body, private=alone, stored=reply)


def _act_of(message: Message) -> str:
    """Which telling of a message a reply belongs to: the first, an edit to this text, the deletion."""
    if message.deleted_at is not None:
        return "deleted"
    if message.edited_at is None:
        return "new"
    return f"edit {message.mark}"


async def _again(conn: Connection, inbound: Inbound, known: Message) -> list[Outbound]:
    """The stored replies to this telling of the message, where there were several to the last of its kind; none whose
    words are kept no longer."""
    act = "new" if not inbound.edited and not inbound.deleted else _act_of(known)
    replies = [reply for reply in await messages.replies_to(conn, known.id) if reply.extra.get("of") == act]
    newest = replies[-1].created_at if replies else None
    return [_outbound(reply) for reply in replies if reply.created_at == newest and reply.body]


def _outbound(reply: StoredReply, stored: StoredReply | None = None) -> Outbound:
    buttons = tuple(
        tuple(Button(one["label"], one["data"]) for one in row) for row in reply.extra.get("buttons", ())
    )
    alone = reply.audience == "private"
    return Outbound(reply.id, reply.platform, reply.chat, reply.body, buttons, alone, reply.replaces, stored)


def pieces(body: str, longest: int) -> list[str]:
    """A text in pieces of not more than `longest` UTF-16 units, cut between lines; a longer line is cut inside."""
    if 0 < 2 * len(body) <= longest:  # no character takes more than two
        return [body]
    found: list[str] = []
    for line in body.split("\n") if body else ():
        joined = f"{found[-1]}\n{line}" if found else line
        if found and _units(joined) <= longest:
            found[-1] = joined
            continue
        while _units(line) > longest:
            head = line.encode("utf-16-le", "replace")[: 2 * longest].decode("utf-16-le", "ignore")
            found.append(head)
            line = line[len(head) :]
        found.append(line)
    return found


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2


async def _in_words(turn: Turn) -> Called | None:
    """The command that a message is in plain words, where no lift is asked for that it could name."""
    if not turn.private and not turn.to_bot:
        return None
    found = meant(turn.message.text, await turn.names())
    if found is None or not found.words:
        return found
    lifts_asked = asking.NAMES | {"exercise_missing"}
    return None if any(one.code in lifts_asked for one in await turn.open_questions()) else found


async def _command(turn: Turn, command: Called) -> tuple[list[Fact], bool]:
    found = BY_NAME.get(command.name)
    if found is not None:
        return await found.handler(turn, command.words), found.private
    if not turn.private:
        return [], False  # another bot's, perhaps
    near = nearest(command.name)
    facts: dict[str, object] = {"name": f"/{command.name}", "near": None if near is None else f"/{near}"}
    return [Told("unknown_command", facts)], False
