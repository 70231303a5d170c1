"""The state of the knowledge that a refresh starts from."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from api.refresh.difference import split_by_document
from knowledge.codec import read_records
from knowledge.errors import SnapshotError
from knowledge.manifest import Manifest, Source, read_manifest
from knowledge.model import Records
from knowledge.snapshot import SnapshotStore


@dataclass(frozen=True, slots=True)
class Base:
    """``records`` are by document id, and empty when the snapshot's files cannot be trusted; its list of sources can
    then still be, so that everything is read anew from the originals. ``serves`` is False when the pointer does not
    name this snapshot, or it is damaged: then even an unchanged corpus has to be published again."""

    manifest: Manifest | None
    folder: Path | None
    records: Mapping[str, Records]
    serves: bool

    @property
    def sources(self) -> tuple[Source, ...]:
        return self.manifest.provenance.sources if self.manifest else ()

    @property
    def left_out(self) -> frozenset[str]:
        return frozenset(self.manifest.provenance.left_out) if self.manifest else frozenset()

    @property
    def build_key(self) -> str | None:
        return self.manifest.provenance.build_key if self.manifest else None


def find_base(store: SnapshotStore) -> Base:
    """The current snapshot; where it is damaged, its manifest alone, and failing that the newest sound snapshot."""
    try:
        current = store.current()
        if current is None:
            return Base(None, None, {}, serves=False)
        return _opened(store, store.verify(current), serves=True)
    except SnapshotError:
        return _salvaged(store)


def _salvaged(store: SnapshotStore) -> Base:
    try:
        manifest = read_manifest(store.folder(store.current() or ""))
        return Base(manifest, None, {}, serves=False)
    except SnapshotError:
        sound = store.newest_sound()
        return _opened(store, sound, serves=False) if sound else Base(None, None, {}, serves=False)


def _opened(store: SnapshotStore, manifest: Manifest, *, serves: bool) -> Base:
    folder = store.folder(manifest.id)
    return Base(manifest, folder, split_by_document(read_records(folder)), serves)
