from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest
from fastapi.testclient import TestClient

from api.schemas import SupersededBy
from api.schemas_query import SearchHit, SearchQuery
from api.search_hits import Facets, highlights, search
from index.search import Index
from knowledge.model import Document, Records
from tests.api.standins import LAKE, RECORDS, SubstringIndex


def test_hits_carry_the_whole_passage_and_facets_count_them_all(shared_client: TestClient) -> None:
    reply = shared_client.get("/v1/search", params={"q": "财政预算", "limit": 1}).json()
    (hit,) = reply["hits"]
    assert hit["document_id"] in ("lake", "hill")
    assert hit["text"]
    assert hit["kind"] == "task"
    assert reply["facets"]["region"] == {"湖滨新区": 3, "云岭县": 1}
    assert reply["facets"]["kind"] == {"task": 4}
    assert reply["facets"]["status"] == {"有效": 3, "废止": 1}
    assert reply["facets"]["unit"]["县财政局"] == 1


@pytest.mark.parametrize(
    ("query", "documents"),
    [
        ({"region": "云岭县"}, {"hill"}),
        ({"year": 2023}, {"lake"}),
        ({"status": "废止"}, {"hill"}),
        ({"status": "有效"}, {"lake"}),
        ({"status": ["有效", "废止"]}, {"lake", "hill"}),
        ({"status": "尚未生效"}, set()),
        ({"as_of": "2024-01-01"}, {"lake"}),
        ({"unit": "县财政局"}, {"hill"}),
        ({"kind": "term"}, {"lake"}),
        ({"region": "没有的地方"}, set()),
    ],
)
def test_filters_narrow_the_hits(shared_client: TestClient, query: dict[str, Any], documents: set[str]) -> None:
    hits = shared_client.get("/v1/search", params={"q": "公开财政预算", **query}).json()["hits"]
    assert {hit["document_id"] for hit in hits} == documents


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("财政预算谁管", "公开财政预算和决算", ["财政预算"]),
        ("預算 信息", "信息与预算", ["预算", "信息"]),
        ("OA系统", "oa系统和Oa系统", ["oa系统"]),
        ("天气", "公开财政预算", []),
        ("公", "公开", []),
    ],
)
def test_highlights_stand_in_the_text(query: str, text: str, found: list[str]) -> None:
    assert highlights(query, text) == found
    assert all(word in text for word in found)


@pytest.mark.parametrize(("kept", "shown"), [("/srv/files/湖滨.csv", "湖滨.csv"), ("分册/湖滨.csv", "分册/湖滨.csv")])
def test_a_hit_never_says_where_a_file_lies_on_the_server(kept: str, shown: str) -> None:
    lake = replace(LAKE, source_path=kept)
    index = cast(Index, SubstringIndex(replace(RECORDS, documents=(lake, *RECORDS.documents[1:]))))
    hits, _facets = search(index, SearchQuery(q="领导信箱", region=["湖滨新区"]))
    assert {hit.source_path for hit in hits} == {shown}


TODAY = date(2024, 5, 1)
OLD = replace(LAKE, id="old", title="湖滨新区信箱办法", status="废止", effective_from=date(2020, 1, 1),
              effective_to=date(2023, 12, 31), superseded_by="new")  # fmt: skip
NEW = replace(LAKE, id="new", title="湖滨新区来信办理办法", doc_number="湖管规〔2024〕1号",
              effective_from=date(2024, 1, 1), effective_to=date(2024, 12, 31))  # fmt: skip
LETTERS = next(task for task in RECORDS.tasks if task.title == "办好领导信箱")


def of_both_rules(query: SearchQuery, today: date = TODAY, *, old: Document = OLD) -> tuple[list[SearchHit], Facets]:
    tasks = (replace(LETTERS, id="old:1", document_id="old"), replace(LETTERS, id="new:1", document_id="new"))
    index = cast(Index, SubstringIndex(Records(documents=(old, NEW), tasks=tasks)))
    return search(index, query, today=lambda: today)


@pytest.mark.parametrize(
    ("today", "old", "new"),
    [
        (date(2023, 12, 31), "有效", "尚未生效"),
        (date(2024, 1, 1), "废止", "有效"),
        (date(2024, 12, 31), "废止", "有效"),
        (date(2025, 1, 1), "废止", "失效"),
    ],
)
def test_each_hit_says_what_its_document_is_today(today: date, old: str, new: str) -> None:
    hits, facets = of_both_rules(SearchQuery(q="领导信箱"), today)
    assert {hit.document_id: hit.status for hit in hits} == {"old": old, "new": new}
    assert facets["status"] == {old: 1, new: 1}


def test_a_hit_carries_its_dates_and_what_took_its_place() -> None:
    hits, _ = of_both_rules(SearchQuery(q="领导信箱"))
    old, new = sorted(hits, key=lambda hit: hit.document_id != "old")
    assert (old.effective_from, old.effective_to) == (date(2020, 1, 1), date(2023, 12, 31))
    assert old.superseded_by == SupersededBy(document_id="new", title=NEW.title, doc_number="湖管规〔2024〕1号")
    assert new.superseded_by is None


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ("湖管规〔2024〕7号", SupersededBy(title="湖管规〔2024〕7号")),
        ("湖滨新区来信规定", SupersededBy(title="湖滨新区来信规定")),
        ("4f9c0a7d", None),
        (None, None),
    ],
)
def test_a_successor_that_is_not_served_is_told_by_what_is_known_of_it(
    known: str | None, told: SupersededBy | None
) -> None:
    hits, _ = of_both_rules(SearchQuery(q="领导信箱", status=["废止"]), old=replace(OLD, superseded_by=known))
    assert [hit.superseded_by for hit in hits] == [told]


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"status": ["有效"]}, {"new"}),
        ({"as_of": date(2023, 6, 1)}, {"old"}),
        ({"as_of": date(2023, 6, 1), "status": ["废止"]}, {"old"}),
        ({"as_of": date(2023, 6, 1), "status": ["有效"]}, set()),
        ({"as_of": date(2026, 1, 1)}, set()),
        ({}, {"old", "new"}),
    ],
)
def test_status_is_that_of_today_and_as_of_any_other_day(facts: dict[str, Any], found: set[str]) -> None:
    hits, _ = of_both_rules(SearchQuery(q="领导信箱", **facts))
    assert {hit.document_id for hit in hits} == found
