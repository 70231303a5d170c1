"""One door for every kind of file, with a plain Chinese reason for each refusal."""

from collections.abc import Callable
from pathlib import Path

from knowledge.errors import SourceEmpty, SourceUnreadable
from knowledge.readers.delimited import read_csv
from knowledge.readers.plain import read_text
from knowledge.readers.source import Source
from knowledge.readers.spreadsheet import read_xlsx

_READERS: dict[str, Callable[[bytes, str], Source]] = {".txt": read_text, ".csv": read_csv, ".xlsx": read_xlsx}
SUPPORTED = frozenset(_READERS)
_LARGEST = 64 * 1024 * 1024


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
        if path.stat().st_size > _LARGEST:
            raise SourceUnreadable(f"{path.name}：文件超过 {_LARGEST // 1024 // 1024} MB，未读取")
        return path.read_bytes()
    except FileNotFoundError:
        raise SourceUnreadable(f"{path.name}：文件不存在") from None
    except OSError as error:
        raise SourceUnreadable(f"{path.name}：文件打不开（{error.strerror or '读取失败'}）") from error
