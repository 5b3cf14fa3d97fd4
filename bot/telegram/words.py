"""What is said on Telegram alone."""

from __future__ import annotations

from bot.speech import gettext as _


def broke() -> str:
    """A message that we could not handle."""
    return _("Something broke on my side, and that message was not stored. Send it once more?")


def not_yours() -> str:
    """A press on a button that was for somebody else."""
    return _("That one is for somebody else.")


def privacy(username: str) -> str:
    """In a group that shows us only what is addressed to us: how whoever runs it can change that."""
    return _(
        "Hi! Telegram shows me only commands, replies to me and messages with @{name} here, and those work. To let me "
        "read every set, make me an admin, or switch privacy off in @BotFather (/setprivacy) and add me again."
    ).format(name=username)
