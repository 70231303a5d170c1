"""Forty real notices against what was read in them by eye; only where those documents are at hand."""

import csv
from pathlib import Path

import pytest

from knowledge.policy import Metadata, read_metadata

ROWS = tuple(csv.DictReader((Path(__file__).parent / "facts" / "policies_dev.csv").read_text("utf-8").splitlines()))
FIELDS = ("doc_number", "published_on", "issuer", "region", "effective_from", "effective_to")
DOCUMENTS = Path("eval") / "policies_dev" / "documents"


def said(row: dict[str, str]) -> dict[str, str]:
    """A name so long that it would be a sentence of the document stands in two parts."""
    return {field: row[field].replace("|", "") for field in FIELDS}


def metadata_of(shared_dir: Path, name: str) -> Metadata:
    lines = (shared_dir / DOCUMENTS / f"{name}.txt").read_text("utf-8").splitlines()
    return read_metadata(lines, None, name)


def printed(found: Metadata) -> dict[str, str]:
    return {field: str(getattr(found, field) or "") for field in FIELDS}


def test_the_sample_is_large_and_varied_enough_to_judge_by() -> None:
    assert len(ROWS) == 40
    assert sum(bool(row["doc_number"]) for row in ROWS) >= 15
    assert sum(bool(row["published_on"]) for row in ROWS) >= 30
    assert sum(not row["doc_number"] and not row["published_on"] for row in ROWS) >= 5


@pytest.mark.parametrize("row", ROWS, ids=[row["id"][:8] for row in ROWS])
def test_a_real_notice_says_of_itself_what_was_read_by_eye(shared_dir: Path, row: dict[str, str]) -> None:
    assert printed(metadata_of(shared_dir, row["id"])) == said(row)


@pytest.mark.parametrize("field", ["doc_number", "published_on"])
def test_of_those_that_print_one_at_least_95_in_100_are_right_and_no_other_gets_one(
    shared_dir: Path, field: str
) -> None:
    found = [(printed(metadata_of(shared_dir, row["id"]))[field], row[field]) for row in ROWS]
    printing = [(got, right) for got, right in found if right]
    assert sum(got == right for got, right in printing) / len(printing) >= 0.95
    assert [got for got, right in found if not right and got] == []


def test_none_of_the_real_notices_repeals_another_or_is_withdrawn(shared_dir: Path) -> None:
    for source in sorted((shared_dir / DOCUMENTS).glob("*.txt")):
        found = metadata_of(shared_dir, source.stem)
        assert (found.repeals, found.status) == ((), "有效"), source.stem
