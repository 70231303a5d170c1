"""One searchable entry a record: what is matched word by word, and the shorter texts that become vectors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.model import Faq, Passage, PlanTask, Record, RecordKind, Records, Term

_CHUNK_LENGTH = 160
"""Characters of a requirement in one vector. Longer stretches blur several duties into one direction."""
_SENTENCE = re.compile(r"[^。；;！？!?\n]*[。；;！？!?\n]?")


@dataclass(frozen=True, slots=True)
class Entry:
    """``title`` says what the entry is about, ``text`` is everything matched word by word, ``chunks`` are embedded as
    passages and ``negatives`` are questions that must not find this entry."""

    record_id: str
    kind: RecordKind
    document_id: str
    title: str
    text: str
    chunks: tuple[str, ...]
    units: tuple[str, ...] = ()
    negatives: tuple[str, ...] = ()


def entries_of(records: Records) -> list[Entry]:
    """All entries, those of one document together, in the order of ``records.documents``."""
    titles = {document.id: document.title for document in records.documents}
    of_document: dict[str, list[Entry]] = {document.id: [] for document in records.documents}
    for record in _all_records(records):
        entry = entry_of(record, titles.get(record.document_id, ""))
        of_document.setdefault(record.document_id, []).append(entry)
    return [entry for entries in of_document.values() for entry in entries]


def _all_records(records: Records) -> Iterator[Record]:
    yield from records.tasks
    yield from records.passages
    yield from records.terms
    yield from records.faqs


def entry_of(record: Record, document_title: str) -> Entry:
    """The entry of one record of the document with that title."""
    match record:
        case PlanTask():
            return _task_entry(record, document_title)
        case Passage():
            return _passage_entry(record, document_title)
        case Term():
            return _term_entry(record)
        case Faq():
            return _faq_entry(record)


def _task_entry(task: PlanTask, document_title: str) -> Entry:
    headings = (*task.section, task.title or "")
    title = " ".join(part for part in headings if part)
    units = (*task.lead, *task.responsible)
    details = (task.deadline or "", task.channel or "")
    groups = sentence_groups(task.requirement)
    name = task.title or (task.section[-1] if task.section else "")
    return Entry(
        record_id=task.id,
        kind="task",
        document_id=task.document_id,
        title=title,
        text=" ".join((document_title, title, task.requirement, *units, *details)),
        chunks=(title or document_title, *(f"{name}。{group}" for group in groups)),
        units=units,
    )


def _passage_entry(passage: Passage, document_title: str) -> Entry:
    title = " ".join((document_title, *passage.heading))
    # The first passage of a document often begins with its title already.
    text = passage.text if passage.text.startswith(document_title) else f"{title} {passage.text}"
    return Entry(passage.id, "passage", passage.document_id, title=title, text=text, chunks=(text,))


def _term_entry(term: Term) -> Entry:
    names = " ".join((term.name, *term.aliases))
    text = f"{names} {term.explanation}"
    return Entry(term.id, "term", term.document_id, title=names, text=text, chunks=(names, text))


def _faq_entry(faq: Faq) -> Entry:
    questions = " ".join(faq.questions)
    return Entry(
        faq.id,
        "faq",
        faq.document_id,
        title=questions,
        text=f"{questions} {faq.answer}",
        chunks=faq.questions,
        negatives=faq.negative_questions,
    )


def sentence_groups(text: str, length: int = _CHUNK_LENGTH) -> list[str]:
    """Whole sentences joined up to about ``length`` characters; one longer sentence stays whole."""
    groups: list[str] = []
    for sentence in filter(str.strip, _SENTENCE.findall(text)):
        if groups and len(groups[-1]) + len(sentence) <= length:
            groups[-1] += sentence
        else:
            groups.append(sentence)
    return groups
