"""BM25 over one kind of token, kept on disk by bm25s as plain arrays and read through memory maps.

bm25s stores for every token the entries that hold it with their finished BM25 share (Lù 2024, arXiv:2407.03618).
The same lists answer which of a question's tokens an entry holds, which is what the ranker and the refusal of
unknown subjects need, so the lists are read here directly.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

from index.errors import IndexMismatch

# bm25s logs every step of a build at DEBUG and sets that level itself.
logging.getLogger("bm25s").setLevel(logging.WARNING)

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

_ABSENT = "\x00"
"""An entry without any token still needs a place; no text can hold this one."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The entries that hold one token, in rising order, the BM25 share of each, and the token's rarity."""

    entries: npt.NDArray[np.int32]
    scores: Floats
    idf: float


class LexicalIndex:
    """BM25 of one token kind over ``size`` entries."""

    def __init__(self, bm25: bm25s.BM25, size: int) -> None:
        self.size = size
        self._vocabulary: dict[str, int] = bm25.vocab_dict
        self._data: Floats = bm25.scores["data"]
        self._entries: npt.NDArray[np.int32] = bm25.scores["indices"]
        self._starts: npt.NDArray[np.int32] = bm25.scores["indptr"]

    @staticmethod
    def build(token_lists: Iterable[Sequence[str]], folder: Path) -> None:
        """Index one token list an entry and write the arrays to ``folder``."""
        vocabulary: dict[str, int] = {_ABSENT: 0}
        ids = [[vocabulary.setdefault(token, len(vocabulary)) for token in tokens] or [0] for tokens in token_lists]
        bm25 = bm25s.BM25(method="lucene", backend="numpy")
        # bm25s cannot index nothing at all.
        bm25.index((ids or [[0]], vocabulary), show_progress=False, create_empty_token=False)
        bm25.save(folder, show_progress=False)

    @staticmethod
    def load(folder: Path, size: int) -> "LexicalIndex":
        """Open the arrays in ``folder``. Raises IndexMismatch where they are not of ``size`` entries."""
        try:
            bm25 = bm25s.BM25.load(folder, mmap=True, show_progress=False)
        except (OSError, ValueError, KeyError) as error:
            raise IndexMismatch(f"词法索引打不开：{folder.name}（{error}）") from error
        stored = int(bm25.scores["num_docs"])
        if stored != max(size, 1):
            raise IndexMismatch(f"词法索引 {folder.name} 有 {stored} 条，记录有 {size} 条")
        return LexicalIndex(bm25, size)

    def postings(self, tokens: Iterable[str]) -> list[Postings]:
        """One Postings for each different token, rare and unknown ones included."""
        return [self._postings_of(token) for token in dict.fromkeys(tokens)]

    def _postings_of(self, token: str) -> Postings:
        place = self._vocabulary.get(token)
        if place is None:
            return Postings(np.zeros(0, np.int32), np.zeros(0, np.float32), _idf(0, self.size))
        start, end = int(self._starts[place]), int(self._starts[place + 1])
        return Postings(self._entries[start:end], self._data[start:end], _idf(end - start, self.size))

    def bm25(self, postings: Sequence[Postings]) -> Floats:
        """BM25 of every entry, shape [size]."""
        scores = np.zeros(self.size, dtype=np.float32)
        for posting in postings:
            scores[posting.entries] += posting.scores
        return scores

    def bm25_at(self, postings: Sequence[Postings], places: Places) -> Floats:
        """BM25 of the entries at ``places`` alone: much less work than :meth:`bm25` where they are few of many."""
        scores = np.zeros(len(places), dtype=np.float32)
        for posting in postings:
            if len(posting.entries):
                at = np.minimum(np.searchsorted(posting.entries, places), len(posting.entries) - 1)
                scores += np.where(posting.entries[at] == places, posting.scores[at], np.float32(0))
        return scores


def _idf(found: int, size: int) -> float:
    """Lucene's form, never negative."""
    return float(np.log1p((size - found + 0.5) / (found + 0.5)))


def best_possible(postings: Sequence[Postings]) -> float:
    """The BM25 that no entry can exceed for these tokens."""
    return sum(posting.idf for posting in postings)


def coverage(postings: Sequence[Postings], starts: Places, ends: Places, power: float = 1.0) -> Floats:
    """Share of the tokens, weighted by rarity to ``power``, that occur in the entries from ``starts[i]`` up to, not
    including, ``ends[i]``. One value a stretch."""
    total = sum(posting.idf**power for posting in postings)
    held = np.zeros(len(starts), dtype=np.float32)
    if total == 0:
        return held
    for posting in postings:
        present = np.searchsorted(posting.entries, starts) < np.searchsorted(posting.entries, ends)
        held[present] += posting.idf**power / total
    return held
