"""The encoding of a web page: the one that reads as Chinese, whatever the page declares."""

import pytest

from knowledge.errors import SourceUnreadable
from knowledge.readers.html import read_html
from knowledge.readers.source import Line

_SENTENCE = "关于印发《云溪区政务公开工作要点》的通知〔2023〕5号，请遵照执行。"
_DECLARATIONS = {
    "none": "",
    "utf-8": '<meta charset="utf-8">',
    "gb2312": '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">',
    "gbk, late": "<style>" + "p{margin:0}" * 200 + "</style><META CHARSET=GBK>",
    "big5": "<meta charset='big5'>",
    "xhtml": '<?xml version="1.0" encoding="GB2312"?>',
    "unknown": "<meta charset=chinese-simplified>",
    "no text": "<meta charset=base64>",
    "utf-16": "<meta charset=utf-16>",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("declared", _DECLARATIONS)
def test_a_page_is_read_as_what_it_is(declared: str, encoding: str) -> None:
    markup = f"<html><head>{_DECLARATIONS[declared]}</head><body><p>{_SENTENCE}</p></body></html>"

    assert _text(markup.encode(encoding)) == _SENTENCE


def test_a_character_that_only_gb18030_has_is_read_from_a_page_declaring_gb2312() -> None:
    sentence = "将㐂喆路、𠮷祥里、镕溪巷三处路段列入今年背街小巷整治范围。"

    assert _text(f"<meta charset=gb2312><p>{sentence}</p>".encode("gb18030")) == sentence


def test_two_characters_that_are_utf_8_by_chance_are_read_as_declared() -> None:
    """联通 in GBK is valid UTF-8."""
    assert _text("<meta charset=gb2312><p>联通".encode("gbk")) == "联通"


def test_traditional_chinese_is_read_where_it_is_declared() -> None:
    assert _text("<meta charset=big5><p>關於發放補貼的通知".encode("big5")) == "關於發放補貼的通知"


def test_another_script_is_read_in_utf_8() -> None:
    assert _text("<p>ئاپتونوم رايون</p>".encode()) == "ئاپتونوم رايون"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_broken_character_is_marked_and_reported_and_the_rest_is_read(encoding: str) -> None:
    data = f"<p>{_SENTENCE}</p>".encode(encoding)
    broken = data.replace("执".encode(encoding), "执".encode(encoding)[:1])

    source = read_html(broken, "页面.html")

    (line,) = (block for block in source.blocks if isinstance(block, Line))
    assert line.text.startswith(_SENTENCE[:-4])
    assert "\ufffd" in line.text
    assert [skipped.place for skipped in source.skipped] == ["全文"]


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00",
        bytes(range(0x80, 0x100)) * 20,
        _SENTENCE.encode("utf-16-le"),
        "<p>Приложение к постановлению</p>".encode("koi8-r"),
    ],
)
def test_a_file_that_no_encoding_fits_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(SourceUnreadable, match=r"^页面.html："):
        read_html(data, "页面.html")


def _text(data: bytes) -> str:
    (line,) = (block for block in read_html(data, "页面.html").blocks if isinstance(block, Line))
    return line.text
