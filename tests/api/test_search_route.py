from dataclasses import replace
from typing import cast

import pytest
from fastapi.testclient import TestClient

from api.schemas_query import SearchQuery
from api.search_hits import highlights, search
from index.search import Index
from tests.api.standins import LAKE, RECORDS, SubstringIndex


def test_hits_carry_the_whole_passage_and_facets_count_them_all(shared_client: TestClient) -> None:
    reply = shared_client.get("/v1/search", params={"q": "财政预算", "limit": 1}).json()
    (hit,) = reply["hits"]
    assert hit["document_id"] in ("lake", "hill")
    assert hit["text"]
    assert hit["kind"] == "task"
    assert reply["facets"]["region"] == {"湖滨新区": 3, "云岭县": 1}
    assert reply["facets"]["kind"] == {"task": 4}
    assert reply["facets"]["unit"]["县财政局"] == 1


@pytest.mark.parametrize(
    ("query", "documents"),
    [
        ({"region": "云岭县"}, {"hill"}),
        ({"year": 2023}, {"lake"}),
        ({"status": "废止"}, {"hill"}),
        ({"unit": "县财政局"}, {"hill"}),
        ({"kind": "term"}, {"lake"}),
        ({"region": "没有的地方"}, set()),
    ],
)
def test_filters_narrow_the_hits(shared_client: TestClient, query: dict[str, str], documents: set[str]) -> None:
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
