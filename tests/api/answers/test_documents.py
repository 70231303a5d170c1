"""The number, the date and the basis of a document, each with the passage that prints it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from api.answers.documents import DocumentAnswer, document_answer
from api.answers.understand import understand
from knowledge.directory import Directory
from knowledge.model import Document, Passage
from tests.api.answers.base import DOCUMENTS, PASSAGES, RECORDS, passage

DIRECTORY = Directory.from_records(RECORDS)
LAKE, HILL, ISLE = DOCUMENTS[:3]


def asked(text: str, document: Document = ISLE, passages: Sequence[Passage] = PASSAGES) -> DocumentAnswer:
    return document_answer(understand(text, DIRECTORY, date(2024, 5, 1)), document, passages)


@pytest.mark.parametrize("text", ["白鹭洲的文号是多少", "白鹭洲的分工是几号文", "白鹭洲那份分工是多少号文件"])
def test_the_number_comes_with_the_passage_that_prints_it(text: str) -> None:
    answer = asked(text)
    assert answer.text == "《白鹭洲开发区2022年政务公开分工》的文号是白管发〔2022〕12号。（白鹭洲开发区）"
    assert [evidence.record.id for evidence in answer.evidences] == ["isle-p2"]


def test_the_date_comes_with_the_passage_that_prints_it() -> None:
    answer = asked("白鹭洲的分工是什么时候印发的")
    assert "落款日期是2022年3月18日" in answer.text
    assert [evidence.record.id for evidence in answer.evidences] == ["isle-p2"]


@pytest.mark.parametrize("text", ["白鹭洲的分工是根据哪个文号的文件定的", "白鹭洲的分工照着省里哪份文件，文号多少"])
def test_the_basis_is_the_sentence_that_names_another_document(text: str) -> None:
    answer = asked(text)
    assert "示政办发〔2022〕3号" in answer.text
    assert [evidence.record.id for evidence in answer.evidences] == ["isle-p1"]


def test_its_own_number_is_no_basis() -> None:
    own = passage("isle", 9, "正文", "按照白管发〔2022〕12号的要求抓好落实。")
    assert "示政办发" not in asked("白鹭洲的分工是根据哪个文号的文件定的", passages=[own]).text


def test_a_passage_of_another_document_is_not_cited() -> None:
    strange = replace(PASSAGES[1], document_id="lake")
    assert asked("白鹭洲的文号是多少", passages=[strange]).evidences == ()


@pytest.mark.parametrize("text", ["云岭县的要点文号是多少", "云岭县的要点是什么时候印发的"])
def test_what_a_document_does_not_print_is_not_made_up(text: str) -> None:
    assert asked(text, HILL) == DocumentAnswer("", ())


def test_number_and_date_of_a_document_without_passages_are_known_from_its_record() -> None:
    assert "湖管办〔2023〕7号" in asked("湖滨新区的文号是多少", LAKE, ()).text
    assert "2023年4月6日" in asked("湖滨新区的文件是哪天印发的", LAKE, ()).text
