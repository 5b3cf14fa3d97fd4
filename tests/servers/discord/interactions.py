"""A command called or a button pressed, and its life: three seconds to answer, fifteen minutes to follow up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import payloads
from .messages import Message
from .places import EVERYTHING, ORDINARY
from .refusals import JSON, Refusal, unknown

if TYPE_CHECKING:
    from .people import User
    from .places import Channel
    from .world import World

COMMAND, COMPONENT, AUTOCOMPLETE = 2, 3, 4
# Kinds of a first answer.
ANSWER, DEFERRED_ANSWER, DEFERRED_UPDATE, UPDATE, CHOICES = 4, 5, 6, 7, 8
_ALLOWED = {
    COMMAND: frozenset({ANSWER, DEFERRED_ANSWER}),
    COMPONENT: frozenset({ANSWER, DEFERRED_ANSWER, DEFERRED_UPDATE, UPDATE}),
    AUTOCOMPLETE: frozenset({CHOICES}),
}
_ACKNOWLEDGE_WITHIN = 3.0
_FOLLOW_UP_WITHIN = 15 * 60.0


@dataclass(eq=False)
class Interaction:
    """One call or press: `answer` is the kind of its first answer, `original` the message that answer made or changes.

    `choices` are the (name, value) pairs offered in answer to an autocompletion.
    """

    world: World
    id: int
    token: str
    kind: int
    user: User
    channel: Channel
    data: JSON
    at: float
    message: Message | None = None
    answer: int | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    choices: list[tuple[str, Any]] | None = None

    def __repr__(self) -> str:
        what = self.data.get("name") or self.data.get("custom_id")
        return f"<Interaction {what!r} of {self.user.name}, answer {self.answer}>"

    @property
    def acknowledged(self) -> bool:
        """Whether a first answer came in time."""
        return self.answer is not None

    @property
    def failed(self) -> bool:
        """Whether the person was shown that the application did not respond."""
        return self.answer is None and self._age() > _ACKNOWLEDGE_WITHIN

    @property
    def messages(self) -> list[Message]:
        """The messages it made that are still there and no longer wait for their text, oldest first."""
        made = [self.original] if self.original is not None and self.original.interaction is self else []
        return [message for message in made + self.followups if not message.deleted and not message.thinking]

    def must_take(self, answer: object) -> int:
        """The kind of a first answer, refused when it comes late, twice, or does not suit the interaction."""
        if self.failed or self._age() > _FOLLOW_UP_WITHIN:
            raise unknown("interaction")
        if self.acknowledged:
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        if answer not in _ALLOWED[self.kind] or not isinstance(answer, int):
            listed = ", ".join(map(str, sorted(_ALLOWED[self.kind])))
            fault = {"code": "BASE_TYPE_CHOICES", "message": f"Value must be one of {{{listed}}}."}
            raise Refusal(400, 50035, "Invalid Form Body", {"type": {"_errors": [fault]}})
        return answer

    def must_be_open(self) -> None:
        """Refuses a follow-up before the first answer or after a quarter of an hour."""
        if self._age() > _FOLLOW_UP_WITHIN:
            raise Refusal(401, 50027, "Invalid Webhook Token")
        if not self.acknowledged or self.kind == AUTOCOMPLETE:
            raise unknown("webhook")

    def find(self, name: str) -> Message:
        """The message `@original`, or that of an id which this interaction made."""
        if name == "@original":
            found = self.original
        else:
            made = [*self.followups, *([self.original] if self.original else [])]
            found = next((message for message in made if str(message.id) == name), None)
        if found is None or found.deleted:
            raise unknown("message")
        return found

    def metadata(self) -> JSON:
        """What a message that answers it tells about it."""
        data: JSON = {
            "id": str(self.id),
            "type": self.kind,
            "user": payloads.user(self.user),
            "authorizing_integration_owners": self._owners(),
        }
        if self.message is not None:
            data["interacted_message_id"] = str(self.message.id)
        return data

    def payload(self) -> JSON:
        """The interaction as the gateway tells it."""
        data: JSON = {
            "id": str(self.id),
            "application_id": str(self.world.bot.id),
            "type": self.kind,
            "data": self.data,
            "channel": payloads.channel(self.channel),
            "channel_id": str(self.channel.id),
            "token": self.token,
            "version": 1,
            "locale": self.user.locale,
            "entitlements": [],
            "authorizing_integration_owners": self._owners(),
            "context": 1 if self.channel.guild is None else 0,
            "app_permissions": str(ORDINARY & ~self.channel.denied),
            "attachment_size_limit": 10 * 1024 * 1024,
        }
        if self.message is not None:
            data["message"] = payloads.message(self.message)
        return data | self._who()

    def _who(self) -> JSON:
        home = self.channel.guild
        if home is None:
            return {"user": payloads.user(self.user)}
        rights = EVERYTHING if home.rights(self.user) == EVERYTHING else ORDINARY
        return {
            "member": {**payloads.member(self.user, home), "permissions": str(rights)},
            "guild_id": str(home.id),
            "guild": {"id": str(home.id), "locale": "en-US", "features": []},
            "guild_locale": "en-US",
        }

    def _owners(self) -> JSON:
        return {"0": str(self.channel.guild_id or 0)}

    def _age(self) -> float:
        return self.world.clock.seconds() - self.at
