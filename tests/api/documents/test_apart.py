from pathlib import Path

import pytest

from api.documents import apart
from api.documents.apart import read_blocks, read_records
from knowledge.errors import SourceEmpty, SourceTooLarge
from knowledge.ingest import ingest
from knowledge.readers import read_source
from tests.api.town import PLAN


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "分工.csv"
    path.write_text(PLAN, "utf-8")
    return path


def test_a_file_reads_the_same_in_a_process_of_its_own(ledger: Path) -> None:
    assert read_records(ledger) == ingest(ledger)
    assert read_blocks(ledger) == read_source(ledger)[0].blocks


def test_a_refusal_comes_back_as_itself(tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text(" ")
    with pytest.raises(SourceEmpty, match=r"空\.txt：") as refused:
        read_records(tmp_path / "空.txt")
    assert refused.value.code == "source_empty"


def test_a_file_that_takes_too_long_is_refused(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "LONGEST_SECONDS", 0.01)
    with pytest.raises(SourceTooLarge, match="还没有读完"):
        read_records(ledger)


def test_a_reader_that_dies_takes_only_its_own_process_with_it(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart.sys, "executable", "/bin/false")
    with pytest.raises(SourceTooLarge, match="读不下来"):
        read_records(ledger)
