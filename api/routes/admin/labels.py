"""What people read for the codes of answers and records."""

from api.schemas import AnswerKind, Facet
from knowledge.model import RecordKind

ANSWER_KINDS: dict[AnswerKind | str, str] = {
    "answer": "直接回答",
    "list": "列出任务",
    "compare": "分地区回答",
    "clarify": "请对方再选",
    "not_found": "没有找到",
    "smalltalk": "寒暄",
    "declined": "不予回答",
    "error": "答不了",
}
FACETS: dict[Facet, str] = {
    "lead": "谁牵头",
    "responsible": "谁负责",
    "deadline": "什么时候完成",
    "channel": "在哪里公开",
    "requirement": "有什么要求",
    "list": "有哪些",
    "count": "有多少",
    "document": "文件本身",
    "any": "没有限定",
}
RECORD_KINDS: dict[RecordKind, str] = {"task": "任务", "passage": "条文", "term": "名词", "faq": "问答"}
