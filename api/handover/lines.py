"""What is kept of the lines of a conversation: few enough, short enough, and masked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from api.db.models import Handover, HandoverMessage
from api.handover.errors import HandoverLineWrong
from api.requests.code import ALPHABET
from api.requests.texts import printable, storable

Sender = Literal["citizen", "bot", "agent", "system"]
"""``system``: what the service tells both sides, such as that an agent came or left."""

MOST_LINES = 60
LONGEST_LINE = 2000
_COVERED = "〔查询码〕"
_LIKE_A_CODE = re.compile(
    f"(?<![a-z0-9-])[{ALPHABET}]{{4}}([ -]?)[{ALPHABET}]{{4}}(?![a-z0-9-])", re.IGNORECASE | re.ASCII
)


@dataclass(frozen=True, slots=True)
class Line:
    sender: Literal["citizen", "bot"]
    text: str


def kept(lines: Iterable[Line]) -> list[Line]:
    """The last of them, masked, look-up codes covered, cut to length, without empty ones."""
    said = [line for line in lines if line.text.strip()][-MOST_LINES:]
    return [Line(line.sender, _LIKE_A_CODE.sub(_covered, storable(_cut(line.text)))) for line in said]


def agent_text(text: str) -> str:
    """Not masked: it may give the telephone of an office. Raises HandoverLineWrong."""
    tidy = printable(text)
    if not tidy:
        raise HandoverLineWrong("请先输入要发送的内容。")
    if len(tidy) > LONGEST_LINE:
        raise HandoverLineWrong(f"内容有 {len(tidy)} 个字，最多 {LONGEST_LINE} 个字。")
    return tidy


def message(
    row: Handover, sender: Sender, text: str, now: datetime, *, account: str | None = None, delivered: bool = False
) -> HandoverMessage:
    """``delivered``: the citizen has seen it already, or said it."""
    return HandoverMessage(
        handover_id=row.id,
        sender=sender,
        account=account,
        text=text,
        created_at=now,
        delivered_at=now if delivered else None,
    )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_LINE else f"{text[: LONGEST_LINE - 1]}…"


def _covered(found: re.Match[str]) -> str:
    """A look-up code is the citizen's alone. In two groups it may be two words, unless there is a digit in it too."""
    letters, digits = any(map(str.isalpha, found[0])), any(map(str.isdigit, found[0]))
    return _COVERED if letters and (digits or not found[1]) else found[0]
