"""Colloquial words become official ones, and only where the served knowledge does not use the word itself."""

from collections import Counter
from importlib.resources import files

import pytest
import yaml

from knowledge.colloquial import in_official_words
from knowledge.text import normalise

TABLE: dict[str, list[str]] = yaml.safe_load(
    files("knowledge").joinpath("data/colloquial.yaml").read_text(encoding="utf-8")
)


def nothing_known(_word: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("年报谁写", "年度报告 谁写"),
        ("官网改版", "网站 改版"),
        ("谁管辟谣", "谁管 回应"),
        ("老百姓的看法", "公众 的 意见"),
        ("公开财政预算", "公开财政预算"),
        ("", ""),
    ],
)
def test_what_is_said_becomes_what_is_written(said: str, read: str) -> None:
    assert in_official_words(said, nothing_known) == read


def test_a_word_that_the_knowledge_uses_stays() -> None:
    assert in_official_words("官网的年报", lambda word: word == "年报") == "网站 的年报"


def test_the_longest_way_of_saying_it_wins() -> None:
    assert in_official_words("做大决定之前", nothing_known) == "重大决策 之前"
    assert in_official_words("官方网站", nothing_known) == "网站"


def test_a_question_that_uses_the_official_word_already_is_left_alone() -> None:
    assert in_official_words("年度报告就是年报吗", nothing_known) == "年度报告就是年报吗"


@pytest.mark.parametrize("said", [said for ways in TABLE.values() for said in ways])
def test_every_word_of_the_table_can_be_met_in_a_normalised_question(said: str) -> None:
    assert said == normalise(said)


@pytest.mark.parametrize("written", TABLE)
def test_every_way_of_saying_leads_to_the_official_word(written: str) -> None:
    for said in TABLE[written]:
        assert written in in_official_words(said, nothing_known)


def test_no_word_of_the_table_means_two_things() -> None:
    counts = Counter(said for ways in TABLE.values() for said in ways)
    assert [said for said, count in counts.items() if count > 1] == []
    assert not set(counts) & set(TABLE)
