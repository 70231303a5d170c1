"""What the index needs of an embedding model, whichever it is."""

from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Vectors have length 1, so that their inner product is the cosine. Two encoders with the same ``name`` and
    ``revision`` give the same vectors: stored vectors are reused on that promise."""

    @property
    def name(self) -> str: ...

    @property
    def revision(self) -> str: ...

    @property
    def dims(self) -> int: ...

    def encode_queries(self, texts: list[str]) -> Vectors:
        """Shape [texts, dims]."""
        ...

    def encode_passages(self, texts: list[str]) -> Vectors:
        """Shape [texts, dims]."""
        ...
