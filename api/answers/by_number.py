"""「第8项任务由谁负责」: a task asked for by the number it is printed with."""

import re

import cn2an

from api.answers.compose import Evidence
from api.answers.decide import single
from api.answers.draft import Draft
from api.answers.turn import Turn

_NUMBERED = re.compile(r"第\s*(\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:项(?:任务|工作)?|[个号](?:任务|工作))")


def task_by_number(turn: Turn) -> Draft | None:
    """The one task in scope with the number asked for; None when none is asked for, or several plans have it.
    A plan not in force has it only where none in force does."""
    match = _NUMBERED.search(turn.question.text)
    if match is None:
        return None
    try:
        wanted = str(int(cn2an.cn2an(match.group(1), "smart")))
    except ValueError:  # 第十十项
        return None
    for pairs in (turn.tasks(), turn.lapsed_tasks()):
        found = [Evidence(task, document, 1.0) for task, document in pairs if task.no == wanted]
        if found:
            return single(turn, found) if len(found) == 1 else None
    return None
