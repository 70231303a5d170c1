"""Is a table there to show rows and columns, or only to lay the page out? In doubt it is a table: no text is lost
either way, but rows taken apart cannot be put together again."""

import re

from lxml.html import HtmlElement as Element

from knowledge.readers.html.blocks import PageRow

_RULE_STYLE = re.compile(
    r"border(?!-(?:collapse|spacing|radius))[\w-]*\s*:[^;]*\b(?:solid|double|dotted|dashed|inset|outset)", re.I
)
_HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LONG_CELL = 300
_MAIN_SHARE = 0.6
_HEADER_LABEL = 20
_NESTED_SHARE = 0.25


def is_layout(table: Element, rows: list[PageRow]) -> bool:
    cells = [cell for row in rows for cell in row.cells]
    if table.get("role") in ("presentation", "none") or max((len(row.cells) for row in rows), default=0) < 2:
        return True
    is_ruled = _is_ruled(table, cells)
    nesting = [cell for cell in cells if next(cell.iter("table"), None) is not None]
    if nesting:
        return not is_ruled or len(nesting) > _NESTED_SHARE * len(cells) or _has_main_cell(cells)
    if is_ruled:
        return False
    if sum(1 for row in rows if _filled(row) >= 2) < 2 or any(
        next(cell.iter(*_HEADING_TAGS), None) is not None for cell in cells
    ):
        return True
    return _has_main_cell(cells) and not _has_header(rows)


def _is_ruled(table: Element, cells: list[Element]) -> bool:
    border = table.get("border", "").strip().rstrip("px")
    return (
        (border.isdigit() and int(border) > 0)
        or table.get("rules") not in (None, "none")
        or "Mso" in table.get("class", "")
        or any(cell.tag == "th" for cell in cells)
        or any(_RULE_STYLE.search(element.get("style", "")) for element in (table, *cells))
    )


def _has_main_cell(cells: list[Element]) -> bool:
    """One cell holds most of the text, as the article does in the frame of a page."""
    lengths = [_length(cell) for cell in cells]
    return max(lengths) > _LONG_CELL and max(lengths) > _MAIN_SHARE * sum(lengths)


def _has_header(rows: list[PageRow]) -> bool:
    first = [_length(cell) for cell in rows[0].cells]
    return len(first) > 2 and all(0 < length <= _HEADER_LABEL for length in first) and not _linked(rows[0])


def _linked(row: PageRow) -> bool:
    return any(next(cell.iter("a"), None) is not None for cell in row.cells)


def _filled(row: PageRow) -> int:
    return sum(1 for cell in row.cells if _length(cell))


def _length(cell: Element) -> int:
    return len("".join("".join(cell.itertext()).split()))
