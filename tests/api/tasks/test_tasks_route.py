"""The task table over HTTP: filters, paging, files."""

import csv
import io
from dataclasses import replace
from datetime import date
from typing import cast

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from api.schemas_query import TaskFilters
from api.tasks.export import to_csv
from api.tasks.table import matching_tasks
from index.search import Index
from knowledge.validity import State
from tests.api.standins import RECORDS, SubstringIndex


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["lake:1", "lake:2", "lake:3", "hill:1"]),
        ("region=湖滨新区", ["lake:1", "lake:2", "lake:3"]),
        ("region=湖滨新区&region=云岭县", ["lake:1", "lake:2", "lake:3", "hill:1"]),
        ("region=没有的地方", []),
        ("year=2021", ["hill:1"]),
        ("status=废止", ["hill:1"]),
        ("status=有效", ["lake:1", "lake:2", "lake:3"]),
        ("status=有效&status=废止", ["lake:1", "lake:2", "lake:3", "hill:1"]),
        ("as_of=2023-06-01", ["lake:1", "lake:2", "lake:3"]),
        ("unit=财政局", ["lake:1", "hill:1"]),
        ("unit=湖滨新区财政局", ["lake:1"]),
        ("lead=信访", ["lake:2"]),
        ("responsible=各部门", ["lake:1"]),
        ("responsible=财政局", []),
        ("q=財政 預算&region=云岭县", ["hill:1"]),
        ("deadline_before=2023-06-30", ["lake:1", "hill:1"]),
        ("deadline_before=2023-06-29", ["hill:1"]),
        ("deadline=6月底前", ["lake:1"]),
        ("deadline=2023年内", ["lake:1", "lake:3"]),
        ("deadline=年底前", ["lake:1", "lake:3", "hill:1"]),
        ("deadline=长期坚持", ["lake:2"]),
        ("deadline=没写时限", []),
        ("channel=网站", ["lake:1"]),
        ("channel=官网", ["lake:1"]),
        ("channel=微信", []),
        ("without_deadline=长期坚持&region=湖滨新区", ["lake:1", "lake:3"]),
        ("channel=网站&only_channel=true", ["lake:1"]),
        ("without_channel=网站&region=湖滨新区", ["lake:2", "lake:3"]),
        ("silent=responsible", ["lake:2", "lake:3", "hill:1"]),
        ("silent=channel&silent=lead", []),
        ("part=1&region=湖滨新区", ["lake:1", "lake:2", "lake:3"]),
        ("part=2", []),
        ("heading=财政", ["lake:1", "hill:1"]),
        ("document=hill", ["hill:1"]),
        ("unit=财政局&exact=true", []),
        ("unit=区财政局&exact=true", ["lake:1"]),
        ("unit=&lead=", ["lake:1", "lake:2", "lake:3", "hill:1"]),
        ("without_unit=财政局", ["lake:2", "lake:3"]),
        ("without_lead=区信访办&region=湖滨新区", ["lake:1", "lake:3"]),
        ("without_region=云岭县", ["lake:1", "lake:2", "lake:3"]),
        ("limit=1&offset=1", ["lake:2"]),
        ("offset=99", []),
    ],
)
def test_filters_hold_together(shared_client: TestClient, query: str, found: list[str]) -> None:
    response = shared_client.get(f"/v1/tasks?{query}")
    assert response.status_code == 200, response.text
    assert [item["record_id"] for item in response.json()["items"]] == found


def test_total_counts_what_paging_left_out(shared_client: TestClient) -> None:
    assert shared_client.get("/v1/tasks?limit=1").json()["total"] == 4


def test_an_item_holds_what_the_document_prints(shared_client: TestClient) -> None:
    item = shared_client.get("/v1/tasks?limit=1").json()["items"][0]
    assert item["lead"] == ["区财政局"]
    assert item["deadline"] == "6月底前"
    assert item["locator"] == {"file": "湖滨.csv", "line": 1, "page": None, "cell": None}


def test_the_csv_opens_in_excel_and_starts_no_formula(shared_client: TestClient) -> None:
    response = shared_client.get("/v1/tasks.csv?region=湖滨新区")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert "filename*=UTF-8''" in response.headers["Content-Disposition"]
    header, *rows = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert header[:3] == ["地区", "年度", "文件名称"]
    assert len(rows) == 3
    assert {"'=SUM(A1)", "'+危险的单元格", "'@单位"} <= set(rows[2])
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_the_workbook_holds_the_same_rows_as_text(shared_client: TestClient) -> None:
    sheet = load_workbook(io.BytesIO(shared_client.get("/v1/tasks.xlsx?region=湖滨新区").content)).active
    assert sheet is not None
    rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    lines = shared_client.get("/v1/tasks.csv?region=湖滨新区").content.decode("utf-8-sig")
    assert rows == list(csv.reader(io.StringIO(lines)))
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize(
    ("today", "status", "found"),
    [
        (date(2023, 12, 31), "有效", 3),
        (date(2024, 1, 1), "有效", 0),
        (date(2024, 1, 1), "失效", 3),
    ],
)
def test_a_plan_lapses_with_its_last_day(today: date, status: State, found: int) -> None:
    lake, hill = RECORDS.documents
    documents = (replace(lake, effective_to=date(2023, 12, 31)), hill)
    index = cast(Index, SubstringIndex(replace(RECORDS, documents=documents)))
    items = matching_tasks(index, TaskFilters(status=[status]), today=lambda: today)
    assert [item.status for item in items] == [status] * found
    assert [row[4] for row in csv.reader(io.StringIO(to_csv(items).decode("utf-8-sig")))][1:] == [status] * found
