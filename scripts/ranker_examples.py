"""Development questions with the candidates that the index finds for each: what the ranker is trained and measured on.

A question about a policy document is right in any document whose text holds the answer span, because some notices
stand in the set several times; a question about a plan task is right in the task that holds the cited words.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from api.answers.retrieve import Scope, Search, matter_of, searches
from api.answers.service import take_turn
from api.answers.turn import Turn
from api.evaluation.documents import holds_or_overlaps
from api.schemas import AnswerRequest
from index.entries import Entry
from index.features import FEATURES, Matrix
from index.rank import Asked
from index.search import Index
from knowledge.ingest import find_sources, ingest
from knowledge.model import Document, Records
from knowledge.text import squash

POLICIES = Path("eval/policies_dev")
FOLDS = 5
OFF_TOPIC = Path(__file__).with_name("off_topic.txt")
TODAY = date(2020, 6, 1)
"""The day on which the questions are asked, after the documents and before their periods of validity end."""

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Example:
    """One question. ``group`` names its source, ``fold_key`` what must not be split between training and test;
    ``features`` [candidates, features]; ``documents`` numbers the document of each candidate. ``right_document``,
    ``answers`` and ``holds`` flag the candidates: those of a right document, those that answer, and those whose text
    holds the answer word for word."""

    group: str
    fold_key: str
    question: str
    features: Matrix
    documents: npt.NDArray[np.int64]
    right_document: Flags
    answers: Flags
    holds: Flags

    @property
    def fold(self) -> int:
        return fold_of(self.fold_key)


def read_shared(shared: Path) -> Records:
    """The plans and the policy documents together, as one knowledge base."""
    files = [file for folder in ("seeds", str(POLICIES / "documents")) for file in find_sources(shared / folder)]
    parts = [ingest(file).records for file in files]
    return Records(
        documents=tuple(document for part in parts for document in part.documents),
        tasks=tuple(task for part in parts for task in part.tasks),
        passages=tuple(passage for part in parts for passage in part.passages),
    )


@dataclass(frozen=True, slots=True)
class Shared:
    """The development data over an index of all of it."""

    index: Index
    folder: Path
    texts: dict[str, str]
    """Text without blanks of each policy document, by the stem of its file name."""

    @staticmethod
    def over(index: Index, folder: Path) -> "Shared":
        files = (folder / POLICIES / "documents").iterdir()
        return Shared(index, folder, {file.stem: squash(file.read_text(encoding="utf-8")) for file in files})

    def policies_searched(self) -> Iterator[Example]:
        """Formal questions and their colloquial rewordings, asked of the whole knowledge base as ``/v1/search`` is."""
        for group, row in self.policy_rows():
            evidence, features = self.index.candidates(row["question"])
            yield self._policy_example(group, row, evidence.places, evidence.document_starts, features)

    def policies_answered(self) -> Iterator[Example]:
        """The same questions, as the answer layer puts them to the passages."""
        for group, row in self.policy_rows():
            places, documents, features = self._asked("whole", row["question"])
            yield self._policy_example(group, row, places, documents, features)

    def policies_by_matter(self) -> Iterator[Example]:
        """The same questions by their matter alone: many more than there are questions on plans."""
        for group, row in self.policy_rows():
            places, documents, features = self._asked("whole", row["question"], by_matter=True)
            yield self._policy_example(group, row, places, documents, features)

    def tasks_answered(self) -> Iterator[Example]:
        """Questions on one plan task, as the answer layer puts them to the tasks."""
        for row in self._dialogue_rows():
            if not isinstance(row.get("cite"), str) or not isinstance(row.get("doc"), str) or row["context"]:
                continue
            region = self._plan(row["doc"]).region
            places, documents, features = self._asked("matter", row["question"], region=region)
            cited = squash(row["cite"])
            right = np.array([cited in squash(self.index.entry(int(place)).text) for place in places], dtype=np.bool_)
            yield Example("task", row["id"], row["question"], features, documents, right, right, right)

    def unanswerable(self) -> Iterator[Example]:
        """Questions that no plan answers: those written as such, and the policy questions, each asked of one district,
        the districts in turn."""
        districts = sorted({document.region for document in self.index.records.documents if self._is_plan(document)})
        written = (row for row in self._dialogue_rows() if row["kind"] == "unanswerable")
        for at, row in enumerate([*written, *(row for _, row in self.policy_rows())]):
            region = None if "kind" in row else districts[at % len(districts)]
            places, documents, features = self._asked("matter", row["question"], region=region)
            nothing = np.zeros(len(places), dtype=np.bool_)
            key = row.get("docid", row["id"])
            yield Example("unanswerable", key, row["question"], features, documents, nothing, nothing, nothing)

    def off_topic(self, asked: Asked) -> Iterator[Example]:
        """Messages that no document answers, put to the whole knowledge base."""
        lines = OFF_TOPIC.read_text(encoding="utf-8").splitlines()
        for text in (line for line in lines if line and not line.startswith("#")):
            places, documents, features = self._asked(asked, text)
            nothing = np.zeros(len(places), dtype=np.bool_)
            yield Example("unanswerable", text, text, features, documents, nothing, nothing, nothing)

    def policy_rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for group, name in (("formal", "questions.jsonl"), ("colloquial", "paraphrases.jsonl")):
            yield from ((group, row) for row in read_rows(self.folder / POLICIES / name))

    def right_stems(self, row: dict[str, Any]) -> frozenset[str]:
        """The stems of the documents that hold the answer of a policy question."""
        answer = squash(row["answer"])
        return frozenset({row["docid"], *(stem for stem, text in self.texts.items() if answer in text)})

    def _dialogue_rows(self) -> Iterator[dict[str, Any]]:
        return read_rows(self.folder / "eval/dev_questions.jsonl")

    def _asked(
        self, asked: Asked, text: str, *, region: str | None = None, by_matter: bool = False
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Matrix]:
        """Places, documents and features of the candidates; ``region`` stands for those the text names."""
        turn = take_turn(self.index, AnswerRequest(question=text, region=region), TODAY)
        anywhere = replace(turn.scope, among=frozenset())
        # Where a place is only spoken of, plans are not searched at all.
        made = self._searches(turn, turn.scope if asked == "whole" else anywhere).get(asked)
        if made is None:
            return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, len(FEATURES)), np.float32)
        query = matter_of(self.index, turn.question) if by_matter else made.query
        evidence, features = self.index.candidates(query, filters=replace(made.filters, as_of=None))
        return evidence.places, evidence.document_starts, features

    def _searches(self, turn: Turn, scope: Scope) -> dict[Asked, Search]:
        return {search.asked: search for search in searches(self.index, turn.question, scope)}

    def _policy_example(
        self,
        group: str,
        row: dict[str, Any],
        places: npt.NDArray[np.int64],
        documents: npt.NDArray[np.int64],
        features: Matrix,
    ) -> Example:
        stems, answer = self.right_stems(row), squash(row["answer"])
        entries = [self.index.entry(int(place)) for place in places]
        right = np.array([self._stem(entry) in stems for entry in entries], dtype=np.bool_)
        holds = np.array([answer in squash(entry.text) for entry in entries], dtype=np.bool_)
        answers = np.array(
            [
                is_right and (held or holds_or_overlaps(entry.text, answer))
                for entry, is_right, held in zip(entries, right, holds, strict=True)
            ],
            dtype=np.bool_,
        )
        return Example(group, row["docid"], row["question"], features, documents, right, answers, holds)

    def _stem(self, entry: Entry) -> str:
        return Path(self.index.document(entry.document_id).source_path).stem

    def _plan(self, number: str) -> Document:
        names = ((document, Path(document.source_path).name) for document in self.index.records.documents)
        return next(document for document, name in names if name.startswith(f"{number}_"))

    def _is_plan(self, document: Document) -> bool:
        return any(task.document_id == document.id for task in self.index.records.tasks)


def without_right_documents(example: Example) -> Example:
    """The same question where the documents that answer it are not in the knowledge base."""
    kept = ~(example.right_document | example.answers | example.holds)
    return replace(
        example,
        group=f"{example.group}, document absent",
        features=example.features[kept],
        documents=example.documents[kept],
        right_document=example.right_document[kept],
        answers=example.answers[kept],
        holds=example.holds[kept],
    )


def fold_of(key: str) -> int:
    """The fold a document or question belongs to, always the same."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) % FOLDS


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a jsonl file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
