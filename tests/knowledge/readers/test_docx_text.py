import pytest

from knowledge.readers.source import Line, Skipped, Table
from knowledge.readers.word.docx import read_docx
from tests.knowledge.readers.docx_files import cell, deleted_mark, docx, para, rewritten, row, run, style, table

NAME = "通知.docx"
BREAK = "<w:r><w:br/></w:r>"


def text_box(*paragraphs: str) -> str:
    """As Word writes it: the new form, and the old one for programs that do not know the new."""
    inside = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>'
        f"{inside}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{inside}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def field_of(code: str, result: str) -> str:
    def turn(at: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{at}"/></w:r>'

    return f"{turn('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{turn('separate')}{run(result)}{turn('end')}"


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in read_docx(docx(body, **parts), NAME).blocks if isinstance(block, Line)]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run("市财政局") + run("、审计局"), "市财政局、审计局"),
        ("<w:r><w:t> 两端空白 </w:t></w:r>", "两端空白"),
        (run("二〇二四年") + '<w:r><w:t xml:space="preserve"> 第3期</w:t></w:r>', "二〇二四年 第3期"),
        (run("责任单位") + "<w:r><w:tab/></w:r>" + run("司法局"), "责任单位 司法局"),
        (run("0898") + "<w:r><w:noBreakHyphen/></w:r>" + run("12345"), "0898-12345"),
        (run("可选") + "<w:r><w:softHyphen/></w:r>" + run("项"), "可选项"),
        (f"<w:ins>{run('新增的一句。')}</w:ins>{run('原句。')}", "新增的一句。原句。"),
        (f"<w:del><w:r><w:delText>旧句。</w:delText></w:r></w:del>{run('新句。')}", "新句。"),
        (f"<w:moveFrom>{run('移走的。')}</w:moveFrom>{run('留下的。')}", "留下的。"),
        (f"<w:moveTo>{run('移来的。')}</w:moveTo>", "移来的。"),
        (f"<w:hyperlink><w:r><w:t>办事指南</w:t></w:r></w:hyperlink>{run('见网站')}", "办事指南见网站"),
        (f"<w:smartTag>{run('深圳市')}</w:smartTag>{run('辖区')}", "深圳市辖区"),
        (f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{run('控件里的字')}</w:sdtContent></w:sdt>", "控件里的字"),
        (f"<w:fldSimple w:instr='DATE'>{run('3月1日')}</w:fldSimple>", "3月1日"),
        (field_of("REF _Ref1 \\h", "第三条"), "第三条"),
        (run("正文") + run("暗号", "<w:vanish/>"), "正文"),
        (run("明文", '<w:vanish w:val="0"/>'), "明文"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + run("同意"), "☑同意"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="0052"/></w:r>' + run("同意"), "☑同意"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run("18周岁"), "≥18周岁"),
        ('<w:r><w:sym w:font="宋体" w:char="2103"/></w:r>', "℃"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>dū</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>督</w:t></w:r></w:rubyBase>"
            f"</w:ruby></w:r>{run('办')}",
            "督办",
        ),
        (
            run("补贴按")
            + "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
            + "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
            + run("计"),
            "补贴按1/2计",
        ),
    ],
)
def test_a_paragraph_reads_as_printed(inside: str, text: str) -> None:
    assert texts(para(inside)) == [text]


def test_code_of_nested_fields_is_not_text() -> None:
    def turn(at: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{at}"/></w:r>'

    outer = turn("begin") + field_of("PAGE", "7") + turn("separate") + run("首页") + turn("end")
    assert texts(para(outer, run("正文"))) == ["首页正文"]


def test_a_field_left_open_costs_only_its_paragraph() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert texts(para(begin, run("坏的域代码")) + para("下一段")) == ["下一段"]


def test_paragraphs_are_numbered_with_the_blank_ones_and_without_those_in_tables() -> None:
    body = (
        para("标题")
        + para("")
        + table(row("格一", "格二"))
        + para("正文")
        + f"<w:sdt><w:sdtContent>{para('尾')}</w:sdtContent></w:sdt>"
    )
    blocks = read_docx(docx(body), NAME).blocks
    assert [block.number for block in blocks if isinstance(block, Line)] == [1, 3, 4]
    assert isinstance(blocks[1], Table)


def test_a_line_break_makes_two_lines_of_one_paragraph() -> None:
    blocks = read_docx(docx(para(run("丙市人民政府办公室"), BREAK, run("关于印发要点的通知"))), NAME).blocks
    assert blocks == (Line("丙市人民政府办公室", 1), Line("关于印发要点的通知", 1))


def test_deleted_paragraph_marks_join_the_paragraphs() -> None:
    body = (
        para("全面推进", properties=deleted_mark())
        + para("", properties=deleted_mark())
        + para("决策公开。")
        + para("二")
    )
    assert read_docx(docx(body), NAME).blocks == (Line("全面推进决策公开。", 1), Line("二", 2))


def test_a_paragraph_deleted_whole_leaves_the_next_as_it_is() -> None:
    gone = para("<w:del><w:r><w:delText>旧标题</w:delText></w:r></w:del>", style="1", properties=deleted_mark())
    source = read_docx(docx(gone + para("正文"), styles=style("1", "heading 1")), NAME)
    assert source.blocks == (Line("正文", 1),)


def test_text_box_follows_its_paragraph_once() -> None:
    body = para(run("正文"), text_box(para("框内一"), para("框内二"))) + para("后文")
    assert [(block.text, block.number) for block in read_docx(docx(body), NAME).blocks if isinstance(block, Line)] == [
        ("正文", 1),
        ("框内一", 1),
        ("框内二", 1),
        ("后文", 2),
    ]


def test_old_text_box_without_a_new_form_is_read() -> None:
    inside = f"<w:txbxContent>{para('丙政办〔2024〕5号')}</w:txbxContent>"
    assert texts(para(f"<w:r><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></w:r>")) == [
        "丙政办〔2024〕5号"
    ]


def test_old_form_is_read_where_the_new_one_says_nothing() -> None:
    inside = f"<w:pict><w:txbxContent>{para('旧框')}</w:txbxContent></w:pict>"
    choice = '<mc:Choice Requires="wpx"><w:drawing/></mc:Choice>'
    body = para(f"<w:r><mc:AlternateContent>{choice}<mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent></w:r>")
    assert texts(body) == ["旧框"]


def test_table_in_a_text_box_is_a_table() -> None:
    body = para(run("附表"), text_box(table(row("单位", "电话"), row("司法局", "12348"))))
    (grid,) = read_docx(docx(body), NAME).tables
    assert [cell.text for cell in grid.rows[1].cells] == ["司法局", "12348"]


def test_notes_follow_the_paragraph_that_refers_to_them_first() -> None:
    def note(tag: str, note_id: int, *paragraphs: str, kind: str = "") -> str:
        return f'<w:{tag} w:id="{note_id}" {kind}>{"".join(paragraphs)}</w:{tag}>'

    body = (
        para(run("补贴标准"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run("如下。"))
        + para(run("再次引用"), '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + para(run("另见"), '<w:r><w:endnoteReference w:id="2"/></w:r>')
    )
    footnotes = note("footnote", 0, para("分隔线"), kind='w:type="separator"') + note(
        "footnote", 2, para("<w:r><w:footnoteRef/></w:r>", run("指月标准。")), para("按年调整。")
    )
    endnotes = note("endnote", 2, para("见附件。"))
    assert texts(body, footnotes=footnotes, endnotes=endnotes) == [
        "补贴标准如下。",
        "〔注〕指月标准。按年调整。",
        "再次引用",
        "另见",
        "〔注〕见附件。",
    ]


@pytest.mark.parametrize(
    ("name", "properties", "level"),
    [
        ("heading 1", "", 1),
        ("Heading 3", "", 3),
        ("标题 2", "", 2),
        ("Title", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>', 0),
        ("标题", "", 0),
        ("公文一级", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>', 1),
        ("heading 1", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>', None),
        ("Normal", "", None),
    ],
)
def test_heading_level_comes_from_the_style(name: str, properties: str, level: int | None) -> None:
    styles = style("a", name, properties) + style("b", "我的样式", based_on="a")
    blocks = read_docx(docx(para("总则", style="a") + para("附则", style="b"), styles=styles), NAME).blocks
    assert blocks == (Line("总则", 1, level=level), Line("附则", 2, level=level))


def test_outline_level_of_the_paragraph_beats_its_style() -> None:
    body = para("附则", style="a", properties='<w:outlineLvl w:val="2"/>') + para(
        "不是标题", style="a", properties='<w:outlineLvl w:val="9"/>'
    )
    levels = [
        block.level
        for block in read_docx(docx(body, styles=style("a", "heading 1")), NAME).blocks
        if isinstance(block, Line)
    ]
    assert levels == [3, None]


def test_styles_based_on_each_other_in_a_circle_are_survived() -> None:
    styles = style("a", "甲样式", based_on="b") + style("b", "乙样式", based_on="a")
    assert read_docx(docx(para("正文", style="a"), styles=styles), NAME).blocks == (Line("正文", 1),)


def test_text_hidden_by_its_style_is_dropped() -> None:
    hidden = '<w:style w:type="character" w:styleId="h"><w:name w:val="隐藏"/><w:rPr><w:vanish/></w:rPr></w:style>'
    styles = hidden + style("p", "隐藏段", "<w:rPr><w:vanish/></w:rPr>")
    body = para(run("看得见"), run("看不见", '<w:rStyle w:val="h"/>')) + para("整段隐藏", style="p")
    assert texts(body, styles=styles) == ["看得见"]


def test_automatic_contents_are_skipped_and_reported() -> None:
    body = para("第一章 总则\t1", style="t") + para("第二章 附则\t3", style="t") + para("第一章 总则")
    source = read_docx(docx(body, styles=style("t", "toc 1")), NAME)
    assert source.blocks == (Line("第一章 总则", 3),)
    assert source.skipped == (Skipped("目录", "自动目录只重复正文的标题，没有收录"),)


def test_files_inside_the_document_are_reported() -> None:
    sheet = '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
    source = read_docx(docx(para("正文") + para(sheet) + '<w:altChunk r:id="r9"/>'), NAME)
    assert [(skipped.place, skipped.reason.partition("，")[0]) for skipped in source.skipped] == [
        ("第2段", "嵌入的 Excel 表格没有读取"),
        ("第2段", "插入的另一个文件没有读取"),
    ]


def test_comments_and_page_headers_are_no_content() -> None:
    body = para(
        '<w:commentRangeStart w:id="0"/>', run("正文"), '<w:r><w:annotationRef/><w:commentReference w:id="0"/></w:r>'
    )
    assert texts(body, comments=f"<w:comment>{para('批注')}</w:comment>", header=para("内部资料")) == ["正文"]


def test_strict_open_xml_reads_the_same() -> None:
    data = docx(para("严格格式") + table(row(cell("格"), "二")))
    usual = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = rewritten(data, usual, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert read_docx(strict, NAME) == read_docx(data, NAME)
