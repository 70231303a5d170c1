"""What an answer was about, for the log: words of the documents alone, never of the question, which may be personal."""

import re

from api.schemas import AnswerReply, Citation

LONGEST = 40
_HAN = "[一二三四五六七八九十百]+"
_NUMBERING = re.compile(
    rf"^\s*(?:第{_HAN}[编章节条部分]+|[（(](?:{_HAN}|\d+)[)）]|{_HAN}、|\d+[、.．](?!\d))[\s、.．]*"
)
_CLAUSE_ENDS = re.compile(r"[。；;：:！？!?\n]")


def topic_of(reply: AnswerReply) -> str | None:
    """The title of the first task cited, the heading of the first passage, or how the first text cited begins."""
    if not reply.citations:
        return None
    cited = reply.citations[0]
    return _short(_begins(cited) if cited.task_no or not cited.section else cited.section[-1]) or cited.title[:LONGEST]


def _begins(cited: Citation) -> str:
    return next(filter(None, map(str.strip, _CLAUSE_ENDS.split(_NUMBERING.sub("", cited.quote)))), "")


def _short(text: str) -> str:
    plain = _NUMBERING.sub("", text).strip()
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"
