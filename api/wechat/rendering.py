"""What the chat says, as a text message: the answer, its source, choices as links that send themselves.

Kept with the message as JSON: ``question``, ``text`` whole, ``taps`` (label and question of each choice), ``is_list``,
and ``messages`` for the page that shows all of it; ``heard``, where it was spoken, for what was understood of it.
"""

from collections.abc import Iterator
from typing import Any

from api.schemas import ChatMessage, ChatReply, Citation
from api.wechat import wording
from api.wechat.outgoing import MOST_BYTES, Article, cut, link, plain, tap

_LIST = frozenset({"list", "compare"})
_ON_A_PAGE = frozenset({"answer", "list", "compare"})
_MOST_TAPS = 6
_TAP_BYTES = 900
_DESCRIPTION = 100
_LABEL = 40


def rendered(question: str, reply: ChatReply, public_url: str = "") -> dict[str, Any]:
    """``messages`` holds answers only, since whoever has the link to the page may see it."""
    text = "\n\n".join(_text(message, public_url) for message in reply.messages)
    if public_url:
        text = text.replace(wording.REQUEST_PAGE, link(wording.WEB_PAGE, f"{public_url}/request-form"))
    return {
        "question": question[:60],
        "text": text,
        "taps": [
            {"label": option.label, "question": option.question}
            for message in reply.messages
            for option in message.options
        ][:_MOST_TAPS],
        "is_list": any(message.kind in _LIST for message in reply.messages),
        "messages": [message.model_dump(mode="json") for message in reply.messages if message.kind in _ON_A_PAGE],
    }


def said(text: str) -> dict[str, Any]:
    """A sentence of ours in the same shape."""
    return {"question": "", "text": text, "taps": [], "is_list": False, "messages": []}


def is_silent(kept: dict[str, Any] | None) -> bool:
    """Nothing was said: the message went to the agent that the follower talks to."""
    return kept is not None and not kept["text"]


def as_text(kept: dict[str, Any], page: str, after: str = "", most: int = MOST_BYTES, *, can_tap: bool = True) -> str:
    """Within ``most`` bytes whatever it holds; a text that is cut leads to ``page``, where there is one. Where nothing
    can be tapped the choices are numbered, for the conversation takes a number too."""
    heard = str(kept.get("heard", ""))
    shown_taps = _taps(kept["taps"]) if can_tap else _numbered(kept["taps"])
    taps = "".join(f"\n{shown}" for shown in shown_taps)
    tail = f"\n{after}" if after else ""
    room = most - len((heard + taps + tail).encode())
    text, is_cut = cut(kept["text"], max(room, 0))
    if is_cut:
        ending = f"\n{link(wording.WHOLE, page)}" if page else wording.MORE
        text, _ = cut(kept["text"], max(room - len(ending.encode()), 0))
        text += ending
    return heard + text + taps + tail


def as_article(kept: dict[str, Any], page: str) -> Article | None:
    """For a list too long for a text, with no choices to tap and typed; None where a text serves."""
    if not (page and kept["is_list"]) or kept["taps"] or kept.get("heard") or len(kept["text"].encode()) <= MOST_BYTES:
        return None
    return Article(kept["question"] or wording.WHOLE, kept["text"][:_DESCRIPTION], page)


def _text(message: ChatMessage, public_url: str) -> str:
    """With its source, where the text does not name it, and the page that shows the whole of a list."""
    lines = [plain(message.text)]
    if message.citations and message.citations[0].title not in message.text:
        lines.append(wording.SOURCE.format(source=plain(_source(message.citations[0]))))
    if message.link and public_url:
        lines.append(link(message.link.label, f"{public_url}/{message.link.url}"))
    return "\n".join(lines)


def _source(cited: Citation) -> str:
    number = f"（{cited.doc_number}）" if cited.doc_number else ""
    place = f"，第{cited.task_no}项" if cited.task_no and cited.task_no.isdecimal() else ""
    return f"《{cited.title}》{number}{place}"


def _numbered(taps: list[dict[str, str]]) -> Iterator[str]:
    if taps:
        yield wording.CHOOSE
    for number, choice in enumerate(taps, start=1):
        yield f"{number}. {plain(choice['label'][:_LABEL])}"


def _taps(taps: list[dict[str, str]]) -> Iterator[str]:
    room = _TAP_BYTES
    for number, choice in enumerate(taps, start=1):
        shown = tap(choice["label"], choice["question"], f"q{number}")
        room -= len(shown.encode()) + 1
        if room < 0:
            return
        yield shown
