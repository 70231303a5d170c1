"""What a document is on a day, whatever was stored when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Document, Status
from knowledge.validity import State, in_force, state_on, successors

DAY = date(2024, 6, 1)
PLAIN = Document(
    id="rule",
    title="湖滨新区停车收费办法",
    doc_number=None,
    issuer=None,
    region="湖滨新区",
    year=2020,
    published_on=None,
    effective_from=None,
    effective_to=None,
    status="有效",
    superseded_by=None,
    source_path="rule.txt",
    sha256="0" * 64,
)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("document", "state"),
    [
        (PLAIN, "有效"),
        (replace(PLAIN, effective_from=DAY, effective_to=DAY), "有效"),
        (replace(PLAIN, published_on=DAY), "有效"),
        (replace(PLAIN, published_on=AFTER), "尚未生效"),
        (replace(PLAIN, published_on=BEFORE, effective_from=AFTER), "尚未生效"),
        (replace(PLAIN, published_on=AFTER, effective_from=BEFORE), "有效"),
        (replace(PLAIN, effective_to=BEFORE), "失效"),
        (replace(PLAIN, status="失效", effective_to=BEFORE), "失效"),
        (replace(PLAIN, status="失效"), "失效"),
        (replace(PLAIN, status="废止"), "废止"),
        (replace(PLAIN, status="废止", effective_to=BEFORE), "废止"),
        (replace(PLAIN, status="废止", effective_to=DAY), "有效"),
        (replace(PLAIN, status="废止", effective_to=AFTER), "有效"),
        (replace(PLAIN, status="废止", effective_from=AFTER), "尚未生效"),
    ],
)
def test_status_and_dates_together_decide(document: Document, state: State) -> None:
    assert state_on(document, DAY) == state
    assert in_force(document, DAY) is (state == "有效")


DAYS = st.dates(date(2000, 1, 1), date(2040, 1, 1))


@given(begins=DAYS, ends=DAYS, status=st.sampled_from(["有效", "废止", "失效"]), day=DAYS)
def test_one_with_both_dates_is_in_force_between_them_whatever_its_status(
    begins: date, ends: date, status: Status, day: date
) -> None:
    document = replace(PLAIN, effective_from=begins, effective_to=ends, status=status)
    assert in_force(document, day) is (begins <= day <= ends)


def chain(*links: tuple[str, str | None]) -> dict[str, Document]:
    return {key: replace(PLAIN, id=key, superseded_by=heir) for key, heir in links}


@pytest.mark.parametrize(
    ("links", "found"),
    [
        ((("a", None),), []),
        ((("a", "b"), ("b", "c"), ("c", None)), ["b", "c"]),
        ((("a", "湖管规〔2024〕1号"),), []),
        ((("a", "b"), ("b", "一份没有收录的文件")), ["b"]),
        ((("a", "a"),), []),
        ((("a", "b"), ("b", "a")), ["b"]),
    ],
)
def test_the_successors_follow_one_another_and_never_round(
    links: tuple[tuple[str, str | None], ...], found: list[str]
) -> None:
    documents = chain(*links)
    assert [heir.id for heir in successors(documents["a"], documents.get)] == found
