"""Containers of old Office files, as far as their kind can be told: a header, a directory, the start of a stream."""

import struct

_SECTOR = 512


def ole(stream: str, *, encrypted: bool = False, content: bytes = b"") -> bytes:
    """A container with one stream, which starts in the second sector behind the header."""
    header = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + struct.pack("<H", 9)).ljust(_SECTOR, b"\0")
    flags = struct.pack("<H", 0x0100 if encrypted else 0x0000)
    start = (b"\xec\xa5" + bytes(8) + flags + content).ljust(_SECTOR, b"\0")
    return header + _entry("Root Entry", 0).ljust(128, b"\0") + _entry(stream, 1).ljust(_SECTOR - 128, b"\0") + start


def _entry(name: str, sector: int) -> bytes:
    return name.encode("utf-16-le").ljust(116, b"\0") + struct.pack("<I", sector) + bytes(8)
