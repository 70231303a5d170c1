"""Elements of a web page to printed lines and pieces: where browsers break a line, how they squeeze blanks, what they
print before a list item. Walks without recursion: portals nest their tables deep."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement as Element

from knowledge.readers.html.blocks import PrintedLine
from knowledge.readers.html.lists import Numbering

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ucapcontent", "ul", "xmp",
})  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCK_STYLE = re.compile(r"display\s*:\s*(block|table|flex|grid|list-item)", re.I)
_KEPT_BREAKS = re.compile(r"white-space\s*:\s*(pre|break-spaces)", re.I)
_FILE = re.compile(r"\.(docx?|xlsx?|pptx?|pdf|wps|et|ofd|ceb|rtf|txt|csv|zip|rar|7z)([?#]|$)", re.I)

# In the source of a page a line ends anywhere; between two Chinese characters no blank is meant.
_WIDE = r"[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6]"
_SOURCE_BREAK = re.compile(rf"(?<={_WIDE})[ \t\f]*[\r\n][ \t\f\r\n]*(?={_WIDE})")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_UNPRINTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_OTHER_BLANKS = re.compile(r"[\t\v\f\r\n\x1c-\x1e\x85\xa0\u2000-\u200a\u2028\u2029\u202f\u205f]")


@dataclass(slots=True)
class _Pen:
    """What is written on the current line, and which elements are open around it."""

    blocks: list[Element]
    written: list[tuple[str, bool, bool]] = field(default_factory=list)
    owner: Element | None = None
    links: int = 0
    kept_breaks: int = 0
    level: int | None = None
    numbering: Numbering = field(default_factory=Numbering)
    number: str = ""
    to_file: bool = False

    def write(self, text: str | None) -> None:
        if not text:
            return
        self.written.append((text, self.links > 0, self.kept_breaks > 0))
        if self.owner is None and text.strip():
            self.owner = self.blocks[-1]

    def end_line(self) -> Iterator[PrintedLine]:
        lines = _squeezed(self.written)
        self.written = []
        owner = self.blocks[-1] if self.owner is None else self.owner
        for text, linked in lines:
            yield PrintedLine(
                self._numbered(text),
                owner,
                self.level,
                linked,
                self.to_file,
            )
            self.number = ""
        self.owner, self.to_file = None, False

    def _numbered(self, text: str) -> str:
        return text if not self.number or text.startswith(self.number.strip()) else self.number + text


def printed_lines(root: Element, at_table: Callable[[Element], bool] | None = None) -> Iterator[PrintedLine | Element]:
    """The lines under ``root`` in reading order. ``at_table`` says which tables to hand over whole; without it the rows
    of every inner table become lines."""
    pen = _Pen([root])
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            yield from _leave(pen, element, root)
        elif element.tag == "table" and at_table is not None and element is not root and at_table(element):
            yield from pen.end_line()
            yield element
            walk.skip_subtree()
        else:
            yield from _enter(pen, element, root, is_flat=at_table is None)
    yield from pen.end_line()


def _enter(pen: _Pen, element: Element, root: Element, *, is_flat: bool) -> Iterator[PrintedLine]:
    if _breaks_line(element, is_flat) and element is not root:
        yield from pen.end_line()
        pen.blocks.append(element)
    if element.tag == "br" and (pen.level is None or is_flat):
        yield from pen.end_line()
    pen.links += is_link(element)
    pen.kept_breaks += _keeps_breaks(element)
    pen.to_file = pen.to_file or bool(element.tag == "a" and _FILE.search(element.get("href", "")))
    pen.level = HEADINGS.get(element.tag, pen.level)
    if element.tag == "li":
        pen.number = pen.numbering.next_number(element)
    pen.write(element.text)


def _leave(pen: _Pen, element: Element, root: Element) -> Iterator[PrintedLine]:
    if element is root:
        return
    if pen.blocks[-1] is element:
        yield from pen.end_line()
        pen.blocks.pop()
    elif element.tag in ("td", "th"):
        pen.write(" ")
    elif element.tag == "tr":
        yield from pen.end_line()
    pen.links -= is_link(element)
    pen.kept_breaks -= _keeps_breaks(element)
    if element.tag in HEADINGS:
        pen.level = None
    if element.tag == "li":
        pen.number = ""
    pen.write(element.tail)


def _breaks_line(element: Element, is_flat: bool) -> bool:
    if is_flat and element.tag in ("td", "th"):
        return False
    return element.tag in _BLOCKS or bool(_BLOCK_STYLE.search(element.get("style", "")))


def is_link(element: Element) -> bool:
    return element.tag == "a" and bool(element.get("href") or element.get("onclick"))


def _keeps_breaks(element: Element) -> bool:
    return element.tag in ("pre", "xmp", "listing") or bool(_KEPT_BREAKS.search(element.get("style", "")))


def _squeezed(written: list[tuple[str, bool, bool]]) -> list[tuple[str, int]]:
    """The lines that the written text prints, each with the number of its linked characters."""
    lines: list[tuple[str, int]] = []
    joined = "".join(text for text, _, _ in written)
    linked = sum(len("".join(text.split())) for text, is_linked, _ in written if is_linked)
    keeps_breaks = any(kept and text.strip() for text, _, kept in written)
    for raw in joined.splitlines() if keeps_breaks else [joined]:
        text = clean(raw)
        if text:
            lines.append((text, min(linked, len(text))))
    return lines


def clean(raw: str) -> str:
    text = _UNPRINTED.sub("", raw)
    text = _BLANKS.sub(" ", _SOURCE_BREAK.sub("", text))
    return _OTHER_BLANKS.sub(" ", text).strip(" \u3000")


def loose_texts(table: Element) -> Iterator[str]:
    """What stands in a table outside its cells: the caption, and text that browsers print above the table."""
    walk = etree.iterwalk(table, events=("start", "end"))
    for event, element in walk:
        if element.tag in ("td", "th") and event == "start":
            walk.skip_subtree()
        elif element.tag == "caption" and event == "start":
            yield " ".join(pieces_of_cell(element))
            walk.skip_subtree()
        elif event == "start":
            yield clean(element.text or "")
        if event == "end" and element is not table:
            yield clean(element.tail or "")


def pieces_of_cell(cell: Element) -> tuple[str, ...]:
    return tuple(line.text for line in printed_lines(cell) if isinstance(line, PrintedLine))
