"""The refresh: read → difference → build → gate → publish. Until the last step the old snapshot is untouched and
serves on; a refresh that is killed or cancelled leaves nothing behind but a folder that the next one clears."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

import index
import knowledge
from api.evaluation.dialogue import Verdict
from api.evaluation.questions import GoldQuestion
from api.refresh import gate
from api.refresh.base import Base, find_base
from api.refresh.changes import NO_CHANGES, Changes
from api.refresh.difference import compare, join
from api.refresh.encoder import EncoderChoice, LazyEncoder
from api.refresh.originals import Originals
from api.refresh.reading import SourceReader
from api.refresh.report import Difference, GateReport, Outcome, RefreshReport
from api.refresh.selection import Progress, Selection, Selector
from api.serve.fingerprint import fingerprint
from api.settings import Settings
from knowledge.codec import write_records
from knowledge.errors import KnowledgeError, SnapshotError
from knowledge.manifest import Manifest, Provenance, Source, read_manifest
from knowledge.model import Records
from knowledge.repeals import settle, unmatched
from knowledge.snapshot import SnapshotStore

if TYPE_CHECKING:
    # The package brings torch with it, which takes seconds; most refreshes find nothing to embed.
    from index.encoder import Encoder
    from index.search import Index

DEFAULT_CORPUS = Path(knowledge.__path__[0]) / "corpus"
DEFAULT_MARGIN = 0.02
_BUILDING = {"words": "建立索引", "vectors": "计算向量"}


@dataclass(frozen=True, slots=True)
class Gate:
    """``questions`` are asked before and after; ``margin`` is the share of them that may be lost, 0 to 1. With
    ``forced`` the new version is published whatever they say, and the report tells what they said."""

    questions: tuple[GoldQuestion, ...] = ()
    margin: float = DEFAULT_MARGIN
    forced: bool = False


NO_GATE = Gate()


def no_progress(step: str, done: int, total: int) -> None:
    """For callers that show none."""


def refresh(
    paths: Sequence[Path],
    *,
    settings: Settings,
    only: bool = False,
    dry_run: bool = False,
    changes: Changes = NO_CHANGES,
    golden: Sequence[GoldQuestion] = (),
    forced: bool = False,
    unasked: bool = False,
    beside: Sequence[Path] = (),
    progress: Progress = no_progress,
) -> RefreshReport:
    """:func:`refresh_store` on the store and with the encoder that the settings name. ``golden`` are questions added in
    the console; those of the default corpus are asked besides."""
    return refresh_store(
        paths,
        store=SnapshotStore(settings.home, keep=settings.keep_snapshots),
        encoder=EncoderChoice.of(settings),
        only=only,
        dry_run=dry_run,
        changes=changes,
        questions=Gate((*gate.shipped_questions(), *golden), settings.gate_margin, forced),
        unasked=unasked,
        beside=beside,
        progress=progress,
    )


def refresh_store(
    paths: Sequence[Path],
    *,
    store: SnapshotStore,
    encoder: EncoderChoice,
    only: bool = False,
    dry_run: bool = False,
    changes: Changes = NO_CHANGES,
    questions: Gate = NO_GATE,
    unasked: bool = False,
    beside: Sequence[Path] = (),
    progress: Progress = no_progress,
    corpus: Path = DEFAULT_CORPUS,
) -> RefreshReport:
    """Add or update the files under ``paths`` and publish the result; without paths bring what is there up to date.

    With ``only`` the given files replace all others but those ``beside``, which an admin has written; ``dry_run`` stops
    before anything is built. What is ``unasked`` for does not bring back what was taken out. ``progress`` may raise to
    give up. Raises RefreshBusy, SnapshotWriteFailed, EncoderBroken; whatever is raised, the old snapshot stays
    current.
    """
    started = time.monotonic()
    with store.lock():
        run = _Run(store, encoder, progress, find_base(store), _build_key(encoder.spec), questions)
        reader = SourceReader(run.base, Originals(store.home), run.build_key, changes)
        selection = Selector(reader, corpus, progress).select(
            paths, run.base, changes, only=only, unasked=unasked, beside=beside
        )
        refused = bool(paths) and not selection.given and changes == NO_CHANGES and not beside
        report = run.finish(selection, refused=refused, dry_run=dry_run)
    return replace(report, took_s=round(time.monotonic() - started, 3))


@dataclass(frozen=True, slots=True)
class _Run:
    """One refresh after its sources have been read."""

    store: SnapshotStore
    encoder: EncoderChoice
    progress: Progress
    base: Base
    build_key: str
    golden: Gate

    def finish(self, selection: Selection, *, refused: bool, dry_run: bool) -> RefreshReport:
        if refused or not selection.taken:
            return self._kept("rejected", "没有一个文件可以采用，知识库没有改动", selection)
        if self._is_unchanged(selection):
            return self._kept("unchanged", "内容没有变化，没有产生新版本", selection)
        if dry_run:
            return self._kept("dry_run", f"这是试运行，没有产生新版本{self._unfounded()}", selection)
        encoder = LazyEncoder(self.encoder.load)
        before = self._verdicts_so_far(encoder)
        manifest, verdict = self._publish(selection, encoder, before)
        if manifest is None:
            return self._kept("worse", f"{_said_worse(verdict)}，没有发布，仍用原来的版本", selection, verdict)
        note = f"已发布知识版本 {manifest.id}{self._occasion()}"
        if not verdict.holds:
            note += f"；{_said_worse(verdict)}，按要求仍然发布"
        return self._report("published", manifest.id, note, selection, verdict)

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

    def _verdicts_so_far(self, encoder: "Encoder") -> Mapping[str, str]:
        """Why the version that serves fails each golden question, empty where it passes. Asked before the new one is
        built, so that never two of them are in memory; a version that this program cannot open has nothing to lose."""
        questions = self.golden.questions
        if not questions or self.base.manifest is None or not self.base.folder:
            return {}
        known = gate.recorded(self.base.manifest.provenance.facts, questions)
        if known is not None:
            return known
        from index.search import Index

        try:
            current = Index.load(self.base.folder, encoder)
        except KnowledgeError:
            return {}
        outcomes = gate.ask_all(current, questions, lambda done, total: self.progress("现用版本答黄金题", done, total))
        return {key: outcome.reason for key, outcome in outcomes.items()}

    def _publish(
        self, selection: Selection, encoder: "Encoder", before: Mapping[str, str]
    ) -> tuple[Manifest | None, GateReport]:
        """The new version, None where it answers worse."""
        originals = Originals(self.store.home)
        for taken in selection.taken.values():
            if taken.given:
                originals.keep(taken.source, taken.given)
        originals.sync()
        records = join(taken.records for taken in selection.taken.values())
        with self.store.stage() as folder:
            provenance = self._build(records, selection.sources, encoder, folder)
            verdict, outcomes, asked = self._judge(_rehearse(folder, encoder), before)
            if not verdict.holds and not self.golden.forced:
                return None, verdict
            facts = {**provenance.facts, gate.FACT: gate.to_record(outcomes)}
            self.progress("发布", 0, 1)
            manifest = self.store.seal(folder, replace(provenance, facts=facts, left_out=selection.left_out))
        self.store.activate(manifest.id)
        gate.keep(self.store.home, manifest.id, [outcomes[gate.key_of(question)] for question in asked])
        self.store.prune()
        self._sweep(originals)
        return manifest, verdict

    def _judge(
        self, candidate: "Index", before: Mapping[str, str]
    ) -> tuple[GateReport, Mapping[str, Verdict], Sequence[GoldQuestion]]:
        """What is reported, what became of every question, and those that count."""
        outcomes = gate.ask_all(
            candidate, self.golden.questions, lambda done, total: self.progress("新版本答黄金题", done, total)
        )
        titles = frozenset(gate.folded(document.title) for document in candidate.records.documents)
        asked = gate.applying(self.golden.questions, titles)
        verdict = gate.judge_both(asked, len(self.golden.questions), before, outcomes, self.golden.margin)
        return verdict, outcomes, asked

    def _build(self, records: Records, sources: tuple[Source, ...], encoder: "Encoder", folder: Path) -> Provenance:
        from index.build import build_index

        write_records(records, folder)
        facts = build_index(
            records,
            encoder,
            folder,
            previous=self.base.folder,
            progress=lambda step, done, total: self.progress(_BUILDING[step], done, total),
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

    def _kept(
        self, outcome: Outcome, note: str, selection: Selection, verdict: GateReport | None = None
    ) -> RefreshReport:
        current = self.base.manifest.id if self.base.manifest and self.base.serves else None
        return self._report(outcome, current, note, selection, verdict)

    def _report(
        self, outcome: Outcome, snapshot: str | None, note: str, selection: Selection, verdict: GateReport | None = None
    ) -> RefreshReport:
        difference, notes = Difference(), selection.warnings
        if outcome != "rejected":
            after = _settled({document_id: taken.records for document_id, taken in selection.taken.items()})
            difference = compare(_settled(self.base.records), after)
            notes = (*notes, *_repeals_without_target(difference, after))
        return RefreshReport(
            outcome=outcome,
            snapshot=snapshot,
            note=note,
            difference=difference,
            rejected=selection.rejected,
            superseded=selection.superseded,
            warnings=notes,
            ignored_edits=selection.ignored_edits,
            gate=verdict,
        )


def _settled(parts: Mapping[str, Records]) -> dict[str, Records]:
    """The records of each document, with its status after what the others say of it."""
    documents = settle(tuple(records.documents[0] for records in parts.values()))
    return {
        document.id: parts[document.id] if parts[document.id].documents[0] == document
        else replace(parts[document.id], documents=(document,))
        for document in documents
    }  # fmt: skip


def _repeals_without_target(difference: Difference, after: Mapping[str, Records]) -> list[str]:
    """Only of documents that are new or changed: nobody wants to read the same on every refresh."""
    looked_at = {change.id for change in difference.documents if change.change in ("added", "changed")}
    documents = tuple(records.documents[0] for records in after.values())
    return [
        f"《{document.title}》写明废止的{name}不在知识库中"
        for document, name in unmatched(documents)
        if document.id in looked_at
    ]


def _said_worse(verdict: GateReport) -> str:
    lost = "、".join(f"“{question.question}”" for question in verdict.worse[:3])
    return f"有 {len(verdict.worse)} 道黄金题答得不如现在的版本（{lost}{'等' if len(verdict.worse) > 3 else ''}）"


def _rehearse(folder: Path, encoder: "Encoder") -> "Index":
    """What cannot be opened must not be published. Raises IndexMismatch."""
    from index.search import Index

    return Index.load(folder, encoder)


def _trait(source: Source) -> tuple[object, ...]:
    return source.origin, *source.fingerprint, source.edits


def _build_key(spec: str) -> str:
    """Changes with the encoder and with every file of the reading and indexing code, its data included; the default
    corpus is a source, not code."""
    parts = [part for package in (knowledge, index) for part in sorted(Path(package.__path__[0]).iterdir())]
    return fingerprint([part for part in parts if part != DEFAULT_CORPUS and part.name != "__pycache__"], spec)
