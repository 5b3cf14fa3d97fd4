"""The parts of the Discord door by themselves: text that stays text, and work in its order."""

from __future__ import annotations

import asyncio

import pytest

from bot.discord.lanes import Lanes
from bot.discord.markdown import LONGEST, plain
from bot.names import shown

TEXTS = [
    ("Squat 100 kg × 8 @9 ✓ next: 97.5 × 8 @8", None),
    ("3 < 4 – a|b ~5 kg, 1) Barbell row\n- one\n#1", None),
    ("**x** __y__ `z`", r"\*\*x\*\* \_\_y\_\_ \`z\`"),
    ("~~a~~ ||b||", r"\~\~a\~\~ \|\|b\|\|"),
    ("# big\n### bigger\n> said\n-# small", "\\# big\n\\### bigger\n\\> said\n\\-# small"),
    ("[here](https://e.org/a_b)", r"\[here](https://e.org/a_b)"),
    ("https://e.org/a_b*c", None),
    (
        "<@1> <@&2> <#3> <:e:4> <a:e:5> <t:6> </last:7>",
        r"\<@1> \<@&2> \<#3> \<:e:4> \<a:e:5> \<t:6> \</last:7>",
    ),
    ("@everyone @here @8", "@\u200beveryone @\u200bhere @8"),
    ("a\\*b", r"a\\\*b"),
    ("*" * LONGEST, "∗" * LONGEST),
]


@pytest.mark.parametrize(("text", "escaped"), TEXTS)
def test_text_is_shown_as_it_is_written(text: str, escaped: str | None) -> None:
    assert plain(text) == (text if escaped is None else escaped)


SHOWN = [
    ("Ann", "Ann"),
    ("  Ann \n of\t the   Gym ", "Ann of the Gym"),
    ("\u202ennA\u202c", "nnA"),
    ("A\u200bn\u2066n\u2069\ufeff\u200f", "Ann"),
    ("A\u2028n\x00n\x1b", "A nn"),
    ("Zoë 🏋️ Ω", "Zoë 🏋️ Ω"),
    ("\u200b\u3164 \u2800", "42"),
    ("", "42"),
    ("x" * 80, "x" * 64),
]


@pytest.mark.parametrize(("name", "said"), SHOWN)
def test_a_name_is_a_line_of_what_can_be_seen(name: str, said: str) -> None:
    assert shown(name, 42) == said


async def test_each_chat_in_its_order_and_chats_side_by_side() -> None:
    lanes, done, gate, end = Lanes(), list[str](), asyncio.Event(), asyncio.Event()

    async def job(name: str, waits: bool = False) -> None:
        if waits:
            await gate.wait()
        done.append(name)
        if name == "a2":
            end.set()

    lanes.hold()
    lanes.put("a", lambda: job("a1", waits=True))
    lanes.put("a", lambda: job("a2"))
    lanes.put("b", lambda: job("b1"))
    lanes.put_first("b", lambda: job("b0"))
    lanes.put("b", lambda: _set(gate))
    await asyncio.sleep(0)
    assert done == []
    lanes.release()
    await asyncio.wait_for(end.wait(), 5)
    assert done == ["b0", "b1", "a1", "a2"]
    assert not lanes.is_busy("b")
    await lanes.close()


async def _set(event: asyncio.Event) -> None:
    event.set()


async def test_a_job_that_breaks_holds_up_no_other() -> None:
    lanes, end = Lanes(), asyncio.Event()

    async def breaks() -> None:
        raise RuntimeError("a fault of ours")

    lanes.put("a", breaks)
    lanes.put("a", lambda: _set(end))
    await asyncio.wait_for(end.wait(), 5)
    await lanes.close()


async def test_no_more_is_read_while_too_much_waits() -> None:
    lanes = Lanes(most=3)
    lanes.hold()
    for _ in range(3):
        lanes.put("a", lambda: _set(asyncio.Event()))
    waiting = asyncio.create_task(lanes.room())
    await asyncio.sleep(0)
    assert not waiting.done()
    lanes.release()
    await asyncio.wait_for(waiting, 5)
    await lanes.close()
