"""Vectors of a snapshot, kept by the hash of the text they were made from: a refresh embeds only what is new."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    first: dict[bytes, int] = {}
    for place, digest in enumerate(hashes):
        first.setdefault(digest, place)
    # One array from the start, filled in place: at 100,000 texts every further copy would be 77 MB.
    vectors = np.empty((len(texts), encoder.dims), np.float16)
    known = _take_known(first, vectors, previous, encoder)
    # By length, so that the texts of one batch need little padding.
    missing = sorted((place for digest, place in first.items() if digest not in known), key=lambda at: len(texts[at]))
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        vectors[batch] = encoder.encode_passages([texts[place] for place in batch])
        if progress:
            progress(start + len(batch), len(missing))
    again = [place for place, digest in enumerate(hashes) if first[digest] != place]
    vectors[again] = vectors[[first[hashes[place]] for place in again]]
    rows = np.frombuffer(b"".join(hashes), dtype=np.uint8).reshape(-1, _HASH_BYTES)
    return Embedded(vectors, rows, reused=len(known), computed=len(missing))


def save(embedded: Embedded, encoder: Encoder, folder: Path) -> None:
    np.save(folder / VECTORS_FILE, embedded.vectors)
    np.save(folder / HASHES_FILE, embedded.hashes)
    (folder / ENCODER_FILE).write_text(json.dumps(encoder_facts(encoder)), encoding="utf-8")


def encoder_facts(encoder: Encoder) -> dict[str, str | int]:
    return {"name": encoder.name, "revision": encoder.revision, "dims": encoder.dims}


def _take_known(
    wanted: Mapping[bytes, int], vectors: npt.NDArray[np.float16], previous: Path | None, encoder: Encoder
) -> set[bytes]:
    """Copies the vectors that the ``previous`` folder has to their places; returns the hashes of those texts."""
    if previous is None or not (previous / ENCODER_FILE).is_file():
        return set()
    if json.loads((previous / ENCODER_FILE).read_text(encoding="utf-8")) != encoder_facts(encoder):
        return set()
    stored: npt.NDArray[np.float16] = np.load(previous / VECTORS_FILE, mmap_mode="r")
    hashes: Hashes = np.load(previous / HASHES_FILE)
    rows = {digest: row for row, digest in enumerate(map(bytes, hashes)) if digest in wanted}
    vectors[[wanted[digest] for digest in rows]] = stored[list(rows.values())]
    return set(rows)


def as_float32(vectors: npt.NDArray[np.floating[Any]]) -> Vectors:
    """Back to float32 and to length 1, which float16 rounds a little off."""
    exact: Vectors = vectors.astype(np.float32)
    exact /= np.maximum(np.linalg.norm(exact, axis=1, keepdims=True), 1e-12)
    return exact
