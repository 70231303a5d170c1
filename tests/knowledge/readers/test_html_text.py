"""Lines of web pages: where they break, what is printed, what is not, and which line is the title."""

from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from knowledge.readers.html import read_html
from knowledge.readers.source import Line

_ARTICLE = "<p>各有关单位：</p><p>经研究，自2024年3月1日起执行新的补贴标准，请遵照执行。</p>"


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<p>第一段<p>第二段<br>第三段</br>第四段", ["第一段", "第二段", "第三段", "第四段"]),
        ("甲<div>乙</div>丙<span style='display:block'>丁</span>戊", ["甲", "乙", "丙", "丁", "戊"]),
        ("<p>市<b>财</b><i>政</i>局<a name=x>办公</a>室</p>", ["市财政局办公室"]),
        ("<p>　　为\n   做好\r\n工作</p>", ["为做好工作"]),
        ("<p>policy\n  desk 系统\n2024年</p>", ["policy desk 系统 2024年"]),
        ("<p>&nbsp;&nbsp;第一条&nbsp;为&ldquo;规范&rdquo;&hellip;&#12288;</p>", ["第一条 为“规范”…"]),
        ("<p>序号\t名称&#9;数量</p>", ["序号 名称 数量"]),
        ("<p>软\u00ad连\u200b字\ufeff符</p>", ["软连字符"]),
        ("<pre>一行\n  二行\n\n三行</pre>", ["一行", "二行", "三行"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<ol><li>甲<li>乙<ol><li>丙</ol><li>丁</ol>", ["1. 甲", "2. 乙", "1. 丙", "3. 丁"]),
        ("<ol start=3><li>甲<li value=7>乙<li>丙</ol>", ["3. 甲", "7. 乙", "8. 丙"]),
        ("<ol type=a><li>甲<li>乙</ol><ol type=I><li>丙<li>丁</ol>", ["a. 甲", "b. 乙", "I. 丙", "II. 丁"]),
        ("<ol style='list-style-type:cjk-ideographic'><li>甲<li>乙</ol>", ["一、甲", "二、乙"]),
        ("<ol style='list-style:none'><li>（一）甲<li>（二）乙</ol>", ["（一）甲", "（二）乙"]),
        ("<ol><li><p>甲</p><p>乙</p></ol>", ["1. 甲", "乙"]),
        ("<ol><li>1.甲<li>2.乙</ol>", ["1.甲", "2.乙"]),
        ("<dl><dt>公民<dd>是指</dl>", ["公民", "是指"]),
    ],
)
def test_lines_break_where_a_browser_breaks_them(markup: str, lines: list[str]) -> None:
    assert _texts(markup) == lines


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>document.write('广告')</script>",
        "<style>p{color:red}</style>",
        "<noscript>请启用脚本</noscript>",
        "<template><p>模板</p></template>",
        "<!-- 注释 --><!--[if IE]><p>旧浏览器</p><![endif]-->",
        "<p hidden>隐藏</p>",
        "<p style='color:red; DISPLAY : none'>隐藏</p>",
        "<div aria-hidden=true><p>隐藏</p></div>",
        "<select><option>友情链接</option></select><button>提交</button><textarea>草稿</textarea>",
        "<p>补贴<del datetime='2024-01-01'>一百</del></p>",
    ],
)
def test_what_a_page_does_not_show_is_not_read(hidden: str) -> None:
    texts = _texts(f"<p>甲。</p>{hidden}尾<p>乙。</p>")

    assert [text for text in texts if text != "补贴"] == ["甲。", "尾", "乙。"]


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>关于发放补贴的通知</title>", _ARTICLE, "关于发放补贴的通知"),
        ("<title>关于发放补贴的通知_政策文件_云溪区人民政府</title>", _ARTICLE, "关于发放补贴的通知"),
        ("<title>云溪区人民政府 | 关于发放补贴的通知</title>", _ARTICLE, "关于发放补贴的通知"),
        ("<title>关于2021-2025年补贴的通知-云溪区政府网</title>", _ARTICLE, "关于2021-2025年补贴的通知"),
        ("<title>云溪区人民政府</title>", f"<h1>关于发放补贴的通知</h1>{_ARTICLE}", "关于发放补贴的通知"),
        ("", f"<h1>关于发放<br>补贴的通知</h1>{_ARTICLE}", "关于发放补贴的通知"),
        # the first lines print it, in two halves, after the number
        (
            "<title>云溪区民政局关于发放补贴的通知</title>",
            f"<p>云民发〔2024〕3号</p><p>云溪区民政局</p><p>关于发放补贴的通知</p>{_ARTICLE}",
            "云溪区民政局关于发放补贴的通知",
        ),
        # the name of the site is an h1 too
        (
            "<title>关于发放补贴的通知-云溪区民政局</title>",
            f"<h1><a href=/>云溪区民政局</a></h1><h1>关于发放补贴的通知</h1>{_ARTICLE}",
            "关于发放补贴的通知",
        ),
        ("<meta name=ArticleTitle content=关于发放补贴的通知><title>详情页</title>", _ARTICLE, "关于发放补贴的通知"),
        ("", f"<div>关于发放补贴的通知</div><div>发布时间：2024-03-01</div>{_ARTICLE}", "关于发放补贴的通知"),
    ],
)
def test_the_title_comes_first_and_once(head: str, body: str, title: str) -> None:
    lines = _lines(f"<html><head>{head}</head><body>{body}</body></html>")

    assert (lines[0].text, lines[0].level) == (title, 0)
    assert sum("发放" in line.text for line in lines) == sum("发放" in text for text in [title])
    assert [line.text for line in lines][-2:] == [
        "各有关单位：",
        "经研究，自2024年3月1日起执行新的补贴标准，请遵照执行。",
    ]


@pytest.mark.parametrize("title", ["无标题文档", "云溪区人民政府门户网站", "通知公告", ""])
def test_a_page_without_a_title_of_its_own_gets_none(title: str) -> None:
    assert [line.level for line in _lines(f"<title>{title}</title>{_ARTICLE}")] == [None, None]


def test_several_first_level_headings_are_no_title() -> None:
    lines = _lines(f"<h1>一、总则</h1>{_ARTICLE}<h1>二、附则</h1><h3>（一）解释</h3><p>由区民政局负责解释。</p>")

    assert [line.level for line in lines] == [1, None, None, 1, 3, None]


@pytest.mark.parametrize(
    "around",
    [
        "<ul><li><a href=1>首页</a><li><a href=2>公开</a><li><a href=3>服务</a></ul>{}",
        "<div><a href=1>首页</a> | <a href=2>政务公开</a> | <a href=3>办事大厅</a></div>{}",
        "<p>您现在的位置：<a href=1>首页</a>-<a href=2>公示</a></p>{}",
        "{}<p>【<a href=#>打印</a>】【<a href=#>关闭</a>】</p>",
        "{}<p>上一篇：<a href=1>关于春节放假的通知</a></p><p>下一篇：<a href=2>关于清明祭扫的公告</a></p>",
        "{}<div>相关链接</div><ul><li><a href=1>《云溪区民政局关于补贴的管理办法》的政策解读</a></ul>",
        "{}<p>版权所有：云溪区民政局</p><p>湘ICP备00000000号-1</p>",
        "{}<div class=bottom><p>主办单位：云溪区民政局　技术支持：区大数据中心</p></div>",
        "{}<div class='share'>分享到：<a href=#>微信</a></div>",
        "<div role=banner>云溪民政　为民服务</div>{}<div role=contentinfo>地址：云溪区人民路1号</div>",
    ],
)
def test_what_the_portal_prints_around_an_article_is_left_out(around: str) -> None:
    assert _texts(around.format(f"<div>{_ARTICLE}</div>")) == _texts(_ARTICLE)


@pytest.mark.parametrize(
    "line",
    [
        "主办单位：云溪区民政局",
        "一、首页公示",
        "打印机采购须知",
        "附件：<a href=1.htm>申报表</a>",
        "<a href=1>《云溪区养老服务补贴管理办法》</a>",
        "责任编辑：负责审稿",
        "信息公开",
        "（一）关闭程序",
        "来源：中央财政",
        "版权局",
    ],
)
def test_a_line_amid_the_article_is_kept_however_it_is_worded(line: str) -> None:
    markup = f"<div>{_ARTICLE}<p>{line}</p><p>以上各项由区民政局负责落实，并接受社会监督。</p></div>"

    assert len(_texts(markup)) == 4


def test_a_box_named_for_a_menu_with_the_article_in_it_is_kept() -> None:
    assert _texts(f"<div class='nav-content main-nav'>{_ARTICLE}</div><div id=footer>湘公网安备 1号</div>") == _texts(
        _ARTICLE
    )


def test_a_sentence_far_from_the_named_article_is_kept() -> None:
    menu = "<ul><li><a href=1>公开</a><li><a href=2>服务</a><li><a href=3>互动</a></ul>"
    far = "<div><p>本通知由区民政局负责解释，有效期三年。</p></div>"

    texts = _texts(f"<div class=TRS_Editor>{_ARTICLE * 5}</div>{menu}{far}")

    assert texts == [*_texts(_ARTICLE) * 5, "本通知由区民政局负责解释，有效期三年。"]


def test_a_page_that_only_lists_links_comes_out() -> None:
    links = "".join(f"<li><a href={n}>云溪区{n}年政务公开工作要点</a>" for n in range(2018, 2024))

    assert len(_texts(f"<ul>{links}</ul>")) == 6


def test_facts_given_as_term_and_description_are_joined() -> None:
    facts = "<dl><dt>索引号：<dd>YX-01<dt>发文字号：<dd>云民发〔2024〕3号<dt>主题词：<dd></dl>"

    assert _texts(facts + _ARTICLE)[:2] == ["索引号：YX-01", "发文字号：云民发〔2024〕3号"]


def test_a_table_of_documents_is_no_table_of_facts() -> None:
    rows = "<tr><td>文号<td>标题<td>发布日期<tr><td>云民发〔2024〕3号<td>关于发放补贴的通知<td>2024-03-01"

    assert len(read_html(f"<table border=1>{rows}</table>{_ARTICLE}".encode(), "页面.html").tables) == 1


@pytest.mark.parametrize(
    "render",
    [
        lambda lines: "".join(f"<p>{line}</p>" for line in lines),
        lambda lines: "<br>".join(lines),
        lambda lines: _in_page("trs", '<div class="Custom_UnionStyle">', "</div></div>\n<div", lines),
        lambda lines: _in_page("district", "<P>各镇", "</TD></TR></TABLE></TD></TR>\n<TR><TD align=right>", lines),
    ],
    ids=["paragraphs", "breaks", "trs", "district"],
)
def test_no_line_of_a_real_notice_is_lost(render: Callable[[list[str]], str], shared_dir: Path) -> None:
    documents = sorted(shared_dir.glob("eval/policies_dev/documents/*.txt"))

    assert documents
    for document in documents:
        lines = [line for line in document.read_text("utf-8-sig").splitlines() if line.strip()]
        printed = "".join(_bare(text) for text in _texts(render([escape(line) for line in lines])))
        assert [line for line in lines if _bare(line) not in printed] == [], document.name


def _in_page(name: str, begin: str, end: str, lines: list[str]) -> str:
    page = (Path(__file__).parent / "pages" / f"{name}.html").read_text("utf-8")
    start, stop = page.index(begin), page.index(end)
    return page[:start] + begin.partition("<P>")[0] + "".join(f"<p>{line}</p>" for line in lines) + page[stop:]


def _bare(text: str) -> str:
    return "".join(text.replace("\ufeff", "").replace("\u200b", "").split())


def _lines(markup: str) -> list[Line]:
    return [block for block in read_html(markup.encode(), "页面.html").blocks if isinstance(block, Line)]


def _texts(markup: str) -> list[str]:
    return [line.text for line in _lines(markup)]
