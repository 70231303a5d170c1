"""Development questions with the candidates that the index finds for each: what the ranker is trained and measured on.

A question about a policy document is right in any document whose text holds the answer span, because some notices
stand in the set several times; a question about a plan task is right in the task that holds the cited words.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.features import Matrix
from index.filters import Filters
from index.search import Index
from knowledge.ingest import find_sources, ingest
from knowledge.model import Document, Records
from knowledge.text import squash

_YEAR = re.compile(r"(?:20)?\d{2}年度?")
POLICIES = Path("eval/policies_dev")

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Example:
    """One question. ``group`` names its source, ``fold_key`` what must not be split between training and test;
    ``features`` [candidates, features]; ``right_document`` and ``answers`` flag the candidates."""

    group: str
    fold_key: str
    question: str
    features: Matrix
    right_document: Flags
    answers: Flags


def read_shared(shared: Path) -> Records:
    """The plans and the policy documents together, as one knowledge base."""
    files = [file for folder in ("seeds", str(POLICIES / "documents")) for file in find_sources(shared / folder)]
    parts = [ingest(file).records for file in files]
    return Records(
        documents=tuple(document for part in parts for document in part.documents),
        tasks=tuple(task for part in parts for task in part.tasks),
        passages=tuple(passage for part in parts for passage in part.passages),
    )


def policy_examples(index: Index, shared: Path) -> Iterator[Example]:
    """Formal questions and their colloquial rewordings, asked of the whole knowledge base."""
    texts = {
        file.stem: squash(file.read_text(encoding="utf-8")) for file in (shared / POLICIES / "documents").iterdir()
    }
    stems = {document.id: Path(document.source_path).stem for document in index.records.documents}
    for group, name in (("formal", "questions.jsonl"), ("colloquial", "paraphrases.jsonl")):
        for row in read_rows(shared / POLICIES / name):
            answer = squash(row["answer"])
            right = {stem for stem, text in texts.items() if answer in text} | {row["docid"]}
            evidence, features = index.candidates(row["question"])
            entries = [index.entry(int(place)) for place in evidence.places]
            yield Example(
                group=group,
                fold_key=row["docid"],
                question=row["question"],
                features=features,
                right_document=np.array([stems[entry.document_id] in right for entry in entries]),
                answers=np.array([answer in squash(entry.text) for entry in entries]),
            )


def task_examples(index: Index, shared: Path) -> Iterator[Example]:
    """Questions on one plan task, asked as the answer layer asks: within the region, without its name and the year."""
    for row in _task_rows(shared):
        document = _plan(index, row["doc"])
        cited = squash(row["cite"])
        filters = Filters(regions=frozenset({document.region}))
        evidence, features = index.candidates(_topic(index, row["question"]), filters=filters)
        entries = [index.entry(int(place)) for place in evidence.places]
        right = np.array([entry.kind == "task" and cited in squash(entry.text) for entry in entries])
        yield Example("task", row["id"], row["question"], features, right, right)


def unanswerable_examples(index: Index, shared: Path) -> Iterator[Example]:
    """Questions that no document answers: those written as such, and policy questions asked of the plan tasks."""
    tasks_only = Filters(kinds=frozenset({"task"}))
    written = [row for row in read_rows(shared / "eval/dev_questions.jsonl") if row["kind"] == "unanswerable"]
    asked = list(read_rows(shared / POLICIES / "questions.jsonl"))[::3]
    for row in [*written, *asked]:
        _, features = index.candidates(_topic(index, row["question"]), filters=tasks_only)
        nothing = np.zeros(len(features), dtype=np.bool_)
        yield Example("unanswerable", row.get("docid", row["id"]), row["question"], features, nothing, nothing)


def without_right_documents(example: Example) -> Example:
    """The same question where the documents that answer it are not in the knowledge base."""
    kept = ~(example.right_document | example.answers)
    return replace(
        example,
        group=f"{example.group}, document absent",
        features=example.features[kept],
        right_document=example.right_document[kept],
        answers=example.answers[kept],
    )


def _topic(index: Index, question: str) -> str:
    for mention in reversed(index.directory.find_regions(question)):
        question = question[: mention.start] + question[mention.end :]
    return _YEAR.sub("", question)


def _task_rows(shared: Path) -> Iterator[dict[str, Any]]:
    for row in read_rows(shared / "eval/dev_questions.jsonl"):
        if isinstance(row.get("cite"), str) and isinstance(row.get("doc"), str) and not row["context"]:
            yield row


def _plan(index: Index, number: str) -> Document:
    plans = (
        document for document in index.records.documents if Path(document.source_path).name.startswith(number + "_")
    )
    return next(plans)


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a jsonl file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
