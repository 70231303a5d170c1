"""Opens the index of a snapshot folder and answers searches: two retrievers, one ranker, one list of hits."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal, TypeVar

import numpy as np
import numpy.typing as npt

from index.encoder import Encoder, Vectors
from index.entries import Entry, entries_of
from index.errors import IndexMismatch
from index.features import FEATURES, Evidence, Matrix, feature_matrix
from index.filters import Filters, allowed_entries
from index.layout import IndexFacts, entries_hash
from index.names import Names
from index.places import NamedPlace, named_places, stem_of
from index.rank import Asked, Ranker, confidence_facts
from index.retrieval import Retrieval
from index.tokens import Segmenter, bigrams
from knowledge.codec import read_records
from knowledge.directory import Directory
from knowledge.model import Document, Passage, PlanTask, Record, Records, Term
from knowledge.repeals import settle
from knowledge.text import normalise

_OfDocument = TypeVar("_OfDocument", PlanTask, Passage)
_NO_FILTERS = Filters()
_FILTERS_REMEMBERED = 64
_QUERIES_REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found. ``score`` orders the hits of one search and says nothing across searches; ``confidence`` is the
    calibrated probability that this entry answers; ``dense`` is the best cosine of its vectors, ``lexical`` its BM25
    over bigrams, ``coverage`` the share of the question's bigrams it holds, weighted by rarity; ``features`` is all
    that the ranker saw."""

    entry: Entry
    record: Record
    document: Document
    score: float
    confidence: float
    dense: float
    lexical: float
    coverage: float
    features: Mapping[str, float]


class Index:
    """One snapshot, opened for reading. Safe to call from several threads."""

    def __init__(self, folder: Path, records: Records, encoder: Encoder, ranker: Ranker) -> None:
        self.records = records
        self.directory = Directory.from_records(records)
        self.facts = IndexFacts.read(folder)
        self._entries = entries_of(records)
        self._documents = {document.id: document for document in records.documents}
        self._tasks_of = _by_document(records.tasks)
        self._passages_of = _by_document(records.passages)
        self.plans = frozenset(self._tasks_of)
        """The ids of the documents with plan tasks; ``policies`` are all others."""
        self.policies = frozenset(self._documents) - self.plans
        groups = (records.tasks, records.passages, records.terms, records.faqs)
        self._records: dict[str, Record] = {record.id: record for group in groups for record in group}
        self._divided = _divided_names(records.terms)
        self.names = Names(records)
        segmenter = Segmenter(self.directory.jieba_words())
        _check(self.facts, self._entries, encoder, segmenter)
        self._retrieval = Retrieval(folder, self.facts, self._entries, self._documents, segmenter)
        self._ranker = ranker
        # One answer asks for the same filters several times; a pass over 100,000 entries takes longer than a search.
        self._allowed = lru_cache(_FILTERS_REMEMBERED)(self._allowed_entries)
        self._encode_queries = encoder.encode_queries
        # A question without a region is searched in each; encoding it is most of the cost of a search.
        self._vector = lru_cache(_QUERIES_REMEMBERED)(lambda query: encoder.encode_queries([query])[0])
        self._places = lru_cache(_QUERIES_REMEMBERED)(self._named_places)

    @staticmethod
    def load(folder: Path, encoder: Encoder) -> "Index":
        """Raises IndexMismatch where the files in ``folder`` do not belong together or to ``encoder``."""
        records = read_records(folder)
        # A snapshot holds what each document says of itself; whether another one repeals it is known from all of them.
        settled = replace(records, documents=settle(records.documents))
        return Index(folder, settled, encoder, Ranker.load())

    def document(self, document_id: str) -> Document:
        """Raises KeyError where there is none."""
        return self._documents[document_id]

    def record(self, record_id: str) -> Record:
        """Raises KeyError where there is none."""
        return self._records[record_id]

    def tasks_of(self, document_id: str) -> tuple[PlanTask, ...]:
        """The tasks of one document in their order; none where there is no such document."""
        return self._tasks_of.get(document_id, ())

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of one document in their order; none where there is no such document."""
        return self._passages_of.get(document_id, ())

    def has_record(self, record_id: str) -> bool:
        return record_id in self._records

    def beside(self, passage: Passage, step: Literal[-1, 1]) -> Passage | None:
        """The passage of the same document before or after; None at its ends."""
        at = self._passage_places[passage.id] + step
        beside = self.records.passages[at] if 0 <= at < len(self.records.passages) else None
        return beside if beside and beside.document_id == passage.document_id else None

    @cached_property
    def _passage_places(self) -> dict[str, int]:
        return {passage.id: at for at, passage in enumerate(self.records.passages)}

    def find_terms(self, name: str) -> Sequence[Term]:
        """The terms of that name or alias, however its marks are written; several documents may define it."""
        return self.names.terms_called(name)

    def with_marks(self, query: str) -> str:
        """``query`` with each term divided as documents print it: 双随机 一公开 for 双随机一公开."""
        for plain, divided in self._divided.items():
            if plain in query:
                query = query.replace(plain, divided)
        return query

    def words(self, text: str) -> list[str]:
        """The words of ``text`` and the shorter words inside them, cut as those of the entries are."""
        return self._retrieval.words(text)

    def knows(self, text: str) -> bool:
        """Whether every character pair of ``text`` occurs in some entry."""
        return all(self._retrieval.rarity(pair) is not None for pair in bigrams(text))

    def knows_any(self, text: str) -> bool:
        """Whether a word or a pair of letters or characters of ``text``, numbers aside, occurs in some entry."""
        tokens = (token for token in bigrams(text) if len(token) > 1 and not token[0].isdigit())
        return any(self._retrieval.rarity(token) is not None for token in tokens)

    def documents_naming(self, place: str) -> frozenset[str]:
        """The ids of documents that speak of a place, wherever it is named in them."""
        return frozenset(entry.document_id for entry in self._retrieval.holding(stem_of(place)))

    def rarity(self, pair: str) -> float:
        """How rare a character pair is here, 0 (in every entry) to 1 (in one, or in none)."""
        known = self._retrieval.rarity(pair)
        return 1.0 if known is None else known

    def rarest_known(self, text: str) -> float:
        """The rarity of the rarest word of ``text`` that occurs here at all; 0 where none does."""
        return max((rarity for rarity in self._retrieval.word_rarity(text) if rarity is not None), default=0.0)

    def search(
        self, query: str, *, filters: Filters = _NO_FILTERS, limit: int = 10, asked: Asked = "whole"
    ) -> list[Hit]:
        """The best entries for ``query``, best first; ``asked`` says how to read its agreement as a chance."""
        evidence, features = self.candidates(query, filters=filters)
        if not len(features):
            return []
        scores = self._ranker.scores(features)
        order = np.argsort(-scores, kind="stable")[:limit]
        return [self._hit(asked, evidence, features, scores, int(at)) for at in order]

    def candidates(self, query: str, *, filters: Filters = _NO_FILTERS) -> tuple[Evidence, Matrix]:
        """The candidates for ``query``, unordered, with the features [candidates, FEATURES] that the ranker sees."""
        question = self._retrieval.ask(query, self._vector(query), self._places(query))
        evidence = self._retrieval.gather(question, self._allowed(filters))
        return evidence, feature_matrix(evidence)

    def query_vectors(self, texts: list[str]) -> Vectors:
        """Shape [texts, dims]: for questions that are compared with each other. Give a few at a time: whoever asks
        meanwhile waits for them."""
        return self._encode_queries(texts)

    def entry(self, place: int) -> Entry:
        """The entry with that number among the places of ``candidates``."""
        return self._entries[place]

    def _named_places(self, query: str) -> Sequence[NamedPlace]:
        return named_places(query, self.directory)

    def _allowed_entries(self, filters: Filters) -> npt.NDArray[np.bool_] | None:
        return allowed_entries(self._entries, self._documents, filters)

    def _hit(self, asked: Asked, evidence: Evidence, features: Matrix, scores: npt.NDArray[np.float64], at: int) -> Hit:
        entry = self._entries[int(evidence.places[at])]
        named = dict(zip(FEATURES, map(float, features[at]), strict=True))
        facts = confidence_facts(asked, features, scores, evidence.document_starts, at)
        return Hit(
            entry=entry,
            record=self._records[entry.record_id],
            document=self._documents[entry.document_id],
            score=float(scores[at]),
            confidence=self._ranker.confidence(asked, facts),
            dense=float(evidence.cosines[at]),
            lexical=float(evidence.bigram_bm25[at]),
            coverage=named["bigram_coverage"],
            features=named,
        )


def _by_document(records: Iterable[_OfDocument]) -> dict[str, tuple[_OfDocument, ...]]:
    grouped: dict[str, list[_OfDocument]] = {}
    for record in records:
        grouped.setdefault(record.document_id, []).append(record)
    return {document_id: tuple(group) for document_id, group in grouped.items()}


def _divided_names(terms: Iterable[Term]) -> dict[str, str]:
    """Names of terms that have a mark inside, without it and with a blank in its place; longest first."""
    names = (normalise(name).strip("\"'“”") for term in terms for name in (term.name, *term.aliases))
    divided = {"".join(parts): " ".join(parts) for name in names if len(parts := re.findall(r"\w+", name)) > 1}
    return dict(sorted(divided.items(), key=lambda pair: -len(pair[0])))


def _check(facts: IndexFacts, entries: list[Entry], encoder: Encoder, segmenter: Segmenter) -> None:
    if facts.entries != len(entries) or facts.entries_hash != entries_hash(entries):
        raise IndexMismatch("索引与记录不是同一批，请重新刷新知识库")
    stored = (facts.encoder_name, facts.encoder_revision, facts.dims)
    if stored != (encoder.name, encoder.revision, encoder.dims):
        raise IndexMismatch(
            f"索引由向量模型 {stored} 建立，现在用的是 {(encoder.name, encoder.revision, encoder.dims)}"
        )
    if facts.dictionary_hash != segmenter.dictionary_hash:
        raise IndexMismatch("分词词典与建立索引时不同，请重新刷新知识库")
