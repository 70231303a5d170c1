"""One bubble of the chat: exactly the fields of ``api.schemas.ChatMessage``, which refuses any other."""

from collections.abc import Iterable
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from bot.actions import wording

Message = dict[str, Any]
Option = dict[str, str]

_FROM_ANSWER = ("kind", "text", "options", "citations", "related", "link", "table", "parts", "answer_id")


def option(label: str, question: str | None = None) -> Option:
    return {"label": label, "question": question or label}


LOG_A_REQUEST = option("登记诉求")
REPHRASE = option(wording.REPHRASE_BUTTON)
LOG_A_CONSULTATION = option("登记咨询")
TALK_TO_A_PERSON = option("转人工")
SUBMIT = option("确认提交")
NOTIFY_ME = option("有答复通知我")
DO_NOT_NOTIFY = option("不用通知")
CHANGE_CONTENT = option("修改内容")
CHANGE_KIND = option("改类别")
CHANGE_REGION = option("改地点")
CHANGE_CONTACT = option("修改联系方式")
ONE_STEP_BACK = option("上一步")
SKIP = option("跳过")
DROP_REQUEST = option("取消登记")
DROP_CORRECTION = option("取消")
ANONYMOUS = option(wording.ANONYMOUS)


def message(kind: str, text: str, options: Iterable[Option] = (), **more: Any) -> Message:
    return {"kind": kind, "text": text, "options": list(options), **more}


def message_of_answer(reply: dict[str, Any]) -> Message:
    """The bubble of an ``AnswerReply``; what only the dialogue needs (frame, confidence) stays behind."""
    return {field: reply[field] for field in _FROM_ANSWER if reply.get(field) is not None}


def say(dispatcher: CollectingDispatcher, bubble: Message) -> None:
    """Send the bubble as Rasa's ``custom`` payload: a plain text would be cut in two at every blank line."""
    dispatcher.utter_message(json_message=bubble)
