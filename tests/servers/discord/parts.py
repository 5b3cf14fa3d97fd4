"""The published limits of embeds and components."""

from __future__ import annotations

from collections import Counter
from typing import Any

from .messages import BUTTON, LINK_STYLE, ROW
from .refusals import JSON, Form

Path = tuple[str | int, ...]

_EMBED_TEXTS = {"title": 256, "description": 4096}
_EMBED_FIELDS = frozenset(
    {
        "title",
        "type",
        "description",
        "url",
        "timestamp",
        "color",
        "footer",
        "image",
        "thumbnail",
        "author",
        "fields",
    }
    | {"video", "provider", "flags"}
)
_BUTTON_FIELDS = frozenset(
    {"type", "id", "style", "label", "emoji", "custom_id", "sku_id", "url", "disabled"}
)
_SELECT_FIELDS = frozenset(
    {
        "type",
        "id",
        "custom_id",
        "options",
        "placeholder",
        "min_values",
        "max_values",
        "disabled",
        "default_values",
    }
    | {"channel_types", "required"}
)
_SELECTS = frozenset({3, 5, 6, 7, 8})
_STYLES = frozenset(range(1, 7))


def check_embeds(form: Form, embeds: object, ignored: list[str]) -> None:
    """At most 10 embeds, 25 fields each, and 6000 characters over all of them."""
    if not isinstance(embeds, list):
        form.wrong(("embeds",), "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        return
    if len(embeds) > 10:
        form.wrong(("embeds",), "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
    total = sum(_embed(form, ("embeds", place), embed, ignored) for place, embed in enumerate(embeds))
    if total > 6000:
        form.wrong(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of 6000")


def _embed(form: Form, path: Path, embed: JSON, ignored: list[str]) -> int:
    ignored += [f"embeds.{name}" for name in embed.keys() - _EMBED_FIELDS]
    texts: list[tuple[Path, object, int]] = [
        ((*path, name), embed[name], limit)
        for name, limit in _EMBED_TEXTS.items()
        if embed.get(name) is not None
    ]
    for name, inner, limit in (("footer", "text", 2048), ("author", "name", 256)):
        if embed.get(name):
            texts.append(((*path, name, inner), embed[name].get(inner), limit))
    fields = embed.get("fields") or []
    if len(fields) > 25:
        form.wrong((*path, "fields"), "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    for place, part in enumerate(fields):
        texts.append(((*path, "fields", place, "name"), part.get("name"), 256))
        texts.append(((*path, "fields", place, "value"), part.get("value"), 1024))
    for where, value, limit in texts:
        form.text(where, value, 1, limit)
    return sum(len(value) for _, value, _ in texts if isinstance(value, str))


def check_components(form: Form, components: object, ignored: list[str]) -> None:
    """At most 5 rows, each of 5 buttons or one select; a custom id only once in a message."""
    if not isinstance(components, list):
        form.wrong(("components",), "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        return
    if len(components) > 5:
        form.wrong(("components",), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    names: Counter[str] = Counter()
    for place, row in enumerate(components):
        _row(form, ("components", place), row, names, ignored)


def _row(form: Form, path: Path, row: JSON, names: Counter[str], ignored: list[str]) -> None:
    if row.get("type") != ROW:
        form.wrong((*path, "type"), "UNION_TYPE_CHOICES", f'Value of field "type" must be one of ({ROW},).')
        return
    inside: list[JSON] = row.get("components") or []
    if not 1 <= len(inside) <= 5:
        form.wrong((*path, "components"), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    if len(inside) > 1 and any(part.get("type") in _SELECTS for part in inside):
        form.wrong(
            path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width"
        )
    for place, part in enumerate(inside):
        _part(form, (*path, "components", place), part, names, ignored)


def _part(form: Form, path: Path, part: JSON, names: Counter[str], ignored: list[str]) -> None:
    kind = part.get("type")
    if kind == BUTTON:
        ignored += [f"components.{name}" for name in part.keys() - _BUTTON_FIELDS]
        _button(form, path, part, names)
    elif kind in _SELECTS:
        ignored += [f"components.{name}" for name in part.keys() - _SELECT_FIELDS]
        _named(form, path, part, names)
        _options(form, path, part)
    else:
        form.choice((*path, "type"), kind, frozenset({BUTTON, *_SELECTS}))


def _button(form: Form, path: Path, button: JSON, names: Counter[str]) -> None:
    form.choice((*path, "style"), button.get("style"), _STYLES)
    if button.get("label") is not None:
        form.text((*path, "label"), button["label"], 0, 80)
    if not button.get("label") and not button.get("emoji"):
        form.wrong(path, "BUTTON_COMPONENT_MISSING_LABEL_OR_EMOJI", "A button must have a label or an emoji")
    if button.get("style") != LINK_STYLE:
        _named(form, path, button, names)
        if button.get("url"):
            form.wrong(
                path, "BUTTON_COMPONENT_CUSTOM_ID_AND_URL", "A custom id and url cannot both be specified"
            )
    elif button.get("custom_id"):
        form.wrong(path, "BUTTON_COMPONENT_CUSTOM_ID_AND_URL", "A custom id and url cannot both be specified")
    else:
        form.text((*path, "url"), button.get("url"), 1, 512)


def _named(form: Form, path: Path, part: JSON, names: Counter[str]) -> None:
    name: Any = part.get("custom_id")
    form.text((*path, "custom_id"), name, 1, 100)
    names[name] += 1
    if names[name] > 1:
        form.wrong(
            (*path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
        )


def _options(form: Form, path: Path, select: JSON) -> None:
    if select.get("placeholder") is not None:
        form.text((*path, "placeholder"), select["placeholder"], 0, 150)
    if select["type"] != 3:
        return
    options: list[JSON] = select.get("options") or []
    if not 1 <= len(options) <= 25:
        form.wrong((*path, "options"), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.")
    for place, option in enumerate(options):
        for name in ("label", "value"):
            form.text((*path, "options", place, name), option.get(name), 1, 100)
