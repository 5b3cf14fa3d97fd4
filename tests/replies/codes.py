"""The codes that the source can say: string constants, followed back from the values that carry them.

Nothing is run. A code that arrives by a way not understood here is an error, so that none goes unseen.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Place:
    """An argument of a call: the name of what is called, its position, its keyword; `file` where only that one calls it."""

    called: str
    position: int
    keyword: str
    file: str | None = None


SAME = frozenset({"ask", "code", "reason", "label", "word"})
"""Attributes and keys that hand on a code which another value has carried already."""

ATTRIBUTES = {"remark": Place("Parsed", 4, "remark"), "what": Place("record", 1, "what")}
"""Attributes in a formatted code, and where their values are made."""


@dataclass(frozen=True)
class Source:
    """Files, and every function in them with the file it stands in."""

    trees: tuple[tuple[str, ast.Module], ...]

    def codes(self, place: Place) -> dict[str, str]:
        """The codes that arrive at a place, each with where it is written."""
        found: dict[str, str] = {}
        self._arriving(place, found, set())
        return found

    def _arriving(self, place: Place, found: dict[str, str], seen: set[Place]) -> None:
        if place in seen:
            return
        seen.add(place)
        for file, within, call in self._calls(place.called):
            if place.file not in (None, file):
                continue
            given = _argument(call, place)
            if given is not None:
                for text in self._values(given, file, within, seen, found):
                    found.setdefault(text, f"{file}:{call.lineno}")

    def _calls(self, name: str) -> Iterator[tuple[str, Function | None, ast.Call]]:
        yield from self._named_calls.get(name, ())

    @cached_property
    def _named_calls(self) -> dict[str, list[tuple[str, Function | None, ast.Call]]]:
        """Every call by the name of what is called."""
        found: dict[str, list[tuple[str, Function | None, ast.Call]]] = defaultdict(list)
        for file, tree in self.trees:
            for within, node in _walk(tree, None):
                if isinstance(node, ast.Call) and (name := _name(node.func)) is not None:
                    found[name].append((file, within, node))
        return found

    @cached_property
    def _returns(self) -> dict[tuple[str, str], list[ast.expr]]:
        """What functions return, by file and name."""
        found: dict[tuple[str, str], list[ast.expr]] = defaultdict(list)
        for file, tree in self.trees:
            for within, node in _walk(tree, None):
                if within is not None and isinstance(node, ast.Return) and node.value is not None:
                    found[file, within.name].append(node.value)
        return found

    def _values(
        self, node: ast.expr, file: str, within: Function | None, seen: set[Place], found: dict[str, str]
    ) -> list[str]:
        def deeper(inner: ast.expr) -> list[str]:
            return self._values(inner, file, within, seen, found)

        match node:
            case ast.Constant(value=str(text)):
                return [text]
            case ast.Constant(value=None):
                return []
            case ast.IfExp(body=body, orelse=other):
                return deeper(body) + deeper(other)
            case ast.BoolOp(values=values):
                return [text for value in values for text in deeper(value)]
            case ast.JoinedStr(values=values):
                return self._formatted(values, file, within)
            case ast.Attribute(attr=attr) if attr in SAME or attr in ATTRIBUTES:
                return []
            case ast.Subscript(slice=ast.Constant(value=str(key))) if key in SAME:
                return []
            case ast.Call(func=ast.Name(id="next")):
                return []
            case ast.Call(func=ast.Name(id=called)):
                return [text for made in self._returned(file, called) for text in deeper(made)]
            case ast.Name(id=name) if within is not None:
                return self._named(name, node, file, within, seen, found)
        raise AssertionError(f"{file}:{node.lineno}: a code that cannot be followed: {ast.unparse(node)}")

    def _named(
        self, name: str, node: ast.expr, file: str, within: Function, seen: set[Place], found: dict[str, str]
    ) -> list[str]:
        """A local name: what is assigned to it, or what callers pass for it."""
        arguments = [argument.arg for argument in (*within.args.args, *within.args.kwonlyargs)]
        if name in arguments:
            position = arguments.index(name) - (arguments[0] == "self")
            private = file if within.name.startswith("_") else None
            self._arriving(Place(within.name, position, name, private), found, seen)
        assigned = [
            value
            for inner in ast.walk(within)
            for target, value in _assigned(inner)
            if isinstance(target, ast.Name) and target.id == name
        ]
        if not assigned and name not in arguments:
            raise AssertionError(f"{file}:{node.lineno}: a code that cannot be followed: {name}")
        return [text for value in assigned for text in self._values(value, file, within, seen, found)]

    def _returned(self, file: str, name: str) -> list[ast.expr]:
        return self._returns.get((file, name), [])

    def _formatted(self, values: list[ast.expr], file: str, within: Function | None) -> list[str]:
        texts = [""]
        for part in values:
            if isinstance(part, ast.Constant):
                texts = [text + str(part.value) for text in texts]
                continue
            assert isinstance(part, ast.FormattedValue)
            fills: dict[str, str] = {}
            if isinstance(part.value, ast.Attribute):
                fills = self.codes(ATTRIBUTES[part.value.attr])
            else:
                fills = dict.fromkeys(self._values(part.value, file, within, set(), fills), "") | fills
            texts = [text + fill for text in texts for fill in fills if fill]
        return texts


def _walk(node: ast.AST, within: Function | None) -> Iterator[tuple[Function | None, ast.AST]]:
    """Every node with the function that it stands in."""
    for child in ast.iter_child_nodes(node):
        yield within, child
        yield from _walk(child, child if isinstance(child, Function) else within)


def _assigned(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Targets and values of an assignment, a tuple taken apart."""
    if isinstance(node, ast.NamedExpr) or (isinstance(node, ast.AnnAssign) and node.value is not None):
        assert node.value is not None
        yield node.target, node.value
    if not isinstance(node, ast.Assign):
        return
    for target in node.targets:
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            yield from zip(target.elts, node.value.elts, strict=True)
        else:
            yield target, node.value


def _name(called: ast.expr) -> str | None:
    match called:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return None


def _argument(call: ast.Call, place: Place) -> ast.expr | None:
    for keyword in call.keywords:
        if keyword.arg == place.keyword:
            return keyword.value
    return call.args[place.position] if place.position < len(call.args) else None


@cache
def source(*folders: str) -> Source:
    """The source below some folders."""
    files = sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    assert files
    return Source(tuple((str(file.relative_to(ROOT)), ast.parse(file.read_text("utf-8"))) for file in files))


def keys_with_words(file: str) -> set[str]:
    """The strings that a file has cases and dictionary keys for."""
    (tree,) = [tree for name, tree in source(str(Path(file).parent)).trees if name == file]
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            found |= {key.value for key in node.keys if isinstance(key, ast.Constant)}
        if isinstance(node, ast.MatchValue) and isinstance(node.value, ast.Constant):
            found.add(node.value.value)
    return {key for key in found if isinstance(key, str)}
