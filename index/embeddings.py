"""Vectors of a snapshot, kept by the hash of the text they were made from: a refresh embeds only what is new."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoder import Encoder, Vectors

VECTORS_FILE = "vectors.npy"
HASHES_FILE = "vector_hashes.npy"
ENCODER_FILE = "vector_encoder.json"
_HASH_BYTES = 16
_BATCH = 64
"""Texts between two progress reports."""

Hashes = npt.NDArray[np.uint8]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Embedded:
    """``vectors`` [texts, dims] as float16: half the disk, and the cosine keeps three decimals."""

    vectors: npt.NDArray[np.float16]
    hashes: Hashes
    reused: int
    computed: int


def embed(texts: list[str], encoder: Encoder, previous: Path | None, progress: Progress | None = None) -> Embedded:
    """Vectors of ``texts``, in order; those whose text stands in the ``previous`` snapshot folder are taken from it."""
    hashes = [hashlib.sha256(text.encode()).digest()[:_HASH_BYTES] for text in texts]
    known = _known_vectors(previous, encoder)
    missing = {digest: text for digest, text in zip(hashes, texts, strict=True) if digest not in known}
    # By length, so that the texts of one batch need little padding.
    order = sorted(missing, key=lambda digest: len(missing[digest]))
    for start in range(0, len(order), _BATCH):
        batch = order[start : start + _BATCH]
        vectors = encoder.encode_passages([missing[digest] for digest in batch])
        known.update(zip(batch, vectors.astype(np.float16), strict=True))
        if progress:
            progress(start + len(batch), len(order))
    stacked = np.stack([known[digest] for digest in hashes]) if hashes else np.zeros((0, encoder.dims), np.float16)
    rows = np.frombuffer(b"".join(hashes), dtype=np.uint8).reshape(-1, _HASH_BYTES)
    return Embedded(stacked, rows, reused=len(set(hashes)) - len(missing), computed=len(missing))


def save(embedded: Embedded, encoder: Encoder, folder: Path) -> None:
    np.save(folder / VECTORS_FILE, embedded.vectors)
    np.save(folder / HASHES_FILE, embedded.hashes)
    (folder / ENCODER_FILE).write_text(json.dumps(encoder_facts(encoder)), encoding="utf-8")


def encoder_facts(encoder: Encoder) -> dict[str, str | int]:
    return {"name": encoder.name, "revision": encoder.revision, "dims": encoder.dims}


def _known_vectors(previous: Path | None, encoder: Encoder) -> dict[bytes, npt.NDArray[np.float16]]:
    if previous is None or not (previous / ENCODER_FILE).is_file():
        return {}
    if json.loads((previous / ENCODER_FILE).read_text(encoding="utf-8")) != encoder_facts(encoder):
        return {}
    vectors: npt.NDArray[np.float16] = np.load(previous / VECTORS_FILE, mmap_mode="r")
    hashes: Hashes = np.load(previous / HASHES_FILE)
    return {row.tobytes(): vector for row, vector in zip(hashes, vectors, strict=True)}


def as_float32(vectors: npt.NDArray[np.float16]) -> Vectors:
    """Back to float32 and to length 1, which float16 rounds a little off."""
    exact: Vectors = vectors.astype(np.float32)
    exact /= np.maximum(np.linalg.norm(exact, axis=1, keepdims=True), 1e-12)
    return exact
