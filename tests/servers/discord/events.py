"""What the gateway tells, and which connections may hear it."""

from __future__ import annotations

from dataclasses import dataclass

from .refusals import JSON

# Intents, by their published bits.
GUILDS, MEMBERS, PRESENCES = 1 << 0, 1 << 1, 1 << 8
GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 9, 1 << 12, 1 << 15
KNOWN_INTENTS = (1 << 26) - 1


@dataclass(frozen=True)
class Event:
    """A dispatch: sent to the guild's shard (the first, without guild) when it asked for one of the `intents`.

    `intents` 0 means always. `blind` is what a connection without the message content intent gets instead.
    """

    name: str
    data: JSON
    guild_id: int | None = None
    intents: int = 0
    blind: JSON | None = None

    def wanted(self, intents: int, shard: tuple[int, int]) -> bool:
        """Whether a connection with these intents and this shard hears it."""
        number, count = shard
        if (0 if self.guild_id is None else (self.guild_id >> 22) % count) != number:
            return False
        return not self.intents or bool(self.intents & intents)

    def seen(self, intents: int) -> JSON:
        """The data as a connection with these intents gets it."""
        return self.data if self.blind is None or intents & MESSAGE_CONTENT else self.blind
