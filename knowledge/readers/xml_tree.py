"""XML out of documents that strangers made: no DTD, hence no entity and no network, and no bottomless nesting."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from knowledge.errors import SourceUnreadable

DEEPEST = 200
"""Elements inside each other. Real documents stay far below; the readers recurse with at most three calls a level."""


class _Prolog(Exception):
    """Raised inside expat to end the look at the prolog; ``args[0]`` says whether it holds a DTD."""


def parse_xml(data: bytes, name: str) -> Element:
    """The root element. Raises SourceUnreadable for broken XML, a DTD, or elements nested deeper than DEEPEST."""
    try:
        if _has_dtd(data):
            raise SourceUnreadable(f"{name}：文件含有不允许的 XML 声明（DTD），未读取")
        root = ElementTree.fromstring(data)
    except (expat.ExpatError, ElementTree.ParseError, ValueError, LookupError) as error:
        raise SourceUnreadable(f"{name}：文件已损坏，里面的 XML 不完整") from error
    if _is_too_deep(root):
        raise SourceUnreadable(f"{name}：文件内部嵌套超过 {DEEPEST} 层，未读取")
    return root


def _has_dtd(data: bytes) -> bool:
    def stop(*_: object) -> None:
        raise _Prolog(False)

    def refuse(*_: object) -> None:
        raise _Prolog(True)

    parser = expat.ParserCreate()
    parser.StartElementHandler = stop
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except _Prolog as prolog:
        return bool(prolog.args[0])
    return False


def _is_too_deep(root: Element) -> bool:
    level = [root]
    for _ in range(DEEPEST):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True
