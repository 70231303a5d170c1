from pathlib import Path

import pytest

from api.serve.fingerprint import fingerprint, read_stamp, write_stamp


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "bot"
    (root / "data").mkdir(parents=True)
    (root / "data" / "rules.yml").write_text("rules: []")
    (root / "actions.py").write_text("pass")
    return root


def test_the_same_files_have_the_same_fingerprint_whenever_they_were_written(folder: Path) -> None:
    before = fingerprint([folder])
    (folder / "actions.py").write_text("pass")
    assert fingerprint([folder]) == before


def test_compiled_files_do_not_count(folder: Path) -> None:
    before = fingerprint([folder])
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "actions.pyc").write_bytes(b"\0")
    assert fingerprint([folder]) == before


@pytest.mark.parametrize("change", ["content", "name", "new file", "fact"])
def test_every_change_shows(folder: Path, change: str) -> None:
    before = fingerprint([folder], "bundled")
    if change == "content":
        (folder / "actions.py").write_text("pass  # changed")
    elif change == "name":
        (folder / "actions.py").rename(folder / "answers.py")
    elif change == "new file":
        (folder / "data" / "nlu.yml").touch()
    assert fingerprint([folder], "other" if change == "fact" else "bundled") != before


def test_a_stamp_reads_back(tmp_path: Path) -> None:
    write_stamp(tmp_path / "deep" / "stamp.json", {"model": "a.tar.gz"})
    assert read_stamp(tmp_path / "deep" / "stamp.json") == {"model": "a.tar.gz"}
    assert list((tmp_path / "deep").iterdir()) == [tmp_path / "deep" / "stamp.json"]


@pytest.mark.parametrize("content", [None, "", "{", "[1]", "\x00"])
def test_a_missing_or_garbled_stamp_means_build_again(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "stamp.json"
    if content is not None:
        path.write_text(content)
    assert read_stamp(path) == {}
