"""How a declined text is answered."""

import uuid

from api.schemas import AnswerReply, Frame
from api.sensitive.words import Reason, SensitiveWords

_TEXTS: dict[Reason, str] = {
    "unlawful": (
        "这类事情违反法律规定，我不能提供帮助。如果您想举报，请拨打110或{hotline}；"
        "想了解有关规定，可以直接问，比如“举报有什么奖励”“由哪个部门负责”。"
    ),
    "abuse": "请您消消气，我们好好说。您遇到了什么事，告诉我，我尽力查；也可以拨打{hotline}热线找工作人员。",
}


class Refusal:
    def __init__(self, words: SensitiveWords, hotline: str) -> None:
        self._words = words
        self._hotline = hotline

    def of(self, text: str, frame: Frame | None = None) -> AnswerReply | None:
        """None for a text that is to be answered. The refusal rests on no document, so that it names no snapshot."""
        reason = self._words.declined(text)
        return declined(_TEXTS[reason].format(hotline=self._hotline), frame) if reason else None


def declined(text: str, frame: Frame | None = None) -> AnswerReply:
    return AnswerReply(
        answer_id=uuid.uuid4().hex,
        kind="declined",
        text=text,
        confidence=0.0,
        frame=frame or Frame(),
        snapshot="",
        took_ms=0.0,
    )
