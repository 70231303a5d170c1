import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

import api.refresh.journal as journal_module
from api.refresh import RefreshReport
from api.refresh.jobs import RefreshJobs
from api.refresh.journal import KEPT, Journal, Order
from api.settings import Settings


def test_a_refresh_is_told_from_order_to_report(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    refresh_id = journal.open(Order("站长", ("a.docx",), dry_run=True))
    waiting = journal.entry(refresh_id)
    assert waiting
    assert (waiting.state, waiting.order) == ("waiting", Order("站长", ("a.docx",), dry_run=True))
    journal.begin(refresh_id)
    journal.tell(refresh_id, "读取文件", 1, 2)
    journal.tell(refresh_id, "读取文件", 2, 2)
    running = journal.running()
    assert running
    assert [(event.at, event.done, event.total) for event in running.events] == [(1, 1, 2), (2, 2, 2)]
    assert journal.pid(refresh_id) == os.getpid()
    journal.finish(refresh_id, RefreshReport("dry_run", None, "这是试运行"))
    ended = journal.entry(refresh_id, after=1)
    assert ended
    assert (ended.state, len(ended.events)) == ("finished", 1)
    assert ended.report is not None
    assert ended.report["note"] == "这是试运行"
    assert journal.running() is None


def test_a_refresh_whose_process_is_gone_was_killed(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    refresh_id = journal.open(Order("命令行"))
    child = (
        "from pathlib import Path\nfrom api.refresh.journal import Journal\n"
        f"Journal(Path({str(tmp_path)!r})).begin({refresh_id!r})"
    )
    subprocess.run([sys.executable, "-c", child], check=True, cwd=Path(__file__).parents[3])
    ended = journal.entry(refresh_id)
    assert ended
    assert ended.state == "killed"
    assert journal.running() is None


def test_a_refresh_that_never_began_does_not_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(tmp_path)
    journal.open(Order("命令行"))
    assert journal.running()
    monkeypatch.setattr("api.refresh.journal._LONGEST_WAIT", timedelta(0))
    assert journal.running() is None


def test_a_process_that_has_taken_over_the_number_is_not_the_refresh(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    refresh_id = journal.open(Order("命令行"))
    (tmp_path / "refreshes" / refresh_id / "pid").write_text(f"{os.getpid()} 1", "ascii")
    entry = journal.entry(refresh_id)
    assert entry
    assert entry.state == "killed"


def test_one_called_off_before_it_could_say_so_was_cancelled(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    refresh_id = journal.open(Order("命令行"))
    journal.call_off(refresh_id)
    (tmp_path / "refreshes" / refresh_id / "pid").write_text(f"{os.getpid()} 1", "ascii")
    entry = journal.entry(refresh_id)
    assert entry
    assert entry.state == "cancelled"


def test_half_an_event_is_not_read(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    refresh_id = journal.open(Order("命令行"))
    journal.tell(refresh_id, "读取文件", 1, 2)
    with (tmp_path / "refreshes" / refresh_id / "events.jsonl").open("a") as stream:
        stream.write(json.dumps(["读取", 2])[:5])
    entry = journal.entry(refresh_id)
    assert entry
    assert len(entry.events) == 1


def test_only_so_many_are_remembered_and_no_other_id_is_looked_up(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    for _ in range(KEPT + 3):
        journal.open(Order("命令行"))
    assert len(journal.ids()) == KEPT
    assert journal.entry("../../etc") is None
    assert journal.entry("20260101T000000-abcd") is None


def test_two_begun_in_one_second_have_an_entry_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["00aa", "00aa", "00bb", "00cc"])  # the seconds may differ on a slow machine, and then one is left
    monkeypatch.setattr("api.refresh.journal.secrets.token_hex", lambda _length: next(drawn))
    journal = Journal(tmp_path)
    first, second = journal.open(Order("命令行")), journal.open(Order("站长"))
    assert {first, second} == set(journal.ids())
    assert [entry.order.by for each in (first, second) if (entry := journal.entry(each))] == ["命令行", "站长"]


@pytest.mark.parametrize("name", ["order.json", "report.json", "pid"])
def test_what_a_power_cut_left_empty_hides_no_other_refresh(tmp_path: Path, name: str) -> None:
    journal = Journal(tmp_path)
    broken, sound = journal.open(Order("命令行")), journal.open(Order("站长"))
    for refresh_id in (broken, sound):
        journal.begin(refresh_id)
        journal.finish(refresh_id, RefreshReport("published", None, "已发布"))
    (tmp_path / "refreshes" / broken / name).write_bytes(b"")
    assert sound in [entry.id for entry in journal.entries()]


def test_a_process_that_ends_while_its_entry_is_read_was_not_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(tmp_path)
    refresh_id = journal.open(Order("命令行"))
    journal.begin(refresh_id)
    look = journal_module._process

    def look_and_end(folder: Path) -> int | None:
        found = look(folder)
        if not (folder / "report.json").exists():
            journal.finish(refresh_id, RefreshReport("published", None, "已发布"))
            monkeypatch.setattr(journal_module, "_process", lambda _: None)
        return found

    monkeypatch.setattr(journal_module, "_process", look_and_end)
    entry = journal.entry(refresh_id)
    assert entry
    assert entry.state in ("running", "finished")


def test_cancelling_what_ends_at_that_very_moment_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = RefreshJobs(Settings(home=tmp_path))
    refresh_id = jobs.journal.open(Order("站长"))
    jobs.journal.begin(refresh_id)

    def gone(_pid: int, _signal: int) -> None:
        raise ProcessLookupError

    monkeypatch.setattr("api.refresh.jobs.os.kill", gone)
    assert jobs.cancel(refresh_id)
