"""The refresh: read → difference → build → publish. Until the last step the old snapshot is untouched and serves on."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

import index
import knowledge
from api.refresh.base import Base, find_base
from api.refresh.difference import compare, join
from api.refresh.originals import Originals
from api.refresh.reading import SourceReader
from api.refresh.report import Difference, Outcome, RefreshReport
from api.refresh.selection import Progress, Selection, Selector
from api.serve.fingerprint import fingerprint
from api.settings import Settings
from knowledge.codec import write_records
from knowledge.errors import SnapshotError
from knowledge.manifest import Manifest, Provenance, Source, read_manifest
from knowledge.model import Records
from knowledge.snapshot import SnapshotStore

if TYPE_CHECKING:
    # The package brings torch with it, which takes seconds; most refreshes find nothing to embed.
    from index.encoder import Encoder

DEFAULT_CORPUS = Path(knowledge.__path__[0]) / "corpus"


@dataclass(frozen=True, slots=True)
class EncoderChoice:
    """Which encoder to embed with. ``load`` takes seconds and is called only when there is something to build."""

    spec: str
    load: "Callable[[], Encoder]"

    @classmethod
    def of(cls, settings: Settings) -> "EncoderChoice":
        def load() -> "Encoder":
            from index.encoder import load_encoder

            return load_encoder(settings.encoder, settings.models_dir)

        return cls(settings.encoder, load)


def no_progress(step: str, done: int, total: int) -> None:
    """For callers that show none."""


def refresh(
    paths: Sequence[Path],
    *,
    settings: Settings,
    only: bool = False,
    dry_run: bool = False,
    progress: Progress = no_progress,
) -> RefreshReport:
    """:func:`refresh_store` on the store and with the encoder that the settings name."""
    return refresh_store(
        paths,
        store=SnapshotStore(settings.home, keep=settings.keep_snapshots),
        encoder=EncoderChoice.of(settings),
        only=only,
        dry_run=dry_run,
        progress=progress,
    )


def refresh_store(
    paths: Sequence[Path],
    *,
    store: SnapshotStore,
    encoder: EncoderChoice,
    only: bool = False,
    dry_run: bool = False,
    progress: Progress = no_progress,
    corpus: Path = DEFAULT_CORPUS,
) -> RefreshReport:
    """Add or update the files under ``paths`` and publish the result; without paths bring what is there up to date.

    With ``only`` the given files replace all others; ``dry_run`` stops before anything is built. Raises RefreshBusy,
    SnapshotWriteFailed, EncoderBroken; whatever is raised, the old snapshot stays current.
    """
    started = time.monotonic()
    with store.lock():
        run = _Run(store, encoder, progress, find_base(store), _build_key(encoder.spec))
        reader = SourceReader(run.base, Originals(store.home), run.build_key)
        selection = Selector(reader, corpus, progress).select(paths, run.base, only=only)
        report = run.finish(selection, refused=bool(paths) and not selection.given, dry_run=dry_run)
    return replace(report, took_s=round(time.monotonic() - started, 3))


@dataclass(frozen=True, slots=True)
class _Run:
    """One refresh after its sources have been read."""

    store: SnapshotStore
    encoder: EncoderChoice
    progress: Progress
    base: Base
    build_key: str

    def finish(self, selection: Selection, *, refused: bool, dry_run: bool) -> RefreshReport:
        if refused or not selection.taken:
            return self._kept("rejected", "没有一个文件可以采用，知识库没有改动", selection)
        if self._is_unchanged(selection):
            return self._kept("unchanged", "内容没有变化，没有产生新版本", selection)
        if dry_run:
            return self._kept("dry_run", f"这是试运行，没有产生新版本{self._unfounded()}", selection)
        manifest = self._publish(selection)
        return self._report("published", manifest.id, f"已发布知识版本 {manifest.id}{self._occasion()}", selection)

    def _unfounded(self) -> str:
        """Why a comparison shows more than what has changed."""
        if self.base.serves or not self.store.ids():
            return ""
        if self.base.manifest is None:
            return "；现有的知识版本都已损坏，所以以上全部算作新增"
        if self.base.records:
            return f"；当前版本已损坏，以上是与版本 {self.base.manifest.id} 相比"
        return f"；当前版本 {self.base.manifest.id} 已损坏，读不出原有内容，所以以上全部算作新增"

    def _occasion(self) -> str:
        """Why a version was published even where no document has changed."""
        if self.base.manifest is None:
            return ""
        if not self.base.serves:
            return f"；原来的当前版本已损坏，这次是从版本 {self.base.manifest.id} 的来源重建的"
        return "" if self.base.build_key == self.build_key else "；程序或编码模型有更新，已重新读取原件并重建索引"

    def _is_unchanged(self, selection: Selection) -> bool:
        return (
            self.base.serves
            and self.base.build_key == self.build_key
            and set(map(_trait, self.base.sources)) == set(map(_trait, selection.sources))
        )

    def _publish(self, selection: Selection) -> Manifest:
        encoder = self.encoder.load()
        originals = Originals(self.store.home)
        for taken in selection.taken.values():
            if taken.given:
                originals.keep(taken.source, taken.given)
        records = join(taken.records for taken in selection.taken.values())
        with self.store.stage() as folder:
            provenance = self._build(records, selection.sources, encoder, folder)
            _rehearse(folder, encoder)
            manifest = self.store.seal(folder, provenance)
        self.store.activate(manifest.id)
        self.store.prune()
        self._sweep(originals)
        return manifest

    def _build(self, records: Records, sources: tuple[Source, ...], encoder: "Encoder", folder: Path) -> Provenance:
        from index.build import build_index

        write_records(records, folder)
        facts = build_index(
            records,
            encoder,
            folder,
            previous=self.base.folder,
            progress=lambda done, total: self.progress("建立索引", done, total),
        )
        counts = {field.name: len(getattr(records, field.name)) for field in fields(records)}
        return Provenance(self.build_key, sources, counts, facts)

    def _sweep(self, originals: Originals) -> None:
        """Keep the originals of every version one can still go back to; all of them while one cannot be read."""
        try:
            manifests = [read_manifest(self.store.folder(snapshot_id)) for snapshot_id in self.store.ids()]
        except SnapshotError:
            return
        originals.sweep(source for manifest in manifests for source in manifest.provenance.sources)

    def _kept(self, outcome: Outcome, note: str, selection: Selection) -> RefreshReport:
        current = self.base.manifest.id if self.base.manifest and self.base.serves else None
        return self._report(outcome, current, note, selection)

    def _report(self, outcome: Outcome, snapshot: str | None, note: str, selection: Selection) -> RefreshReport:
        after = {document_id: taken.records for document_id, taken in selection.taken.items()}
        return RefreshReport(
            outcome=outcome,
            snapshot=snapshot,
            note=note,
            difference=Difference() if outcome == "rejected" else compare(self.base.records, after),
            rejected=selection.rejected,
            superseded=selection.superseded,
            warnings=selection.warnings,
        )


def _rehearse(folder: Path, encoder: "Encoder") -> None:
    """What cannot be opened must not be published. Raises IndexMismatch. The gate on golden questions belongs here."""
    from index.search import Index

    Index.load(folder, encoder)


def _trait(source: Source) -> tuple[object, ...]:
    return source.origin, *source.fingerprint


def _build_key(spec: str) -> str:
    """Changes with the encoder and with every file of the reading and indexing code, its data included; the default
    corpus is a source, not code."""
    parts = [part for package in (knowledge, index) for part in sorted(Path(package.__path__[0]).iterdir())]
    return fingerprint([part for part in parts if part != DEFAULT_CORPUS and part.name != "__pycache__"], spec)
