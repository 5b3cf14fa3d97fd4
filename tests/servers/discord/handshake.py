"""What the gateway checks in a client's frames, and its longer answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType

from . import payloads
from .events import KNOWN_INTENTS, MEMBERS, MESSAGE_CONTENT, PRESENCES
from .refusals import JSON
from .session import Session

if TYPE_CHECKING:
    from .world import World

_LARGEST_FRAME = 4096


class Closing(Exception):  # noqa: N818 - an end, not always an error
    """The service closes the connection with a code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def opened(kind: WSMsgType, data: Any) -> tuple[int, Any]:
    """Opcode and data of a frame."""
    if kind is not WSMsgType.TEXT or len(data.encode()) > _LARGEST_FRAME:
        raise Closing(4002)
    try:
        frame = json.loads(data)
        return int(frame["op"]), frame.get("d")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Closing(4002) from None


def checked(world: World, data: JSON) -> tuple[int, tuple[int, int]]:
    """Intents and shard of an identify, or the code that the service closes with."""
    if not {"token", "properties"} <= data.keys():
        raise Closing(4002)
    if data["token"] != world.token:
        raise Closing(4004)
    intents = data.get("intents")
    if not isinstance(intents, int) or not 0 <= intents <= KNOWN_INTENTS:
        raise Closing(4013)
    if intents & _switched_off(world):
        raise Closing(4014)
    number, count = data.get("shard") or (0, 1)
    if not 0 <= number < count:
        raise Closing(4010)
    if count < world.shards:
        raise Closing(4011)
    return intents, (number, count)


def _switched_off(world: World) -> int:
    off = PRESENCES
    if not world.content_enabled:
        off |= MESSAGE_CONTENT
    if not world.members_enabled:
        off |= MEMBERS
    return off


def ready(world: World, session: Session, guilds: list[int]) -> JSON:
    """The first event of a session."""
    return {
        "v": 10,
        "user": payloads.myself(world.bot),
        "guilds": [{"id": str(number), "unavailable": True} for number in guilds],
        "session_id": session.id,
        "resume_gateway_url": world.gateway_url,
        "shard": list(session.shard),
        "application": {"id": str(world.bot.id), "flags": world.app_flags},
        "private_channels": [],
    }


def list_members(world: World, session: Session, data: JSON) -> None:
    """Answers a request for members; all of them only with the members intent."""
    guild = world.guilds.get(int(data.get("guild_id") or 0))
    if guild is None or not guild.has_bot:
        return
    wanted = {str(number) for number in data.get("user_ids") or []}
    if not wanted and not data.get("query") and not session.intents & MEMBERS:
        return
    start = str(data.get("query") or "").lower()
    found = [
        m for m in guild.members if (str(m.id) in wanted if wanted else m.name.lower().startswith(start))
    ]
    chunk: JSON = {"guild_id": str(guild.id), "chunk_index": 0, "chunk_count": 1, "nonce": data.get("nonce")}
    session.tell("GUILD_MEMBERS_CHUNK", {**chunk, "members": [payloads.member(m, guild) for m in found]})
