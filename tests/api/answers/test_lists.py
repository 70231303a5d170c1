"""Tasks listed, counted and ranked over the made-up plans."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from api.answers.lists import SHOWN
from api.schemas import AnswerReply
from tests.api.answers.base import DOCUMENTS, ISLE, LAKE, document, task
from tests.api.answers.conversation import Conversation

Ask = Callable[..., AnswerReply]
AskWith = Callable[..., Ask]

LAKE_SOURCE = "（湖滨新区 · 《湖滨新区2023年政务公开任务表》湖管办〔2023〕7号）"


def titles(reply: AnswerReply) -> list[str]:
    """The titles of the numbered lines."""
    return re.findall(r"^\d+\. (?:[^（·]+·)?([^（]+)（", reply.text, re.M)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("湖滨新区发展改革局负责哪些工作", ["公布停车收费标准", "更新权责清单"]),
        ("湖滨新区城管局牵头的任务有哪些", []),
        ("湖滨新区城管局作为责任单位的任务有哪些", ["公布停车收费标准"]),
        ("湖滨新区2023年6月底前要完成的任务有哪些", ["公布停车收费标准"]),
        ("湖滨新区三季度要完成的任务有哪些", ["公开学区划分"]),
        ("湖滨新区年底前完成的任务有哪些", ["公布停车收费标准", "公开学区划分"]),
        ("年底前完成的", ["公布停车收费标准", "公开学区划分", "公布停车收费标准", "公开财政预算"]),
        ("2021年底前要完成的任务有哪些", ["公布停车收费标准", "公开财政预算"]),
        ("长期坚持的任务有哪些", ["公开饮用水水质", "办好区长信箱"]),
        ("湖滨新区没写时限的任务有哪些", ["更新权责清单"]),
        ("用微信公众号发布的任务有哪些", ["公开学区划分"]),
        ("在公示栏公开的任务有哪些", ["公布停车收费标准", "公布渡轮班次"]),
        ("湖滨新区第二部分有哪些任务", ["公开学区划分"]),
        ("湖滨新区发展改革局年底前要完成的任务有哪些", ["公布停车收费标准"]),
        ("湖滨新区不是发展改革局牵头的任务有哪些", ["公开饮用水水质", "办好区长信箱", "公开学区划分"]),
        ("湖滨新区哪项任务时限最早", ["公布停车收费标准"]),
        ("云岭县时限最晚的任务是哪项", ["公开财政预算"]),
        ("湖滨新区什么任务最急", ["公布停车收费标准"]),
        ("湖滨新区不在网站公开的任务有哪些", ["公开饮用水水质", "办好区长信箱", "更新权责清单", "公开学区划分"]),
        ("白鹭洲没有写明牵头单位的任务有哪些", ["公布渡轮班次", "开展观鸟科普"]),
        ("湖滨新区最后一部分有哪些任务", ["公开学区划分"]),
        ("湖滨新区哪些事要上网公开", ["公布停车收费标准"]),
        ("湖滨新区发展改革局手里有哪几样任务", ["公布停车收费标准", "更新权责清单"]),
        ("湖滨新区不是长期坚持的任务有哪些", ["公布停车收费标准", "更新权责清单", "公开学区划分"]),
        ("湖滨新区除了长期坚持的还有哪些任务", ["公布停车收费标准", "更新权责清单", "公开学区划分"]),
        ("湖滨新区哪几项要用微信公众号发", ["公开学区划分"]),
        ("湖滨新区只在门户网站公开的任务有哪些", ["公布停车收费标准"]),
        ("湖滨新区哪几样活是6月底前要交差的", ["公布停车收费标准"]),
        ("湖滨新区教育局名下有哪几样", ["公开学区划分"]),
        ("湖滨新区教育局有没有负责的任务", ["公开学区划分"]),
        ("把湖滨新区年底前要办完的都列出来", ["公布停车收费标准", "公开学区划分"]),
    ],
)
def test_just_the_tasks_that_meet_the_conditions_are_listed(ask: Ask, question: str, found: list[str]) -> None:
    reply = ask(question)
    assert titles(reply) == found, reply.text
    assert not found or reply.kind == "list"


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("湖滨新区发展改革局承担几项任务", "共列出湖滨新区发展改革局承担的2项任务（湖滨新区）。"),
        ("云岭县财政局要干几件事", "共列出云岭县财政局承担的1项任务（云岭县）。"),
        ("湖滨新区一共多少项任务", "《湖滨新区2023年政务公开任务表》湖管办〔2023〕7号共列出5项任务（湖滨新区）。"),
        ("湖滨新区政务公开一共有多少项任务", "《湖滨新区2023年政务公开任务表》湖管办〔2023〕7号共列出5项任务"),
        ("湖滨新区的政务公开总共几项", "《湖滨新区2023年政务公开任务表》湖管办〔2023〕7号共列出5项任务"),
        ("一共有多少项任务", "3份文件共列出11项任务："),
        ("没写时限的有几项", "3份文件共列出没有写明时限的5项任务："),
        ("湖滨新区第一部分有几项任务", "共列出第一部分的4项任务"),
        ("财政预算方面有几项任务", "2份文件共列出栏目或名称里有“财政预算”的2项任务："),
        ("白鹭洲办公室一共多少项", "共列出白鹭洲开发区办公室承担的2项任务"),
        ("湖滨新区有几项任务的公开方式里带公众号", "共列出公开方式写明微信的1项任务"),
        ("湖滨新区有几项不是长期坚持的", "共列出不是长期坚持的3项任务"),
        ("湖滨新区有多少个牵头单位", "湖滨新区写明的牵头单位共2个：新区发展改革局、新区生态环境局。"),
        ("白鹭洲牵头单位有几家", "白鹭洲开发区写明的牵头单位共1个：财务处。"),
        ("云岭县停车收费标准有几个责任单位", "写明的责任单位共1个：县城管局。"),
        ("湖滨新区一共有几个单位", "湖滨新区写明的牵头单位和责任单位共7个："),
    ],
)
def test_counts_say_what_was_counted(ask: Ask, question: str, line: str) -> None:
    reply = ask(question)
    assert reply.kind == "list"
    assert line in reply.text


def test_the_list_says_how_many_the_role_and_the_source(ask: Ask) -> None:
    assert ask("湖滨新区发展改革局负责哪些工作").text.splitlines() == [
        "湖滨新区发展改革局承担的任务共2项：",
        "1. 加强主动公开·公布停车收费标准（第1项，牵头）",
        "2. 加强主动公开·更新权责清单（第4项，牵头）",
        LAKE_SOURCE,
    ]


def test_the_deadline_of_each_is_shown_where_it_is_asked(ask: Ask) -> None:
    lines = ask("湖滨新区发展改革局牵头的任务什么时候完成").text.splitlines()
    assert lines[1].endswith("（第1项，2023年6月底前）")
    assert lines[2].endswith("（第4项，没有写明时限）")


def test_general_words_are_told_apart_from_the_unit_itself(ask: Ask) -> None:
    lines = ask("湖滨新区城管局负责哪些工作").text.splitlines()
    assert lines[1] == "1. 加强主动公开·公布停车收费标准（第1项，责任单位）"
    assert lines[2] == "另有1项写的是“各部门”一类的统称，也可能涉及。"


def test_what_may_concern_a_unit_besides_is_counted_in_its_own_region(ask: Ask) -> None:
    assert "另有1项写的是“各部门”一类的统称" in ask("教育局负责几项任务").text


def test_tasks_of_several_plans_stand_under_their_region(ask: Ask) -> None:
    lines = ask("年底前完成的任务有哪些").text.splitlines()
    assert lines[1] == "湖滨新区："
    assert lines[4] == "云岭县："
    assert lines[-1].count("《") == 2


def test_a_unit_of_several_regions_is_asked_back_with_counts(ask_with: AskWith) -> None:
    more = task("isle", "9", "审核预算", "审核预算。", lead=("发展改革局",))
    reply = ask_with(tasks=(more,))("发展改革局负责哪些任务")
    assert reply.kind == "clarify"
    assert "湖滨新区有2项，白鹭洲开发区有1项" in reply.text
    assert [option.label for option in reply.options] == ["湖滨新区", "白鹭洲开发区"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("湖滨新区2023年3月底前要完成的任务有哪些", "文件写的时限有“2023年6月底前”、“长期坚持”、“2023年7月15日前”。"),
        ("白鹭洲年底前要完成的任务有哪些", "文件没有单列时限。"),
        ("湖滨新区城管局牵头的任务有几项", "没有找到湖滨新区城管局牵头的任务"),
        ("湖滨新区在电视上公开的任务有哪些", "没有找到湖滨新区公开方式写明电视的任务"),
    ],
)
def test_where_there_is_none_the_reply_says_so_and_what_there_is(ask: Ask, question: str, said: str) -> None:
    reply = ask(question)
    assert reply.kind == "not_found"
    assert said in reply.text


def test_a_date_only_the_requirement_names_is_told_apart(ask_with: AskWith) -> None:
    more = task("isle", "9", "建成观鸟平台", "2022年9月底前建成观鸟平台。", responsible=("湿地管理处",))
    reply = ask_with(tasks=(more,))("白鹭洲2022年10月底前完成的任务有哪些")
    assert "文件没有单列时限，工作要求里写到的共1项：" in reply.text
    assert titles(reply) == ["建成观鸟平台"]


@pytest.mark.parametrize(
    ("question", "first", "counted"),
    [
        ("湖滨新区哪个单位任务最多", "1. 新区发展改革局：2项（牵头2项）", "两栏"),
        ("湖滨新区谁牵头的任务最多", "1. 新区发展改革局：2项", "牵头单位一栏"),
        ("白鹭洲哪个单位的活最多", "1. 办公室：2项", "两栏"),
        ("除了新区发展改革局，湖滨新区任务最多的单位是哪个", "1. 新区城管局：1项", "两栏"),
        ("湖滨新区哪个牵头的任务最多", "1. 新区发展改革局：2项", "牵头单位一栏"),
        ("哪个单位任务最多", "1. 湖滨新区 新区发展改革局：2项（牵头2项）", "两栏"),
    ],
)
def test_units_are_ranked_with_how_they_were_counted(ask: Ask, question: str, first: str, counted: str) -> None:
    reply = ask(question)
    assert reply.text.splitlines()[1] == first
    assert counted in reply.text
    assert "各部门：" not in reply.text


@pytest.mark.parametrize("question", ["哪个地区任务最多", "湖滨新区和云岭县哪个任务多"])
def test_regions_are_ranked_by_their_tasks(ask: Ask, question: str) -> None:
    assert ask(question).text.splitlines()[1] == "1. 湖滨新区：5项"


def test_a_name_that_several_regions_share_is_told_apart_by_its_year(ask_with: AskWith) -> None:
    plans = (
        document("zone", "新区2018年任务表", "高新区", year=2018),
        document("east", "东港任务", "东港高新区", year=2019),
    )
    tasks = tuple(task(plan.id, "1", "公开预算", "公开预算。", lead=("财政局",)) for plan in plans)
    reply = ask_with(documents=plans, tasks=tasks)("高新区财政局的任务有哪些")
    assert reply.kind == "clarify"
    assert {option.question.split("：")[0] for option in reply.options} == {"2018年高新区", "东港高新区"}


def test_the_unit_with_fewest_tasks_is_named_with_those_that_tie(ask: Ask) -> None:
    assert ask("白鹭洲哪个单位任务最少").text.startswith("白鹭洲开发区任务最少的有3个单位，各1项：")


@pytest.mark.parametrize(
    ("first", "then", "found"),
    [
        ("湖滨新区发展改革局负责哪些工作", "其中年底前完成的有哪些", ["公布停车收费标准"]),
        ("湖滨新区长期坚持的任务有哪些", "那第二部分的任务有哪些", ["公开学区划分"]),
    ],
)
def test_a_follow_up_narrows_the_list(talk: Conversation, first: str, then: str, found: list[str]) -> None:
    talk.say(first)
    assert titles(talk.say(then)) == found


@pytest.mark.parametrize(
    "question",
    [
        "湖滨新区停车收费标准什么时候公布",
        "公开学区划分是第几项任务",
        "湖滨新区学区划分由谁公开",
        "云岭县扶持茶农的政策有哪些内容",
        "渡轮班次在哪里公开",
    ],
)
def test_a_question_about_a_matter_is_no_list(ask: Ask, question: str) -> None:
    assert ask(question).kind != "list"


def many(number: int) -> tuple[Any, ...]:
    return tuple(
        task("lake", str(at), f"任务{at}", "要求。", lead=("新区财政局",), deadline="2023年11月底前")
        for at in range(20, 20 + number)
    )


def test_a_long_list_is_counted_whole_shown_in_part_and_linked(ask_with: AskWith) -> None:
    reply = ask_with(tasks=many(SHOWN + 3))("湖滨新区财政局的任务有哪些")
    lines = reply.text.splitlines()
    assert lines[0] == f"湖滨新区财政局承担的任务共{SHOWN + 3}项："
    assert lines[SHOWN + 1] == f"还有3项没有列出，全部{SHOWN + 3}项见表格。"
    assert len(reply.citations) == SHOWN
    assert reply.link
    assert reply.link.label == f"查看全部{SHOWN + 3}项的表格"
    assert reply.link.url.startswith("tasks?document=lake&")


def test_a_long_list_of_several_regions_is_told_by_region(ask_with: AskWith) -> None:
    reply = ask_with(tasks=many(SHOWN))("年底前完成的任务有哪些")
    assert f"湖滨新区{SHOWN + 2}项" in reply.text
    assert "云岭县2项" in reply.text
    assert [option.label for option in reply.options] == ["湖滨新区", "云岭县"]


def test_plans_no_longer_in_force_are_listed_with_a_caution(ask_with: AskWith) -> None:
    old = DOCUMENTS[3]
    made = task(old.id, "1", "公开租金补助", "公开补助名单。", lead=("县商务局",))
    reply = ask_with(tasks=(made,))("云岭县商务局负责哪些任务")
    assert titles(reply) == ["公开租金补助"]
    assert reply.text.startswith("请注意：")


@pytest.mark.parametrize(
    "question", ["湖滨新区和白鹭洲谁的任务多", "湖滨新区和白鹭洲哪里的任务更多", "湖滨新区跟白鹭洲哪个地区任务多"]
)
def test_regions_are_ranked_where_it_is_asked_whose_tasks_are_more(ask: Ask, question: str) -> None:
    lines = ask(question).text.splitlines()
    assert lines[1:3] == [f"1. {LAKE}：5项", f"2. {ISLE}：3项"]


def test_tasks_without_a_number_of_their_own_do_not_repeat_the_heading(ask_with: AskWith) -> None:
    made = task("hill", "9", "公开水价", "公布水价。", lead=("县水务局",), section=("一、加强公开", "（一）价格"))
    made = replace(made, no=None)
    assert ask_with(tasks=(made,))("云岭县水务局负责哪些任务").text.splitlines()[1] == "1. 价格·公开水价（牵头）"
