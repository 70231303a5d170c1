"""The documents of the version that serves, each with its records and the source it was made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Protocol

from api.knowledge_base import Serving
from api.refresh.console import FAQ_FILE, TERM_FILE
from api.refresh.difference import split_by_document
from knowledge.errors import SnapshotError
from knowledge.manifest import Source, read_manifest
from knowledge.model import Document, Records
from knowledge.repeals import settle
from knowledge.snapshot import SnapshotStore
from knowledge.text import normalise, squash

_BRACKETS = str.maketrans("〔【〈《「『〕】〉》」』", "[[[[[[]]]]]]")


class Knowledge(Protocol):
    @property
    def serving(self) -> Serving | None: ...


@dataclass(frozen=True)
class Shelved:
    """``document`` is as it counts today, after what the others say of it; ``source`` is None where the list of sources
    cannot be read."""

    document: Document
    records: Records
    source: Source | None

    @cached_property
    def folded(self) -> str:
        """What a search by title, 文号 or file looks in."""
        document = self.document
        return fold(f"{document.title} {document.doc_number or ''} {document.source_path}")

    @property
    def is_shipped(self) -> bool:
        """Whether it comes with the program, and steps aside for documents of one's own."""
        return self.source is not None and self.source.origin == "default"

    @property
    def is_written_here(self) -> bool:
        """Whether it is the list of questions or terms written in the console."""
        return self.source is not None and self.source.path.rpartition("/")[2] in (FAQ_FILE, TERM_FILE)


@dataclass(frozen=True)
class Shelf:
    """``entries`` by document id, in the order of the version; ``snapshot_id`` is None where nothing serves."""

    snapshot_id: str | None
    entries: Mapping[str, Shelved]

    @cached_property
    def by_read_as(self) -> Mapping[str, Shelved]:
        return {entry.source.read_as: entry for entry in self.entries.values() if entry.source}

    @cached_property
    def regions(self) -> tuple[str, ...]:
        return tuple(sorted({entry.document.region for entry in self.entries.values()}))

    @cached_property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({year for entry in self.entries.values() if (year := entry.document.year)}, reverse=True))


class Shelves:
    """The shelf of what serves now; it is put together once per version."""

    def __init__(self, knowledge: Knowledge, store: SnapshotStore) -> None:
        self._knowledge = knowledge
        self._store = store
        self._made = Shelf(None, {})
        self._lock = Lock()

    def current(self) -> Shelf:
        serving = self._knowledge.serving
        if serving is None:
            return Shelf(None, {})
        with self._lock:
            if self._made.snapshot_id != serving.snapshot_id:
                self._made = self._put_up(serving)
            return self._made

    def _put_up(self, serving: Serving) -> Shelf:
        records = serving.index.records
        sources = {source.document_id: source for source in self._sources(serving.snapshot_id)}
        parts = split_by_document(records)
        entries = {
            document.id: Shelved(document, parts[document.id], sources.get(document.id))
            for document in settle(records.documents)
        }
        return Shelf(serving.snapshot_id, entries)

    def _sources(self, snapshot_id: str) -> tuple[Source, ...]:
        try:
            return read_manifest(self._store.root / snapshot_id).provenance.sources
        except SnapshotError:
            return ()


def fold(text: str) -> str:
    """Text as it is looked for, whichever brackets a 文号 is written with."""
    return squash(normalise(text)).translate(_BRACKETS)
