import io
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from knowledge.errors import SourceEmpty, SourceEncrypted, SourceError, SourceTooLarge, SourceUnreadable
from knowledge.readers.sheets.xlsx import read_xlsx
from knowledge.readers.source import Line, Skipped, Source, Table
from tests.knowledge.readers.xlsx_files import number, row, sheet, text, workbook


def read(xml: str, **options: object) -> Source:
    return read_xlsx(workbook({"台账": xml}, **options), "台账.xlsx")  # type: ignore[arg-type]


def texts(source: Source) -> list[list[str]]:
    (table,) = source.tables
    return [[cell.text for cell in each.cells] for each in table.rows]


def test_every_cell_under_a_merged_one_holds_its_text_and_those_to_the_right_say_so() -> None:
    rows = (
        row(1, text("A1", "任务"), text("B1", "要求"), text("C1", "单位"), text("D1", "时限"))
        + row(2, text("A2", "网站"), text("D2", "6月"))
        + row(3, text("B3", "检索"), text("C3", "乙局"), text("D3", "7月"))
    )
    source = read(sheet(rows, merged=["A2:A3", "B2:C2"]))
    assert texts(source) == [["任务", "要求", "单位", "时限"], ["网站", "", "", "6月"], ["网站", "检索", "乙局", "7月"]]
    rows = row(1, text("A1", "任务"), text("C1", "单位")) + row(2, text("A2", "甲"), text("B2", "乙"), text("C2", "丙"))
    (header, _) = read(sheet(rows, merged=["A1:B1"])).tables[0].rows
    assert [(cell.text, cell.beside, cell.ref) for cell in header.cells] == [
        ("任务", False, "台账!A1"),
        ("任务", True, "台账!B1"),
        ("单位", False, "台账!C1"),
    ]


def test_what_is_left_under_a_merged_cell_is_not_seen() -> None:
    rows = row(1, text("A1", "甲"), text("B1", "看不见"), text("C1", "乙")) + row(2, text("A2", "丙"), text("B2", "丁"))
    assert texts(read(sheet(rows, merged=["A1:B1"])))[0] == ["甲", "甲", "乙"]


def test_hidden_sheets_rows_and_columns_are_left_out_and_named() -> None:
    shown = sheet(
        row(1, text("A1", "甲"), text("B1", "乙"), text("C1", "密"), text("D1", "密"), text("E1", "丙"))
        + "".join(row(at, text(f"A{at}", "旧"), attributes='hidden="1"') for at in (3, 5, 6))
        + row(4, attributes='hidden="1"')
        + row(7, text("A7", "丁"), text("B7", "戊"), text("E7", "己")),
        columns='<col min="3" max="4" hidden="1"/><col min="9" max="16384" hidden="1"/>',
    )
    data = workbook({"台账": shown, "旧版": shown, "参数": shown}, states={"旧版": "hidden", "参数": "veryHidden"})
    source = read_xlsx(data, "台账.xlsx")
    assert texts(source) == [["甲", "乙", "丙"], ["丁", "戊", "己"]]
    assert source.skipped == (
        Skipped("台账!第3行", "隐藏的行，没有读取"),
        Skipped("台账!第5—6行", "隐藏的行，没有读取"),
        Skipped("台账!C—D列", "隐藏的列，没有读取"),
        Skipped("工作表“旧版”", "隐藏的工作表，没有读取"),
        Skipped("工作表“参数”", "隐藏的工作表，没有读取"),
    )


def test_a_merged_cell_that_begins_in_a_hidden_row_is_seen_in_the_rest_of_it() -> None:
    rows = row(1, text("A1", "甲"), text("B1", "一"), attributes='hidden="1"') + row(2, text("B2", "二"))
    source = read(sheet(rows + row(3, text("A3", "乙"), text("B3", "三")), merged=["A1:A2"]))
    assert texts(source) == [["甲", "二"], ["乙", "三"]]


def test_a_workbook_of_which_all_is_hidden_is_empty() -> None:
    data = workbook({"台账": sheet(row(1, text("A1", "甲")))}, states={"台账": "hidden"})
    with pytest.raises(SourceEmpty, match=r"^台账\.xlsx：.*隐藏"):
        read_xlsx(data, "台账.xlsx")


def test_cells_are_read_as_displayed() -> None:
    formats = ["000", 'yyyy"年"m"月"d"日"', "0%", "0.00"]
    shared = ["<t>网站</t>", "<r><t>政务</t></r><r><rPr><b/></rPr><t>公开</t></r><rPh><t>furigana</t></rPh>"]
    cells = (
        number("A1", "7", 1),
        number("B1", "45962", 2),
        number("C1", "0.5", 3),
        number("D1", "0.30000000000000004"),
        '<c r="E1" t="s"><v>1</v></c>',
        '<c r="F1" t="b"><v>1</v></c>',
        '<c r="G1" t="str"><f>A1&amp;B1</f><v>甲&amp;乙_x000D_</v></c>',
        '<c r="H1" s="4"><f>1+2</f><v>3</v></c>',
        '<c r="I1" t="s"><v>9</v></c>',
        number("J1", "8"),
    )
    source = read(sheet(row(1, *cells)), shared=shared, formats=formats)
    assert texts(source) == [
        ["007", "2025年11月1日", "50%", "0.3", "政务公开", "TRUE", "甲&乙", "3.00", "8"],
    ]


def test_dates_count_from_1904_where_the_workbook_says_so() -> None:
    source = read(sheet(row(1, number("A1", "0", 1), text("B1", "甲"))), formats=["yyyy-m-d"], setting='date1904="1"')
    assert texts(source) == [["1904-1-1", "甲"]]


@pytest.mark.parametrize(
    "cell", ['<c r="B1"><f>DATE(2025,6,1)</f></c>', '<c r="B1"><f>A1</f><v/></c>', '<c r="B1" t="e"><v>#REF!</v></c>']
)
def test_a_formula_without_result_and_an_error_are_told_from_an_empty_cell(cell: str) -> None:
    source = read(sheet(row(1, text("A1", "甲"), cell, text("C1", "乙"))))
    assert [(each.text, each.uncomputed) for each in source.tables[0].rows[0].cells] == [
        ("甲", False),
        ("", True),
        ("乙", False),
    ]


def test_a_formula_with_an_empty_result_is_an_empty_cell() -> None:
    source = read(sheet(row(1, text("A1", "甲"), '<c r="B1" t="str"><f>""</f><v></v></c>', text("C1", "乙"))))
    assert texts(source) == [["甲", "乙"]]


def test_places_that_are_not_written_follow_one_another() -> None:
    rows = "<row><c t='inlineStr'><is><t>甲</t></is></c><c><v>1</v></c></row><row><c><v>2</v></c><c><v>3</v></c></row>"
    source = read(sheet(rows))
    assert [[(cell.text, cell.ref) for cell in each.cells] for each in source.tables[0].rows] == [
        [("甲", "台账!A1"), ("1", "台账!B1")],
        [("2", "台账!A2"), ("3", "台账!B2")],
    ]


def test_line_breaks_in_a_cell_are_its_pieces() -> None:
    source = read(sheet(row(1, text("A1", "管委会\n办公室"), text("B1", "甲"))))
    assert source.tables[0].rows[0].cells[0].pieces == ("管委会", "办公室")


def test_blank_rows_and_columns_up_to_the_last_cost_nothing() -> None:
    rows = row(1, text("A1", "任务"), text("B1", "单位"), '<c r="XFD1" s="0"/>') + row(
        9, text("A9", "甲"), text("B9", "乙")
    )
    rows += row(1_048_576, '<c r="XFD1048576" s="0"/>')
    merged = ["C2:XFD1048576", "A10:B1048576"]
    source = read(sheet(rows, merged=merged, dimension="A1:XFD1048576"))
    assert texts(source) == [["任务", "单位"], ["甲", "乙"]]


def test_a_title_merged_over_the_whole_row_adds_no_columns() -> None:
    rows = row(1, text("A1", "戊县公开任务清单")) + row(2, text("A2", "任务"), text("B2", "单位"))
    assert texts(read(sheet(rows, merged=["A1:XFD1"]))) == [["戊县公开任务清单"] * 2, ["任务", "单位"]]


def test_a_sheet_of_one_column_is_running_text() -> None:
    rows = row(1, text("A1", "关于公开的通知")) + row(3, text("A3", "各单位：\n现将要求通知如下。"))
    source = read(sheet(rows, merged=["A1:H1"]))
    assert source.blocks == (Line("关于公开的通知", 1), Line("各单位：", 3), Line("现将要求通知如下。", 3))


def test_every_visible_sheet_is_a_table_of_its_own() -> None:
    one, two = (sheet(row(1, text("A1", word), text("B1", "乙"))) for word in ("甲", "丙"))
    source = read_xlsx(workbook({"一季度": one, "空": sheet(""), "二季度": two}), "台账.xlsx")
    assert [(table.name, table.is_sheet) for table in source.tables] == [("一季度", True), ("二季度", True)]


def test_files_of_openpyxl_are_read_as_those_of_excel() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["甲", date(2025, 6, 1), 0.1 + 0.2, True, "=1+1", 7])
    book.active["B1"].number_format = 'yyyy"年"m"月"d"日"'
    book.active["C1"].hyperlink = "http://example.org"
    data = io.BytesIO()
    book.save(data)
    (cells,) = (each.cells for each in read_xlsx(data.getvalue(), "a.xlsx").tables[0].rows)
    assert [cell.text for cell in cells] == ["甲", "2025年6月1日", "0.3", "TRUE", "", "7"]
    assert [cell.uncomputed for cell in cells] == [False] * 4 + [True, False]


def _zipped(**members: str) -> bytes:
    data = io.BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return data.getvalue()


def _ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(512)


GOOD = workbook({"台账": sheet(row(1, text("A1", "甲" * 500), text("B1", "乙")))})
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (GOOD[: len(GOOD) // 2], SourceUnreadable, "没有传完"),
        (GOOD[:200] + b"\x00" * 300 + GOOD[500:], SourceUnreadable, "损坏"),
        ("序号,任务\n".encode(), SourceUnreadable, r"不是 \.xlsx 文件"),
        (b"%PDF-1.7 ...", SourceUnreadable, "是 PDF 文件"),
        (b"\xef\xbb\xbf<html><table><tr>", SourceUnreadable, "是网页"),
        (_ole("Workbook"), SourceUnreadable, r"旧版 Excel .*\.xls"),
        (_ole("WordDocument"), SourceUnreadable, "旧版 Word"),
        (_ole("EncryptedPackage"), SourceEncrypted, "密码"),
        (_zipped(word__document_dot_xml="<a/>"), SourceUnreadable, "是 Word 文档"),
        (_zipped(xl__workbook_dot_bin="x"), SourceUnreadable, r"\.xlsb"),
        (_zipped(note_dot_txt="x"), SourceUnreadable, "只是一个压缩包"),
        (workbook({"台账": "<worksheet><sheetData>"}), SourceUnreadable, r"sheet1\.xml 读不出来"),
        (workbook({"台账": ENTITIES}), SourceUnreadable, "DOCTYPE"),
        (workbook({"台账": sheet(row(1, text("C1", "字" * 100_001)))}), SourceTooLarge, "单元格 台账!C1 太长"),
        (workbook({"台账": sheet("")}), SourceEmpty, "没有内容"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_with_what_it_is(
    data: bytes, error: type[SourceError], said: str
) -> None:
    with pytest.raises(error, match=rf"^台账\.xlsx：.*{said}"):
        read_xlsx(data, "台账.xlsx")


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.readers.archive.LARGEST_UNPACKED", 1024 * 1024)
    data = workbook({"台账": sheet(row(1, text("A1", "甲")))}, extra={"xl/media/a.bin": bytes(2 * 1024 * 1024)})
    with pytest.raises(SourceTooLarge, match="解压后过大"):
        read_xlsx(data, "台账.xlsx")


def test_a_sheet_whose_cells_span_too_wide_a_grid_is_refused() -> None:
    letters = [f"{a}{b}" for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    places = letters + [f"A{letter}" for letter in letters]
    rows = "".join(row(at, text(f"{column}{at}", "x")) for at, column in enumerate(places * 2, 1))
    with pytest.raises(SourceTooLarge, match="“台账”过大"):
        read(sheet(rows))


def test_macros_are_carried_along_unread() -> None:
    data = workbook({"台账": sheet(row(1, text("A1", "甲"), text("B1", "乙")))}, extra={"xl/vbaProject.bin": b"x"})
    assert texts(read_xlsx(data, "台账.xlsm")) == [["甲", "乙"]]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(1, 5), st.integers(0, 3), st.integers(0, 3)), max_size=4),
    st.sets(st.integers(1, 8)),
)
def test_any_merged_areas_and_hidden_rows_give_rows_of_one_width(
    areas: list[tuple[int, int, int, int]], hidden: set[int]
) -> None:
    rows = "".join(
        row(
            at,
            *(text(f"{column}{at}", f"{column}{at}") for column in "ABCDEFG"),
            attributes=f'hidden="{int(at in hidden)}"',
        )
        for at in range(1, 9)
    )
    merged = [
        f"{'ABCDEFGH'[left - 1]}{top}:{'ABCDEFGHI'[left + wide - 1]}{top + high}" for top, left, high, wide in areas
    ]
    try:
        source = read(sheet(rows, merged=merged))
    except SourceEmpty:
        assert hidden
        return
    for table in source.tables:
        assert isinstance(table, Table)
        assert len({len(each.cells) for each in table.rows}) == 1
        assert all(cell.line not in hidden for each in table.rows for cell in each.cells)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_a_damaged_byte_gives_a_source_or_a_source_error(at: int, value: int) -> None:
    try:
        read_xlsx(GOOD[:at] + bytes([value]) + GOOD[at + 1 :], "a.xlsx")
    except SourceError as error:
        assert error.message.startswith("a.xlsx：")
