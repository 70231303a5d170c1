"""Both retrievers over one list of entries: gathers the candidates for a question and the evidence for each."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index import embeddings
from index.dense import DenseIndex
from index.doc_numbers import find_doc_numbers, names_document
from index.encoder import Vectors
from index.entries import Entry
from index.errors import IndexMismatch
from index.features import Evidence, Matrix
from index.layout import BIGRAMS_FOLDER, DENSE_FILE, TITLES_FOLDER, WORDS_FOLDER, IndexFacts
from index.lexical import LexicalIndex, Places, Postings
from index.places import NamedPlace, is_named
from index.tokens import Segmenter, bigrams, numbers
from knowledge.model import Document

CANDIDATES = 100
"""Entries taken from each retriever."""
_CHUNKS_FOR_CANDIDATES = 3 * CANDIDATES

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Question:
    """A query cut into what each retriever looks up."""

    vector: Vectors
    bigrams: list[Postings]
    words: list[Postings]
    titles: list[Postings]
    numbers: list[Postings]
    doc_numbers: list[tuple[str, str, str]]
    places: Sequence[NamedPlace]


class Retrieval:
    """The index files of one snapshot folder, opened over its entries. Only reads."""

    def __init__(
        self,
        folder: Path,
        facts: IndexFacts,
        entries: Sequence[Entry],
        documents: dict[str, Document],
        words: Segmenter,
    ) -> None:
        self._entries = entries
        self._documents = documents
        self._segmenter = words
        size = len(entries)
        self._bigrams = LexicalIndex.load(folder / BIGRAMS_FOLDER, size)
        self._words = LexicalIndex.load(folder / WORDS_FOLDER, size)
        self._titles = LexicalIndex.load(folder / TITLES_FOLDER, size)
        self._dense = DenseIndex.load(folder / DENSE_FILE, facts.chunks, facts.dims)
        self._vectors = _open_vectors(folder, (facts.chunks + facts.negatives, facts.dims))
        self._chunk_ends = _ends(len(entry.chunks) for entry in entries)
        self._negative_ends = facts.chunks + _ends(len(entry.negatives) for entry in entries)
        self._owners = np.repeat(np.arange(size), [len(entry.chunks) for entry in entries])
        self._document_starts, self._document_ends = _document_bounds(entries)

    def ask(self, query: str, vector: Vectors, places: Sequence[NamedPlace] = ()) -> Question:
        """The query as every retriever sees it; ``vector`` is its embedding [dims], ``places`` are those it names."""
        pairs = bigrams(query)
        return Question(
            vector=vector,
            bigrams=self._bigrams.postings(pairs),
            words=self._words.postings(self._segmenter.words(query)),
            titles=self._titles.postings(pairs),
            numbers=self._bigrams.postings(sorted(numbers(query))),
            doc_numbers=find_doc_numbers(query),
            places=places,
        )

    def words(self, text: str) -> list[str]:
        """The words of ``text`` and the shorter words inside them, as the index of words cuts them."""
        return self._segmenter.words(text)

    def rarity(self, pair: str) -> float | None:
        """How rare a character pair is among the entries, 0 (in all) to 1 (in one); None where no entry holds it."""
        posting = self._bigrams.postings([pair])[0]
        size = max(len(self._entries), 2)
        return None if not len(posting.entries) else 1 - math.log(len(posting.entries)) / math.log(size)

    def holding(self, words: str) -> Iterator[Entry]:
        """The entries in whose text ``words``, of two characters at least, stand."""
        postings = self._bigrams.postings(bigrams(words))
        places = reduce(np.intersect1d, (posting.entries for posting in postings)) if postings else ()
        return (entry for entry in (self._entries[int(place)] for place in places) if words in entry.text)

    def word_rarity(self, text: str) -> list[float | None]:
        """The rarity of each word of ``text``, as for :meth:`rarity`."""
        size = max(len(self._entries), 2)
        counts = [len(posting.entries) for posting in self._words.postings(self._segmenter.words(text))]
        return [1 - math.log(count) / math.log(size) if count else None for count in counts]

    def gather(self, question: Question, allowed: Flags | None) -> Evidence:
        """The best entries of each retriever among those ``allowed``, with what speaks for each."""
        places, cosines = self._without_excluded(self._candidates(question, allowed), question.vector)
        candidates = [self._entries[place] for place in places]
        return Evidence(
            places=places,
            document_starts=self._document_starts[places],
            document_ends=self._document_ends[places],
            cosines=cosines,
            bigram_bm25=self._bigrams.bm25_at(question.bigrams, places),
            word_bm25=self._words.bm25_at(question.words, places),
            bigrams=question.bigrams,
            words=question.words,
            titles=question.titles,
            numbers=_number_hits(question.numbers, places),
            doc_number=self._doc_number_hits(question, candidates),
            place_missing=self._places_missing(question.places, candidates),
        )

    def _candidates(self, question: Question, allowed: Flags | None) -> Places:
        """All that is allowed where that is little; else the best entries of each retriever."""
        if allowed is not None:
            all_allowed = np.flatnonzero(allowed)
            if len(all_allowed) <= CANDIDATES:
                return all_allowed
        nearest, _ = self._dense.nearest(question.vector, _CHUNKS_FOR_CANDIDATES, self._allowed_chunks(allowed))
        best = (
            _best(index.bm25(postings), allowed)
            for index, postings in ((self._bigrams, question.bigrams), (self._words, question.words))
        )
        return np.unique(np.concatenate((*best, self._owners[nearest])))

    def _allowed_chunks(self, allowed: Flags | None) -> Flags | None:
        return None if allowed is None else allowed[self._owners]

    def _without_excluded(self, places: Places, vector: Vectors) -> tuple[Places, Matrix]:
        """Places and best cosines, less the entries to whose negative questions the query is nearer."""
        cosines = self._best_cosines(places, vector, self._chunk_ends)
        against = self._best_cosines(places, vector, self._negative_ends)
        kept = cosines > against
        return places[kept], cosines[kept]

    def _best_cosines(self, places: Places, vector: Vectors, ends: Places) -> Matrix:
        """The best cosine among the vectors of each entry, -1 where it has none; ``ends`` bounds them [entries + 1]."""
        best = np.full(len(places), -1, dtype=np.float32)
        counts = ends[places + 1] - ends[places]
        owners = np.repeat(np.arange(len(places)), counts)
        rows = np.arange(counts.sum()) + np.repeat(ends[places] - np.cumsum(counts) + counts, counts)
        np.maximum.at(best, owners, embeddings.as_float32(self._vectors[rows]) @ vector)
        return best

    def _places_missing(self, places: Sequence[NamedPlace], candidates: Sequence[Entry]) -> Matrix:
        """Share of the places asked about that neither the candidate nor its document names."""
        if not places:
            return np.zeros(len(candidates), np.float32)
        regions = [self._documents[entry.document_id].region for entry in candidates]
        missing = [
            sum(not is_named(place, entry.text, region) for place in places) / len(places)
            for entry, region in zip(candidates, regions, strict=True)
        ]
        return np.array(missing, dtype=np.float32)

    def _doc_number_hits(self, question: Question, candidates: Sequence[Entry]) -> Matrix:
        if not question.doc_numbers:
            return np.zeros(len(candidates), np.float32)
        named = {
            key
            for key, document in self._documents.items()
            if names_document(question.doc_numbers, document.doc_number)
        }
        return np.array([entry.document_id in named for entry in candidates], dtype=np.float32)


def _open_vectors(folder: Path, shape: tuple[int, int]) -> npt.NDArray[np.float16]:
    try:
        vectors: npt.NDArray[np.float16] = np.load(folder / embeddings.VECTORS_FILE, mmap_mode="r")
    except (OSError, ValueError) as error:
        raise IndexMismatch(f"向量文件打不开：{error}") from error
    if vectors.shape != shape:
        raise IndexMismatch(f"向量文件是 {vectors.shape}，应为 {shape}")
    return vectors


def _ends(counts: Iterable[int]) -> Places:
    return np.array([0, *accumulate(counts)], dtype=np.int64)


def _document_bounds(entries: Sequence[Entry]) -> tuple[Places, Places]:
    """First entry, and the one after the last, of the document of each entry; a document's entries stand together."""
    changes = [at for at in range(1, len(entries)) if entries[at].document_id != entries[at - 1].document_id]
    bounds = np.array([0, *changes, len(entries)], dtype=np.int64)
    lengths = np.diff(bounds)
    return np.repeat(bounds[:-1], lengths), np.repeat(bounds[1:], lengths)


def _best(scores: Matrix, allowed: Flags | None) -> Places:
    """The entries with the CANDIDATES best scores above 0."""
    if allowed is not None:
        scores = np.where(allowed, scores, np.float32(0))
    # argpartition is linear, but leaves the best in no order; none is needed.
    best = np.argpartition(-scores, CANDIDATES)[:CANDIDATES] if len(scores) > CANDIDATES else np.arange(len(scores))
    return best[scores[best] > 0]


def _number_hits(numbers: Sequence[Postings], places: Places) -> Matrix:
    """Share of the numbers asked for that stand in each candidate, 0 where none are asked for."""
    held = np.zeros(len(places), dtype=np.float32)
    for number in numbers:
        held += np.isin(places, number.entries)
    return held / np.float32(max(len(numbers), 1))
