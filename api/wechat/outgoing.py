"""Passive replies as XML, plain or encrypted, and texts made fit for them."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from api.wechat.crypto import MessageCipher, signature

MOST_BYTES = 2000
"""UTF-8 bytes of a text. The platform documents no limit; 2048 was measured by several projects."""
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Control characters and the like: XML holds none, not even as a number."""
_SENTENCE_END = re.compile(r"[。！？；\n]")
_NOT_IN_A_TAP = re.compile(r"[\x00-\x2c/:-@\[-^`{-\x7f]+")
"""ASCII but for letters, digits, ``-``, ``.`` and ``_``: what ends an attribute or a part of an address."""
SUCCESS = "success"
"""Taken note of: no retry, nothing shown."""


@dataclass(frozen=True, slots=True)
class Article:
    title: str
    description: str
    url: str
    picture: str = ""


def text_reply(sender: str, receiver: str, text: str) -> str:
    return _reply(sender, receiver, "text", f"<Content>{cdata(text)}</Content>")


def news_reply(sender: str, receiver: str, articles: Sequence[Article]) -> str:
    """One article: more than that is dropped by the platform in the answer to a message."""
    items = "".join(
        f"<item><Title>{cdata(one.title)}</Title><Description>{cdata(one.description)}</Description>"
        f"<PicUrl>{cdata(one.picture)}</PicUrl><Url>{cdata(one.url)}</Url></item>"
        for one in articles[:1]
    )
    return _reply(sender, receiver, "news", f"<ArticleCount>1</ArticleCount><Articles>{items}</Articles>")


def encrypted_reply(xml: str, cipher: MessageCipher, token: str, nonce: str) -> str:
    encrypted, timestamp = cipher.encrypt(xml), str(int(time.time()))
    return (
        f"<xml><Encrypt>{cdata(encrypted)}</Encrypt>"
        f"<MsgSignature>{cdata(signature(token, timestamp, nonce, encrypted))}</MsgSignature>"
        f"<TimeStamp>{timestamp}</TimeStamp><Nonce>{cdata(nonce)}</Nonce></xml>"
    )


def cdata(text: str) -> str:
    """``]]>`` is split over two sections: nothing that people write can end the element."""
    return "<![CDATA[" + NOT_XML.sub("", text).replace("]]>", "]]]]><![CDATA[>") + "]]>"


def plain(text: str) -> str:
    """``text`` for a message in which ``<a href>`` means something: what people or documents wrote is no markup."""
    return text.replace("<", "＜").replace(">", "＞")


def tap(label: str, question: str, menu_id: str) -> str:
    """A link that sends ``question`` as the follower's own message. It comes back with ``menu_id`` as bizmsgmenuid.

    The client decodes %XX (seen in its code); Chinese characters may stand as they are, which is a third of the bytes.
    """
    sent = _NOT_IN_A_TAP.sub(lambda found: quote(found[0], safe=""), question)
    return f'<a href="weixin://bizmsgmenu?msgmenucontent={sent}&msgmenuid={quote(menu_id)}">{plain(label)}</a>'


def link(label: str, url: str) -> str:
    return f'<a href="{url.replace(chr(34), "%22")}">{plain(label)}</a>'


def cut(text: str, most: int = MOST_BYTES) -> tuple[str, bool]:
    """``text`` within ``most`` UTF-8 bytes, and whether it is cut; it ends at a sentence where one ends in its second
    half."""
    if len(text.encode()) <= most:
        return text, False
    head = text.encode()[: max(0, most - len("……".encode()))].decode(errors="ignore")
    if not head:
        return "", True
    if head.rfind("<a ") > head.rfind("</a>"):  # a link of ours is not cut in two
        head = head[: head.rfind("<a ")]
    ends = [found.end() for found in _SENTENCE_END.finditer(head)]
    if ends and ends[-1] >= len(head) // 2:
        return head[: ends[-1]].rstrip(), True
    return f"{head}……", True


def _reply(sender: str, receiver: str, kind: str, content: str) -> str:
    return (
        f"<xml><ToUserName>{cdata(receiver)}</ToUserName><FromUserName>{cdata(sender)}</FromUserName>"
        f"<CreateTime>{int(time.time())}</CreateTime><MsgType>{cdata(kind)}</MsgType>{content}</xml>"
    )
