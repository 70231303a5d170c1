"""Which approved answer is taken, where several are alike."""

from dataclasses import replace
from pathlib import Path

import pytest

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
