"""Messages as the service holds them, and as a person sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from .refusals import JSON

if TYPE_CHECKING:
    from .interactions import Interaction
    from .people import User
    from .places import Channel

# Flags of a message.
EPHEMERAL = 1 << 6
LOADING = 1 << 7
# Kinds of a message.
PLAIN, REPLY, COMMAND_ANSWER = 0, 19, 20
# Kinds of a component.
ROW, BUTTON, STRING_SELECT = 1, 2, 3
LINK_STYLE = 5


@dataclass(frozen=True)
class Attachment:
    """A file that came with a message."""

    id: int
    name: str
    data: bytes
    description: str | None = None


@dataclass(frozen=True)
class Button:
    """A button as a message carries it."""

    label: str
    custom_id: str
    style: int
    disabled: bool
    raw: JSON = field(repr=False, compare=False)


@dataclass(eq=False)
class Message:
    """A message now, with what it said before; `owner` is set on one that only its owner sees."""

    id: int
    channel: Channel
    author: User
    content: str
    at: datetime
    kind: int = PLAIN
    reply_to: Message | None = None
    mentions: tuple[User, ...] = ()
    mentions_everyone: bool = False
    embeds: list[JSON] = field(default_factory=list)
    components: list[JSON] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    nonce: str | int | None = None
    interaction: Interaction | None = None
    owner: User | None = None
    edited: datetime | None = None
    deleted: bool = False
    earlier: list[str] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"<Message {self.id} by {self.author.name}: {self.content!r}>"

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return self.owner is not None

    @property
    def thinking(self) -> bool:
        """Whether it is the place of an answer that was deferred and has not come yet."""
        return bool(self.flags & LOADING)

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All its buttons, row by row."""
        return tuple(_button(part) for part in self.parts() if part.get("type") == BUTTON)

    def parts(self) -> Iterator[JSON]:
        """All components inside its rows."""
        for row in self.components:
            yield from row.get("components", [])

    def button(self, name: str) -> Button:
        """The button of that label or custom id; LookupError when there is none that can be pressed."""
        for button in self.buttons:
            if (
                name in (button.label, button.custom_id)
                and button.style != LINK_STYLE
                and not button.disabled
            ):
                return button
        raise LookupError(f"no button {name!r} to press on {self!r}, only {[b.label for b in self.buttons]}")

    def seen_by(self, person: User) -> bool:
        """Whether it stands in that person's chat window."""
        return not self.deleted and (self.owner is None or self.owner is person)


@dataclass(frozen=True)
class Shown:
    """One message in a person's chat window."""

    id: int
    author: str
    text: str
    buttons: tuple[str, ...]
    files: tuple[str, ...]
    embeds: tuple[str, ...]
    edited: bool
    ephemeral: bool
    thinking: bool
    reply_to: int | None


def shown(message: Message) -> Shown:
    """What the window shows of it."""
    return Shown(
        id=message.id,
        author=message.author.name,
        text=message.content,
        buttons=tuple(button.label for button in message.buttons),
        files=tuple(file.name for file in message.attachments),
        embeds=tuple(str(e.get("title") or e.get("description") or "") for e in message.embeds),
        edited=message.edited is not None,
        ephemeral=message.ephemeral,
        thinking=message.thinking,
        reply_to=None if message.reply_to is None else message.reply_to.id,
    )


def _button(raw: JSON) -> Button:
    emoji = (raw.get("emoji") or {}).get("name") or ""
    return Button(
        label=raw.get("label") or emoji,
        custom_id=raw.get("custom_id", ""),
        style=raw["style"],
        disabled=bool(raw.get("disabled")),
        raw=raw,
    )
