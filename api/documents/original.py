"""The originals of documents, read again to be shown beside what was taken from them."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TypeVar

from api.documents.apart import read_blocks, read_records
from api.refresh.originals import Originals
from knowledge.errors import SourceError, SourceUnreadable
from knowledge.ingest import Ingested
from knowledge.manifest import Source, SourceRejection
from knowledge.meta import side_file
from knowledge.model import Document
from knowledge.readers.plain import read_text
from knowledge.readers.source import Block, Table

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
VOCABULARY = (".yaml", ".yml")
_REMEMBERED_BLOCKS, _REMEMBERED_DOCUMENTS = 4, 200
_LARGEST_REMEMBERED = 50_000
"""Lines and rows of an original that is not read anew for every page of it."""


@dataclass(frozen=True, slots=True)
class Original:
    """``kept`` is where the bytes lie, ``name`` what the admin called the file."""

    name: str
    kept: Path
    sha256: str
    meta_text: str | None

    @classmethod
    def of(cls, source: Source, home: Path) -> "Original":
        return cls(Path(source.path).name, Originals(home).path_of(source), source.sha256, source.meta_text)


class OriginalReader:
    """Reads one file at a time: two large ones at once would leave no room for answers."""

    def __init__(self) -> None:
        self._blocks: OrderedDict[tuple[str, str], tuple[Block, ...]] = OrderedDict()
        self._unedited: OrderedDict[tuple[str, str, str | None], Document | None] = OrderedDict()
        self._lock = Lock()

    def blocks(self, original: Original) -> tuple[Block, ...]:
        """The file as it is printed. Raises SourceError."""
        key = original.name, original.sha256
        with self._lock:
            if key not in self._blocks:
                read = _read_blocks(original)
                if sum(len(block.rows) if isinstance(block, Table) else 1 for block in read) > _LARGEST_REMEMBERED:
                    return read
                _remember(self._blocks, key, read, _REMEMBERED_BLOCKS)
            return self._blocks[key]

    def as_written(self, original: Original) -> Document | None:
        """The document by its file and side file alone; None where the file cannot be read any more."""
        key = original.name, original.sha256, original.meta_text
        with self._lock:
            if key not in self._unedited:
                _remember(self._unedited, key, _unedited(original), _REMEMBERED_DOCUMENTS)
            return self._unedited[key]


@contextmanager
def laid_out(original: Original) -> Iterator[Path]:
    """The file under the name the admin gave it, beside its side file: both have a say in what is read."""
    if not original.kept.is_file():
        raise SourceUnreadable(f"{original.name}：原件已不在知识库目录里")
    with TemporaryDirectory() as folder:
        path = Path(folder, original.name)
        path.symlink_to(original.kept.resolve())
        if original.meta_text is not None:
            side_file(path).write_text(original.meta_text, "utf-8")
        yield path


def rejected_in(ingested: Ingested) -> tuple[SourceRejection, ...]:
    return tuple(SourceRejection(rejection.place, rejection.reason) for rejection in ingested.rejected)


def _read_blocks(original: Original) -> tuple[Block, ...]:
    with laid_out(original) as path:
        if path.suffix.lower() in VOCABULARY:
            return read_text(path.read_bytes(), path.name).blocks
        return read_blocks(path)


def _unedited(original: Original) -> Document | None:
    try:
        with laid_out(original) as path:
            return read_records(path).records.documents[0]
    except SourceError:
        return None


def _remember(known: OrderedDict[_Key, _Value], key: _Key, value: _Value, most: int) -> None:
    known[key] = value
    while len(known) > most:
        known.popitem(last=False)
