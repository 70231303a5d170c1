import threading
from datetime import date
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from sqlalchemy import Engine

from api.accounts.staff import Actor
from api.db.engine import open_database
from api.errors import NotReady
from api.knowledge_base import Serving
from api.questions.cluster import Cluster, clusters_of
from api.questions.clusters import FRESH_S, Found, UnansweredClusters
from api.questions.handled import HandledQuestions
from api.questions.period import Period
from api.questions.unanswered import Asked
from index.encoder import Vectors
from tests.api.questions.rows import NOON, log

DAY = Period(date(2031, 5, 6), date(2031, 5, 6))
WANG = Actor("王主任", None)


def _asked(text: str, count: int = 1, people: str = "", channel: str = "web") -> Asked:
    return Asked(f"id-{text}", text, count, frozenset(people), {channel: count}, NOON)


def _at(*degrees: float) -> Vectors:
    turns = np.radians(degrees)
    return np.stack([np.cos(turns), np.sin(turns)], axis=1).astype(np.float32)


def _texts(clusters: list[Cluster]) -> list[list[str]]:
    return [[each.text for each in cluster.asked] for cluster in clusters]


def test_near_questions_come_together_around_the_most_central_one() -> None:
    asked = [_asked("左"), _asked("远"), _asked("中"), _asked("右")]
    clusters = clusters_of(asked, _at(0, 90, 15, 30))  # cos 15° is above the threshold, cos 30° below
    assert _texts(clusters)[0][0] == "中"
    assert [sorted(texts) for texts in _texts(clusters)] == [["中", "右", "左"], ["远"]]


def test_how_often_counts_and_not_in_how_many_words() -> None:
    asked = [_asked("甲一"), _asked("甲二"), _asked("乙", count=5)]
    assert _texts(clusters_of(asked, _at(0, 1, 90))) == [["乙"], ["甲一", "甲二"]]


def test_a_cluster_adds_up_its_questions() -> None:
    (cluster,) = clusters_of([_asked("甲", 2, "ab"), _asked("乙", 3, "bc", "wechat")], _at(0, 1))
    assert (cluster.count, cluster.people, cluster.channels) == (5, 3, {"web": 2, "wechat": 3})
    assert clusters_of([], _at()) == []


class Encoding:
    """An index that knows where each question lies; counts what it encodes, and waits while ``let_on`` is not set."""

    def __init__(self) -> None:
        self.facts = type("Facts", (), {"encoder_name": "made up", "encoder_revision": "1"})
        self.encoded: list[str] = []
        self.let_on = threading.Event()
        self.let_on.set()

    def query_vectors(self, texts: list[str]) -> Vectors:
        assert self.let_on.wait(10)
        self.encoded += texts
        return _at(*(90 if "停水" in text else 0 for text in texts))


class Knowledge:
    def __init__(self, index: Encoding | None) -> None:
        self.serving = Serving("s1", cast(Any, index)) if index else None


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def database(tmp_path: Path) -> Any:
    engine = open_database(f"sqlite:///{tmp_path / 'p.db'}")
    yield engine
    engine.dispose()


def _central(found: Found | None) -> list[tuple[str, int]]:
    assert found
    return [(cluster.central.text, cluster.count) for cluster in found.clusters]


def _clusters(database: Engine, index: Encoding | None, clock: Clock | None = None) -> UnansweredClusters:
    return UnansweredClusters(database, Knowledge(index), clock or Clock())


def test_clusters_are_kept_a_while_and_only_new_questions_are_encoded(database: Engine) -> None:
    index, clock = Encoding(), Clock()
    clusters = _clusters(database, index, clock)
    log(database, "图书证怎么办")
    assert _central(clusters.of(DAY)) == [("图书证怎么办", 1)]
    log(database, "停水了找谁")
    log(database, "停水了找谁")
    assert _central(clusters.of(DAY)) == [("图书证怎么办", 1)]
    clock.seconds = FRESH_S
    assert _central(clusters.of(DAY)) == [("停水了找谁", 2), ("图书证怎么办", 1)]
    assert index.encoded == ["图书证怎么办", "停水了找谁"]
    clusters.close()


def test_what_is_dealt_with_leaves_at_once_and_comes_back_when_restored(database: Engine) -> None:
    clusters = _clusters(database, Encoding())
    first, _ = log(database, "办图书证"), log(database, "图书证怎么办")
    log(database, "停水了找谁")
    assert sum(count for _, count in _central(clusters.of(DAY))) == 3
    HandledQuestions(database).dismiss(WANG, [first])
    assert sorted(_central(clusters.of(DAY))) == [("停水了找谁", 1), ("图书证怎么办", 1)]
    HandledQuestions(database).restore(WANG, [first])
    clusters.forget()
    assert sum(count for _, count in _central(clusters.of(DAY))) == 3
    clusters.close()


def test_a_page_does_not_wait_for_long_work(database: Engine) -> None:
    index = Encoding()
    index.let_on.clear()
    clusters = _clusters(database, index)
    log(database, "图书证怎么办")
    assert clusters.of(DAY, patience=0.01) is None
    assert clusters.of(DAY, patience=0.01) is None
    index.let_on.set()
    assert _central(clusters.of(DAY, patience=10)) == [("图书证怎么办", 1)]
    assert index.encoded == ["图书证怎么办"]
    clusters.close()


def test_while_newer_ones_are_worked_out_the_old_ones_are_shown(database: Engine) -> None:
    index, clock = Encoding(), Clock()
    clusters = _clusters(database, index, clock)
    log(database, "图书证怎么办")
    clusters.of(DAY)
    log(database, "停水了找谁")
    clock.seconds = FRESH_S
    index.let_on.clear()
    assert _central(clusters.of(DAY, patience=0.01)) == [("图书证怎么办", 1)]
    index.let_on.set()
    clusters.close()


def test_who_waits_when_the_service_stops_is_told(database: Engine) -> None:
    index = Encoding()
    index.let_on.clear()
    clusters = _clusters(database, index)
    for number in range(40):  # more than are encoded at a time
        log(database, f"第{number}个问题")
    assert clusters.of(DAY, patience=0.01) is None
    waiting = threading.Timer(0.05, index.let_on.set)
    waiting.start()
    clusters.close()
    assert len(index.encoded) < 40


def test_without_knowledge_questions_cannot_be_compared_but_their_absence_can_be_told(database: Engine) -> None:
    clusters = _clusters(database, None)
    assert _central(clusters.of(DAY)) == []
    clusters.forget()
    log(database, "图书证怎么办")
    with pytest.raises(NotReady):
        clusters.of(DAY, patience=10)
    clusters.close()
