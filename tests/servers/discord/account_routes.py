"""The bot's own account and application, the gateway's address, users, guilds and members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import payloads
from .refusals import JSON, invalid, missing_access, unknown
from .rest import Call, Handler

if TYPE_CHECKING:
    from .places import Guild
    from .world import World


def me(world: World, call: Call) -> JSON:
    """The bot's user."""
    return payloads.myself(world.bot)


def application(world: World, call: Call) -> JSON:
    """The bot's application; its flags tell which privileged intents are switched on."""
    return {
        "id": str(world.bot.id),
        "name": world.bot.name,
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": payloads.user(world.maker),
        "team": None,
        "summary": "",
        "verify_key": "0" * 64,
        "flags": world.app_flags,
        "bot": payloads.user(world.bot),
        "approximate_guild_count": len(world.bots_guilds()),
        "interactions_endpoint_url": None,
        "integration_types_config": {"0": {}},
    }


def gateway(world: World, call: Call) -> JSON:
    """Where the gateway is."""
    return {"url": world.gateway_url}


def gateway_bot(world: World, call: Call) -> JSON:
    """Where the gateway is, and how many shards to bring."""
    limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
    return {"url": world.gateway_url, "shards": world.shards, "session_start_limit": limit}


def user(world: World, call: Call) -> JSON:
    """Any account."""
    person = world.users.get(call.id("user"))
    if person is None:
        raise unknown("user")
    return payloads.user(person)


def open_direct(world: World, call: Call) -> JSON:
    """Opens direct messages; whether they can be written to shows only when writing."""
    number = str((call.body or {}).get("recipient_id", ""))
    person = world.users.get(int(number)) if number.isdigit() else None
    if person is None or person is world.bot or person.webhook:
        raise invalid(
            ("recipient_id",), "NUMBER_TYPE_COERCE", f'Value "{number}" is not snowflake of a person.'
        )
    return payloads.channel(world.direct(person))


def guild_of(world: World, call: Call) -> Guild:
    """The guild in the address, when the bot is in it."""
    found = world.guilds.get(call.id("guild"))
    if found is None:
        raise unknown("guild")
    if not found.has_bot:
        raise missing_access()
    return found


def guild(world: World, call: Call) -> JSON:
    """A guild."""
    return payloads.guild_core(guild_of(world, call))


def guilds(world: World, call: Call) -> list[JSON]:
    """The guilds that the bot is in."""
    return [
        {**payloads.guild_core(found), "owner": False, "permissions": "0"} for found in world.bots_guilds()
    ]


def guild_channels(world: World, call: Call) -> list[JSON]:
    """A guild's channels, without threads."""
    return [payloads.channel(place) for place in guild_of(world, call).channels if not place.is_thread]


def member(world: World, call: Call) -> JSON:
    """One member."""
    home = guild_of(world, call)
    for person in home.members:
        if str(person.id) == call.args["user"]:
            return payloads.member(person, home)
    raise unknown("member")


def members(world: World, call: Call) -> list[JSON]:
    """The members by id; only with the members intent switched on."""
    home = guild_of(world, call)
    if not world.members_enabled:
        raise missing_access()
    limit, after = number_in(call, "limit", 1, 1, 1000), number_in(call, "after", 0, 0, 1 << 63)
    later = sorted((person for person in home.members if person.id > after), key=lambda person: person.id)
    return [payloads.member(person, home) for person in later[:limit]]


def number_in(call: Call, name: str, default: int, low: int, high: int) -> int:
    """A number of the query, within its published bounds."""
    text: Any = call.query.get(name)
    if text is None:
        return default
    if not text.isdigit():
        raise invalid((name,), "NUMBER_TYPE_COERCE", f'Value "{text}" is not int.')
    if not low <= int(text) <= high:
        bound = f"greater than or equal to {low}" if int(text) < low else f"less than or equal to {high}"
        raise invalid(
            (name,), "NUMBER_TYPE_MAX" if int(text) > high else "NUMBER_TYPE_MIN", f"Value should be {bound}."
        )
    return int(text)


ROUTES: dict[str, Handler] = {
    "GET /users/@me": me,
    "GET /users/@me/guilds": guilds,
    "POST /users/@me/channels": open_direct,
    "GET /users/{user}": user,
    "GET /applications/@me": application,
    "GET /oauth2/applications/@me": application,
    "GET /gateway": gateway,
    "GET /gateway/bot": gateway_bot,
    "GET /guilds/{guild}": guild,
    "GET /guilds/{guild}/channels": guild_channels,
    "GET /guilds/{guild}/members": members,
    "GET /guilds/{guild}/members/{user}": member,
}
