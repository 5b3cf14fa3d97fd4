"""Registering slash commands, everywhere or in one guild."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .account_routes import guild_of
from .refusals import JSON, unknown
from .rest import Call, Handler

if TYPE_CHECKING:
    from .world import World


def _where(world: World, call: Call) -> int | None:
    if call.args["app"] != str(world.bot.id):
        raise unknown("application")
    return guild_of(world, call).id if "guild" in call.args else None


def listed(world: World, call: Call) -> list[JSON]:
    """The registered commands."""
    return world.commands.table(_where(world, call))


def put(world: World, call: Call) -> list[JSON]:
    """Replaces them all."""
    return world.commands.put(call.body, _where(world, call))


def add(world: World, call: Call) -> JSON:
    """Adds one."""
    return world.commands.add(call.body or {}, _where(world, call))


def one(world: World, call: Call) -> JSON:
    """One of them."""
    for command in listed(world, call):
        if command["id"] == call.args["command"]:
            return command
    raise unknown("command")


def remove(world: World, call: Call) -> None:
    """Takes one away."""
    world.commands.remove(call.id("command"), _where(world, call))


def _both(suffix: str) -> list[str]:
    return [
        f"/applications/{{app}}/commands{suffix}",
        f"/applications/{{app}}/guilds/{{guild}}/commands{suffix}",
    ]


ROUTES: dict[str, Handler] = {
    **{f"GET {path}": listed for path in _both("")},
    **{f"PUT {path}": put for path in _both("")},
    **{f"POST {path}": add for path in _both("")},
    **{f"GET {path}": one for path in _both("/{command}")},
    **{f"DELETE {path}": remove for path in _both("/{command}")},
}
