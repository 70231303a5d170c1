import errno
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.errors import InvalidValue
from api.refresh.inbox import Inbox, safe_name
from knowledge.errors import SnapshotWriteFailed, SourceUnreadable
from knowledge.meta import read_side_file


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("补贴办法.docx", "补贴办法.docx"),
        ("C:\\文件\\补贴办法.docx", "补贴办法.docx"),
        ("../../etc/补贴办法.docx", "补贴办法.docx"),
        ("补贴\n办法\x00.docx", "补贴办法.docx"),
        ("~$补贴办法.docx", "补贴办法.docx"),
        (".隐藏.docx", "隐藏.docx"),
        (f"{'长' * 200}.docx", f"{'长' * 58}.docx"),
    ],
)
def test_only_the_last_part_of_a_name_is_kept(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


@pytest.mark.parametrize("name", ["", ".", "..", "没有扩展名", ".docx", "甲.meta.yaml", "目录/"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(InvalidValue, match="文件名"):
        safe_name(name)


@given(st.text(max_size=300))
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    try:
        kept = safe_name(name)
    except InvalidValue:
        return
    assert Path("inbox", kept).parent == Path("inbox")
    assert len(kept.encode()) <= 180
    assert not kept.startswith(".")


def test_an_upload_of_the_same_name_takes_the_place_of_the_first(inbox: Inbox) -> None:
    inbox.put("甲.txt", "旧".encode())
    inbox.put("甲.txt", "新".encode())
    assert [file.read_text("utf-8") for file in inbox.files()] == ["新"]


def test_what_is_said_of_an_upload_is_its_side_file(inbox: Inbox) -> None:
    path = inbox.put("甲.txt", "内容".encode())
    inbox.say(path, {"title": "甲办法", "year": "2024", "issuer": ""})
    assert read_side_file(path) == {"title": "甲办法", "year": 2024}
    with pytest.raises(SourceUnreadable, match="status"):
        inbox.say(path, {"status": "好"})
    assert read_side_file(path)["title"] == "甲办法"


def test_side_files_and_drafts_are_no_documents_and_go_with_theirs(inbox: Inbox) -> None:
    path = inbox.put("甲.txt", "内容".encode())
    inbox.say(path, {"title": "甲办法"})
    (inbox.folder / ".draft-x").write_text("半份")
    assert inbox.files() == (path,)
    assert inbox.find("甲.txt") == path
    assert inbox.find("../policydesk.db") is None
    inbox.discard(path)
    assert not (inbox.folder / "甲.meta.yaml").exists()


def test_what_was_refused_stays_to_be_put_right(inbox: Inbox) -> None:
    good, bad = inbox.put("好.txt", b"1"), inbox.put("坏.txt", b"2")
    inbox.clear(inbox.stamps(), refused={bad})
    assert inbox.files() == (bad,)
    assert not good.exists()


def test_what_was_changed_while_the_refresh_ran_stays(inbox: Inbox) -> None:
    for name in ("甲.txt", "乙.txt", "丙.txt"):
        inbox.put(name, b"1")
    taken = inbox.stamps()
    inbox.put("甲.txt", b"1")
    inbox.say(inbox.put("乙.txt", b"1"), {"title": "乙办法"})
    inbox.clear(taken, refused=())
    assert [file.name for file in inbox.files()] == ["乙.txt", "甲.txt"]


def test_an_upload_the_disk_has_no_room_for_leaves_nothing_behind(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("api.refresh.inbox.os.fsync", full)
    with pytest.raises(SnapshotWriteFailed, match="磁盘空间已满"):
        inbox.put("甲.txt", b"1")
    assert list(inbox.folder.iterdir()) == []


def test_an_upload_that_comes_while_others_are_cleared_stays(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("甲.txt", "乙.txt"):
        inbox.put(name, b"1")
    discard = inbox.discard

    def discard_while_another_comes(path: Path) -> None:
        discard(path)
        other = "乙.txt" if path.name == "甲.txt" else "甲.txt"
        inbox.put(other, b"2")
        monkeypatch.setattr(inbox, "discard", discard)

    taken = inbox.stamps()
    monkeypatch.setattr(inbox, "discard", discard_while_another_comes)
    inbox.clear(taken, refused=())
    assert [file.read_bytes() for file in inbox.files()] == [b"2"]
