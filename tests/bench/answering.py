"""Answering a message: a new set on a log of 100,000 sets against one on an empty log, and statements per message."""

from __future__ import annotations

import gc
import random
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Final

from bot.dispatch import Dispatch, Outbound
from bot.memory import settle
from core.model import Inbound
from core.store import Store
from tests.bench.lines import Count, Line
from tests.bench.logs import EMPTY, PLATFORM, SHAPES, START, Shape, built, emptied

SETS: Final = (
    "squat 100x8 rpe9",
    "bench 80x8 @8",
    "deadlift 140x6 rpe8",
    "squat 100x8 rpe9",
    "bench 80x7 @9",
    "deadlift 140x5",
)
"""What is sent in one round: two sets on each of three lifts, turn about."""

ROUNDS: Final = 60
WARM_ROUNDS: Final = 3
GOAL: Final = 1.2
"""The most that an answer on a long log may take, as a multiple of one on an empty log (issue 2)."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the wall, and of the processor in all threads."""

    wall: float
    processor: float


@dataclass(slots=True)
class Chat:
    """A log, the coach over it, and what the messages took: a list for each place in the round."""

    shape: Shape
    store: Store
    coach: Dispatch
    keys: Iterator[int] = field(default_factory=count)
    spent: list[list[Spent]] = field(default_factory=lambda: [[] for _ in SETS])

    def message(self, text: str, at: datetime, lifter: int = 0, key: str | None = None) -> Inbound:
        """A message of one of the athletes in private."""
        name = f"lifter{lifter % self.shape.athletes}"
        return Inbound(PLATFORM, name, key or f"m{next(self.keys)}", name, name, text, at)

    async def say(self, inbound: Inbound, at: datetime) -> tuple[list[Outbound], Spent]:
        """Hand a message to the coach; the answer and what it took."""
        processor, wall = process_time(), perf_counter()
        answer = await self.coach.handle(inbound, now=at)
        return answer, Spent(perf_counter() - wall, process_time() - processor)


async def answering(folder: Path) -> list[Line | Count]:
    """The ratios for every sort of long log, then the statements that messages take."""
    async with AsyncExitStack() as stack:
        chats: list[Chat] = []
        for shape in SHAPES:
            store = await built(folder, shape)
            stack.push_async_callback(store.close)
            chats.append(Chat(shape, store, Dispatch(store)))
        await _measure(chats)
        empty = next(chat for chat in chats if chat.shape is EMPTY)
        lines: list[Line | Count] = []
        for chat in chats:
            if chat is not empty:
                lines += _compared(chat, empty)
        return [*lines, *await _statements(chats[1])]


async def _measure(chats: list[Chat]) -> None:
    """Rounds of messages to all of them, each message to one after the other in an order of chance."""
    order = random.Random(2)
    settle()  # as it is served
    for number in range(-WARM_ROUNDS, ROUNDS):
        at = START + timedelta(hours=number + WARM_ROUNDS)
        for place, text in enumerate(SETS):
            at += timedelta(minutes=2)
            for chat in order.sample(chats, len(chats)):
                answer, spent = await chat.say(chat.message(text, at, number), at)
                _check(answer, text)
                if number >= 0:
                    chat.spent[place].append(spent)
        for chat in chats:
            await emptied(chat.store)
    gc.unfreeze()


def _check(answer: list[Outbound], text: str) -> None:
    """A question or a silence would be measured as an answer otherwise."""
    if len(answer) != 1 or "✓" not in answer[0].body or "next" not in answer[0].body:
        raise RuntimeError(f"{text!r} was not answered with a target: {answer}")


def _compared(chat: Chat, empty: Chat) -> list[Line | Count]:
    name = f"new set, log of 100,000 ({chat.shape.name}) / empty log"
    return [
        Line(f"{name}, wall", _wall(chat) / _wall(empty), GOAL),
        Line(f"{name}, processor", _processor(chat) / _processor(empty), GOAL),
    ]


def _wall(chat: Chat) -> float:
    """A round made of the least time of each of its messages: whatever else runs here can only add to it."""
    return sum(min(one.wall for one in spent) for spent in chat.spent)


def _processor(chat: Chat) -> float:
    """A round made of the median of each of its messages."""
    return sum(median(one.processor for one in spent) for spent in chat.spent)


async def _statements(chat: Chat) -> list[Line | Count]:
    """How many statements a message takes, one after the other in one conversation."""
    talk = (
        ("a set", "squat 100x8 rpe9", ""),
        ("a set with a carried lift", "100x8 rpe9", ""),
        ("a bodyweight set", "pull-up +10kg x6 @8", ""),
        ("three sets on a line", "bench 3x5 80kg @8", ""),
        ("an edit", "squat 100x7 rpe9", "k0"),
        ("a correction", "actually 82.5", ""),
        ("an undo", "/undo", ""),
        ("talk", "see you tomorrow", ""),
        ("a command (/last squat)", "/last squat", ""),
        ("a command (/today)", "/today", ""),
    )
    lines: list[Line | Count] = []
    for number, (name, text, edited) in enumerate(talk):
        at = START + timedelta(days=30, minutes=number)
        made = chat.message(text, at, 0, edited or f"k{number}")
        inbound = Inbound(**{f: getattr(made, f) for f in made.__slots__} | {"edited": bool(edited)})
        before = chat.store.statements
        await chat.say(inbound, at)
        lines.append(Count(f"statements: {name}", chat.store.statements - before))
    return lines
