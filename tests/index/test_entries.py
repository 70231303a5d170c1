import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.entries import entries_of, entry_of, sentence_groups
from tests.index.conftest import RECORDS


def test_every_record_has_one_entry_and_those_of_a_document_stand_together() -> None:
    entries = entries_of(RECORDS)
    assert [entry.record_id for entry in entries] == ["e1", "e2", "w1", "w2", "r1", "r2", "t1", "f1"]


def test_a_task_is_found_by_its_title_units_and_channel() -> None:
    entry = entry_of(RECORDS.tasks[0], "东湖新城2021年政务公开要点")
    assert entry.title == "一、加强主动公开 公开财政预算"
    assert entry.units == ("区财政局", "各部门")
    assert all(word in entry.text for word in ("东湖新城", "公开财政预算", "款级科目", "区财政局", "门户网站", "6月底"))
    assert entry.chunks == (entry.title, "公开财政预算。按时公开部门预算和决算，细化到款级科目。")


def test_a_passage_carries_the_title_of_its_document() -> None:
    entry = entry_of(RECORDS.passages[0], "东湖新城房租补贴办法")
    assert entry.text.startswith("东湖新城房租补贴办法 第二章 补贴 入驻园区")


def test_an_answered_question_is_embedded_in_each_of_its_wordings() -> None:
    entry = entry_of(RECORDS.faqs[0], "")
    assert entry.chunks == ("怎么查办理进度", "我的申请办到哪一步了")
    assert entry.negatives == ("怎么查办公地址",)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("", []),
        ("公开预算。公开决算。", ["公开预算。公开决算。"]),
        ("公开全部预算。公开全部决算。", ["公开全部预算。", "公开全部决算。"]),
        ("没有句号的很长很长很长的一句话", ["没有句号的很长很长很长的一句话"]),
    ],
)
def test_requirements_are_cut_at_sentence_ends(text: str, groups: list[str]) -> None:
    assert sentence_groups(text, length=10) == groups


@given(st.text(alphabet="公开预算。；，", max_size=80), st.integers(1, 30))
def test_cutting_loses_no_character(text: str, length: int) -> None:
    assert "".join(sentence_groups(text, length)) == text
