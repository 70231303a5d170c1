"""A .docx file opened: its main part and the parts that part refers to. Everything that is no Word file ends here."""

import posixpath
from dataclasses import dataclass
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from knowledge.errors import SourceEncrypted, SourceTooLarge, SourceUnreadable
from knowledge.readers.archive import open_archive, read_member
from knowledge.readers.word.kinds import REALLY, kind_of
from knowledge.readers.word.xml import W, parse_word_xml

LARGEST_PART = 48 * 1024 * 1024
"""Bytes of one XML part; a thousand pages need about half of it. Its tree takes some ten times the room."""
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OTHERS = (
    ("xl/", " Excel 表格（.xlsx）"),
    ("ppt/", "演示文稿（.pptx）"),
    ("OFD.xml", " OFD 文件"),
    ("content.xml", " ODF 文件"),
)
_RESAVE = "请在 Word 或 WPS 里打开，另存为 .docx 再导入"


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of one document; None for those it has not."""

    body: Element
    styles: Element | None
    numbering: Element | None
    footnotes: Element | None
    endnotes: Element | None


def open_package(data: bytes, name: str) -> Package:
    """Raises SourceUnreadable, SourceTooLarge or SourceEncrypted, naming the file and what it really is."""
    _refuse_other_kinds(data, name)
    with open_archive(data, name) as archive:
        main = _relations(archive, "", name).get("officeDocument")
        if main is None or main.startswith(("xl/", "ppt/")):
            raise SourceUnreadable(f"{name}：{_what_it_is(archive)}")
        root = _part(archive, main, name)
        body = root.find(f"{W}body")
        if root.tag != f"{W}document" or body is None:
            raise SourceUnreadable(f"{name}：{_what_it_is(archive)}")
        related = _relations(archive, main, name)
        names = ("styles", "numbering", "footnotes", "endnotes")
        return Package(body, *(_part(archive, related[part], name) if part in related else None for part in names))


def _refuse_other_kinds(data: bytes, name: str) -> None:
    kind = kind_of(data)
    if kind == "encrypted":
        raise SourceEncrypted(f"{name}：文件设了密码，请去掉密码再导入")
    if kind in REALLY:
        raise SourceUnreadable(f"{name}：扩展名是 .docx，{REALLY[kind]}，{_RESAVE}")
    if kind == "ole":
        raise SourceUnreadable(f"{name}：不是 .docx 文件，{_RESAVE}")


def _what_it_is(archive: ZipFile) -> str:
    members = archive.namelist()
    kind = next((kind for start, kind in _OTHERS if any(member.startswith(start) for member in members)), None)
    return f"扩展名是 .docx，其实是{kind}，请改成对应的扩展名再导入" if kind else "里面没有 Word 正文，不是 .docx 文件"


def _relations(archive: ZipFile, source: str, name: str) -> dict[str, str]:
    """The parts that ``source`` refers to, by the last word of the relation's type; the first of each wins."""
    folder, file = posixpath.split(source)
    listing = posixpath.join(folder, "_rels", f"{file}.rels")
    if listing not in archive.namelist():
        return {}
    relations: dict[str, str] = {}
    for relation in _part(archive, listing, name).iter(_RELATION):
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            relations.setdefault(relation.get("Type", "").rpartition("/")[2], target.lstrip("/"))
    return relations


def _part(archive: ZipFile, member: str, name: str) -> Element:
    if member in archive.namelist() and archive.getinfo(member).file_size > LARGEST_PART:
        raise SourceTooLarge(f"{name}：{member} 解压后超过 {LARGEST_PART // 1024 // 1024} MB，未读取")
    return parse_word_xml(read_member(archive, member, name), name)
