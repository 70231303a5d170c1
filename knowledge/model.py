"""The records: what policydesk knows, each with the way back to the original.

Records are immutable. Ids are stable for the same content in the same place, so that two builds of the same
sources can be compared; they are never shown to citizens.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Status = Literal["有效", "废止", "失效"]
RecordKind = Literal["task", "passage", "term", "faq"]


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a record stands in its original. ``line`` and ``page`` count from 1: lines of a text, paragraphs of a
    document or of a page, rows of a table; ``cell`` reads like ``表1!C5``."""

    file: str
    line: int | None = None
    page: int | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One source document. ``region`` is the canonical name in the region directory; ``year`` is the year the document
    is about, None when it prints none. ``source_path`` names the file inside the folder the admin gave,
    ``sha256`` its bytes.

    ``repeals`` are the documents it says it repeals, in the form of :func:`knowledge.policy.repeals.repealed_by_text`.
    ``superseded_by`` is the id of a document in the base, or else the 文号 or title of one that is not there.
    """

    id: str
    title: str
    doc_number: str | None
    issuer: str | None
    region: str
    year: int | None
    published_on: date | None
    effective_from: date | None
    effective_to: date | None
    status: Status
    superseded_by: str | None
    source_path: str
    sha256: str
    repeals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanTask:
    """One row of a 政务公开任务分解表. ``section`` is the heading path, outermost first. ``lead`` and ``responsible``
    hold the units as printed, in order. ``no``, ``title``, ``deadline`` and ``channel`` are None where none is printed.
    """

    id: str
    document_id: str
    no: str | None
    section: tuple[str, ...]
    title: str | None
    requirement: str
    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    deadline: str | None
    channel: str | None
    locator: Locator


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of running text of up to about 300 characters, cut at sentence ends, below the path ``heading``."""

    id: str
    document_id: str
    heading: tuple[str, ...]
    text: str
    locator: Locator


@dataclass(frozen=True, slots=True)
class Term:
    """A defined term. ``aliases`` are other ways to write the same name; ``source`` names the official text that sets
    the meaning, None where it is common usage. ``full_name`` is given where the name is only short for it: the
    explanation is then the sentence that introduces it."""

    id: str
    name: str
    aliases: tuple[str, ...]
    explanation: str
    document_id: str
    locator: Locator
    source: str | None = None
    full_name: str | None = None


@dataclass(frozen=True, slots=True)
class Faq:
    """An approved question and answer. A question near ``negative_questions`` must not get this answer; ``source``
    names the official text it rests on, where there is one."""

    id: str
    questions: tuple[str, ...]
    negative_questions: tuple[str, ...]
    answer: str
    document_id: str
    approved_by: str
    locator: Locator
    source: str | None = None


Record = PlanTask | Passage | Term | Faq


@dataclass(frozen=True, slots=True)
class Records:
    """All records of one snapshot, or of one document."""

    documents: tuple[Document, ...] = ()
    tasks: tuple[PlanTask, ...] = ()
    passages: tuple[Passage, ...] = ()
    terms: tuple[Term, ...] = ()
    faqs: tuple[Faq, ...] = ()
