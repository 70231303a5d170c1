"""Spreadsheets of the years before 2007 for the tests: BIFF8 records in a compound file, see [MS-XLS], [MS-CFB]."""

import struct
from collections.abc import Mapping, Sequence

Value = str | float | bool | None
_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALLEST = 4096
"""Bytes of a stream that is kept in sectors of its own."""


def xls(
    rows: Sequence[Sequence[Value]],
    *,
    formats: Sequence[str] = (),
    styles: Mapping[tuple[int, int], int] | None = None,
    merged: Sequence[tuple[int, int, int, int]] = (),
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
    visibility: int = 0,
    encrypted: bool = False,
) -> bytes:
    """One sheet 台账. Rows and columns count from 0, ``merged`` holds top, bottom, left, right; style 1 is the first of
    ``formats``. None is a cell with the error #REF!."""
    texts = list(dict.fromkeys(value for row in rows for value in row if isinstance(value, str)))
    start = _bof(0x0005) + _record(0x0042, struct.pack("<H", 1200))
    start += _record(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(48)) if encrypted else b""
    for at, code in enumerate(formats):
        start += _record(0x041E, struct.pack("<H", 164 + at) + _text(code, "<H"))
    for key in (0, *range(164, 164 + len(formats))):
        start += _record(0x00E0, struct.pack("<HHHBBBBIiH", 0, key, 0, 0, 0, 0, 0, 0, 0, 0))
    shared = struct.pack("<II", len(texts), len(texts)) + b"".join(_text(text, "<H") for text in texts)
    end = _record(0x00FC, shared) + _record(0x000A, b"")
    name = struct.pack("<BB", visibility, 0) + _text("台账", "<B")
    offset = len(start) + 4 + 4 + len(name) + len(end)
    book = start + _record(0x0085, struct.pack("<I", offset) + name) + end
    return _compound(book + _sheet(rows, texts, styles or {}, merged, hidden_rows, hidden_columns))


def _sheet(
    rows: Sequence[Sequence[Value]],
    texts: Sequence[str],
    styles: Mapping[tuple[int, int], int],
    merged: Sequence[tuple[int, int, int, int]],
    hidden_rows: Sequence[int],
    hidden_columns: Sequence[int],
) -> bytes:
    data = _bof(0x0010)
    for column in hidden_columns:
        data += _record(0x007D, struct.pack("<HHHHHH", column, column, 2048, 0, 1, 0))
    for row in hidden_rows:
        data += _record(0x0208, struct.pack("<HHHHHHI", row, 0, 9, 300, 0, 0, 0x20))
    for at, values in enumerate(rows):
        for column, value in enumerate(values):
            place = struct.pack("<HHH", at, column, styles.get((at, column), 0))
            if value is None:
                data += _record(0x0205, place + struct.pack("<BB", 0x17, 1))
            elif isinstance(value, bool):
                data += _record(0x0205, place + struct.pack("<BB", value, 0))
            elif isinstance(value, str):
                data += _record(0x00FD, place + struct.pack("<I", texts.index(value))) if value else b""
            else:
                data += _record(0x0203, place + struct.pack("<d", value))
    areas = b"".join(struct.pack("<HHHH", *area) for area in merged)
    return data + _record(0x00E5, struct.pack("<H", len(merged)) + areas) + _record(0x000A, b"")


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 0))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _text(text: str, length: str) -> bytes:
    return struct.pack(length, len(text)) + b"\x01" + text.encode("utf-16-le")


def _compound(stream: bytes) -> bytes:
    stream = stream.ljust(max(_SMALLEST, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    count = len(stream) // _SECTOR
    chain = [_FAT, _END, *range(3, 2 + count), _END]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, _SMALLEST, _END, 0, _END, 0) + struct.pack("<I", 0)
    entries = (
        _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, -1, 2, len(stream)) + _entry("", 0, -1, 0, 0) * 2
    )
    fat = struct.pack(f"<{len(chain)}I", *chain)
    return header.ljust(_SECTOR, b"\xff") + fat.ljust(_SECTOR, b"\xff") + entries + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = f"{name}\0".encode("utf-16-le") if name else b""
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBiii", len(encoded), kind, 1, -1, -1, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
