"""What a document named is."""

from collections.abc import Callable

import pytest

from api.schemas import AnswerReply
from tests.api.answers.base import HILL, document, passage

Ask = Callable[[str], AnswerReply]
MARKET = document(
    "market", "云岭县人民政府关于印发夜市管理若干措施的通知", HILL, year=2023, doc_number="云政发〔2023〕6号"
)
COPY = document("copy", "关于印发夜市管理若干措施的通知", HILL, year=2023, doc_number="云政发〔2023〕6号")
LETTERHEAD = "云岭县人民政府关于印发夜市管理若干措施的通知 云政发〔2023〕6号"
PASSAGES = (
    passage("market", 1, "", LETTERHEAD),
    passage("market", 2, "一、摊位", "1.划定摊位。每个摊位三平方米。\n2.抽签分配。每季度抽签一次。"),
    passage("market", 3, "二、收费", "3.免收摊位费。\n4.收取保洁费。每月二十元。"),
    passage("copy", 1, "", "夜市每晚十点收摊。"),
)


@pytest.fixture
def ask_market(ask_with: Callable[..., Ask]) -> Ask:
    return ask_with(documents=(MARKET, COPY), passages=PASSAGES)


@pytest.mark.parametrize(
    "question",
    [
        "云政发〔2023〕6号是什么文件",
        "云政发〔2023〕6号讲了啥？",
        "云政发〔2023〕6号的主要内容",
        "请问云政发〔2023〕6号主要说的是什么",
        "云政发6号",
        "《云岭县人民政府关于印发夜市管理若干措施的通知》是关于什么的",
    ],
)
def test_its_name_and_main_headings_are_told_and_no_letterhead(ask_market: Ask, question: str) -> None:
    reply = ask_market(question)
    assert reply.kind == "answer"
    assert reply.text.startswith(f"这是《{MARKET.title}》云政发〔2023〕6号。\n主要内容：\n一、摊位\n二、收费\n")
    assert {cited.record_id for cited in reply.citations} == {"market-p1"}


def test_a_plan_is_told_with_its_numbers_of_tasks_issuer_and_date(ask_market: Ask) -> None:
    text = ask_market("湖管办〔2023〕7号是什么文件").text
    assert "落款日期是2023年4月6日" in text
    assert "一、加强主动公开（4项任务）\n二、回应社会关切（1项任务）" in text


def test_a_question_about_a_matter_is_none_about_the_document(ask_market: Ask) -> None:
    assert "主要内容" not in ask_market("云政发〔2023〕6号规定保洁费收多少").text


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("云政发〔2023〕6号第三条", "3.免收摊位费"),
        ("云政发〔2023〕6号第2条是什么", "2.抽签分配"),
        ("云政发〔2023〕6号最后一条", "4.收取保洁费"),
        ("云政发〔2023〕6号第二部分", "3.免收摊位费"),
    ],
)
def test_measures_count_through_the_parts_of_the_one_document_of_a_number(
    ask_market: Ask, question: str, begins: str
) -> None:
    reply = ask_market(question)
    assert (reply.kind, reply.options) == ("answer", [])
    assert reply.text.startswith(begins)


def test_a_measure_that_there_is_not_is_said_not_to_be(ask_market: Ask) -> None:
    reply = ask_market("云政发〔2023〕6号第九条")
    assert (reply.kind, "一共4条，没有第九条" in reply.text) == ("not_found", True)
