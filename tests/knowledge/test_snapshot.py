"""Snapshots stay whole: changed bytes, full disks, killed and competing writers, and the pointer between versions."""

import errno
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from knowledge.errors import RefreshBusy, SnapshotCorrupt, SnapshotError, SnapshotMissing, SnapshotWriteFailed
from knowledge.manifest import Manifest, Provenance, Source, SourceRejection
from knowledge.snapshot import SnapshotStore
from tests.small_disk import small_disk

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCE = Source(
    path="docs/plan.csv",
    sha256="ab" * 32,
    meta_text="title: 示例\n",
    document_id="d1",
    origin="own",
    rejected=(SourceRejection("第3行", "缺少任务内容"),),
)
PROVENANCE = Provenance("key-1", (SOURCE,), {"documents": 1, "tasks": 2}, {"encoder": "fake", "dims": 8})


def publish(store: SnapshotStore, text: str = "甲") -> Manifest:
    with store.lock():
        manifest = seal(store, text)
        return store.activate(manifest.id)


def seal(store: SnapshotStore, text: str = "甲") -> Manifest:
    with store.stage() as folder:
        (folder / "records.jsonl").write_text(text, "utf-8")
        (folder / "dense").mkdir()
        (folder / "dense" / "index.bin").write_bytes(bytes(range(256)))
        return store.seal(folder, PROVENANCE)


def hidden(store: SnapshotStore) -> list[str]:
    return [entry.name for entry in store.root.iterdir() if entry.name.startswith((".staging", ".pointer"))]


@pytest.fixture
def store(tmp_path: Path) -> SnapshotStore:
    return SnapshotStore(tmp_path)


def test_a_published_snapshot_is_current_and_reads_back_as_written(store: SnapshotStore) -> None:
    published = publish(store)
    assert store.current() == published.id
    assert store.verify(published.id) == published
    assert published.provenance == PROVENANCE
    assert set(published.files) == {"records.jsonl", "dense/index.bin"}
    assert published.files["dense/index.bin"].size == 256
    assert hidden(store) == []


def test_nothing_is_current_before_the_first_publication(store: SnapshotStore) -> None:
    assert store.current() is None
    assert store.ids() == []
    assert store.newest_sound() is None


@pytest.mark.parametrize("name", ["records.jsonl", "dense/index.bin", "manifest.json", "manifest.sha256"])
@pytest.mark.parametrize("damage", ["first byte", "last byte", "cut short", "longer", "gone"])
def test_any_damaged_file_is_refused_and_named(store: SnapshotStore, name: str, damage: str) -> None:
    published = publish(store)
    path = store.folder(published.id) / name
    data = bytearray(path.read_bytes())
    if damage == "first byte":
        data[0] ^= 1
    elif damage == "last byte":
        data[-1] ^= 1
    elif damage == "cut short":
        del data[-1]
    elif damage == "longer":
        data += b"\n"
    path.write_bytes(data)
    if damage == "gone":
        path.unlink()
    with pytest.raises(SnapshotCorrupt) as refusal:
        store.verify(published.id)
    assert published.id in refusal.value.message
    assert "清单" in refusal.value.message if name.startswith("manifest") else name in refusal.value.message


def test_every_single_byte_of_a_snapshot_is_guarded(store: SnapshotStore) -> None:
    published = publish(store)
    for path in (path for path in store.folder(published.id).rglob("*") if path.is_file()):
        sound = path.read_bytes()
        for position in range(len(sound)):
            changed = bytearray(sound)
            changed[position] ^= 0x20
            path.write_bytes(changed)
            with pytest.raises(SnapshotCorrupt):
                store.verify(published.id)
        path.write_bytes(sound)
    assert store.verify(published.id) == published


def test_a_damaged_version_is_not_activated_and_the_pointer_stays(store: SnapshotStore) -> None:
    older, newer = publish(store, "甲"), publish(store, "乙")
    (store.folder(older.id) / "records.jsonl").write_text("丙", "utf-8")
    with store.lock(), pytest.raises(SnapshotCorrupt):
        store.activate(older.id)
    assert store.current() == newer.id


def test_newest_sound_falls_back_over_damaged_versions_to_the_newest_that_verifies(store: SnapshotStore) -> None:
    first, second, third = (publish(store, text) for text in "甲乙丙")
    for manifest in (second, third):
        (store.folder(manifest.id) / "records.jsonl").unlink()
    assert store.newest_sound() == first


def test_newest_sound_is_the_current_version_even_when_a_newer_one_exists(store: SnapshotStore) -> None:
    older = publish(store, "甲")
    publish(store, "乙")
    with store.lock():
        store.activate(older.id)
    assert store.newest_sound() == older


@pytest.mark.parametrize("snapshot_id", ["", ".", "..", "../..", "20260101T000000000000Z", "/etc", "CURRENT", "版本一"])
def test_an_unknown_version_is_missing_and_no_path_leads_out_of_the_store(
    store: SnapshotStore, snapshot_id: str
) -> None:
    publish(store)
    with pytest.raises(SnapshotMissing) as refusal:
        store.verify(snapshot_id)
    assert f"“{snapshot_id}”" in refusal.value.message


@pytest.mark.parametrize("content", [b"", b"../../etc", b"\xff\xfe", "版本".encode(), b"2026"])
def test_a_garbled_pointer_is_said_to_be_corrupt(store: SnapshotStore, content: bytes) -> None:
    published = publish(store)
    store.pointer.write_bytes(content)
    with pytest.raises(SnapshotCorrupt, match="指针"):
        store.current()
    assert store.newest_sound() == published


def test_only_the_last_versions_stay_and_the_current_one_is_never_pruned(tmp_path: Path) -> None:
    store = SnapshotStore(tmp_path, keep=3)
    manifests = [publish(store, str(number)) for number in range(5)]
    with store.lock():
        store.activate(manifests[0].id)
        assert store.prune() == [manifests[1].id]
    assert store.ids() == [manifests[4].id, manifests[3].id, manifests[2].id, manifests[0].id]


def test_ids_follow_the_order_of_sealing_even_when_the_clock_stands_or_slips(tmp_path: Path) -> None:
    start = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
    times = iter([start, start, start, start, start - timedelta(hours=1), start - timedelta(hours=1)])
    store = SnapshotStore(tmp_path, clock=lambda: next(times))
    sealed = [publish(store).id for _ in range(3)]
    assert sealed == sorted(sealed)
    assert len(set(sealed)) == 3
    assert store.ids() == sealed[::-1]


def test_an_error_while_building_removes_the_staging_folder(store: SnapshotStore) -> None:
    published = publish(store)
    with store.lock(), pytest.raises(ZeroDivisionError), store.stage() as folder:
        (folder / "half").write_text("写了一半", "utf-8")
        raise ZeroDivisionError
    assert hidden(store) == []
    assert store.ids() == [published.id]


@pytest.mark.parametrize(
    ("code", "reason"),
    [(errno.ENOSPC, "磁盘空间已满"), (errno.EACCES, "没有写入权限"), (errno.EROFS, "只读")],
)
def test_a_failed_write_is_told_in_a_sentence(store: SnapshotStore, code: int, reason: str) -> None:
    with store.lock(), pytest.raises(SnapshotWriteFailed, match=reason), store.stage():
        raise OSError(code, os.strerror(code))
    assert hidden(store) == []


def test_a_home_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "snapshots").write_text("不是文件夹", "utf-8")
    with pytest.raises(SnapshotWriteFailed, match="无法写入知识库目录"), SnapshotStore(tmp_path).lock():
        pytest.fail("the lock must not be given")


def test_the_lock_is_refused_at_once_within_one_process_too(store: SnapshotStore) -> None:
    with store.lock(), pytest.raises(RefreshBusy), store.lock():
        pytest.fail("two writers at once")
    with store.lock():
        assert store.ids() == []


# --- other processes ------------------------------------------------------------------------------------------------

HOLDER = """
import sys, time
from pathlib import Path
from knowledge.snapshot import SnapshotStore
store = SnapshotStore(Path(sys.argv[1]))
with store.lock(), store.stage() as folder:
    (folder / "records.jsonl").write_text("写了一半", "utf-8")
    print("staged", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def writer_in_mid_build(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "staged\n"
        yield process
        process.kill()


def test_a_second_process_is_refused_at_once_while_one_writes(
    tmp_path: Path, writer_in_mid_build: subprocess.Popen[str]
) -> None:
    store = SnapshotStore(tmp_path)
    started = time.monotonic()
    with pytest.raises(RefreshBusy), store.lock():
        pytest.fail("two writers at once")
    assert time.monotonic() - started < 1
    assert writer_in_mid_build.poll() is None


def test_a_writer_killed_in_mid_build_leaves_the_current_version_and_the_next_writer_clean(tmp_path: Path) -> None:
    store = SnapshotStore(tmp_path)
    published = publish(store)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert len(hidden(store)) == 1
    assert store.verify(published.id) == published
    assert store.current() == published.id
    successor = publish(store, "乙")
    assert hidden(store) == []
    assert store.ids() == [successor.id, published.id]


FILLER = """
import resource, signal, sys
from pathlib import Path
from knowledge.errors import SnapshotWriteFailed
from knowledge.manifest import Provenance
from knowledge.snapshot import SnapshotStore
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
store = SnapshotStore(Path(sys.argv[1]))
try:
    with store.lock(), store.stage() as folder:
        (folder / "records.jsonl").write_bytes(b"x" * 8192)
        store.seal(folder, Provenance("k", (), {}, {}))
except SnapshotWriteFailed as failure:
    print(failure.message)
"""


def test_a_write_the_system_cuts_off_publishes_nothing(tmp_path: Path) -> None:
    """RLIMIT_FSIZE makes the kernel refuse the bytes, as a full disk does."""
    store = SnapshotStore(tmp_path)
    published = publish(store)
    done = subprocess.run(
        [sys.executable, "-c", FILLER, str(tmp_path)], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert "没有发布任何内容" in done.stdout
    assert store.ids() == [published.id]
    assert store.current() == published.id
    assert hidden(store) == []


@pytest.fixture
def full_soon(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 64) as folder:
        yield folder


def test_a_full_disk_publishes_nothing_and_the_old_version_serves_on(full_soon: Path) -> None:
    store = SnapshotStore(full_soon)
    published = publish(store)
    with store.lock(), pytest.raises(SnapshotWriteFailed, match="磁盘空间已满"), store.stage() as folder:
        (folder / "records.jsonl").write_bytes(b"x" * 200_000)
    assert store.verify(published.id) == published
    assert hidden(store) == []
    assert publish(store, "乙").id == store.current()


# --- the pointer as a state machine ---------------------------------------------------------------------------------


class Versions(RuleBasedStateMachine):
    """Whatever is sealed, activated, damaged or pruned in any order, the pointer names a version that was sound when
    it was activated, and the store never loses the one that serves."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.store = SnapshotStore(Path(self.folder.name), keep=2)
        self.sound: dict[str, bool] = {}
        self.current: str | None = None

    @rule()
    def seal(self) -> None:
        with self.store.lock():
            self.sound[seal(self.store).id] = True

    @precondition(lambda self: self.sound)
    @rule(data=st.data())
    def activate(self, data: st.DataObject) -> None:
        chosen = data.draw(st.sampled_from(sorted(self.sound)))
        with self.store.lock():
            try:
                self.store.activate(chosen)
            except SnapshotCorrupt:
                assert not self.sound[chosen]
            else:
                assert self.sound[chosen]
                self.current = chosen

    @precondition(lambda self: self.sound)
    @rule(data=st.data())
    def damage(self, data: st.DataObject) -> None:
        chosen = data.draw(st.sampled_from(sorted(self.sound)))
        (self.store.folder(chosen) / "records.jsonl").write_text("坏", "utf-8")
        self.sound[chosen] = False

    @rule()
    def prune(self) -> None:
        with self.store.lock():
            for removed in self.store.prune():
                del self.sound[removed]

    @rule()
    def fail_to_build(self) -> None:
        with self.store.lock(), pytest.raises(SnapshotError), self.store.stage():
            raise OSError(errno.ENOSPC, "full")

    @invariant()
    def agrees_with_the_model(self) -> None:
        assert self.store.current() == self.current
        assert self.store.ids() == sorted(self.sound, reverse=True)
        assert self.current is None or self.current in self.sound
        found = self.store.newest_sound()
        expected = [name for name in self.store.ids() if self.sound[name]]
        assert (found.id if found else None) == (
            self.current if self.current and self.sound[self.current] else next(iter(expected), None)
        )
        assert hidden(self.store) == [] if self.store.root.exists() else True

    def teardown(self) -> None:
        self.folder.cleanup()


TestVersions = Versions.TestCase
TestVersions.settings = hypothesis_settings(max_examples=20, stateful_step_count=15, deadline=None)
