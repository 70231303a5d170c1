"""Tables in PDF files drawn for the purpose: merged cells, boxes that are none, columns without rules, cut rows."""

from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from knowledge.readers.printed.pdf import read_pdf
from knowledge.readers.source import Line, Source, Table
from tests.knowledge.readers.pdf_files import HEIGHT, LEFT, SIZE, TOP, centre, drawn, ruled, type_out, wrapped, write

XS = (80.0, 160.0, 360.0, 500.0)


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks if isinstance(block, Line)]


def fill(canvas: Canvas, xs: Sequence[float], ys: Sequence[float], cells: Sequence[Sequence[str]]) -> None:
    """Texts at the top of their fields, with a line for each part between slashes."""
    for y, row in zip(ys, cells, strict=False):
        for x, cell in zip(xs, row, strict=False):
            for at, text in enumerate(cell.split("/")):
                write(canvas, x + 4, y + 16 + 16 * at, text, 12)


def table_of(canvas: Canvas, ys: Sequence[float], cells: Sequence[Sequence[str]]) -> None:
    ruled(canvas, XS, ys)
    fill(canvas, XS, ys, cells)


def test_merged_cells_repeat_their_text_and_tell_which_lie_beside() -> None:
    def draw(canvas: Canvas) -> None:
        ys = (200, 230, 260, 290, 320)
        ruled(canvas, XS, ys, [("right", 0, 1), ("below", 1, 0), ("right", 3, 0), ("right", 3, 1)])
        cells = [["类别", "任务和单位"], ["预算", "公开预算", "财政局"], ["", "公开决算", "税务局"], ["以上按季度通报"]]
        fill(canvas, XS, ys, cells)

    table = read_pdf(drawn(draw), "分工.pdf").tables[0]
    assert rows(table) == [
        ["类别", "任务和单位", "任务和单位"],
        ["预算", "公开预算", "财政局"],
        ["预算", "公开决算", "税务局"],
        ["以上按季度通报"] * 3,
    ]
    assert [[cell.beside for cell in row.cells] for row in table.rows] == [
        [False, False, True],
        [False, False, False],
        [False, False, False],
        [False, True, True],
    ]


def test_tables_stand_between_the_lines_round_them_and_their_text_only_there() -> None:
    def draw(canvas: Canvas) -> None:
        type_out(canvas, [(LEFT + 2 * SIZE, "任务如下。")])
        table_of(canvas, (200, 230, 260), [["序号", "任务", "单位"], ["1", "公开预算", "财政局"]])
        type_out(canvas, [(LEFT + 2 * SIZE, "以上任务按季度通报。")], 320)

    first, table, last = read_pdf(drawn(draw), "分工.pdf").blocks
    assert isinstance(first, Line) and first.text == "任务如下。"
    assert isinstance(table, Table) and table.name == "表1" and table.page == 1
    assert rows(table) == [["序号", "任务", "单位"], ["1", "公开预算", "财政局"]]
    assert isinstance(last, Line) and last.text == "以上任务按季度通报。" and last.number == 2


def test_a_wrap_in_a_cell_is_joined_and_a_list_of_units_stays_a_list() -> None:
    def draw(canvas: Canvas) -> None:
        table_of(
            canvas,
            (200, 230, 280),
            [["序号", "任务", "单位"], ["1", "公开本级财政预算和决算的情况以/及说明", "财政局/税务局"]],
        )

    cells = read_pdf(drawn(draw), "分工.pdf").tables[0].rows[1].cells
    assert [cell.pieces for cell in cells] == [("1",), ("公开本级财政预算和决算的情况以及说明",), ("财政局", "税务局")]


@pytest.mark.parametrize("shape", ["box", "rule", "underline", "frame"])
def test_boxes_and_rules_are_no_tables(shape: str) -> None:
    def draw(canvas: Canvas) -> None:
        match shape:
            case "box":
                canvas.rect(LEFT - 5, HEIGHT - 200, 440, 120)
            case "rule":
                canvas.setLineWidth(3)
                canvas.line(LEFT, HEIGHT - 90, 520, HEIGHT - 90)
                canvas.line(LEFT, HEIGHT - 96, 520, HEIGHT - 96)
            case "underline":
                for y in (108, 136):
                    canvas.line(LEFT + 32, HEIGHT - y, 300, HEIGHT - y)
            case "frame":
                canvas.rect(30, 30, 535, 780)
                canvas.rect(34, 34, 527, 772)
        type_out(canvas, wrapped("各单位应当公开预算、决算和政府采购的实施情况，接受社会监督，及时回应群众关切。"))

    source = read_pdf(drawn(draw), "通知.pdf")
    assert source.tables == ()
    assert texts(source) == ["各单位应当公开预算、决算和政府采购的实施情况，接受社会监督，及时回应群众关切。"]


def test_a_table_inside_a_frame_round_the_page_is_found() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(30, 30, 535, 780)
        table_of(canvas, (200, 230, 260), [["序号", "任务", "单位"], ["1", "公开预算", "财政局"]])

    assert rows(read_pdf(drawn(draw), "分工.pdf").tables[0])[1] == ["1", "公开预算", "财政局"]


def test_rows_without_text_are_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        table_of(canvas, (200, 230, 260, 290), [["序号", "任务", "单位"], ["", "", ""], ["1", "公开预算", "财政局"]])

    assert rows(read_pdf(drawn(draw), "分工.pdf").tables[0]) == [["序号", "任务", "单位"], ["1", "公开预算", "财政局"]]


def test_a_heading_turned_to_fit_its_column_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        table_of(canvas, (200, 300, 330), [["", "任务", "单位"], ["1", "公开预算", "财政局"]])
        canvas.translate(115, HEIGHT - 280)
        canvas.rotate(90)
        write(canvas, 0, HEIGHT, "重点领域", 12)

    assert rows(read_pdf(drawn(draw), "分工.pdf").tables[0])[0] == ["重点领域", "任务", "单位"]


def test_columns_that_stay_apart_are_a_table_without_rules() -> None:
    cells = [["序号", "任务", "单位"], ["1", "公开预算", "财政局"], ["2", "解读政策", "办公室"], ["", "和规划", ""]]

    def draw(canvas: Canvas) -> None:
        type_out(canvas, [(LEFT + 2 * SIZE, "任务如下。")])
        fill(canvas, XS, (150, 175, 200, 225), cells)
        type_out(canvas, [(LEFT + 2 * SIZE, "以上任务按季度通报。")], 320)

    source = read_pdf(drawn(draw), "分工.pdf")
    assert [type(block) for block in source.blocks] == [Line, Table, Line]
    assert rows(source.tables[0]) == [
        ["序号", "任务", "单位"],
        ["1", "公开预算", "财政局"],
        ["2", "解读政策和规划", "办公室"],
    ]


@pytest.mark.parametrize(
    "cells",
    [
        [["联系人", "办公室"], ["电话", "12345"]],
        [
            ["一、公开", "预算"],
            ["这一行从左边一直写到右边没有间隔也没有分栏的"],
            ["二、公开", "决算"],
            ["三、公开", "采购"],
        ],
    ],
)
def test_what_is_not_clearly_a_table_stays_lines(cells: list[list[str]]) -> None:
    def draw(canvas: Canvas) -> None:
        fill(canvas, (80, 260), (150, 175, 200, 225), cells)

    source = read_pdf(drawn(draw), "通知.pdf")
    assert source.tables == ()
    assert texts(source) == [" ".join(row) for row in cells]


class Cut:
    """Two pages of a table with all its rules, as Word draws it; the last row of the first page goes on."""

    HEADER = ("序号", "任务", "单位")

    @staticmethod
    def read(last: Sequence[str], first: Sequence[str], *, header: bool = True) -> list[list[str]]:
        def one(canvas: Canvas) -> None:
            table_of(canvas, (640, 670, 700, 760), [Cut.HEADER, ["1", "公开预算。", "税务局"], last])

        def two(canvas: Canvas) -> None:
            body = [first, ["3", "公开决算。", "审计局"]]
            table_of(canvas, (80, 110, 150, 180), [Cut.HEADER, *body] if header else [*body, ["4", "其他。", "各单位"]])

        return [row for table in read_pdf(drawn(one, two), "分工.pdf").tables for row in rows(table)]


@pytest.mark.parametrize("header", [True, False])
def test_the_rest_of_a_row_on_the_next_page_goes_to_its_row(header: bool) -> None:
    read = Cut.read(("2", "按季度公开本级财政收入和支出情况", "财政局"), ("", "并说明原因。", ""), header=header)
    assert read[2] == ["2", "按季度公开本级财政收入和支出情况并说明原因。", "财政局"]
    assert read[-2 if not header else -1] == ["3", "公开决算。", "审计局"]


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (("预算", "公开财政收入和支出。", "财政局"), ("", "公开政府采购。", "采购办")),
        (("预算", "按季度公开本级财政收入和支出情况", "财政局"), ("", "公开政府采购。", "采购办")),
        (("2", "按季度公开本级财政收入和支出情况", "财政局"), ("3", "公开政府采购。", "采购办")),
        (("2", "公开财政收入和支出。", "财政局"), ("", "公开政府采购。", "")),
    ],
)
def test_a_new_row_under_a_merged_label_stays_a_row(last: Sequence[str], first: Sequence[str]) -> None:
    read = Cut.read(last, first)
    assert read[2] == list(last)
    assert read[4] == list(first)


def test_tables_of_one_page_and_columns_of_pages_are_numbered_as_they_come() -> None:
    def draw(canvas: Canvas) -> None:
        centre(canvas, TOP, "两张表")
        for top in (200, 400):
            table_of(canvas, (top, top + 30, top + 60), [["序号", "任务", "单位"], ["1", "公开预算", "财政局"]])

    source = read_pdf(drawn(draw), "分工.pdf")
    assert [table.name for table in source.tables] == ["表1", "表2"]
    assert source.tables[1].rows[1].cells[2].ref == "表2!C2"
