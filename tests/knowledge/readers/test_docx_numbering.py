import pytest

from knowledge.readers.source import Line
from knowledge.readers.word.docx import read_docx
from knowledge.readers.word.number_formats import print_number
from knowledge.readers.word.text import numbered
from tests.knowledge.readers.docx_files import (
    cell,
    deleted_mark,
    docx,
    item,
    number_list,
    para,
    row,
    run,
    style,
    table,
    used_list,
)

NAME = "要点.docx"
OUTLINE = number_list(("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in read_docx(docx(body, **parts), NAME).blocks if isinstance(block, Line)]


def test_levels_count_on_and_start_again_under_a_higher_one() -> None:
    body = "".join(
        item(text, level)
        for text, level in [
            ("推进决策公开", 0),
            ("重大决策预公开", 1),
            ("听取意见。", 2),
            ("反馈结果。", 2),
            ("会议公开", 1),
            ("加强解读", 0),
            ("解读范围", 1),
            ("同步解读。", 2),
        ]
    )
    assert texts(body, numbering=OUTLINE) == [
        "一、推进决策公开",
        "（一）重大决策预公开",
        "1.听取意见。",
        "2.反馈结果。",
        "（二）会议公开",
        "二、加强解读",
        "（一）解读范围",
        "1.同步解读。",
    ]


def test_articles_stand_apart_from_their_text() -> None:
    numbering = number_list(("chineseCountingThousand", "第%1条"))
    body = item("为了规范管理，制定本办法。") + item("本办法适用于本市。")
    assert texts(body, numbering=numbering) == ["第一条 为了规范管理，制定本办法。", "第二条 本办法适用于本市。"]


def test_articles_count_through_the_chapters() -> None:
    levels = (
        '<w:abstractNum w:abstractNumId="1">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="第%1章"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:lvlRestart w:val="0"/>'
        '<w:lvlText w:val="第%2条"/></w:lvl></w:abstractNum>' + used_list(1, 1)
    )
    body = item("总则") + item("甲。", 1) + item("乙。", 1) + item("附则") + item("丙。", 1)
    assert texts(body, numbering=levels) == ["第一章 总则", "第一条 甲。", "第二条 乙。", "第二章 附则", "第三条 丙。"]


@pytest.mark.parametrize(
    ("restart", "last"),
    [
        ("", "1."),
        ('<w:lvlRestart w:val="1"/>', "2."),
        ('<w:lvlRestart w:val="2"/>', "1."),
        ('<w:lvlRestart w:val="0"/>', "2."),
    ],
)
def test_a_level_starts_again_after_the_levels_it_says(restart: str, last: str) -> None:
    numbering = number_list(("decimal", "%1、"), ("decimal", "（%2）"), ("decimal", "%3."), extra=restart)
    body = item("甲") + item("乙", 1) + item("丙", 2) + item("丁", 1) + item("戊", 2)
    assert texts(body, numbering=numbering)[-1] == f"{last}戊"


def test_templates_may_show_several_levels_and_legal_digits() -> None:
    legal = number_list(("chineseCounting", "%1"), ("decimal", "%1.%2"), extra="<w:isLgl/>")
    assert texts(item("总体要求") + item("目标", 1) + item("原则", 1), numbering=legal) == [
        "1 总体要求",
        "1.1 目标",
        "1.2 原则",
    ]


def test_a_level_used_before_the_one_above_it_counts_from_its_start() -> None:
    numbering = number_list(("decimal", "%1"), ("decimal", "%1.%2"))
    assert texts(item("直接二级", 1), numbering=numbering) == ["1.1 直接二级"]


def test_lists_on_one_definition_count_on_unless_a_start_is_overridden() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = number_list(("decimal", "%1.")) + used_list(2, 1) + used_list(3, 1, again)
    body = item("甲") + item("乙", list_id=2) + item("丙", list_id=3) + item("丁", list_id=3)
    assert texts(body, numbering=numbering) == ["1.甲", "2.乙", "1.丙", "2.丁"]


def test_a_list_may_print_a_level_its_own_way() -> None:
    own = (
        '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperLetter"/>'
        '<w:lvlText w:val="%1、"/></w:lvl></w:lvlOverride>'
    )
    numbering = number_list(("decimal", "%1.")).partition("<w:num ")[0] + used_list(1, 1, own)
    assert texts(item("甲") + item("乙"), numbering=numbering) == ["C、甲", "D、乙"]


def test_style_numbers_its_paragraphs_at_the_level_tied_to_it() -> None:
    styles = (
        style("h1", "heading 1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
        + style("h2", "heading 2", '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>')
        + style("h3", "heading 3", "<w:pPr><w:numPr><w:ilvl w:val='2'/></w:numPr></w:pPr>", based_on="h2")
    )
    numbering = OUTLINE.replace(
        '<w:numFmt w:val="chineseCountingThousand"/>',
        '<w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="h1"/>',
    )
    no_number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    body = (
        para("总则", style="h1")
        + para("目标", style="h2")
        + para("指标", style="h3")
        + para("附", style="h1", properties=no_number)
    )
    blocks = read_docx(docx(body, styles=styles, numbering=numbering), NAME).blocks
    assert blocks == (
        Line("一、总则", 1, level=1),
        Line("（一）目标", 2, level=2),
        Line("1.指标", 3, level=3),
        Line("附", 4, level=1),
    )


def test_list_style_leads_to_the_definition_behind_it() -> None:
    link = '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="ls"/></w:abstractNum>' + used_list(7, 7)
    listing = (
        '<w:style w:type="numbering" w:styleId="ls"><w:name w:val="公文编号"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert texts(item("甲", list_id=7) + item("乙", 1, list_id=7), styles=listing, numbering=OUTLINE + link) == [
        "一、甲",
        "（一）乙",
    ]


def test_bullets_are_no_numbers() -> None:
    assert texts(item("要点"), numbering=number_list(("bullet", "●"))) == ["要点"]


def test_blank_and_unknown_numbered_paragraphs_say_nothing() -> None:
    body = item("甲") + item("") + item("乙") + item("丙", list_id=99)
    assert texts(body, numbering=OUTLINE) == ["一、甲", "三、乙", "丙"]


def test_deleted_paragraphs_are_not_counted() -> None:
    numbered_and_gone = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' + deleted_mark()
    gone = para("<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", properties=numbered_and_gone)
    assert texts(item("甲") + gone + item("乙"), numbering=OUTLINE) == ["一、甲", "二、乙"]


def test_hidden_paragraphs_are_not_counted() -> None:
    hidden = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/></w:rPr>'
    body = item("甲") + para(run("暗", "<w:vanish/>"), properties=hidden) + item("乙")
    assert texts(body, numbering=OUTLINE) == ["一、甲", "二、乙"]


def test_number_column_of_a_table_is_counted_though_its_cells_are_empty() -> None:
    numbers = number_list(("decimal", "%1"))
    rows = [row(cell(item("")), text) for text in ("晒清单", "办实事", "建平台")]
    (grid,) = read_docx(docx(table(row("序号", "工作任务"), *rows), numbering=numbers), NAME).tables
    assert [each.cells[0].text for each in grid.rows] == ["序号", "1", "2", "3"]


def test_numbered_paragraphs_inside_a_cell_are_pieces() -> None:
    tasks = cell(item("制定目录。", 2), item("2024年底前完成。", 2))
    (grid,) = read_docx(docx(table(row("公开", tasks)), numbering=OUTLINE), NAME).tables
    assert grid.rows[0].cells[1].pieces == ("1.制定目录。", "2. 2024年底前完成。")


@pytest.mark.parametrize(
    ("value", "number_format", "printed"),
    [
        (1, "decimal", "1"),
        (0, "decimal", "0"),
        (0, "chineseCounting", "0"),
        (7, "decimalZero", "07"),
        (12, "001", "012"),
        (10, "chineseCounting", "十"),
        (11, "chineseCounting", "十一"),
        (20, "chineseCounting", "二十"),
        (99, "chineseCounting", "九十九"),
        (105, "chineseCounting", "一百零五"),
        (10, "chineseCountingThousand", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (100, "chineseCountingThousand", "一百"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"),
        (111, "chineseCountingThousand", "一百一十一"),
        (1010, "chineseCountingThousand", "一千零一十"),
        (1001, "chineseCountingThousand", "一千零一"),
        (12345, "chineseCountingThousand", "12345"),
        (15, "japaneseCounting", "十五"),
        (110, "japaneseCounting", "一百一十"),
        (10, "ideographDigital", "一〇"),
        (12, "ideographDigital", "一二"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (20, "chineseLegalSimplified", "贰拾"),
        (3, "ideographTraditional", "丙"),
        (11, "ideographTraditional", "11"),
        (3, "ideographZodiac", "寅"),
        (2, "ideographEnclosedCircle", "㊁"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (21, "decimalEnclosedCircle", "㉑"),
        (51, "decimalEnclosedCircle", "51"),
        (2, "decimalEnclosedParen", "⑵"),
        (2, "decimalEnclosedFullstop", "⒉"),
        (12, "decimalFullWidth", "12"),
        (3, "numberInDash", "- 3 -"),
        (3, "upperLetter", "C"),
        (28, "lowerLetter", "bb"),
        (9, "upperRoman", "IX"),
        (2024, "lowerRoman", "mmxxiv"),
        (2_000_000_000, "lowerRoman", "2000000000"),
        (2_000_000_000, "upperLetter", "2000000000"),
        (3, "none", ""),
        (4, "hebrew1", "4"),
    ],
)
def test_numbers_are_printed_in_the_format_of_the_list(value: int, number_format: str, printed: str) -> None:
    assert print_number(value, number_format) == printed


@pytest.mark.parametrize(
    ("number", "text", "joined"),
    [
        ("一、", "总体要求", "一、总体要求"),
        ("（二）", "2024年目标", "（二）2024年目标"),
        ("1.", "制定目录", "1.制定目录"),
        ("1.", "2024年底前", "1. 2024年底前"),
        ("第一条", "为了", "第一条 为了"),
        ("3", "办实事", "3 办实事"),
        ("附件1", "：清单", "附件1：清单"),
        ("3", "", "3"),
    ],
)
def test_a_number_never_runs_into_the_text(number: str, text: str, joined: str) -> None:
    assert numbered(number, text) == joined
