"""The blocks of a page by the elements they stand in: which lie in one element, and which element is the article's."""

from collections.abc import Sequence

from lxml import etree
from lxml.html import HtmlElement as Element

from knowledge.readers.html.blocks import PrintedBlock

_ARTICLE_NAMES = frozenset({
    "trs_editor", "trs_editor_view", "trs_ueditor", "ucapcontent", "ucap-content", "ucap_content", "zoom", "zoomcon",
    "vsb_content", "wp_articlecontent", "pages_content", "newscontent", "custom_unionstyle", "article-content",
    "article_content", "articlecontent", "content_body", "j-fontcontent", "artibody", "easysite-news-text",
})  # fmt: skip
"""Names that the content systems of government portals give to the element of the article, in lower case."""
_KNOWN_SHARE = 0.7


class BlockRanges:
    def __init__(self, root: Element, blocks: Sequence[PrintedBlock]) -> None:
        self._extents = _extents(root)
        self._elements = [block.element for block in blocks]
        self._starts = [self._extents[element][0] for element in self._elements]
        self._in_article: dict[Element, bool] = {}
        self._lengths = [len(block.text) for block in blocks]

    def article(self, core: list[int]) -> tuple[range, bool]:
        """The blocks of the smallest element that holds the ``core``, or most of it where a content system has named
        the element, and whether one has."""
        named = [at for at in core if self._is_named_article(at)]
        is_named = self._weight(named) > _KNOWN_SHARE * self._weight(core)
        inner = named if is_named else core
        return self._spread(self._common(inner), range(inner[0], inner[-1] + 1)), is_named

    def _weight(self, blocks: list[int]) -> int:
        return sum(self._lengths[at] for at in blocks)

    def _is_named_article(self, at: int) -> bool:
        element = self._elements[at]
        if element not in self._in_article:
            around = (element, *element.iterancestors())
            self._in_article[element] = any(map(_is_article_element, around))
        return self._in_article[element]

    def _common(self, blocks: list[int]) -> Element:
        """The innermost element around all of ``blocks``."""
        starts = [self._starts[at] for at in blocks]
        first, last = min(starts), max(starts)
        node = self._elements[blocks[starts.index(first)]]
        while not self._holds(node, last) and node.getparent() is not None:
            node = node.getparent()
        return node

    def _spread(self, node: Element, inside: range) -> range:
        """``inside`` and the blocks of ``node`` around it."""
        first, stop = inside.start, inside.stop
        while first and self._holds(node, self._starts[first - 1]):
            first -= 1
        while stop < len(self._starts) and self._holds(node, self._starts[stop]):
            stop += 1
        return range(first, stop)

    def _holds(self, node: Element, start: int) -> bool:
        first, last = self._extents[node]
        return first <= start <= last


def _is_article_element(element: Element) -> bool:
    names = (*element.get("class", "").lower().split(), element.get("id", "").lower(), element.tag)
    return not _ARTICLE_NAMES.isdisjoint(names)


def _extents(root: Element) -> dict[Element, tuple[int, int]]:
    """Where each element begins and where the last element in it does, in the order of the page."""
    begun: dict[Element, int] = {}
    extents: dict[Element, tuple[int, int]] = {}
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            begun[element] = len(begun)
        else:
            extents[element] = (begun[element], len(begun) - 1)
    return extents
