"""Questions and answers kept in a spreadsheet, in and out: the columns 问题、相似问、否定问、答案、来源.

An imported table is the act of the admin who imports it: where it names no approver, its file stands for one.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from knowledge.model import Faq, Locator
from knowledge.readers.source import Cell, Row, Source, Table
from knowledge.text import normalise, squash
from knowledge.vocabulary import Refused, official_source

Role = Literal["question", "similar", "negative", "answer", "source", "approver"]
Format = Literal["csv", "xlsx"]

COLUMNS = ("问题", "相似问", "否定问", "答案", "来源")
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("similar", re.compile(r"(相似|扩展|同义|类似|其[他它])(问|问题|问法|提问|说法)+|同义句")),
    ("negative", re.compile(r"(否定|排除|反例|负例)(问|问题|问法)*|反例")),
    ("question", re.compile(r"(标准|常见)?(问|问题|问法|提问|问题内容|问题描述)")),
    ("answer", re.compile(r"(标准)?(答案|回答|答复|解答|回复)(内容)?")),
    ("source", re.compile(r"(答案)?(来源|出处|(政策|文件|法规)?依据)")),
    ("approver", re.compile(r"(审核|批准|审批)人?")),
)
_NEEDED: dict[Role, str] = {"question": "问题", "answer": "答案"}
_HEADER_WITHIN = 15
_REMARK = re.compile(r"[（(][^（()）]*[）)]|[:：*＊]")
_BETWEEN = re.compile(r"[|｜；;]|(?<=[？?])(?=[^？?！!。”’」』）)]{2})")
_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LIKE_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class FaqTable:
    """A table whose header names a question and an answer column. ``rows`` are those below the header."""

    table: Table
    columns: Mapping[Role, int]
    rows: tuple[Row, ...]


@dataclass(slots=True)
class _Taken:
    """What one question has so far; rows with the same question and answer add to it."""

    questions: list[str]
    negatives: list[str]
    answer: str
    approver: str
    place: Locator
    source: str | None


@dataclass(slots=True)
class _Taking:
    file: str
    taken: list[_Taken] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    known: dict[str, _Taken] = field(default_factory=dict)


def find_faq_tables(source: Source) -> tuple[FaqTable, ...]:
    """The sheets of ``source`` that are lists of questions and answers."""
    return tuple(found for table in source.tables if table.is_sheet and (found := _faq_table(table)))


def read_faq_tables(
    source: Source, tables: Sequence[FaqTable], document_id: str, name: str
) -> tuple[tuple[Faq, ...], tuple[Refused, ...]]:
    """Questions and answers in printed order, and what was left out with the reason."""
    taking = _Taking(name)
    for table in tables:
        for row in table.rows:
            if any(cell.pieces for cell in row.cells):
                _take(taking, row, table)
    for other in source.tables:
        if not any(other is table.table for table in tables):
            place = _place(name, other.rows[0].cells[0])
            taking.refused.append((place, f"工作表“{other.name}”没有问题和答案两列，未读取"))
    faqs = (
        Faq(f"{document_id}-q{ordinal:03d}", tuple(taken.questions), tuple(taken.negatives), taken.answer, document_id,
            taken.approver, taken.place, taken.source)
        for ordinal, taken in enumerate(taking.taken, 1)
    )  # fmt: skip
    return tuple(faqs), tuple(taking.refused)


def _faq_table(table: Table) -> FaqTable | None:
    for at, row in enumerate(table.rows[:_HEADER_WITHIN]):
        columns: dict[Role, int] = {}
        for column, cell in enumerate(row.cells):
            if role := _role_of(cell.text):
                columns.setdefault(role, column)
        if "question" in columns and "answer" in columns:
            return FaqTable(table, columns, table.rows[at + 1 :])
    return None


def _role_of(header: str) -> Role | None:
    plain = _REMARK.sub("", squash(header))
    return next((role for role, pattern in _ROLES if pattern.fullmatch(plain)), None)


def _take(taking: _Taking, row: Row, table: FaqTable) -> None:
    cells = {role: row.cells[column] for role, column in table.columns.items()}
    texts = {role: _pieces(cell, from_csv=table.table.name is None) for role, cell in cells.items()}
    place = _place(taking.file, cells["question"])
    if broken := next((cell for cell in cells.values() if cell.uncomputed), None):
        taking.refused.append((_place(taking.file, broken), "单元格的公式没有可用的结果，这一行未收录"))
        return
    if not texts["question"] or not texts["answer"]:
        missing = "、".join(word for role, word in _NEEDED.items() if not texts[role])
        taking.refused.append((place, f"这一行没有{missing}，未收录"))
        return
    question, *more = texts["question"]
    similar = [*more, *_questions(texts.get("similar", ()))]
    negatives = _questions(texts.get("negative", ()))
    answer = "\n".join(texts["answer"])
    known = taking.known.get(_key(question))
    if known and known.answer != answer:
        taking.refused.append((place, f"问题与{_said(known.place)}重复，答案不同，未收录"))
        return
    if known is None:
        approver = "".join(texts.get("approver", ())) or f"导入：{taking.file}"
        source = official_source("".join(texts.get("source", ())))
        known = _Taken([question], [], answer, approver, place, source)
        taking.taken.append(known)
        taking.known[_key(question)] = known
    _add_similar(taking, known, similar, place)
    known.negatives += [text for text in negatives if text not in known.negatives]


def _add_similar(taking: _Taking, to: _Taken, similar: Iterable[str], place: Locator) -> None:
    for text in similar:
        owner = taking.known.setdefault(_key(text), to)
        if owner is not to:
            taking.refused.append((place, f"相似问“{text}”与{_said(owner.place)}重复，没有收录这个问法"))
        elif text not in to.questions:
            to.questions.append(text)


def _pieces(cell: Cell, *, from_csv: bool) -> tuple[str, ...]:
    pieces = [piece.strip() for piece in cell.pieces]
    if from_csv and pieces and pieces[0].startswith("'") and _FORMULA.match(pieces[0]):
        pieces[0] = pieces[0][1:]
    return tuple(piece for piece in pieces if piece)


def _questions(pieces: Sequence[str]) -> list[str]:
    """One a line; a single line is cut at | and ； and behind a ？ that another question follows. Never at 、, which
    stands inside of questions."""
    texts = pieces if len(pieces) > 1 else [text for piece in pieces for text in _BETWEEN.split(piece)]
    return list(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _key(question: str) -> str:
    plain = squash(normalise(question)).casefold()
    return plain.rstrip("?？。.!！") or plain


def _place(file: str, cell: Cell) -> Locator:
    return Locator(file, line=cell.line, cell=cell.ref)


def _said(place: Locator) -> str:
    return place.cell or f"第{place.line}行"


def write_faqs(faqs: Iterable[Faq], format: Format) -> bytes:
    """The table with the columns COLUMNS that :func:`read_faq_tables` reads back. No cell of it is ever a formula."""
    rows = [COLUMNS, *map(_printed, faqs)]
    return _as_csv(rows) if format == "csv" else _as_xlsx(rows)


def _printed(faq: Faq) -> tuple[str, ...]:
    question, *similar = (_one_line(text) for text in faq.questions)
    answer = "\n".join(line.rstrip() for line in _UNPRINTABLE.sub("", faq.answer).splitlines() if line.strip())
    return question, _list(similar), _list(map(_one_line, faq.negative_questions)), answer, _one_line(faq.source or "")


def _one_line(text: str) -> str:
    return " ".join(_UNPRINTABLE.sub("", text).split())


def _list(questions: Iterable[str]) -> str:
    """One a line. A single one that would be cut stands twice: a cell of several lines is cut at these only."""
    lines = [text for text in questions if text]
    return "\n".join(lines * 2 if len(lines) == 1 and len(_BETWEEN.split(lines[0])) > 1 else lines)


def _as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerows([f"'{value}" if _FORMULA.match(value) else value for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _as_xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    from openpyxl import Workbook  # takes a while to load, and only an export needs it

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "问答"
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(at, column)
            cell.value = _LIKE_ESCAPED.sub("_x005F_", value) or None
            if value:
                cell.data_type = "s"
            cell.number_format = "@"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
