"""What `/why` says of a rule or a way to train, and which of its numbers are our own choice."""

from __future__ import annotations

import re

import pytest

from bot.replies.reasons import sources
from bot.replies.told import told
from core.evidence import REASONS, TOPIC_OF, TOPICS
from core.facts import Told
from core.model import Reason
from core.sources import SOURCES

WITHOUT_OWN_NUMBERS = {"tempo", "order"}
"""Topics all of whose numbers are their sources'."""

NO_SOURCE = {"layoff", "easy", "timed", "plates", "warm_up", "care"}
"""Topics that are our own choice throughout."""

TOO_MUCH = re.compile(
    r"beyond failure|proven equal|guarantee|hormon|always better|best way|optimal", re.IGNORECASE
)
"""What no source says."""


def said(key: str) -> list[str]:
    return told(Told("why_topic", {"topic": key}), "kg")


def test_there_are_topics() -> None:
    assert len(TOPICS) > 25
    assert set(TOPICS) >= WITHOUT_OWN_NUMBERS | NO_SOURCE


@pytest.mark.parametrize("key", sorted(TOPICS))
def test_a_topic_is_short_and_claims_no_more_than_its_sources(key: str) -> None:
    lines = said(key)
    assert 2 <= len(lines) <= 5
    assert all(line and line.strip() == line and "{" not in line for line in lines)
    assert all(len(line) <= 130 for line in lines if not line.startswith(("From:", "Our own choice:")))
    assert not TOO_MUCH.search(" ".join(lines))


@pytest.mark.parametrize("key", sorted(TOPICS))
def test_a_topic_names_its_sources_with_their_doi_and_what_is_second_hand(key: str) -> None:
    (line,) = [line for line in said(key) if line.startswith("From:")] or [""]
    assert (line == "") is (key in NO_SOURCE)
    for one in (SOURCES[name] for name in TOPICS[key].sources):
        assert one.title.partition(":")[0] in line
        assert one.doi is None or f"doi {one.doi}{' (second-hand)' if one.second_hand else ''}" in line


OWN = """
max        ±5% 5 ±9% 10 ±15%
rating     1 0 2 0.5 0.25 10
caps       8.5 9 8
set        4% 0.5 6%
steps      5% 2.5% 6% 0.5
first      90% 95% 8 10% 5 5% 6.5 6
related    90%
layoff     8 5% 15 10% 29 15% 57
easy       10%
bodyweight 2 20
timed      20 60 7 8 5
plates     8
warm_up    50% 8 70% 4 85% 2 75% 60% 5
care       4 10 10% 5 20% 6 4 20% 2
form       2 25%
weeks      0.5 6 3
amrap      2 9 10 7.5% 15% 14 25%
deload     7 6 2 2 3%
effort     4 10
volume     2 6
hit        8 12 12 5% 8 72 48 2
failure    1.5 10%
drop       0.5 2.5 1
rest_pause 0.5 2.5 1
partials   0.5
recovery   24 3 36 48 60 72
signals    3 7 1 2
""".strip().splitlines()


@pytest.mark.parametrize("row", OWN)
def test_a_topic_says_which_numbers_are_our_own_choice(row: str) -> None:
    key, *numbers = row.split()
    (line,) = [line for line in said(key) if line.startswith("Our own choice:")]
    assert re.findall(r"±?\d+(?:\.\d+)?%?", line) == numbers


def test_every_topic_but_two_has_numbers_of_our_own_choice() -> None:
    own = {key for key in TOPICS if any(line.startswith("Our own choice:") for line in said(key))}
    assert own == set(TOPICS) - WITHOUT_OWN_NUMBERS == {row.split()[0] for row in OWN}


CLAIMS = [  # what the sources allow to be said, and no more
    ("failure", "about as much", "a small edge to failure for size is possible"),
    ("order", "may favour", "total growth the same: less supported"),
    ("deload", "coaching practice, not proven", ""),
    ("volume", "detectable from about 4", "second-hand"),
    ("rest_pause", "In one study", ""),
    ("hit", "several build more", "0.24"),
    ("rating", "0.95 on average", ""),
    ("recovery", "not a ban", "bench"),
    ("tempo", "second-hand", "no number"),
    ("partials", "At equal volume-load", "the same"),
]


@pytest.mark.parametrize(("key", "words", "more"), CLAIMS)
def test_claims_keep_their_doubt(key: str, words: str, more: str) -> None:
    text = " ".join(said(key))
    assert words in text and more in text


# Reasons ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", sorted(REASONS))
def test_a_reason_with_its_sources_names_them_and_its_own_numbers(code: str) -> None:
    whole, short = (sources((Reason(code),), whole=whole) for whole in (True, False))
    for one in (SOURCES[key] for key in REASONS[code].sources):
        assert one.title in whole and (one.doi is None or one.doi in whole)
        assert one.title.partition(":")[0] in short and (one.doi is None or one.doi not in short)
    own = REASONS[code].own_choice
    assert ("our own choice" in short) is ("our own choice (" in whole) is own
    if own:
        (numbers,) = [line for line in said(TOPIC_OF[code]) if line.startswith("Our own choice:")]
        assert numbers.removeprefix("Our own choice: ").removesuffix(".") in whole


def test_reasons_of_one_topic_name_its_numbers_once() -> None:
    both = sources((Reason("load_lower"), Reason("reps_fewer"), Reason("layoff")), whole=True)
    assert both.count("4% a rep") == 1 and "from day 8" in both
