"""Pages that are too much, or nothing."""

import tracemalloc

import pytest

from knowledge.errors import SourceEmpty, SourceTooLarge
from knowledge.readers.html import read_html


@pytest.mark.parametrize(
    "markup",
    [
        "",
        " \n ",
        "<html><head><title>云溪区人民政府</title></head><body></body></html>",
        "<body><img src=scan.png><p>&nbsp;</p><table border=1><tr><td><td></table></body>",
        "<script>var a = '只有脚本'</script><!-- 注释 -->",
    ],
)
def test_a_page_without_text_is_refused_as_empty(markup: str) -> None:
    with pytest.raises(SourceEmpty, match=r"^页面.html："):
        read_html(markup.encode(), "页面.html")


@pytest.mark.parametrize("tag", ["div", "span", "table", "ul><li", "table><tr><td", "blockquote"])
def test_tags_nested_beyond_all_measure_are_refused_rather_than_cut_off(tag: str) -> None:
    with pytest.raises(SourceTooLarge, match=r"页面.html：网页标签嵌套超过 2000 层"):
        read_html((f"<{tag}>" * 100_000 + "正文。").encode(), "页面.html")


@pytest.mark.parametrize("tag", ["div", "span", "table><tr><td", "ol><li", "font"])
def test_tags_nested_as_deep_as_the_parser_goes_are_read(tag: str) -> None:
    depth = 2000 // (tag.count("<") + 1)

    source = read_html((f"<{tag}>" * depth + "正文在此。").encode(), "页面.html")

    assert [text.removeprefix("1. ") for text in source.texts] == ["正文在此。"]


def test_paragraphs_never_closed_are_no_nesting() -> None:
    assert len(read_html(("<p>一段。" * 5000).encode(), "页面.html").blocks) == 5000


def test_spans_beyond_all_measure_cost_no_more_than_the_cells() -> None:
    markup = "<table border=1>" + '<tr><td colspan="1000000" rowspan="1000000">甲<td>乙' * 40 + "</table>"

    tracemalloc.start()
    (table,) = read_html(markup.encode(), "页面.html").tables
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert len(table.rows) == 40
    assert peak < 32 * 1024 * 1024


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        (f"<tr><td>甲<td>{'文' * 100_001}", r"页面.html：表1!B1 单元格超过 10 万字"),
        ('<tr><td colspan="1000" rowspan="65534">甲<td>乙' * 3000, r"页面.html：表1 超过 200 万个单元格"),
        ("<tr><td>甲" * 3000 + "<tr>" + "<td>乙" * 3000, r"页面.html：表1 超过 200 万个单元格"),
    ],
)
def test_a_table_beyond_all_measure_is_refused_by_its_place(cells: str, place: str) -> None:
    with pytest.raises(SourceTooLarge, match=place):
        read_html(f"<table border=1>{cells}</table>".encode(), "页面.html")


def test_a_cell_of_100_000_characters_is_read() -> None:
    (table,) = read_html(f"<table border=1><tr><td>甲<td>{'文' * 100_000}</table>".encode(), "页面.html").tables

    assert len(table.rows[0].cells[1].text) == 100_000


def test_a_page_cut_off_amid_a_tag_is_read_up_to_there() -> None:
    source = read_html("<p>第一段。</p><p>第二段。</p><table><tr><td cl".encode(), "页面.html")

    assert source.texts == ["第一段。", "第二段。"]
