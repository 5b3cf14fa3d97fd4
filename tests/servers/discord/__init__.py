"""A Discord on loopback: REST v10 and the gateway, for tests with the unmodified client library over real sockets.

`DiscordServer` is the server and the hands of a test; see `server.py` for a first example.
"""

from .commands import CommandTable
from .faults import Faults, Trouble
from .gateway import Gateway
from .interactions import Interaction
from .messages import Attachment, Button, Message, Shown
from .people import User
from .places import Channel, Guild
from .pointing import pointed
from .refusals import Refusal, Refused
from .server import DiscordServer

__all__ = [
    "Attachment",
    "Button",
    "Channel",
    "CommandTable",
    "DiscordServer",
    "Faults",
    "Gateway",
    "Guild",
    "Interaction",
    "Message",
    "Refusal",
    "Refused",
    "Shown",
    "Trouble",
    "User",
    "pointed",
]
