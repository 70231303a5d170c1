"""A snapshot with 100,000 synthetic passages, published into a home so that the API can be measured on it.

The words are those of the default corpus, cut and joined anew. Embedding them all would take a quarter of an hour, so
their vectors are mixtures of real ones with noise: right in shape and number for the index, wrong in meaning, which
the time of a search does not depend on.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.questions import passages
from index.build import build_index
from index.encoder import Encoder, Vectors
from knowledge.codec import read_records, write_records
from knowledge.manifest import Provenance
from knowledge.model import Document, Locator, Passage, Records
from knowledge.snapshot import SnapshotStore

_REAL_VECTORS = 400
_PASSAGES_A_DOCUMENT = 50
_SEED = 20190101


class MixingEncoder:
    """Passes for ``encoder``, whose queries it must answer to, but mixes passage vectors instead of computing them."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.revision, self.dims = encoder.name, encoder.revision, encoder.dims
        self.encode_queries = encoder.encode_queries
        self._real = encoder.encode_passages(clauses()[:_REAL_VECTORS])
        self._random = np.random.default_rng(_SEED)

    def encode_passages(self, texts: list[str]) -> Vectors:
        pairs = self._random.integers(0, len(self._real), size=(len(texts), 2))
        mixed = self._real[pairs].mean(axis=1) + self._random.normal(0, 0.02, (len(texts), self.dims))
        return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), dtype=np.float32)


def publish_large_snapshot(home: Path, encoder: Encoder, count: int) -> dict[str, object]:
    """Adds ``count`` passages to the current snapshot of ``home``; returns the index's own facts."""
    store = SnapshotStore(home)
    current = store.current()
    assert current is not None
    records = _with_passages(read_records(store.folder(current)), count)
    with store.lock(), store.stage() as folder:
        write_records(records, folder)
        facts = build_index(records, MixingEncoder(encoder), folder)
        manifest = store.seal(folder, Provenance("bench", (), {"passages": len(records.passages)}, facts))
        store.activate(manifest.id)
    return facts


def _with_passages(records: Records, count: int) -> Records:
    chance = random.Random(_SEED)
    parts = clauses()
    model = records.documents[0]
    documents = [_document(model, number) for number in range(-(-count // _PASSAGES_A_DOCUMENT))]
    made = [_passage(documents[n // _PASSAGES_A_DOCUMENT], n, chance, parts) for n in range(count)]
    return replace(records, documents=records.documents + tuple(documents), passages=records.passages + tuple(made))


def _document(model: Document, number: int) -> Document:
    return replace(
        model, id=f"bench{number}", title=f"试验文件第{number}号", doc_number=None, source_path=f"{number}.txt"
    )


def _passage(document: Document, number: int, chance: random.Random, parts: Sequence[str]) -> Passage:
    text = "，".join(chance.sample(parts, 5)) + f"，编号{number}。"
    return Passage(f"bench-p{number}", document.id, ("试验",), text, Locator(document.source_path, line=number + 1))


def clauses() -> list[str]:
    parts = {part.strip() for text in passages() for part in text.replace("。", "，").replace("；", "，").split("，")}
    return sorted(part for part in parts if 6 <= len(part) <= 40)
