"""OFD, the Chinese standard for documents of fixed layout (GB/T 33190-2016): a zip of XML that places every character.
Read here by hand, for the only library of any use for it draws pages. Stamps and attachments are left alone."""

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from knowledge.errors import SourceEncrypted, SourceTooLarge, SourceUnreadable
from knowledge.readers.archive import open_archive, read_member
from knowledge.readers.printed.blocks import source_of
from knowledge.readers.printed.edges import is_in_margin
from knowledge.readers.printed.ofd_page import Content, TooMuch, box_of, content_of, local_name
from knowledge.readers.printed.page import PrintedPage
from knowledge.readers.source import Source
from knowledge.readers.xml_tree import parse_xml

MOST_PAGES = 2_000
LARGEST_PART = 32 * 1024 * 1024
"""Bytes of one page, unpacked."""
_ROOT = "OFD.xml"
_A4 = (0.0, 0.0, 210.0, 297.0)


def read_ofd(data: bytes, name: str) -> Source:
    """Paragraphs and tables in reading order, with their pages. Raises SourceUnreadable, SourceEncrypted,
    SourceTooLarge, SourceWithoutText and SourceEmpty, naming the file."""
    with open_archive(data, name) as archive:
        return source_of(_Package(archive, name).pages(), name)


class _Package:
    """The parts of the archive by their paths, whatever their case."""

    def __init__(self, archive: ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        self._members = {member.replace("\\", "/").lower(): member for member in archive.namelist()}
        if any(posixpath.basename(member) == "encryptions.xml" for member in self._members):
            raise SourceEncrypted(f"{name}：文件设了密码，请去掉密码再导入")
        if _ROOT.lower() not in self._members:
            raise SourceUnreadable(f"{name}：不是 OFD 文件，或已损坏（缺少 {_ROOT}）")

    def pages(self) -> Iterator[PrintedPage]:
        number = 0
        for root in self._part(_ROOT).iter():
            if local_name(root) != "DocRoot":
                continue
            for page in self._document(_resolved("", root.text)):
                number += 1
                if number > MOST_PAGES:
                    raise SourceTooLarge(f"{self._name}：超过 {MOST_PAGES} 页，未读取")
                yield replace(page, number=number)

    def _document(self, path: str) -> Iterator[PrintedPage]:
        document = self._part(path)
        templates = {
            each.get("ID", ""): _resolved(path, each.get("BaseLoc"))
            for each in document.iter()
            if local_name(each) == "TemplatePage"
        }
        area = box_of(document, _A4)
        pages = [_resolved(path, each.get("BaseLoc")) for each in document.iter() if _is_page(each)]
        are_shared = len(templates) < len(pages)
        shown: set[str] = set()
        for location in pages:
            page = self._part(location)
            _, _, width, height = box = box_of(page, area)
            contents = [self._content(page, box)]
            for template in _templates(page):
                if template in templates and template not in shown:
                    background = self._content(self._part(templates[template]), box)
                    contents.insert(0, _without_margins(background, height) if are_shared else background)
                shown.add(template)
            yield _printed(contents, width, height)

    def _content(self, page: Element, box: tuple[float, float, float, float]) -> Content:
        try:
            return content_of(page, box)
        except TooMuch as error:
            raise SourceTooLarge(f"{self._name}：一页上的文字或图形过多，未读取") from error
        except ValueError as error:
            raise SourceUnreadable(f"{self._name}：文件已损坏，页面内容读不出来（{error}）") from error

    def _part(self, path: str) -> Element:
        member = self._members.get(path.lower(), path)
        if member in self._archive.namelist() and self._archive.getinfo(member).file_size > LARGEST_PART:
            raise SourceTooLarge(f"{self._name}：{path} 过大，未读取")
        return parse_xml(read_member(self._archive, member, self._name), self._name)


def _resolved(base: str, location: str | None) -> str:
    """The path in the archive that ``location`` in the part ``base`` means."""
    joined = posixpath.join("/", posixpath.dirname(base), (location or "").strip().replace("\\", "/"))
    return posixpath.normpath(joined).lstrip("/")


def _is_page(element: Element) -> bool:
    return local_name(element) == "Page" and "BaseLoc" in element.attrib


def _templates(page: Element) -> list[str]:
    return [each.get("TemplateID", "") for each in page if local_name(each) == "Template"]


def _without_margins(content: Content, height: float) -> Content:
    """A background shared by pages without its running heads and feet."""
    return replace(content, glyphs=tuple(glyph for glyph in content.glyphs if not is_in_margin(glyph.y, height)))


def _printed(contents: list[Content], width: float, height: float) -> PrintedPage:
    return PrintedPage(
        number=0,
        width=width,
        height=height,
        glyphs=tuple(glyph for content in contents for glyph in content.glyphs),
        turned=tuple(glyph for content in contents for glyph in content.turned),
        rules=tuple(rule for content in contents for rule in content.rules),
        has_drawing=any(content.has_drawing for content in contents),
    )
