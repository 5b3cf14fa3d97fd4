"""Threads: opened from a message or on their own, joined, listed, put away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import payloads
from .account_routes import guild_of
from .channel_routes import message_of, place_of
from .clock import iso
from .places import SEND, Channel
from .refusals import JSON, Form, Refusal
from .rest import Call, Handler

if TYPE_CHECKING:
    from .world import World

_LIFETIMES = frozenset({60, 1440, 4320, 10080})


def from_message(world: World, call: Call) -> JSON:
    """Opens a thread at a message."""
    return _opened(world, call, message_of(world, call).channel)


def on_its_own(world: World, call: Call) -> JSON:
    """Opens a thread in a channel."""
    return _opened(world, call, place_of(world, call, SEND))


def _opened(world: World, call: Call, place: Channel) -> JSON:
    if place.guild is None or place.is_thread:
        raise Refusal(400, 50024, "Cannot execute action on this channel type")
    body: JSON = call.body or {}
    form = Form()
    form.text(("name",), body.get("name"), 1, 100)
    if body.get("auto_archive_duration") is not None:
        form.choice(("auto_archive_duration",), body["auto_archive_duration"], _LIFETIMES)
    form.done()
    return payloads.channel(place.thread(body["name"], world.bot))


def change(world: World, call: Call) -> JSON:
    """Puts a thread away or takes it out again, or renames it; other channels are an admin's."""
    place = place_of(world, call)
    if not place.is_thread:
        raise Refusal(403, 50013, "Missing Permissions")
    body: JSON = call.body or {}
    place.name = body.get("name", place.name)
    place.archive(archived=body.get("archived", place.archived), locked=body.get("locked", place.locked))
    return payloads.channel(place)


def join(world: World, call: Call) -> None:
    """The bot joins a thread."""
    place_of(world, call)


def active(world: World, call: Call) -> JSON:
    """The threads of a guild that are not put away."""
    home = guild_of(world, call)
    return _listed(world, [place for place in home.channels if place.is_thread and not place.archived])


def archived(world: World, call: Call) -> JSON:
    """The threads of a channel that are."""
    parent = place_of(world, call)
    home = parent.guild.channels if parent.guild else []
    return {**_listed(world, [p for p in home if p.parent is parent and p.archived]), "has_more": False}


def _listed(world: World, threads: list[Channel]) -> JSON:
    joined = iso(world.clock.now())
    mine = [
        {"id": str(place.id), "user_id": str(world.bot.id), "join_timestamp": joined, "flags": 0}
        for place in threads
        if place.maker is world.bot
    ]
    return {"threads": [payloads.channel(place) for place in threads], "members": mine}


ROUTES: dict[str, Handler] = {
    "POST /channels/{channel}/messages/{message}/threads": from_message,
    "POST /channels/{channel}/threads": on_its_own,
    "PATCH /channels/{channel}": change,
    "PUT /channels/{channel}/thread-members/@me": join,
    "GET /guilds/{guild}/threads/active": active,
    "GET /channels/{channel}/threads/archived/public": archived,
}
