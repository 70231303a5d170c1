"""The real index is exchanged, and its old files pruned, while many threads search it."""

import threading
from pathlib import Path

import pytest

from api.knowledge_base import KnowledgeBase
from knowledge.snapshot import SnapshotStore
from tests.api.town import PLAN, Town
from tests.fake_encoder import FakeEncoder

THREADS = 4
VERSIONS = 6


def search_until(stop: threading.Event, knowledge: KnowledgeBase, counts: list[int], failures: list[Exception]) -> None:
    while not stop.is_set():
        try:
            index = knowledge.index
            assert index is not None
            assert index.search("停车收费标准")[0].document.region == "星河区"
            counts.append(1)
        except Exception as error:  # noqa: BLE001  whatever a search dies of is what this test is about
            failures.append(error)
            return


@pytest.mark.slow
def test_no_search_fails_while_versions_are_published_swapped_and_pruned(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.store = SnapshotStore(tmp_path / "home", keep=1)
    town.refresh(town.write("plan.csv", region="星河区"))
    stop, counts, failures = threading.Event(), list[int](), list[Exception]()
    with KnowledgeBase(town.store, FakeEncoder(), poll_seconds=0.05) as knowledge:
        arguments = (stop, knowledge, counts, failures)
        readers = [threading.Thread(target=search_until, args=arguments) for _ in range(THREADS)]
        for reader in readers:
            reader.start()
        for version in range(VERSIONS):
            path = town.write("plan.csv", PLAN.replace("每季度", f"每{version + 2}个月"), region="星河区")
            published = town.refresh(path).snapshot
            knowledge.look()
            assert knowledge.snapshot_id == published
        stop.set()
        for reader in readers:
            reader.join()
    assert failures == []
    assert len(counts) > THREADS
    assert len(town.store.ids()) == 1
