"""Where the last answer stands."""

import pytest

from tests.api.answers.conversation import Conversation


@pytest.mark.parametrize(
    "question",
    [
        "出处",
        "原文在哪看",
        "原文在哪儿能看到？",
        "在哪能看到原文",
        "全文在哪里可以看到",
        "看看原文",
        "原文怎么找",
        "原文链接",
        "原文呢",
    ],
)
def test_the_record_of_the_last_answer_is_quoted_with_its_source(talk: Conversation, question: str) -> None:
    talk.say("湖滨新区停车收费标准谁负责")
    reply = talk.say(question)
    assert reply.text.startswith("原文是：“在门户网站公布公共停车场的收费标准")
    assert [cited.record_id for cited in reply.citations] == ["lake-1"]


@pytest.mark.parametrize("question", ["停车收费标准的原文由谁公布", "在哪里公开"])
def test_a_question_about_a_matter_asks_for_no_source(talk: Conversation, question: str) -> None:
    talk.say("湖滨新区停车收费标准谁负责")
    assert not talk.say(question).text.startswith("原文是")
