"""What a file really is when its name says Word: told by its first bytes, so that a refusal can say what to do."""

import re
from typing import Literal

Kind = Literal["zip", "word", "encrypted", "excel", "powerpoint", "ole", "rtf", "pdf", "html", "xml", "other"]
REALLY: dict[Kind, str] = {
    "word": "其实是旧版 Word 文件（.doc）",
    "excel": "其实是旧版 Excel 表格（.xls）",
    "powerpoint": "其实是旧版演示文稿（.ppt）",
    "rtf": "其实是 RTF 文件（.rtf）",
    "pdf": "其实是 PDF 文件",
    "html": "其实是网页文件（.html）",
    "xml": "其实是 XML 文件",
}
"""A clause for people; the kinds without one are not worth naming."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BYTES_BEGIN: tuple[tuple[bytes, Kind], ...] = ((b"PK\x03\x04", "zip"), (b"{\\rtf", "rtf"), (b"%PDF", "pdf"))
_STREAMS: tuple[tuple[str, Kind], ...] = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "word"),
    ("Workbook", "excel"),
    ("PowerPoint Document", "powerpoint"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta)\b|MIME-Version:", re.IGNORECASE)
_LOOKED_AT = 2048
_FIB_MAGIC, _FIB_FLAGS, _FIB_ENCRYPTED = b"\xec\xa5", 10, 0x0100
_ENTRY_NAME, _ENTRY_START = 64, 116


def kind_of(data: bytes) -> Kind:
    if data.startswith(_OLE):
        return _kind_of_ole(data)
    for start, kind in _BYTES_BEGIN:
        if data.startswith(start):
            return kind
    head = data[:_LOOKED_AT].replace(b"\x00", b"")  # a web page may be in UTF-16
    if _HTML.search(head):
        return "html"
    return "xml" if head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<?xml") else "other"


def _kind_of_ole(data: bytes) -> Kind:
    """By the name of the stream that such a container has for the document itself."""
    found = [(stream, kind) for stream, kind in _STREAMS if f"{stream}\0".encode("utf-16-le") in data]
    if not found:
        return "ole"
    stream, kind = found[0]
    return "encrypted" if kind == "word" and _is_encrypted(data, stream) else kind


def _is_encrypted(data: bytes, stream: str) -> bool:
    """[MS-DOC] 2.5.2: the flags near the start of the stream, whose first sector its directory entry names."""
    entry = data.find(f"{stream}\0".encode("utf-16-le"))
    sector = int.from_bytes(data[entry + _ENTRY_START : entry + _ENTRY_START + 4], "little")
    start = (sector + 1) << min(int.from_bytes(data[30:32], "little"), 12)
    header = data[start : start + _ENTRY_NAME]
    flags = int.from_bytes(header[_FIB_FLAGS : _FIB_FLAGS + 2], "little")
    return header.startswith(_FIB_MAGIC) and bool(flags & _FIB_ENCRYPTED)
