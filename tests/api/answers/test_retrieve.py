"""Which records a question may be answered from, and in what order."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from api.answers.compose import Evidence
from api.answers.question import Question
from api.answers.retrieve import (
    Scope,
    broaden,
    documents_in,
    holds_own_words,
    retrieve,
    retrieve_faq,
    siblings,
)
from api.answers.said import lacks_its_kind
from api.answers.understand import understand
from index.search import Index
from knowledge.model import Document, Passage, PlanTask
from knowledge.policy import NATIONWIDE
from tests.api.answers.base import (
    DOCUMENTS,
    HILL,
    HILL_TASKS,
    ISLE,
    ISLE_TASKS,
    LAKE,
    LAKE_TASKS,
    PASSAGES,
    RECORDS,
    TERMS,
    document,
    passage,
    task,
)
from tests.api.answers.conversation import open_index

TODAY = date(2024, 5, 1)
EVERYWHERE = Scope(frozenset(), frozenset(), TODAY)
DOCUMENT = {made.id: made for made in DOCUMENTS}


def only(*regions: str, day: date = TODAY) -> Scope:
    return Scope(frozenset(regions), frozenset(), day)


def asking(index: Index, text: str) -> Question:
    return understand(text, index.directory, TODAY)


def found(index: Index, text: str, scope: Scope = EVERYWHERE) -> list[str]:
    return [evidence.record.id for evidence in retrieve(index, asking(index, text), scope)]


@pytest.mark.parametrize(
    ("made", "regions", "years", "held"),
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
def test_a_scope_holds_a_document(made: Document, regions: set[str], years: set[int], held: bool) -> None:
    scope = Scope(frozenset(regions), frozenset(years), TODAY)
    assert scope.holds(made) is held
    assert documents_in([made], scope) == ([made] if held else [])


def test_nothing_outside_the_scope_is_found(index: Index) -> None:
    assert found(index, "停车收费标准", only(HILL))[0] == "hill-1"
    assert found(index, "停车收费标准", only(LAKE))[0] == "lake-1"
    assert {id_.partition("-")[0] for id_ in found(index, "停车收费标准", only(ISLE))} <= {"isle"}


def test_the_year_narrows_too(index: Index) -> None:
    scope = Scope(frozenset({HILL}), frozenset({2020}), TODAY)
    assert set(found(index, "商铺租金补助", scope)) == {"rent-p1"}


def test_terms_and_approved_questions_are_not_evidence(index: Index) -> None:
    assert not {"term-1", "faq-1"} & set(found(index, "首问负责制 这个机器人能做什么"))
    assert [e.record.id for e in retrieve_faq(index, asking(index, "这个机器人能做什么"), EVERYWHERE)] == ["faq-1"]


@pytest.fixture
def renewed(tmp_path: Path) -> Index:
    """The district's task sheet of 2023, one of 2020 that it repealed, and the next year's, which renews one task."""
    old = document("old", "湖滨新区2020年政务公开任务表", LAKE, year=2020, status="废止", superseded_by="lake")
    new = document("new", "湖滨新区2024年政务公开任务表", LAKE, year=2024, published_on=date(2024, 2, 9))
    copies = (replace(LAKE_TASKS[0], id=f"{key}-1", document_id=key) for key in ("old", "new"))
    alone = task("old", "2", "公布电车班次", "电车班次每月公布一次。", lead=("新区公交公司",))
    tasks = (*RECORDS.tasks, *copies, alone)
    return open_index(replace(RECORDS, documents=(old, *RECORDS.documents, new), tasks=tasks), tmp_path)


def test_where_a_document_in_force_answers_none_that_is_repealed_is_found(renewed: Index) -> None:
    ids = found(renewed, "停车收费标准由谁牵头", only(LAKE))
    assert "lake-1" in ids
    assert not {"old-1", "old-2"} & set(ids)


def test_a_repealed_document_is_found_where_nothing_else_answers(renewed: Index) -> None:
    assert found(renewed, "电车班次由谁牵头", only(LAKE))[0] == "old-2"


@pytest.mark.parametrize(
    ("day", "first"), [(date(2022, 12, 31), "rule-p1"), (date(2023, 1, 1), "rule-p2"), (date(2025, 1, 1), "rule-p2")]
)
def test_of_two_versions_the_one_in_force_on_the_day_comes_first(tmp_path: Path, day: date, first: str) -> None:
    before = document("rule", "云岭县夜市办法", HILL, effective_to=date(2022, 12, 31))
    after = document("rules", "云岭县夜市办法", HILL, effective_from=date(2023, 1, 1))
    text = "夜市摊位每平方米每月收费五元，由经营者按季度交纳。"
    printed = (passage("rule", 1, "摊位", text), replace(passage("rule", 2, "摊位", text), document_id="rules"))
    records = replace(RECORDS, documents=(*DOCUMENTS, before, after), passages=(*RECORDS.passages, *printed))
    assert found(open_index(records, tmp_path), "夜市摊位收费", only(HILL, day=day))[0] == first


def test_a_later_plan_comes_first_unless_a_year_is_asked(renewed: Index) -> None:
    assert found(renewed, "停车收费标准由谁牵头", only(LAKE))[0] == "new-1"
    for year, first in ((2023, "lake-1"), (2024, "new-1")):
        scope = Scope(frozenset({LAKE}), frozenset({year}), TODAY)
        assert found(renewed, f"{year}年停车收费标准由谁牵头", scope)[0] == first


def test_a_later_plan_does_not_come_first_with_a_matter_not_asked(renewed: Index) -> None:
    assert found(renewed, "饮用水水质由谁牵头", only(LAKE))[0] == "lake-2"


def test_a_later_plan_of_one_district_is_not_put_before_another_districts(renewed: Index) -> None:
    ids = found(renewed, "扶持茶农的政策由谁牵头", EVERYWHERE)
    assert ids[0] == "hill-2"


TWINS = (
    task("hill", "4", "规范行业收费", "加油站的价格牌每日更新。", lead=("县商务局",)),
    task("hill", "5", "规范行业收费", "驾校的培训价目贴在报名处。", lead=("县交通局",)),
    task("hill", "6", "规范行业收费", "茶馆的茶水价目印在菜单上。", lead=("县文旅局",), section=("二、便民",)),
)


@pytest.fixture
def twins(tmp_path: Path) -> Index:
    return open_index(replace(RECORDS, tasks=(*RECORDS.tasks, *TWINS)), tmp_path)


@pytest.mark.parametrize(
    ("text", "best", "ids"),
    [
        ("规范行业收费由谁牵头", TWINS[0], ["hill-4", "hill-5"]),
        ("规范行业收费由谁牵头", TWINS[1], ["hill-4", "hill-5"]),
        ("规范行业收费由谁牵头", TWINS[2], ["hill-6"]),
        ("规范加油站行业收费由谁牵头", TWINS[0], ["hill-4"]),
        ("扶持茶农的政策由谁牵头", HILL_TASKS[1], ["hill-2"]),
        ("商铺租金补助", PASSAGES[2], ["rent-p1"]),
    ],
)
def test_siblings_are_the_tasks_of_one_title_that_no_word_asked_tells_apart(
    twins: Index, text: str, best: PlanTask | Passage, ids: list[str]
) -> None:
    evidence = Evidence(best, twins.document(best.document_id), 0.9)
    assert [e.record.id for e in siblings(twins, evidence, asking(twins, text))] == ids


def test_what_was_spoken_of_before_has_no_siblings(twins: Index) -> None:
    question = replace(asking(twins, "什么时候完成"), record_ids=("hill-4",))
    evidence = Evidence(TWINS[0], twins.document("hill"), 1.0)
    assert siblings(twins, evidence, question) == [evidence]


MEDIA = task("hill", "4", "管好政务新媒体", "政务新媒体每周至少更新两次。", lead=("县融媒体中心",))


def test_broader_words_are_tried_where_the_words_asked_found_no_answer(tmp_path: Path) -> None:
    index = open_index(replace(RECORDS, tasks=(*RECORDS.tasks, MEDIA)), tmp_path)
    question = asking(index, "公众号由谁负责")
    assert broaden(index, question, only(HILL), [])[0].record.id == "hill-4"
    weak = [Evidence(HILL_TASKS[0], index.document("hill"), 0.2)]
    assert broaden(index, question, only(ISLE), weak) == weak
    assert broaden(index, asking(index, "停车由谁负责"), only(HILL), weak) == weak


CHATS = task("isle", "8", "用好微博微信", "微博、微信每天更新。", responsible=("办公室",))


def test_a_kind_and_what_it_is_a_kind_of_stand_for_each_other(tmp_path: Path) -> None:
    index = open_index(replace(RECORDS, tasks=(*RECORDS.tasks, MEDIA, CHATS)), tmp_path)
    other = [Evidence(ISLE_TASKS[0], index.document("isle"), 0.5)]
    asked = asking(index, "政务新媒体由谁负责")
    assert lacks_its_kind(other, asked)
    assert not lacks_its_kind([Evidence(MEDIA, index.document("hill"), 0.5)], asking(index, "公众号由谁负责"))
    assert not lacks_its_kind(other, asking(index, "渡轮班次由谁公布"))
    assert broaden(index, asked, only(ISLE), other)[0].record.id == "isle-8"


def test_what_is_left_out_is_out_of_scope() -> None:
    scope = Scope(frozenset(), frozenset(), TODAY, without=frozenset({HILL}))
    assert {document.region for document in documents_in(DOCUMENTS, scope)} == {LAKE, ISLE, NATIONWIDE}


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("双随机一公开由谁牵头", "双随机 一公开由谁牵头"),
        ("双随机、一公开由谁牵头", "双随机、一公开由谁牵头"),
        ("双公示一承诺和双公示", "双公示 一承诺和双公示"),
        ("首问负责制", "首问负责制"),
        ("", ""),
    ],
)
def test_a_term_typed_without_its_marks_is_read_with_them(tmp_path: Path, query: str, read: str) -> None:
    names = ("“双随机、一公开”", "双公示", "双公示·一承诺")
    terms = tuple(replace(TERMS[0], id=f"term-{name}", name=name, aliases=()) for name in names)
    assert open_index(replace(RECORDS, terms=(*TERMS, *terms)), tmp_path).with_marks(query) == read


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
