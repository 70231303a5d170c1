"""Which approved answer is taken, where several are alike."""

from dataclasses import replace
from pathlib import Path

import pytest

from api.answers.compose import Evidence
from knowledge.model import Faq, Locator
from tests.api.answers.base import RECORDS
from tests.api.answers.conversation import Conversation, open_index


def approved(key: str, answer: str, *questions: str) -> Faq:
    return Faq(key, questions, (), answer, "service", "编辑部", Locator("faq.yaml", line=9))


COST = approved("cost", "一般不收费。", "登记观鸟要等几天交钱", "登记观鸟收费吗")
TIME = approved("time", "二十个工作日内答复。", "登记观鸟多久有结果", "登记观鸟要几天")


@pytest.mark.parametrize(("question", "faq"), [("登记观鸟要等几天", "time"), ("登记观鸟收费吗", "cost")])
def test_a_question_for_a_time_is_answered_with_a_time(question: str, faq: str, tmp_path: Path) -> None:
    talk = Conversation(open_index(replace(RECORDS, faqs=(*RECORDS.faqs, COST, TIME)), tmp_path))
    assert [cited.record_id for cited in talk.say(question).citations] == [faq]


def test_an_approved_answer_without_a_time_answers_no_question_for_one(tmp_path: Path) -> None:
    talk = Conversation(open_index(replace(RECORDS, faqs=(*RECORDS.faqs, COST)), tmp_path))
    assert "cost" not in [cited.record_id for cited in talk.say("登记观鸟要等几天").citations]


PIPE = approved(
    "pipe",
    "请拨打供水热线。",
    "停水了找谁",
    "宠物证到哪里去办理？",
    "犬只登记要什么材料",
    "停水了怎么办？要等几天才来水？",
    "你能做什么",
)


@pytest.mark.parametrize("question", [*PIPE.questions, "停水了，找谁？", " 宠物证到哪里去办理 ", "犬只登记要什么材料?"])
def test_the_very_question_of_an_approved_answer_gets_it_whatever_it_asks_for(question: str, tmp_path: Path) -> None:
    talk = Conversation(open_index(replace(RECORDS, faqs=(*RECORDS.faqs, PIPE)), tmp_path))
    reply = talk.say(question)
    assert (reply.kind, [cited.record_id for cited in reply.citations]) == ("answer", ["pipe"])


LIBRARY = approved("library", "周末晚上九点闭馆。", "湖滨新区图书馆周末几点闭馆？")


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("湖滨新区 图书馆 周末几点闭馆", True),
        ("云岭县图书馆周末几点闭馆", False),
        ("图书馆周末几点闭馆", False),
        ("湖滨新区和云岭县的图书馆周末几点闭馆", False),
    ],
)
def test_an_approved_answer_about_a_place_is_for_questions_about_that_place(
    question: str, answered: bool, tmp_path: Path
) -> None:
    talk = Conversation(open_index(replace(RECORDS, faqs=(*RECORDS.faqs, LIBRARY)), tmp_path))
    assert ("library" in [cited.record_id for cited in talk.say(question).citations]) is answered


CARD = approved("card", "到社区服务中心办理，申请不收费。", "观鸟卡在哪里办", "怎么申请观鸟卡", "中学报名带什么")


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("观鸟卡去哪儿办", True),
        ("渡轮证去哪儿办", False),
        ("咋申请观鸟卡", True),
        ("低保怎么申请", False),
        ("小学报名带些啥", False),
        ("申请要收费吗", True),
    ],
)
def test_a_question_built_alike_about_something_else_is_not_answered(
    question: str, answered: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the encoder holds of the two."""
    index = open_index(replace(RECORDS, faqs=(*RECORDS.faqs, CARD)), tmp_path)
    near = [Evidence(CARD, index.document(CARD.document_id), 0.99)]
    monkeypatch.setattr("api.answers.decide.retrieve_faq", lambda *_: near)
    reply = Conversation(index).say(question)
    assert ("card" in [cited.record_id for cited in reply.citations]) is answered


CLOSED = approved("closed", "注销后不能再领。", "个体户注销了还能领补贴吗", "店注销了补贴还有吗")


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("个体户注销了补贴还给吗", True),
        ("店注销了补贴还有没有", True),
        ("残疾人补贴怎么没发", False),
        ("高龄补贴怎么领", False),
        ("社保补贴还能领吗", False),
    ],
)
def test_an_approved_answer_on_one_thing_answers_no_question_on_another(
    question: str, answered: bool, tmp_path: Path
) -> None:
    talk = Conversation(open_index(replace(RECORDS, faqs=(*RECORDS.faqs, CLOSED)), tmp_path))
    assert ("closed" in [cited.record_id for cited in talk.say(question).citations]) is answered
