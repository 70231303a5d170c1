"""Plain text: which encoding it is in, and its lines."""

import codecs
import re

from knowledge.errors import SourceEmpty, SourceUnreadable
from knowledge.readers.source import Source, lines_of

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LINE_END = re.compile(r"\r\n|\n|\r|\f")
_COMMON = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\s\x20-\x7e“”‘’—…·、。〔〕《》×℃①-⑩]")
_PLAUSIBLE_SHARE = 0.8


def decode(data: bytes, name: str) -> str:
    """Text of ``data`` by its BOM, else as UTF-8, else as GB18030. Raises SourceUnreadable when none of them fits."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_as(data, encoding, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _decode_as(data, "gb18030", name)
        if not _is_plausible(text):
            raise SourceUnreadable(f"{name}：文字编码无法识别，请另存为 UTF-8 再导入") from None
    if "\x00" in text:
        raise SourceUnreadable(f"{name}：不是文本文件")
    return text


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceUnreadable(f"{name}：文字编码无法识别，请另存为 UTF-8 再导入") from error


def _is_plausible(text: str) -> bool:
    """GB18030 decodes almost any bytes; real Chinese text is nearly all common characters."""
    sample = text[:20_000]
    return len(_COMMON.findall(sample)) >= _PLAUSIBLE_SHARE * len(sample)


def read_text(data: bytes, name: str) -> Source:
    text = decode(data, name)
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise SourceEmpty(f"{name}：文件里没有文字")
    return Source(lines_of(_LINE_END.split(text.removeprefix("\ufeff"))))
