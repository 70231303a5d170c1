from datetime import date

import pytest

from index.filters import Filters
from index.search import Index


def found(index: Index, filters: Filters) -> set[str]:
    return {hit.entry.record_id for hit in index.search("公开预算补贴随机办理进度", filters=filters, limit=50)}


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(), {"e1", "e2", "w1", "w2", "r1", "r2", "t1", "f1"}),
        (Filters(regions=frozenset({"西山开发区"})), {"w1", "w2", "t1", "f1"}),
        (Filters(years=frozenset({2021, 2022})), {"e1", "e2", "r1", "r2"}),
        (Filters(units=frozenset({"财政局"})), {"e1"}),
        (Filters(units=frozenset({"东湖区财政局"})), {"e1"}),
        (Filters(kinds=frozenset({"term", "faq"})), {"t1", "f1"}),
        (Filters(statuses=frozenset({"废止"})), {"w1", "w2"}),
        (Filters(statuses=frozenset({"失效"}), today=date(2024, 1, 1)), {"r1", "r2"}),
        (Filters(statuses=frozenset({"失效"}), today=date(2023, 12, 31)), set()),
        (Filters(statuses=frozenset({"尚未生效"}), today=date(2021, 12, 31)), {"r1", "r2"}),
        (Filters(statuses=frozenset({"废止", "失效"}), today=date(2024, 1, 1)), {"w1", "w2", "r1", "r2"}),
        (Filters(statuses=frozenset({"失效"}), today=date(2024, 1, 1), as_of=date(2023, 12, 31)), {"r1", "r2"}),
        (Filters(as_of=date(2024, 1, 1), kinds=frozenset({"task"})), {"e1", "e2"}),
        (Filters(documents=frozenset({"rent", "words"})), {"r1", "r2", "t1", "f1"}),
        (Filters(documents=frozenset({"gone"})), set()),
        (Filters(regions=frozenset({"东湖新城"}), kinds=frozenset({"passage"})), {"r1", "r2"}),
        (Filters(regions=frozenset({"南岭区"}), kinds=frozenset({"task"})), set()),
        (Filters(as_of=date(2022, 6, 1), kinds=frozenset({"passage"})), {"r1", "r2"}),
        (Filters(as_of=date(2021, 12, 31), kinds=frozenset({"passage"})), set()),
        (Filters(as_of=date(2024, 1, 1), kinds=frozenset({"passage"})), set()),
    ],
)
def test_filters_keep_what_they_say(index: Index, filters: Filters, ids: set[str]) -> None:
    assert found(index, filters) == ids
