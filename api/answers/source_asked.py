"""「出处」「原文发我」「哪个文件」: the source of the answer before, once more and in full."""

import re

from api.answers.compose import Evidence, body, source_line
from api.answers.draft import Draft
from api.answers.turn import Turn

_SOURCE = re.compile(
    r"^(?:请)?(?:把|给我|发我|看看?|要)?(?:一下)?(?:出处|原文|来源|依据|原话)(?:发我|发给我|给我看看?|是什么|在哪里?|呢)?[?？。!！吗啊呀]*$"
    r"|^(?:那)?(?:我)?(?:想|要)?(?:在|去|到|从)?(?:哪里?|哪儿|什么地方)(?:可以|能|才能)?(?:查看|查到|查|看到|看|找到|找|下载)(?:到)?(?:文件|它)?的?(?:原文|原件|全文)(?:件)?[?？。呢啊呀]*$"
    r"|^(?:那)?(?:我)?(?:想|要)?(?:看看?|查|查看|找|下载)?(?:文件|它|文件的)?的?(?:原文|原件|全文|出处|来源)(?:件|链接|地址|网址)?(?:可以|能)?(?:(?:在|去|到|从)?(?:哪里?|哪儿|什么地方)(?:可以|能|才能)?(?:查看|查到|查|看到|看|找到|找|下载|有)?|怎么(?:查|看|找|下载)|有(?:没有|吗))?[?？。吗呢啊呀]*$"
    r"|^(?:这是|是|出自|在|来自)?(?:哪|什么)个?(?:文件|通知)(?:里)?(?:说的|规定的|写的|里的|上的)?[?？。啊呀]*$|^有(?:什么)?依据吗[?？]*$"
)


def source_of_last_answer(turn: Turn) -> Draft | None:
    """The records of the turn before, quoted; None when the question asks for something else, or there are none."""
    if not _SOURCE.search(turn.question.text) or not turn.question.earlier_ids:
        return None
    records = [turn.index.record(key) for key in turn.question.earlier_ids[:3] if turn.index.has_record(key)]
    found = [Evidence(record, turn.index.document(record.document_id), 1.0) for record in records]
    if not found:
        return None
    lines = [f"原文是：“{body(evidence.record)}”\n{source_line(evidence)}" for evidence in found]
    return Draft("answer", turn.with_caution("\n".join(lines), found), tuple(found), 1.0)
