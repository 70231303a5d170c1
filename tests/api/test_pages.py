"""What a browser gets, without a browser."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import api

PACKAGE = Path(api.__file__).parent
FILES = sorted(path for part in ("templates", "static") for path in (PACKAGE / part).rglob("*") if path.is_file())


def test_the_welcome_asks_about_what_is_really_served(shared_client: TestClient) -> None:
    page = shared_client.get("/").text
    questions = re.findall(r'data-question="([^"]+)"', page)
    assert len(questions) == 3
    assert questions[0] == "湖滨新区公开财政预算由哪个单位负责？"
    assert "云岭县" not in "".join(questions), "its plan is repealed"


@pytest.mark.parametrize("path", ["/", "/requests", "/request-form", "/docs"])
def test_pages_forbid_inline_scripts_and_other_hosts(shared_client: TestClient, path: str) -> None:
    response = shared_client.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=", response.text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_is_fetched_from_elsewhere_and_no_html_is_made_of_text(path: Path) -> None:
    text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|//cdn|@import", text)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|\|\s*safe", text)


def test_what_the_pages_name_is_served(shared_client: TestClient) -> None:
    for page in ("/", "/requests", "/request-form", "/docs"):
        for name in re.findall(r'(?:src|href)="((?:static|docs/assets)/[^"]+)"', shared_client.get(page).text):
            assert shared_client.get(f"/{name}").status_code == 200, name
