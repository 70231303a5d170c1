"""A deterministic stand-in for the embedding model: texts that share pairs of characters get near vectors.

Like multilingual-e5's, its cosines lie close together near 1; the ranker's weights are learned for that.
"""

import hashlib

import numpy as np

from index.encoder.interface import Vectors
from knowledge.text import normalise

_COMMON = 2.1
"""Length of the part that all vectors share: texts without a common pair have a cosine of 0.82."""


class FakeEncoder:
    """Counts the passages it encodes, so that a test can tell reused vectors from new ones."""

    def __init__(self, name: str = "fake", revision: str = "1", dims: int = 256) -> None:
        self.name = name
        self.revision = revision
        self.dims = dims
        self.passages_encoded = 0

    def encode_queries(self, texts: list[str]) -> Vectors:
        return self._encode(texts)

    def encode_passages(self, texts: list[str]) -> Vectors:
        self.passages_encoded += len(texts)
        return self._encode(texts)

    def _encode(self, texts: list[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dims), dtype=np.float32)
        for row, text in enumerate(texts):
            folded = f" {normalise(text)} "
            for pair in (folded[at : at + 2] for at in range(len(folded) - 1)):
                place = int.from_bytes(hashlib.sha256(pair.encode()).digest()[:4], "little")
                vectors[row, place % self.dims] += 1
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        vectors[:, 0] += _COMMON
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors
