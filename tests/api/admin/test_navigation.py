import re

from fastapi.testclient import TestClient

from api.routes.admin.navigation import NAVIGATION, item_of, items_for
from tests.api.admin.staff import enter


def _menu(page: str) -> list[str]:
    nav = re.search(r'<nav class="menu".*?</nav>', page, re.DOTALL)
    return re.findall(r">([^<>\s]+)</a>", nav[0]) if nav else []


def test_every_item_of_the_menu_leads_to_a_page_that_marks_it(client: TestClient) -> None:
    enter(client)
    for label in (menu := _menu(client.get("/admin").text)):
        item = next(item for item in NAVIGATION if item.label == label)
        page = client.get(item.path)
        assert page.status_code == 200, item.path
        assert re.search(rf'aria-current="page">{label}<', page.text), item.path
    assert {"概览", "版本", "账户", "日志"} <= set(menu)


def test_agents_see_only_what_they_may_open(client: TestClient) -> None:
    enter(client, "agent")
    menu = _menu(client.get("/admin").text)
    assert menu[0] == "概览"
    assert not {"上传", "更新", "版本", "账户", "日志"} & set(menu)
    for item in NAVIGATION:
        if item.label in menu:
            assert client.get(item.path).status_code == 200, item.path


def test_an_item_waits_for_its_page() -> None:
    assert [item.label for item in items_for("admin", {"/admin", "/admin/faq"})] == ["概览", "问答"]


def test_a_page_below_an_item_belongs_to_it() -> None:
    for path, label in [("/admin", "概览"), ("/admin/versions/x/activate", "版本"), ("/admin/accounts/x", "账户")]:
        found = item_of(path)
        assert found is not None
        assert found.label == label
    for path in ("/requests", "/admin/account", "/admin/versionsx"):
        assert item_of(path) is None


def test_links_lead_to_the_right_place_however_deep_the_page(client: TestClient) -> None:
    enter(client)
    for path in ("/admin", "/admin/accounts", "/admin/accounts/admin/password", "/admin/a/b/c/d"):
        page = client.get(path)
        for name in re.findall(r'(?:src|href)="([^"]+)"', page.text):
            assert client.get(str(page.url.join(name)), follow_redirects=False).status_code == 200, (path, name)
