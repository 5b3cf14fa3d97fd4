"""Users, members, channels, guilds and messages as JSON, with the API's published field names."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING, Any

from .clock import iso
from .refusals import JSON

if TYPE_CHECKING:
    from .messages import Attachment, Message
    from .people import User
    from .places import Channel, Guild

_JOINED = "2026-01-01T00:00:00.000000+00:00"
_CONTENT_FIELDS: dict[str, Any] = {"content": "", "embeds": [], "attachments": [], "components": []}


def user(person: User) -> JSON:
    """A user object."""
    data: JSON = {
        "id": str(person.id),
        "username": person.name.lower().replace(" ", "."),
        "global_name": None if person.bot else person.name,
        "discriminator": "0000" if person.bot else "0",
        "avatar": None,
        "public_flags": 0,
    }
    return {**data, "bot": True} if person.bot else data


def myself(bot: User) -> JSON:
    """The bot's own user object, with what only it sees."""
    own = {"verified": True, "mfa_enabled": True, "email": None, "flags": 0, "locale": "en-US"}
    return {**user(bot), **own}


def member(person: User, guild: Guild, *, with_user: bool = True) -> JSON:
    """A guild member; messages carry it without the user."""
    roles = [str(guild.admin_role)] if person in guild.admins else []
    data: JSON = {
        "roles": roles,
        "joined_at": _JOINED,
        "nick": None,
        "avatar": None,
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "communication_disabled_until": None,
        "flags": 0,
    }
    return {"user": user(person), **data} if with_user else data


def channel(place: Channel) -> JSON:
    """A channel, thread or direct message."""
    last = max(place.messages, default=None)
    data: JSON = {
        "id": str(place.id),
        "type": place.kind,
        "last_message_id": None if last is None else str(last),
        "flags": 0,
    }
    if place.guild is None:
        return {**data, "recipients": [user(place.person)] if place.person else []}
    data |= {"guild_id": str(place.guild.id), "name": place.name, "rate_limit_per_user": 0}
    return {**data, **(_thread(place) if place.is_thread else _text_channel(place, place.guild))}


def _text_channel(place: Channel, home: Guild) -> JSON:
    denial = {"id": str(place.world.bot.id), "type": 1, "allow": "0", "deny": str(place.denied)}
    return {
        "position": home.channels.index(place) if place in home.channels else 0,
        "permission_overwrites": [denial] if place.denied else [],
        "parent_id": None,
        "topic": None,
        "nsfw": False,
    }


def _thread(place: Channel) -> JSON:
    made = _JOINED if place.made is None else iso(place.made)
    return {
        "parent_id": str(place.parent.id) if place.parent else None,
        "owner_id": str(place.maker.id) if place.maker else "0",
        "message_count": len(place.messages),
        "total_message_sent": len(place.messages),
        "member_count": 1,
        "thread_metadata": {
            "archived": place.archived,
            "auto_archive_duration": 1440,
            "archive_timestamp": made,
            "locked": place.locked,
            "create_timestamp": made,
        },
    }


def _role(number: int, name: str, rights: int, position: int) -> JSON:
    return {
        "id": str(number),
        "name": name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": position,
        "permissions": str(rights),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def guild_core(home: Guild) -> JSON:
    """A guild as REST answers it: without people and channels."""
    return {
        "id": str(home.id),
        "name": home.name,
        "icon": None,
        "owner_id": str(home.owner.id),
        "roles": [_role(home.id, "@everyone", home.everyone_may, 0), _role(home.admin_role, "admin", 8, 1)],
        "emojis": [],
        "stickers": [],
        "features": [],
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "nsfw_level": 0,
        "description": None,
    }


def guild(home: Guild, *, everyone: bool) -> JSON:
    """A guild as the gateway tells it; all its people only to those who may list members."""
    people = home.members if everyone else [home.world.bot]
    return {
        **guild_core(home),
        "joined_at": _JOINED,
        "large": len(home.members) >= 250,
        "unavailable": False,
        "member_count": len(home.members),
        "members": [member(person, home) for person in people],
        "channels": [channel(place) for place in home.channels if not place.is_thread],
        "threads": [channel(place) for place in home.channels if place.is_thread and not place.archived],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def attachment(file: Attachment, place: Channel) -> JSON:
    """A file with the address it can be fetched from."""
    url = f"{place.world.files}/attachments/{place.id}/{file.id}/{file.name}"
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    data: JSON = {
        "id": str(file.id),
        "filename": file.name,
        "size": len(file.data),
        "url": url,
        "proxy_url": url,
    }
    return {**data, "content_type": kind, "description": file.description}


def message(entry: Message, *, nested: bool = False) -> JSON:
    """A message object, without the guild fields that only the gateway adds."""
    data: JSON = {
        "id": str(entry.id),
        "channel_id": str(entry.channel.id),
        "author": user(entry.author),
        "content": entry.content,
        "timestamp": iso(entry.at),
        "edited_timestamp": None if entry.edited is None else iso(entry.edited),
        "tts": False,
        "mention_everyone": entry.mentions_everyone,
        "mentions": [user(person) for person in entry.mentions],
        "mention_roles": [],
        "attachments": [attachment(file, entry.channel) for file in entry.attachments],
        "embeds": entry.embeds,
        "components": entry.components,
        "pinned": False,
        "type": entry.kind,
        "flags": entry.flags,
    }
    return data | _links(entry, nested=nested)


def _links(entry: Message, *, nested: bool) -> JSON:
    data: JSON = {}
    if entry.author.webhook:
        data["webhook_id"] = str(entry.author.id)
    if entry.nonce is not None:
        data["nonce"] = entry.nonce
    if entry.interaction is not None:
        home = str(entry.channel.world.bot.id)
        data |= {
            "application_id": home,
            "webhook_id": home,
            "interaction_metadata": entry.interaction.metadata(),
        }
    if entry.reply_to is not None:
        reference: JSON = {
            "type": 0,
            "channel_id": str(entry.channel.id),
            "message_id": str(entry.reply_to.id),
        }
        if entry.channel.guild is not None:
            reference["guild_id"] = str(entry.channel.guild.id)
        data["message_reference"] = reference
        if not nested:
            gone = entry.reply_to.deleted
            data["referenced_message"] = None if gone else message(entry.reply_to, nested=True)
    return data


def without_content(data: JSON, bot: User) -> JSON:
    """The same message for an app that may not read content; what the bot itself wrote stays readable."""
    blind = {**data, **_CONTENT_FIELDS}
    quoted = blind.get("referenced_message")
    if quoted and quoted["author"]["id"] != str(bot.id):
        blind["referenced_message"] = {**quoted, **_CONTENT_FIELDS}
    return blind
