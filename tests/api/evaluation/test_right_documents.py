"""Which documents count as right, in process and over a running server."""

import pytest

from api.evaluation.questions import DocumentQuestion
from api.evaluation.right_documents import RemoteDocuments, ServedDocuments, Shown, texts_of
from knowledge.model import Records
from tests.api.answers.base import document, passage, task

RECORDS = Records(
    documents=(
        document("甲", "甲办法", "星河区"),
        document("乙", "乙办法", "星河区"),
        document("丙", "丙计划", "星河区"),
    ),
    tasks=(task("丙", "1", "公开停车收费", "每季度公布收费标准。", deadline="6月底前", channel="政府网站"),),
    passages=(
        passage("甲", 1, "第一条", "为了规范停车，制定本办法。"),
        passage("甲", 2, "第一条", "规范停车，制定本办法。适用于全区道路。"),
        passage("甲", 3, "第二条 收费", "每小时五元。"),
        passage("乙", 1, "附件", "适用于全区 道路。每小时五元。"),
    ),
)
SERVED = ServedDocuments(RECORDS)


@pytest.mark.parametrize(
    ("docid", "answer", "right"),
    [
        ("甲", "制定本办法。适用于全区", {"甲"}),
        ("甲", "每小时五元", {"甲", "乙"}),
        ("乙", "字面上哪里都没有", {"乙"}),
        ("没有收录", "适用于全区道路", {"甲", "乙"}),
        ("没有收录", "哪里都没有", set()),
        ("丙", "每季度公布收费标准", {"丙"}),
        ("甲", "适用于全区道路。第二条收费每小时五元", {"甲"}),
    ],
)
def test_right_is_the_document_of_the_name_and_each_that_holds_the_answer(
    docid: str, answer: str, right: set[str]
) -> None:
    question = DocumentQuestion("q", docid, "问", answer)
    assert SERVED.among_served(question) == right
    assert all(SERVED.is_right(question, Shown(key, f"{key}.txt", "")) for key in right)


def test_a_text_is_put_together_with_headings_and_overlaps_once() -> None:
    assert texts_of(RECORDS)["甲"] == "第一条为了规范停车，制定本办法。适用于全区道路。第二条收费每小时五元。"


def test_a_running_server_is_judged_by_what_it_shows() -> None:
    question = DocumentQuestion("q", "甲", "问", "每小时五元")
    remote = RemoteDocuments()
    assert remote.is_right(question, Shown("1", "folder/甲.txt", "无关"))
    assert remote.is_right(question, Shown("2", "乙.txt", "每小时 五元。"))
    assert remote.is_right(question, Shown("2", "乙.txt", "别的条文"))
    assert not remote.is_right(question, Shown("3", "乙.txt", "别的条文"))
    assert remote.among_served(question) == {"1", "2"}
