"""Regions and years side by side, over the made-up plans."""

from collections.abc import Callable

import pytest

from api.schemas import AnswerReply, Table
from tests.api.answers.base import HILL, ISLE, LAKE, document, task

Ask = Callable[..., AnswerReply]
AskWith = Callable[..., Ask]


def cells(reply: AnswerReply, name: str) -> list[str]:
    """One row of the table; empty where it has no such row."""
    table = reply.table or Table(columns=[], rows=[])
    return next((row.cells for row in table.rows if row.name == name), [])


def test_a_comparison_gives_the_same_fields_of_each_region_in_the_same_order(ask: Ask) -> None:
    reply = ask("比较一下湖滨新区和云岭县的停车收费标准")
    assert reply.kind == "compare"
    assert reply.table and reply.table.columns == [LAKE, HILL]
    assert cells(reply, "牵头单位") == ["新区发展改革局", "县发改局"]
    assert cells(reply, "责任单位") == ["新区城管局、新区交通局", "县城管局"]
    assert cells(reply, "完成时限") == ["2023年6月底前", "2021年9月底前"]
    assert cells(reply, "公开方式") == ["门户网站", "公示栏"]
    lines = reply.text.splitlines()
    names = [line.split("：")[0] for line in lines if line.startswith(("牵头", "责任", "完成", "公开方式", "要求"))]
    assert names == ["牵头单位", "责任单位", "完成时限", "公开方式", "要求"] * 2
    assert lines[-1] == "不同的是：牵头单位、责任单位、完成时限、公开方式。"


def test_what_no_side_prints_is_said_once(ask: Ask) -> None:
    text = ask("比较一下云岭县和白鹭洲的财政预算公开").text
    assert text.splitlines()[-1].endswith("都没有写明：公开方式。")
    assert "公开方式：" not in text


def test_a_region_without_the_matter_keeps_its_column(ask: Ask) -> None:
    reply = ask("比较一下湖滨新区和白鹭洲的学区划分")
    assert f"{ISLE}：现有文件里没有找到这方面的规定。" in reply.text
    assert reply.table and reply.table.columns == [LAKE, ISLE]
    assert cells(reply, "责任单位") == ["新区教育局", "没有找到"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("湖滨新区和云岭县的停车收费标准谁牵头", "云岭县：由县发改局牵头"),
        ("湖滨新区和云岭县的停车收费标准分别什么时候公布", "云岭县：时限是“2021年9月底前”"),
        ("湖滨新区和云岭县的停车收费标准在哪里公开", "云岭县：公开方式是公示栏"),
    ],
)
def test_a_field_asked_for_is_answered_in_a_sentence_for_each_region(ask: Ask, question: str, said: str) -> None:
    reply = ask(question)
    assert said in reply.text
    assert reply.table


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("停车收费标准哪个地区要求更早", "云岭县最早，时限是“2021年9月底前”；湖滨新区是“2023年6月底前”。"),
        ("湖滨新区和云岭县的停车收费标准，哪个更早", "云岭县最早，时限是“2021年9月底前”；湖滨新区是“2023年6月底前”。"),
        ("停车收费标准湖滨新区和云岭县谁的时限早", "云岭县最早，时限是“2021年9月底前”；湖滨新区是“2023年6月底前”。"),
        ("财政预算公开哪个地区最早", "只有云岭县写明了日期：“年底前”。白鹭洲开发区没有写明日期。"),
    ],
)
def test_the_earlier_region_is_told_by_the_days_printed(ask: Ask, question: str, first: str) -> None:
    reply = ask(question)
    assert reply.kind == "compare"
    assert reply.text.splitlines()[0] == first


def test_where_no_day_is_printed_nothing_is_said_to_be_earlier(ask_with: AskWith) -> None:
    more = task("hill", "9", "开展观鸟科普", "湿地设置讲解牌，开展观鸟科普。", responsible=("县林业局",))
    text = ask_with(tasks=(more,))("白鹭洲和云岭县的观鸟科普哪个更早").text
    assert text.startswith("比不出先后：")


def test_the_regions_that_have_a_matter_are_named_and_the_others_too(ask: Ask) -> None:
    reply = ask("哪些地区有停车收费标准的任务")
    assert reply.text.startswith(f"有2个地区的文件写到这方面：{LAKE}、{HILL}。") or reply.text.startswith(
        f"有2个地区的文件写到这方面：{HILL}、{LAKE}。"
    )
    assert f"{ISLE}的文件里没有找到。" in reply.text


def test_the_other_regions_are_asked_where_one_is_left_out(ask: Ask) -> None:
    reply = ask("除了云岭县，还有哪些地区要公布停车收费标准")
    assert reply.kind == "compare"
    assert {cited.region for cited in reply.citations} == {LAKE}
    assert HILL not in reply.text


def test_a_region_is_not_named_for_a_mere_likeness(ask: Ask) -> None:
    assert HILL not in ask("哪些地区有渡轮班次的任务").text.splitlines()[0]


def test_two_years_of_one_region_stand_side_by_side(ask_with: AskWith) -> None:
    old = document("lake21", "湖滨新区2021年政务公开任务表", LAKE, year=2021)
    made = task(
        "lake21", "1", "公布停车收费标准", "在公示栏公布停车收费标准。", lead=("新区物价局",), deadline="2021年底前"
    )
    reply = ask_with(documents=(old,), tasks=(made,))("湖滨新区2021年和2023年的停车收费标准有什么变化")
    assert reply.kind == "compare"
    assert reply.table and reply.table.columns == ["2021年", "2023年"]
    assert cells(reply, "牵头单位") == ["新区物价局", "新区发展改革局"]


def test_a_year_without_a_plan_is_said_to_have_none(ask: Ask) -> None:
    reply = ask("湖滨新区2022年和2023年的停车收费标准谁牵头")
    assert reply.table and reply.table.columns == ["2022年", "2023年"]
    assert "2022年：现有文件里没有找到这方面的规定。" in reply.text


@pytest.mark.parametrize("question", ["停车收费标准哪个单位最早公布", "湖滨新区哪些区域要公布停车收费标准"])
def test_other_questions_are_not_compared(ask: Ask, question: str) -> None:
    assert ask(question).kind != "compare"
