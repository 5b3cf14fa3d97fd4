"""The terminal as a chat platform: `prompt` is the conversation at a keyboard, `pipe` the transcript in a pipe.

Its chats are a person's own, called as the person, and groups, called `@` and their name. Message ids are numbers, as
people can type them; a message without one gets the next that is free in its chat.
"""

from bot.console.adapter import Answer, Console, Dispatcher

__all__ = ["Answer", "Console", "Dispatcher"]
