"""The bot's slash commands: the tables for everywhere and for single guilds, and what a person's call makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from . import payloads
from .command_form import BOOLEAN, CHAT, GROUP, INTEGER, NUMBER, PERSON, STRING, SUBCOMMAND, check_commands
from .people import User
from .places import ADMIN
from .refusals import JSON, Refusal, unknown

if TYPE_CHECKING:
    from .places import Channel
    from .world import World

_MOST = {1: 100, 2: 15, 3: 15}
_VALUES: dict[int, tuple[type, ...]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    NUMBER: (int, float),
}


class CommandTable:
    """What is registered; `synced` counts how often a whole table was put."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._tables: dict[int | None, list[JSON]] = {}
        self.synced = 0

    def table(self, guild_id: int | None) -> list[JSON]:
        """The commands of a guild, or the global ones."""
        return self._tables.get(guild_id, [])

    def names(self, guild_id: int | None = None) -> list[str]:
        """The registered names, in order."""
        return [command["name"] for command in self.table(guild_id)]

    def put(self, commands: object, guild_id: int | None) -> list[JSON]:
        """Replaces a table after checking it."""
        checked = check_commands(commands, self._world.ignored)
        self._must_fit(checked)
        before = {(old["type"], old["name"]): old for old in self.table(guild_id)}
        self._tables[guild_id] = [self._registered(new, guild_id, before) for new in checked]
        self.synced += 1
        return self.table(guild_id)

    def add(self, command: object, guild_id: int | None) -> JSON:
        """Adds one command, in the place of one of that kind and name."""
        (checked,) = check_commands([command], self._world.ignored)
        key = (checked.get("type") or CHAT, checked["name"])
        kept = [old for old in self.table(guild_id) if (old["type"], old["name"]) != key]
        self._must_fit([*kept, checked])
        before = {(old["type"], old["name"]): old for old in self.table(guild_id)}
        self._tables[guild_id] = [*kept, self._registered(checked, guild_id, before)]
        return self._tables[guild_id][-1]

    def remove(self, command_id: int, guild_id: int | None) -> None:
        """Takes one away."""
        kept = [old for old in self.table(guild_id) if old["id"] != str(command_id)]
        if len(kept) == len(self.table(guild_id)):
            raise unknown("command")
        self._tables[guild_id] = kept

    def offered(self, person: User, place: Channel) -> list[JSON]:
        """The slash commands in that person's menu at that place."""
        local = self.table(place.guild_id) if place.guild else []
        taken = {command["name"] for command in local}
        everywhere = [command for command in self.table(None) if command["name"] not in taken]
        return [c for c in local + everywhere if c["type"] == CHAT and _offers(c, person, place)]

    def call(
        self, person: User, place: Channel, line: str, values: Mapping[str, Any], typing: str = ""
    ) -> JSON:
        """The data of the interaction when a person calls `line`; LookupError or ValueError where the app forbids it.

        `typing` names the option that is still being typed, for autocompletion.
        """
        name, *steps = line.removeprefix("/").split()
        for command in self.offered(person, place):
            if command["name"] == name:
                data: JSON = {"id": command["id"], "name": name, "type": CHAT}
                if "guild_id" in command:
                    data["guild_id"] = command["guild_id"]
                return {**data, **_filled(command, steps, values, typing, place)}
        raise LookupError(f"no command /{name} offered to {person.name} in {place!r}")

    def _must_fit(self, commands: list[JSON]) -> None:
        for kind, most in _MOST.items():
            if sum((command.get("type") or CHAT) == kind for command in commands) > most:
                raise Refusal(400, 30032, f"Maximum number of application commands reached ({most})")

    def _registered(
        self, command: JSON, guild_id: int | None, before: Mapping[tuple[int, str], JSON]
    ) -> JSON:
        kind = command.get("type") or CHAT
        old = before.get((kind, command["name"]))
        own: JSON = {"guild_id": str(guild_id)} if guild_id is not None else {}
        defaults: JSON = {"description": "", "default_member_permissions": None, "nsfw": False, "options": []}
        rights = command.get("default_member_permissions")
        return {
            **defaults,
            "contexts": None,
            "integration_types": [0],
            **command,
            **own,
            "type": kind,
            "id": old["id"] if old else str(self._world.clock.new_id()),
            "application_id": str(self._world.bot.id),
            "version": str(self._world.clock.new_id()),
            "default_member_permissions": None if rights is None else str(rights),
        }


def _offers(command: JSON, person: User, place: Channel) -> bool:
    """Whether its context and the member's rights let the command appear."""
    context = 1 if place.guild is None else 0
    contexts = command.get("contexts")
    if contexts is not None and context not in contexts:
        return False
    if place.guild is None:
        return command.get("dm_permission") is not False
    needed = command["default_member_permissions"]
    rights = place.guild.rights(person)
    return needed is None or bool(rights & ADMIN) or (needed != "0" and rights & int(needed) == int(needed))


def _filled(command: JSON, steps: list[str], values: Mapping[str, Any], typing: str, place: Channel) -> JSON:
    """Options and resolved people of a call, going down through sub-commands first."""
    nested = [option for option in command.get("options") or [] if option["type"] in (SUBCOMMAND, GROUP)]
    if nested:
        (chosen,) = [option for option in nested if steps and option["name"] == steps[0]] or [None]
        if chosen is None:
            raise LookupError(f"/{command['name']} needs one of {[option['name'] for option in nested]}")
        inner = _filled(chosen, steps[1:], values, typing, place)
        part = {"type": chosen["type"], "name": chosen["name"], "options": inner.pop("options")}
        return {**inner, "options": [part]}
    if steps:
        raise LookupError(f"/{command['name']} has no sub-command {steps[0]!r}")
    return _values(command, values, typing, place)


def _values(command: JSON, values: Mapping[str, Any], typing: str, place: Channel) -> JSON:
    options = {option["name"]: option for option in command.get("options") or []}
    if extra := values.keys() - options.keys():
        raise LookupError(f"{command['name']} has no option {sorted(extra)}, only {sorted(options)}")
    for name, option in options.items():
        if option.get("required") and name not in values and not typing:
            raise ValueError(f"{command['name']} needs the option {name!r}")
    filled = [_value(options[name], value, focused=name == typing) for name, value in values.items()]
    people = {value for value in values.values() if isinstance(value, User)}
    return {"options": filled, **({"resolved": _resolved(people, place)} if people else {})}


def _value(option: JSON, value: Any, *, focused: bool) -> JSON:
    data: JSON = {"name": option["name"], "type": option["type"], "value": value}
    if focused:
        # What is half typed is sent as text, whatever the option's type.
        return {**data, "value": str(value), "focused": True}
    if option["type"] == PERSON:
        return {**data, "value": str(value.id)}
    allowed = _VALUES.get(option["type"], (object,))
    if not isinstance(value, allowed) or (
        isinstance(value, bool) and bool not in allowed and object not in allowed
    ):
        raise ValueError(f"the option {option['name']!r} does not take {value!r}")
    choices = option.get("choices") or []
    if choices and value not in [choice["value"] for choice in choices]:
        raise ValueError(f"{value!r} is not among the choices of {option['name']!r}")
    _must_be_within(option, value)
    return data


def _must_be_within(option: JSON, value: Any) -> None:
    size = len(value) if isinstance(value, str) else value
    kind = "length" if isinstance(value, str) else "value"
    low, high = option.get(f"min_{kind}"), option.get(f"max_{kind}")
    if (low is not None and size < low) or (high is not None and size > high):
        raise ValueError(f"{value!r} is outside what {option['name']!r} takes")


def _resolved(people: set[User], place: Channel) -> JSON:
    data: JSON = {"users": {str(person.id): payloads.user(person) for person in people}}
    if place.guild is not None:
        home = place.guild
        rights = {person.id: {"permissions": str(home.rights(person))} for person in people}
        data["members"] = {
            str(person.id): {**payloads.member(person, home, with_user=False), **rights[person.id]}
            for person in people
            if person in home.members
        }
    return data
