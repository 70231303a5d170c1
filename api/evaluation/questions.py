"""The two kinds of questions, and the files they stand in: one JSON object a line.

A dialogue question says what has to stand in the answer; a document question says which document holds the answer and
what its words are. A file holds questions of one kind, recognised by its rows.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """``document`` is the title of the document the answer rests on, None for a question that has to be refused or
    may rest on any."""

    id: str
    kind: str
    question: str
    context: tuple[str, ...] = ()
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    cite: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentQuestion:
    """``docid`` is the name, without its ending, of the file in which an annotator marked ``answer``."""

    id: str
    docid: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """One of both is empty."""

    name: str
    dialogue: tuple[GoldQuestion, ...] = ()
    documents: tuple[DocumentQuestion, ...] = ()


_Question = TypeVar("_Question")
_Row = Mapping[str, Any]


def read_questions(path: Path) -> Iterator[GoldQuestion]:
    """Raises ValueError naming the line that is not a dialogue question."""
    for number, row in _rows(path):
        yield _read(path, number, row, _gold)


def read_file(path: Path) -> QuestionFile:
    """The questions of a file of either kind. Raises ValueError naming the line that is no question, is of the other
    kind or has the id of an earlier one, and where there is no question at all; OSError where it cannot be read."""
    rows = list(_rows(path))
    if not rows:
        raise ValueError(f"{path.name} 里没有题目")
    if "docid" in rows[0][1]:
        file = QuestionFile(path.name, documents=tuple(_read(path, at, row, _document) for at, row in rows))
    else:
        file = QuestionFile(path.name, dialogue=tuple(_read(path, at, row, _gold) for at, row in rows))
    _refuse_repeated(path, [at for at, _ in rows], [question.id for question in file.dialogue or file.documents])
    return file


def _refuse_repeated(path: Path, lines: Sequence[int], ids: Sequence[str]) -> None:
    seen: dict[str, int] = {}
    for line, name in zip(lines, ids, strict=True):
        if name in seen:
            raise ValueError(f"{path.name} 第 {line} 行的编号“{name}”与第 {seen[name]} 行重复")
        seen[name] = line


def _rows(path: Path) -> Iterator[tuple[int, _Row]]:
    """(line number, object) of every line that is not blank."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path.name} 不是 UTF-8 编码的文本") from error
    # Not splitlines: it also cuts at separators that may stand inside a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise _refused(path, number, f"不是 JSON（{error.msg}，第 {error.colno} 个字符）") from error
        if not isinstance(row, dict):
            raise _refused(path, number, f"应是一个 JSON 对象，写的是 {line.strip()[:40]}")
        yield number, row


def _read(path: Path, number: int, row: _Row, read: Callable[[_Row], _Question]) -> _Question:
    try:
        return read(row)
    except ValueError as error:
        raise _refused(path, number, str(error)) from error


def _refused(path: Path, number: int, reason: str) -> ValueError:
    return ValueError(f"{path.name} 第 {number} 行不是一道题：{reason}")


def _gold(row: _Row) -> GoldQuestion:
    if "docid" in row:
        raise ValueError("带 docid 的是文件题，与前面的对话题不能放在同一个文件里")
    return GoldQuestion(
        id=_text(row, "id"),
        kind=_text(row, "kind"),
        question=_text(row, "question"),
        context=_texts(row, "context"),
        must=_groups(row),
        must_not=_texts(row, "must_not"),
        cite=_text(row, "cite") if row.get("cite") is not None else None,
        document=_text(row, "document") if row.get("document") is not None else None,
    )


def _document(row: _Row) -> DocumentQuestion:
    return DocumentQuestion(
        id=_text(row, "id"), docid=_text(row, "docid"), question=_text(row, "question"), answer=_text(row, "answer")
    )


def _text(row: _Row, name: str) -> str:
    if name not in row:
        raise ValueError(f"缺少 {name}")
    value = row[name]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} 应是不为空的文字，写的是 {value!r}")
    return value


def _texts(row: _Row, name: str) -> tuple[str, ...]:
    value = row.get(name) or ()
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise ValueError(f"{name} 应是一列文字，写的是 {value!r}")
    return tuple(value)


def _groups(row: _Row) -> tuple[tuple[str, ...], ...]:
    value = row.get("must") or ()
    if not isinstance(value, list | tuple):
        raise ValueError(f"must 应是几组文字，写的是 {value!r}")
    return tuple(_texts({"must": group}, "must") for group in value)
