"""What the ranker looks at: how a question and a candidate entry agree, word by word and in meaning.

``FEATURES`` names the columns. Every value lies near 0..1, so that weights can be compared and read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.lexical import Places, Postings, best_possible, coverage

Matrix = npt.NDArray[np.float32]

FEATURES = (
    "cosine",
    "bigram_bm25",
    "word_bm25",
    "bigram_coverage",
    "word_coverage",
    "rare_coverage",
    "title_coverage",
    "document_cosine",
    "document_bm25",
    "document_coverage",
    "numbers",
    "doc_number",
    "place_missing",
)


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
    place_missing: Matrix


def feature_matrix(evidence: Evidence) -> Matrix:
    """Shape [candidates, len(FEATURES)]."""
    places, ends = evidence.places, evidence.places + 1
    bigram = evidence.bigram_bm25 / max(best_possible(evidence.bigrams), 1e-6)
    word = evidence.word_bm25 / max(best_possible(evidence.words), 1e-6)
    columns = {
        "cosine": evidence.cosines,
        "bigram_bm25": bigram,
        "word_bm25": word,
        "bigram_coverage": coverage(evidence.bigrams, places, ends),
        "word_coverage": coverage(evidence.words, places, ends),
        "rare_coverage": coverage(evidence.bigrams, places, ends, power=2),
        "title_coverage": coverage(evidence.titles, places, ends),
        "document_cosine": _best_of_document(evidence.cosines, evidence.document_starts),
        "document_bm25": _best_of_document(bigram, evidence.document_starts),
        "document_coverage": coverage(evidence.bigrams, evidence.document_starts, evidence.document_ends),
        "numbers": evidence.numbers,
        "doc_number": evidence.doc_number,
        "place_missing": evidence.place_missing,
    }
    return np.stack([columns[name] for name in FEATURES], axis=1).astype(np.float32)


def _best_of_document(values: Matrix, documents: Places) -> Matrix:
    """The best value among the candidates of the same document."""
    _, group = np.unique(documents, return_inverse=True)
    best = np.full(group.max(initial=-1) + 1, -np.inf, dtype=np.float32)
    np.maximum.at(best, group, values)
    return best[group]
