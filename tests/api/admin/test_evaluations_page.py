"""The trend over versions, and one evaluation with the questions that failed."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from api.evaluation.kept import Evaluations
from tests.api.admin.kept import publish_two
from tests.api.admin.staff import enter, services_of
from tests.api.evaluation.made_up import golden, keep_some

GONE = "20310401T083000000000Z"


def _book(client: TestClient) -> Evaluations:
    return Evaluations(services_of(client).settings.home)


def test_without_evaluations_it_says_how_they_come_about(client: TestClient) -> None:
    enter(client)
    assert "还没有评测结果" in client.get("/admin/evaluations").text


def test_each_point_leads_to_its_evaluation_and_that_to_its_version(client: TestClient) -> None:
    enter(client)
    older, newer = publish_two(services_of(client).store)
    ids = keep_some(_book(client), [GONE, older, newer])
    page = client.get("/admin/evaluations")
    points = re.findall(r'<a href="([^"#]+)#set-\d"', page.text)
    assert {str(page.url.join(href).path).rpartition("/")[2] for href in points} == set(ids)
    for href in points:
        one = client.get(str(page.url.join(href)))
        assert one.status_code == 200
        assert re.search(rf'href="\.\./\.\./admin/versions#({older}|{newer})"|（已清理）', one.text)
    assert f'id="{newer}"' in client.get("/admin/versions").text


def test_versions_stand_newest_first_and_a_version_no_longer_kept_is_no_link(client: TestClient) -> None:
    enter(client)
    older, newer = publish_two(services_of(client).store)
    keep_some(_book(client), [GONE, older, newer])
    page = client.get("/admin/evaluations").text
    places = [page.index(f">{snapshot}<") for snapshot in (newer, older, GONE)]
    assert places == sorted(places)
    assert f"versions#{GONE}" not in page
    assert "已清理，发布前检查，2031-05-01 16:30:00" in page


def test_one_evaluation_shows_figures_and_what_failed_escaped(client: TestClient) -> None:
    enter(client)
    older, newer = publish_two(services_of(client).store)
    gate, _, documents, *_ = keep_some(_book(client), [older, newer])
    page = client.get(f"/admin/evaluations/{gate}").text
    for shown in (
        "黄金题（对话题，21 题）",
        "谁牵头、谁负责",
        "应当拒答",
        "没答对的（2 道）",
        "缺少：区财政局",
        "90.5%",
    ):
        assert shown in page, shown
    assert "由区审计局牵头。&lt;b&gt;&amp;" in page
    page = client.get(f"/admin/evaluations/{documents}").text
    for shown in ("questions.jsonl（文件题", "去掉答案所在的文件后再问", "前 10 条里没有对的文件", "文件 nDCG@10"):
        assert shown in page, shown


def test_all_right_is_told(client: TestClient) -> None:
    enter(client)
    run = _book(client).keep(golden(GONE, [True] * 3), "gate", datetime(2031, 5, 1, tzinfo=UTC))
    assert "全部答对" in client.get(f"/admin/evaluations/{run}").text


def test_many_versions_are_shown_twelve_at_a_time(client: TestClient) -> None:
    enter(client)
    start = datetime(2031, 1, 1, tzinfo=UTC)
    days = [start + timedelta(days=number) for number in range(30)]
    snapshots = [f"{day:%Y%m%dT%H%M%S}000000Z" for day in days]
    for day, snapshot in zip(days, snapshots, strict=True):
        _book(client).keep(golden(snapshot, [True]), "gate", day)
    seen: list[str] = []
    path: str | None = "/admin/evaluations"
    while path:
        page = client.get(path).text
        seen += re.findall(r'class="code version">(\w+)<', page)
        older = re.search(r'href="\.\./(admin/evaluations\?until=\w+)">较早的版本', page)
        path = f"/{older[1]}" if older else None
    assert seen == snapshots[::-1]
    first = client.get(f"/admin/evaluations?until={snapshots[5]}").text
    assert f"until={snapshots[17]}" in first


@pytest.mark.parametrize("run_id", ["20310501T083000-abcd", "..", "没有", "x" * 40])
def test_an_evaluation_that_is_not_kept_is_told(client: TestClient, run_id: str) -> None:
    enter(client)
    reply = client.get(f"/admin/evaluations/{run_id}", headers={"Accept": "text/html"})
    assert reply.status_code in (200, 404)
    assert "没有编号为" in reply.text or run_id == ".."


def test_only_admins_may_look(client: TestClient) -> None:
    enter(client, "agent")
    assert client.get("/admin/evaluations").status_code == 403
    assert client.get("/admin/evaluations/20310501T083000-abcd").status_code == 403
