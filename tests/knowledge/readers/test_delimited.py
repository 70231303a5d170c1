import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import SourceEmpty, SourceError, SourceTooLarge, SourceUnreadable
from knowledge.readers.sheets.delimited import read_csv

LEDGER = "任务,要求,单位\r\n网站,年内改版。,甲局\r\n"


def texts(data: bytes | str) -> list[list[str]]:
    source = read_csv(data.encode() if isinstance(data, str) else data, "台账.csv")
    return [[cell.text for cell in row.cells] for row in source.tables[0].rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_the_encodings_that_offices_save_in_are_read(encoding: str) -> None:
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    assert texts((mark + LEDGER).encode(encoding)) == [["任务", "要求", "单位"], ["网站", "年内改版。", "甲局"]]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_delimiter_is_the_mark_that_cuts_the_rows_alike(mark: str) -> None:
    others = "".join({",", ";", "\t"} - {mark})
    said = [["问题", "答案"], ["甲", f"一{others}二{others}三"], ["乙", f"四{others}五"], ["丙", "六"]]
    assert texts("\n".join(mark.join(f'"{value}"' for value in row) for row in said)) == said


def test_the_delimiter_may_be_said_in_front() -> None:
    rows = read_csv("sep=;\r\n任务;单位\r\n甲;乙,丙\r\n".encode(), "a.csv").tables[0].rows
    assert [[(cell.text, cell.line) for cell in row.cells] for row in rows] == [
        [("任务", 2), ("单位", 2)],
        [("甲", 3), ("乙,丙", 3)],
    ]


def test_a_quoted_cell_may_go_over_lines_and_hold_quotes_and_commas() -> None:
    source = read_csv('任务,要求\r\n"网站\r\n改版","称""快"",好"\r\n检索,加\r\n'.encode(), "a.csv")
    cells = [cell for row in source.tables[0].rows for cell in row.cells]
    assert [(cell.pieces, cell.line) for cell in cells[2:]] == [
        (("网站", "改版"), 2),
        (('称"快",好',), 2),
        (("检索",), 4),
        (("加",), 4),
    ]


def test_short_rows_are_filled_and_the_commas_that_excel_adds_are_dropped() -> None:
    assert texts("戊县公开任务清单,,,,\n任务,要求,单位,,\n网站,改版\n,,,,\n\n检索,加,乙局,,,,\n") == [
        ["戊县公开任务清单", "", ""],
        ["任务", "要求", "单位"],
        ["网站", "改版", ""],
        ["检索", "加", "乙局"],
    ]


def test_a_number_guarded_as_text_loses_its_guard() -> None:
    assert texts('编码,任务\n="007",甲\n"=""008""",乙\n') == [["编码", "任务"], ["007", "甲"], ["008", "乙"]]


def test_a_lone_quote_inside_of_a_cell_is_a_character() -> None:
    assert texts('任务,单位\n换 5" 水管,甲局\n修路,乙局\n') == [
        ["任务", "单位"],
        ['换 5" 水管', "甲局"],
        ["修路", "乙局"],
    ]


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        ('任务,单位\n"网站,甲局\n检索,乙局\n修路,丙局\n', SourceUnreadable, "第 2 行的引号没有闭合"),
        (f"任务,单位\n{'字' * 100_001},甲局\n", SourceTooLarge, "第 2 行有一个单元格太长"),
        (f"任务,单位\n{'字' * 200_000},甲局\n", SourceTooLarge, "第 2 行有一个单元格太长"),
        (f"任务{',单位' * 20_000}\n" + "修路,甲局\n" * 200, SourceTooLarge, "超过 200 万个单元格"),
        (",,,\n,,,\n", SourceEmpty, "没有内容"),
        ("\ufeff", SourceEmpty, "没有内容"),
        (b"PK\x03\x04\x00\x00", SourceUnreadable, "不是文本文件"),
    ],
)
def test_what_cannot_be_taken_whole_is_refused(data: str | bytes, error: type[SourceError], said: str) -> None:
    with pytest.raises(error, match=rf"^台账\.csv：.*{said}"):
        texts(data)


_CELL = st.text("甲乙丙,;\"'\t|1 ", max_size=8).map(str.strip)


@given(st.lists(st.lists(_CELL, min_size=3, max_size=3), min_size=1, max_size=8))
def test_rows_are_read_as_they_were_written(rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows([["任务", "要求", "单位"], *rows])
    assert texts(written.getvalue())[1:] == [row for row in rows if any(row)]
