"""A saved web page as a tree of what a reader of the page would see: no scripts, no hidden parts, no form controls."""

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement as Element
from lxml.html import HTMLParser, document_fromstring

from knowledge.errors import SourceEmpty, SourceTooLarge

_NEVER_SHOWN = (
    "script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "svg", "math", "canvas",
    "audio", "video", "map", "head", "title", "select", "datalist", "button", "input", "textarea", "xml",
)  # fmt: skip
_ROWS_ONLY = ("table", "thead", "tbody", "tfoot", "tr")
_ROWS_AND_CELLS = ("tbody", "thead", "tfoot", "tr", "td", "th")
_TABLE_PARTS = frozenset({*_ROWS_AND_CELLS, "caption", "colgroup", "col"})
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-element\s*:\s*comment", re.I
)
# libxml2 mends </br> by leaving it out; browsers break the line.
_CLOSED_BREAK = re.compile(r"</br\s*/?>", re.I)


@dataclass(frozen=True, slots=True)
class Page:
    """``hidden`` counts the parts with text in them that the page does not show."""

    body: Element
    title: str
    meta: dict[str, str]
    hidden: int


def parse_page(text: str, name: str) -> Page:
    """Raises SourceEmpty, and SourceTooLarge for tags nested deeper than the parser follows (some 2,000): it would
    leave out the rest of the page without a word."""
    parser = HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True)
    markup = _CLOSED_BREAK.sub("<br>", text).replace("\x00", "")
    try:
        root = document_fromstring(markup.encode("utf-8", errors="replace"), parser=parser)
    except etree.ParserError as error:
        raise SourceEmpty(f"{name}：网页里没有文字") from error
    if parser.error_log.filter_types(etree.ErrorTypes.ERR_RESOURCE_LIMIT):
        raise SourceTooLarge(f"{name}：网页标签嵌套超过 2000 层，不是正常的网页，未读取")
    title = " ".join(" ".join(found.itertext()) for found in root.iter("title"))
    meta = {
        found.get("name", "").strip().lower(): found.get("content", "").strip()
        for found in root.iter("meta")
        if found.get("name")
    }
    hidden = _prune(root)
    _lift_strays(root)
    return Page(root, " ".join(title.split()), meta, hidden)


def _prune(root: Element) -> int:
    for element in list(root.iter(*_NEVER_SHOWN)):
        _drop(element)
    hidden = [element for element in root.iter(etree.Element) if _is_hidden(element) and element is not root]
    told = 0
    for element in hidden:
        parent = element.getparent()
        if parent is None:
            continue
        told += any(text.strip() for text in element.itertext())
        _drop(element)
    return told


def _lift_strays(root: Element) -> None:
    """What stands between the rows of a table moves out of it, as in browsers: most often the table was never closed,
    and libxml2 has put the next table and the rest of the page into it. Text stays; tables.py asks for it."""
    order = {element: at for at, element in enumerate(root.iter(etree.Element))}
    strays = [element for element in order if _is_stray(element)]
    early = [stray for stray in strays if order[stray] < _first_cell(stray, order)]
    for stray in early:
        while _is_stray(stray) and (table := _table_around(stray)) is not None:
            table.addprevious(stray)
    for stray in reversed(strays):
        while _is_stray(stray) and (table := _table_around(stray)) is not None:
            table.addnext(stray)


def _is_stray(element: Element) -> bool:
    """No part of the table, nor around its parts like a form."""
    parent = element.getparent()
    if parent is None or parent.tag not in _ROWS_ONLY or element.tag in _TABLE_PARTS:
        return False
    if element.tag == "table":
        return True
    inner = next(element.iter("table", *_ROWS_AND_CELLS), None)
    return inner is None or inner.tag == "table"


def _first_cell(stray: Element, order: dict[Element, int]) -> int:
    table = _table_around(stray)
    cells = () if table is None else table.iter("td", "th")
    return next((order[cell] for cell in cells), len(order))


def _table_around(element: Element) -> Element | None:
    table = next(element.iterancestors("table"), None)
    return table if table is not None and table.getparent() is not None else None


def _drop(element: Element) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _is_hidden(element: Element) -> bool:
    if element.tag == "body":
        return False
    is_struck_out = element.tag == "del" and element.get("datetime") is not None
    return (
        is_struck_out
        or element.get("hidden") is not None
        or element.get("aria-hidden", "").lower() == "true"
        or bool(_HIDDEN_STYLE.search(element.get("style", "")))
    )
