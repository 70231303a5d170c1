"""Markdown files: lines with their place in the file, headings, lists as printed, tables also where rows are ragged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import SourceEmpty, SourceTooLarge, SourceUnreadable
from knowledge.readers.markdown import read_markdown
from knowledge.readers.source import Line, Source, Table

_FILE = """---
title: 某通知
tags: [公开]
---
# 云溪区养老服务补贴*实施细则*

各镇人民政府：
请对照[任务清单](http://example.invalid/a)落实。

## 第一章 总则

第一条 补贴**每月200元**，`凭证`申领。<!-- 待核 -->

1. 提出申请
2. 审核
   - 镇级初审
   - 区级复审

补贴标准
--------

| 类别 | 标准 |
|------|-----:|
| 低保 | 200 |

```
申请编号：YX-0001
```
"""


def test_lines_come_with_their_level_and_their_place_in_the_file() -> None:
    source = read_markdown(_FILE.encode(), "细则.md")

    assert [(block.number, block.level, block.text) for block in source.blocks if isinstance(block, Line)] == [
        (5, 0, "云溪区养老服务补贴实施细则"),
        (7, None, "各镇人民政府："),
        (8, None, "请对照任务清单落实。"),
        (10, 2, "第一章 总则"),
        (12, None, "第一条 补贴每月200元，凭证申领。"),
        (14, None, "1. 提出申请"),
        (15, None, "2. 审核"),
        (16, None, "镇级初审"),
        (17, None, "区级复审"),
        (19, 2, "补贴标准"),
        (27, None, "申请编号：YX-0001"),
    ]
    assert _grids(source) == [[["类别", "标准"], ["低保", "200"]]]


def test_front_matter_is_left_out_and_reported() -> None:
    (skipped,) = read_markdown(_FILE.encode(), "细则.md").skipped

    assert skipped.place == "第1—4行"


@pytest.mark.parametrize("text", ["---\n\n责任单位：区财政局\n\n---\n尾\n", "正文\n\n---\ntitle: 尾\n---\n"])
def test_a_rule_is_no_front_matter(text: str) -> None:
    assert read_markdown(text.encode(), "细则.md").skipped == ()


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# 标题\n\n## 一\n\n### （一）\n", [0, 2, 3]),
        ("# 第一章\n\n# 第二章\n", [1, 1]),
        ("引言\n\n# 标题\n", [None, 1]),
        ("## 一\n\n# 标题\n", [2, 1]),
        ("#没有空格不是标题\n", [None]),
    ],
)
def test_the_only_first_level_heading_at_the_beginning_is_the_title(text: str, levels: list[int | None]) -> None:
    source = read_markdown(text.encode(), "细则.md")

    assert [block.level for block in source.blocks if isinstance(block, Line)] == levels


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("1. 甲\n2. 乙\n", ["1. 甲", "2. 乙"]),
        ("1. 甲\n1. 乙\n1. 丙\n", ["1. 甲", "2. 乙", "3. 丙"]),
        ("3) 甲\n5) 乙\n", ["3) 甲", "5) 乙"]),
        ("1. 甲\n   1. 子\n   2. 丑\n2. 乙\n", ["1. 甲", "1. 子", "2. 丑", "2. 乙"]),
        ("1. 甲\n\n   续段\n", ["1. 甲", "续段"]),
        ("- 甲\n* 乙\n+ 丙\n", ["甲", "乙", "丙"]),
        ("（一）甲\n（二）乙\n一、丙\n1、丁\n", ["（一）甲", "（二）乙", "一、丙", "1、丁"]),
    ],
)
def test_lists_keep_the_numbers_they_print(text: str, lines: list[str]) -> None:
    assert read_markdown(text.encode(), "细则.md").texts == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("**重要**、*强调*、~~删除~~、`代码`\n", ["重要、强调、删除、代码"]),
        ("[名称](http://example.invalid) ![图](a.png)<http://example.invalid>\n", ["名称 http://example.invalid"]),
        ("甲<br>乙<font color=red>丙</font>\n", ["甲", "乙丙"]),
        ("甲  \n乙\\\n丙\n", ["甲", "乙", "丙"]),
        ("> 引文\n> 续行\n", ["引文", "续行"]),
        ("\\*不是强调\\*，&lt;某办法&gt;，<某办法>\n", ["*不是强调*，<某办法>，<某办法>"]),
        ("    缩进四格的段落\n", ["缩进四格的段落"]),
        ("　　全角缩进的\t段落\n", ["全角缩进的 段落"]),
        ("[注]: 自发布之日起施行\n", ["[注]: 自发布之日起施行"]),
        ("[甲][1]\n\n[1]: http://example.invalid/x\n", ["甲"]),
        ("~~~\n一\n\n二\n~~~\n", ["一", "二"]),
        ("<div>\n<p>网页段落</p>\n</div>\n", ["网页段落"]),
        ("<!-- 只是注释 -->\n\n正文\n", ["正文"]),
    ],
)
def test_marks_are_stripped_and_their_text_is_kept(text: str, lines: list[str]) -> None:
    assert read_markdown(text.encode(), "细则.md").texts == lines


@pytest.mark.parametrize(
    ("text", "grid"),
    [
        ("|甲|乙|\n|-|-|\n|1|2|\n", [["甲", "乙"], ["1", "2"]]),
        ("甲|乙\n-|-\n1|2\n", [["甲", "乙"], ["1", "2"]]),
        ("|甲|乙|\n|-|-|\n|a \\| b|`c \\| d`|\n", [["甲", "乙"], ["a | b", "c | d"]]),
        ("|甲|乙|\n|-|-|\n|1|\n|1|**2**|3|[4](x)|\n", [["甲", "乙", "", ""], ["1", "", "", ""], ["1", "2", "3", "4"]]),
        ("> |甲|乙|\n> |-|-|\n> |1|2|3|\n", [["甲", "乙", ""], ["1", "2", "3"]]),
        ("|甲|乙|\n|-|-|\n|上<br>下|2|\n", [["甲", "乙"], ["上下", "2"]]),
        ("<table border=1><tr><td rowspan=2>甲<td>1\n\n<tr><td>2</table>\n", [["甲", "1"], ["甲", "2"]]),
    ],
)
def test_tables_lose_no_cell(text: str, grid: list[list[str]]) -> None:
    assert _grids(read_markdown(text.encode(), "细则.md")) == [grid]


def test_tables_are_named_as_they_come_and_cells_know_their_place() -> None:
    table = "|甲|乙|\n|-|-|\n|上<br>下|2|\n"
    source = read_markdown(f"{table}\n<table border=1><tr><td>1<td>2</table>\n\n{table}".encode(), "细则.md")

    assert [table.name for table in source.tables] == ["表1", "表2", "表3"]
    cell = source.tables[2].rows[1].cells[0]
    assert (cell.pieces, cell.line, cell.ref) == (("上", "下"), 2, "表3!A2")


_CELL = st.text(alphabet="甲乙丙 12|*_`<", max_size=6)


@given(st.integers(2, 5).flatmap(lambda width: st.lists(st.lists(_CELL, min_size=width, max_size=width), min_size=1)))
def test_any_table_of_plain_cells_reads_back_equal(rows: list[list[str]]) -> None:
    head = [f"列{column}" for column in range(len(rows[0]))]
    printed = [head, *([cell.strip() for cell in row] for row in rows)]
    written = [f"|{'|'.join(map(_escaped, row))}|" for row in [head, *rows]]
    written.insert(1, "|-" * len(head) + "|")

    (table,) = read_markdown("\n".join(written).encode(), "细则.md").tables

    assert [[cell.text for cell in row.cells] for row in table.rows] == printed


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends_make_no_difference(encoding: str, line_end: str) -> None:
    data = _FILE.replace("\n", line_end).encode(encoding)

    assert read_markdown(data, "细则.md") == read_markdown(_FILE.encode(), "细则.md")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", SourceEmpty),
        ("---\ntitle: 只有文件头\n---\n".encode(), SourceEmpty),
        (b"<!-- x -->\n\n![](a.png)\n", SourceEmpty),
        (b"\x89PNG\r\n\x1a\n\x00\x00", SourceUnreadable),
        (("> " * 1000 + "深").encode(), SourceTooLarge),
        (("- " * 1000 + "深").encode(), SourceTooLarge),
        (f"|甲|乙|\n|-|-|\n|1|{'文' * 100_001}|\n".encode(), SourceTooLarge),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_by_name(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"^细则.md："):
        read_markdown(data, "细则.md")


def _escaped(cell: str) -> str:
    return "".join("\\" + character if character in "|*_`<" else character for character in cell)


def _grids(source: Source) -> list[list[list[str]]]:
    tables: tuple[Table, ...] = source.tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]
