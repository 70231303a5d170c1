"""The number, the date and the basis of a document, each with the passage that prints it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from api.schemas import AnswerReply
from tests.api.answers.base import DOCUMENTS, HILL, document, passage

Ask = Callable[..., AnswerReply]
HILL_DOCUMENT = DOCUMENTS[1]


def cited(reply: AnswerReply) -> list[str]:
    return [citation.record_id for citation in reply.citations]


@pytest.mark.parametrize("text", ["白鹭洲的文号是多少", "白鹭洲的分工是几号文", "白鹭洲那份分工是多少号文件"])
def test_the_number_comes_with_the_passage_that_prints_it(ask: Ask, text: str) -> None:
    reply = ask(text)
    assert reply.text == "《白鹭洲开发区2022年政务公开分工》的文号是白管发〔2022〕12号。（白鹭洲开发区）"
    assert (reply.kind, cited(reply)) == ("answer", ["isle-p2"])


def test_the_date_comes_with_the_passage_that_prints_it(ask: Ask) -> None:
    reply = ask("白鹭洲的分工是什么时候印发的")
    assert "落款日期是2022年3月18日" in reply.text
    assert cited(reply) == ["isle-p2"]


def test_number_and_date_that_no_passage_prints_are_cited_by_the_first_record(ask: Ask) -> None:
    number, day = ask("湖滨新区的任务表文号是多少"), ask("湖滨新区的文件是哪天印发的")
    assert "湖管办〔2023〕7号" in number.text and cited(number) == ["lake-1"]
    assert "2023年4月6日" in day.text and cited(day) == ["lake-1"]


def test_a_passage_of_another_document_is_not_cited(ask_with: Callable[..., Ask]) -> None:
    strange = passage("isle", 9, "附注", "与湖管办〔2023〕7号一并执行。")
    assert cited(ask_with(passages=(strange,))("湖滨新区的任务表文号是多少")) == ["lake-1"]


@pytest.mark.parametrize(
    "text",
    [
        "白鹭洲的分工是根据哪份文件制定的",
        "白鹭洲的分工是根据哪个文号的文件定的",
        "白鹭洲的分工照着省里哪份文件，文号多少",
        "白鹭洲的分工依据什么文件",
    ],
)
def test_the_basis_is_the_sentence_that_names_another_document(ask: Ask, text: str) -> None:
    reply = ask(text)
    assert reply.text.startswith("文件写明：根据《省政务公开工作安排》（示政办发〔2022〕3号）要求")
    assert cited(reply) == ["isle-p1"]


@pytest.mark.parametrize("text", ["白鹭洲那份示政办发的文件是几号文", "白鹭洲的分工里示政办发是多少号"])
def test_the_number_of_another_issuer_is_told_from_ones_own(ask: Ask, text: str) -> None:
    assert cited(ask(text)) == ["isle-p1"]
    assert cited(ask(text.replace("示政办发", "白管发"))) == ["isle-p2"]


def test_its_own_number_is_no_basis(ask: Ask, ask_with: Callable[..., Ask]) -> None:
    question = "湖滨新区的任务表是按照省里哪个文号的文件定的"
    own = passage("lake", 9, "正文", "本表（湖管办〔2023〕7号）按照年初的部署制定。")
    for reply in (ask(question), ask_with(passages=(own,))(question)):
        assert (reply.kind, reply.citations) == ("not_found", [])
        assert "《湖滨新区2023年政务公开任务表》没有写明依据的文件" in reply.text
        assert "湖管办〔2023〕7号" not in reply.text


def test_a_number_mentioned_in_passing_is_no_basis(ask_with: Callable[..., Ask]) -> None:
    passing = passage("lake", 9, "正文", "示政办发〔2021〕9号由档案室保存。")
    reply = ask_with(passages=(passing,))("湖滨新区的任务表是根据哪份文件制定的")
    assert (reply.kind, reply.citations) == ("not_found", [])


def test_a_number_that_is_not_printed_is_not_made_up(ask: Ask) -> None:
    reply = ask("云岭县要点的文号是多少")
    assert (reply.kind, reply.citations) == ("not_found", [])
    assert "《云岭县2021年政务公开要点》" in reply.text and "没有写明文号" in reply.text
    assert "登记诉求" in [option.question for option in reply.options]


def test_a_date_that_is_not_printed_is_not_made_up(ask: Ask) -> None:
    reply = ask("云岭县要点是什么时候印发的", year=2021)
    assert "《云岭县2021年政务公开要点》是2021年的文件，没有写明印发日期" in reply.text
    assert "月" not in reply.text and reply.citations


def test_each_of_two_places_is_told(ask: Ask) -> None:
    reply = ask("湖滨新区和白鹭洲的文件文号分别是多少")
    assert "湖管办〔2023〕7号" in reply.text and "白管发〔2022〕12号" in reply.text
    assert cited(reply) == ["lake-1", "isle-p2"]


def test_many_documents_of_a_place_are_not_recited(ask_with: Callable[..., Ask]) -> None:
    more = tuple(
        document(f"hill-{at}", f"通知{at}", HILL, year=2021, doc_number=f"云办〔2021〕{at}号") for at in range(1, 4)
    )
    assert "云办〔2021〕" not in ask_with(documents=more)("云岭县的文号是多少").text


def test_a_document_with_a_number_is_told_beside_one_without(ask_with: Callable[..., Ask]) -> None:
    other = replace(HILL_DOCUMENT, id="other", title="云岭县村务公开办法", doc_number="云办〔2021〕5号")
    printed = passage("other", 1, "落款", "云岭县人民政府办公室，云办〔2021〕5号。")
    reply = ask_with(documents=(other,), passages=(printed,))("2021年云岭县文件的文号是多少")
    assert "《云岭县村务公开办法》的文号是云办〔2021〕5号" in reply.text
    assert cited(reply) == ["other-p1"]
