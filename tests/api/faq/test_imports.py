import csv
import io
import os
import time
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import Engine

from api.audit import AuditLog
from api.db.models import FaqEntry
from api.db.writing import one_writer
from api.faq.book import FaqBook
from api.faq.errors import ImportNotFound, ImportRefused
from api.faq.exports import exported
from api.faq.imports import Plan, Row, Table, WaitingTables, plan_in, plan_of, read_table, take_in
from knowledge.faq_table import COLUMNS
from tests.api.faq.conftest import LI, WANG, said

TABLE = (
    ("问题", "相似问", "否定问", "答案", "来源"),
    ("护照在哪里办", "办护照去哪;补办护照", "护照由谁监制", "到出入境大厅办理。", "办事指南"),
    ("没有答案的问题", "", "", "", ""),
    ("图书证怎么办", "办借书证", "", "在手机上申请。", ""),
    ("网页怎么写", "", "", "<script>alert(1)</script>", ""),
)


def _csv(folder: Path, rows: tuple[tuple[str, ...], ...], encoding: str = "gb18030") -> Path:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path = folder / "便民问答.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def _read(folder: Path, rows: tuple[tuple[str, ...], ...] = TABLE) -> Table:
    return read_table(_csv(folder, rows), "便民问答.csv", "李小明")


def _taken(engine: Engine, book: FaqBook, table: Table, filed: dict[str, str] | None = None) -> Plan:
    with one_writer(engine, FaqEntry) as session:
        plan = plan_in(session, table, filed or {})
        take_in(session, LI, plan, table.name, book)
    return plan


def test_a_table_is_read_with_the_place_and_reason_of_what_is_refused(tmp_path: Path) -> None:
    table = _read(tmp_path)
    assert [row.text.question for row in table.rows] == ["护照在哪里办", "图书证怎么办"]
    assert table.rows[0].text.similar == ("办护照去哪", "补办护照")
    assert [(each.place, each.reason) for each in table.refused] == [
        ("第3行", "这一行没有答案，未收录"),
        ("第5行", "答案里有网页标签或脚本，请只写文字。"),
    ]


def test_a_workbook_is_read_sheet_by_sheet(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["常见问题汇总"])
    sheet.append(["标准问题", "答复", "扩展问法"])
    sheet.append(["停水了找谁", "打供水热线。", "家里没水了"])
    book.create_sheet("说明").append(["请勿修改"])
    book.save(tmp_path / "a.xlsx")
    table = read_table(tmp_path / "a.xlsx", "a.xlsx", "李小明")
    assert [row.text for row in table.rows] == [said("停水了找谁", "家里没水了", answer="打供水热线。")]
    assert [each.place for each in table.refused] == ["说明!A1"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.pdf", b"%PDF", "不能从这种文件导入"),
        ("a.csv", b"", "文件是空的"),
        ("a.csv", "序号,姓名\n1,无\n".encode(), "没有找到问答表"),
        ("a.xlsx", b"PK\x03\x04broken", "a.xlsx"),
    ],
)
def test_a_file_that_is_no_table_of_questions_is_refused_by_name(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ImportRefused, match=told):
        read_table(tmp_path / name, name, "李小明")


def test_new_questions_become_drafts_and_known_ones_drafts_of_a_change(
    tmp_path: Path, engine: Engine, book: FaqBook
) -> None:
    known = book.get(book.add(WANG, said("图书证怎么办？"), {}))
    book.approve(LI, known.id, known.version)
    plan = _taken(engine, book, _read(tmp_path))
    assert (len(plan.added), len(plan.changed), plan.same, len(plan.refused)) == (1, 1, 0, 2)
    changed = book.get(known.id)
    assert (changed.approved, changed.latest.answer, changed.written_by) == (said(), "在手机上申请。", "李小明")
    assert changed.version == known.version + 2
    assert all(entry.is_pending for entry in book.all())
    again = _taken(engine, book, _read(tmp_path))
    assert (len(again.added), len(again.changed), again.same) == (0, 0, 2)
    row = AuditLog(engine).page()[0]
    assert (row.action, row.subject) == ("faq_imported", "便民问答.csv")
    assert row.shown_details == [("新增", "0"), ("修改", "0"), ("没有采用", "2")]


def test_what_was_withdrawn_waits_again_after_an_import_changes_it(
    tmp_path: Path, engine: Engine, book: FaqBook
) -> None:
    known = book.get(book.add(WANG, said("图书证怎么办？"), {}))
    book.approve(LI, known.id, known.version)
    book.withdraw(LI, known.id, known.version + 1)
    _taken(engine, book, _read(tmp_path))
    assert book.get(known.id).is_pending
    book.approve(WANG, known.id, known.version + 3)


def test_questions_that_belong_to_others_are_left_out(tmp_path: Path, engine: Engine, book: FaqBook) -> None:
    book.add(WANG, said("借书怎么办", "办借书证"), {})
    plan = _taken(engine, book, _read(tmp_path), {"护照在哪里办": "faq.yaml"})
    reasons = [(each.place, each.reason) for each in plan.refused[2:]]
    assert reasons == [
        ("第2行", "问题与文件 faq.yaml 里的问答重复，未收录"),
        ("第4行", "相似问“办借书证”与已有的问答“借书怎么办”重复，没有收录这个问法"),
    ]
    assert [text.questions for text in plan.added] == [("图书证怎么办",)]


def test_a_similar_question_moves_from_one_entry_to_another_in_one_table(engine: Engine, book: FaqBook) -> None:
    book.add(WANG, said("甲事怎么办", "共同的问法"), {})
    book.add(WANG, said("乙事怎么办"), {})
    rows = (Row("第2行", said("甲事怎么办")), Row("第3行", said("乙事怎么办", "共同的问法")))
    plan = plan_of(Table("x.csv", "李小明", rows, ()), book.all(), {})
    assert (len(plan.changed), plan.refused) == (2, ())


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_exported_comes_back_the_same(tmp_path: Path, ending: str) -> None:
    texts = [
        said(
            "=1+1 等于几",
            "单个问法；不能切开",
            negatives=("-谁负责",),
            answer="第一行\n第二行，含“引号”,逗号",
            source="办法",
        ),
        said("停水了找谁？", "家里没水了", "没水找谁"),
    ]
    path = tmp_path / f"faq.{ending}"
    path.write_bytes(exported(texts, ending))  # type: ignore[arg-type]
    assert [row.text for row in read_table(path, path.name, "甲").rows] == texts


def test_an_export_names_its_columns_as_an_import_wants_them() -> None:
    rows = list(csv.reader(io.StringIO(exported([said()], "csv").decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS == ("问题", "相似问", "否定问", "答案", "来源")


def test_a_waiting_table_is_for_who_brought_it_and_for_a_day(tmp_path: Path) -> None:
    waiting = WaitingTables(tmp_path)
    table = _read(tmp_path)
    token = waiting.keep(table)
    assert waiting.get(token, "李小明") == table
    with pytest.raises(ImportNotFound):
        waiting.get(token, "王主任")
    for strange in ("../../etc/passwd", "", "0" * 32, "Z" * 32):
        with pytest.raises(ImportNotFound):
            waiting.get(strange, "李小明")
    old = tmp_path / "faq-imports" / f"{token}.json"
    os.utime(old, (time.time() - 90_000,) * 2)
    newer = waiting.keep(table)
    with pytest.raises(ImportNotFound):
        waiting.get(token, "李小明")
    waiting.drop(newer)
    with pytest.raises(ImportNotFound):
        waiting.get(newer, "李小明")


def test_five_thousand_entries_are_imported_listed_approved_and_changed(
    tmp_path: Path, engine: Engine, book: FaqBook
) -> None:
    def table(answer: str) -> Table:
        rows = (Row(f"第{n}行", said(f"第{n}号事项怎么办", f"去哪里办第{n}号事项", answer=answer)) for n in range(5000))
        return Table("大表.csv", "李小明", tuple(rows), ())

    assert len(_taken(engine, book, table("到窗口办理。")).added) == 5000
    entries = book.all()
    assert book.approve_all(WANG, entries[0].written_at).done == 5000
    assert len(_taken(engine, book, table("在网上办理。")).changed) == 5000
    assert {entry.approved and entry.approved.answer for entry in book.all()} == {"到窗口办理。"}
