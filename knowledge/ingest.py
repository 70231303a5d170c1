"""One source file to the records of one document. Nothing is half taken: a file either gives records or raises."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from knowledge.errors import LedgerHeaderUnknown, SourceEmpty, SourceUnreadable
from knowledge.meta import SIDE_SUFFIX, checked, read_side_file
from knowledge.model import Document, Locator, Passage, PlanTask, Records
from knowledge.passages import Stretch, cut_passages
from knowledge.plan import ParsedPlan, TaskDraft, parse_grid, parse_lines
from knowledge.policy import NATIONWIDE, Metadata, read_metadata
from knowledge.readers import Sheet, SheetSource, TextSource, read_source
from knowledge.text import normalise, squash
from knowledge.vocabulary import FAQ_TITLE, TERM_TITLE, is_glossary, read_entries, read_faqs, read_terms

_VOCABULARY_SUFFIXES = (".yaml", ".yml")
_ID_LENGTH = 12
_BRACKETS = str.maketrans("〔【〈《「『〕】〉》」』", "[[[[[[]]]]]]", "")


@dataclass(frozen=True, slots=True)
class Rejection:
    """A part of a source that was left out. ``reason`` is Chinese, for the admin."""

    file: str
    locator: Locator | None
    reason: str


@dataclass(frozen=True, slots=True)
class Ingested:
    """The records of one document and what was left out of it."""

    records: Records
    rejected: tuple[Rejection, ...] = ()


def ingest(path: Path, meta: Mapping[str, Any] | None = None) -> Ingested:
    """The records of ``path``. ``meta`` stands in for the side file beside it. Raises SourceError."""
    said = read_side_file(path) if meta is None else checked(meta, path.name)
    if path.suffix.lower() in _VOCABULARY_SUFFIXES:
        return _ingest_vocabulary(path, said)
    source, data = read_source(path)
    return (
        _ingest_text(path, source, data, said)
        if isinstance(source, TextSource)
        else _ingest_sheets(path, source, data, said)
    )


def find_sources(path: Path) -> tuple[Path, ...]:
    """The files ``path`` stands for: itself, or all under it in name order but README, hidden and side files. Kinds
    that cannot be read are listed too, so that each is refused with its reason. Raises SourceUnreadable."""
    if path.is_file():
        return (path,)
    if not path.is_dir():
        raise SourceUnreadable(f"找不到文件或文件夹 {path}")
    return tuple(sorted(file for file in path.rglob("*") if file.is_file() and _is_source(file.relative_to(path))))


def _is_source(relative: Path) -> bool:
    is_hidden = any(part.startswith((".", "~$")) for part in relative.parts)
    return not is_hidden and not relative.name.lower().startswith("readme") and not relative.name.endswith(SIDE_SUFFIX)


def _plain(text: str) -> str:
    return squash(normalise(text)).translate(_BRACKETS)


def document_id(title: str, doc_number: str | None, region: str, year: int | None) -> str:
    """Stable for the same document, wherever its file lies and however its brackets and blanks are set."""
    identity = "|".join((_plain(title), _plain(doc_number or ""), _plain(region), str(year or "")))
    return hashlib.sha256(identity.encode()).hexdigest()[:_ID_LENGTH]


def _ingest_text(path: Path, source: TextSource, data: bytes, said: Mapping[str, Any]) -> Ingested:
    plan = parse_lines(source.lines)
    first = min(plan.used) if plan.drafts else None
    document = _document(path, data, read_metadata(source.lines, first, path.stem), said)
    passages = _passages(cut_passages(source.lines, plan.used), document.id, path.name)
    if not plan.drafts and not passages:
        raise SourceEmpty(f"{path.name}：没有可以收录的内容")
    return _ingested(path.name, document, _tasks(plan.drafts, document.id, path.name), passages, plan.odd)


def _ingest_sheets(path: Path, source: SheetSource, data: bytes, said: Mapping[str, Any]) -> Ingested:
    plans: list[ParsedPlan] = []
    refused: list[LedgerHeaderUnknown] = []
    for sheet in source.sheets:
        try:
            plans.append(parse_grid(sheet.rows))
        except LedgerHeaderUnknown as error:
            refused.append(error)
    if not plans:
        raise LedgerHeaderUnknown(f"{path.name}：{refused[0].message}")
    drafts = tuple(draft for plan in plans for draft in plan.drafts)
    if not drafts:
        reason = next((f"：{why}" for plan in plans for _, why in plan.odd), "")
        raise SourceEmpty(f"{path.name}：表头下面没有可以收录的任务{reason}")
    above = [line for sheet in source.sheets for line in _lines_above(sheet)]
    document = _document(path, data, read_metadata(above, len(above) + 1, path.stem), said)
    odd = tuple(item for plan in plans for item in plan.odd)
    return _ingested(path.name, document, _tasks(drafts, document.id, path.name), (), odd)


def _lines_above(sheet: Sheet) -> list[str]:
    """Printed rows of one text above the header: the title of the ledger."""
    lines: list[str] = []
    for row in sheet.rows:
        texts = {cell.text for cell in row.cells if cell.text}
        if len(texts) > 1:
            break
        lines += texts
    return lines


def _ingest_vocabulary(path: Path, said: Mapping[str, Any]) -> Ingested:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceUnreadable(f"{path.name}：文件打不开（{error.strerror or '读取失败'}）") from error
    entries = read_entries(data, path.name)
    glossary = is_glossary(entries)
    title = f"{TERM_TITLE if glossary else FAQ_TITLE}（{path.stem}）"
    document = _document(path, data, _metadata(title), said)
    terms, refused = read_terms(entries, document.id, path.name) if glossary else ((), ())
    faqs, refused = ((), refused) if glossary else read_faqs(entries, document.id, path.name)
    if not terms and not faqs:
        raise SourceUnreadable(
            f"{path.name}：没有一条是名词（name、explanation）或问答（questions、answer、approved_by）"
        )
    rejected = tuple(Rejection(path.name, place, reason) for place, reason in refused)
    return Ingested(Records(documents=(document,), terms=terms, faqs=faqs), rejected)


def _metadata(title: str) -> Metadata:
    return Metadata(title, None, None, NATIONWIDE, None, None, None, None, "有效")


def _document(path: Path, data: bytes, found: Metadata, said: Mapping[str, Any]) -> Document:
    known = {key: value for key, value in said.items() if key not in ("source", "superseded_by")}
    settled = replace(found, **known)
    return Document(
        id=document_id(settled.title, settled.doc_number, settled.region, settled.year),
        title=settled.title,
        doc_number=settled.doc_number,
        issuer=settled.issuer,
        region=settled.region,
        year=settled.year,
        published_on=settled.published_on,
        effective_from=settled.effective_from,
        effective_to=settled.effective_to,
        status=settled.status,
        superseded_by=said.get("superseded_by"),
        source_path=str(path),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _tasks(drafts: Sequence[TaskDraft], owner: str, file: str) -> tuple[PlanTask, ...]:
    return tuple(
        PlanTask(
            id=f"{owner}-t{ordinal:03d}",
            document_id=owner,
            no=draft.no,
            section=draft.section,
            title=draft.title,
            requirement=draft.requirement,
            lead=draft.lead,
            responsible=draft.responsible,
            deadline=draft.deadline,
            channel=draft.channel,
            locator=Locator(file, line=draft.line, cell=draft.ref),
        )
        for ordinal, draft in enumerate(drafts, 1)
    )


def _passages(stretches: Sequence[Stretch], owner: str, file: str) -> tuple[Passage, ...]:
    return tuple(
        Passage(f"{owner}-p{ordinal:03d}", owner, stretch.heading, stretch.text, Locator(file, line=stretch.line))
        for ordinal, stretch in enumerate(stretches, 1)
    )


def _ingested(
    file: str,
    document: Document,
    tasks: tuple[PlanTask, ...],
    passages: tuple[Passage, ...],
    odd: Sequence[tuple[int, str]],
) -> Ingested:
    rejected = tuple(Rejection(file, Locator(file, line=line), reason) for line, reason in odd)
    return Ingested(Records(documents=(document,), tasks=tasks, passages=passages), rejected)
