"""WordprocessingML as a tree, and the walk that sees a document as if every tracked change were accepted.

The standard library's parser is enough here: a library for .docx gives neither the automatic numbers nor the accepted
text nor the content controls, so the tree has to be walked anyway.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from knowledge.readers.xml_tree import parse_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_STRICT = {  # "Strict Open XML Document", a choice in Word's save dialog, has namespaces of its own
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": M[1:-1].encode(),
}
P, TBL, TXBX, ALT_CHUNK = f"{W}p", f"{W}tbl", f"{W}txbxContent", f"{W}altChunk"
ALTERNATE = f"{_MC}AlternateContent"
REMOVED = frozenset(f"{W}{tag}" for tag in ("del", "moveFrom"))
_STORY = frozenset({P, TBL, ALT_CHUNK})
_SHOWN = frozenset({f"{W}t", f"{M}t", TXBX, P, TBL})


def parse_word_xml(data: bytes, name: str) -> Element:
    """The root element, in the namespaces of the transitional format. Raises SourceUnreadable."""
    for strict, usual in _STRICT.items():
        data = data.replace(strict, usual)
    return parse_xml(data, name)


def value_of(parent: Element | None, path: str, attribute: str = "val") -> str | None:
    """The attribute of the element at ``path``, whose steps are names such as ``numPr/ilvl``."""
    found = child_of(parent, path)
    return None if found is None else found.get(f"{W}{attribute}")


def child_of(parent: Element | None, path: str) -> Element | None:
    return None if parent is None else parent.find("/".join(f"{W}{step}" for step in path.split("/")))


def count_of(parent: Element | None, path: str) -> int | None:
    """The value at ``path`` as a whole number from 0; None where there is none, or another program wrote nonsense."""
    value = value_of(parent, path) or ""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else None


def is_on(properties: Element | None, path: str) -> bool | None:
    """A switch such as w:vanish: there without a value it is on. None where it is not mentioned."""
    found = child_of(properties, path)
    return None if found is None else found.get(f"{W}val", "1") not in ("0", "false", "off")


def text_of(element: Element) -> str:
    """The characters of a w:t. Blanks at its ends count only where the file says so."""
    text = (element.text or "").replace("\n", " ").replace("\r", " ").replace("\t", " ")
    return text if element.get(f"{_XML}space") == "preserve" else text.strip(" ")


def parts_of(parent: Element, wanted: frozenset[str]) -> Iterator[Element]:
    """The nearest elements with ``wanted`` tags, out of content controls, insertions and other wrappers as well, but
    not out of what was deleted or moved away."""
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag not in REMOVED:
            yield from parts_of(branch_of(child), wanted)


def branch_of(element: Element) -> Element:
    """For a choice between renderings of the same thing, the first with text in it; any other element as it is."""
    if element.tag != ALTERNATE:
        return element
    return next((branch for branch in element if any(part.tag in _SHOWN for part in branch.iter())), Element(ALTERNATE))


def story_of(parent: Element) -> Iterator[tuple[Element, ...]]:
    """The paragraphs, tables and inserted files of a body, cell or text box in order. Paragraphs whose marks between
    them were deleted come together, everything else by itself."""
    held: list[Element] = []
    for part in parts_of(parent, _STORY):
        if part.tag == P:
            held.append(part)
            if has_lost_mark(part):
                continue
        elif held:
            yield tuple(held)
        yield tuple(held) if part.tag == P else (part,)
        held = []
    if held:
        yield tuple(held)


def has_lost_mark(paragraph: Element) -> bool:
    return any(child_of(paragraph, f"pPr/rPr/{change}") is not None for change in ("del", "moveFrom"))
