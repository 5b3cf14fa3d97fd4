"""Commands in plain words: short messages that clearly ask for what a command does (`undo`, `whats my ohp max?`)."""

from __future__ import annotations

import re

from bot.commands import Called
from core.exercises import Catalogue, fold

MOST_CHARACTERS = 60
"""A longer message is talk, whatever words are in it (own choice)."""

_ALONE = {
    "undo": (
        "undo", "undo that", "undo it", "undo this", "undo last", "undo last set", "undo the last set", "undo the last one", "undo please",
        "please undo", "delete that", "delete it", "delete this", "delete last", "delete last set", "delete the last set",
        "delete the last one", "delete that set", "delete that one", "remove that", "remove it", "remove last set", "remove the last set",
        "remove that set", "cancel that", "scratch that", "take that back", "take it back",
        "ruckgangig", "losch das", "deshacer", "deshaz", "borra eso", "desfazer", "apaga isso", "annuler", "annule", "supprime ca",
        "annulla", "cancella", "отмена", "отмени", "отменить", "удали это", "撤销", "撤回", "删掉",
    ),
    "today": (
        "next", "whats next", "what is next", "what next", "what now", "now what", "next set", "next exercise", "whats my next set",
        "what should i do", "what should i do next", "what should i do now", "what should i do today", "what do i do next",
        "what do i do now", "what do i do today", "what should i lift", "what should i lift today", "what should i train today",
        "what should i train", "what am i doing today", "whats the plan", "whats the plan today", "whats for today", "whats on today",
        "what did i do today", "today",
    ),
    "help": ("help", "help me", "commands", "hilfe", "ayuda", "ajuda", "aide", "aiuto", "помощь", "帮助", "how does this work", "how do i use this"),
    "history": ("history", "my history", "my log", "show my log", "show log", "what did i do last time", "last workout", "last session"),
    "why": ("why", "why that", "why so", "but why"),
}  # fmt: skip
"""Messages that are a command as a whole, without their marks and apostrophes."""
_MEANS = {phrase: command for command, phrases in _ALONE.items() for phrase in phrases}

_APOSTROPHES, _AT_THE_END = re.compile(r"['’`]"), re.compile(r"[?.! ]+$")
_SIGN, _DIGIT = re.compile(r"[^\w .,]"), re.compile(r"\d")
"""A sign among the words makes them no plain question."""

_OF_A_LIFT = (
    (
        "max",
        r"(?:(?:whats|what is|show|tell me|how much is) )?my (?P<lift>.+?) (?:max|1rm|one rep max|pr|best)",
    ),
    ("max", r"(?:whats|what is|show|tell me) (?:the )?(?P<lift>.+?) (?:max|1rm|one rep max)"),
    ("max", r"(?P<lift>.+?) (?:max|1rm)"),
    (
        "last",
        r"(?:whats|what is|what should i do|what do i do) (?:my )?(?:next )?(?:on|for|with|at) (?P<lift>.+)",
    ),
    ("last", r"(?:whats|what is) next (?:on|for) (?P<lift>.+)"),
    ("last", r"(?:how much|what) should i (?:lift (?:on|for) )?(?P<lift>.+?)(?: today| next)?"),
    ("last", r"what did i (?:do|lift) (?:last time )?(?:on|for|in) (?P<lift>.+?)(?: last time)?"),
    ("last", r"(?:my )?last (?P<lift>.+?)(?: session| sets?)?"),
    ("last", r"next (?P<lift>.+?)(?: set)?"),
    ("last", r"(?P<lift>.+?) (?:next|next set|last time)"),
    ("why", r"why (?P<lift>.+)"),
    ("history", r"(?:my )?(?P<lift>.+?) history"),
    ("history", r"history (?:of )?(?P<lift>.+)"),
    ("max", r"max (?P<lift>.+)"),
    ("last", r"(?P<lift>.+)"),
)
"""Questions about a lift. The lift must be one that is known by just that name, so that talk stays talk."""

_WITH_NUMBER = re.compile(
    r"(?P<name>plates|bodyweight) (?P<rest>\d{1,4}(?:[.,]\d{1,3})? ?(?:kg|lbs?)?)|(?:use )?(?P<unit>unit) (?P<which>kg|lbs?)"
)


def meant(text: str, names: Catalogue) -> Called | None:
    """The command that a message is in other words; None where it is a set or talk."""
    if len(text) > MOST_CHARACTERS or "\n" in text.strip():
        return None
    said = _AT_THE_END.sub("", _APOSTROPHES.sub("", text.strip())).lower()
    if _SIGN.search(said):
        return None
    command = _MEANS.get(said) or _MEANS.get(fold(said))
    if command is not None:
        return Called(command, None, "")
    numbered = _WITH_NUMBER.fullmatch(said)
    if numbered is not None:
        return Called(numbered["name"] or "unit", None, numbered["rest"] or numbered["which"])
    return None if _DIGIT.search(said) and "1rm" not in said else _about_lift(said, names)


def _about_lift(said: str, names: Catalogue) -> Called | None:
    for command, pattern in _OF_A_LIFT:
        found = re.fullmatch(pattern, said)
        if found is not None and _is_lift(found["lift"], names):
            return Called(command, None, found["lift"])
    return None


def _is_lift(name: str, names: Catalogue) -> bool:
    return bool(names.exact(name)) and name not in _ALSO_TALK


_ALSO_TALK = {
    "good morning",
    "good mornings",
    "goodmorning",
    "gm",
    "clean",
    "jerk",
    "superman",
    "sissy",
    "swing",
    "step up",
    "chin",
    "butterfly",
    "arnold",
    "larsen",
    "scott",
}
"""Names of lifts that are everyday words, greetings and people: alone they ask for nothing."""
