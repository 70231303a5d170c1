from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.codec import FILES, read_records, write_records
from knowledge.errors import SnapshotCorrupt
from knowledge.model import Document, Faq, Locator, Passage, PlanTask, Records, Term

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
MAYBE = st.none() | TEXT
DAY = st.none() | st.dates(date(1949, 10, 1), date(2100, 1, 1))
PLACE = st.builds(Locator, file=TEXT, line=st.none() | st.integers(1, 9), page=st.none(), cell=MAYBE)
YEAR = st.none() | st.integers(1949, 2100)
STATUS = st.sampled_from(["有效", "废止", "失效"])
DOCUMENT = st.builds(
    Document, id=TEXT, title=TEXT, doc_number=MAYBE, issuer=MAYBE, region=TEXT, year=YEAR, published_on=DAY,
    effective_from=DAY, effective_to=DAY, status=STATUS, superseded_by=MAYBE, source_path=TEXT, sha256=TEXT,
)  # fmt: skip
TASK = st.builds(
    PlanTask, id=TEXT, document_id=TEXT, no=MAYBE, section=TEXTS, title=MAYBE, requirement=TEXT, lead=TEXTS,
    responsible=TEXTS, deadline=MAYBE, channel=MAYBE, locator=PLACE,
)  # fmt: skip
PASSAGE = st.builds(Passage, id=TEXT, document_id=TEXT, heading=TEXTS, text=TEXT, locator=PLACE)
TERM = st.builds(Term, id=TEXT, name=TEXT, aliases=TEXTS, explanation=TEXT, document_id=TEXT, locator=PLACE)
FAQ = st.builds(
    Faq,
    id=TEXT,
    questions=TEXTS,
    negative_questions=TEXTS,
    answer=TEXT,
    document_id=TEXT,
    approved_by=TEXT,
    locator=PLACE,
)
KINDS = (DOCUMENT, TASK, PASSAGE, TERM, FAQ)
RECORDS = st.tuples(*(st.lists(kind, max_size=2).map(tuple) for kind in KINDS)).map(lambda kinds: Records(*kinds))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(RECORDS)
def test_records_come_back_as_they_were_written(tmp_path: Path, records: Records) -> None:
    write_records(records, tmp_path)
    assert read_records(tmp_path) == records


def test_a_missing_file_is_a_corrupt_snapshot(tmp_path: Path) -> None:
    write_records(Records(), tmp_path)
    (tmp_path / FILES[2]).unlink()
    with pytest.raises(SnapshotCorrupt, match=FILES[2]):
        read_records(tmp_path)


@pytest.mark.parametrize("line", ["{", "[]", "1", '{"id": "x"}', '{"id": 1, "locator": 2}'])
def test_a_line_that_is_no_record_is_named(tmp_path: Path, line: str) -> None:
    write_records(Records(), tmp_path)
    (tmp_path / "terms.jsonl").write_text(f"\n{line}\n", "utf-8")
    with pytest.raises(SnapshotCorrupt, match=r"terms\.jsonl 第 2 行"):
        read_records(tmp_path)
