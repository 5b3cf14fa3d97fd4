"""The published methods and the names and types of their parameters, as far as Spotter uses them.

What belongs to features that Spotter has no use for (business accounts, paid messages, effects, thumbnails) is left
out, and so is refused as unknown: a request that carries it was made by mistake.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.servers.telegram.refusals import RefusedError, ours


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart request."""

    name: str
    mime_type: str
    content: bytes


Raw = str | Upload
Read = Callable[[str, Raw], Any]


def string(name: str, raw: Raw) -> str:
    """Text, and no file."""
    if isinstance(raw, Upload):
        raise ours(f'parameter "{name}" must not be a file')
    return raw


def integer(name: str, raw: Raw) -> int:
    """A whole number."""
    try:
        return int(string(name, raw))
    except ValueError:
        raise ours(f'parameter "{name}" must be an integer') from None


def boolean(name: str, raw: Raw) -> bool:
    """`true` or `false`."""
    if raw not in ("true", "false", "True", "False"):
        raise ours(f'parameter "{name}" must be true or false')
    return raw in ("true", "True")


def chat_id(name: str, raw: Raw) -> int | str:
    """The id of a chat, or the @name of a public one."""
    text = string(name, raw)
    return text if text.startswith("@") else integer(name, raw)


def file(name: str, raw: Raw) -> Raw:
    """An uploaded file, or the id of one that the service has."""
    return raw


def parsed(name: str, raw: Raw) -> Any:
    """Anything in JSON."""
    try:
        return json.loads(string(name, raw))
    except ValueError:
        raise RefusedError(f"can't parse {name} JSON object") from None


def array(name: str, raw: Raw) -> list[Any]:
    """A JSON array."""
    value = parsed(name, raw)
    if not isinstance(value, list):
        raise RefusedError(f"expected an Array as {name}")
    return value


def record(**fields: type) -> Read:
    """A reader of JSON objects that have only these fields, of these types."""

    def read(name: str, raw: Raw) -> dict[str, Any]:
        value = parsed(name, raw)
        if not isinstance(value, dict):
            raise RefusedError(f"object expected as {name}")
        for key, inner in value.items():
            if key not in fields:
                raise ours(f'{name} has no field "{key}"')
            if not isinstance(inner, fields[key]) or (fields[key] is int and isinstance(inner, bool)):
                raise RefusedError(f'field "{key}" must be of type {fields[key].__name__}')
        return value

    return read


_REPLY = record(
    message_id=int, chat_id=int, allow_sending_without_reply=bool, quote=str, quote_parse_mode=str,
    quote_entities=list, quote_position=int,
)  # fmt: skip
_PREVIEW = record(
    is_disabled=bool, url=str, prefer_small_media=bool, prefer_large_media=bool, show_above_text=bool
)
_SCOPE = record(type=str, chat_id=int, user_id=int)
_TO: Mapping[str, Read] = {"chat_id": chat_id}
_WHICH: Mapping[str, Read] = {"chat_id": chat_id, "message_id": integer}
_TEXT: Mapping[str, Read] = {
    "text": string,
    "parse_mode": string,
    "entities": array,
    "link_preview_options": _PREVIEW,
}
_SEND: Mapping[str, Read] = {
    "chat_id": chat_id,
    "message_thread_id": integer,
    "disable_notification": boolean,
    "protect_content": boolean,
    "reply_parameters": _REPLY,
    "reply_markup": parsed,
}
_CAPTION: Mapping[str, Read] = {"caption": string, "parse_mode": string, "caption_entities": array}
_MENU: Mapping[str, Read] = {"scope": _SCOPE, "language_code": string}

METHODS: Mapping[str, Mapping[str, Read]] = {
    "getMe": {},
    "getUpdates": {"offset": integer, "limit": integer, "timeout": integer, "allowed_updates": array},
    "setWebhook": {
        "url": string,
        "ip_address": string,
        "max_connections": integer,
        "allowed_updates": array,
        "drop_pending_updates": boolean,
        "secret_token": string,
    },
    "deleteWebhook": {"drop_pending_updates": boolean},
    "getWebhookInfo": {},
    "sendMessage": {**_SEND, **_TEXT},
    "sendPhoto": {
        **_SEND,
        **_CAPTION,
        "photo": file,
        "has_spoiler": boolean,
        "show_caption_above_media": boolean,
    },
    "sendDocument": {**_SEND, **_CAPTION, "document": file, "disable_content_type_detection": boolean},
    "sendChatAction": {**_TO, "message_thread_id": integer, "action": string},
    "editMessageText": {**_WHICH, **_TEXT, "reply_markup": parsed},
    "editMessageReplyMarkup": {**_WHICH, "reply_markup": parsed},
    "deleteMessage": _WHICH,
    "answerCallbackQuery": {
        "callback_query_id": string,
        "text": string,
        "show_alert": boolean,
        "url": string,
        "cache_time": integer,
    },
    "setMyCommands": {**_MENU, "commands": array},
    "getMyCommands": _MENU,
    "deleteMyCommands": _MENU,
    "getFile": {"file_id": string},
    "getChat": _TO,
    "getChatMember": {**_TO, "user_id": integer},
    "getChatAdministrators": {**_TO, "return_bots": boolean},
    "leaveChat": _TO,
}


def method_named(name: str) -> str | None:
    """The published spelling of a method; the service does not mind capitals."""
    return next((method for method in METHODS if method.lower() == name.lower()), None)


def read_arguments(method: str, raw: Mapping[str, Raw]) -> dict[str, Any]:
    """The parameters of a request in their types; raises `RefusedError` for an unknown name or a wrong type."""
    known = METHODS[method]
    for name in raw:
        if name not in known:
            raise ours(f'{method} has no parameter "{name}"')
    return {name: known[name](name, value) for name, value in raw.items()}
