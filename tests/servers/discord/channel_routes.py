"""Channels and the messages in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import payloads
from .account_routes import number_in
from .message_form import EDIT, read
from .message_form import SEND as SENT
from .messages import EPHEMERAL, Message
from .places import HISTORY, SEND, VIEW, Channel
from .refusals import JSON, Refusal, invalid, missing_permissions, unknown
from .rest import Call, Handler

if TYPE_CHECKING:
    from .world import World


def place_of(world: World, call: Call, right: int = VIEW) -> Channel:
    """The channel in the address, when the bot has that right in it."""
    place = world.channels.get(call.id("channel"))
    if place is None:
        raise unknown("channel")
    place.must_allow(right)
    return place


def message_of(world: World, call: Call) -> Message:
    """The message in the address; those that are for one person only are not found here."""
    found = place_of(world, call).messages.get(call.id("message"))
    if found is None or found.deleted or found.ephemeral:
        raise unknown("message")
    return found


def as_json(world: World, message: Message) -> JSON:
    """A message as this application may read it."""
    data = payloads.message(message)
    return (
        data
        if world.content_enabled or world.readable(message)
        else payloads.without_content(data, world.bot)
    )


def channel(world: World, call: Call) -> JSON:
    """A channel, thread or direct message."""
    return payloads.channel(place_of(world, call))


def history(world: World, call: Call) -> list[JSON]:
    """Messages around, before or after one, newest first; 1 to 100, else the 50 latest."""
    place = place_of(world, call)
    there = place.public() if place.bot_may(HISTORY) else []
    limit = number_in(call, "limit", 50, 1, 100)
    anchors = [name for name in ("around", "before", "after") if name in call.query]
    if len(anchors) > 1:
        raise invalid(
            (anchors[1],), "MUTUALLY_EXCLUSIVE", "Only one of around, before and after may be given"
        )
    mark = number_in(call, anchors[0], 0, 0, 1 << 63) if anchors else 0
    found = _slice(there, anchors[0] if anchors else "", mark, limit)
    return [as_json(world, message) for message in reversed(found)]


def _slice(there: list[Message], anchor: str, mark: int, limit: int) -> list[Message]:
    if anchor == "after":
        return [message for message in there if message.id > mark][:limit]
    if anchor == "around":
        half = limit // 2
        before = [message for message in there if message.id < mark][-half:] if half else []
        return before + [message for message in there if message.id >= mark][: limit - half]
    return [message for message in there if anchor != "before" or message.id < mark][-limit:]


def one_message(world: World, call: Call) -> JSON:
    """One message."""
    return as_json(world, message_of(world, call))


def send(world: World, call: Call) -> JSON:
    """Sends a message; with an enforced nonce a repeat within minutes answers the first one."""
    place = place_of(world, call, SEND)
    if place.person is not None and not place.person.accepts_messages:
        raise Refusal(403, 50007, "Cannot send messages to this user")
    draft = read(call.body, call.files, SENT, place, None)
    if draft.ephemeral:
        raise invalid(("flags",), "FLAGS_INVALID", "Only answers to an interaction can be ephemeral")
    nonce = call.body.get("nonce")
    if call.body.get("enforce_nonce") and (known := world.remembered(nonce, place)):
        return payloads.message(known)
    message = world.write(place, draft, nonce=nonce)
    world.remember(nonce, message)
    return payloads.message(message)


def edit(world: World, call: Call) -> JSON:
    """Changes an own message."""
    message = message_of(world, call)
    if message.author is not world.bot:
        raise Refusal(403, 50005, "Cannot edit a message authored by another user")
    draft = read(call.body, call.files, EDIT, message.channel, message)
    if (draft.flags or 0) & EPHEMERAL:
        raise invalid(("flags",), "FLAGS_INVALID", "These flags cannot be set on a message")
    return payloads.message(world.amend(message, draft))


def delete(world: World, call: Call) -> None:
    """Deletes an own message; another's needs a right that the bot is not given."""
    message = message_of(world, call)
    if message.author is not world.bot:
        if message.channel.guild is None:
            raise Refusal(403, 50003, "Cannot execute action on a DM channel")
        raise missing_permissions()
    world.erase(message)


def typing(world: World, call: Call) -> None:
    """Shows that the bot is typing."""
    place_of(world, call, SEND).typed += 1


ROUTES: dict[str, Handler] = {
    "GET /channels/{channel}": channel,
    "GET /channels/{channel}/messages": history,
    "POST /channels/{channel}/messages": send,
    "GET /channels/{channel}/messages/{message}": one_message,
    "PATCH /channels/{channel}/messages/{message}": edit,
    "DELETE /channels/{channel}/messages/{message}": delete,
    "POST /channels/{channel}/typing": typing,
}
