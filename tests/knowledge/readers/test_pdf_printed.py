"""Real documents as a browser prints them: embedded fonts, running heads, merged cells, tables over several pages."""

from collections.abc import Iterator

import pytest

from knowledge.readers.printed.pdf import read_pdf
from knowledge.readers.source import Line, Source
from tests.knowledge.readers import printed_documents as documents
from tests.knowledge.readers.pdf_files import needs_chromium, printed

pytestmark = [pytest.mark.browser, needs_chromium]


def gb2312() -> Iterator[str]:
    for first in range(0xB0, 0xF8):
        for second in range(0xA1, 0xFF):
            try:
                yield bytes([first, second]).decode("gb2312")
            except UnicodeDecodeError:
                continue


def lines(source: Source) -> list[Line]:
    return [block for block in source.blocks if isinstance(block, Line)]


@pytest.fixture(scope="module")
def notice() -> Source:
    return read_pdf(printed(documents.NOTICE), "通知.pdf")


@pytest.fixture(scope="module")
def plan() -> Source:
    return read_pdf(printed(documents.PLAN), "分解表.pdf")


def test_a_notice_of_three_pages_is_read_paragraph_by_paragraph(notice: Source) -> None:
    assert [line.text for line in lines(notice)] == [
        "滨河市人民政府文件",
        "滨政办发〔2024〕15号",
        "".join(documents.TITLE_LINES),
        "各区人民政府，市政府各部门、各直属机构：",
        documents.OPENING,
        *documents.SECTIONS,
        "附件：政务公开工作任务分解表",
        "滨河市人民政府办公室",
        "2024年4月12日",
    ]
    assert notice.tables == () and notice.skipped == ()


def test_only_the_title_is_of_level_0(notice: Source) -> None:
    assert {line.text: line.level for line in lines(notice) if line.level is not None} == {
        "".join(documents.TITLE_LINES): 0
    }


def test_paragraphs_are_numbered_on_the_page_where_they_begin(notice: Source) -> None:
    by_page = {page: [line.number for line in lines(notice) if line.page == page] for page in (1, 2, 3)}
    assert [line.page for line in lines(notice)] == sorted(line.page or 0 for line in lines(notice))
    assert all(numbers == list(range(1, len(numbers) + 1)) and numbers for numbers in by_page.values())


def test_a_plan_over_three_pages_gives_every_task_with_its_merged_label(plan: Source) -> None:
    tasks = [
        [cell.text for cell in row.cells]
        for table in plan.tables
        for row in table.rows
        if row.cells[1].text.isdecimal()
    ]
    labels = [group for group, size in documents.GROUPS for _ in range(size)]
    assert tasks == [
        [
            label,
            str(number),
            documents.requirement(number),
            f"财政局{number}",
            "各园区、各镇（街道），新区直属各单位",
            f"{number % 12 + 1}月底前",
        ]
        for number, label in enumerate(labels, 1)
    ]


def test_each_page_of_a_plan_is_a_table_with_its_header(plan: Source) -> None:
    assert [(table.name, table.page) for table in plan.tables] == [("表1", 1), ("表2", 2), ("表3", 3)]
    for table in plan.tables:
        upper, lower = table.rows[:2]
        assert [cell.text for cell in upper.cells] == ["类别", "序号", "工作任务", "责任分工", "责任分工", "完成时限"]
        assert [cell.text for cell in lower.cells] == ["类别", "序号", "工作任务", "牵头单位", "配合单位", "完成时限"]
        assert [cell.beside for cell in upper.cells] == [False, False, False, False, True, False]
        assert {len(row.cells) for row in table.rows} == {6}
        assert table.rows[1].cells[4].ref == f"{table.name}!E2" and table.rows[1].cells[4].line == 2


def test_beside_the_tables_only_the_title_and_the_note_are_left(plan: Source) -> None:
    assert [(line.text, line.level) for line in lines(plan)] == [
        (documents.PLAN_TITLE, 0),
        ("注：以上任务由新区办公室负责解释。", None),
    ]
    assert isinstance(plan.blocks[0], Line) and isinstance(plan.blocks[-1], Line)


def test_a_row_cut_by_the_end_of_the_page_is_one_row() -> None:
    text = "".join(f"第{number}项工作应当按季度公开进展情况，并接受社会监督；" for number in range(1, 61)) + "完毕。"
    html = (
        "<html lang=zh><meta charset=utf-8><style>@page{size:A4;margin:20mm}table{border-collapse:collapse}"
        'td{border:1px solid;padding:4px;font:12pt/20pt "Noto Serif CJK SC","Noto Sans CJK SC"}</style><table>'
        f"<tr><td>序号<td>任务<td>单位<tr><td>1<td>{text}<td>财政局<tr><td>2<td>公开预算<td>税务局</table></html>"
    )
    source = read_pdf(printed(html), "长表.pdf")
    assert len(source.tables) == 2
    rows = [[cell.text for cell in row.cells] for table in source.tables for row in table.rows]
    assert rows == [["序号", "任务", "单位"], ["1", text, "财政局"], ["2", "公开预算", "税务局"]]


def test_every_character_of_gb_2312_comes_back_as_itself() -> None:
    text = "".join(gb2312())
    set_in = "".join(f"<p style='font-family:{font}'>{text}" for font in ("Noto Serif CJK SC", "Noto Sans CJK SC"))
    html = f"<html lang=zh><meta charset=utf-8><style>@page{{size:A4}}p{{font-size:11pt}}</style>{set_in}</html>"
    read = "".join(line.text for line in lines(read_pdf(printed(html), "字表.pdf")))
    assert [(want, got) for want, got in zip(text * 2, read, strict=True) if want != got] == []


def test_the_heads_and_feet_that_a_browser_adds_by_itself_go() -> None:
    body = "".join(f"<p>第{number}段：政务公开工作情况如下。" for number in range(1, 60))
    html = f"<html lang=zh><meta charset=utf-8><title>政务公开要点</title>{body}</html>"
    source = read_pdf(printed(html, headers=True), "网页.pdf")
    assert [line.text for line in lines(source)] == [f"第{number}段：政务公开工作情况如下。" for number in range(1, 60)]
