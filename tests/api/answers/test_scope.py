"""Whose documents a question about a place may be answered from: its plans are its own, policies hold from above."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from api.answers.compose import Evidence
from api.answers.retrieve import Scope, retrieve, searches
from api.answers.service import take_turn
from api.schemas import AnswerRequest
from index.search import Index
from knowledge.model import Records
from knowledge.policy import NATIONWIDE
from tests.api.answers.base import document, passage, task
from tests.api.answers.conversation import Conversation, open_index

TODAY = date(2024, 5, 1)
PROVINCE, CITY = "湖北省", "武汉市"
RECORDS = Records(
    documents=(
        document("province", "湖北省2023年政务公开工作要点", PROVINCE, year=2023),
        document("city", "武汉市2023年政务公开任务分解表", CITY, year=2023),
        document("skills", "湖北省技能人才补贴办法", PROVINCE),
        document("talent", "武汉市人才住房办法", CITY),
        document("grading", "技能等级评价办法", NATIONWIDE),
        document("coast", "浙江省渔船更新补贴办法", "浙江省"),
        document("lapsed", "武汉市夜市摊位办法", CITY, status="失效", effective_to=date(2022, 12, 31)),
    ),
    tasks=(
        task("province", "1", "公开财政预算", "公开省级财政预算和决算。", lead=("省财政厅",)),
        task("province", "2", "公开渡口检查", "每季度公布渡口安全检查结果。", lead=("省交通运输厅",)),
        task("city", "1", "公开财政预算", "公开市级财政预算。", lead=("市财政局",)),
    ),
    passages=(
        passage("skills", 1, "第二章 标准", "取得高级工证书的职工，一次性发放技能补贴2000元。"),
        passage("talent", 1, "第二章 标准", "引进的博士可以租住人才公寓，三年免租金。"),
        passage("grading", 1, "总则", "技能等级评价由用人单位组织实施，每年评价一次。"),
        passage("coast", 1, "第二章 标准", "更新渔船的船主，每艘补贴五万元。"),
        passage("lapsed", 1, "第二章 摊位", "夜市摊位每月收费三百元。"),
        passage("city", 1, "表头", "附件1 武汉市2023年政务公开任务分解表"),
    ),
)
DOCUMENT = {made.id: made for made in RECORDS.documents}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return open_index(RECORDS, tmp_path_factory.mktemp("scope"))


PLANS = frozenset({"province", "city"})


def of(*regions: str, years: frozenset[int] = frozenset(), **ids: frozenset[str]) -> Scope:
    return Scope(frozenset(regions), years, TODAY, plans=PLANS, **ids)


@pytest.mark.parametrize(
    ("scope", "held"),
    [
        (of(), set(DOCUMENT)),
        (of(CITY), {"city", "skills", "talent", "grading", "lapsed"}),
        (of(PROVINCE), {"province", "skills", "grading"}),
        (of("浙江省"), {"coast", "grading"}),
        (of("杭州市"), {"coast", "grading"}),
        (of(CITY, "浙江省"), set(DOCUMENT) - {"province"}),
        (of(CITY, PROVINCE, "浙江省"), set(DOCUMENT)),
        (of(CITY, years=frozenset({2022})), {"skills", "talent", "grading", "lapsed"}),
        (of(documents=frozenset({"coast"})), {"coast"}),
        (of(among=frozenset({"coast", "skills"})), {"coast", "skills"}),
        (of(CITY, among=frozenset({"coast", "skills"})), {"skills"}),
        (of("火星区"), {"grading"}),
    ],
)
def test_the_documents_of_a_place_are_its_own_those_from_above_and_the_countrys(scope: Scope, held: set[str]) -> None:
    assert {key for key, made in DOCUMENT.items() if scope.holds(made)} == held


@pytest.mark.parametrize(
    ("regions", "own"),
    [((), set()), ((CITY,), {CITY, NATIONWIDE}), ((CITY, PROVINCE), {CITY, PROVINCE, NATIONWIDE})],
)
def test_plans_are_only_those_of_the_place_itself(regions: tuple[str, ...], own: set[str]) -> None:
    assert of(*regions).own == own


def turn_of(served: Index, question: str):  # type: ignore[no-untyped-def]
    return take_turn(served, AnswerRequest(question=question), TODAY)


def first(served: Index, question: str) -> Evidence:
    turn = turn_of(served, question)
    return retrieve(served, turn.question, turn.scope)[0]


@pytest.mark.parametrize(
    ("question", "document_id"),
    [
        ("武汉市取得高级工证书发放多少技能补贴？", "skills"),
        ("湖北省取得高级工证书发放多少技能补贴？", "skills"),
        ("武汉市的博士可以租住人才公寓吗？", "talent"),
        ("武汉市谁牵头公开财政预算？", "city"),
        ("湖北省谁牵头公开财政预算？", "province"),
        ("更新渔船补贴多少？", "coast"),
    ],
)
def test_a_policy_from_above_answers_and_a_plan_from_above_does_not(
    served: Index, question: str, document_id: str
) -> None:
    assert first(served, question).document.id == document_id


@pytest.mark.parametrize(
    ("question", "told"),
    [("武汉市2023年有多少项任务？", "1项任务（武汉市）"), ("湖北省2023年有多少项任务？", "2项任务（湖北省）")],
)
def test_the_tasks_of_a_province_are_not_counted_for_its_city(served: Index, question: str, told: str) -> None:
    assert told in Conversation(served).say(question).text


def test_a_year_that_only_the_province_planned_is_said_to_be_missing(tmp_path: Path) -> None:
    records = Records(
        documents=(replace(DOCUMENT["province"], title="湖北省2022年政务公开工作要点", year=2022), DOCUMENT["city"]),
        tasks=RECORDS.tasks,
    )
    reply = Conversation(open_index(records, tmp_path)).say("武汉市2022年谁牵头公开财政预算？")
    assert reply.kind == "not_found"
    assert "2022" in reply.text
    assert "省财政厅" not in reply.text


def test_an_office_of_the_province_is_not_named_for_a_matter_of_the_city(served: Index) -> None:
    assert "省交通运输厅" not in Conversation(served).say("武汉市渡口检查由谁牵头？").text


@pytest.mark.parametrize(
    ("question", "kinds"),
    [("武汉市人才公寓的租金？", ["matter", "whole"]), ("人才公寓的租金？", ["matter", "whole"])],
)
def test_plans_are_searched_by_the_matter_and_policies_by_the_whole_question(
    served: Index, question: str, kinds: list[str]
) -> None:
    turn = turn_of(served, question)
    made = searches(served, turn.question, turn.scope)
    assert [search.asked for search in made] == kinds
    matter, whole = made
    assert matter.filters.documents == {"province", "city"}
    assert whole.filters.documents == set(DOCUMENT) - {"province", "city"}
    assert "武汉" not in matter.query
    assert ("武汉" in whole.query) == ("武汉" in question)


def test_a_document_named_is_searched_alone(served: Index) -> None:
    turn = turn_of(served, "租金多少？")
    (made,) = searches(served, turn.question, of(documents=frozenset({"talent"})))
    assert (made.asked, made.filters.documents) == ("whole", {"talent"})
    assert [each.asked for each in searches(served, turn.question, of(documents=frozenset({"city"})))] == ["matter"]


def test_what_is_no_longer_in_force_is_searched_only_where_asked_for(served: Index) -> None:
    turn = turn_of(served, "夜市摊位每月收费多少？")
    assert {each.filters.as_of for each in searches(served, turn.question, turn.scope)} == {TODAY}
    assert {each.filters.as_of for each in searches(served, turn.question, turn.scope, lapsed_too=True)} == {None}


def test_plans_and_policies_are_merged_by_the_chance_that_they_answer(served: Index) -> None:
    turn = turn_of(served, "公开财政预算、发放技能补贴")
    found = retrieve(served, turn.question, turn.scope)
    assert {evidence.document.id for evidence in found} >= {"city", "province", "skills"}
    assert len({evidence.record.id for evidence in found}) == len(found)


@pytest.mark.parametrize(
    ("question", "record_id", "found"),
    [
        ("更新渔船补贴多少？", "coast-p1", True),
        ("夜市摊位每月收费多少？", "lapsed-p1", True),
        ("武汉市2023年政务公开任务分解表讲什么", "city-p1", False),
    ],
)
def test_a_passage_as_short_as_its_title_answers_unless_it_is_the_title(
    served: Index, question: str, record_id: str, found: bool
) -> None:
    turn = turn_of(served, question)
    assert (record_id in {each.record.id for each in retrieve(served, turn.question, turn.scope)}) is found


def test_a_knowledge_base_of_policies_alone_is_searched_once(tmp_path: Path) -> None:
    records = Records(documents=(DOCUMENT["talent"],), passages=(RECORDS.passages[1],))
    policies = open_index(records, tmp_path)
    turn = turn_of(policies, "人才公寓的租金？")
    assert [each.asked for each in searches(policies, turn.question, turn.scope)] == ["whole"]
