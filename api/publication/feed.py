"""The last published requests as RSS 2.0, for readers and for other sites of a government."""

import re
from collections.abc import Iterable
from email.utils import format_datetime
from html import escape
from xml.etree import ElementTree as xml

from api.publication.ledger import Published

MEDIA_TYPE = "application/rss+xml; charset=utf-8"
ITEMS = 50
_ATOM = "http://www.w3.org/2005/Atom"
_LONGEST_TITLE = 60
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may hold, not even escaped."""


def to_rss(items: Iterable[Published], site: str) -> bytes:
    """``site`` is the absolute address of the service, with a slash at its end."""
    page = f"{site}public/requests"
    xml.register_namespace("atom", _ATOM)
    rss = xml.Element("rss", version="2.0")
    channel = xml.SubElement(rss, "channel")
    _add(channel, "title", "诉求办理公开")
    _add(channel, "link", page)
    _add(channel, "description", "已经办结并公开的诉求：受理日期、答复日期、答复部门、答复内容。")
    _add(channel, "language", "zh-cn")
    xml.SubElement(channel, f"{{{_ATOM}}}link", href=f"{page}.rss", rel="self", type="application/rss+xml")
    shown = list(items)
    if shown:
        _add(channel, "lastBuildDate", format_datetime(max(item.published_at for item in shown)))
    for item in shown:
        _add_item(channel, item, page)
    content: bytes = xml.tostring(rss, encoding="utf-8", xml_declaration=True)
    return content


def _add_item(channel: xml.Element, item: Published, page: str) -> None:
    entry = xml.SubElement(channel, "item")
    _add(entry, "title", _title(item.question))
    _add(entry, "link", f"{page}/{item.id}")
    _add(entry, "description", _described(item))
    _add(entry, "pubDate", format_datetime(item.published_at))
    # Without the address of the site: it stays the same where that changes.
    _add(entry, "guid", item.id).set("isPermaLink", "false")


def _described(item: Published) -> str:
    """Readers show a description as HTML: what citizens and clerks wrote must not become markup there."""
    facts = f"受理日期：{item.received_on}　答复日期：{item.replied_on}　答复部门：{item.unit}"
    plain = f"{facts}\n诉求：{item.question}\n答复：{item.reply}"
    return escape(plain).replace("\n", "<br>\n")


def _title(question: str) -> str:
    """Some readers take a title for HTML and some for text: without brackets it is the same to both."""
    line = " ".join(question.split()).replace("<", "＜").replace(">", "＞")
    return line if len(line) <= _LONGEST_TITLE else f"{line[: _LONGEST_TITLE - 1]}…"


def _add(parent: xml.Element, name: str, text: str) -> xml.Element:
    element = xml.SubElement(parent, name)
    element.text = _NOT_XML.sub("", text)
    return element
