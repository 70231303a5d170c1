"""The public ledger over HTTP, as anybody asks for it."""

import csv
import io
import re
from xml.etree import ElementTree as xml

import pytest
from fastapi.testclient import TestClient

from api.accounts.staff import Actor
from api.publication.book import PublicationBook, Texts
from api.requests.ledger import NewRequest
from tests.api.admin.staff import services_of

STAFF = Actor("安娜", None)
HOSTILE = '<img src=x onerror="alert(1)">'


def _publish(client: TestClient, question: str = "路灯不亮", reply: str = "修好了", unit: str = "城管局") -> str:
    services = services_of(client)
    no = services.ledger.log(NewRequest("路灯不亮", kind="help")).no
    services.casework.reply(STAFF, no, None, "修好了", unit, close=True)
    book = PublicationBook(services.engine, services.secrets)
    book.prepare(STAFF, no)
    book.publish(STAFF, no, book.checked(no).version, Texts(question, reply, unit), checked=True)
    return no


def _ids(page: str) -> list[str]:
    return re.findall(r'href="requests/(\d{8}-[0-9a-f]{12})"', page)


def test_anybody_reads_the_list_each_request_and_the_figures(client: TestClient) -> None:
    numbers = [_publish(client, "路灯为什么不亮？"), _publish(client, "水管漏水")]
    page = client.get("/public/requests")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "public, max-age=300"
    assert "set-cookie" not in page.headers
    for shown in (
        "路灯为什么不亮？",
        "水管漏水",
        "受理日期",
        "答复日期",
        "答复部门",
        "按时办结",
        "未评价",
        "评价不足 5 个",
    ):
        assert shown in page.text
    for no in numbers:
        assert no not in page.text
    one = client.get(f"/public/requests/{_ids(page.text)[1]}")
    assert one.status_code == 200
    assert "路灯为什么不亮？" in one.text
    assert not any(no in one.text for no in numbers)


def test_every_link_of_the_pages_leads_somewhere(client: TestClient) -> None:
    _publish(client)
    page = client.get("/public/requests?q=路灯")
    one = client.get(f"/public/requests/{_ids(page.text)[0]}")
    for found in (page, one):
        for link in set(re.findall(r'(?:href|src)="([^"#]+)"', found.text)):
            assert client.get(str(found.url.join(link.replace("&amp;", "&")))).status_code == 200, link
    for path in ("/", "/requests"):
        assert 'href="public/requests"' in client.get(path).text


def test_what_somebody_wrote_is_shown_as_text(client: TestClient) -> None:
    _publish(client, HOSTILE, HOSTILE, HOSTILE)
    page = client.get("/public/requests")
    assert "<img src=x" not in page.text
    assert "&lt;img src=x" in page.text
    assert "<img src=x" not in client.get(f"/public/requests/{_ids(page.text)[0]}").text
    shown = client.get("/public/requests", params={"q": HOSTILE})
    assert shown.status_code == 200
    assert "<img src=x" not in shown.text


def test_the_filters_hold_for_the_list_and_the_files_alike(client: TestClient) -> None:
    _publish(client, "路灯不亮", unit="城管局")
    _publish(client, "水管漏水", unit="水务局")
    for query, count in (
        ("", 2),
        ("?q=路灯", 1),
        ("?unit=水务局", 1),
        ("?q=没有", 0),
        ("?year=2001", 0),
        ("?utm=x", 2),
    ):
        assert len(_ids(client.get(f"/public/requests{query}").text)) == count, query
        rows = list(csv.reader(io.StringIO(client.get(f"/public/requests.csv{query}").content.decode("utf-8-sig"))))
        assert len(rows) == count + 1, query
        feed = xml.fromstring(client.get(f"/public/requests.rss{query}").content)
        assert len(feed.findall("channel/item")) == count, query
    form = client.get("/public/requests", params={"q": "", "unit": "", "year": "", "month": ""})
    assert len(_ids(form.text)) == 2


def test_the_links_of_the_feed_are_absolute_and_lead_there(client: TestClient) -> None:
    _publish(client)
    reply = client.get("/public/requests.rss")
    assert reply.headers["content-type"] == "application/rss+xml; charset=utf-8"
    link = xml.fromstring(reply.content).findtext("channel/item/link") or ""
    assert link.startswith("http://testserver/public/requests/")
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("query", ["year=abc", "year=1", "month=13", "page=0", f"q={'x' * 101}"])
def test_a_wrong_filter_is_told_on_the_page_and_to_programs(client: TestClient, query: str) -> None:
    page = client.get(f"/public/requests?{query}")
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert client.get(f"/public/requests.csv?{query}").json()["error"]["code"] == "invalid_value"


@pytest.mark.parametrize("wrong", ["20261123-0001", "x", "%00", "20261123-000000000000"])
def test_what_is_not_published_is_not_found(client: TestClient, wrong: str) -> None:
    page = client.get(f"/public/requests/{wrong}")
    assert page.status_code == 404
    assert "没有找到这条公开的诉求" in page.text


def test_one_address_is_slowed_down(client: TestClient) -> None:
    answers = [client.get("/public/requests.rss").status_code for _ in range(121)]
    assert answers == [200] * 120 + [429]
    assert client.get("/public/requests").status_code == 429
    files = [client.get("/public/requests.csv").status_code for _ in range(13)]
    assert files == [200] * 12 + [429]


def test_an_empty_ledger_says_so(client: TestClient) -> None:
    page = client.get("/public/requests").text
    assert "还没有公开的诉求" in page
    assert "还没有收到诉求" in page
