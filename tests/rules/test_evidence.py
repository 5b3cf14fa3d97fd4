"""Every reason has its evidence and its topic, and every piece of evidence its source."""

from __future__ import annotations

from collections import Counter

import pytest

from core.evidence import REASONS, TOPIC_OF, TOPICS, topic_of, without_sources
from core.exercises import catalogue
from core.sources import SOURCES

OF_THE_SYSTEM = {"HIT", "EQUAL", "BLOCKS", "LIMIT", "FORM"}


def test_every_source_named_is_known_and_none_is_idle() -> None:
    of_reasons = {key for one in REASONS.values() for key in one.sources}
    of_topics = {key for one in TOPICS.values() for key in one.sources}
    assert of_reasons | of_topics == set(SOURCES)


def test_what_has_no_source_is_our_own_choice() -> None:
    for evidence in REASONS.values():
        assert evidence.sources or evidence.own_choice


def test_every_reason_stands_in_one_topic() -> None:
    assert Counter(code for topic in TOPICS.values() for code in topic.reasons) == Counter(set(REASONS))
    assert set(TOPIC_OF) == set(REASONS)


DOIS = """
HELMS_2018        10.3389/fphys.2018.00247
HALPERIN_2022     10.1007/s40279-021-01559-x
REFALO_2024       10.1519/JSC.0000000000004653
MAYHEW_2008       10.1519/JSC.0b013e31817b02ad    second-hand
GRGIC_2020        10.1186/s40798-020-00260-z      second-hand
KRIEGER_2010      10.1519/JSC.0b013e3181d4d436
REFALO_GROWTH     10.1080/02640414.2024.2321021
HERMANN_2025      10.1249/MSS.0000000000003728
REFALO_2023       10.1186/s40798-023-00554-y
PARTIALS_2026     10.70252/ijes2026403
PELLAND_2026      10.1007/s40279-025-02344-w
SODAL_2023        10.1186/s40798-023-00620-5
ENES_2021         10.1139/apnm-2021-0278
LARSEN_2025       10.3389/fpsyg.2025.1494323
GULLETT_2009      10.1519/JSC.0b013e31818546bb    second-hand
HECKER_2019       10.1519/JSC.0000000000002912
SWINTON_2011      10.1519/JSC.0b013e3181e73f87
LAKE_2017         10.3390/sports5040082
SAETERBAKKEN_2011 10.1080/02640414.2010.543916
SAETERBAKKEN_2017 10.1515/hukin-2017-0047
JOHNSON_2009      10.1519/JSC.0b013e3181a2d7f5
""".strip().splitlines()


def test_the_papers_have_their_doi_and_say_what_is_second_hand() -> None:
    expected = {key: (doi, bool(rest)) for key, doi, *rest in (row.split() for row in DOIS)}
    assert expected == {
        key: (one.doi, one.second_hand) for key, one in SOURCES.items() if one.doi is not None
    }


def test_only_the_systems_own_texts_and_epleys_formula_are_no_papers() -> None:
    assert {key for key, one in SOURCES.items() if one.doi is None} == OF_THE_SYSTEM | {"EPLEY"}


# Topics ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("failure", "failure"), ("Rest-pause?", "rest_pause"), ("volume sources", "volume"), ("drop sets, with the papers", "drop"),
        ("the AMRAP", None), ("squat sources", None), ("sources", None), ("", None), ("volume " * 40, None),
    ],
)  # fmt: skip
def test_a_topic_is_known_by_its_names_with_or_without_its_sources(asked: str, key: str | None) -> None:
    assert topic_of(asked) == key


def test_what_is_asked_about_stays_when_its_sources_are_taken_off() -> None:
    asked = ["squat sources", "squat with the DOI?", "squat and studies", "squat", "open sources squat"]
    assert [without_sources(one) for one in asked] == ["squat"] * 4 + ["open sources squat"]


def test_no_two_topics_are_asked_for_by_one_name_and_none_hides_a_lift() -> None:
    names = Counter(name for topic in TOPICS.values() for name in topic.asked_as)
    assert [name for name, times in names.items() if times > 1] == []
    assert [name for name in names if catalogue().exact(name)] == []
