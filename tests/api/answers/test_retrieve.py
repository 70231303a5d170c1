"""Which records a question may be answered from, and in what order."""

from dataclasses import replace
from datetime import date

import pytest

from api.answers.question import Question
from api.answers.retrieve import Scope, documents_in, holds_own_words, retrieve, retrieve_faq
from api.answers.understand import understand
from index.search import Index
from knowledge.model import Document
from knowledge.policy import NATIONWIDE
from tests.api.answers.base import DOCUMENTS, HILL, HILL_TASKS, ISLE, LAKE

EVERYWHERE = Scope(frozenset(), frozenset())
DOCUMENT = {document.id: document for document in DOCUMENTS}


def only(*regions: str, as_of: date | None = None) -> Scope:
    return Scope(frozenset(regions), frozenset(), as_of)


def asking(index: Index, text: str) -> Question:
    return understand(text, index.directory, date(2024, 5, 1))


def found(index: Index, text: str, scope: Scope = EVERYWHERE) -> list[str]:
    return [evidence.record.id for evidence in retrieve(index, asking(index, text), scope)]


@pytest.mark.parametrize(
    ("document", "regions", "years", "held"),
    [
        (DOCUMENT["lake"], {LAKE}, {2023}, True),
        (DOCUMENT["lake"], {LAKE}, set(), True),
        (DOCUMENT["lake"], set(), {2023}, True),
        (DOCUMENT["lake"], {LAKE}, {2022}, False),
        (DOCUMENT["lake"], {HILL}, {2023}, False),
        (DOCUMENT["lake"], {HILL, LAKE}, {2021, 2023}, True),
        (DOCUMENT["glossary"], {HILL}, {2021}, True),
        (replace(DOCUMENT["lake"], year=None), {LAKE}, {2019}, True),
        (replace(DOCUMENT["lake"], region=NATIONWIDE), {HILL}, {2019}, False),
    ],
)
def test_a_scope_holds_a_document(document: Document, regions: set[str], years: set[int], held: bool) -> None:
    scope = Scope(frozenset(regions), frozenset(years))
    assert scope.holds(document) is held
    assert documents_in([document], scope) == ([document] if held else [])


def test_nothing_outside_the_scope_is_found(index: Index) -> None:
    assert found(index, "停车收费标准", only(HILL))[0] == "hill-1"
    assert found(index, "停车收费标准", only(LAKE))[0] == "lake-1"
    assert {id_.partition("-")[0] for id_ in found(index, "停车收费标准", only(ISLE))} <= {"isle"}


def test_the_year_narrows_too(index: Index) -> None:
    scope = Scope(frozenset({HILL}), frozenset({2020}))
    assert set(found(index, "商铺租金补助", scope)) == {"rent-p1"}


def test_terms_and_approved_questions_are_not_evidence(index: Index) -> None:
    assert not {"term-1", "faq-1"} & set(found(index, "首问负责制 这个机器人能做什么"))
    assert [e.record.id for e in retrieve_faq(index, asking(index, "这个机器人能做什么"), EVERYWHERE)] == ["faq-1"]


def test_only_what_is_in_force_on_the_day_is_found(index: Index) -> None:
    assert "rent-p1" in found(index, "商铺租金补助", only(HILL, as_of=date(2022, 12, 31)))
    assert "rent-p1" not in found(index, "商铺租金补助", only(HILL, as_of=date(2023, 1, 1)))


def test_probabilities_are_probabilities_and_the_matter_asked_has_a_high_one(index: Index) -> None:
    evidences = retrieve(index, asking(index, "渡轮班次由谁负责"), EVERYWHERE)
    assert all(0 <= evidence.confidence <= 1 for evidence in evidences)
    assert evidences[0].record.id == "isle-1"
    assert evidences[0].confidence > 0.6 > max(e.confidence for e in evidences if e.record.id == "hill-2")


def test_the_records_of_the_turn_before_come_first_unless_they_are_gone(index: Index) -> None:
    question = replace(asking(index, "什么时候完成"), topic="停车收费标准", record_ids=("hill-2", "gone"))
    evidences = retrieve(index, question, only(HILL))
    assert [evidence.record.id for evidence in evidences].count("hill-2") == 1
    assert (evidences[0].record.id, evidences[0].confidence) == ("hill-2", 1.0)
    assert evidences[1].record.id == "hill-1"


@pytest.mark.parametrize(("words", "least", "most"), [("编印明白卡", 0.9, 1.0), ("渡轮班次", 0.0, 0.1), ("", 0.0, 0.0)])
def test_the_share_of_this_turns_words_in_a_record(index: Index, words: str, least: float, most: float) -> None:
    question = replace(asking(index, "时限呢"), own_words=words)
    assert least <= holds_own_words(HILL_TASKS[1], question, index) <= most
