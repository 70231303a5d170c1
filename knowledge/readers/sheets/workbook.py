"""The parts of an .xlsx package: its sheets, shared texts and number formats.

Read as XML and not through openpyxl, which makes an object of every styled blank (a sheet formatted down to its last
row costs gigabytes), and which has to read a file twice to tell a formula without result from an empty cell.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import join, normpath
from xml.etree.ElementTree import Element, ParseError, fromstring, iterparse
from zipfile import BadZipFile, ZipFile
from zlib import error as BrokenStream

from knowledge.errors import SourceUnreadable
from knowledge.readers.archive import open_archive, read_member

# ECMA-376 part 1, 18.8.30: the formats a style may name by number only, the second block those of zh-CN.
BUILT_IN_FORMATS = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-m-yy", 16: "d-m", 17: "m-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy/m/d h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "##0.0E+0", 49: "@",
    5: "¥#,##0;¥-#,##0", 6: "¥#,##0;¥-#,##0", 7: "¥#,##0.00;¥-#,##0.00", 8: "¥#,##0.00;¥-#,##0.00",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"', 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}  # fmt: skip
GENERAL = "General"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HEAD = 4096
_LONGEST_NUMBER = 10
_DOCTYPE = re.compile(rb"<!DOCTYPE|<!ENTITY")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet and the file of the archive that holds it. ``is_hidden``: hidden from people by its author."""

    title: str
    member: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    archive: ZipFile
    name: str
    sheets: tuple[SheetPart, ...]
    texts: tuple[str, ...]
    formats: tuple[str, ...]
    from_1904: bool

    def format_of(self, style: str | None) -> str:
        """The number format of the cell style with that number."""
        at = number_in(style, 0)
        return self.formats[at] if at < len(self.formats) else GENERAL


def open_workbook(data: bytes, name: str) -> Workbook:
    """Raises SourceUnreadable, SourceTooLarge and SourceEncrypted, naming the file."""
    archive = open_archive(data, name)
    main = _main_member(archive, name)
    root = read_xml(archive, main, name)
    targets = _targets(archive, main, name)
    setting = next(children(root, "workbookPr"), None)
    return Workbook(
        archive,
        name,
        tuple(_sheets(root, targets)),
        _texts(archive, targets, name),
        _formats(archive, targets, name),
        from_1904=setting is not None and setting.get("date1904") in ("1", "true"),
    )


def read_xml(archive: ZipFile, member: str, name: str) -> Element:
    data = read_member(archive, member, name)
    refuse_entities(data[:_HEAD], member, name)
    try:
        return fromstring(data)
    except ParseError as error:
        raise SourceUnreadable(f"{name}：文件已损坏，{member} 读不出来") from error


def each_element(archive: ZipFile, member: str, name: str, *kinds: str) -> Iterator[Element]:
    """The elements of those names as they end, each forgotten behind the next: there may be a million of them."""
    endings = tuple(f"}}{kind}" for kind in kinds)
    open_elements: list[Element] = []
    try:
        with archive.open(member) as stream:
            refuse_entities(stream.read(_HEAD), member, name)
        with archive.open(member) as stream:
            for event, element in iterparse(stream, ("start", "end")):
                if event == "start":
                    open_elements.append(element)
                    continue
                open_elements.pop()
                if element.tag.endswith(endings):
                    yield element
                    (open_elements[-1] if open_elements else element).clear()
    except KeyError as error:
        raise SourceUnreadable(f"{name}：文件已损坏，缺少 {member}") from error
    except (ParseError, BadZipFile, BrokenStream, EOFError, OSError, NotImplementedError) as error:
        raise SourceUnreadable(f"{name}：文件已损坏或没有传完，{member} 读不出来") from error


def refuse_entities(head: bytes, member: str, name: str) -> None:
    """No office program writes a document type; entities are there to attack the reader."""
    if _DOCTYPE.search(head):
        raise SourceUnreadable(f"{name}：{member} 里有不允许的 DOCTYPE，未读取")


def local(element: Element) -> str:
    """The name without its namespace, which differs between transitional and strict files."""
    return element.tag.rpartition("}")[2]


def children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element.iter() if local(child) == name)


def text_of(element: Element) -> str:
    """The text of a shared or inline string, its differently styled runs joined and the furigana left out."""
    parts: list[str] = []
    for child in element:
        if local(child) == "t":
            parts.append(child.text or "")
        elif local(child) == "r":
            parts += [text.text or "" for text in child if local(text) == "t"]
    return unescaped("".join(parts))


def unescaped(text: str) -> str:
    """Characters that XML cannot hold are written _x000D_. Those that no text holds are dropped."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character.isprintable() or character in "\t\n\r\u3000" else ""


def number_in(text: str | None, otherwise: int) -> int:
    """The whole number that an attribute holds; longer ones than any in a workbook are none."""
    return int(text) if text and len(text) < _LONGEST_NUMBER and text.isdecimal() else otherwise


def _main_member(archive: ZipFile, name: str) -> str:
    members = set(archive.namelist())
    if "_rels/.rels" in members:
        for target in _relations(archive, "_rels/.rels", "", name).values():
            if target[0].endswith("/officeDocument") and target[1].endswith(".xml") and "workbook" in target[1]:
                return target[1]
    if "xl/workbook.xml" in members:
        return "xl/workbook.xml"
    raise SourceUnreadable(f"{name}：不是 Excel 工作簿{_what_instead(members)}")


def _what_instead(members: set[str]) -> str:
    kinds = (
        ("xl/workbook.bin", "，是 .xlsb 格式，请在 Excel 里另存为 .xlsx 再导入"),
        ("word/document.xml", "，是 Word 文档，请把扩展名改为 .docx"),
        ("ppt/presentation.xml", "，是 PowerPoint 演示文稿"),
        ("content.xml", "，是 OpenDocument 格式，请另存为 .xlsx 再导入"),
        ("OFD.xml", "，是 OFD 文件，请把扩展名改为 .ofd"),
    )
    return next((said for member, said in kinds if member in members), "，只是一个压缩包")


def _relations(archive: ZipFile, member: str, folder: str, name: str) -> Mapping[str, tuple[str, str]]:
    """Type and member by id."""
    root = read_xml(archive, member, name)
    return {
        relation.get("Id", ""): (relation.get("Type", ""), normpath(join("/", folder, relation.get("Target", "")))[1:])
        for relation in children(root, "Relationship")
    }


def _targets(archive: ZipFile, main: str, name: str) -> Mapping[str, tuple[str, str]]:
    folder, _, file = main.rpartition("/")
    return _relations(archive, join(folder, "_rels", f"{file}.rels"), folder, name)


def _sheets(root: Element, targets: Mapping[str, tuple[str, str]]) -> Iterator[SheetPart]:
    for sheet in children(root, "sheet"):
        key = next((value for attribute, value in sheet.items() if attribute.endswith("}id")), "")
        kind, member = targets.get(key, ("", ""))
        if kind.endswith("/worksheet"):
            yield SheetPart(sheet.get("name", ""), member, sheet.get("state", "visible") != "visible")


def _member_of_kind(targets: Mapping[str, tuple[str, str]], kind: str) -> str | None:
    return next((member for found, member in targets.values() if found.endswith(kind)), None)


def _texts(archive: ZipFile, targets: Mapping[str, tuple[str, str]], name: str) -> tuple[str, ...]:
    member = _member_of_kind(targets, "/sharedStrings")
    if member is None or member not in archive.namelist():
        return ()
    return tuple(text_of(item) for item in each_element(archive, member, name, "si"))


def _formats(archive: ZipFile, targets: Mapping[str, tuple[str, str]], name: str) -> tuple[str, ...]:
    """The number format of each cell style, in order."""
    member = _member_of_kind(targets, "/styles")
    if member is None or member not in archive.namelist():
        return ()
    root = read_xml(archive, member, name)
    own = {item.get("numFmtId", ""): item.get("formatCode", GENERAL) for item in children(root, "numFmt")}
    styles = next(children(root, "cellXfs"), None)
    return tuple(_format_of(style.get("numFmtId", "0"), own) for style in (() if styles is None else styles))


def _format_of(key: str, own: Mapping[str, str]) -> str:
    return own.get(key) or BUILT_IN_FORMATS.get(number_in(key, 0), GENERAL)
