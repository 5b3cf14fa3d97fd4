"""The methods that write: messages, files, edits, deletions, answers to buttons."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.servers.telegram.images import photo_size
from tests.servers.telegram.keyboards import read_keyboard
from tests.servers.telegram.published import Raw, Upload
from tests.servers.telegram.refusals import DeclinedError, Json, RefusedError
from tests.servers.telegram.service import Arguments, Service
from tests.servers.telegram.texts import formatted, units
from tests.servers.telegram.world import Chat, Message, StoredFile

_MOST_TEXT = 4096  # UTF-16 units
_MOST_CAPTION = 1024  # UTF-16 units
_MOST_ANSWER = 200  # characters
_MOST_PHOTO = 10 * 1024 * 1024  # bytes
_MOST_DOCUMENT = 50 * 1024 * 1024  # bytes
_DELETABLE_FOR = timedelta(hours=48)
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
_ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip


def send_message(service: Service, arguments: Arguments) -> Json:
    """`sendMessage`."""
    return _send(service, arguments, lambda: text_content(arguments))


def send_photo(service: Service, arguments: Arguments) -> Json:
    """`sendPhoto`."""

    def content() -> Json:
        stored = _file(service, "photo", arguments, _MOST_PHOTO)
        width, height = photo_size(stored.content)
        return {"photo": [stored.json() | {"width": width, "height": height}]} | _caption(arguments)

    return _send(service, arguments, content)


def send_document(service: Service, arguments: Arguments) -> Json:
    """`sendDocument`."""

    def content() -> Json:
        stored = _file(service, "document", arguments, _MOST_DOCUMENT)
        return {"document": document_json(stored)} | _caption(arguments)

    return _send(service, arguments, content)


def send_chat_action(service: Service, arguments: Arguments) -> bool:
    """`sendChatAction`."""
    chat = service.writable(arguments)
    _thread(chat, arguments)
    if arguments.get("action") not in _ACTIONS:
        raise RefusedError("wrong parameter action in request")
    service.actions.append((chat.id, arguments["action"]))
    return True


def edit_message_text(service: Service, arguments: Arguments) -> Json:
    """`editMessageText`; without a keyboard the old one goes."""
    keyboard = read_keyboard(arguments.get("reply_markup"), only_inline=True)
    content = text_content(arguments)
    message = _own_message(service, arguments)
    if "text" not in message.content:
        raise RefusedError("there is no text in the message to edit")
    return _edit(service, message, content, keyboard)


def edit_message_reply_markup(service: Service, arguments: Arguments) -> Json:
    """`editMessageReplyMarkup`; without a keyboard the old one goes."""
    keyboard = read_keyboard(arguments.get("reply_markup"), only_inline=True)
    message = _own_message(service, arguments)
    return _edit(service, message, message.content, keyboard)


def delete_message(service: Service, arguments: Arguments) -> bool:
    """`deleteMessage`: its own and, where it may, other people's, for two days."""
    chat = service.member_chat(arguments)
    message = _message(chat, arguments, "delete")
    allowed = message.sender is service.bot or chat.kind == "private" or chat.is_admin(service.bot)
    if not allowed:
        raise RefusedError("message can't be deleted")
    if service.world.clock() - message.date > _DELETABLE_FOR:
        raise DeclinedError("message can't be deleted for everyone")
    service.world.delete(message)
    return True


def answer_callback_query(service: Service, arguments: Arguments) -> bool:
    """`answerCallbackQuery`, once for each press."""
    if len(arguments.get("text", "")) > _MOST_ANSWER:
        raise RefusedError("MESSAGE_TOO_LONG")
    press = service.presses.get(arguments.get("callback_query_id", ""))
    too_late = "query is too old and response timeout expired or query ID is invalid"
    if press is None:
        raise RefusedError(too_late)
    if press.answer is not None or not press.lives:
        raise DeclinedError(too_late)
    press.answer = {"text": arguments.get("text", ""), "show_alert": arguments.get("show_alert", False)}
    return True


def text_content(arguments: Arguments) -> Json:
    """The published fields of a text message."""
    if not arguments.get("text", "").strip():
        raise RefusedError("message text is empty")
    text, entities = formatted(arguments["text"], arguments.get("parse_mode"), arguments.get("entities"))
    if not text:
        raise RefusedError("message text is empty")
    if units(text) > _MOST_TEXT:
        raise RefusedError("message is too long")
    return {"text": text} | ({"entities": entities} if entities else {})


def document_json(stored: StoredFile) -> Json:
    """The published `Document`."""
    return stored.json() | {"file_name": stored.name, "mime_type": stored.mime_type}


def _send(service: Service, arguments: Arguments, content: Callable[[], Json]) -> Json:
    keyboard = read_keyboard(arguments.get("reply_markup"))
    chat = service.writable(arguments)
    body = content()
    thread = _thread(chat, arguments)
    answered = _answered(chat, arguments.get("reply_parameters"))
    service.limits.spend(chat, time.monotonic())
    message = service.world.post(chat, service.bot, body, reply_to=answered, thread=thread)
    message.keyboard = keyboard
    return message.json()


def _caption(arguments: Arguments) -> Json:
    caption, entities = formatted(
        arguments.get("caption", ""), arguments.get("parse_mode"), arguments.get("caption_entities")
    )
    if units(caption) > _MOST_CAPTION:
        raise RefusedError("message caption is too long")
    body: Json = {"caption": caption} if caption else {}
    return body | ({"caption_entities": entities} if entities else {})


def _file(service: Service, kind: str, arguments: Arguments, most: int) -> StoredFile:
    given: Raw = arguments.get(kind, "")
    if isinstance(given, str):
        return _known_file(service, kind, given)
    _check_size(kind, given, most)
    return service.world.store(given.name, given.content, given.mime_type, f"{kind}s")


def _known_file(service: Service, kind: str, file_id: str) -> StoredFile:
    if not file_id:
        raise RefusedError(f"there is no {kind} in the request")
    if file_id not in service.world.files:
        raise RefusedError("wrong remote file identifier specified: Wrong string length")
    return service.world.files[file_id]


def _check_size(kind: str, upload: Upload, most: int) -> None:
    if not upload.content:
        raise RefusedError("file must be non-empty")
    if len(upload.content) > most:
        if kind == "document":
            raise RefusedError("Request Entity Too Large", 413)
        raise RefusedError("file is too big")


def _thread(chat: Chat, arguments: Arguments) -> int | None:
    thread: int | None = arguments.get("message_thread_id")
    if thread is None or thread in chat.topics:
        return thread
    text = "message thread not found"
    raise DeclinedError(text) if thread in chat.deleted else RefusedError(text)


def _answered(chat: Chat, reply: Json | None) -> Message | None:
    """The message that a new one answers; a deleted one is nobody's mistake."""
    if reply is None:
        return None
    if reply.get("chat_id", chat.id) != chat.id:
        raise RefusedError("message to be replied not found")
    number: Any = reply.get("message_id")
    if number in chat.messages:
        return chat.messages[number]
    if reply.get("allow_sending_without_reply"):
        return None
    text = "message to be replied not found"
    raise DeclinedError(text) if number in chat.deleted else RefusedError(text)


def _message(chat: Chat, arguments: Arguments, what: str) -> Message:
    number = arguments.get("message_id")
    if number is None:
        raise RefusedError("message identifier is not specified")
    if number in chat.messages:
        return chat.messages[number]
    text = f"message to {what} not found"
    raise DeclinedError(text) if number in chat.deleted else RefusedError(text)


def _own_message(service: Service, arguments: Arguments) -> Message:
    chat = service.member_chat(arguments)
    message = _message(chat, arguments, "edit")
    if message.sender is not service.bot:
        raise RefusedError("message can't be edited")
    if chat.migrated_to is not None:
        raise DeclinedError("message can't be edited")
    return message


def _edit(service: Service, message: Message, content: Json, keyboard: Json | None) -> Json:
    if (message.content, message.keyboard) == (content, keyboard):
        raise DeclinedError(_NOT_MODIFIED)
    service.limits.spend(message.chat, time.monotonic())
    message.content, message.keyboard = content, keyboard
    message.edited = service.world.clock()
    return message.json()
