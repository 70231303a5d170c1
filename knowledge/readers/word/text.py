"""Paragraphs as printed: their text with the automatic number in front, and what hangs on them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from knowledge.readers.word.numbering import Numbering
from knowledge.readers.word.styles import Styles
from knowledge.readers.word.symbols import symbol
from knowledge.readers.word.xml import REMOVED, TXBX, M, W, branch_of, child_of, has_lost_mark, is_on, text_of, value_of

BREAK = "\n"
_MARKS = {
    f"{W}tab": " ",  # not a TAB: to the parsers of plain text that is a table
    f"{W}ptab": " ",
    f"{W}br": BREAK,
    f"{W}cr": BREAK,
    f"{W}noBreakHyphen": "-",
    f"{M}den": "/",
    f"{M}sup": "^",
}
_SILENT = REMOVED | {f"{W}{tag}" for tag in ("pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText", "rt", "rubyPr")}
_TEXTS = frozenset({f"{W}t", f"{M}t"})
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"

NoteKey = tuple[str, str]
"""Which part the note stands in, and its id there."""


@dataclass(slots=True)
class Printed:
    """A paragraph. ``parts`` make up its text, with a BREAK at each line break; ``number`` stands in front of it."""

    parts: list[str] = field(default_factory=list)
    number: str = ""
    level: int | None = None
    is_contents: bool = False
    boxes: list[Element] = field(default_factory=list)
    notes: list[NoteKey] = field(default_factory=list)
    embedded: list[str] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        return not any(part.strip() for part in self.parts)

    @property
    def pieces(self) -> tuple[str, ...]:
        """The printed lines that are not blank."""
        text = "".join(self.parts)
        text = numbered(self.number, text.lstrip()) if self.number else text
        return tuple(piece for piece in text.split(BREAK) if piece.strip())


def numbered(number: str, text: str) -> str:
    """The number in front of the text, set off by a blank where the two would read as one: 第一条 为了, 1. 2019年."""
    runs_on = number[-1:].isalnum() and text[:1].isalnum()
    is_decimal = number[-1:] in (".", "．") and text[:1].isdecimal()
    return f"{number} {text}" if runs_on or is_decimal else f"{number}{text}"


@dataclass(frozen=True, slots=True)
class Printer:
    """Turns paragraphs into text, in reading order: the numbers are counted along the way."""

    styles: Styles
    numbering: Numbering

    def print(self, paragraphs: Sequence[Element]) -> Printed:
        """Paragraphs that deleted marks have joined into one. It is set like the first of them that has text left."""
        printed = Printed()
        set_like = paragraphs[-1]
        for paragraph in paragraphs:
            was_blank = printed.is_blank
            _Walk(printed, self.styles, child_of(paragraph, "pPr")).take(paragraph)
            if was_blank and not printed.is_blank:
                set_like = paragraph
        properties = child_of(set_like, "pPr")
        printed.level = self.styles.level(properties)
        printed.is_contents = self.styles.is_contents(properties)
        if not (printed.is_blank and _is_gone(paragraphs[-1])):
            printed.number = self.numbering.next_number(properties)
        return printed


def _is_gone(paragraph: Element) -> bool:
    return has_lost_mark(paragraph) or bool(is_on(child_of(paragraph, "pPr/rPr"), "vanish"))


class _Walk:
    """Through the inside of one paragraph. ``_codes`` tells for each open field whether we are still in its code."""

    def __init__(self, printed: Printed, styles: Styles, properties: Element | None) -> None:
        self._printed = printed
        self._styles = styles
        self._hidden_by_style = bool(styles.is_hidden(styles.of_paragraph(properties)))
        self._hidden = False
        self._codes: list[bool] = []

    def take(self, parent: Element) -> None:
        for child in parent:
            if child.tag not in _SILENT:
                self._take_one(child)

    def _take_one(self, element: Element) -> None:
        if element.tag == f"{W}r":
            around = self._hidden
            self._hidden = around or self._is_hidden(element)
            self.take(element)
            self._hidden = around
        elif element.tag == f"{W}fldChar":
            self._turn(element.get(f"{W}fldCharType"))
        elif not self._hidden and not any(self._codes):
            self._show(element)

    def _show(self, element: Element) -> None:
        tag = element.tag
        if tag in _TEXTS:
            self._printed.parts.append(text_of(element))
        elif tag == f"{W}sym":
            self._printed.parts.append(symbol(element.get(f"{W}font", ""), element.get(f"{W}char", "")))
        elif tag == TXBX:
            self._printed.boxes.append(element)
        elif tag in _NOTES:
            self._printed.notes.append((_NOTES[tag], element.get(f"{W}id", "")))
        elif tag == _OLE:
            self._printed.embedded.append(element.get("ProgID", ""))
        else:
            self._printed.parts.append(_MARKS.get(tag, ""))
            self.take(branch_of(element))

    def _turn(self, at: str | None) -> None:
        if at == "begin":
            self._codes.append(True)
        elif self._codes and at == "separate":
            self._codes[-1] = False
        elif self._codes and at == "end":
            self._codes.pop()

    def _is_hidden(self, run: Element) -> bool:
        properties = child_of(run, "rPr")
        if properties is None:
            return self._hidden_by_style
        for said in (is_on(properties, "vanish"), self._styles.is_hidden(value_of(properties, "rStyle"))):
            if said is not None:
                return said
        return self._hidden_by_style
