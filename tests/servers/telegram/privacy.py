"""Which messages a bot is shown."""

from __future__ import annotations

from tests.servers.telegram.world import Message, User

_SERVICE = frozenset({
    "new_chat_members", "left_chat_member", "new_chat_title", "group_chat_created", "migrate_to_chat_id",
    "migrate_from_chat_id", "pinned_message", "forum_topic_created", "forum_topic_closed", "forum_topic_edited",
})  # fmt: skip


def is_shown_to(bot: User, message: Message) -> bool:
    """Whether the service delivers a message to the bot.

    Private chats and channels: always, to a member. Groups: service messages always, what other bots say never; to an
    administrator, or with privacy mode off, everything else; otherwise commands, mentions and answers to the bot.
    """
    chat = message.chat
    if chat.kind == "private":
        return True
    if chat.status(bot) not in ("member", "administrator"):
        return False
    if chat.kind == "channel" or _SERVICE & set(message.content):
        return True
    if message.sender is not None and message.sender.is_bot and message.sender_chat is None:
        return False
    return chat.is_admin(bot) or not chat.privacy or _is_meant_for(bot, message)


def _is_meant_for(bot: User, message: Message) -> bool:
    answered = message.reply_to
    if answered is not None and answered.sender is bot:
        return True
    return any(_names(bot, kind, what, message) for kind, what in _marked(message))


def _marked(message: Message) -> list[tuple[str, str]]:
    """The kind and the words of each entity."""
    wide = message.text.encode("utf-16-le")
    return [
        (one["type"], wide[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le"))
        for one in message.entities
    ]


def _names(bot: User, kind: str, what: str, message: Message) -> bool:
    """A mention of the bot, a command to it, or one to nobody while no other bot has spoken last."""
    name = f"@{bot.username}".lower()
    if kind == "mention":
        return what.lower() == name
    if kind != "bot_command":
        return False
    if "@" in what:
        return what.lower().endswith(name)
    return message.chat.last_bot in (None, bot.id)
