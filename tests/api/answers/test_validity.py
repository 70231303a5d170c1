"""Which documents count on a day, and how an answer from one that does not count says so."""

from dataclasses import replace
from datetime import date

import pytest

from api.answers.validity import caution, in_force
from knowledge.model import Document
from tests.api.answers.base import DOCUMENTS

DAY = date(2024, 6, 1)
PLAIN: Document = replace(DOCUMENTS[0], status="有效", effective_from=None, effective_to=None)


@pytest.mark.parametrize(
    ("document", "counts", "said"),
    [
        (PLAIN, True, ""),
        (replace(PLAIN, effective_from=DAY, effective_to=DAY), True, ""),
        (replace(PLAIN, effective_from=date(2024, 7, 1)), False, "自2024年7月1日起施行，目前还没有生效"),
        (replace(PLAIN, effective_to=date(2023, 12, 31)), False, "已于2023年12月31日失效"),
        (replace(PLAIN, status="废止"), False, "已废止"),
        (replace(PLAIN, status="废止", effective_to=date(2023, 5, 1)), False, "已于2023年5月1日废止"),
        (replace(PLAIN, status="失效"), False, "已失效"),
    ],
)
def test_state_and_dates_decide_and_are_said(document: Document, counts: bool, said: str) -> None:
    assert in_force(document, DAY) is counts
    sentence = caution(document, DAY, None)
    assert said in sentence
    assert bool(sentence) is not counts


def test_the_successor_is_named() -> None:
    successor = replace(PLAIN, id="new", title="新办法")
    assert "现行的是《新办法》" in caution(replace(PLAIN, status="废止"), DAY, successor)
