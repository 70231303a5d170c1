"""Whatever stands in an address, a query or a form: every route takes it or refuses it, and none fails over it."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.api.admin.staff import enter
from tests.api.routes_of import Route, routes_of
from tests.api.served import served_on

pytestmark = pytest.mark.slow

VALUES = {
    "空字符、控制字符、倒写": "路灯\x00\x1b[31m\x85\u2028\u202egnp.exe",
    "脚本、公式、通配符": "=1+1'\"><script>alert(1)</script>{{7*7}} %_\\ ' OR 1=1 --",
    "上级文件夹": "../../../etc/passwd",
    "负数": "-1",
    "很大的数": "9" * 30,
    "没有的日期": "2026-02-30",
    "很长": "长" * 3000,
}
QUERY = ("q", "page", "unit", "region", "year")
"""Asked of a route that takes its whole query as one, or looks at it by itself."""
NOT_HERE = {"/admin/logout", "/admin/refresh", "/admin/refresh/{refresh_id}/force", "/v1/kb/refresh"}
"""What ends the session of the test, and what sets another process to work."""


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def admin(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with served_on(request.param, tmp_path_factory.mktemp("served")) as client:
        client.headers |= {"X-CSRF-Token": enter(client), "Accept": "application/json"}
        yield client


def _routes(client: TestClient, *, forms: bool) -> list[Route]:
    app = client.app
    assert isinstance(app, FastAPI)
    return [route for route in routes_of(app) if route.path not in NOT_HERE and (route.method != "GET") is forms]


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_in_an_address(admin: TestClient, value: str) -> None:
    for route in (*_routes(admin, forms=False), *_routes(admin, forms=True)):
        if "{" in route.path:
            address = route.address(quote(value[:300], safe=""), value if value.isdigit() else "1")
            reply = admin.request(route.method, address, follow_redirects=False)
            assert reply.status_code < 500, (route.method, route.path)


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_in_a_query(admin: TestClient, value: str) -> None:
    for route in _routes(admin, forms=False):
        for name in QUERY if "query" in route.asked or not route.asked else route.asked:
            reply = admin.get(route.address(), params={name: value}, follow_redirects=False)
            assert reply.status_code < 500, (route.path, name)


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_in_a_form(admin: TestClient, value: str) -> None:
    for route in _routes(admin, forms=True):
        if route.path.startswith("/v1"):
            continue
        for name in route.fields:
            form = dict.fromkeys(route.fields, "1") | {name: value}
            reply = admin.post(route.address(), data=form, follow_redirects=False)
            assert reply.status_code < 500, (route.path, name)


_NAMES = ("text", "question", "content", "code", "answer_id")
JSON_BODIES = {
    "半个字符": r'"\ud83d abc"',
    "反斜线隔开的两半": r'"a\ud83d\\\udc00"',
    "空字符": r'"\u0000\u0000"',
    "很大的数": "9" * 5000,
    "套得很深": "[" * 10_000,
}


@pytest.mark.parametrize("kind", ["application/json", "application/JSON"])
@pytest.mark.parametrize("value", JSON_BODIES.values(), ids=JSON_BODIES)
def test_in_json(admin: TestClient, value: str, kind: str) -> None:
    for body in (value, *(f'{{"{name}": {value}}}' for name in _NAMES)):
        for route in _routes(admin, forms=True):
            if route.path.startswith("/v1") and not route.path.startswith("/v1/kb"):
                headers = {"Content-Type": kind}
                reply = admin.request(route.method, route.address(), content=body.encode(), headers=headers)
                assert reply.status_code < 500, (route.path, body[:80])


@pytest.mark.parametrize(
    "encoding", ["utf-7", "idna", "unicode_escape", "utf-16", "gb18030", "没有".encode().decode("latin-1")]
)
def test_a_form_in_another_encoding_than_utf_8_is_refused(admin: TestClient, encoding: str) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="content"\r\n\r\nlamp +2D0- \\ud83d \xff\r\n--x--\r\n'
    headers = {"Content-Type": f"multipart/form-data; boundary=x; charset={encoding}".encode("latin-1")}
    reply = admin.post("/request-form", content=body, headers=headers)  # type: ignore[arg-type]
    assert (reply.status_code, reply.json()["error"]["code"]) == (400, "body_not_utf8")
