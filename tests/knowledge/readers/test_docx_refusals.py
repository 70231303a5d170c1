import pytest

from knowledge.errors import SourceEmpty, SourceEncrypted, SourceTooLarge, SourceUnreadable
from knowledge.readers.source import Line
from knowledge.readers.word.docx import read_docx
from knowledge.readers.xml_tree import DEEPEST
from tests.knowledge.readers.docx_files import cell, docx, para, relations, rewritten, row, run, table, zipped
from tests.knowledge.readers.ole_files import ole

NAME = "实施方案.docx"


def refusal(data: bytes) -> str:
    with pytest.raises(SourceUnreadable) as caught:
        read_docx(data, NAME)
    assert caught.value.message.startswith(f"{NAME}：")
    return caught.value.message


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (docx(para("正文" * 500))[:-40], "已损坏或没有传完"),
        (b"", "已损坏或没有传完"),
        ("只是文字".encode(), "已损坏或没有传完"),
        (
            zipped({"xl/workbook.xml": "<a/>", "_rels/.rels": relations({"officeDocument": "xl/workbook.xml"})}),
            "其实是 Excel",
        ),
        (zipped({"ppt/presentation.xml": "<a/>", "_rels/.rels": relations({})}), "其实是演示文稿"),
        (zipped({"OFD.xml": "<a/>"}), "其实是 OFD 文件"),
        (zipped({"content.xml": "<a/>", "mimetype": "application/vnd.oasis.opendocument.text"}), "其实是 ODF 文件"),
        (zipped({"说明.txt": "文字"}), "里面没有 Word 正文"),
        (zipped({"_rels/.rels": relations({"officeDocument": "word/document.xml"})}), "缺少 word/document.xml"),
        (
            zipped({"_rels/.rels": relations({"officeDocument": "word/d.xml"}), "word/d.xml": "<w:document"}),
            "XML 不完整",
        ),
        (zipped({"_rels/.rels": relations({"officeDocument": "word/d.xml"}), "word/d.xml": "<a/>"}), "没有 Word 正文"),
        (ole("WordDocument"), "其实是旧版 Word 文件（.doc）"),
        (ole("Workbook"), "其实是旧版 Excel 表格（.xls）"),
        (ole("PowerPoint Document"), "其实是旧版演示文稿（.ppt）"),
        (ole("Contents"), "不是 .docx 文件"),
        (b"{\\rtf1\\ansi }", "其实是 RTF 文件"),
        (b"%PDF-1.7\n", "其实是 PDF 文件"),
        ("\ufeff<html><body>网页</body></html>".encode("utf-16-le"), "其实是网页文件"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "其实是 XML 文件"),
    ],
)
def test_what_is_no_word_file_is_refused_by_name_and_kind(data: bytes, reason: str) -> None:
    assert reason in refusal(data)


@pytest.mark.parametrize("data", [ole("EncryptedPackage"), ole("WordDocument", encrypted=True)])
def test_password_protected_files_are_refused_as_such(data: bytes) -> None:
    with pytest.raises(SourceEncrypted, match="设了密码"):
        read_docx(data, NAME)


@pytest.mark.parametrize("body", ["", para(""), para("  \u3000"), table(row("", "")), para("<w:r><w:drawing/></w:r>")])
def test_a_document_without_text_is_empty(body: str) -> None:
    with pytest.raises(SourceEmpty, match=f"^{NAME}："):
        read_docx(docx(body), NAME)


def test_a_document_of_pictures_only_is_told_apart() -> None:
    with pytest.raises(SourceEmpty, match="只有图片，没有文字"):
        read_docx(docx(para("<w:r><w:drawing/></w:r>")), NAME)


def test_entities_are_not_expanded() -> None:
    assert "DTD" in refusal(docx(para("<w:r><w:t>&a;</w:t></w:r>"), prolog='<!DOCTYPE d [<!ENTITY a "甲">]>'))


def test_a_bomb_of_entities_is_refused_before_it_goes_off() -> None:
    entities = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 100}">' for at in range(1, 9))
    assert "DTD" in refusal(docx(para("正文"), prolog=f'<!DOCTYPE d [<!ENTITY e0 "甲">{entities}]>'))


def test_a_part_that_unpacks_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.readers.word.package.LARGEST_PART", 5000)
    with pytest.raises(SourceTooLarge, match=r"word/document\.xml 解压后超过"):
        read_docx(docx(para("正文" * 5000)), NAME)


def _inside(text: str, opening: str, closing: str, times: int) -> str:
    return opening * times + text + closing * times


DEEP = [
    ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", para("底")),
    ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", para("底")),
    ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>", para("底")),
    ("<w:p>" + "<w:ins>" * (DEEPEST - 10), "</w:ins>" * (DEEPEST - 10) + "</w:p>", run("底")),
]


@pytest.mark.parametrize(("opening", "closing", "inside"), DEEP)
def test_nesting_up_to_the_limit_is_read(opening: str, closing: str, inside: str) -> None:
    levels = opening.count("<")
    times = 1 if levels > 50 else (DEEPEST - 12) // levels
    (block, *_) = read_docx(docx(_inside(inside, opening, closing, times)), NAME).blocks
    text = block.text if isinstance(block, Line) else block.rows[0].cells[0].text
    assert text == "底"


@pytest.mark.parametrize("times", [DEEPEST, 200_000])
@pytest.mark.parametrize(("opening", "closing", "inside"), DEEP)
def test_nesting_beyond_the_limit_is_refused(opening: str, closing: str, inside: str, times: int) -> None:
    assert "嵌套超过" in refusal(docx(_inside(inside, opening, closing, times // opening.count("<") + 1)))


def test_a_long_run_of_tiny_runs_takes_no_time() -> None:
    body = para("<w:r><w:t>字</w:t></w:r>" * 200_000)
    (line,) = read_docx(docx(body), NAME).blocks
    assert isinstance(line, Line)
    assert len(line.text) == 200_000


def test_a_word_file_is_found_by_its_relations_wherever_its_parts_lie() -> None:
    data = docx(table(row(cell("甲"), "乙")))
    assert read_docx(rewritten(data, "document.xml", "document2.xml"), NAME) == read_docx(data, NAME)
