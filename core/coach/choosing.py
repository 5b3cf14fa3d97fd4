"""Which of a question's choices an answer is: by its number, by a word, by the name of its lift."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from core.coach import asking
from core.coach.turn import Turn
from core.exercises import fold
from core.store.questions import Question

NUMBER = re.compile(r"(?:#|nr\.? ?)?(\d{1,2}) ?[.)]?$")
"""Of an answer whose blanks are one each: read against blanks of any length, patterns like this one take for ever."""
_AS_SHOWN = re.compile(r"(\d{1,2}) ?\) ?\D+")
"""A choice typed as it stands in the question, `2) Dumbbell row`; with numbers in it, it may be a set of a list."""
_YES = {
    "yes",
    "y",
    "yep",
    "yeah",
    "ja",
    "si",
    "sí",
    "oui",
    "sim",
    "da",
    "да",
    "是",
    "yes really",
    "yes, really",
}
_NO = {"no", "n", "nope", "nein", "non", "nao", "não", "нет", "不", "不是"}


_IN_WORDS = {
    "leave it out": "drop",
    "skip": "drop",
    "skip it": "drop",
    "none": "drop",
    "add it": "add",
    "add it as my own lift": "add",
    "no, leave it out": "no",
}


def one_line(text: str) -> str:
    """An answer with one blank between its words and none around them."""
    return " ".join(text.split())


def chosen(text: str, choices: Sequence[Any]) -> int | None:
    """The place of the answer among the choices, None where the text is none."""
    match = NUMBER.match(one_line(text)) or _AS_SHOWN.fullmatch(one_line(text))
    if match is not None:
        place = int(match.group(1))
        return place - 1 if 1 <= place <= len(choices) else None
    labels = [choice["label"] for choice in choices]
    word = text.strip().lower().rstrip(".!")
    if word in _YES and "yes" in labels:
        return labels.index("yes")
    if word in _NO and "no" in labels:
        return labels.index("no")
    word = _IN_WORDS.get(word, word)
    return labels.index(word) if word in labels else None


async def named_choice(turn: Turn, question: Question, text: str) -> dict[str, Any] | None:
    """The choice whose lift was typed by its name, or by what tells it apart; an unknown name may be any lift."""
    if question.code not in asking.NAMES or not question.choices or re.search(r"\d", text):
        return None
    names = await turn.names()
    resolved = names.resolve(text)
    if resolved.status in ("exact", "near"):
        known: list[dict[str, Any]] = [one for one in question.choices if one["label"] == resolved.ids[0]]
        if known:
            return known[0]
        if question.code == "unknown_exercise" and resolved.status == "exact":
            return {**question.choices[0], "label": resolved.ids[0]}
    said = set(fold(text).split())
    apart: list[dict[str, Any]] = [
        choice
        for choice in question.choices
        if (lift := names.get(choice["label"])) is not None and said and said <= set(fold(lift.name).split())
    ]
    return apart[0] if len(apart) == 1 else None
