"""Tables in PDF files that go on over pages, drawn as browsers do, which leave a cut cell open at the end of the page,
and as Word and LibreOffice do, which close it with a rule."""

from collections.abc import Callable, Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from knowledge.readers.printed.pdf import read_pdf
from knowledge.readers.source import Source
from tests.knowledge.readers.pdf_files import HEIGHT, drawn, ruled
from tests.knowledge.readers.test_pdf_tables import XS, fill, rows, texts

HEADER = ("类别", "任务", "单位")
FIRST, LAST = (660.0, 690.0, 720.0, 760.0), (60.0, 100.0, 130.0)
Page = Callable[[Canvas], None]


def page(
    ys: Sequence[float],
    cells: Sequence[Sequence[str]],
    gaps: Sequence[tuple[str, int, int]] = (),
    xs: Sequence[float] = XS,
) -> Page:
    def draw(canvas: Canvas) -> None:
        ruled(canvas, xs, ys, gaps)
        fill(canvas, xs, ys, cells)

    return draw


def read(*pages: Page) -> Source:
    return read_pdf(drawn(*pages), "分工.pdf")


def told(source: Source) -> list[list[str]]:
    assert texts(source) == []
    return [row for table in source.tables for row in rows(table)]


def test_a_new_row_below_cells_left_open_stays_a_row_and_takes_their_text() -> None:
    first = [HEADER, ("预算", "公开本级预算。", "财政局"), ("", "公开部门预算的编制情况和说明全部", "")]
    gaps = [("below", row, column) for row in (1, 2) for column in (0, 2)]
    second = [("", "公开预算的执行。", ""), ("决算", "公开决算。", "审计局")]
    read_rows = told(read(page(FIRST, first, gaps), page(LAST, second, [("below", -1, 0), ("below", -1, 2)])))
    assert read_rows[2:] == [
        ["预算", "公开部门预算的编制情况和说明全部", "财政局"],
        ["预算", "公开预算的执行。", "财政局"],
        ["决算", "公开决算。", "审计局"],
    ]


def test_a_heading_cut_by_the_end_of_the_page_is_whole_in_all_its_rows() -> None:
    first = [HEADER, ("（一）公共信", "公开本级预算。", "财政局"), ("", "公开决算。", "审计局")]
    second = [("息资源", "公开数据。", "大数据局"), ("", "公开目录。", "办公室")]
    gaps = [("below", 1, 0), ("below", 2, 0)]
    read_rows = told(read(page(FIRST, first, gaps), page(LAST, second, [("below", -1, 0), ("below", 0, 0)])))
    assert [row[0] for row in read_rows] == ["类别", *["（一）公共信息资源"] * 4]
    assert [row[2] for row in read_rows[1:]] == ["财政局", "审计局", "大数据局", "办公室"]


def test_a_heading_of_which_only_the_sides_are_left_keeps_its_column() -> None:
    first = [HEADER, ("预算", "公开本级预算。", "财政局"), ("", "公开决算。", "审计局")]

    def second(canvas: Canvas) -> None:
        ruled(canvas, XS[1:], LAST)
        fill(canvas, XS[1:], LAST, [("公开数据。", "大数据局"), ("公开目录。", "办公室")])
        canvas.line(XS[0], HEIGHT - LAST[0], XS[0], HEIGHT - LAST[-1])

    read_rows = told(read(page(FIRST, first, [("below", 1, 0), ("below", 2, 0)]), second))
    assert read_rows[-2:] == [["预算", "公开数据。", "大数据局"], ["预算", "公开目录。", "办公室"]]


def test_a_page_on_which_no_cell_divides_a_column_has_it_nevertheless() -> None:
    xs = (80.0, 120.0, 160.0, 360.0, 500.0)
    first = [
        ("类别", "", "任务", "单位"),
        ("一", "预算", "公开本级预算。", "财政局"),
        ("二", "决算", "公开决算。", "审计局"),
    ]
    second = [("三、采购", "公开采购。", "采购办"), ("四、数据", "公开数据。", "大数据局")]
    source = read(page(FIRST, first, [("right", 0, 0)], xs), page(LAST, second))
    assert told(source)[-1] == ["四、数据", "四、数据", "公开数据。", "大数据局"]
    assert [cell.beside for cell in source.tables[-1].rows[0].cells] == [False, True, False, False]


def test_the_last_words_of_a_table_alone_on_the_last_page_go_to_their_cell() -> None:
    first = [HEADER, ("预算", "公开本级预算。", "财政局"), ("决算", "公开决算。", "市人民政府督查室机构")]
    open_below = [("below", 2, column) for column in range(3)]
    read_rows = told(
        read(page(FIRST, first, open_below), page((60, 90), [("", "", "编制科")], [("below", -1, c) for c in range(3)]))
    )
    assert read_rows[1:] == [["预算", "公开本级预算。", "财政局"], ["决算", "公开决算。", "市人民政府督查室机构编制科"]]


def test_a_closed_heading_cut_by_the_end_of_the_page_is_told_by_its_number() -> None:
    first = [HEADER, ("预算", "公开本级预算。", "财政局"), ("（一）公共信", "公开决算。", "审计局")]
    second = [("息资源", "公开数据。", "大数据局"), ("", "公开目录。", "办公室")]
    read_rows = told(read(page((660, 690, 720, 745), first), page(LAST, second, [("below", 0, 0)])))
    assert [row[0] for row in read_rows[2:]] == ["（一）公共信息资源"] * 3
    assert read_rows[2][1:] == ["公开决算。", "审计局"]


def test_a_closed_row_cut_in_a_sentence_is_one_row_whatever_its_other_cells_say() -> None:
    first = [HEADER, ("预算", "公开本级预算。", "财政局"), ("决算", "按季度公开本级财政收入和支出情况", "审计局")]
    second = [("", "并说明原因。", "税务局"), ("采购", "公开采购。", "采购办")]
    read_rows = told(read(page((660, 690, 720, 745), first), page(LAST, second)))
    assert read_rows[2:] == [
        ["决算", "按季度公开本级财政收入和支出情况并说明原因。", "审计局税务局"],
        ["采购", "公开采购。", "采购办"],
    ]


@pytest.mark.parametrize(
    "second", [("类别", "要求", "单位"), ("决算", "公开决算。", "审计"), ("", "公开决算。", "审计")]
)
def test_a_closed_row_behind_a_full_cell_stays_a_row(second: Sequence[str]) -> None:
    narrow = (80.0, 112.0, 360.0, 392.0)
    first = [("事", "任务", "办"), ("甲", "公开本级预算。", "财政"), ("预算", "公开部门预算。", "财政")]
    read_rows = told(read(page((660, 690, 720, 745), first, xs=narrow), page((60, 90), [second], xs=narrow)))
    assert read_rows[2:] == [["预算", "公开部门预算。", "财政"], list(second)]


def test_paragraphs_of_a_cell_that_are_set_apart_are_pieces_though_their_lines_are_full() -> None:
    def draw(canvas: Canvas) -> None:
        ruled(canvas, (80, 300, 336), (200, 230, 420))
        fill(canvas, (80, 300), (200, 230), [("任务", "单位"), ("公开本级/财政预算/和决算", "财政/局公/开科")])
        fill(canvas, (300,), (290,), [("审计/局",)])

    cells = read(draw).tables[0].rows[1].cells
    assert cells[1].pieces == ("财政局公开科", "审计局")
