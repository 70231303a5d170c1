"""The table of tasks as a page, without a browser."""

import re

import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["公开财政预算", "办好领导信箱", "=SUM(A1)", "公开财政预算"]),
        ("region=湖滨新区&unit=&deadline=&q=", ["公开财政预算", "办好领导信箱", "=SUM(A1)"]),
        ("deadline=6月底前", ["公开财政预算"]),
        ("deadline=长期坚持", ["办好领导信箱"]),
        ("channel=网站", ["公开财政预算"]),
        ("lead=县财政局&exact=true", ["公开财政预算"]),
        ("without_region=湖滨新区", ["公开财政预算"]),
        ("unit=没有的单位", []),
    ],
)
def test_the_page_shows_the_tasks_that_meet_the_conditions(
    shared_client: TestClient, query: str, titles: list[str]
) -> None:
    response = shared_client.get(f"/tasks?{query}")
    assert response.status_code == 200
    assert re.findall(r'<p class="title">[^<]*　([^<]+)</p>', response.text) == titles
    assert f"共 {len(titles)} 项" in response.text


def test_the_files_hold_the_same_tasks(shared_client: TestClient) -> None:
    page = shared_client.get("/tasks?deadline=6月底前&region=湖滨新区").text
    [address] = re.findall(r'href="(v1/tasks\.csv\?[^"]+)"', page)
    rows = shared_client.get("/" + address.replace("&amp;", "&")).content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2


def test_words_from_outside_stay_text(shared_client: TestClient) -> None:
    page = shared_client.get("/tasks", params={"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [("deadline=13", "13"), ("year=abc", "year"), ("part=0", "part"), ("page=0", "page")],
)
def test_a_wrong_condition_is_named_on_the_page(shared_client: TestClient, query: str, said: str) -> None:
    response = shared_client.get(f"/tasks?{query}")
    assert response.status_code == 422
    assert said in re.sub(r"\s", "", response.text.split('role="alert">')[1].split("</p>")[0])


def test_parameters_that_others_add_to_an_address_are_passed_over(shared_client: TestClient) -> None:
    page = shared_client.get("/tasks?from=singlemessage&utm_source=card&region=湖滨新区&isappinstalled=0")
    assert page.status_code == 200
    assert "共 3 项" in page.text
    assert "singlemessage" not in page.text


def test_every_condition_applied_is_shown(shared_client: TestClient) -> None:
    conditions = shared_client.get("/tasks?document=a&document=b&channel=网站&only_channel=true").text
    assert "<li><span>文件</span>选定的2份</li>" in conditions
    assert "<li><span>公开渠道</span>只有这些</li>" in conditions
    assert "只有这些" not in shared_client.get("/tasks?only_channel=true").text


def test_a_document_out_of_force_is_said_to_be(shared_client: TestClient) -> None:
    assert re.search(r'<b class="badge badge-bad">废止</b>', shared_client.get("/tasks?region=云岭县").text)


def test_many_tasks_are_shown_in_pages(shared_client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.routes.task_page.ON_A_PAGE", 3)
    first = shared_client.get("/tasks").text
    assert "第 1 页，共 2 页" in first
    assert "page=2" in first
    assert shared_client.get("/tasks?page=2").text.count('<td class="at">') == 1


def test_the_page_forbids_scripts(shared_client: TestClient) -> None:
    response = shared_client.get("/tasks")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert not re.search(r"<script|\son\w+=|\sstyle=", response.text)
    assert shared_client.get("/static/tasks.css").status_code == 200
