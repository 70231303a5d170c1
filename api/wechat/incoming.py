"""Messages and events as they come in: XML without any DTD, read into one shape."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from api.wechat.errors import MessageUnreadable
from api.wechat.outgoing import NOT_XML

LONGEST_BODY = 256 * 1024
"""Bytes. Far above what followers can type, so that whoever pastes a whole document is told that it is too long."""
_LONGEST_ID = 64
_LONGEST_KEY = 128


@dataclass(frozen=True, slots=True)
class Incoming:
    """``kind`` is the MsgType, for an event ``event``; ``fields`` are all elements by name, blank ones left out.
    ``key`` tells a retry: sender and MsgId, for an event (which has none) sender, time, event and its key."""

    kind: str
    sender: str
    receiver: str
    created: int
    key: str
    fields: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")


def read_xml(body: bytes) -> dict[str, str]:
    """Element name to text for the children of the root. Raises MessageUnreadable: for a DTD or entity too."""
    if len(body) > LONGEST_BODY:
        raise MessageUnreadable
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, UnicodeError, LookupError, ValueError) as error:
        raise MessageUnreadable from error
    return {child.tag: text for child in root if (text := (child.text or "").strip("\r\n"))}


def without_control_characters(body: bytes) -> bytes:
    """Followers paste them, and the platform passes them on, though XML may not hold them."""
    try:
        return NOT_XML.sub("", body.decode()).encode()
    except UnicodeDecodeError:
        return body


def read_message(fields: dict[str, str]) -> Incoming:
    """Raises MessageUnreadable where a field that every message has is missing or no use."""
    kind, sender, receiver = (fields.get(name, "") for name in ("MsgType", "FromUserName", "ToUserName"))
    created = fields.get("CreateTime", "")
    if (
        not (kind and sender and receiver)
        or len(sender) > _LONGEST_ID
        or not (created.isdecimal() and created.isascii())
    ):
        raise MessageUnreadable
    message_id = fields.get("MsgId", "")[:_LONGEST_ID]
    what = f"{fields.get('Event', kind)}:{fields.get('EventKey', '')[:_LONGEST_KEY]}"
    key = f"id:{sender}:{message_id}" if message_id else f"event:{sender}:{created}:{what}"
    return Incoming(kind.lower(), sender, receiver, int(created[:12]), key, fields)
