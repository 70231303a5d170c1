"""The clusters of unanswered questions, worked out beside the requests being answered and kept for a short while."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

import numpy as np
from sqlalchemy import Engine

from api.db.reading import reading
from api.errors import NotReady
from api.faq.text import key_of
from api.knowledge_base import Serving
from api.questions.cluster import Cluster, by_size, clusters_of
from api.questions.period import Period
from api.questions.unanswered import Asked, handled_texts, unanswered
from index.encoder import Vectors
from knowledge.model import Document

FRESH_S = 60.0
PATIENCE_S = 3.0
"""Longest that a page waits for clusters before it says that they are being worked out: the first 5,000 questions take
about 15 seconds to encode on 2 cores."""
_BATCH = 16
"""Questions encoded at a time: an answer that needs the encoder meanwhile waits for no more."""
_PAUSE_S = 0.005
"""Between two batches: the lock of the encoder is not fair, and an answer that waits for it would lose every race."""
_VECTORS_KEPT = 10_000
_PERIODS_KEPT = 8


class Knowledge(Protocol):
    @property
    def serving(self) -> Serving | None: ...


@dataclass(frozen=True, slots=True)
class Found:
    """The biggest first; ``cut``: there are more answers than were read. ``made_at`` counts as time.monotonic does."""

    clusters: tuple[Cluster, ...]
    cut: bool
    made_at: float


class UnansweredClusters:
    """``clock`` counts seconds. Close it when the service stops."""

    def __init__(self, engine: Engine, knowledge: Knowledge, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._knowledge = knowledge
        self._clock = clock
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="clusters")
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._kept: dict[Period, Found] = {}
        self._running: dict[Period, Future[Found]] = {}
        self._vectors: dict[str, Vectors] = {}
        self._encoder: tuple[str, str] | None = None
        self._nearest = lru_cache(maxsize=512)(_nearest)

    def close(self) -> None:
        """Whoever waits for clusters is told NotReady."""
        self._closing.set()
        self._worker.shutdown(cancel_futures=True)

    def of(self, period: Period, *, patience: float = PATIENCE_S) -> Found | None:
        """Without what was dealt with since; None while they are worked out for the first time. Raises NotReady where
        nothing serves."""
        found = self._current(period, patience)
        if found is None:
            return None
        with reading(self._engine) as session:
            handled = handled_texts(session)
        left = (_without(cluster, handled) for cluster in found.clusters)
        return replace(found, clusters=tuple(by_size(filter(None, left))))

    def forget(self) -> None:
        """Questions that had left come back."""
        with self._lock:
            self._kept.clear()

    def nearest(self, cluster: Cluster) -> Document | None:
        """The document that speaks most of what is asked. Raises NotReady."""
        return self._nearest(self._serving(), cluster.central.text)

    def _current(self, period: Period, patience: float) -> Found | None:
        with self._lock:
            kept = self._kept.get(period)
            if kept and self._clock() - kept.made_at < FRESH_S:
                return kept
            work = self._running.get(period)
            if work is None:
                work = self._running[period] = self._worker.submit(self._work_out, period)
        try:
            return work.result(timeout=patience)
        except NotYet:
            return kept

    def _work_out(self, period: Period) -> Found:
        try:
            with reading(self._engine) as session:
                open_questions = unanswered(session, period)
            vectors = self._vectors_of(open_questions.asked)
            found = Found(tuple(clusters_of(open_questions.asked, vectors)), open_questions.cut, self._clock())
            with self._lock:
                self._kept[period] = found
                while len(self._kept) > _PERIODS_KEPT:
                    del self._kept[next(iter(self._kept))]
            return found
        finally:
            with self._lock:
                del self._running[period]

    def _vectors_of(self, asked: Sequence[Asked]) -> Vectors:
        """Only those not known from before are encoded. Runs in the one worker alone."""
        if not asked:
            return np.zeros((0, 1), np.float32)
        index = self._serving().index
        encoder = (index.facts.encoder_name, index.facts.encoder_revision)
        if encoder != self._encoder or len(self._vectors) > _VECTORS_KEPT:
            self._vectors, self._encoder = {}, encoder
        # By length, so that the texts of one batch need little padding.
        missing = sorted({each.text for each in asked} - self._vectors.keys(), key=len)
        for start in range(0, len(missing), _BATCH):
            if self._closing.wait(_PAUSE_S):
                raise NotReady("服务正在停止。")
            batch = missing[start : start + _BATCH]
            self._vectors.update(zip(batch, index.query_vectors(batch), strict=True))
        return np.stack([self._vectors[each.text] for each in asked])

    def _serving(self) -> Serving:
        serving = self._knowledge.serving
        if serving is None:
            raise NotReady("知识库还没有准备好，请稍后再试。")
        return serving


def _without(cluster: Cluster, handled: frozenset[str]) -> Cluster | None:
    left = tuple(each for each in cluster.asked if key_of(each.text) not in handled)
    return Cluster(left) if left else None


def _nearest(serving: Serving, question: str) -> Document | None:
    hits = serving.index.search(question, limit=1)
    return hits[0].document if hits else None
