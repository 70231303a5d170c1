from index.encoder.interface import Encoder, Vectors
from index.encoder.loading import BUNDLED, load_encoder

__all__ = ["BUNDLED", "Encoder", "Vectors", "load_encoder"]
