"""Turns one source file into its records, or takes what an earlier snapshot has of it.

What was read before is not read again while neither the file nor the reading code has changed.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from api.refresh.base import Base
from api.refresh.changes import Changes
from api.refresh.originals import Originals
from api.refresh.report import Rejection
from knowledge.errors import SourceError, SourceUnreadable
from knowledge.ingest import Ingested, ingest
from knowledge.manifest import Source, SourceRejection, hash_file
from knowledge.meta import side_file
from knowledge.model import Document, Records
from knowledge.policy import NATIONWIDE, is_nationwide

logger = logging.getLogger(__name__)

Origin = Literal["own", "default"]


@dataclass(frozen=True, slots=True)
class Taken:
    """One source that was read; ``given`` is where its bytes lie, None when only the kept original is left."""

    source: Source
    records: Records
    given: Path | None

    @property
    def document(self) -> Document:
        return self.records.documents[0]

    def lacks_region(self) -> bool:
        """Whether these are tasks of a place that neither the file nor an admin has named."""
        document, said = self.document, self.source.meta_text or ""
        is_unread = document.region == NATIONWIDE and not is_nationwide(document.title)
        return bool(self.records.tasks) and is_unread and not re.search(r"^region\s*:", said, re.MULTILINE)

    def rejections(self) -> Iterator[Rejection]:
        for rejected in self.source.rejected:
            yield Rejection(self.source.path, rejected.place, rejected.reason, "record_rejected")


class SourceReader:
    """Reads sources, taking from ``base`` what the same code has read of the same bytes. What was said of a document
    in the console stays said of it, whichever file it comes in next."""

    def __init__(self, base: Base, originals: Originals, build_key: str, changes: Changes) -> None:
        self._base = base
        self._originals = originals
        self._same_code = base.build_key == build_key
        self._known = {(source.origin, *source.fingerprint): source for source in base.sources}
        self._edits = {source.read_as: source.edits for source in base.sources if source.edits}
        self._edits |= {read_as: tuple(sorted(said.items())) for read_as, said in changes.edits.items()}

    def read(self, path: Path, origin: Origin, shown: str) -> Taken:
        """``shown`` is how people are told of the file: never where it lies on this machine. Raises SourceError."""
        sha256, meta_text = _bytes_of(path)
        source = Source(str(path), sha256, meta_text, document_id="", origin=origin)
        known = self._known.get((origin, *source.fingerprint))
        if known and self._is_current(known):
            return Taken(known, self._base.records[known.document_id], given=path)
        ingested = _shown_as(shown, self._ingested(path))
        return Taken(self._completed(source, ingested), ingested.records, given=path)

    def carry_over(self, source: Source) -> Taken:
        """A source of the base, read anew from its kept original where the code or what is said of it has changed;
        when that fails, what the base has of it stays. Raises SourceError when the base has nothing either."""
        had = self._base.records.get(source.document_id)
        if had and self._is_current(source):
            return Taken(source, had, given=None)
        try:
            ingested = _shown_as(_shown_before(source, had), self._read_original(source))
        except SourceError:
            if had is None:
                raise
            return Taken(source, had, given=None)
        return Taken(self._completed(source, ingested), ingested.records, given=None)

    def ignores_an_edit(self, source: Source) -> bool:
        """Whether what was said of a document could not be brought in: its original cannot be read any more."""
        return source.edits != self._edits.get(source.read_as, ())

    def _is_current(self, source: Source) -> bool:
        return self._same_code and not self.ignores_an_edit(source) and source.document_id in self._base.records

    def _read_original(self, source: Source) -> Ingested:
        """Under the name the admin gave it and beside its side file: both have a say in what is read."""
        with TemporaryDirectory() as folder:
            path = Path(folder, Path(source.path).name)
            path.symlink_to(self._originals.path_of(source).resolve())
            if source.meta_text is not None:
                side_file(path).write_text(source.meta_text, "utf-8")
            return self._ingested(path)

    def _ingested(self, path: Path) -> Ingested:
        """Raises SourceError, also where a reader fails in a way nobody foresaw: the other files go on."""
        try:
            return ingest(path, self._said_of)
        except SourceError:
            raise
        except Exception as error:
            logger.exception("reading failed file=%s", path.name)
            raise SourceUnreadable(f"文件 {path.name} 的内容让程序出错（{type(error).__name__}），没有采用") from error

    def _said_of(self, read_as: str) -> Mapping[str, Any]:
        return dict(self._edits.get(read_as, ()))

    def _completed(self, source: Source, ingested: Ingested) -> Source:
        return replace(
            source,
            document_id=ingested.records.documents[0].id,
            read_as=ingested.read_as,
            edits=self._edits.get(ingested.read_as, ()),
            rejected=tuple(SourceRejection(rejection.place, rejection.reason) for rejection in ingested.rejected),
        )


def _shown_as(shown: str, ingested: Ingested) -> Ingested:
    document = replace(ingested.records.documents[0], source_path=shown)
    return replace(ingested, records=replace(ingested.records, documents=(document,)))


def _shown_before(source: Source, had: Records | None) -> str:
    shown = Path(had.documents[0].source_path if had else source.path)
    return shown.name if shown.is_absolute() else str(shown)


def _bytes_of(path: Path) -> tuple[str, str | None]:
    """The hash of a file and the text of its side file, which belongs to the source as much as the file itself."""
    side = side_file(path)
    try:
        return hash_file(path), side.read_text("utf-8") if side.is_file() else None
    except FileNotFoundError as error:
        raise SourceUnreadable(f"找不到文件 {path}") from error
    except OSError as error:
        raise SourceUnreadable(f"文件 {path} 读不出来：{error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SourceUnreadable(f"说明文件 {side.name} 不是 UTF-8 编码") from error
