"""Words of people to people around a plan: greetings, remarks, lines for all lifts. None of them names a lift."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_SMALL_TEXT = (
    "a about after all always an and any are as at be been before between both but by can could do does don't each every"
    " first for from get go going got had has have here how i i'd i'll i'm i've if in into is isn't it it's just keep last"
    " let like make me more my no not now of off on once one only or other our out over per same she should slow so some"
    " still take than that the their them then there these they this those till time times to too try until up use used"
    " very want was we week weeks were what when where which while who will with without would you your"
    " als am auf aus bei bin das dem den der die ein eine für habe hab ich im ist mal man mein meine mit nach nicht noch"
    " oder und vom von vor wenn wie wir zu zum zur con de del el en es la las lo los mi mis muy para por que se un una y"
    " au aux avec c'est dans des du est et je le les ma mes mon ne nous pas plus pour sur vous"
)
_SMALL: Final = frozenset(_SMALL_TEXT.split())
"""Words of sentences, in the languages that plans are typed in."""

_GREETINGS_TEXT = (
    "hi hey hello hallo hola salut bonjour moin servus yo dear guys everyone folks coach thanks thank thx cheers please"
    " danke bitte gracias merci thoughts opinions feedback advice tia"
)
_GREETINGS: Final = frozenset(_GREETINGS_TEXT.split())
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LEAST_SMALL: Final = 2
"""A line without a lift and with so many small words is a sentence (own choice)."""

_FOR_ALL: Final = frozenset(
    {"all", "each", "every", "everything", "alle", "jede", "jeweils", "todo", "todos", "tous"}
)
_OF_ALL_TEXT = (
    "exercise exercises lift lifts movement movements set sets of for on in the between übung übungen bei zwischen den"
    " ejercicio ejercicios entre exercices x"
)
_OF_ALL: Final = _FOR_ALL | frozenset(_OF_ALL_TEXT.split())


def is_talk(text: str) -> bool:
    """Whether a line that names no lift is a sentence or a greeting rather than a name."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    small = sum(word in _SMALL for word in words)
    return bool(words) and (
        any(word in _GREETINGS for word in words) or text.rstrip().endswith("?") or small >= _LEAST_SMALL
    )


def says_how(words: Iterable[str]) -> bool:
    """Whether words behind the numbers of a lift are a remark about it: several, and small ones among them."""
    found = [word.lower() for word in words]
    return len(found) > 1 and any(word in _SMALL for word in found)


def is_for_all(words: Iterable[str]) -> bool | None:
    """Whether words beside numbers are about all lifts (`3x10 on everything`); None where they say nothing of that."""
    found = {word.lower() for word in words}
    if not found:
        return None
    return bool(found & _FOR_ALL) and found <= _OF_ALL
