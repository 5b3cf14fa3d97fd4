"""What may stand in `reply_markup`."""

from __future__ import annotations

from typing import Any

from tests.servers.telegram.refusals import Json, RefusedError, ours

_INLINE = "inline_keyboard"
_ACTIONS = frozenset({
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
})  # fmt: skip
_LOOKS = frozenset({"text", "style", "icon_custom_emoji_id"})
_REQUESTS = frozenset(
    {"request_users", "request_chat", "request_contact", "request_location", "request_poll", "web_app"}
)
_SHAPES = {
    "keyboard": {
        "is_persistent",
        "resize_keyboard",
        "one_time_keyboard",
        "input_field_placeholder",
        "selective",
    },
    "remove_keyboard": {"selective"},
    "force_reply": {"input_field_placeholder", "selective"},
    _INLINE: set[str](),
}
_MOST_BUTTONS = 100
_MOST_IN_A_ROW = 12  # the service keeps no more
_MOST_DATA = 64  # bytes
_MOST_PLACEHOLDER = 64  # characters


def read_keyboard(markup: Any, *, only_inline: bool = False) -> Json | None:
    """The inline keyboard that a message shows from now on, or None where there is none.

    Raises `RefusedError` for what is not one of the four published shapes. Keyboards below the text field are checked and
    not kept.
    """
    if markup is None:
        return None
    kind = _kind(markup)
    if kind == _INLINE:
        rows = _rows(markup, _INLINE, "InlineKeyboardMarkup")
        _check_inline(rows)
        return {_INLINE: rows} if any(rows) else None
    if only_inline:
        raise RefusedError("inline keyboard expected")
    if kind == "keyboard":
        for row in _rows(markup, "keyboard", "ReplyKeyboardMarkup"):
            for button in row:
                _check_plain_button(button)
    return None


def _kind(markup: Any) -> str:
    if not isinstance(markup, dict):
        raise RefusedError("object expected as reply markup")
    kinds = [kind for kind in _SHAPES if kind in markup]
    if len(kinds) != 1:
        raise ours(f"reply_markup is none of the published kinds: {sorted(markup)}")
    unknown = set(markup) - _SHAPES[kinds[0]] - {kinds[0]}
    if unknown:
        raise ours(f"reply_markup has no field {sorted(unknown)}")
    if len(markup.get("input_field_placeholder", "")) > _MOST_PLACEHOLDER:
        raise ours("input_field_placeholder is too long")
    return kinds[0]


def _rows(markup: Json, name: str, type_name: str) -> list[list[Any]]:
    rows = markup[name]
    if not isinstance(rows, list):
        raise RefusedError(f'field "{name}" of the {type_name} must be an Array')
    if not all(isinstance(row, list) for row in rows):
        raise RefusedError(f'field "{name}" of the {type_name} must be an Array of Arrays')
    return rows


def _check_inline(rows: list[list[Any]]) -> None:
    if any(len(row) > _MOST_IN_A_ROW for row in rows):
        raise ours("too many buttons in a row")
    if sum(len(row) for row in rows) > _MOST_BUTTONS:
        raise RefusedError("reply markup is too long")
    for row in rows:
        for button in row:
            _check_button(button)


def _check_button(button: Any) -> None:
    if not isinstance(button, dict):
        raise _unreadable("InlineKeyboardButton must be an Object")
    unknown = set(button) - _ACTIONS - _LOOKS
    if unknown:
        raise ours(f"InlineKeyboardButton has no field {sorted(unknown)}")
    if not isinstance(button.get("text"), str) or not button["text"]:
        raise _unreadable('Field "text" must be a non-empty String')
    actions = _ACTIONS & set(button)
    if not actions:
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise ours("InlineKeyboardButton does more than one thing")
    _check_data(button.get("callback_data"))


def _check_data(data: Any) -> None:
    if data is None:
        return
    if not isinstance(data, str):
        raise _unreadable('Field "callback_data" must be of type String')
    if not 1 <= len(data.encode()) <= _MOST_DATA:
        raise RefusedError("BUTTON_DATA_INVALID")


def _check_plain_button(button: Any) -> None:
    if isinstance(button, str):
        return
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise RefusedError("can't parse keyboard button: KeyboardButton must be a String or an Object")
    unknown = set(button) - _REQUESTS - _LOOKS
    if unknown:
        raise ours(f"KeyboardButton has no field {sorted(unknown)}")


def _unreadable(why: str) -> RefusedError:
    return RefusedError(f"can't parse inline keyboard button: {why}")
