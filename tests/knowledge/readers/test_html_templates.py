"""Whole pages in the shape of the portals that Chinese governments run: the article comes out, the portal stays."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.readers.html import read_html
from knowledge.readers.source import Line, Source

_PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True)
class _Page:
    title: str
    facts: tuple[str, ...]
    article: tuple[str, ...]

    @property
    def printed(self) -> list[str]:
        return [*([self.title] if self.title else []), *self.facts, *self.article]


PAGES = {
    # a ministry: table of facts above, article in UCAP-CONTENT, laid out by nested tables
    "ministry": _Page(
        "关于规范社区便民服务点设置的指导意见",
        (
            "索引号：000099887/2024-00012",
            "主题分类：城乡社区\\其他",
            "发文机关：某某部",
            "成文日期：2024年03月11日",
            "标题：关于规范社区便民服务点设置的指导意见",
            "发文字号：某便发〔2024〕12号",
            "发布日期：2024年03月15日",
        ),
        (
            "某便发〔2024〕12号",
            "各省、自治区、直辖市有关部门：",
            "为方便群众就近办事，现就规范社区便民服务点设置提出以下意见。",
            "一、基本要求",
            "（一）每个社区至少设置一处便民服务点，服务半径一般不超过1000米。",
            "（二）服务点应当公示办理事项、时限和监督电话。",
            "表1",
            "主办单位：各社区居民委员会。",
            "某某部",
            "2024年3月11日",
            "（此件公开发布）",
        ),
    ),
    # TRS WCM: breadcrumb, h1, line of facts, article, attachment, neighbours, related links, side menu in one div each
    "trs": _Page(
        "青禾市城市管理局关于开展占道经营整治的通告",
        (
            "发布时间：2023-09-01 10:20",
            "来源：市城市管理局",
        ),
        (
            "为维护市容环境，决定自2023年9月10日起开展占道经营整治。现通告如下：",
            "1. 沿街商户不得超出门窗外墙摆卖；",
            "2. 流动摊贩应当进入疏导点经营。",
            "三、违反规定的，依法处以200元以上1000元以下罚款。",
            "特此通告。",
            "青禾市城市管理局",
            "2023年9月1日",
            "附件：疏导点名单.docx",
        ),
    ),
    # an old district site: all tables, no class names, <title> names only the site
    "district": _Page(
        "云溪区2022年政务公开工作任务分解",
        (
            "来源：云溪区政府办",
            "发布时间：2022-5-20",
        ),
        (
            "各镇人民政府，区直各单位：",
            "现将2022年政务公开工作任务分解印发给你们，请认真落实。",
            "表1",
            "联系电话：0000-1234567",
            "云溪区人民政府办公室",
        ),
    ),
    # saved by Word: MsoNormal, conditional comments, source lines broken amid a sentence
    "word": _Page(
        "青禾市老旧小区改造资金管理办法",
        (),
        (
            "第一条  为规范老旧小区改造资金的使用，提高资金效益，制定本办法。",
            "1.   专款专用；",
            "2.公开透明。",
            "表1",
            "第二条\u3000本办法自2023年1月1日起施行，有效期5年。",
        ),
    ),
    # semantic tags, facts in a list, headings in the article, a sentence in the side bar
    "modern": _Page(
        "清河县人民政府办公室关于印发清河县养老服务补贴实施细则的通知",
        (
            "索引号：QH00-2024-0033",
            "发布机构：县政府办",
            "有效性：有效",
            "文号：清政办发〔2024〕8号",
        ),
        (
            "各乡镇人民政府，县有关单位：",
            "《清河县养老服务补贴实施细则》已经县政府同意，现印发给你们。",
            "第一章\u3000总则",
            "第一条\u300060周岁以上低保老人每人每月补贴200元。",
            "第二章\u3000附则",
            "第二条\u3000本细则自2024年7月1日起施行。",
            "（联系人：县民政局养老股，电话 0000-7654321）",
        ),
    ),
    # an article and nothing else, broken by br
    "bare": _Page(
        "",
        (),
        (
            "关于调整公交票价的通知",
            "各公交企业：",
            "经研究，公交票价调整为2元。",
            "特此通知",
            "市交通局",
            "2021年8月1日",
        ),
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_title_facts_and_article_come_out_and_nothing_of_the_portal(name: str) -> None:
    page = PAGES[name]

    source = _read(name)

    assert list(_printed(source)) == page.printed
    titles = [block.text for block in source.blocks if isinstance(block, Line) and block.level == 0]
    assert titles == ([page.title] if page.title else [])


@pytest.mark.parametrize("name", PAGES)
def test_lines_are_numbered_from_1_in_their_order(name: str) -> None:
    numbers = [block.number for block in _read(name).blocks if isinstance(block, Line)]

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("name", ["ministry", "trs", "district"])
def test_menus_and_footers_are_left_out_without_a_word(name: str) -> None:
    assert _read(name).skipped == ()


def test_hidden_text_is_reported() -> None:
    assert [skipped.place for skipped in _read("word").skipped] == ["隐藏内容"]


@pytest.mark.parametrize(
    ("name", "grid"),
    [
        (
            "ministry",
            [
                ["类型", "建筑面积", "建筑面积"],
                ["类型", "下限", "上限"],
                ["基础型", "30平方米", "60平方米"],
                ["综合型", "60平方米", "不限"],
            ],
        ),
        (
            "district",
            [
                ["序号", "工作任务", "责任单位", "完成时限"],
                ["1", "公开财政预决算/公开三公经费", "区财政局", "6月底"],
                ["2", "公开政府采购信息", "区财政局", "长期"],
            ],
        ),
        ("word", [["资金来源", "用途"], ["市级财政", "管线改造/加装电梯"]]),
    ],
)
def test_tables_of_the_pages_are_intact(name: str, grid: list[list[str]]) -> None:
    (table,) = _read(name).tables

    assert [["/".join(cell.pieces) for cell in row.cells] for row in table.rows] == grid


def test_headings_keep_their_level() -> None:
    levels = {block.text: block.level for block in _read("modern").blocks if isinstance(block, Line)}

    assert levels["第一章　总则"] == 2
    assert levels["第一条　60周岁以上低保老人每人每月补贴200元。"] is None


@pytest.mark.parametrize("name", PAGES)
def test_the_encoding_of_the_file_makes_no_difference_whatever_it_declares(name: str) -> None:
    in_gb18030 = (_PAGES / f"{name}.html").read_text(encoding="utf-8").encode("gb18030")

    assert read_html(in_gb18030, "页面.html") == _read(name)


def _read(name: str) -> Source:
    return read_html((_PAGES / f"{name}.html").read_bytes(), "页面.html")


def _printed(source: Source) -> Iterator[str]:
    for block in source.blocks:
        yield (block.text if isinstance(block, Line) else block.name) or ""
