"""The published rules for slash commands, and the refusals when one is broken."""

from __future__ import annotations

import unicodedata
from typing import Any

from .refusals import JSON, Form

Path = tuple[str | int, ...]

CHAT, USER, MESSAGE = 1, 2, 3
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, PERSON, NUMBER = 1, 2, 3, 4, 5, 6, 10
_OPTION_KINDS = frozenset(range(1, 12))
_WITH_CHOICES = frozenset({STRING, INTEGER, NUMBER})
_LOCALE_CODES = (
    "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN "
    "ja zh-TW ko"
)
_LOCALES = frozenset(_LOCALE_CODES.split())
_COMMAND_FIELDS = frozenset(
    {
        "id",
        "type",
        "name",
        "name_localizations",
        "description",
        "description_localizations",
        "options",
        "nsfw",
    }
    | {"default_member_permissions", "dm_permission", "default_permission", "integration_types", "contexts"}
    | {"handler", "application_id", "guild_id", "version"}
)
_OPTION_FIELDS = frozenset(
    {"type", "name", "name_localizations", "description", "description_localizations", "required", "choices"}
    | {"options", "channel_types", "min_value", "max_value", "min_length", "max_length", "autocomplete"}
)


def check_commands(commands: object, ignored: list[str]) -> list[JSON]:
    """The list itself, when every command in it would be accepted."""
    form = Form()
    if not isinstance(commands, list):
        form.wrong(("_root",), "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        form.done()
        raise AssertionError("unreachable")
    seen: set[tuple[int, str]] = set()
    for place, command in enumerate(commands):
        _command(form, (place,), command, ignored)
        key = (command.get("type") or CHAT, command.get("name"))
        if key in seen:
            text = "Application command names must be unique"
            form.wrong((place,), "APPLICATION_COMMANDS_DUPLICATE_NAME", text)
        seen.add(key)
    form.done()
    return commands


def _command(form: Form, path: Path, command: JSON, ignored: list[str]) -> None:
    ignored += [f"commands.{name}" for name in sorted(command.keys() - _COMMAND_FIELDS)]
    kind = command.get("type") or CHAT
    form.choice((*path, "type"), kind, frozenset({CHAT, USER, MESSAGE}))
    if kind == CHAT:
        _names(form, path, command)
        _options(form, path, command.get("options") or [], ignored, frozenset({SUBCOMMAND, GROUP}))
    else:
        form.text((*path, "name"), command.get("name"), 1, 32)
        if command.get("description"):
            text = "Context menu commands cannot have description"
            form.wrong((*path, "description"), "APPLICATION_COMMAND_DESCRIPTION_INVALID", text)
    if _size(command) > 8000:
        text = "Command exceeds maximum size (8000)"
        form.wrong(path, "APPLICATION_COMMAND_TOO_LARGE", text)
    for name, allowed in (("integration_types", {0, 1}), ("contexts", {0, 1, 2})):
        for place, value in enumerate(command.get(name) or []):
            form.choice((*path, name, place), value, frozenset(allowed))


def _names(form: Form, path: Path, entry: JSON) -> None:
    _name(form, (*path, "name"), entry.get("name"))
    form.text((*path, "description"), entry.get("description"), 1, 100)
    for locale, name in (entry.get("name_localizations") or {}).items():
        form.choice((*path, "name_localizations", locale), locale, _LOCALES)
        _name(form, (*path, "name_localizations", locale), name)
    for locale, text in (entry.get("description_localizations") or {}).items():
        form.choice((*path, "description_localizations", locale), locale, _LOCALES)
        form.text((*path, "description_localizations", locale), text, 1, 100)


def _name(form: Form, path: Path, name: object) -> None:
    form.text(path, name, 1, 32)
    if not isinstance(name, str) or not name or len(name) > 32:
        return
    if name != name.lower() or not all(_allowed(letter) for letter in name):
        form.wrong(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _allowed(letter: str) -> bool:
    """Letters and numbers of every script, hyphen, apostrophe and underscore; Devanagari and Thai vowel signs too."""
    if letter in "-_'" or unicodedata.category(letter)[0] in "LN":
        return True
    return unicodedata.category(letter)[0] == "M" and (
        "\u0900" <= letter <= "\u097f" or "\u0e00" <= letter <= "\u0e7f"
    )


def _options(form: Form, path: Path, options: list[JSON], ignored: list[str], nests: frozenset[int]) -> None:
    where = (*path, "options")
    if len(options) > 25:
        form.wrong(where, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    if len({option.get("name") for option in options}) < len(options):
        form.wrong(where, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option names must be unique")
    nested = [option.get("type") in (SUBCOMMAND, GROUP) for option in options]
    if any(nested) and not all(nested):
        text = "Sub-command and sub-command group option types are mutually exclusive to all other types"
        form.wrong(where, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", text)
    demanded = [bool(option.get("required")) for option in options]
    if demanded != sorted(demanded, reverse=True):
        text = "Required options must be placed before non-required options"
        form.wrong(where, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", text)
    for place, option in enumerate(options):
        _option(form, (*where, place), option, ignored, nests)


def _option(form: Form, path: Path, option: JSON, ignored: list[str], nests: frozenset[int]) -> None:
    ignored += [f"commands.options.{name}" for name in sorted(option.keys() - _OPTION_FIELDS)]
    kind = option.get("type")
    form.choice((*path, "type"), kind, _OPTION_KINDS)
    _names(form, path, option)
    _choices(form, path, option)
    if kind in (SUBCOMMAND, GROUP):
        if kind not in nests:
            form.wrong(
                path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "This option type cannot be nested here"
            )
        inner = frozenset({SUBCOMMAND}) if kind == GROUP else frozenset[int]()
        _options(form, path, option.get("options") or [], ignored, inner)
    for name in ("min_value", "max_value"):
        if option.get(name) is not None and kind not in (INTEGER, NUMBER):
            form.wrong(
                (*path, name), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", f"{name} needs a number option"
            )


def _choices(form: Form, path: Path, option: JSON) -> None:
    choices: list[JSON] = option.get("choices") or []
    if option.get("autocomplete"):
        if choices or option.get("type") not in _WITH_CHOICES:
            text = "Autocomplete needs a text or number option without choices"
            form.wrong((*path, "autocomplete"), "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", text)
        return
    check_choices(form, (*path, "choices"), choices, option.get("type"))


def check_choices(form: Form, path: Path, choices: list[JSON], kind: Any) -> None:
    """At most 25 choices, names of 1 to 100 characters, values of the option's type."""
    if len(choices) > 25:
        form.wrong(path, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    for place, choice in enumerate(choices):
        form.text((*path, place, "name"), choice.get("name"), 1, 100)
        value = choice.get("value")
        if kind == STRING:
            form.text((*path, place, "value"), value, 1, 100)
        elif isinstance(value, bool) or not isinstance(value, int if kind == INTEGER else (int, float)):
            form.wrong((*path, place, "value"), "NUMBER_TYPE_COERCE", f'Value "{value}" is not a number.')


def _size(entry: JSON) -> int:
    own = len(entry.get("name") or "") + len(entry.get("description") or "")
    choices = sum(
        len(str(c.get("name", ""))) + len(str(c.get("value", ""))) for c in entry.get("choices") or []
    )
    return own + choices + sum(_size(option) for option in entry.get("options") or [])
