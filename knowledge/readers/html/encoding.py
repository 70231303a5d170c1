"""The encoding of a saved web page. What a page declares is often wrong: the site was moved to UTF-8 and its templates
were not, or a browser saved the page in another encoding than it came in. So every candidate is tried, and the one
whose characters look most like Chinese in daily use wins; the declaration only breaks ties."""

import codecs
import re
from functools import cache
from itertools import islice

from knowledge.errors import SourceUnreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding=[\"']([\w.:-]+)", re.I
)
_DECLARED_WITHIN = 8192
"""Bytes. Browsers look at 1,024; Word and some portals put styles before the declaration."""
_WINDOWS_NAMES = {"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "ms936", "936", "gb18030", "hz-gb-2312", "chinese"}
_SAMPLE = 50_000
_PLAUSIBLE_SHARE = 0.8
_REPLACEMENT = "\ufffd"
_FULL_WIDTH = re.compile(r"[\u2010-\u203b\u3000-\u303f\u2460-\u24ff\uff00-\uffef\xa0\xb0\xb7\xd7\u2150-\u218f]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def decode_html(data: bytes, name: str) -> str:
    """Text of ``data`` by its BOM, else by the best of what it declares, UTF-8 and GB18030. A few broken bytes become
    U+FFFD. Raises SourceUnreadable when none fits."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = data[len(bom) :].decode(encoding, errors="replace")
            return _checked(text, _plausibility(text, encoding), name)
    if b"\x00" in data[:_DECLARED_WITHIN]:
        raise SourceUnreadable(f"{name}：不是网页文件")
    encodings = dict.fromkeys([*_declared(data), "utf-8", "gb18030"])
    texts = [data.decode(encoding, errors="replace") for encoding in encodings]
    scores = [_plausibility(text, encoding) for text, encoding in zip(texts, encodings, strict=True)]
    return _checked(texts[scores.index(max(scores))], max(scores), name)


def _checked(text: str, score: float, name: str) -> str:
    if score < _PLAUSIBLE_SHARE:
        raise SourceUnreadable(f"{name}：文字编码无法识别，请在浏览器里重新保存网页（编码选 UTF-8）再导入")
    return text


def _declared(data: bytes) -> tuple[str, ...]:
    """The Python name of the declared encoding, if Python knows it. UTF-16 without a BOM is a slip for UTF-8, as in the
    HTML standard: the declaration itself could not be read otherwise."""
    found = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    if not found:
        return ()
    label = (found[1] or found[2]).decode("ascii", errors="replace").lower()
    if label in _WINDOWS_NAMES:
        return ("gb18030",)
    try:
        encoding = codecs.lookup(label)
    except LookupError:
        return ()
    is_text = getattr(encoding, "_is_text_encoding", True)
    return (encoding.name,) if is_text and not encoding.name.startswith(("utf-16", "utf-32", "utf-7")) else ()


def _plausibility(text: str, encoding: str) -> float:
    """Share of the characters beyond ASCII that Chinese in daily use has. Unicode without one broken byte is hardly
    ever chance, so it is taken in whatever script, unless another encoding reads better."""
    sample = [found[0] for found in islice(_BEYOND_ASCII.finditer(text), _SAMPLE)]
    if not sample:
        return 1.0
    daily = _daily_characters()
    share = sum(1 for character in sample if character in daily or _FULL_WIDTH.match(character)) / len(sample)
    is_whole = encoding.startswith("utf") and _REPLACEMENT not in text
    return max(share, _PLAUSIBLE_SHARE) if is_whole else share


@cache
def _daily_characters() -> frozenset[str]:
    """Level 1 of GB 2312, and of Big5 for pages that declare it."""
    simplified = bytes(byte for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for byte in (row, cell))
    traditional = bytes(
        byte for row in range(0xA4, 0xC7) for cell in (*range(0x40, 0x7F), *range(0xA1, 0xFF)) for byte in (row, cell)
    )
    return frozenset(simplified.decode("gb2312", "ignore")) | frozenset(traditional.decode("big5", "ignore"))
