"""The pages for staff hold to the content policy: nothing inline, nothing from elsewhere, no HTML made of text."""

import re
from pathlib import Path

import pytest

import api

PACKAGE = Path(api.__file__).parent
PAGES = [page for area in ("admin", "desk") for page in (PACKAGE / "templates" / area).iterdir()]
SCRIPTS = [
    file
    for name in ("admin*", "desk*", "request*", "handover*", "shortcuts*")
    for file in (PACKAGE / "static").glob(name)
]
FILES = sorted([*PAGES, *SCRIPTS])
TEMPLATES = [path for path in FILES if path.suffix == ".html"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_is_fetched_from_elsewhere_and_no_html_is_made_of_text(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"https?://|//cdn|@import", text)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|\|\s*safe|Markup", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_nothing_is_inline_and_links_are_relative(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", text)
    assert not re.search(r'(?:href|src|action)="/', text), "begin a link with {{ root }}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_form_that_changes_something_carries_the_token(path: Path) -> None:
    for form in re.findall(r'<form[^>]*method="post".*?</form>', path.read_text("utf-8"), re.DOTALL):
        assert 'name="csrf"' in form
