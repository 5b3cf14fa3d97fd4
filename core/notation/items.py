"""Tokens → items: names of lifts, words of known classes, and numbers with what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache

from core.exercises import Catalogue, everyday_names
from core.notation.lexer import Token
from core.notation.words import words

NameKey = tuple[str, ...]

LEADING = "leading"
"""The label of a mark that is of the set behind it."""

MISSED = "missed"
"""The label of a mark that says of the set before it that a rep was missed, and not which one."""


@dataclass(slots=True)  # many a line, and a frozen one takes four times as long to make
class Item:
    """A piece of a line with a meaning: `kind` is num, word, sign, name, date, tempo or mark. Nobody changes one.

    `classes` are a word's; `ids` a name's exercises (several: the name is ambiguous); `label` what a number was said
    to be (kg, lb, reps, sets, seconds, meters, s for the letter, percent); `sign` its glued plus or minus.
    """

    kind: str
    text: str
    start: int
    end: int
    glued: bool = False
    value: float = 0.0
    classes: frozenset[str] = frozenset()
    ids: tuple[str, ...] = ()
    label: str | None = None
    sign: str = ""
    fields: dict[str, object] = field(default_factory=dict)
    spelled: bool = False

    def has(self, *names: str) -> bool:
        """Whether the word belongs to one of these classes."""
        return not self.classes.isdisjoint(names)


_KEYWORD_LETTERS = {("x",), ("s",), ("r",), ("l",), ("f",), ("w",), ("p",), ("m",), ("n",), ("e",), ("a",)}
_ENDS_NO_NAME = {"bw", "slow", "form"}
_NO_CLASSES: frozenset[str] = frozenset()


def items(tokens: list[Token], catalogue: Catalogue) -> list[Item]:
    """The items of a line: the longest name or phrase wins, a name before a phrase of the same length."""
    found: list[Item] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.kind == "word":
            item, used = _longest(tokens, i, catalogue)
            found.append(item)
            i += used
        else:
            found.append(Item(token.kind, token.text, token.start, token.end, token.glued, token.value))
            i += 1
    return found


def _run(tokens: list[Token], start: int, most: int) -> list[tuple[NameKey, int]]:
    """The word sequences that begin at `start`: their folded words and how many tokens each takes."""
    runs: list[tuple[NameKey, int]] = []
    key: NameKey = ()
    i = start
    while i < len(tokens) and len(key) <= most:
        token = tokens[i]
        if token.kind == "word":
            key += token.folded
            runs.append((key, i + 1 - start))
        elif not _joins(tokens, i):
            break
        i += 1
    return runs


def _joins(tokens: list[Token], i: int) -> bool:
    """A hyphen, dot, slash or ampersand inside a phrase: `push-up`, `c&j`, `w/`, `squat (barbell)`."""
    token = tokens[i]
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None:
        return False
    if token.text in "-.'/":
        return token.glued and after.glued and after.kind == "word"
    return token.text == "(" or (token.text == "&" and after.kind == "word")


def _longest(tokens: list[Token], i: int, catalogue: Catalogue) -> tuple[Item, int]:
    table = words()
    longest = max(table.longest, _longest_everyday())  # words of a phrase; a longer run can only be a name
    runs = _run(tokens, i, max(catalogue.max_words, table.longest))
    for key, used in reversed(runs):
        ids = () if key in _KEYWORD_LETTERS or key[-1] in _ENDS_NO_NAME else catalogue.exact_words(key)
        said = len(key) <= longest
        if said and not ids and (everyday := catalogue.everyday(key)) and _can_be_named(tokens, i, used):
            ids = everyday
        if ids and not (len(key) == 1 and key in table.classes and len(ids) > 1):
            return _item(tokens, i, used, "name", ids=ids), used
        if not said:
            continue
        number = table.numbers.get(key)
        if number is not None:
            return _item(tokens, i, used, "num", value=float(number), spelled=True), used
        rep_word = table.rep_words.get(key)
        if rep_word is not None:
            return _item(tokens, i, used, "num", value=float(rep_word), label="reps", spelled=True), used
        classes = table.classes.get(key, _NO_CLASSES)
        if used == 1:
            classes = table.spelt.get(tokens[i].text.lower(), classes)
        if classes:
            return _item(tokens, i, used, "word", classes=classes), used
    return _item(tokens, i, 1, "word"), 1


@cache
def _longest_everyday() -> int:
    """The words of the longest everyday name of a lift."""
    return max(name.count(" ") + 1 for name in everyday_names())


_BEFORE_NAMES = {
    "filler",
    "then",
    "and",
    "at",
    "of",
    "for",
    "warmup",
    "today",
    "yesterday",
    "superset",
    "sets",
    "reps",
}
"""Classes of words that may stand in front of a lift that is called by an everyday word."""


def _can_be_named(tokens: list[Token], i: int, used: int) -> bool:
    """Whether an everyday word (dead, bank, calves) is a lift: in front of a number, where a lift may begin."""
    behind = [token for token in tokens[i + used : i + used + 6] if token.text != ":"]
    numbers = [token for token in behind if token.kind == "num"]
    if len(numbers) < 2 or behind[0].kind != "num" or behind[1].text == "/":
        return False
    before = tokens[i - 1] if i else None
    if used == 1 and tokens[i].folded in words().classes and not tokens[i].text.isupper():
        return False  # Italian "di" is "of", French "DI" a lift
    if before is None or before.kind in ("sign", "date"):
        return True
    leading = _BEFORE_NAMES if tokens[i].folded not in words().classes else {"then", "and"}
    return not leading.isdisjoint(words().classes.get(before.folded, ()))


def _item(
    tokens: list[Token],
    i: int,
    used: int,
    kind: str,
    *,
    value: float = 0.0,
    classes: frozenset[str] = _NO_CLASSES,
    ids: tuple[str, ...] = (),
    label: str | None = None,
    spelled: bool = False,
) -> Item:
    first = tokens[i]
    text, end = first.text, first.end
    if used > 1:
        text = " ".join(token.text for token in tokens[i : i + used] if token.kind == "word")
        end = tokens[i + used - 1].end
    return Item(kind, text, first.start, end, first.glued, value, classes, ids, label, spelled=spelled)


def spelled_numbers(found: list[Item]) -> list[Item]:
    """Join number words that stand side by side: hundred twenty, сто двадцать."""
    joined: list[Item] = []
    for item in found:
        last = joined[-1] if joined else None
        if item.spelled and item.label is None and last is not None and last.spelled and last.label is None:
            value = last.value * 100 if item.value == 100 and last.value < 10 else last.value + item.value
            if (item.value == 100 and last.value < 10) or item.value < last.value:
                joined[-1] = replace(last, value=value, end=item.end, text=f"{last.text} {item.text}")
                continue
        joined.append(item)
    return joined


def traits(found: list[Item]) -> set[str]:
    """The kinds of a line's items, the classes of its words and their texts in lower case.

    What needs one that is not there finds nothing on the line, and is spared looking at every place of it.
    """
    there: set[str] = set()
    for item in found:
        there.add(item.kind)
        if item.kind != "num":
            there.add(item.text.lower())
            there |= item.classes
    return there


def item_at(found: list[Item], i: int) -> Item | None:
    """The item at a place, None outside of the line."""
    return found[i] if 0 <= i < len(found) else None
