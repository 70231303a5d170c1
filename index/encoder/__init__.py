"""Embedding models: texts in, vectors of length 1 out."""

from pathlib import Path

from index.encoder.interface import Encoder, Vectors

__all__ = ["Encoder", "Vectors", "load_encoder"]


def load_encoder(spec: str, models_dir: Path) -> Encoder:
    """``spec`` is ``bundled``, or the name or path of a sentence-transformers model. Raises EncoderBroken."""
    # torch takes seconds and 300 MB to import; whatever needs only the types above is spared both.
    from index.encoder.loading import open_encoder

    return open_encoder(spec, models_dir)
