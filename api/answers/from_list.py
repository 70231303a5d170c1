"""Behind a list or a count: 「都是哪些」 asks for the tasks counted, 「第一个谁管」 for one of those shown."""

import re
from collections.abc import Sequence
from typing import Any

import cn2an

from api.answers.wording import label
from api.schemas import AnswerRequest, Frame
from index.search import Index
from knowledge.model import PlanTask
from knowledge.text import normalise, squash

_MEMBERS = re.compile(
    r"(?:那|请)?(?:它们|这些|这几[项个条]|任务|具体|分别|一共|还有|都|各)*(?:是|有|包括|叫)?(?:些)?(?:哪些|哪几[项个条件样]|哪[项个]|什么|啥)(?:任务|工作)?"
    r"|(?:那|请)?(?:都|全部|逐项|一一)?(?:列|说|报|念|数)(?:一?下|一遍|出来|给我|来?看)+|(?:那)?(?:还有|其他|其余|剩下)(?:的|哪些|什么|啥)?"
)
_CLOSING = re.compile(r"[呢吗啊呀吧嘛?？。!！,，]+$")
_COUNTED = re.compile(
    r"(?:一共|总共|共计|总计|共|合计)?(?:有|是)?(?<![哪那第])(?:几|多少)(?:项|条|件|个|样)?(?:牵头|公开|重点)?的?(?:任务|工作|事项|活儿?|事儿?)?"
)
_ONE = re.compile(
    r"(?:那|请问)?(?:其中|里面)?的?(?:第(?P<at>\d{1,2}|[一二三四五六七八九十]{1,3})|(?P<last>最后一?))[个条](?:任务|工作)?的?"
)
_WHOLE, _THE_SAME = "有什么要求", "这个呢"


def meant_after_list(index: Index, request: AnswerRequest) -> AnswerRequest:
    """The request with what it leaves to the list before it said in full; unchanged where it leans on none."""
    frame = request.frame
    if frame is None or not frame.asked:
        return request
    text = squash(normalise(request.question))
    if _MEMBERS.fullmatch(_CLOSING.sub("", text)):
        return request.model_copy(update={"question": _listing(frame.asked), "frame": frame})
    found = _ONE.match(text)
    task = _shown(index, frame, found) if found else None
    if found is None or task is None:
        return request
    about = frame.model_copy(
        update={
            "regions": [index.document(task.document_id).region],
            "years": [],
            "units": [],
            "topic": label(task),
            "facet": frame.facet if frame.record_ids else "any",
            "record_ids": [task.id],
        }
    )
    rest = _CLOSING.sub("", text[found.end() :]) or (_THE_SAME if frame.record_ids else _WHOLE)
    return request.model_copy(update={"question": rest, "frame": about})


def still_on_list(frame: Frame | None, record_ids: Sequence[str]) -> dict[str, Any]:
    """What the frame keeps of a list while single tasks of it are told, so that 「第二个呢」 works behind the first."""
    if frame is None or not record_ids or not set(record_ids) <= set(frame.shown):
        return {}
    return {"asked": frame.asked, "shown": frame.shown}


def _listing(asked: str) -> str:
    """泰达财政局牵头几项 as 泰达财政局牵头哪些任务."""
    text = _CLOSING.sub("", asked)
    counted = _COUNTED.search(text)
    return f"{text[: counted.start()]}有哪些任务{text[counted.end() :]}" if counted else text


def _shown(index: Index, frame: Frame, match: re.Match[str]) -> PlanTask | None:
    at = len(frame.shown) if match["last"] else _value(match["at"])
    if not 0 < at <= len(frame.shown) or not index.has_record(frame.shown[at - 1]):
        return None
    record = index.record(frame.shown[at - 1])
    return record if isinstance(record, PlanTask) else None


def _value(numeral: str) -> int:
    try:
        return int(cn2an.cn2an(numeral, "smart"))
    except ValueError:  # 十十
        return 0
