"""Which files may be attached: by their content and by their ending, which must say the same.

Documents, pictures and recordings of the hotline; nothing that a program would run: no scripts, no pages, no macros,
no archives.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

_MOST_PARTS = 10_000
_LONGEST_LIST_OF_PARTS = 2 * 1024 * 1024
"""Bytes of [Content_Types].xml, unpacked."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_MARKUP = re.compile(r"\s*(<[!?a-z]|#!)|.{0,2000}?<(script|html|svg|iframe|object|embed)\b", re.IGNORECASE | re.DOTALL)
# An embedded .bin is an OLE object, the usual wrapping of a program that a double click in the text starts.
_ACTIVE_PARTS = re.compile(
    r"vbaproject|vbadata|/activex/|/macrosheets/|/embeddings/[^/]*\.bin$|\.(exe|dll|js|vbs|bat|cmd|ps1|jar|hta|html?)$"
)
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How Office packs the parts of a file; no other way is unpacked."""
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    RuntimeError,
    NotImplementedError,
    OSError,
    ValueError,
    EOFError,
)


@dataclass(frozen=True, slots=True)
class FileKind:
    """``fits`` looks at the content alone."""

    media_type: str
    fits: Callable[[bytes], bool]


def kind_of(name: str, content: bytes) -> FileKind | None:
    """None for what may not be attached."""
    kind = FILE_KINDS.get(ending_of(name))
    return kind if kind and kind.fits(content) else None


def ending_of(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(starts)


def _is_wav(content: bytes) -> bool:
    return content.startswith(b"RIFF") and content[8:12] == b"WAVE"


def _is_text(content: bytes) -> bool:
    """Plain words in UTF-8 or GB18030, which no browser would take for a page and no shell for a script."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return bool(text.strip()) and not _CONTROL.search(text) and not _MARKUP.match(text)
    return False


def _office(folder: str) -> Callable[[bytes], bool]:
    """Office Open XML without macros. Nothing but the list of its parts is unpacked."""

    def fits(content: bytes) -> bool:
        if not content.startswith(b"PK\x03\x04"):
            return False
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                parts = archive.infolist()
                return len(parts) <= _MOST_PARTS and _is_plain(parts, folder) and not _has_macros(archive)
        except _UNREADABLE:
            return False

    return fits


def _is_plain(parts: Sequence[zipfile.ZipInfo], folder: str) -> bool:
    names = [part.filename.lower() for part in parts]
    if any(part.compress_type not in _PACKED for part in parts) or any(map(_ACTIVE_PARTS.search, names)):
        return False
    return any(name.startswith(folder) for name in names)


def _has_macros(archive: zipfile.ZipFile) -> bool:
    with archive.open("[Content_Types].xml") as stream:
        listed = stream.read(_LONGEST_LIST_OF_PARTS + 1)
    if len(listed) > _LONGEST_LIST_OF_PARTS:
        return True
    plain = listed.replace(b"\x00", b"").lower()  # UTF-16 is XML too
    return b"macroenabled" in plain or b"vbaproject" in plain


_JPEG = FileKind("image/jpeg", _begins(b"\xff\xd8\xff"))
_OOXML = "application/vnd.openxmlformats-officedocument"
FILE_KINDS: dict[str, FileKind] = {
    "pdf": FileKind("application/pdf", _begins(b"%PDF-")),
    "png": FileKind("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "docx": FileKind(f"{_OOXML}.wordprocessingml.document", _office("word/")),
    "xlsx": FileKind(f"{_OOXML}.spreadsheetml.sheet", _office("xl/")),
    "txt": FileKind("text/plain; charset=utf-8", _is_text),
    "mp3": FileKind("audio/mpeg", _begins(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa")),
    "amr": FileKind("audio/amr", _begins(b"#!AMR\n", b"#!AMR-WB\n")),
    "wav": FileKind("audio/wav", _is_wav),
}
