"""The parts of a plan, and what stands under one of its headings."""

from collections.abc import Callable

import pytest

from api.schemas import AnswerReply
from tests.api.answers.base import HILL, document, task

Ask = Callable[..., AnswerReply]
AskWith = Callable[..., Ask]

FARM = document("farm", "云岭县农产品公开方案", HILL, year=2023)
HEADINGS = (
    ("一、公开产地信息", "（一）茶叶"),
    ("一、公开产地信息", "（一） 茶叶"),
    ("一、公开产地信息", "（二）竹笋"),
    ("二、公开“两品一标”，加强抽检", "（一）标志"),
)
TASKS = tuple(
    task("farm", str(at), f"农产品任务{at}", "按月公布。", section=section)
    for at, section in enumerate(HEADINGS, start=1)
)


@pytest.fixture
def ask_farm(ask_with: AskWith) -> Ask:
    return ask_with(documents=(FARM,), tasks=TASKS)


@pytest.mark.parametrize(
    "question",
    [
        "湖滨新区任务表一共几个部分",
        "湖滨新区的文件分哪几大块",
        "《湖滨新区2023年政务公开任务表》由哪几个部分组成？",
        "湖滨新区任务表共有几大块呀",
    ],
)
def test_the_parts_of_a_plan_are_told_with_their_tasks(ask: Ask, question: str) -> None:
    reply = ask(question)
    head, *lines = reply.text.splitlines()
    assert head == "《湖滨新区2023年政务公开任务表》湖管办〔2023〕7号一共2个部分："
    assert lines[:2] == ["一、加强主动公开（4项任务）", "二、回应社会关切（1项任务）"]


def test_without_a_plan_it_is_asked_which(ask: Ask) -> None:
    reply = ask("一共有几个部分")
    assert (reply.kind, reply.text) == ("clarify", "您想问哪份文件？请说出文件的名称或文号。")
    assert len(reply.options) == 3
    assert ask(reply.options[0].question).kind == "answer"


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("湖滨新区“回应社会关切”那一节包括哪几项内容", "二、回应社会关切，共1项任务："),
        ("湖滨新区回应社会关切这一块有哪几条", "二、回应社会关切，共1项任务："),
        ("云岭县“公开产地信息”下面分几个小点", "一、公开产地信息，分2个方面，共3项任务："),
        ("云岭县公开两品一标加强抽检那部分讲什么", "二、公开“两品一标”，加强抽检，共1项任务："),
        ("云岭县茶叶那一节有啥内容", "（一）茶叶，共2项任务："),
    ],
)
def test_what_stands_under_a_heading_is_told(ask_farm: Ask, question: str, line: str) -> None:
    assert ask_farm(question).text.splitlines()[0] == line


def test_headings_that_differ_by_a_blank_are_one(ask_farm: Ask) -> None:
    lines = ask_farm("云岭县农产品公开方案第一部分分哪几个小点").text.splitlines()
    assert lines[1:3] == ["（一）茶叶（2项任务）", "（二）竹笋（1项任务）"]


@pytest.mark.parametrize(
    "question", ["湖滨新区回应社会关切那部分由谁负责", "湖滨新区养老那一块有什么内容", "停车收费分几个部分收"]
)
def test_another_question_is_none_for_an_outline(ask: Ask, question: str) -> None:
    assert "项任务：" not in ask(question).text
