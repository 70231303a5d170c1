"""OFD: what the standard allows in the places of characters, backgrounds, several documents, and what is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.errors import SourceEmpty, SourceEncrypted, SourceError, SourceUnreadable, SourceWithoutText
from knowledge.readers.printed.ofd import read_ofd
from knowledge.readers.source import Line, Source
from tests.knowledge.readers.ofd_files import LEFT, package, page, set_text, text_object, zipped

LONG = "各单位应当于每季度末将落实情况报新区办公室，由新区办公室汇总后在政府网站集中公布，并纳入年度考核内容。"
NOTICE = page(
    text_object(38, 60, "滨河新区关于印发政务公开要点的通知", 7.76),
    *set_text(LONG, 80),
    *set_text("一、加强政策解读", 100),
    text_object(120, 120, "2024年4月12日"),
)


def texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks if isinstance(block, Line)]


def test_lines_become_paragraphs_and_the_larger_type_the_title() -> None:
    source = read_ofd(package([[NOTICE]]), "通知.ofd")
    assert source.blocks == (
        Line("滨河新区关于印发政务公开要点的通知", 1, 1, 0),
        Line(LONG, 2, 1),
        Line("一、加强政策解读", 3, 1),
        Line("2024年4月12日", 4, 1),
    )


@pytest.mark.parametrize(
    ("attributes", "delta"),
    [
        ("", 'DeltaX="g 5 5.64"'),
        ("", 'DeltaX="5.64 5.64 g 3 5.64"'),
        ("", ""),
        ('CTM="2 0 0 2 0 0"', 'DeltaX="g 5 5.64"'),
        ('HScale="0.8"', 'DeltaX="g 5 4.5"'),
    ],
)
def test_characters_are_placed_in_every_way_the_standard_has(attributes: str, delta: str) -> None:
    content = page(text_object(40, 100, "公开工作要点", attributes=attributes, delta=delta or 'Unused=""'))
    assert texts(read_ofd(package([[content]]), "要点.ofd")) == ["公开工作要点"]


def test_pieces_of_a_line_come_in_the_order_of_the_page_not_of_the_file() -> None:
    content = page(text_object(84.4, 100, "意见"), text_object(50, 130, "第二行"), text_object(50, 100, "关于印发指导"))
    assert texts(read_ofd(package([[content]]), "意见.ofd")) == ["关于印发指导意见", "第二行"]


def test_a_text_set_downwards_is_read_downwards() -> None:
    content = page(text_object(40, 100, "公开", delta='DeltaY="8"'))
    assert texts(read_ofd(package([[content]]), "竖排.ofd")) == ["公", "开"]


def test_the_background_of_several_pages_counts_once_and_without_its_page_numbers() -> None:
    background = page(text_object(60, 70, "滨河市人民政府文件", 9), text_object(100, 285, "内部资料"))
    pages = [page(*set_text(LONG, 120), template="2"), page(*set_text("二、规范公开平台", 120), template="2")]
    source = read_ofd(package([pages], {"2": background}), "通知.ofd")
    assert texts(source) == ["滨河市人民政府文件", LONG, "二、规范公开平台"]


def test_several_documents_in_one_file_follow_one_another() -> None:
    source = read_ofd(package([[page(*set_text("第一份", 80))], [page(*set_text("第二份", 80))]]), "合订.ofd")
    assert [(block.text, block.page) for block in source.blocks if isinstance(block, Line)] == [
        ("第一份", 1),
        ("第二份", 2),
    ]


def test_a_drawn_grid_is_a_table() -> None:
    rules = [f"M {x} 0 L {x} 20" for x in (0, 40, 80)] + [f"M 0 {y} L 80 {y}" for y in (0, 10, 20)]
    grid = (
        '<ofd:PathObject ID="5" Boundary="40 100 80 20" LineWidth="0.3"><ofd:AbbreviatedData>'
        f"{' '.join(rules)}</ofd:AbbreviatedData></ofd:PathObject>"
    )
    cells = [("任务", 45, 107), ("单位", 85, 107), ("公开预算", 45, 117), ("财政局", 85, 117)]
    content = page(grid, *(text_object(x, y, text, 4) for text, x, y in cells))
    table = read_ofd(package([[content]]), "分工.ofd").tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["任务", "单位"], ["公开预算", "财政局"]]


def test_invisible_text_is_not_read() -> None:
    hidden = text_object(50, 100, "草稿", attributes='Visible="false"')
    assert texts(read_ofd(package([[page(hidden, text_object(50, 120, "正文"))]]), "稿.ofd")) == ["正文"]


def test_page_numbers_at_the_foot_go() -> None:
    pages = [page(*set_text(LONG, 60), text_object(100, 285, f"— {number} —")) for number in (1, 2)]
    assert texts(read_ofd(package([pages]), "通知.ofd")) == [LONG, LONG]


IMAGE = page('<ofd:ImageObject ID="7" Boundary="0 0 210 297" ResourceID="8"/>')
DTD = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "公开">]><ofd:Page xmlns:ofd="o">&x;</ofd:Page>'


@pytest.mark.parametrize(
    ("data", "error", "reason"),
    [
        (package([[IMAGE]]), SourceWithoutText, "没有文字层"),
        (package([[page()]]), SourceEmpty, "没有文字"),
        (b"PK\x03\x04\x00", SourceUnreadable, "损坏"),
        (package([[NOTICE]])[:900], SourceUnreadable, "损坏"),
        (zipped({"word/document.xml": "<a/>"}), SourceUnreadable, "不是 OFD"),
        (package([[NOTICE]], replaced={"Doc_0/Pages/Page_0/Content.xml": ""}), SourceUnreadable, "缺少 Doc_0/Pages"),
        (package([[NOTICE]], replaced={"Doc_0/Pages/Page_0/Content.xml": DTD}), SourceUnreadable, "DTD"),
        (package([[NOTICE]], replaced={"Doc_0/Pages/Page_0/Content.xml": NOTICE[:300]}), SourceUnreadable, "XML"),
        (package([[page(text_object(1, 9, "公", attributes='CTM="a b c d e f"'))]]), SourceUnreadable, "读不出来"),
        (package([[page(text_object(1, 9, "公", attributes='CTM="1 0 0 1 nan 0"'))]]), SourceUnreadable, "读不出来"),
        (package([[NOTICE]], replaced={"Encryptions.xml": "<a/>"}), SourceEncrypted, "密码"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name_with_the_reason(
    data: bytes, error: type[SourceError], reason: str
) -> None:
    with pytest.raises(error, match=reason) as raised:
        read_ofd(data, "通知.ofd")
    assert type(raised.value) is error
    assert raised.value.message.startswith("通知.ofd：")


@pytest.mark.parametrize("distances", ["g 999999999 1", "g 9999 1 " * 30])
def test_repeated_distances_without_end_are_refused(distances: str) -> None:
    content = page(text_object(40, 100, "公开", delta=f'DeltaX="{distances}"'))
    with pytest.raises(SourceUnreadable, match="过多"):
        read_ofd(package([[content]]), "通知.ofd")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("公开财政预算政策解读", min_size=2, max_size=12), min_size=1, max_size=6))
def test_every_short_line_is_found_once_and_in_order(lines: list[str]) -> None:
    content = page(*(text_object(LEFT, 60 + 12 * at, text) for at, text in enumerate(lines)))
    assert texts(read_ofd(package([[content]]), "名单.ofd")) == lines
