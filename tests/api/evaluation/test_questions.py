"""Both kinds of files are recognised by their rows, and what is wrong is named by its line."""

import json
from pathlib import Path

import pytest

from api.evaluation.questions import DocumentQuestion, GoldQuestion, read_file, read_questions

WHO = {"id": "1", "kind": "who", "question": "谁负责停车收费？"}
WHERE = {"id": "a", "docid": "停车办法", "question": "停车费去哪交？", "answer": "区政务大厅"}


def _file(folder: Path, *rows: object) -> Path:
    path = folder / "题.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_dialogue_questions_are_read_with_everything_about_them(tmp_path: Path) -> None:
    full = WHO | {"context": ["先问"], "must": [["甲", "乙"], ["丙"]], "must_not": ["丁"], "cite": "原文", "doc": "000"}
    file = read_file(_file(tmp_path, full, "", WHO | {"id": "2"}))
    assert file.documents == ()
    assert file.dialogue == (
        GoldQuestion("1", "who", WHO["question"], ("先问",), (("甲", "乙"), ("丙",)), ("丁",), "原文"),
        GoldQuestion("2", "who", WHO["question"]),
    )


def test_document_questions_are_recognised_by_their_rows(tmp_path: Path) -> None:
    file = read_file(_file(tmp_path, WHERE))
    assert (file.name, file.dialogue) == ("题.jsonl", ())
    assert file.documents == (DocumentQuestion("a", "停车办法", "停车费去哪交？", "区政务大厅"),)


def test_a_byte_order_mark_and_separators_inside_a_text_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "题.jsonl"
    row = json.dumps(WHERE | {"answer": "甲\u2028乙\x85丙"}, ensure_ascii=False)
    path.write_text(f"\ufeff{row}\r\n", encoding="utf-8")
    assert read_file(path).documents[0].answer == "甲\u2028乙\x85丙"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("不是 JSON", "第 2 行不是一道题：不是 JSON"),
        ("[1]", "应是一个 JSON 对象，写的是 \\[1\\]"),
        ({"id": "2", "question": "谁"}, "第 2 行不是一道题：缺少 kind"),
        (WHO | {"id": 2}, "id 应是不为空的文字，写的是 2"),
        (WHO | {"id": "2", "question": " "}, "question 应是不为空的文字"),
        (WHO | {"id": "2", "context": "先问"}, "context 应是一列文字，写的是 '先问'"),
        (WHO | {"id": "2", "must": "甲"}, "must 应是几组文字"),
        (WHO | {"id": "2", "must": ["甲"]}, "must 应是一列文字，写的是 '甲'"),
        (WHO, "第 2 行的编号“1”与第 1 行重复"),
        (WHERE, "带 docid 的是文件题"),
    ],
)
def test_a_broken_line_is_named_with_what_is_wrong_in_it(tmp_path: Path, row: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_file(_file(tmp_path, WHO, row))


@pytest.mark.parametrize("name", ["id", "question", "answer"])
def test_a_document_question_needs_all_its_fields(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=f"第 2 行不是一道题：缺少 {name}"):
        read_file(_file(tmp_path, WHERE, {key: value for key, value in WHERE.items() if key != name} | {"docid": "x"}))


def test_a_dialogue_question_among_document_questions_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="第 2 行不是一道题：缺少 docid"):
        read_file(_file(tmp_path, WHERE, WHO))


def test_an_empty_file_and_one_in_another_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "题.jsonl"
    path.write_bytes(b"\n \n")
    with pytest.raises(ValueError, match="里没有题目"):
        read_file(path)
    path.write_bytes("题目".encode("gb18030"))
    with pytest.raises(ValueError, match="UTF-8"):
        read_file(path)


def test_the_golden_questions_are_read_one_by_one(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="第 2 行"):
        list(read_questions(_file(tmp_path, WHO, {"id": "2"})))
