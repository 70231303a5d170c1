import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import SourceTooLarge
from knowledge.readers.source import Line, Table, column_letters
from knowledge.readers.word.docx import LARGEST_CELL, read_docx
from knowledge.readers.word.tables import WIDEST
from tests.knowledge.readers.docx_files import cell, docx, item, number_list, para, row, run, table

NAME = "分解表.docx"
Area = tuple[int, int, int, int]
"""A merged cell: top, left, bottom and right, the last two inside it."""


def tables(body: str, **parts: str) -> tuple[Table, ...]:
    return read_docx(docx(body, **parts), NAME).tables


def grid(body: str, **parts: str) -> list[list[str]]:
    (only,) = tables(body, **parts)
    return [[each.text for each in line.cells] for line in only.rows]


def test_cell_merged_downwards_repeats_its_text() -> None:
    body = table(
        row("工作任务", "责任单位"),
        row(cell("一、决策公开", down="restart"), "司法局"),
        row(cell("", down="continue"), "财政局"),
        row(cell("二、解读", down="restart"), "宣传部"),
    )
    assert grid(body) == [
        ["工作任务", "责任单位"],
        ["一、决策公开", "司法局"],
        ["一、决策公开", "财政局"],
        ["二、解读", "宣传部"],
    ]


def test_cell_merged_to_the_right_repeats_its_text_and_says_so() -> None:
    (only,) = tables(table(row(cell("一、决策公开", span=3)), row("1", "公开目录", "司法局")))
    assert [(each.text, each.beside, each.ref) for each in only.rows[0].cells] == [
        ("一、决策公开", False, "表1!A1"),
        ("一、决策公开", True, "表1!B1"),
        ("一、决策公开", True, "表1!C1"),
    ]
    assert not any(each.beside for each in only.rows[1].cells)


def test_cell_merged_both_ways_fills_its_whole_area() -> None:
    body = table(
        row(cell("总体要求", span=2, down="restart"), "甲"),
        row(cell("", span=2, down="continue"), "乙"),
        row("子", "丑", "丙"),
    )
    (only,) = tables(body)
    assert [[(each.text, each.beside) for each in line.cells] for line in only.rows[:2]] == [
        [("总体要求", False), ("总体要求", True), ("甲", False)],
        [("总体要求", False), ("总体要求", True), ("乙", False)],
    ]


def test_merge_without_a_beginning_is_a_cell_of_its_own() -> None:
    assert grid(table(row("甲", "乙"), row(cell("丙", down="continue"), "丁"))) == [["甲", "乙"], ["丙", "丁"]]


def test_a_merge_ends_where_another_begins_or_a_row_has_none() -> None:
    body = table(
        row(cell("甲", down="restart"), "1"),
        row(cell("乙", down="restart"), "2"),
        row(cell("", down="continue"), "3"),
        row("", "4"),
        row(cell("", down="continue"), "5"),
    )
    assert [line[0] for line in grid(body)] == ["甲", "乙", "乙", "", ""]


def test_a_merge_without_a_value_goes_on() -> None:
    body = table(row(cell("甲", down="restart"), "1"), row(cell("", properties="<w:vMerge/>"), "2"))
    assert grid(body) == [["甲", "1"], ["甲", "2"]]


def test_old_horizontal_merge_is_one_cell() -> None:
    first = cell("合并", properties='<w:hMerge w:val="restart"/>')
    (only,) = tables(table(row(first, cell("", properties="<w:hMerge/>"), "丙"), row("甲", "乙", "丙")))
    assert [(each.text, each.beside) for each in only.rows[0].cells] == [("合并", False), ("合并", True), ("丙", False)]


def test_rows_that_begin_late_or_end_early_keep_their_columns() -> None:
    late = row("乙", "丙", properties='<w:gridBefore w:val="1"/>')
    early = row("甲", properties='<w:gridAfter w:val="2"/>')
    assert grid(table(late, early, row("一", "二", "三"))) == [["", "乙", "丙"], ["甲", "", ""], ["一", "二", "三"]]


def test_short_rows_are_filled_up() -> None:
    assert grid(table(row("甲"), row("一", "二"))) == [["甲", ""], ["一", "二"]]


def test_paragraphs_and_line_breaks_of_a_cell_are_pieces() -> None:
    inside = cell("司法局", "", para(run("财政局"), "<w:r><w:br/></w:r>", run("审计局")))
    (only,) = tables(table(row("责任单位", inside)))
    assert only.rows[0].cells[1].pieces == ("司法局", "财政局", "审计局")
    assert only.rows[0].cells[1].line == 1


def test_header_repeated_in_mid_table_stays_a_row() -> None:
    header = row("工作任务", "责任单位", properties="<w:tblHeader/>")
    assert grid(table(header, row("甲", "乙"), header, row("丙", "丁")))[2] == ["工作任务", "责任单位"]


def test_rows_and_cells_deleted_in_tracked_changes_are_gone() -> None:
    gone = row("旧任务", "旧单位", properties='<w:del w:id="1" w:author="办公室"/>')
    new = row("新任务", cell("旧", properties='<w:cellDel w:id="3"/>'), "新单位", properties='<w:ins w:id="2"/>')
    assert grid(table(row("任务", "单位"), gone, new)) == [["任务", "单位"], ["新任务", "新单位"]]


def test_content_controls_round_tables_rows_and_cells_are_seen_through() -> None:
    def controlled(inside: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    body = controlled(table(controlled(row("甲", controlled(cell(controlled(para("乙"))))))))
    assert grid(body) == [["甲", "乙"]]


def test_nested_table_comes_right_after_its_table() -> None:
    inner = table(row("项目", "金额"), row("补贴", "300元"))
    body = table(row("标准", cell("见下表：", inner, ""))) + para("正文") + table(row("尾", "表"))
    blocks = read_docx(docx(body), NAME).blocks
    assert [block.name if isinstance(block, Table) else block.text for block in blocks] == ["表1", "表2", "正文", "表3"]
    assert grid(table(row("标准", cell("见下表：", ""))))[0] == ["标准", "见下表："]
    nested = blocks[1]
    assert isinstance(nested, Table)
    assert [each.ref for each in nested.rows[1].cells] == ["表2!A2", "表2!B2"]
    assert [each.text for each in nested.rows[1].cells] == ["补贴", "300元"]


@pytest.mark.parametrize("inner", [table(row("甲局", "乙局")), table(row("甲局"), row("乙局"))])
def test_nested_frame_of_one_row_or_column_is_text_of_its_cell(inner: str) -> None:
    (only,) = tables(table(row("责任单位", cell("牵头：", inner, "等"))))
    assert only.rows[0].cells[1].pieces == ("牵头：", "甲局", "乙局", "等")


def test_text_boxes_and_notes_in_cells_are_not_lost() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{para('框内')}</w:txbxContent></w:pict></w:r>"
    noted = cell(para(run("300元"), '<w:r><w:footnoteReference w:id="1"/></w:r>', box))
    source = read_docx(
        docx(table(row("标准", noted)), footnotes=f'<w:footnote w:id="1">{para("每月")}</w:footnote>'), NAME
    )
    assert source.tables[0].rows[0].cells[1].pieces == ("300元", "框内")
    assert source.blocks[1] == Line("〔注〕每月", 1)


def test_numbers_hidden_under_a_merge_are_counted_as_word_does() -> None:
    body = table(
        row(cell(item("甲"), down="restart"), "1"),
        row(cell(item(""), down="continue"), "2"),
        row(cell(item("乙")), "3"),
    )
    assert [line[0] for line in grid(body, numbering=number_list(("decimal", "%1.")))] == ["1.甲", "1.甲", "3.乙"]


def test_a_blank_table_is_counted_but_not_handed_on() -> None:
    assert [each.name for each in tables(table(row("", "")) + table(row("甲", "乙")))] == ["表2"]


def test_a_huge_cell_is_refused_by_its_place() -> None:
    body = table(row("甲", "乙"), row("丙", cell("长" * (LARGEST_CELL + 1))))
    with pytest.raises(SourceTooLarge, match=r"分解表\.docx：单元格 表1!B2 超过 100000 字"):
        read_docx(docx(body), NAME)


def test_a_row_too_wide_is_refused() -> None:
    with pytest.raises(SourceTooLarge, match=f"第 2 行超过 {WIDEST} 列"):
        read_docx(docx(table(row("甲"), row(cell("乙", span=999_999_999)))), NAME)


@pytest.mark.parametrize(
    "body",
    [
        table(row("甲", "乙", "丙")) + table(row(cell("丁", span=8))),
        table(row(cell("甲", span=6)), row("乙")),
        table(row("甲", cell(table(*[row("乙", "丙", "丁")] * 3)))),
    ],
)
def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    monkeypatch.setattr("knowledge.readers.word.docx.MOST_CELLS", 10)
    with pytest.raises(SourceTooLarge, match=r"分解表\.docx：表格的单元格太多"):
        read_docx(docx(body), NAME)


def test_a_bomb_of_wide_rows_is_refused_before_it_is_laid_out() -> None:
    rows = row(cell("", span=WIDEST)) * 2000
    with pytest.raises(SourceTooLarge, match="单元格太多"):
        read_docx(docx(f"<w:tbl>{rows}</w:tbl>"), NAME)


def test_spans_that_are_no_numbers_count_as_one() -> None:
    odd = '<w:tc><w:tcPr><w:gridSpan w:val="许多"/></w:tcPr>' + para("甲") + "</w:tc>"
    assert grid(table(row(odd, "乙"))) == [["甲", "乙"]]


@st.composite
def merged_grids(draw: st.DrawFn) -> tuple[int, int, dict[Area, str]]:
    """A grid cut into merged cells that do not overlap, each with a text of its own, possibly empty."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(2, 6))
    free = {(top, left) for top in range(height) for left in range(width)}
    areas: dict[Area, str] = {}
    for top in range(height):
        for left in range(width):
            if (top, left) not in free:
                continue
            bottom = draw(st.integers(top, height - 1))
            right = draw(st.integers(left, width - 1))
            while not _spots(area := (top, left, bottom, right)) <= free:
                bottom, right = (bottom, right - 1) if right > left else (bottom - 1, right)
            free -= _spots(area)
            areas[area] = draw(st.sampled_from(["", f"第{top}行第{left}列"]))
    return height, width, areas


def _spots(area: Area) -> set[tuple[int, int]]:
    top, left, bottom, right = area
    return {(line, column) for line in range(top, bottom + 1) for column in range(left, right + 1)}


def _as_xml(height: int, areas: dict[Area, str]) -> str:
    def cells(line: int) -> list[str]:
        starting = sorted((left, area) for area in areas for left in [area[1]] if area[0] <= line <= area[2])
        return [_cell_of(area, areas[area], line) for _, area in starting]

    return table(*(row(*cells(line)) for line in range(height)))


def _cell_of(area: Area, text: str, line: int) -> str:
    top, left, bottom, right = area
    down = "" if top == bottom else "restart" if line == top else "continue"
    return cell(text if line == top else "", span=right - left + 1, down=down)


@given(merged_grids())
def test_any_grid_of_merged_cells_is_read_back(drawn: tuple[int, int, dict[Area, str]]) -> None:
    height, width, areas = drawn
    covering = {spot: area for area in areas for spot in _spots(area)}
    (only,) = tables(para("附表") + _as_xml(height, areas)) or (None,)
    if only is None:
        assert not any(areas.values())
        return
    assert [[each.text for each in line.cells] for line in only.rows] == [
        [areas[covering[line, column]] for column in range(width)] for line in range(height)
    ]
    for line, printed in enumerate(only.rows):
        for column, each in enumerate(printed.cells):
            assert each.beside == (column > covering[line, column][1])
            assert each.ref == f"表1!{column_letters(column + 1)}{line + 1}"
            assert each.line == line + 1
