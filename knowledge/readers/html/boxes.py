"""The blocks of a page that stand in an element named for navigation, search, sharing or the imprint."""

import re
from collections import Counter
from collections.abc import Sequence

from lxml.html import HtmlElement as Element

from knowledge.readers.html.blocks import PrintedBlock

_NAME = re.compile(
    r"(^|[-_])(top|main|site|sub|left|right|side|bottom|head)?(nav(i|igation|bar|list)?|menus?|(bread)?-?crumbs?|foot(er)?|side(bar|nav)|"
    r"search(box|bar)?|share(box)?|social|copyright|sitemap|toolbar|print(er)?|pager|pagination|pre(v|-)?-?next|"
    r"friend-?links?|dqwz|wzdh|yqlj|mianbaoxie|b(d|s)hare\w*|bdsharebuttonbox|jiathis\w*|gwds_\w*|ewm|qrcode)\d*([-_]|$)"
    r"|(Nav|Menu|Crumbs?|Footer|Copyright|SearchBox|ShareBox)$"
)  # fmt: skip
_TAGS = frozenset({"nav", "footer", "menu", "aside"})
_ROLES = frozenset({"navigation", "contentinfo", "search", "banner", "menu", "menubar"})
_MISNAMED_SHARE = 0.5


def boxed(blocks: Sequence[PrintedBlock], article: set[int]) -> set[int]:
    """Places of the blocks that stand in such a box. A box with most of the article in it bears its name wrongly."""
    is_named = _Names()
    boxes_of = [_boxes_around(block.element, is_named) for block in blocks]
    weights: Counter[Element] = Counter()
    for at in article:
        for box in boxes_of[at]:
            weights[box] += len(blocks[at].text)
    most = _MISNAMED_SHARE * sum(len(blocks[at].text) for at in article)
    return {at for at, boxes in enumerate(boxes_of) if any(weights[box] <= most for box in boxes)}


class _Names(dict[Element, bool]):
    """Whether an element is so named, asked once for each: most blocks stand in the same few."""

    def __missing__(self, element: Element) -> bool:
        self[element] = _is_named(element)
        return self[element]


def _boxes_around(element: Element, is_named: _Names) -> list[Element]:
    return [outer for outer in (element, *element.iterancestors()) if is_named[outer]]


def _is_named(element: Element) -> bool:
    if element.tag in ("body", "html"):
        return False
    if element.tag in _TAGS or element.get("role", "").lower() in _ROLES:
        return True
    if element.tag == "header":
        return next(element.iterancestors("article", "main"), None) is None
    return any(_NAME.search(name) for name in (*element.get("class", "").split(), element.get("id", "")) if name)
