"""One door for every kind of file, with a plain Chinese reason for each refusal."""

from collections.abc import Callable
from pathlib import Path

from knowledge.errors import SourceEmpty, SourceTooLarge, SourceUnreadable
from knowledge.readers.plain import read_text
from knowledge.readers.sheets.delimited import read_csv
from knowledge.readers.source import Source

LARGEST = 64 * 1024 * 1024
"""Bytes of a file; the largest real document seen is a scanned book of 30 MB."""


# The libraries behind each format take up to a second to load: only those that are needed are.
def _read_xlsx(data: bytes, name: str) -> Source:
    from knowledge.readers.sheets.xlsx import read_xlsx

    return read_xlsx(data, name)


def _read_xls(data: bytes, name: str) -> Source:
    from knowledge.readers.sheets.xls import read_xls

    return read_xls(data, name)


def _read_docx(data: bytes, name: str) -> Source:
    from knowledge.readers.word.docx import read_docx

    return read_docx(data, name)


def _read_legacy_word(data: bytes, name: str) -> Source:
    from knowledge.readers.word.legacy import read_legacy_word

    return read_legacy_word(data, name)


def _read_html(data: bytes, name: str) -> Source:
    from knowledge.readers.html import read_html

    return read_html(data, name)


def _read_markdown(data: bytes, name: str) -> Source:
    from knowledge.readers.markdown import read_markdown

    return read_markdown(data, name)


def _read_pdf(data: bytes, name: str) -> Source:
    from knowledge.readers.printed.pdf import read_pdf

    return read_pdf(data, name)


def _read_ofd(data: bytes, name: str) -> Source:
    from knowledge.readers.printed.ofd import read_ofd

    return read_ofd(data, name)


_READERS: dict[str, Callable[[bytes, str], Source]] = {
    ".txt": read_text,
    ".md": _read_markdown,
    ".csv": read_csv,
    ".xlsx": _read_xlsx,
    ".xlsm": _read_xlsx,
    ".xls": _read_xls,
    ".docx": _read_docx,
    ".doc": _read_legacy_word,
    ".wps": _read_legacy_word,
    ".rtf": _read_legacy_word,
    ".html": _read_html,
    ".htm": _read_html,
    ".pdf": _read_pdf,
    ".ofd": _read_ofd,
}
SUPPORTED = frozenset(_READERS)


def read_source(path: Path) -> tuple[Source, bytes]:
    """The content of ``path`` and its bytes. Raises SourceUnreadable or SourceEmpty, naming the file."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise SourceUnreadable(
            f"{path.name}：不支持 {path.suffix or '没有扩展名'} 文件，支持 {'、'.join(sorted(SUPPORTED))}"
        )
    data = _bytes_of(path)
    if not data.strip():
        raise SourceEmpty(f"{path.name}：文件是空的")
    return reader(data, path.name), data


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise SourceTooLarge(f"{path.name}：文件超过 {LARGEST // 1024 // 1024} MB，未读取")
        return path.read_bytes()
    except FileNotFoundError:
        raise SourceUnreadable(f"{path.name}：文件不存在") from None
    except OSError as error:
        raise SourceUnreadable(f"{path.name}：文件打不开（{error.strerror or '读取失败'}）") from error
