"""The serving knowledge is exchanged without dropping a request, and never for a worse one."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from api.knowledge_base import KnowledgeBase
from index.encoder import Encoder
from index.search import Index
from knowledge.manifest import Provenance
from knowledge.snapshot import SnapshotStore

ENCODER = cast(Encoder, object())
PROVENANCE = Provenance("key", (), {}, {})


@dataclass(frozen=True)
class Book:
    """Stands in for an Index: what it finds is the text its snapshot was sealed with."""

    text: str

    def search(self) -> str:
        return self.text


def open_book(folder: Path, encoder: Encoder) -> Index:
    assert encoder is ENCODER
    text = (folder / "book.txt").read_text("utf-8")
    if text == "看不懂":
        raise TypeError("unexpected keyword 'colour'")
    return cast(Index, Book(text))


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path)


@pytest.fixture
def knowledge(store: SnapshotStore) -> KnowledgeBase:
    return KnowledgeBase(store, ENCODER, poll_seconds=0.02, open_index=open_book)


def publish(store: SnapshotStore, text: str, *, damaged: bool = False) -> str:
    with store.lock():
        with store.stage() as folder:
            (folder / "book.txt").write_text(text, "utf-8")
            snapshot_id = store.seal(folder, PROVENANCE).id
        store.activate(snapshot_id)
    if damaged:
        damage(store, snapshot_id)
    return snapshot_id


def damage(store: SnapshotStore, snapshot_id: str) -> None:
    path = store.folder(snapshot_id) / "book.txt"
    data = bytearray(path.read_bytes())
    data[0] ^= 1
    path.write_bytes(data)


def text_of(knowledge: KnowledgeBase) -> str | None:
    index = cast(Book | None, knowledge.index)
    return index.search() if index else None


def eventually(holds: Callable[[], bool], seconds: float = 5.0) -> bool:
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.01)
    return holds()


def test_without_any_snapshot_there_is_no_index_and_the_operator_is_told_what_to_do(knowledge: KnowledgeBase) -> None:
    with knowledge:
        assert knowledge.index is None
        assert knowledge.snapshot_id is None
        assert "policydesk refresh" in (knowledge.problem or "")


def test_the_current_snapshot_serves_from_the_start(store: SnapshotStore, knowledge: KnowledgeBase) -> None:
    snapshot_id = publish(store, "甲")
    with knowledge:
        assert text_of(knowledge) == "甲"
        assert knowledge.snapshot_id == snapshot_id
        assert knowledge.problem is None


def test_the_first_snapshot_is_taken_up_by_a_running_service(store: SnapshotStore, knowledge: KnowledgeBase) -> None:
    with knowledge:
        publish(store, "甲")
        assert eventually(lambda: text_of(knowledge) == "甲")
        assert knowledge.problem is None


def test_a_newly_published_snapshot_replaces_the_old_one(store: SnapshotStore, knowledge: KnowledgeBase) -> None:
    publish(store, "甲")
    with knowledge:
        newer = publish(store, "乙")
        assert eventually(lambda: text_of(knowledge) == "乙")
        assert knowledge.snapshot_id == newer


def test_a_rollback_is_taken_up_as_well(store: SnapshotStore, knowledge: KnowledgeBase) -> None:
    older = publish(store, "甲")
    publish(store, "乙")
    knowledge.look()
    with store.lock():
        store.activate(older)
    knowledge.look()
    assert text_of(knowledge) == "甲"


@pytest.mark.parametrize("kind", ["damaged", "not understood"])
def test_a_bad_new_snapshot_is_refused_and_the_old_one_serves_on(
    store: SnapshotStore, knowledge: KnowledgeBase, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    older = publish(store, "甲")
    knowledge.look()
    newer = publish(store, "看不懂" if kind == "not understood" else "乙", damaged=kind == "damaged")
    with caplog.at_level(logging.ERROR):
        knowledge.look()
    assert text_of(knowledge) == "甲"
    problem = knowledge.problem or ""
    assert newer in problem
    assert f"仍用知识版本 {older} 服务" in problem
    assert newer in caplog.text


def test_a_start_on_a_damaged_version_says_which_one_serves_instead(
    store: SnapshotStore, knowledge: KnowledgeBase
) -> None:
    activated, newest = publish(store, "甲"), publish(store, "乙")
    with store.lock():
        store.activate(activated)
    damage(store, activated)
    knowledge.look()
    assert knowledge.snapshot_id == newest
    assert activated in (knowledge.problem or "")
    assert f"现用知识版本 {newest} 服务" in (knowledge.problem or "")


def test_a_refused_snapshot_is_not_tried_again_on_every_look(store: SnapshotStore) -> None:
    opened: list[str] = []

    def note(folder: Path, encoder: Encoder) -> Index:
        opened.append(folder.name)
        return open_book(folder, encoder)

    knowledge = KnowledgeBase(store, ENCODER, open_index=note)
    publish(store, "甲")
    knowledge.look()
    refused = publish(store, "看不懂")
    for _ in range(3):
        knowledge.look()
    assert opened.count(refused) == 1


def test_the_problem_is_gone_once_a_sound_snapshot_serves(store: SnapshotStore, knowledge: KnowledgeBase) -> None:
    publish(store, "甲")
    knowledge.look()
    publish(store, "乙", damaged=True)
    knowledge.look()
    assert knowledge.problem
    publish(store, "丙")
    knowledge.look()
    assert text_of(knowledge) == "丙"
    assert knowledge.problem is None


def test_activating_the_serving_version_again_withdraws_the_problem(
    store: SnapshotStore, knowledge: KnowledgeBase
) -> None:
    older = publish(store, "甲")
    knowledge.look()
    publish(store, "乙", damaged=True)
    knowledge.look()
    with store.lock():
        store.activate(older)
    knowledge.look()
    assert text_of(knowledge) == "甲"
    assert knowledge.problem is None


def test_at_the_start_a_damaged_current_snapshot_falls_back_to_the_newest_sound_one(
    store: SnapshotStore, knowledge: KnowledgeBase
) -> None:
    publish(store, "甲")
    sound = publish(store, "乙")
    publish(store, "丙", damaged=True)
    bad = publish(store, "丁", damaged=True)
    knowledge.look()
    assert text_of(knowledge) == "乙"
    assert bad in (knowledge.problem or "")
    assert sound in (knowledge.problem or "")


def test_at_the_start_with_nothing_sound_there_is_no_index_and_a_reason(
    store: SnapshotStore, knowledge: KnowledgeBase
) -> None:
    publish(store, "甲", damaged=True)
    publish(store, "看不懂")
    knowledge.look()
    assert knowledge.index is None
    assert "打不开" in (knowledge.problem or "")
    assert "policydesk refresh" in (knowledge.problem or "")


@pytest.mark.parametrize("pointer", [b"", b"\xff\xff", b"../../tmp", "不是编号".encode()])
def test_a_garbled_pointer_changes_nothing_for_those_who_ask(
    store: SnapshotStore, knowledge: KnowledgeBase, pointer: bytes
) -> None:
    publish(store, "甲")
    knowledge.look()
    store.pointer.unlink()
    store.pointer.write_bytes(pointer)
    knowledge.look()
    assert text_of(knowledge) == "甲"
    assert "指针" in (knowledge.problem or "")


def test_a_vanished_pointer_changes_nothing_for_those_who_ask(store: SnapshotStore, knowledge: KnowledgeBase) -> None:
    publish(store, "甲")
    knowledge.look()
    store.pointer.unlink()
    knowledge.look()
    assert text_of(knowledge) == "甲"


def test_no_reader_is_dropped_and_each_pair_belongs_together_while_versions_change(
    store: SnapshotStore, knowledge: KnowledgeBase
) -> None:
    texts = {publish(store, text): text for text in "甲乙丙"}
    stop = threading.Event()
    failures: list[str] = []
    reads = [0] * 4

    def read(place: int) -> None:
        while not stop.is_set():
            serving = knowledge.serving
            if serving is None or texts[serving.snapshot_id] != cast(Book, serving.index).search():
                failures.append(repr(serving))
            reads[place] += 1
            time.sleep(0.0001)  # lets the watcher have its turn

    with knowledge:
        readers = [threading.Thread(target=read, args=(place,)) for place in range(len(reads))]
        for reader in readers:
            reader.start()
        for snapshot_id in [*texts] * 3:
            with store.lock():
                store.activate(snapshot_id)
            assert eventually(lambda wanted=snapshot_id: knowledge.snapshot_id == wanted)
        stop.set()
        for reader in readers:
            reader.join()
    assert failures == []
    assert min(reads) > 0


def test_the_watcher_outlives_a_failing_look(
    store: SnapshotStore, knowledge: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(store, "甲")
    failed = threading.Event()

    def fail() -> str:
        failed.set()
        raise MemoryError

    with knowledge:
        with monkeypatch.context() as patched:
            patched.setattr(store, "current", fail)
            publish_beside = SnapshotStore(store.home)
            publish(publish_beside, "乙")
            assert failed.wait(5)
        publish(store, "丙")
        assert eventually(lambda: text_of(knowledge) == "丙")


def test_the_watcher_ends_when_the_service_does(store: SnapshotStore, knowledge: KnowledgeBase) -> None:
    publish(store, "甲")
    with knowledge:
        assert any(thread.name == "knowledge-watcher" for thread in threading.enumerate())
    assert not any(thread.name == "knowledge-watcher" for thread in threading.enumerate())
