"""What asks nothing is told from what asks something, however short."""

from collections.abc import Callable

import pytest

from api.answers.nonsense import asks_nothing, asks_who_answers
from api.schemas import AnswerReply
from tests.api.answers.conversation import Conversation

Ask = Callable[..., AnswerReply]


@pytest.mark.parametrize(
    "text",
    [
        "哈哈", "呵呵呵", "在吗在吗", "在不在", "有人吗?", "喂喂", "你好你好", "嗯嗯", "额...", "😂😂😂", "???", "…",
        "aaaa", "1111", "hello", "测试一下", "嗯嗯懂了,你辛苦啦", "谢谢你", "早上好啊", "哦哦知道了", "好的",
    ],
)  # fmt: skip
def test_laughter_calls_and_courtesies_ask_nothing(text: str) -> None:
    assert asks_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "预算",
        "停车费",
        "在哪公开",
        "时限呢",
        "那济南呢",
        "好的吧那时限",
        "知道停车费吗",
        "1",
        "第八条",
        "谁负责",
        "还有呢",
        "12345",
    ],
)
def test_short_questions_ask_something(text: str) -> None:
    assert not asks_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "你是谁", "你叫什么名字啊?", "你是机器人吗", "您是真人还是机器人", "您会什么呀", "您贵姓",
        "你是哪家公司做出来的", "谁研发的你呀", "你今天吃午饭了没", "跟我唠唠嗑", "讲个笑话吧", "祝您身体健康",
        "我就随便逛逛", "你从哪里来的", "你的名字是啥",
    ],
)  # fmt: skip
def test_the_one_who_answers_is_asked_about(text: str) -> None:
    assert asks_who_answers(text)


@pytest.mark.parametrize(
    "text",
    ["你们单位谁负责", "你是哪个部门的", "你知道谁负责停车吗", "网站是谁开发的", "跟我说说停车费", "你们几点上班"],
)
def test_a_question_to_somebody_is_not_about_him(text: str) -> None:
    assert not asks_who_answers(text)


@pytest.mark.parametrize("question", ["哈哈", "在吗在吗", "你是谁", "你是谁开发的", "asdkfj qwe", "😂", "呵呵哒哒"])
def test_examples_are_offered_that_are_answered(ask: Ask, question: str) -> None:
    reply = ask(question)
    assert (reply.kind, reply.citations, reply.confidence) == ("not_found", [], 0.0)
    assert reply.text == "没太明白您想问什么。您可以说出地区和具体事项，比如这样问："
    *examples, last = reply.options
    assert last.label == "登记诉求"
    assert 1 <= len(examples) <= 3
    assert all(ask(option.question).kind == "answer" for option in examples)


def test_laughter_after_an_answer_does_not_repeat_it(talk: Conversation) -> None:
    assert talk.say("湖滨新区公布停车收费标准由谁牵头").kind == "answer"
    assert talk.say("😂😂").kind == "not_found"
