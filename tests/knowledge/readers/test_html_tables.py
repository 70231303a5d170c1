"""Tables of web pages: cells where the spans put them, also where the spans are wrong."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.readers.html import read_html
from knowledge.readers.source import Line, Table

_Span = tuple[int, int, int, int]
"""Row, column, height, width."""


@pytest.mark.parametrize(
    ("rows", "grid"),
    [
        ("<tr><td rowspan=2>甲<td>1<tr><td>2", "甲 1 / 甲 2"),
        ("<tr><td colspan=2>甲<td>乙<tr><td>1<td>2<td>3", "甲 <甲 乙 / 1 2 3"),
        ("<tr><td colspan=2 rowspan=2>甲<td>1<tr><td>2<tr><td>3<td>4<td>5", "甲 <甲 1 / 甲 <甲 2 / 3 4 5"),
        # rowspan="0" reaches to the end of its group
        ("<tbody><tr><td rowspan=0>甲<td>1<tr><td>2<tbody><tr><td>乙<td>3", "甲 1 / 甲 2 / 乙 3"),
        # beyond the last row, beyond the group, beyond the last column
        ("<tr><td rowspan=9>甲<td>1<tr><td>2", "甲 1 / 甲 2"),
        ("<thead><tr><th rowspan=5>甲<th>乙<tbody><tr><td>1<td>2", "甲 乙 / 1 2"),
        ("<tr><td colspan=1000000>甲<tr><td>1<td>2<td>3", "甲 <甲 <甲 / 1 2 3"),
        # a span that runs into a cell from above leaves it its place
        ("<tr><td>1<td rowspan=2>甲<td>2<tr><td colspan=3>乙", "1 甲 2 / 乙 甲 <乙"),
        # spans that are no numbers
        ("<tr><td colspan=-2 rowspan=x>甲<td colspan=0>乙<tr><td>1<td>2", "甲 乙 / 1 2"),
        # rows of unequal length
        ("<tr><td>1<td>2<td>3<tr><td>4", "1 2 3 / 4 . ."),
        # the foot is printed last and the head first, wherever they stand
        ("<tfoot><tr><td>计<td>9</tfoot><tbody><tr><td>1<td>2</tbody><thead><tr><th>甲<th>乙", "甲 乙 / 1 2 / 计 9"),
        # a form between the table and its rows, a row never opened
        ("<form><tr><td>1<td>2</tr><tr><td>3<td>4</tr></form>", "1 2 / 3 4"),
        ("<td>1</td><td>2</td><tr><td>3<td>4", "1 2 / 3 4"),
        # rows that print nothing
        ("<tr><td>1<td>2<tr></tr><tr><td>&nbsp;<td>　<tr><td>3<td>4", "1 2 / 3 4"),
        # a column that no cell begins in
        ("<tr><td colspan=2>甲<td>乙<tr><td colspan=2>1<td>2", "甲 乙 / 1 2"),
        # a hidden row
        ("<tr><td>1<td>2<tr style='display: none'><td>3<td>4<tr><td>5<td>6", "1 2 / 5 6"),
    ],
)
def test_every_cell_stands_where_the_spans_put_it(rows: str, grid: str) -> None:
    assert _drawn(_table(f"<table border=1>{rows}</table>")) == grid


def test_a_cell_knows_its_row_and_its_place() -> None:
    table = _table("<table border=1><tr><td>甲<td>乙<tr></tr><tr><td>丙<td>丁</table>")

    assert [(cell.text, cell.line, cell.ref) for row in table.rows for cell in row.cells] == [
        ("甲", 1, "表1!A1"),
        ("乙", 1, "表1!B1"),
        ("丙", 3, "表1!A3"),
        ("丁", 3, "表1!B3"),
    ]


@pytest.mark.parametrize(
    ("cell", "pieces"),
    [
        ("公开预算<br>公开决算", ("公开预算", "公开决算")),
        ("<p>公开预算</p>\n <p>&nbsp;</p><p>公开\n决算</p>", ("公开预算", "公开决算")),
        ("<ol><li>公开预算<li>公开决算</ol>", ("1. 公开预算", "2. 公开决算")),
        ("<div>市<b>财政</b>局</div>等", ("市财政局", "等")),
        (
            "<table><tr><td>区县</td><td>比例</td></tr><tr><td>甲区</td><td>30%</td></tr></table>",
            ("区县 比例", "甲区 30%"),
        ),
        ("", ()),
    ],
)
def test_breaks_and_paragraphs_in_a_cell_are_its_pieces(cell: str, pieces: tuple[str, ...]) -> None:
    table = _table(f"<table border=1><tr><td>一<td>二<td>三<td>四<tr><td>五<td>{cell}</td><td>六<td>七</table>")

    assert [len(row.cells) for row in table.rows] == [4, 4]
    assert table.rows[1].cells[1].pieces == pieces


def test_the_caption_and_what_stands_between_the_rows_is_printed_above() -> None:
    blocks = _blocks("<table border=1><caption>表一　任务分解</caption>单位：万元<tr><td>1<td>2<tr><td>3<td>4</table>")

    assert [block.text if isinstance(block, Line) else block.name for block in blocks] == [
        "表一　任务分解",
        "单位：万元",
        "表1",
    ]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>前</p><table border=1><tr><td>1<td>2</tr><table border=1><tr><td>3<td>4</tr></table><h2>后</h2><p>尾</p>",
        "<table border=1><p>前</p><tr><td>1<td>2</tr><tr><table border=1><tr><td>3<td>4</tr></tr><h2>后</h2><p>尾</p>",
    ],
)
def test_a_table_that_was_never_closed_does_not_swallow_what_follows(markup: str) -> None:
    blocks = _blocks(markup)

    drawn = [_drawn(block) if isinstance(block, Table) else block.text for block in blocks]
    assert drawn == ["前", "1 2", "3 4", "后", "尾"]
    assert getattr(blocks[-2], "level", None) == 2


@pytest.mark.parametrize(
    "table",
    [
        "<table border=1><tr><td>{}</td></tr></table>",
        "<table><tr><td><img src=a></td><td>{}</td></tr></table>",
        "<table><tr><td>{}</td></tr><tr><td>某局</td></tr></table>",
        "<table role=presentation><tr><td>甲</td><td>{}</td></tr><tr><td>丙</td><td>丁</td></tr></table>",
        "<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td><h2>标题</h2>{}</td></tr></table>",
        "<table><tr><td>甲</td><td>{}</td></tr><tr><td>丙</td><td><table><tr><td>1<td>2</table></td></table>",
    ],
)
def test_a_table_that_lays_out_the_page_is_walked(table: str) -> None:
    blocks = _blocks(table.format("<p>现将有关事项通知如下：</p><p>一、抓紧落实。</p>"))

    texts = [block.text for block in blocks if isinstance(block, Line)]
    assert texts[texts.index("现将有关事项通知如下：") + 1] == "一、抓紧落实。"


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>序号<td>工作要求<td>责任单位<tr><td>1<td>{}<td>财政局</table>",
        "<table class=MsoTableGrid><tr><td>工作要求<td>{}</table>",
        "<table><tr><td style='border:solid windowtext 1.0pt'>工作要求<td>{}</table>",
        "<table><tr><th>工作要求<td>{}</table>",
        "<table><tr><td>1<td>2<tr><td>3<td>4<tr><td>5<td>六</table><p>{}",
    ],
)
def test_a_table_with_rows_and_columns_stays_one(table: str) -> None:
    blocks = _blocks(table.format("及时公开本部门预算决算和三公经费。" * 30))

    assert sum(isinstance(block, Table) for block in blocks) == 1


@st.composite
def _merged_grids(draw: st.DrawFn) -> tuple[int, int, list[_Span]]:
    """A grid of cells, some of them merged into rectangles, that fill it without overlap."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(2, 6))
    free = {(row, column) for row in range(height) for column in range(width)}
    spans: list[_Span] = []
    for row, column in sorted(free):
        if (row, column) not in free:
            continue
        widest = next((n for n in range(1, width - column) if (row, column + n) not in free), width - column)
        span = (row, column, draw(st.integers(1, height - row)), draw(st.integers(1, widest)))
        free -= _slots(span)
        spans.append(span)
    return height, width, spans


@given(_merged_grids())
def test_any_grid_of_merged_cells_reads_back_equal(merged: tuple[int, int, list[_Span]]) -> None:
    height, width, spans = merged
    holder = {slot: span for span in spans for slot in _slots(span)}
    # A browser prints no line for a row or column in which no cell begins.
    rows = [row for row in range(height) if any(span[0] == row for span in spans)]
    columns = [column for column in range(width) if any(span[1] == column for span in spans)]
    expected = [[(_name(holder[row, column]), holder[row, column][1] < column) for column in columns] for row in rows]

    blocks = _blocks(_markup(height, spans))

    if max(sum(span[0] == row for span in spans) for row in range(height)) < 2:
        assert [block.text for block in blocks if isinstance(block, Line)] == [_name(span) for span in spans]
    else:
        (table,) = blocks
        assert isinstance(table, Table)
        assert [[(cell.text, cell.beside) for cell in row.cells] for row in table.rows] == expected


def _slots(span: _Span) -> set[tuple[int, int]]:
    row, column, height, width = span
    return {(row + down, column + right) for down in range(height) for right in range(width)}


def _name(span: _Span) -> str:
    return f"格{span[0]}·{span[1]}"


def _markup(height: int, spans: list[_Span]) -> str:
    rows = "".join(
        "<tr>" + "".join(f'<td rowspan="{s[2]}" colspan="{s[3]}">{escape(_name(s))}</td>' for s in spans if s[0] == row)
        for row in range(height)
    )
    return f'<table border="1">{rows}</table>'


def _drawn(table: Table) -> str:
    """Rows by slashes; ``<`` before a cell that a cell to its left covers, a dot for an empty one."""
    return " / ".join(
        " ".join(("<" if cell.beside else "") + (cell.text or ".") for cell in row.cells) for row in table.rows
    )


def _table(markup: str) -> Table:
    (table,) = (block for block in _blocks(markup) if isinstance(block, Table))
    return table


def _blocks(markup: str) -> tuple[Line | Table, ...]:
    return read_html(markup.encode(), "页面.html").blocks
