"""Which plan was issued first."""

from collections.abc import Callable

import pytest

from api.schemas import AnswerReply

Ask = Callable[..., AnswerReply]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("湖滨新区和白鹭洲的通知哪个发得早", "白鹭洲开发区的文件印发得早。"),
        ("政务公开的文件，白鹭洲和湖滨新区谁先印发", "白鹭洲开发区的文件印发得早。"),
        ("湖滨新区和白鹭洲的文件哪个下发得晚一点", "湖滨新区的文件印发得晚。"),
        ("湖滨新区和云岭县的文件哪个发得早", "云岭县的文件印发得早。"),
        ("哪个地区的文件印发得最晚", "湖滨新区的文件印发得最晚。"),
    ],
)
def test_the_days_printed_say_which_was_first(ask: Ask, question: str, first: str) -> None:
    reply = ask(question)
    assert (reply.kind, reply.text.splitlines()[0]) == ("compare", first)


def test_each_document_stands_with_its_day_or_year(ask: Ask) -> None:
    text = ask("湖滨新区和云岭县的文件哪个发得早").text
    assert "湖滨新区：《湖滨新区2023年政务公开任务表》湖管办〔2023〕7号，落款日期是2023年4月6日。" in text
    assert "云岭县：《云岭县2021年政务公开要点》，是2021年的文件，没有写明印发日期。" in text


@pytest.mark.parametrize("question", ["湖滨新区和云岭县的停车收费标准哪个公布得早", "湖滨新区的文件什么时候印发的"])
def test_a_matter_or_a_single_document_is_not_compared_by_issue(ask: Ask, question: str) -> None:
    assert "印发得" not in ask(question).text
