"""One source file to the records of one document. Nothing is half taken: a file either gives records or raises."""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from knowledge.definitions import Definition, definitions_in
from knowledge.errors import SourceEmpty, SourceUnreadable
from knowledge.faq_table import FaqTable, find_faq_tables, read_faq_tables
from knowledge.meta import SIDE_SUFFIX, checked, read_side_file
from knowledge.model import Document, Locator, Passage, PlanTask, Records, Term
from knowledge.passages import Stretch, cut_passages
from knowledge.plan import ParsedPlan, TaskDraft, parse_plan, require_header
from knowledge.policy import NATIONWIDE, Metadata, read_metadata
from knowledge.readers import Line, Row, Source, read_source
from knowledge.readers.source import Block
from knowledge.text import normalise, squash
from knowledge.vocabulary import FAQ_TITLE, TERM_TITLE, is_glossary, read_entries, read_faqs, read_terms

_VOCABULARY_SUFFIXES = (".yaml", ".yml")
_ID_LENGTH = 12
_BRACKETS = str.maketrans("〔【〈《「『〕】〉》」』", "[[[[[[]]]]]]", "")

Edits = Callable[[str], Mapping[str, Any]]
"""What an admin has said in the console of the document with that id as it was read; the keys are those of a side
file. An empty mapping where nothing was said."""


def no_edits(document_id: str) -> Mapping[str, Any]:  # noqa: ARG001
    return {}


@dataclass(frozen=True, slots=True)
class Rejection:
    """A part of a source that was left out. ``place`` reads like 第12行 or 工作表“旧版”, ``reason`` is Chinese."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ingested:
    """The records of one document and what was left out of it. ``read_as`` is the id of the document by its file and
    side file alone: what was said in the console is kept under it."""

    records: Records
    read_as: str
    rejected: tuple[Rejection, ...] = ()


def ingest(path: Path, edits: Edits = no_edits) -> Ingested:
    """The records of ``path``. Raises SourceError."""
    said = read_side_file(path)
    if path.suffix.lower() in _VOCABULARY_SUFFIXES:
        return _ingest_vocabulary(path, said, edits)
    source, data = read_source(path)
    if tables := find_faq_tables(source):
        return _ingest_faqs(path, source, tables, data, said, edits)
    return _ingest_source(path, source, data, said, edits)


def place_of(locator: Locator) -> str:
    """How people are told where something stands: 表1!C5, 第3页第2段, 第12行."""
    if locator.cell:
        return locator.cell
    page = f"第{locator.page}页" if locator.page else ""
    line = f"第{locator.line}{'段' if page else '行'}" if locator.line else ""
    return page + line


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


def _ingest_source(path: Path, source: Source, data: bytes, said: Mapping[str, Any], edits: Edits) -> Ingested:
    plan = parse_plan(source)
    require_header(source, plan)
    stretches = cut_passages(source.blocks, plan.used)
    if not plan.drafts and not stretches:
        reason = "".join(f"：{why}" for _, why in plan.odd[:1])
        raise SourceEmpty(f"{path.name}：没有可以收录的内容{reason}")
    head = _head(source, plan)
    metadata = read_metadata([*head, *_rest(source, plan)], len(head) + 1 if plan.drafts else None, path.stem)
    document, read_as = _document(path, data, metadata, said, edits)
    tasks = _tasks(plan.drafts, document.id, path.name)
    records = Records(
        documents=(document,),
        tasks=tasks,
        passages=_passages(stretches, document.id, path.name),
        terms=_terms(source.blocks, plan.used, tasks, document.id, path.name),
    )
    odd = (Rejection(place_of(Locator(path.name, line=cell.line, cell=cell.ref)), why) for cell, why in plan.odd)
    skipped = (Rejection(skipped.place, skipped.reason) for skipped in source.skipped)
    return Ingested(records, read_as, (*odd, *skipped))


def _head(source: Source, plan: ParsedPlan) -> list[str]:
    """What stands in front of the tasks, the title printed inside the table included."""
    first = min(plan.used, default=1)
    before = source.texts[: first - 1] if plan.drafts else []
    return [*before, *(text for table in plan.tables[:1] for row in table.above for text in _one_text(row))]


def _rest(source: Source, plan: ParsedPlan) -> list[str]:
    first = min(plan.used, default=1) if plan.drafts else 1
    return [text for block in source.blocks[first - 1 :] for text in _texts_of(block)]


def _texts_of(block: Block) -> Iterator[str]:
    if isinstance(block, Line):
        yield block.text
        return
    for row in block.rows:
        yield from dict.fromkeys(cell.text for cell in row.cells if cell.pieces)


def _one_text(row: Row) -> list[str]:
    """The text of a row that prints a single one, as the title of a ledger does."""
    texts = list(dict.fromkeys(cell.text for cell in row.cells if cell.text))
    return texts if len(texts) == 1 else []


def _ingest_vocabulary(path: Path, said: Mapping[str, Any], edits: Edits) -> Ingested:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceUnreadable(f"{path.name}：文件打不开（{error.strerror or '读取失败'}）") from error
    entries = read_entries(data, path.name)
    glossary = is_glossary(entries)
    title = f"{TERM_TITLE if glossary else FAQ_TITLE}（{path.stem}）"
    document, read_as = _document(path, data, _metadata(title), said, edits)
    terms, refused = read_terms(entries, document.id, path.name) if glossary else ((), ())
    faqs, refused = ((), refused) if glossary else read_faqs(entries, document.id, path.name)
    if not terms and not faqs:
        raise SourceUnreadable(
            f"{path.name}：没有一条是名词（name、explanation）或问答（questions、answer、approved_by）"
        )
    rejected = tuple(Rejection(place_of(place), reason) for place, reason in refused)
    return Ingested(Records(documents=(document,), terms=terms, faqs=faqs), read_as, rejected)


def _ingest_faqs(
    path: Path, source: Source, tables: Sequence[FaqTable], data: bytes, said: Mapping[str, Any], edits: Edits
) -> Ingested:
    document, read_as = _document(path, data, _metadata(f"{FAQ_TITLE}（{path.stem}）"), said, edits)
    faqs, refused = read_faq_tables(source, tables, document.id, path.name)
    if not faqs:
        raise SourceEmpty(f"{path.name}：没有一条完整的问答{''.join(f'：{reason}' for _, reason in refused[:1])}")
    rejected = [Rejection(place_of(place), reason) for place, reason in refused]
    rejected += [Rejection(skipped.place, skipped.reason) for skipped in source.skipped]
    return Ingested(Records(documents=(document,), faqs=faqs), read_as, tuple(rejected))


def _metadata(title: str) -> Metadata:
    return Metadata(title, None, None, NATIONWIDE, None, None, None, None, "有效")


def _document(path: Path, data: bytes, found: Metadata, said: Mapping[str, Any], edits: Edits) -> tuple[Document, str]:
    """The document, and its id before what was said in the console."""
    read = _said_of(found, said)
    read_as = document_id(read.title, read.doc_number, read.region, read.year)
    told = checked(edits(read_as), path.name, clearing=True)
    settled = _said_of(read, told)
    document = Document(
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
        superseded_by=told.get("superseded_by", said.get("superseded_by")),
        source_path=str(path),
        sha256=hashlib.sha256(data).hexdigest(),
        repeals=settled.repeals,
    )
    return document, read_as


def _said_of(found: Metadata, said: Mapping[str, Any]) -> Metadata:
    known = {key: value for key, value in said.items() if key not in ("source", "superseded_by")}
    return replace(found, **known)


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
            locator=Locator(file, line=draft.line, page=draft.page, cell=draft.ref),
        )
        for ordinal, draft in enumerate(drafts, 1)
    )


def _terms(
    blocks: Sequence[Block], used: Collection[int], tasks: Iterable[PlanTask], owner: str, file: str
) -> tuple[Term, ...]:
    """What the running text and the requirements of tasks define or shorten, the first time they do."""
    lines = [block for place, block in enumerate(blocks, 1) if place not in used and isinstance(block, Line)]
    starts = [0, *accumulate(len(line.text) + 1 for line in lines)]
    placed: list[tuple[Definition, Locator]] = []
    for found in definitions_in("\n".join(line.text for line in lines)):
        line = lines[bisect_right(starts, found.at) - 1]
        placed.append((found, Locator(file, line=line.number, page=line.page)))
    placed += ((found, task.locator) for task in tasks for found in definitions_in(task.requirement))
    terms: dict[str, Term] = {}
    for found, where in placed:
        key = f"{owner}-w{len(terms) + 1:03d}"
        term = Term(key, found.name, (), found.explanation, owner, where, full_name=found.full_name)
        terms.setdefault(found.name, term)
    return tuple(terms.values())


def _passages(stretches: Sequence[Stretch], owner: str, file: str) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            f"{owner}-p{ordinal:03d}",
            owner,
            stretch.heading,
            f"{stretch.carried}\n{stretch.text}".strip(),
            Locator(file, line=stretch.spot.line, page=stretch.spot.page, cell=stretch.spot.cell),
        )
        for ordinal, stretch in enumerate(stretches, 1)
    )
