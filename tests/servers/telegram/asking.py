"""The methods that ask and set: the bot itself, updates and webhooks, the command menu, files, chats and members."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from tests.servers.telegram import sending
from tests.servers.telegram.refusals import DeclinedError, Json, RefusedError
from tests.servers.telegram.service import Arguments, Service
from tests.servers.telegram.updates import BY_WEBHOOK, KINDS, WEBHOOK_IS_SET
from tests.servers.telegram.webhook import Webhook
from tests.servers.telegram.world import Chat

_MOST_UPDATES = 100
_LONGEST_POLL = 50  # seconds
_MOST_CONNECTIONS = 100
_USUAL_CONNECTIONS = 40
_MOST_DOWNLOAD = 20 * 1024 * 1024  # bytes
_COMMAND = re.compile(r"[a-z0-9_]+")
_MOST_COMMAND = 32  # characters
_MOST_DESCRIPTION = 256  # characters
_MOST_COMMANDS = 100
_SCOPES = {
    "default": set[str](), "all_private_chats": set[str](), "all_group_chats": set[str](),
    "all_chat_administrators": set[str](), "chat": {"chat_id"}, "chat_administrators": {"chat_id"},
    "chat_member": {"chat_id", "user_id"},
}  # fmt: skip
_FULL_INFO: Json = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": {
        "unlimited_gifts": False,
        "limited_gifts": False,
        "unique_gifts": False,
        "premium_subscription": False,
        "gifts_from_channels": False,
    },
}


def get_me(service: Service, _: Arguments) -> Json:
    """`getMe`; `can_read_all_group_messages` says that privacy mode is off."""
    return service.bot.json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not service.privacy,
        "supports_inline_queries": False,
    }


async def get_updates(service: Service, arguments: Arguments) -> list[Json]:
    """`getUpdates`."""
    if service.webhook is not None:
        raise DeclinedError(WEBHOOK_IS_SET, 409)
    _allow(service, arguments)
    limit = min(max(arguments.get("limit", _MOST_UPDATES), 1), _MOST_UPDATES)
    seconds = min(max(arguments.get("timeout", 0), 0), _LONGEST_POLL)
    return await service.updates.read(arguments.get("offset", 0), limit, seconds)


async def set_webhook(service: Service, arguments: Arguments) -> bool:
    """`setWebhook`; an empty address takes it away."""
    if not arguments.get("url"):
        return await delete_webhook(service, arguments)
    most = min(max(arguments.get("max_connections", _USUAL_CONNECTIONS), 1), _MOST_CONNECTIONS)
    webhook = Webhook(service.updates, arguments["url"], arguments.get("secret_token"), most)
    _allow(service, arguments)
    webhook.check()
    await delete_webhook(service, arguments)
    service.updates.end_poll(BY_WEBHOOK)
    service.webhook = webhook
    webhook.start()
    return True


async def delete_webhook(service: Service, arguments: Arguments) -> bool:
    """`deleteWebhook`."""
    webhook, service.webhook = service.webhook, None
    if webhook is not None:
        await webhook.stop()
    if arguments.get("drop_pending_updates"):
        service.updates.drop()
    return True


def get_webhook_info(service: Service, _: Arguments) -> Json:
    """`getWebhookInfo`."""
    webhook = service.webhook
    body: Json = {
        "url": webhook.url if webhook is not None else "",
        "has_custom_certificate": False,
        "pending_update_count": len(service.updates.pending),
    }
    if webhook is None:
        return body
    extra = {"max_connections": webhook.max_connections, "allowed_updates": sorted(service.updates.allowed)}
    return body | extra | webhook.last_error


def set_my_commands(service: Service, arguments: Arguments) -> bool:
    """`setMyCommands`."""
    commands = arguments.get("commands", [])
    if len(commands) > _MOST_COMMANDS:
        raise RefusedError("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check_command(command)
    service.commands[_menu(arguments)] = commands
    return True


def get_my_commands(service: Service, arguments: Arguments) -> list[Json]:
    """`getMyCommands`."""
    return service.commands.get(_menu(arguments), [])


def delete_my_commands(service: Service, arguments: Arguments) -> bool:
    """`deleteMyCommands`."""
    service.commands.pop(_menu(arguments), None)
    return True


def get_file(service: Service, arguments: Arguments) -> Json:
    """`getFile`."""
    stored = service.world.files.get(arguments.get("file_id", ""))
    if stored is None:
        raise RefusedError("invalid file_id")
    if len(stored.content) > _MOST_DOWNLOAD:
        raise DeclinedError("file is too big")
    return stored.json() | {"file_path": stored.path}


def get_chat(service: Service, arguments: Arguments) -> Json:
    """`getChat`."""
    return service.member_chat(arguments).json() | _FULL_INFO


def get_chat_member(service: Service, arguments: Arguments) -> Json:
    """`getChatMember`."""
    chat = service.member_chat(arguments)
    user = service.world.users.get(arguments.get("user_id", 0))
    if user is None:
        raise RefusedError("PARTICIPANT_ID_INVALID")
    return chat.member_json(user)


def get_chat_administrators(service: Service, arguments: Arguments) -> list[Json]:
    """`getChatAdministrators`: people, and of the bots only this one."""
    chat = service.member_chat(arguments)
    if chat.kind == "private":
        raise RefusedError("there are no administrators in the private chat")
    bots = arguments.get("return_bots", False)
    admins = [user for user, _ in chat.members.values() if chat.is_admin(user)]
    return [chat.member_json(user) for user in admins if bots or not user.is_bot or user is service.bot]


def leave_chat(service: Service, arguments: Arguments) -> bool:
    """`leaveChat`."""
    chat: Chat = service.member_chat(arguments)
    if chat.kind == "private":
        raise RefusedError("chat member status can't be changed in private chats")
    service.move(chat, service.bot, "left", by=service.bot)
    return True


Handler = Callable[[Service, Arguments], Any | Awaitable[Any]]
HANDLERS: Mapping[str, Handler] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": sending.edit_message_text,
    "editMessageReplyMarkup": sending.edit_message_reply_markup,
    "deleteMessage": sending.delete_message,
    "answerCallbackQuery": sending.answer_callback_query,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getFile": get_file,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "leaveChat": leave_chat,
}
"""What does each of the published methods."""


def _allow(service: Service, arguments: Arguments) -> None:
    kinds = arguments.get("allowed_updates")
    unknown = set(kinds or []) - KINDS
    if unknown:
        raise RefusedError(f"allowed_updates names no update: {sorted(unknown)} (loopback)")
    service.updates.allow(kinds)


def _menu(arguments: Arguments) -> tuple[str, str]:
    """Whose menu is meant: the scope in JSON, and the language."""
    scope = arguments.get("scope") or {"type": "default"}
    if scope.get("type") not in _SCOPES:
        raise RefusedError("can't parse BotCommandScope: Unsupported type specified")
    if set(scope) - {"type"} != _SCOPES[scope["type"]]:
        raise RefusedError(f"BotCommandScope {scope['type']} does not have {sorted(scope)} (loopback)")
    language = arguments.get("language_code", "")
    if language and not re.fullmatch("[a-z]{2}", language):
        raise RefusedError("invalid language code specified")
    return json.dumps(scope, sort_keys=True), language


def _check_command(command: Any) -> None:
    if not isinstance(command, dict) or set(command) != {"command", "description"}:
        raise RefusedError("can't parse BotCommand: expected an Object")
    name, description = command["command"], command["description"].strip()
    if not name:
        raise RefusedError("command must be non-empty")
    if len(name) > _MOST_COMMAND:
        raise RefusedError(f"command length must not exceed {_MOST_COMMAND}")
    if not _COMMAND.fullmatch(name):
        raise RefusedError("BOT_COMMAND_INVALID")
    if not description:
        raise RefusedError("command description must be non-empty")
    if len(description) > _MOST_DESCRIPTION:
        raise RefusedError(f"command description length must not exceed {_MOST_DESCRIPTION}")
