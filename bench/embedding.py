"""Embedding speed of the bundled ONNX encoder beside plain sentence-transformers on torch: same weights, same texts."""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np

from bench.questions import passages, questions
from bench.torch_model import plain_torch_model
from index.encoder import load_encoder

_LEAST_S = 10.0
_QUERIES = 60


def measure_embedding(models: Path) -> dict[str, dict[str, float]]:
    ours = load_encoder("bundled", models)
    torch_model = plain_torch_model()

    def plain(texts: list[str], prompt: str) -> np.ndarray:
        return torch_model.encode(texts, prompt_name=prompt, batch_size=16, show_progress_bar=False)

    found = {
        "bundled": _speeds(ours.encode_passages, ours.encode_queries),
        "sentence-transformers on torch": _speeds(lambda t: plain(t, "document"), lambda t: plain(t, "query")),
    }
    texts = passages()[:64]
    cosines = (ours.encode_passages(texts) * plain(texts, "document")).sum(axis=1)
    found["bundled"]["least_cosine_to_torch"] = round(float(cosines.min()), 4)
    return found


def _speeds(encode: Callable[[list[str]], object], encode_query: Callable[[list[str]], object]) -> dict[str, float]:
    texts = passages()
    encode(texts[:16])
    done, started = 0, time.perf_counter()
    while time.perf_counter() - started < _LEAST_S:
        encode(texts)
        done += len(texts)
    per_second = done / (time.perf_counter() - started)
    encode_query(["预热"])
    return {
        "passages_per_second": round(per_second, 1),
        "mean_characters": round(sum(map(len, texts)) / len(texts), 1),
        "query_ms": round(median(_milliseconds(encode_query, question) for question in questions()[:_QUERIES]), 2),
    }


def _milliseconds(encode: Callable[[list[str]], object], question: str) -> float:
    before = time.perf_counter()
    encode([question])
    return (time.perf_counter() - before) * 1000
