import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from api.refresh import RefreshReport
from api.refresh.journal import KEPT, Journal, Order


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
