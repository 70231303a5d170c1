"""Which documents hold the answer an annotator marked: the one it was marked in, and any other whose text holds it.

One notice is often served under several names; a hit in any of them is right.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath
from typing import Protocol

from api.evaluation.questions import DocumentQuestion
from knowledge.model import Passage, PlanTask, Records
from knowledge.text import squash

_SHORTEST_OVERLAP = 6
"""Fewer characters at the end of one passage and the start of the next are alike by chance."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage found or cited, and the document it stands in."""

    document_id: str
    path: str
    text: str


class RightDocuments(Protocol):
    def is_right(self, question: DocumentQuestion, shown: Shown) -> bool:
        """Whether the document of the passage is right."""

    def among_served(self, question: DocumentQuestion) -> frozenset[str]:
        """The ids of the right documents that are served, as far as they are known."""


class ServedDocuments:
    """For knowledge in this process: the whole text of each document is at hand."""

    def __init__(self, records: Records) -> None:
        self._stems = {document.id: stem_of(document.source_path) for document in records.documents}
        self._texts = {key: squash(text) for key, text in texts_of(records).items()}
        self._right = lru_cache(maxsize=None)(self._holding)

    def is_right(self, question: DocumentQuestion, shown: Shown) -> bool:
        return shown.document_id in self.among_served(question)

    def among_served(self, question: DocumentQuestion) -> frozenset[str]:
        return self._right(question.docid, squash(question.answer))

    def _holding(self, docid: str, answer: str) -> frozenset[str]:
        marked = {key for key, stem in self._stems.items() if stem == docid}
        return frozenset(marked | {key for key, text in self._texts.items() if answer in text})


class RemoteDocuments:
    """For a running server, which shows only what it found: right is a document by its name, or where the passage shown
    holds the answer."""

    def __init__(self) -> None:
        self._met: dict[str, set[str]] = {}

    def is_right(self, question: DocumentQuestion, shown: Shown) -> bool:
        right = stem_of(shown.path) == question.docid or squash(question.answer) in squash(shown.text)
        if right:
            self._met.setdefault(question.id, set()).add(shown.document_id)
        return right or shown.document_id in self._met.get(question.id, ())

    def among_served(self, question: DocumentQuestion) -> frozenset[str]:
        return frozenset(self._met.get(question.id, ()))


def stem_of(path: str) -> str:
    return PurePath(path).stem


def texts_of(records: Records) -> dict[str, str]:
    """The text of each document by its id, put together from its records: headings once, overlaps once."""
    parts: dict[str, list[Passage]] = {}
    for passage in records.passages:
        parts.setdefault(passage.document_id, []).append(passage)
    texts = {key: "".join(_run(passages)) for key, passages in parts.items()}
    for task in records.tasks:
        texts[task.document_id] = "\n".join((texts.get(task.document_id, ""), *_task_texts(task)))
    return texts


def _run(passages: Iterable[Passage]) -> Iterator[str]:
    """Each passage after the headings that are new since the one before, less what both have in common."""
    heading: tuple[str, ...] = ()
    before = ""
    for passage in passages:
        new = [name for name in passage.heading if name not in heading]
        heading = passage.heading
        text = squash(passage.text)
        yield from (squash(name) for name in new if not text.startswith(squash(name)))
        yield text if new else text[_overlap(before, text) :]
        before = text


def _overlap(before: str, text: str) -> int:
    """Length of the longest end of ``before`` with which ``text`` begins."""
    longest = min(len(before), len(text))
    return next((length for length in range(longest, _SHORTEST_OVERLAP - 1, -1) if before.endswith(text[:length])), 0)


def _task_texts(task: PlanTask) -> Iterator[str]:
    yield from filter(None, (task.title, task.requirement, task.deadline, task.channel))
