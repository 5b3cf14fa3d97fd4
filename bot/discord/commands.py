"""Slash commands, made from the one table of commands, and what a call of one would have been as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.commands import COMMANDS, Command
from bot.replies.lines import example
from bot.speech import gettext as _
from core.exercises import catalogue
from core.names import fold

JSON = dict[str, Any]

HERE, LOG = "here", "log"
ON, OFF = "on", "off"
MOST_OFFERS, LONGEST_DESCRIPTION = 25, 100
_CHAT_INPUT, _TEXT, _IN_SERVERS = 1, 3, 0
_LIFTS = frozenset({"squat", "curl", "front-squat"})
"""The lifts that stand for any in the table's examples."""


@dataclass(frozen=True, slots=True)
class Option:
    """A word or more behind a command: one of a few `choices`, or free, with `words` and lifts to offer."""

    name: str
    description: str
    required: bool
    choices: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    lifts: bool = False

    @property
    def offers(self) -> bool:
        """Whether something is offered while it is typed."""
        return self.lifts or bool(self.words)

    def form(self) -> JSON:
        """As Discord wants it."""
        form: JSON = {"type": _TEXT, "name": self.name, "description": self.description}
        if self.required:
            form["required"] = True
        if self.choices:
            form["choices"] = [{"name": one, "value": one} for one in self.choices]
        elif self.offers:
            form["autocomplete"] = True
        return form


@dataclass(frozen=True, slots=True)
class Slash:
    """A command of the menu. `private`: its answer is for whoever called it alone."""

    name: str
    description: str
    options: tuple[Option, ...]
    private: bool = False
    only_in_servers: bool = False

    def form(self) -> JSON:
        """As Discord wants it."""
        form: JSON = {
            "type": _CHAT_INPUT,
            "name": self.name,
            "description": self.description[:LONGEST_DESCRIPTION],
            "options": [option.form() for option in self.options],
        }
        return {**form, "contexts": [_IN_SERVERS]} if self.only_in_servers else form


@cache
def table() -> Mapping[str, Slash]:
    """Every slash command by its name: the table's, one to log with where nothing else is read, and `/here`."""
    own = [Slash(one.name, one.help, tuple(_options(one)), one.private) for one in COMMANDS]
    own.append(
        Slash(LOG, _("log a set"), (Option("set", _("for example: squat 100x8 @9"), True, lifts=True),))
    )
    switch = Option("switch", _("on unless you say off"), False, (ON, OFF))
    own.append(
        Slash(HERE, _("sets in this channel are for me, from now on"), (switch,), only_in_servers=True)
    )
    return {one.name: one for one in own}


def _options(command: Command) -> Iterator[Option]:
    """The options that the table's `arguments` describe: `squat {max}`, `kg|lb`, `[days | squat]`."""
    arguments = command.arguments
    shown = re.sub(r"\{(\w+)\}", lambda found: example(found.group(1), "kg"), arguments)
    optional = arguments.startswith("[")
    shown = shown[1:-1] if optional else shown
    description = _("for example: {words}").format(words=shown)[:LONGEST_DESCRIPTION]
    if not optional:
        for place, word in enumerate(arguments.split()):
            choices = tuple(word.split("|")) if "|" in word else ()
            lift = "lift" if place == 0 else "instead"
            name = command.name if choices else lift if word in _LIFTS else word.strip("{}")
            yield Option(name, description, True, choices, lifts=word in _LIFTS)
        return
    ways = [way.strip() for way in arguments[1:-1].split("|")]
    words = [way for way in ways if re.fullmatch(r"[a-z]+", way)]
    if words == ["command"]:
        yield Option("command", description, False, tuple(one.name for one in COMMANDS)[:MOST_OFFERS])
    else:
        lifts = not _LIFTS.isdisjoint(words)
        offered = tuple(word for word in words if word not in _LIFTS) if lifts else ()
        yield Option("lift" if lifts else ways[0], description, False, words=offered, lifts=lifts)


def values_of(data: Mapping[str, Any]) -> dict[str, str]:
    """What was filled in, by the names of the options."""
    return {str(one["name"]): str(one.get("value", "")) for one in data.get("options") or ()}


def text_of(slash: Slash, values: Mapping[str, str]) -> str:
    """The command as it would have been typed, whatever the order in which its options were filled in."""
    words = [values[option.name] for option in slash.options if values.get(option.name)]
    return " ".join([f"/{slash.name}", *words])


def offers(slash: Slash, data: Mapping[str, Any]) -> list[str]:
    """What fits that which is being typed: what begins like it first, then what has it anywhere."""
    focused = next((one for one in data.get("options") or () if one.get("focused")), None)
    option = next((one for one in slash.options if focused is not None and one.name == focused["name"]), None)
    if focused is None or option is None:
        return []
    typed = fold(str(focused.get("value", "")))
    known = [*((word, word) for word in option.words), *(_lifts() if option.lifts else ())]
    begin = [name for folded, name in known if folded.startswith(typed)]
    hold = [name for folded, name in known if typed in folded and not folded.startswith(typed)]
    return [*begin, *hold][:MOST_OFFERS]


@cache
def _lifts() -> tuple[tuple[str, str], ...]:
    """Names of lifts, folded and as they are; short ones first, as those are the plain ones."""
    names = sorted((lift.name for lift in catalogue()), key=lambda name: (len(name), name))
    return tuple((fold(name), name) for name in names)


def forms() -> list[JSON]:
    """All commands as Discord wants them."""
    return [one.form() for one in table().values()]


def differ(registered: Iterable[Mapping[str, Any]]) -> bool:
    """Whether what is registered is not what we have: registering anew is asked for seldom."""
    return sorted(map(_essence, registered)) != sorted(map(_essence, forms()))


def _essence(form: Mapping[str, Any]) -> str:
    """What we say of a command, without what the service adds to it."""
    options = [
        (
            one["name"],
            one["type"],
            one["description"],
            bool(one.get("required")),
            bool(one.get("autocomplete")),
            [choice["value"] for choice in one.get("choices") or ()],
        )
        for one in form.get("options") or ()
    ]
    place = form.get("contexts") == [_IN_SERVERS]
    return repr((form["name"], form.get("description"), place, options))
