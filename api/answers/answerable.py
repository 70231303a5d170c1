"""Whether the served knowledge holds the matter asked about at all.

The ranker's own confidence falls when two records of one plan answer alike, which is no reason to refuse; here only the
agreement between question and first hit counts, not its lead. Weights are learned by ``scripts/train_answerable.py``.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.search import Hit

ANSWERABLE_FILE = Path(__file__).with_name("answerable.json")
ANSWERABLE_FEATURES = (
    "cosine",
    "bigram_coverage",
    "word_coverage",
    "rare_coverage",
    "bigram_bm25",
    "document_coverage",
    "is_task",
)
"""A part of :data:`index.features.FEATURES`, all between 0 and 1, and whether the record is a plan task: one is short,
so that fewer of a question's words can stand in one."""


def facts_of(hit: Hit) -> dict[str, float]:
    """The ANSWERABLE_FEATURES of a hit."""
    return {**hit.features, "is_task": float(hit.entry.kind == "task")}


@dataclass(frozen=True, slots=True)
class Answerable:
    """A logistic regression over :data:`ANSWERABLE_FEATURES`."""

    weights: Mapping[str, float]
    bias: float

    def probability(self, hit: Hit) -> float:
        """Chance, 0 to 1, that the record hit answers the question."""
        facts = facts_of(hit)
        total = self.bias + sum(weight * facts[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-total))


@lru_cache(maxsize=1)
def load_answerable(path: Path = ANSWERABLE_FILE) -> Answerable:
    """Raises ValueError where the file was learned for other features."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    if tuple(stored["weights"]) != ANSWERABLE_FEATURES:
        raise ValueError(f"{path.name} 与当前的特征不符，请运行 make train-ranker")
    return Answerable(stored["weights"], float(stored["bias"]))
