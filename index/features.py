"""What the ranker looks at: how a question and a candidate entry agree, word by word and in meaning.

``FEATURES`` names the columns. Every value lies near 0..1, so that weights can be compared and read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.lexical import Places, Postings, best_possible, coverage

Matrix = npt.NDArray[np.float32]

BASE_FEATURES = (
    "cosine",
    "cosine_gap",
    "bigram_bm25",
    "word_bm25",
    "bigram_gap",
    "word_gap",
    "bigram_coverage",
    "word_coverage",
    "rare_coverage",
    "title_coverage",
    "document_coverage",
    "document_rare_coverage",
    "document_cosine_gap",
    "document_bigram_gap",
    "numbers",
    "doc_number",
    "is_task",
    "is_term",
    "is_faq",
)
WEIGHED = ("cosine_gap", "bigram_gap", "word_gap", "document_cosine_gap", "document_bigram_gap", "rare_coverage")
"""Features whose worth depends on how strong the lexical evidence is; each has a second column times that strength."""
FEATURES = BASE_FEATURES + tuple(f"{name}*strength" for name in WEIGHED)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the retrievers say of the candidates of one question. Arrays are [candidates]; ``document_starts`` and
    ``document_ends`` bound the entries of each candidate's document; ``places`` are entry numbers."""

    places: Places
    document_starts: Places
    document_ends: Places
    cosines: Matrix
    bigram_bm25: Matrix
    word_bm25: Matrix
    bigrams: Sequence[Postings]
    words: Sequence[Postings]
    titles: Sequence[Postings]
    numbers: Matrix
    doc_number: Matrix
    kinds: Sequence[str]


def feature_matrix(evidence: Evidence) -> Matrix:
    """Shape [candidates, len(FEATURES)]."""
    places, ends = evidence.places, evidence.places + 1
    documents = (evidence.document_starts, evidence.document_ends)
    bigram = evidence.bigram_bm25 / max(best_possible(evidence.bigrams), 1e-6)
    word = evidence.word_bm25 / max(best_possible(evidence.words), 1e-6)
    rare = coverage(evidence.bigrams, places, ends, power=2)
    kinds = np.array(evidence.kinds)
    columns = {
        "cosine": evidence.cosines,
        "cosine_gap": _gap(evidence.cosines),
        "bigram_bm25": bigram,
        "word_bm25": word,
        "bigram_gap": _gap(bigram),
        "word_gap": _gap(word),
        "bigram_coverage": coverage(evidence.bigrams, places, ends),
        "word_coverage": coverage(evidence.words, places, ends),
        "rare_coverage": rare,
        "title_coverage": coverage(evidence.titles, places, ends),
        "document_coverage": coverage(evidence.bigrams, *documents),
        "document_rare_coverage": coverage(evidence.bigrams, *documents, power=2),
        "document_cosine_gap": _gap(_best_of_document(evidence.cosines, evidence.document_starts)),
        "document_bigram_gap": _gap(_best_of_document(bigram, evidence.document_starts)),
        "numbers": evidence.numbers,
        "doc_number": evidence.doc_number,
        "is_task": kinds == "task",
        "is_term": kinds == "term",
        "is_faq": kinds == "faq",
    }
    strength = rare.max(initial=0.0)
    weighed = [columns[name] * strength for name in WEIGHED]
    return np.stack([*columns.values(), *weighed], axis=1).astype(np.float32)


def _gap(values: Matrix) -> Matrix:
    """Distance to the best candidate, 0 or below."""
    return values - values.max(initial=-np.inf) if len(values) else values


def _best_of_document(values: Matrix, documents: Places) -> Matrix:
    """The best value among the candidates of the same document."""
    _, group = np.unique(documents, return_inverse=True)
    best = np.full(group.max(initial=-1) + 1, -np.inf, dtype=np.float32)
    np.maximum.at(best, group, values)
    return best[group]
