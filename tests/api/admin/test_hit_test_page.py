import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.errors import InvalidValue, QuestionEmpty
from api.hit_test import Probe, Result, probe
from tests.api.admin.desk import Console, opened
from tests.api.admin.staff import enter
from tests.api.town import PLAN

TODAY = date(2031, 3, 1)
OTHER = PLAN.replace("区", "县")
FAQ = "问题,相似问,否定问,答案,来源\n怎么登记诉求,在哪里登记诉求,不动产登记在哪里办,直接说登记诉求就可以。,\n"
OLD = (
    "银湾区停车管理办法\n银湾政发〔2020〕3号\n第一条 停车收费标准每季度公布一次。\n"
    "第二条 本办法有效期至2025年12月31日。\n"
)
TERMS = "- name: 停车收费\n  explanation: 占用公共停车位要交的费用。\n"


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    with opened(
        tmp_path,
        ("plan.csv", PLAN, {"title": "星河区便民工作分工"}),
        ("other.csv", OTHER, {"title": "云岭县便民工作分工", "region": "云岭县", "number": "云政办〔2031〕1号"}),
        (
            "old.txt",
            OLD,
            {"title": "银湾区停车管理办法", "region": "银湾区", "year": 2020, "number": "银湾政发〔2020〕3号"},
        ),
        ("faq.csv", FAQ, {}),
        ("terms.yaml", TERMS, {}),
    ) as console:
        yield console


def _probe(console: Console, question: str, **limits: object) -> Result:
    serving = console.knowledge.serving
    assert serving
    return probe(serving, Probe(question, **limits), TODAY)  # type: ignore[arg-type]


def test_the_candidates_of_the_place_asked_stand_before_the_answer_that_came_of_them(console: Console) -> None:
    result = _probe(console, "星河区公开停车收费由谁牵头？")
    first = result.candidates[0]
    assert (first.rank, first.used, first.hit.document.region) == (1, True, "星河区")
    assert "区发展改革局" in result.reply.text
    assert {each.hit.document.region for each in result.candidates} == {"星河区"}
    assert [each.hit.score for each in result.candidates] == sorted(
        (each.hit.score for each in result.candidates), reverse=True
    )
    assert result.understood.question.region_names == ("星河区",)


def test_what_another_place_has_is_set_aside_with_the_reason(console: Console) -> None:
    result = _probe(console, "星河区公开停车收费由谁牵头？")
    notes = {each.hit.document.region: each.notes for each in result.aside}
    assert notes["云岭县"] == ("地区不符：云岭县",)
    assert "星河区" not in notes


def test_what_is_of_another_year_is_set_aside_with_the_reason(console: Console) -> None:
    result = _probe(console, "停车收费标准多久公布一次？", year=2020)
    notes = {each.hit.document.region: each.notes for each in result.aside}
    assert notes["星河区"] == ("年份不符：2031 年",)
    assert {each.hit.document.region for each in result.candidates} == {"银湾区"}
    assert not any(note.startswith("年份") for each in result.candidates for note in each.notes)


def test_what_is_not_in_force_on_the_day_is_noted(console: Console) -> None:
    notes = {each.hit.document.region: each.notes for each in _probe(console, "停车收费标准").candidates}
    assert "文件失效，先用有效的" in notes["银湾区"]
    then = _probe(console, "停车收费标准", as_of="2024-05-01")
    assert all(not each.notes for each in then.candidates if each.hit.document.region == "银湾区")
    assert then.understood.day == date(2024, 5, 1)


def test_the_status_chooses_among_the_candidates(console: Console) -> None:
    result = _probe(console, "停车收费标准", status="失效")
    assert {each.hit.document.region for each in result.candidates} == {"银湾区"}
    assert ("状态不符：有效",) in {each.notes for each in result.aside}


def test_a_document_that_is_named_is_told(console: Console) -> None:
    result = _probe(console, "《云岭县便民工作分工》里停车收费谁牵头？")
    assert result.understood.named == ("云岭县便民工作分工",)
    assert {each.hit.document.region for each in result.candidates} == {"云岭县"}


def test_questions_and_answers_and_terms_stand_apart(console: Console) -> None:
    result = _probe(console, "怎么登记诉求")
    assert [each.hit.entry.kind for each in result.faqs][:1] == ["faq"]
    assert {each.hit.entry.kind for each in result.candidates} <= {"task", "passage"}
    assert {each.hit.entry.kind for each in result.terms} == {"term"}


def test_a_question_and_answer_that_its_negative_question_keeps_away_is_told(console: Console) -> None:
    result = _probe(console, "不动产登记在哪里办")
    assert [(each.faq.questions[0], each.negative) for each in result.barred] == [
        ("怎么登记诉求", "不动产登记在哪里办")
    ]
    assert result.faqs == ()
    assert _probe(console, "怎么登记诉求").barred == ()


@pytest.mark.parametrize("question", ["", "？！…", " \n"])
def test_what_is_no_question_is_refused(console: Console, question: str) -> None:
    with pytest.raises(QuestionEmpty):
        _probe(console, question)


def test_a_day_that_is_none_is_refused(console: Console) -> None:
    with pytest.raises(InvalidValue):
        _probe(console, "停车收费", as_of="2024-13-01")


def test_the_page_shows_every_score_and_can_be_passed_on(console: Console) -> None:
    page = console.text("/admin/hit-test?q=星河区公开停车收费由谁牵头？&region=&year=&status=&as_of=")
    assert "由区发展改革局牵头" in page
    assert 'value="星河区公开停车收费由谁牵头？"' in page
    assert "回答采用" in page
    assert "被筛掉的候选" in page
    assert "地区不符：云岭县" in page
    for name in ("把握", "总分", "语义", "字面", "覆盖", "标题覆盖", "文号相符", "把握"):
        assert name in page
    assert re.search(r'data-label="语义" class="number">-?\d\.\d{3}<', page)
    chosen = console.text("/admin/hit-test?q=停车收费&region=云岭县&year=2031&status=有效&as_of=2031-05-01")
    assert "<option selected>云岭县</option>" in chosen
    assert 'value="2031-05-01"' in chosen


def test_the_page_tells_what_is_wrong_beside_the_form(console: Console) -> None:
    assert "没有看到问题" in console.text("/admin/hit-test?q=？？", expect=422)
    assert "最多 500 个字" in console.text("/admin/hit-test?q=" + "问" * 501, expect=422)
    assert "2024-99-01" in console.text("/admin/hit-test?q=停车&as_of=2024-99-01", expect=422)


def test_only_admins_come_here(client: TestClient) -> None:
    enter(client, "agent")
    assert client.get("/admin/hit-test?q=停车").status_code == 403
