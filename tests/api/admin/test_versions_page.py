"""Looking at the kept versions and going back to one, on the page and over /v1."""

import re

import pytest
from fastapi.testclient import TestClient

from tests.api.admin.kept import damage, publish_two
from tests.api.admin.staff import enter, services_of
from tests.api.standins import FixedKnowledge


def test_versions_are_listed_with_what_is_in_them(client: TestClient) -> None:
    enter(client)
    assert "还没有知识版本" in client.get("/admin/versions").text
    older, newer = publish_two(services_of(client).store)
    rows = re.findall(r"<tr>(.*?)</tr>", client.get("/admin/versions").text, re.DOTALL)[1:]
    assert [newer in rows[0], older in rows[1]] == [True, True]
    for shown in ("2031-05-01 16:30:", "12,040", "当前"):
        assert shown in rows[0]
    assert "/activate" not in rows[0]
    assert f'href="../admin/versions/{older}/activate"' in rows[1]


def test_going_back_asks_first_and_says_what_will_differ(client: TestClient) -> None:
    token = enter(client, "admin", "王主任")
    store = services_of(client).store
    older, newer = publish_two(store)
    question = client.get(f"/admin/versions/{older}/activate").text
    assert "切换到这一版？" in question
    assert "（-36）" in question
    assert store.current() == newer
    page = client.post(f"/admin/versions/{older}/activate", data={"csrf": token})
    assert f"已切换到知识版本 {older}" in page.text
    assert store.current() == older
    (row, *_) = services_of(client).audit.page()
    assert (row.account, row.action, row.subject, row.details) == (
        "王主任",
        "version_activated",
        older,
        {"before": newer},
    )


def test_a_damaged_version_is_marked_and_cannot_be_switched_to(client: TestClient) -> None:
    token = enter(client)
    store = services_of(client).store
    older, newer = publish_two(store)
    assert "已损坏" not in client.get("/admin/versions").text
    damage(store, older)
    page = client.get("/admin/versions").text
    assert page.count("已损坏") == 1
    assert "tasks.jsonl 缺失或被改动过" in page
    assert f"{older}/activate" not in page
    assert "不能切换到它" in client.get(f"/admin/versions/{older}/activate").text
    refused = client.post(f"/admin/versions/{older}/activate", data={"csrf": token})
    assert refused.status_code == 503
    assert "没有切换，仍用原来的版本" in refused.text
    assert store.current() == newer


def test_during_a_refresh_one_is_asked_to_wait(client: TestClient) -> None:
    token = enter(client)
    store = services_of(client).store
    older, newer = publish_two(store)
    with store.lock():
        page = client.post(f"/admin/versions/{older}/activate", data={"csrf": token})
        assert page.status_code == 409
        assert "另一个更新正在进行" in page.text
        reply = client.post(f"/v1/kb/versions/{older}/activate", headers={"X-CSRF-Token": token})
        assert (reply.status_code, reply.json()["error"]["code"]) == (409, "refresh_busy")
    assert store.current() == newer


def test_the_current_version_needs_no_switching(client: TestClient) -> None:
    enter(client)
    _, newer = publish_two(services_of(client).store)
    assert "不需要切换" in client.get(f"/admin/versions/{newer}/activate").text


@pytest.mark.parametrize("wanted", ["20310101T000000000000Z", "CURRENT", ".lock", "..", "版本"])
def test_a_version_that_is_not_kept_is_told(client: TestClient, wanted: str) -> None:
    token = enter(client)
    publish_two(services_of(client).store)
    for path in (f"/admin/versions/{wanted}/activate", f"/v1/kb/versions/{wanted}/activate"):
        reply = client.post(path, headers={"X-CSRF-Token": token})
        assert reply.status_code in (404, 405), path


def test_programs_get_the_same_over_v1(client: TestClient) -> None:
    token = enter(client, "admin", "王主任")
    store = services_of(client).store
    older, newer = publish_two(store)
    listed = client.get("/v1/kb/versions").json()
    assert listed["serving"] == "20230101T000000000000Z"
    assert [(item["id"], item["current"], item["problem"]) for item in listed["items"]] == [
        (newer, True, None),
        (older, False, None),
    ]
    assert listed["items"][0]["counts"] == {"documents": 6, "tasks": 250, "passages": 12040, "terms": 9, "faqs": 31}
    assert listed["items"][0]["created_at"].startswith("2031-05-01T16:30:")
    reply = client.post(f"/v1/kb/versions/{older}/activate", headers={"X-CSRF-Token": token}).json()
    assert (reply["id"], reply["current"]) == (older, True)
    assert store.current() == older
    assert services_of(client).audit.page()[0].subject == older


def test_the_first_page_shows_what_serves_and_what_is_wrong(client: TestClient, knowledge: FixedKnowledge) -> None:
    enter(client)
    publish_two(services_of(client).store)
    page = client.get("/admin").text
    assert "20230101T000000000000Z" in page
    assert "正在换用版本" in page
    knowledge.problem = "知识版本 X 的清单读不出来。没有启用它，仍用知识版本 Y 服务"
    for path in ("/admin", "/admin/audit"):
        assert "知识版本 X 的清单读不出来" in client.get(path).text
    assert "正在换用版本" not in client.get("/admin").text
    knowledge.serving = None
    assert "没有版本在服务" in client.get("/admin").text


def test_the_first_page_counts_the_records_of_a_kept_version(client: TestClient, knowledge: FixedKnowledge) -> None:
    enter(client)
    _, newer = publish_two(services_of(client).store)
    assert knowledge.serving is not None
    knowledge.serving = type(knowledge.serving)(newer, knowledge.serving.index)
    page = client.get("/admin").text
    assert "正在换用版本" not in page
    assert "<dt>条文</dt><dd>12,040</dd>" in page


def test_the_log_is_paged_without_a_gap(client: TestClient) -> None:
    enter(client)
    audit = services_of(client).audit
    for number in range(120):
        audit.write(services_of(client).sessions.staff(client.cookies["policydesk_session"], "x"), "x", f"第{number}件")  # type: ignore[arg-type]
    seen: list[str] = []
    path: str | None = "/admin/audit"
    while path:
        page = client.get(path).text
        seen += re.findall(r"第\d+件", page)
        older = re.search(r'href="\.\./(admin/audit\?before=\d+)"', page)
        path = f"/{older[1]}" if older else None
    assert seen == [f"第{number}件" for number in range(119, -1, -1)]
