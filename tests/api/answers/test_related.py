"""Questions to go on with: other than the one asked, short, and each answered from the record it was made from."""

from collections.abc import Callable
from weakref import WeakKeyDictionary

import pytest

from api.answers import related
from api.schemas import AnswerReply
from tests.api.answers.base import HILL, LAKE, TASKS, document, passage

Ask = Callable[..., AnswerReply]
AskWith = Callable[..., Ask]


@pytest.fixture
def ask_rules(ask_with: AskWith) -> Ask:
    rules = document("rules", "云岭县创业担保贷款办法", HILL, year=2022)
    return ask_with(
        documents=(rules,),
        passages=(
            passage("rules", 1, "一、扩大贷款对象范围", "返乡创业的农民工和毕业生都可以申请贷款。"),
            passage("rules", 2, "二、降低贷款利率", "贷款利率由财政补贴一半。"),
            passage("rules", 3, "三、如何申请创业担保贷款？", "带身份证和营业执照到县就业局窗口提出申请。"),
            passage("rules", 4, "四、附则", "本办法自印发之日起施行。"),
        ),
    )


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
@pytest.mark.parametrize("ending", ["由谁负责", "什么时候完成", "有什么要求", ""])
def test_every_related_question_is_answered(ask: Ask, ending: str, task: object) -> None:
    region = ask(f"{task.title}").citations  # type: ignore[attr-defined]
    del region
    reply = ask(f"{_region(task)}{task.title}{ending}")  # type: ignore[attr-defined]
    assert 2 <= len(reply.related) <= 3
    assert len(set(reply.related)) == len(reply.related)
    for question in reply.related:
        assert len(question) <= 32
        assert ask(question).kind == "answer"


def _region(task: object) -> str:
    return {"lake": LAKE, "hill": HILL, "isle": "白鹭洲开发区"}[task.document_id]  # type: ignore[attr-defined]


def test_what_else_the_task_tells_comes_before_its_neighbours(ask: Ask) -> None:
    assert ask("湖滨新区公布停车收费标准由谁牵头").related == [
        "湖滨新区公布停车收费标准什么时候完成？",
        "湖滨新区公布停车收费标准在哪里公开？",
        "湖滨新区公开饮用水水质由谁负责？",
    ]


def test_a_field_that_is_not_filled_is_not_asked_for(ask: Ask) -> None:
    assert not [text for text in ask("云岭县公开扶持茶农的政策由谁负责").related if "茶农" in text and "时候" in text]


def test_the_question_just_asked_is_not_offered_again(ask: Ask) -> None:
    first = ask("湖滨新区公布停车收费标准由谁负责？")
    for question in first.related:
        assert question not in ask(question).related


def test_sections_beside_the_one_quoted_are_offered_by_their_headings(ask_rules: Ask) -> None:
    reply = ask_rules("云岭县扩大贷款对象范围是怎么规定的")
    assert reply.citations[0].record_id == "rules-p1"
    assert reply.related[:2] == ["云岭县降低贷款利率是怎么规定的？", "云岭县如何申请创业担保贷款？"]
    cited = [ask_rules(question).citations[0].record_id for question in reply.related]
    assert cited[:2] == ["rules-p2", "rules-p3"]


def test_a_heading_that_stands_in_any_document_is_not_offered(ask_rules: Ask) -> None:
    assert not [text for text in ask_rules("云岭县降低贷款利率是怎么规定的").related if "附则" in text]


def test_a_term_leads_to_the_tasks_that_bear_its_name(ask_with: AskWith) -> None:
    from knowledge.model import Locator, Term

    asked = ask_with(
        terms=(Term("t-2", "权责清单", (), "列出部门职权的清单。", "glossary", Locator("t.yaml", line=3)),)
    )
    reply = asked("什么是权责清单")
    assert reply.related == ["湖滨新区更新权责清单由谁负责？"]


def test_a_refusal_has_none(ask: Ask) -> None:
    assert ask("湖滨新区宇宙飞船由谁发射").related == []


def test_only_what_holds_today_is_remembered(ask_with: AskWith, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(related, "_answered", answered := WeakKeyDictionary())
    monkeypatch.setattr(related, "_examples", examples := WeakKeyDictionary())
    monkeypatch.setattr(related, "_MOST_REMEMBERED", 4)
    asked = ask_with()
    for day in range(1, 29):
        assert asked("湖滨新区公布停车收费标准由谁牵头", as_of=f"2024-04-{day:02}").related
        assert asked("你好", as_of=f"2024-04-{day:02}").options
    assert not answered
    assert not examples
    for title in ("公布停车收费标准", "公开饮用水水质", "办好区长信箱", "更新权责清单"):
        assert asked(f"湖滨新区{title}由谁负责").related
    assert [len(known) for known in answered.values()] <= [4]


def test_examples_are_looked_for_once_and_only_as_far_as_needed(
    ask_with: AskWith, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = tuple(document(f"rule{at}", f"云岭县第{at}号规定", HILL, year=2022) for at in range(300))
    rules = tuple(passage(each.id, 1, "一、总的要求和其他需要说明的若干事项", "各单位照此办理。") for each in many)
    looked_at: list[str] = []
    monkeypatch.setattr(related, "_is_short", lambda name: looked_at.append(name or "") or False)
    asked = ask_with(documents=many, passages=rules)
    asked("你好")
    first = len(looked_at)
    assert 0 < first < 100
    asked("你好")
    assert len(looked_at) == first
