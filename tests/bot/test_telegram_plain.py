"""Updates that are nothing but words are read past the library, and mean what the library says that they mean."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, Update, User

from bot.telegram.inbound import inbound_of, plain_of

BOT, ME = Bot("1:a"), User(1, "Spotter", True, username="spotter_bot")
NOW = datetime(2026, 11, 20, tzinfo=UTC)
PERSON = {"id": 7, "is_bot": False, "first_name": "Ann"}
WORDS = {
    "message_id": 12,
    "date": 1_790_000_000,
    "chat": {"id": 7, "type": "private"},
    "from": PERSON,
    "text": "squat 100x8",
}
OTHER: dict[str, list[Any]] = {
    "message_id": [1, "5", None, 3.5],
    "date": [0, -5, 253_402_300_799, 253_402_300_800, 10**12, "x", None],
    "chat": [{"id": -100, "type": "supergroup", "title": "Gym"}, {"id": -4, "type": "group"}, {"type": "private"}, None],
    "from": [PERSON | {"is_bot": True}, PERSON | {"last_name": "Low", "language_code": "de"}, {"id": 7}, PERSON | {"first_name": "\u202eB b"}],
    "text": ["", "@spotter_bot squat 100x8", "hi @Spotter_Bot!", "/log@spotter_bot x", "a@b.c", "присед 100х5", 5, None],
    "entities": [[{"type": "mention", "offset": 0, "length": 3}]],
    "caption": ["bench 60x8"],
    "via_bot": [PERSON | {"is_bot": True}],
    "sender_chat": [{"id": -5, "type": "channel", "title": "News"}],
    "forward_origin": [{"type": "hidden_user", "date": 5, "sender_user_name": "Bea"}],
    "message_thread_id": [4],
    "reply_to_message": [{"message_id": 1, "date": 5, "chat": {"id": 7, "type": "private"}, "from": PERSON}],
    "edit_date": [6],
    "something_new": [1],
}  # fmt: skip

changes = st.dictionaries(st.sampled_from(sorted(OTHER)), st.integers(0, 9), max_size=3)
missing = st.sets(st.sampled_from(sorted(WORDS)), max_size=1)
kinds = st.sampled_from(["message"] * 4 + ["edited_message", "channel_post", "business_message"])


def update(changed: dict[str, int], without: set[str], kind: str) -> dict[str, Any]:
    """An update of a kind: words, with some things changed or added, and some left out."""
    other = {key: OTHER[key][number % len(OTHER[key])] for key, number in changed.items()}
    message = {key: value for key, value in (WORDS | other).items() if key not in without}
    return {"update_id": 5, kind: message}


@given(changes, missing, kinds)
def test_what_is_read_past_the_library_is_what_it_would_have_read(
    changed: dict[str, int], without: set[str], kind: str
) -> None:
    raw = update(changed, without, kind)
    plain = plain_of(raw, ME)
    if plain is not None:
        theirs = Update.de_json(raw, BOT)
        assert theirs is not None
        assert plain == inbound_of(theirs, ME, NOW)


def test_words_alone_are_read_past_it_and_nothing_else_is() -> None:
    assert plain_of(update({}, set(), "message"), ME) is not None
    assert plain_of(update({"chat": 0, "text": 1}, set(), "message"), ME) is not None
    for key in ("entities", "via_bot", "sender_chat", "forward_origin", "reply_to_message", "something_new"):
        assert plain_of(update({key: 0}, set(), "message"), ME) is None, key
    assert plain_of(update({}, set(), "edited_message"), ME) is None
    strange: list[Any] = [[], None, "x", 5, {}, {"update_id": 5, "message": None}]
    for broken in strange:
        assert plain_of(broken, ME) is None
