"""Opens the embedding model that the settings name: the bundled one, or any sentence-transformers model."""

import hashlib
import threading
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

from index.encoder import bundled
from index.encoder.interface import Vectors
from index.errors import EncoderBroken

BUNDLED = "bundled"
_BATCH = 16
"""Texts in one run. On 2 cores larger batches are no faster and hold more memory."""


class SentenceEncoder:
    """An Encoder over a SentenceTransformer. Safe to call from several threads."""

    def __init__(self, model: SentenceTransformer, name: str, revision: str) -> None:
        self.name = name
        self.revision = revision
        self._model = model
        # A tokenizer keeps its truncation in the object, and models are not promised to be thread safe.
        self._lock = threading.Lock()
        self.dims = self.encode_queries(["政务公开"]).shape[1]

    def encode_queries(self, texts: list[str]) -> Vectors:
        return self._encode(texts, "query")

    def encode_passages(self, texts: list[str]) -> Vectors:
        return self._encode(texts, "document")

    def _encode(self, texts: list[str], prompt: str) -> Vectors:
        if not texts:
            return np.zeros((0, self.dims), dtype=np.float32)
        with self._lock:
            vectors = self._model.encode(
                texts,
                prompt_name=prompt,
                batch_size=_BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, dtype=np.float32)


def open_encoder(spec: str, models_dir: Path) -> SentenceEncoder:
    """``spec`` is ``bundled``, or the name or path of a sentence-transformers model. Raises EncoderBroken."""
    if spec == BUNDLED:
        return SentenceEncoder(bundled.load_bundled(models_dir), bundled.NAME, bundled.REVISION)
    try:
        model = SentenceTransformer(spec, device="cpu")
    except Exception as error:  # a missing name raises OSError, ValueError or the hub client's own types
        raise EncoderBroken(f"向量模型“{spec}”打不开：{error}") from error
    return SentenceEncoder(model, spec, _fingerprint(model))


def _fingerprint(model: SentenceTransformer) -> str:
    """Tells two states of the same name apart: a folder can be trained further under the same path."""
    digest = hashlib.sha256(repr(sorted(model.prompts.items())).encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().float().cpu().numpy().tobytes())
    return digest.hexdigest()[:16]
