import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.errors import SourceEmpty, SourceEncrypted, SourceError, SourceUnreadable
from knowledge.readers.sheets.xls import read_xls
from knowledge.readers.source import Skipped
from tests.knowledge.readers.xls_files import xls
from tests.knowledge.readers.xlsx_files import row, sheet, text, workbook


def texts(data: bytes) -> list[list[str]]:
    (table,) = read_xls(data, "台账.xls").tables
    return [[cell.text for cell in each.cells] for each in table.rows]


def test_old_workbooks_are_read_as_displayed() -> None:
    data = xls(
        [["编码", "日期", "比例", "数", "是否"], [7.0, 45962.0, 0.5, 0.1 + 0.2, True]],
        formats=["000", 'yyyy"年"m"月"d"日"', "0%"],
        styles={(1, 0): 1, (1, 1): 2, (1, 2): 3},
    )
    assert texts(data)[1] == ["007", "2025年11月1日", "50%", "0.3", "TRUE"]


def test_merged_cells_hold_for_all_that_they_cover() -> None:
    data = xls(
        [["任务", "", "单位", "时限"], ["网站", "改版", "甲局", "6月"], ["", "检索", "乙局", "7月"]],
        merged=[(0, 0, 0, 1), (1, 2, 0, 0)],
    )
    assert texts(data) == [
        ["任务", "任务", "单位", "时限"],
        ["网站", "改版", "甲局", "6月"],
        ["网站", "检索", "乙局", "7月"],
    ]
    header = read_xls(data, "台账.xls").tables[0].rows[0].cells
    assert [(cell.ref, cell.beside) for cell in header[:3]] == [
        ("台账!A1", False),
        ("台账!B1", True),
        ("台账!C1", False),
    ]


def test_hidden_rows_columns_and_sheets_are_left_out_and_named() -> None:
    rows = [["甲", "密", "乙"], ["旧", "密", "旧"], ["丙", "密", "丁"]]
    source = read_xls(xls(rows, hidden_rows=[1], hidden_columns=[1]), "台账.xls")
    assert [[cell.text for cell in each.cells] for each in source.tables[0].rows] == [["甲", "乙"], ["丙", "丁"]]
    assert source.skipped == (
        Skipped("台账!第2行", "隐藏的行，没有读取"),
        Skipped("台账!B列", "隐藏的列，没有读取"),
    )
    with pytest.raises(SourceEmpty, match="隐藏"):
        read_xls(xls(rows, visibility=2), "台账.xls")


def test_an_error_is_told_from_an_empty_cell() -> None:
    cells = read_xls(xls([["甲", None, "乙"]]), "台账.xls").tables[0].rows[0].cells
    assert [(cell.text, cell.uncomputed) for cell in cells] == [("甲", False), ("", True), ("乙", False)]


GOOD = xls([["任务", "单位"], ["网站", "甲局"]], merged=[(0, 0, 0, 1)])


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (GOOD[:1200], SourceUnreadable, "没有传完"),
        (xls([["甲", "乙"]], encrypted=True), SourceEncrypted, "密码"),
        (workbook({"台账": sheet(row(1, text("A1", "甲")))}), SourceUnreadable, r"扩展名改为 \.xlsx"),
        (b"<html><body><table>", SourceUnreadable, "是网页"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), SourceUnreadable, "损坏"),
    ],
)
def test_a_file_that_is_no_old_workbook_is_refused(data: bytes, error: type[SourceError], said: str) -> None:
    with pytest.raises(error, match=rf"^台账\.xls：.*{said}"):
        read_xls(data, "台账.xls")


@settings(max_examples=50, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_a_damaged_byte_gives_a_source_or_a_source_error(at: int, value: int) -> None:
    try:
        read_xls(GOOD[:at] + bytes([value]) + GOOD[at + 1 :], "a.xls")
    except SourceError as error:
        assert error.message.startswith("a.xls：")
