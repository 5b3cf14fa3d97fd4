"""A plan that does not say when: on which days is asked, and the text is kept until that is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from core.coach import asking
from core.coach.choosing import chosen
from core.coach.turn import Turn
from core.exercises import Catalogue
from core.facts import Asked
from core.program.grammar import read_plan
from core.program.grammar_days import elements
from core.program.grammar_problems import PlanProblem
from core.program.values import Plan
from core.store.questions import Question

ON_DAYS: Final = "plan_on_days"

_FEW: Final = (
    asking.packed("Monday Wednesday Friday", (), word="days_mwf"),
    asking.packed("Monday Thursday", (), word="days_mt"),
    asking.packed("Monday Tuesday Thursday Friday", (), word="days_mttf"),
    asking.packed("3 days a week", (), word="days_any", number=3),
)
_MANY: Final = (
    asking.packed("Monday Wednesday Friday, alternating", (), word="days_mwf"),
    asking.packed("Monday Tuesday Thursday Friday, alternating", (), word="days_mttf"),
    asking.packed("4 days a week, alternating", (), word="days_any", number=4),
)
"""The lines that answers put on top of the text: usual weeks, for sessions that fit into one and for more (own choice)."""

_LONGEST_ANSWER: Final = 100
_OF_DAYS: Final = frozenset(
    {"days", "a_week", "days_range_unclear", "a_week_not_one", "every_other_day", "time_range"}
)


def lacks_days(problems: Sequence[PlanProblem]) -> bool:
    """Whether nothing is wrong with a text but that it does not say when."""
    return [one.code for one in problems] == ["days_missing"]


async def ask(turn: Turn, text: str, problems: Sequence[PlanProblem]) -> Asked:
    """The question on which days."""
    sessions = int(str(problems[0].facts["sessions"]))
    choices = _FEW if sessions <= MOST_OF_A_WEEK else _MANY
    return await asking.put(turn, ON_DAYS, "", choices, plan=text)


MOST_OF_A_WEEK: Final = 7
"""Sessions that fit into a week, one a day."""


def with_days(question: Question, answer: str, names: Catalogue) -> str | None:
    """The text with its days, chosen by number or typed (`Tue Fri 18:00`); None where the answer says nothing of
    days."""
    text = str(question.payload["plan"])
    place = chosen(answer, question.choices)
    if place is not None:
        return f"{_line_of(question.choices[place])}\n{text}"
    if len(answer) > _LONGEST_ANSWER or "\n" in answer.strip():
        return None
    kinds = {one.kind for one in elements(answer, {})}
    if not kinds & _OF_DAYS or "unknown" in kinds:
        return None
    with_them = [f"{answer.strip()}\n{text}", f"{answer.strip()}, alternating\n{text}"]
    return next((one for one in with_them if isinstance(read_plan(one, names), Plan)), with_them[0])


def _line_of(choice: dict[str, Any]) -> str:
    return str(choice["label"])
