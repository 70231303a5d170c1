"""How a plan is made up: its parts, and what stands under one of its headings (「政府网站」那一节有哪几项)."""

import re
from collections.abc import Iterable, Sequence

from api.answers import refusal
from api.answers.compose import Evidence
from api.answers.draft import Draft
from api.answers.named import find_named
from api.answers.short_title import short_title
from api.answers.topic import strip_to_topic
from api.answers.turn import Turn
from api.answers.understand import names_a_matter
from api.answers.wording import document_name, full_label
from api.schemas import Option
from knowledge.model import Document, PlanTask
from knowledge.text import normalise, squash

_LINES = 10
_LABEL = 30
_PART = r"(?:部分|板块|大?块|大[项类点]|方面|章)"
_PARTS_ASKED = re.compile(
    rf"(?:有|共|分|分为|分成|包[括含]|由|划分为|下设)(?:了)?(?:几|多少|哪几|哪些)个?大?{_PART}|(?:几|多少|哪几)个?大?{_PART}(?:组成|构成|$)"
)
_UNDER = re.compile(
    r"(?:[这那](?:一)?个?|(?<=[”\"』」]))(?:小?节|部分|板块|大?块|章|栏|标题|大项)(?:内容)?(?:下面|底下|下|里面?|中)?"
    r"|(?<=[”\"』」])(?:下面|底下|里面|里头)"
)
_POINTS = re.compile(r"小[点节块项]|[分几哪]个?方面|分[成为]?[哪几多]|细分")
_PLAIN = re.compile(
    r"分为?|成|一共|总共|共|都|下面|底下|里[面头]?|些|包[括含]|组成|构成|哪[几些]|几|多少|[个项条点节块章]|大|小|部分|板块|方面|内容|讲|说|写|的|有|是|由|了"
    r"|什么|啥|任务表?|工作|重点|政务公开|分解表?|分工表?|要点|方案|计划|文件|通知|表|列|出来|一下|那|这|请|帮我|看|具体|分别"
)
_ANOTHER_SIDE = re.compile("谁|负责|牵头|单位|部门|时限|期限|什么时候|几月|几号|怎么|如何|在哪|归")
_MARKS = re.compile(r"[\W_]")
_NUMBERED = re.compile(r"^\s*[（(]?[一二三四五六七八九十\d]{1,3}\s*[)）、.．]\s*")


def told_outline(turn: Turn) -> Draft | None:
    """The parts of a plan, or the tasks under a heading called by its words; None for any other question."""
    text = turn.question.text
    if _ANOTHER_SIDE.search(text):
        return None
    if under := _UNDER.search(text):
        return _under_heading(turn, text[: under.start()], text[under.end() :])
    if _PARTS_ASKED.search(squash(text)) and not _says_more(turn, find_named(text, turn.documents).rest):
        return _parts(turn)
    return None


def _says_more(turn: Turn, text: str) -> bool:
    for mention in sorted(turn.index.directory.find_regions(text), key=lambda found: -found.start):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return names_a_matter(_PLAIN.sub(" ", strip_to_topic(re.sub(r"\d{2,4}年度?", " ", text))))


def _plans(turn: Turn) -> dict[str, list[PlanTask]]:
    """The tasks of each plan named, or of those in scope."""
    named = {document.id for document in find_named(turn.question.text, turn.documents).documents}
    plans: dict[str, list[PlanTask]] = {}
    for task, _ in turn.tasks() or turn.lapsed_tasks():
        if not named or task.document_id in named:
            plans.setdefault(task.document_id, []).append(task)
    return plans


def _parts(turn: Turn) -> Draft | None:
    plans = {key: tasks for key, tasks in _plans(turn).items() if any(task.section for task in tasks)}
    if not plans:
        return None
    if len(plans) > 1:
        return _which_plan(turn, plans)
    [(key, tasks)] = plans.items()
    document = turn.index.document(key)
    groups = _grouped(tasks, 0)
    lines = [f"{heading}（{len(inside)}项任务）" for heading, inside in groups]
    head = f"{document_name(document)}一共{len(groups)}个部分："
    return _listing(turn, document, head, lines, [inside[0] for _, inside in groups])


def _which_plan(turn: Turn, plans: Iterable[str]) -> Draft:
    documents = [turn.index.document(key) for key in plans]
    options = tuple(
        Option(label=short_title(document.title, _LABEL), question=f"{document_name(document)}有几个部分？")
        for document in documents
    )
    return Draft("clarify", refusal.which_document(), options=options)


def _under_heading(turn: Turn, before: str, behind: str) -> Draft | None:
    """Of the headings that the words in front end with, or in quotes are, the longest of the only plan that has one."""
    quoted = re.search(r"[“\"‘「『]([^”\"’」』]{2,60})[”\"’」』]?$", before.rstrip())
    said = _MARKS.sub("", squash(quoted[1] if quoted else before))
    found: dict[tuple[str, str], list[PlanTask]] = {}
    for key, tasks in _plans(turn).items():
        for heading in dict.fromkeys(heading for task in tasks for heading in task.section):
            name = _folded(heading)
            if name and (said == name if quoted else said.endswith(name)):
                found[key, name] = [task for task in tasks if name in map(_folded, task.section)]
    longest = max((len(name) for _, name in found), default=0)
    chosen = {key: tasks for key, tasks in found.items() if len(key[1]) == longest}
    if len(chosen) != 1:
        return None
    [((key, name), tasks)] = chosen.items()
    rest = before[: quoted.start()] if quoted else said.removesuffix(name)
    if _says_more(turn, f"{rest} {behind}"):
        return None
    title = next(heading for heading in tasks[0].section if _folded(heading) == name)
    return told_heading(turn, turn.index.document(key), title, tasks)


def _folded(heading: str) -> str:
    return _MARKS.sub("", squash(_NUMBERED.sub("", normalise(heading))))


def told_heading(turn: Turn, document: Document, title: str, tasks: Sequence[PlanTask]) -> Draft:
    """What stands under a heading: the headings beneath it where those are asked for or the tasks are many; else the
    tasks."""
    depth = next((at for at, text in enumerate(tasks[0].section) if _folded(text) == _folded(title)), 0)
    beneath = _grouped(tasks, depth + 1)
    if len(beneath) > 1 and (_POINTS.search(turn.question.text) or len(tasks) > _LINES):
        lines = [f"{heading}（{len(inside)}项任务）" for heading, inside in beneath]
        head = f"{title}，分{len(beneath)}个方面，共{len(tasks)}项任务："
        return _listing(turn, document, head, lines, [inside[0] for _, inside in beneath])
    lines = [f"{at}. {full_label(task)}" for at, task in enumerate(tasks[:_LINES], 1)]
    if len(tasks) > _LINES:
        lines.append(f"还有{len(tasks) - _LINES}项没有列出。")
    return _listing(turn, document, f"{title}，共{len(tasks)}项任务：", lines, tasks[:_LINES])


def _grouped(tasks: Iterable[PlanTask], depth: int) -> list[tuple[str, list[PlanTask]]]:
    """The headings at a depth in their order, each with its tasks. Blanks within a heading make no difference."""
    groups: dict[str, tuple[str, list[PlanTask]]] = {}
    for task in tasks:
        if len(task.section) > depth:
            heading = task.section[depth]
            groups.setdefault(squash(normalise(heading)), (heading, []))[1].append(task)
    return list(groups.values())


def _listing(turn: Turn, document: Document, head: str, lines: Sequence[str], tasks: Sequence[PlanTask]) -> Draft:
    evidences = tuple(Evidence(task, document, 1.0) for task in tasks)
    text = "\n".join([head, *lines, f"（{document.region} · {document_name(document)}）"])
    return Draft("answer", turn.with_caution(text, evidences), evidences, 1.0)
