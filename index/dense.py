"""The FAISS index over the vectors: exact while that is fast, coarse quantised beyond."""

from pathlib import Path
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from index.embeddings import as_float32
from index.encoder import Vectors
from index.errors import IndexMismatch

EXACT_UP_TO = 50_000
"""Vectors. Beyond, a Flat scan of 384 dimensions takes more than the 10 ms that a question has for it on 2 cores."""
_TRAINING_POINTS_PER_CELL = 40
_PROBED_SHARE = 16
"""One cell in so many is looked into."""

_BLOCK = 16_384
"""Vectors given to FAISS at a time: as float32 they are twice as large as they are kept."""

Places = npt.NDArray[np.int64]


def faiss_kind(count: int) -> str:
    """The index_factory string for ``count`` vectors."""
    if count <= EXACT_UP_TO:
        return "Flat"
    cells = 2 ** round(np.log2(4 * np.sqrt(count)))
    return f"IVF{cells},SQ8"


def build_dense(vectors: npt.NDArray[np.floating[Any]], path: Path) -> str:
    """Write the FAISS index of ``vectors`` (shape [n, dims], brought to length 1) to ``path`` and return its kind."""
    kind = faiss_kind(len(vectors))
    index = faiss.index_factory(vectors.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
    if isinstance(index, faiss.IndexIVF):
        wanted = min(len(vectors), index.nlist * _TRAINING_POINTS_PER_CELL)
        chosen = np.random.default_rng(0).choice(len(vectors), wanted, replace=False)
        index.train(as_float32(vectors[np.sort(chosen)]))
    for start in range(0, len(vectors), _BLOCK):
        index.add(as_float32(vectors[start : start + _BLOCK]))
    # Not faiss.write_index: on a full disk it raises a RuntimeError that cannot be told from any other.
    path.write_bytes(faiss.serialize_index(index).tobytes())
    return kind


class DenseIndex:
    """Nearest vectors by cosine. Only reads; safe to call from several threads."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index
        self.size: int = index.ntotal

    @staticmethod
    def load(path: Path, size: int, dims: int) -> "DenseIndex":
        """Raises IndexMismatch where the file does not hold ``size`` vectors of ``dims`` dimensions."""
        try:
            index = faiss.read_index(str(path))
        except RuntimeError as error:  # what FAISS raises for any broken file
            raise IndexMismatch(f"向量索引打不开：{path.name}（{error}）") from error
        if (index.ntotal, index.d) != (size, dims):
            raise IndexMismatch(f"向量索引是 {index.ntotal}×{index.d}，应为 {size}×{dims}")
        return DenseIndex(index)

    def nearest(
        self, query: Vectors, limit: int, allowed: npt.NDArray[np.bool_] | None = None
    ) -> tuple[Places, Vectors]:
        """Places and cosines of the vectors nearest to ``query`` [dims], best first, among those ``allowed`` [size]."""
        found = min(limit, self.size if allowed is None else int(allowed.sum()))
        if found == 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        # FAISS keeps only a bare pointer to these bits: they must live until the search is done.
        bits = None if allowed is None else np.packbits(allowed, bitorder="little")
        cosines, places = self._index.search(query.reshape(1, -1), found, params=self._parameters(bits))
        real = places[0] >= 0
        return places[0][real], cosines[0][real]

    def _parameters(self, bits: npt.NDArray[np.uint8] | None) -> faiss.SearchParameters:
        selector = None if bits is None else faiss.IDSelectorBitmap(self.size, faiss.swig_ptr(bits))
        if isinstance(self._index, faiss.IndexIVF):
            probed = max(1, self._index.nlist // _PROBED_SHARE)
            return faiss.SearchParametersIVF(sel=selector, nprobe=probed)  # type: ignore[call-arg]
        return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
