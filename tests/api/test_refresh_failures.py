"""Refreshing when things go wrong: changed programs, damage, full disks, killed and competing processes."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from api.refresh.base import find_base
from index.errors import IndexMismatch
from knowledge.errors import RefreshBusy, SnapshotWriteFailed
from knowledge.ingest import Edits, Ingested, ingest
from knowledge.snapshot import SnapshotStore
from tests.api.town import HEADER, PLAN, Town
from tests.small_disk import small_disk

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


# --- other code, other encoder, damage ------------------------------------------------------------------------------


def test_another_encoder_builds_anew_from_the_same_sources(town: Town) -> None:
    path = town.write("a.csv", region="星河区")
    first = town.refresh(path)
    path.unlink()
    report = town.refresh(spec="another")
    assert report.outcome == "published"
    assert report.snapshot != first.snapshot
    assert [change.change for change in report.difference.documents] == ["unchanged"]


def test_originals_are_read_anew_under_their_own_name_when_the_code_has_changed(town: Town) -> None:
    path = town.write("星河区2031年便民工作分工.csv")
    town.refresh(path)
    before = town.index().records
    path.unlink()
    report = town.refresh(spec="another")
    assert report.outcome == "published"
    assert town.index().records == before


def test_a_dry_run_on_a_damaged_version_says_why_everything_is_new(town: Town) -> None:
    path = town.write("a.csv", region="星河区")
    first = town.refresh(path)
    (town.store.folder(first.snapshot or "") / "tasks.jsonl").write_text("", "utf-8")
    report = town.refresh(path, dry_run=True)
    assert [change.change for change in report.difference.documents] == ["added"]
    assert f"{first.snapshot} 已损坏" in report.note
    assert "全部算作新增" in report.note


def test_a_lost_original_does_not_lose_the_document(town: Town) -> None:
    town.refresh(town.write("a.csv", title="甲分工"))
    shutil.rmtree(town.store.home / "sources")
    town.refresh(town.write("b.csv", title="乙分工"), spec="another")
    assert town.titles() == {"甲分工", "乙分工"}


@pytest.mark.parametrize("damaged", ["tasks.jsonl", "manifest.json"])
def test_after_damage_the_next_refresh_publishes_a_sound_version_with_every_document(town: Town, damaged: str) -> None:
    town.refresh(town.write("a.csv", title="甲分工"))
    second = town.refresh(town.write("b.csv", title="乙分工"))
    with (town.store.folder(second.snapshot or "") / damaged).open("ab") as stream:
        stream.write(b"x")
    report = town.refresh(town.documents / "b.csv")
    assert report.outcome == "published"
    assert "已损坏" in report.note
    assert town.store.verify(report.snapshot or "")
    assert town.titles() == {"甲分工", "乙分工"}


def test_originals_no_version_needs_any_more_are_removed(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.store = SnapshotStore(tmp_path / "home", keep=1)
    town.refresh(town.write("a.csv", title="甲分工"))
    town.refresh(town.write("b.csv", PLAN.replace("每季度", "每个月"), title="乙分工"), only=True)
    kept = list((tmp_path / "home" / "sources").iterdir())
    assert [path.read_text("utf-8") for path in kept] == [(town.documents / "b.csv").read_text("utf-8")]


def test_a_file_that_breaks_the_reader_is_reported_and_the_others_go_on(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_on_b(path: Path, edits: Edits) -> Ingested:
        if path.name == "b.csv":
            raise IndexError("what no reader should raise")
        return ingest(path, edits)

    monkeypatch.setattr("api.refresh.reading.ingest", break_on_b)
    good, bad = town.write("a.csv", title="甲分工"), town.write("b.csv", title="乙分工")
    report = town.refresh(good, bad)
    assert report.outcome == "published"
    assert [(Path(rejection.path).name, rejection.code) for rejection in report.rejected] == [
        ("b.csv", "source_unreadable")
    ]
    assert town.titles() == {"甲分工"}


def test_an_index_that_does_not_open_is_never_published(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    before = town.refresh(town.write("a.csv", title="甲分工"))

    def refuse(*_arguments: object) -> None:
        raise IndexMismatch("索引与记录不符")

    with monkeypatch.context() as patched, pytest.raises(IndexMismatch):
        patched.setattr("index.search.Index.load", refuse)
        town.refresh(town.write("b.csv", title="乙分工"))
    assert town.store.ids() == [before.snapshot]
    assert town.titles() == {"甲分工"}


def test_a_lost_original_is_kept_again_when_its_file_is_given_again(town: Town) -> None:
    first, second = (
        town.write("a.csv", title="甲分工"),
        town.write("b.csv", PLAN.replace("每季度", "每天"), title="乙分工"),
    )
    town.refresh(first)
    shutil.rmtree(town.store.home / "sources")
    town.refresh(first, second)
    assert len(list((town.store.home / "sources").iterdir())) == 2


# --- one at a time, and all or nothing ------------------------------------------------------------------------------


def test_a_second_refresh_is_refused_while_one_runs(town: Town) -> None:
    path = town.write("a.csv", region="星河区")
    with town.store.lock(), pytest.raises(RefreshBusy):
        town.refresh(path)
    assert town.refresh(path).outcome == "published"


@pytest.mark.parametrize("step", ["write_records", "seal", "activate"])
def test_a_disk_that_fills_up_publishes_nothing_and_leaves_nothing(
    town: Town, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = town.refresh(town.write("a.csv", title="甲分工"))

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    match step:
        case "write_records":
            monkeypatch.setattr("api.refresh.run.write_records", full)
        case "seal":
            monkeypatch.setattr("knowledge.snapshot.write_manifest", full)
        case "activate":
            monkeypatch.setattr("knowledge.snapshot.os.replace", full)
    with pytest.raises(SnapshotWriteFailed, match="磁盘空间已满"):
        town.refresh(town.write("b.csv", title="乙分工"))
    assert town.store.current() == before.snapshot
    assert town.titles() == {"甲分工"}
    monkeypatch.undo()
    assert town.refresh(town.documents).outcome == "published"
    assert [entry.name for entry in town.store.root.iterdir() if entry.name.startswith((".staging", ".pointer"))] == []
    assert find_base(town.store).serves


@pytest.mark.parametrize("kilobytes", [12, 40, 100, 180, 260, 340, 420])
def test_a_disk_too_small_for_the_new_version_keeps_the_old_one(town: Town, tmp_path: Path, kilobytes: int) -> None:
    """Whatever library is writing when the room runs out, the failure is the same one."""
    row = "{0},公开事项{0},按季度在政府网站公布第{0}类便民事项的办理结果。,区发展改革局,各街道,2031年6月底前,政府网站\n"
    path = town.write("big.csv", HEADER + "".join(row.format(number) for number in range(400)), region="星河区")
    with small_disk(tmp_path / "disk", kilobytes) as home:
        town.store = SnapshotStore(home)
        with pytest.raises(SnapshotWriteFailed, match=r"没有发布任何内容.*[写满]"):
            town.refresh(path)
        assert town.store.current() is None
        assert [entry.name for entry in town.store.root.iterdir()] == [".lock"]


SLOW_REFRESH = """
import sys, time
from pathlib import Path
from api.refresh import EncoderChoice, refresh_store
from knowledge.snapshot import SnapshotStore
from tests.fake_encoder import FakeEncoder

class Slow(FakeEncoder):
    def encode_passages(self, texts):
        print("building", flush=True)
        time.sleep(60)

home, path = map(Path, sys.argv[1:])
refresh_store([path], store=SnapshotStore(home), encoder=EncoderChoice("slow", Slow), corpus=home.parent / "corpus")
"""


@pytest.mark.slow
def test_kill_9_in_mid_build_leaves_the_old_version_serving_and_the_next_refresh_clean(town: Town) -> None:
    before = town.refresh(town.write("a.csv", title="甲分工"))
    path = town.write("b.csv", PLAN.replace("每季度", "每个月"), title="乙分工")
    command = [sys.executable, "-c", SLOW_REFRESH, str(town.store.home), str(path)]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "building\n"
        with pytest.raises(RefreshBusy):
            town.refresh(path)
        process.send_signal(signal.SIGKILL)
    assert town.store.current() == before.snapshot
    assert town.titles() == {"甲分工"}
    assert town.refresh(path).outcome == "published"
    assert town.titles() == {"甲分工", "乙分工"}
    assert [entry for entry in town.store.root.iterdir() if entry.name.startswith(".staging")] == []
