"""Follow-ups on a list or a count."""

import pytest

from tests.api.answers.base import LAKE
from tests.api.answers.conversation import Conversation


@pytest.mark.parametrize(
    "members", ["都是哪些", "哪几项", "分别是哪几项？", "还有呢", "是哪些任务", "都有什么", "列出来看看"]
)
@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("湖滨新区发展改革局牵头几项任务", ["公布停车收费标准", "更新权责清单"]),
        ("湖滨新区长期坚持的任务有几项", ["公开饮用水水质", "办好区长信箱"]),
        ("白鹭洲一共有几项任务", ["公布渡轮班次", "公开财政预算", "开展观鸟科普"]),
    ],
)
def test_the_tasks_counted_are_listed(talk: Conversation, question: str, named: list[str], members: str) -> None:
    talk.say(question)
    reply = talk.say(members)
    lines = [line for line in reply.text.split("\n") if line[:1].isdigit()]
    assert reply.kind == "list"
    assert len(lines) == len(named)
    assert all(name in line for name, line in zip(named, lines, strict=True))


@pytest.mark.parametrize(
    ("question", "record"),
    [
        ("第一个谁管", "lake-1"),
        ("第2个什么时候完成", "lake-2"),
        ("第三条讲什么", "lake-3"),
        ("那最后一个呢", "lake-5"),
        ("第五个", "lake-5"),
    ],
)
def test_one_of_those_shown_is_meant_by_its_place(talk: Conversation, question: str, record: str) -> None:
    talk.say("湖滨新区有哪些任务")
    assert [cited.record_id for cited in talk.say(question).citations] == [record]


def test_the_next_of_a_list_is_asked_the_same(talk: Conversation) -> None:
    talk.say("湖滨新区有哪些任务")
    talk.say("第一个谁管")
    reply = talk.say("第二个呢")
    assert "新区生态环境局" in reply.text
    assert [cited.record_id for cited in reply.citations] == ["lake-2"]


def test_a_place_that_is_not_on_the_list_is_none(talk: Conversation) -> None:
    talk.say("白鹭洲有哪些任务")
    assert talk.say("第九个谁管").kind != "answer"


def test_a_whole_question_leans_on_no_earlier_matter(talk: Conversation) -> None:
    talk.say("云岭县的停车收费谁负责")
    reply = talk.say("湖滨新区有哪些任务是长期坚持的")
    assert (reply.kind, len(reply.citations)) == ("list", 2)
    assert reply.frame.regions == [LAKE]


def test_members_are_asked_for_behind_a_list_alone(talk: Conversation) -> None:
    talk.say("湖滨新区停车收费标准谁负责")
    assert talk.say("都是哪些").kind != "list"
