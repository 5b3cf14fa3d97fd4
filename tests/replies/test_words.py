"""What sentences must and must not say."""

from __future__ import annotations

import pytest

from bot.replies.care import pain_free
from bot.replies.lines import example
from bot.replies.reasons import agreed, sentence
from core.loads import Gear, PlateCount, plates
from core.model import Reason, Target, Unit

BLOCKS = [
    ("too_heavy", 3, "too heavy to measure by"),
    ("challenge", 4, "a Challenge load"),
    ("build_upper", 8, "a heavy Build load"),
    ("build_middle", 12, "a middling Build load"),
    ("build_lower", 16, "a light Build load"),
    ("too_light", 22, "10% more"),
]


@pytest.mark.parametrize(("word", "reps", "says"), BLOCKS)
def test_an_amrap_is_named_as_the_blocks_name_it_and_promises_no_reps(
    word: str, reps: int, says: str
) -> None:
    said = sentence(Reason("amrap", {"reps": reps, "word": word}))
    assert says in said and said.startswith(f"{reps} reps all out")
    assert "estimate" not in said and "-" not in said


def test_more_reps_where_the_step_is_too_big_promise_no_load() -> None:
    big = Reason("step_too_big", {"step_percent": 33, "step_load": 12, "low": 10})
    up = Reason("reps_up", {"reps": 13, "from_reps": 12, "top": 15})
    assert sentence(agreed([big, up])[1]) == "One more rep than last time."
    assert "then more load" in sentence(agreed([up])[0])


@pytest.mark.parametrize("code", ["pain_return", "pain_watch"])
def test_what_comes_back_after_pain_must_be_free_of_it(code: str) -> None:
    reason = Reason(code, {"level": 7, "percent": 20, "sessions_left": 2})
    target = Target("squat", "session", 80, "kg", 8, None, 8, (reason,))
    assert "only if it no longer" in sentence(reason)
    assert "no longer hurts" in pain_free(target)
    assert pain_free(Target("squat", "session", 80, "kg", 8, None, 8)) == ""


@pytest.mark.parametrize("unit", ["kg", "lb"])
@pytest.mark.parametrize("kind", ["load", "plates", "max"])
def test_loads_of_examples_can_be_put_on_a_bar(kind: str, unit: Unit) -> None:
    assert isinstance(plates(float(example(kind, unit)), unit, Gear()), PlateCount)
