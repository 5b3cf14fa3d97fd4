"""The lifts of a session as planned, and which of them stand together."""

from __future__ import annotations

from core.program.grammar_lifts import Item
from core.program.grammar_problems import Problems
from core.program.grammar_text import joined_notes
from core.program.values import PlannedLift


def planned(items: list[Item], problems: Problems) -> tuple[PlannedLift, ...]:
    """The lifts of a session, supersets numbered in their order."""
    groups = _supersets(items, problems)
    return tuple(
        PlannedLift(
            item.exercise.id if item.exercise is not None else "",
            sets=item.said.sets,
            reps=item.said.reps,
            rpe=item.said.rpe,
            rest_s=item.said.rest_s,
            anchor=item.anchor,
            superset=group,
            style=item.said.style,
            note=joined_notes(item.notes),
            seconds=item.said.seconds,
        )
        for item, group in zip(items, groups, strict=True)
    )


def _supersets(items: list[Item], problems: Problems) -> list[int | None]:
    """The number of each lift's superset: lifts that are joined, or share a letter and stand side by side."""
    runs: list[list[int]] = []
    for k, item in enumerate(items):
        alike = k > 0 and item.label is not None and item.label == items[k - 1].label
        if k > 0 and (item.joined or alike):
            runs[-1].append(k)
        else:
            runs.append([k])
            apart = [one for one in items[:k] if item.label is not None and one.label == item.label]
            if apart:
                problems.add("superset_apart", item.text, item.line, item.start, other=apart[0].text)
    groups: list[int | None] = [None] * len(items)
    for number, run in enumerate((run for run in runs if len(run) > 1), start=1):
        for k in run:
            groups[k] = number
    return groups
