"""Reading a message that the bot wants to send or change, with the published limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .messages import EPHEMERAL, Attachment, Message
from .parts import check_components, check_embeds
from .places import HISTORY
from .refusals import JSON, Form, Refusal, invalid

if TYPE_CHECKING:
    from .people import User
    from .places import Channel
    from .world import World

_SHARED = frozenset(
    {"content", "tts", "embeds", "allowed_mentions", "components", "attachments", "flags", "poll"}
)
SEND = _SHARED | {"nonce", "enforce_nonce", "message_reference", "sticker_ids"}
EDIT = _SHARED
# Name and picture of a webhook message are read, and without meaning for an interaction's.
ANSWER = _SHARED | {"username", "avatar_url", "thread_name", "applied_tags"}

_SUPPRESS_EMBEDS, _QUIET, _COMPONENTS_V2 = 1 << 2, 1 << 12, 1 << 15
_SETTABLE_FLAGS = _SUPPRESS_EMBEDS | _QUIET | EPHEMERAL
MENTION = re.compile(r"<@!?(\d+)>")
_LARGEST_FILE = 10 * 1024 * 1024
_NOT_COVERED = ("poll", "sticker_ids", "thread_name")


@dataclass(frozen=True)
class Upload:
    """A file of a multipart request."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Draft:
    """A message body that passed the checks; None is a field that was not sent."""

    content: str | None
    embeds: list[JSON] | None
    components: list[JSON] | None
    attachments: list[Attachment] | None
    flags: int | None
    allowed: JSON | None
    reply_to: Message | None = None

    @property
    def ephemeral(self) -> bool:
        """Whether it asks to be seen by one person only."""
        return bool((self.flags or 0) & EPHEMERAL)

    def mentions(self, world: World) -> tuple[User, ...]:
        """Whom the message rings: those named in its text and the author replied to, as far as it allows that."""
        named = [world.users[n] for n in map(int, MENTION.findall(self.content or "")) if n in world.users]
        if self.allowed is not None:
            chosen = {int(number) for number in self.allowed.get("users") or []}
            everyone = "users" in (self.allowed.get("parse") or [])
            named = [person for person in named if everyone or person.id in chosen]
        rings_back = self.allowed is None or self.allowed.get("replied_user")
        if self.reply_to is not None and rings_back:
            named.append(self.reply_to.author)
        return tuple(dict.fromkeys(named))

    def rings_all(self) -> bool:
        """Whether an @everyone or @here in the text is not held back."""
        allowed = self.allowed is None or "everyone" in (self.allowed.get("parse") or [])
        return allowed and bool(re.search("@(everyone|here)", self.content or ""))


def read(
    body: Any, files: dict[int, Upload], known: frozenset[str], place: Channel, old: Message | None
) -> Draft:
    """The checked body of a request to send a message to `place`, or to change `old`; refuses what Discord would."""
    if not isinstance(body, dict):
        raise Refusal(400, 50109, "The request body contains invalid JSON.")
    _note_unknown(place.world, body, known)
    form = Form()
    _check_texts(form, body)
    _check_parts(form, body, place.world)
    _check_mentions(form, body.get("allowed_mentions"))
    reply_to = _referenced(form, body.get("message_reference"), place)
    form.done()
    draft = Draft(
        content=_trimmed(body, old),
        embeds=body.get("embeds") if "embeds" in body or old else [],
        components=body.get("components") if "components" in body or old else [],
        attachments=_attachments(body, files, place, old),
        flags=body.get("flags"),
        allowed=body.get("allowed_mentions"),
        reply_to=reply_to,
    )
    _must_say_something(draft, old)
    return draft


def _note_unknown(world: World, body: JSON, known: frozenset[str]) -> None:
    world.ignored += sorted(body.keys() - known)
    for name in _NOT_COVERED:
        if body.get(name):
            raise Refusal(501, 0, f"This stand-in does not cover the field {name!r}")
    if (body.get("flags") or 0) & _COMPONENTS_V2:
        raise Refusal(501, 0, "This stand-in does not cover version 2 of components")


def _check_texts(form: Form, body: JSON) -> None:
    if body.get("content") is not None:
        form.text(("content",), body["content"], 0, 2000)
    nonce = body.get("nonce")
    if isinstance(nonce, str):
        form.length(("nonce",), nonce, 0, 25)
    elif nonce is not None and not isinstance(nonce, int):
        form.wrong(("nonce",), "BASE_TYPE_CHOICES", "Nonce must be an integer or a string")
    flags = body.get("flags") or 0
    if flags & ~_SETTABLE_FLAGS:
        form.wrong(("flags",), "FLAGS_INVALID", "These flags cannot be set on a message")


def _check_parts(form: Form, body: JSON, world: World) -> None:
    if body.get("embeds") is not None:
        check_embeds(form, body["embeds"], world.ignored)
    if body.get("components") is not None:
        check_components(form, body["components"], world.ignored)


def _check_mentions(form: Form, allowed: JSON | None) -> None:
    if allowed is None:
        return
    parse = allowed.get("parse") or []
    for place, kind in enumerate(parse):
        form.choice(("allowed_mentions", "parse", place), kind, frozenset({"users", "roles", "everyone"}))
    for kind in ("users", "roles"):
        chosen = allowed.get(kind) or []
        if len(chosen) > 100:
            form.wrong(("allowed_mentions", kind), "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.")
        if chosen and kind in parse:
            text = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            form.wrong(("allowed_mentions",), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", text)


def _referenced(form: Form, reference: JSON | None, place: Channel) -> Message | None:
    if reference is None:
        return None
    if not place.bot_may(HISTORY):
        raise Refusal(400, 160002, "Cannot reply without permission to read message history")
    found = place.messages.get(int(reference.get("message_id") or 0))
    if found is not None and found in place.public():
        return found
    if reference.get("fail_if_not_exists", True):
        form.wrong(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
    return None


def _trimmed(body: JSON, old: Message | None) -> str | None:
    if "content" not in body and old is not None:
        return None
    return (body.get("content") or "").strip()


def _attachments(
    body: JSON, files: dict[int, Upload], place: Channel, old: Message | None
) -> list[Attachment] | None:
    if len(files) > 10:
        raise Refusal(400, 30015, "Maximum number of attachments in a message reached (10)")
    if any(len(file.data) > _LARGEST_FILE for file in files.values()):
        raise Refusal(413, 40005, "Request entity too large")
    listed: list[JSON] | None = body.get("attachments")
    if listed is None:
        fresh = [Attachment(place.world.clock.new_id(), file.name, file.data) for file in files.values()]
        return (old.attachments + fresh if fresh else None) if old else fresh
    kept = {file.id: file for file in old.attachments} if old else {}
    return [_attachment(entry, files, kept, place) for entry in listed]


def _attachment(
    entry: JSON, files: dict[int, Upload], kept: dict[int, Attachment], place: Channel
) -> Attachment:
    number = int(entry.get("id", -1))
    if number in kept:
        return kept[number]
    if number not in files:
        raise invalid(("attachments",), "MESSAGE_ATTACHMENT_NOT_FOUND", "Attachment not found")
    name = entry.get("filename") or files[number].name
    return Attachment(place.world.clock.new_id(), name, files[number].data, entry.get("description"))


def _must_say_something(draft: Draft, old: Message | None) -> None:
    content = draft.content if draft.content is not None or old is None else old.content
    embeds = draft.embeds if draft.embeds is not None or old is None else old.embeds
    files = draft.attachments if draft.attachments is not None or old is None else old.attachments
    if not content and not embeds and not files:
        raise Refusal(400, 50006, "Cannot send an empty message")
