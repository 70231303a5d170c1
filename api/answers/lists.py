"""Questions about tasks as a set: of a unit, by deadline, channel or part of the plan, within the regions and years
asked; listed, counted or ranked."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from api.answers import refusal
from api.answers.compose import Evidence
from api.answers.count import count_text, counted_text, ranking_text, standings, units_text
from api.answers.draft import Draft
from api.answers.question import Question
from api.answers.task_query import Pair, TaskQuery, read_task_query
from api.answers.task_set import TaskSet, gather, link_to, said_back
from api.answers.turn import Turn
from api.answers.wording import cut, document_name, full_label, place_in_document
from api.schemas import Option
from api.tasks.due import find_due
from api.tasks.named import named
from knowledge.deadlines import last_day
from knowledge.model import PlanTask
from knowledge.text import squash
from knowledge.unit_names import unit_core

SHOWN = 12
"""Tasks enumerated in one answer; the rest are counted, and stand in the table behind the link."""
_ELLIPTICAL = re.compile(r"^(?:那|换|其中|这里面|里面|这些)|呢\W*$")
_BEGINNING = 16
_DOCUMENTS_NAMED = 6
_DEADLINES_NAMED = 4


def listed(turn: Turn) -> Draft | None:
    """The tasks asked for; None when the question is about a matter. Plans not in force are listed, and said to be so,
    where those in force have nothing."""
    turn = _without_year_of_deadline(turn)
    current = _listed(turn, turn.tasks)
    if current is not None and current.kind != "not_found":
        return current
    old = _listed(turn, turn.lapsed_tasks)
    if old is None or old.kind != "list":
        return current
    return replace(old, text=turn.with_caution(old.text, old.evidences))


def _without_year_of_deadline(turn: Turn) -> Turn:
    """2023年10月底前 names the year of the deadline, which need not be that of the plan."""
    due = find_due(squash(turn.question.text)) if turn.scope.years else None
    if due is None or due.year is None:
        return turn
    return replace(turn, scope=replace(turn.scope, years=turn.scope.years - {due.year}))


def _listed(turn: Turn, pairs: Callable[[], Sequence[Pair]]) -> Draft | None:
    pairs = cache(pairs)
    query = _query(turn, pairs)
    if query is None:
        return None
    found = gather(query, pairs(), turn.index.directory)
    if query.wants == "regions":
        return _regions_ranked(turn, query, found)
    if query.wants == "units":
        return _units_counted(turn, query, found)
    if query.wants in ("most", "least"):
        return _ranked(turn, query, found)
    if query.wants in ("earliest", "latest"):
        return _outermost(turn, query, found)
    if not found.tasks and found.beside:
        return _said_in_text(turn, query, found)
    if not found.tasks:
        return turn.refuse(_none_found(turn, query, found, pairs()))
    return _counted(turn, query, found) if query.wants == "count" else _enumerated(turn, query, found)


def _query(turn: Turn, pairs: Callable[[], Sequence[Pair]]) -> TaskQuery | None:
    """What is asked, with the matter carried over from earlier turns in front. 「泰达有哪些任务是及时公开的」 leans on
    nothing: a question that names its place and has a condition of its own is read as it stands."""
    question, directory = turn.question, turn.index.directory
    if question.topic == question.own_words:
        return read_task_query(question, directory, pairs)
    alone = replace(question, topic=question.own_words, record_ids=())
    if question.placed and not _ELLIPTICAL.search(question.text):
        own = read_task_query(alone, directory, pairs)
        if own and not own.is_whole:
            return own
    carried = read_task_query(question, directory, pairs)
    if carried or not question.own_words:
        return carried
    own = read_task_query(alone, directory, pairs)
    return own if own and not own.is_whole else None


def _region(turn: Turn, found: TaskSet) -> str:
    """The one region meant; empty where there are several and none was named."""
    named = turn.question.region_names
    inside = [region for region in found.regions if not named or region in named]
    return inside[0] if len(inside) == 1 else "、".join(named) if len(turn.question.regions) > 1 else ""


def _counted(turn: Turn, query: TaskQuery, found: TaskSet) -> Draft:
    text = counted_text(query, found, _region(turn, found))
    lines = [text, _beside_line(query, found), _implied_line(query, found)]
    ends = (found.tasks[0], found.tasks[-1])
    evidences = tuple(Evidence(task, document, 1.0) for task, document in dict.fromkeys(ends))
    return Draft(
        "list",
        "\n".join(filter(None, lines)),
        evidences,
        1.0,
        options=_region_options(turn, found) if query.units else (),
        link=link_to(turn, query, found),
    )


def _enumerated(turn: Turn, query: TaskQuery, found: TaskSet) -> Draft | None:
    """None where headings name but one task of the matter: the search may know more of it."""
    unplaced = len(found.regions) > 1 and not _is_placed(turn.question)
    if unplaced and query.units:
        return _which_region(turn, query, found)
    if unplaced and len(found.tasks) > SHOWN:
        return _by_region(turn, query, found)
    if query.filters.heading and not query.units and len(found.tasks) == 1:
        return None
    lines = [_head(query, _region(turn, found), len(found.tasks)), *_lines(found.tasks, query), *_closing(query, found)]
    return _list_draft(turn, found.tasks, "\n".join(lines), query, found)


def _list_draft(turn: Turn, tasks: Sequence[Pair], text: str, query: TaskQuery, found: TaskSet) -> Draft:
    evidences = tuple(Evidence(task, document, 1.0) for task, document in tasks)
    shown = tuple(turn.cite(evidence) for evidence in evidences[:SHOWN])
    return Draft("list", text, evidences, 1.0, citations=shown, link=link_to(turn, query, found))


def _head(query: TaskQuery, region: str, number: int) -> str:
    said = said_back(query, region)
    return f"{said}的任务共{number}项：" if said else f"现有文件共列出{number}项任务："


def _lines(tasks: Sequence[Pair], query: TaskQuery) -> list[str]:
    """Numbered, under the name of the region where there are several, and how many are left out."""
    shown = list(enumerate(tasks[:SHOWN], start=1))
    names = [(task.document_id, full_label(task)) for task, _ in tasks[:SHOWN]]
    alike = {name for name in names if names.count(name) > 1}
    lines = []
    several = len({document.id for _, document in tasks}) > 1
    for _, group in groupby(shown, key=lambda each: each[1][1].id):
        of_one = list(group)
        lines += [f"{of_one[0][1][1].region}："] if several else []
        lines += [_line(at, task, _name(task, alike), query) for at, (task, _) in of_one]
    if len(tasks) > SHOWN:
        lines.append(f"还有{len(tasks) - SHOWN}项没有列出，全部{len(tasks)}项见表格。")
    return lines


def _name(task: PlanTask, alike: Collection[tuple[str, str]]) -> str:
    """Tasks of one plan under one name are told apart by how their requirements begin."""
    name = full_label(task)
    return f"{name}：{cut(task.requirement, _BEGINNING)}……" if (task.document_id, name) in alike else name


def _line(at: int, task: PlanTask, name: str, query: TaskQuery) -> str:
    due = query.due or query.without_due
    by_day = query.wants in ("earliest", "latest") or query.asks_when
    dated = by_day or (due is not None and due.kind not in ("none", "undated"))
    detail = [
        _number(task),
        _role(task, query),
        (task.deadline or ("没有写明时限" if query.asks_when else "")) if dated else "",
        (task.channel or "") if query.filters.channel else "",
    ]
    said = "，".join(filter(None, detail))
    return f"{at}. {name}（{said}）" if said else f"{at}. {name}"


def _number(task: PlanTask) -> str:
    """By its own number. Where it only stands under headings they would be the same on line after line; the citation
    has them."""
    return place_in_document(task) if task.no and task.no.isdigit() else ""


def _role(task: PlanTask, query: TaskQuery) -> str:
    if query.role != "any" or not query.units:
        return ""
    cores = set(map(unit_core, query.filters.unit))
    return "责任单位" if cores.isdisjoint(named(task.lead)) else "牵头"


def _closing(query: TaskQuery, found: TaskSet) -> list[str]:
    """What may belong to the list besides, and its sources."""
    said = [_beside_line(query, found), _implied_line(query, found), _sources(found.tasks)]
    return list(filter(None, said))


def _implied_line(query: TaskQuery, found: TaskSet) -> str:
    return f"另有{found.implied}项写的是“各部门”一类的统称，也可能涉及。" if found.implied and query.units else ""


def _beside_line(query: TaskQuery, found: TaskSet) -> str:
    if not found.beside:
        return ""
    column, asked = ("公开方式", "提到了这个渠道") if query.filters.channel else ("时限", "写到了这样的日期")
    return f"另有{len(found.beside)}项没有单列{column}，但工作要求里{asked}。"


def _sources(tasks: Sequence[Pair]) -> str:
    documents = list({document.id: document for _, document in tasks}.values())
    named = "、".join(f"{document.region} · {document_name(document)}" for document in documents[:_DOCUMENTS_NAMED])
    return f"（{named}{'等' if len(documents) > _DOCUMENTS_NAMED else ''}）"


def _is_placed(question: Question) -> bool:
    """Whether the region is settled: 高新区 alone may be any of several."""
    return len(question.regions) > 1 or (len(question.regions) == 1 and len(question.regions[0]) == 1)


def _region_options(turn: Turn, found: TaskSet) -> tuple[Option, ...]:
    if len(found.regions) < 2 or _is_placed(turn.question):
        return ()
    years = {document.region: document.year for _, document in found.tasks}
    return tuple(
        Option(label=region, question=f"{_told_apart(turn, region, years[region])}：{turn.question.text}")
        for region in found.regions
    )


def _told_apart(turn: Turn, region: str, year: int | None) -> str:
    """With its year, where the name alone could be another region's too."""
    mentions = turn.index.directory.find_regions(region)
    shared = any(len(mention.candidates) > 1 for mention in mentions)
    return f"{year}年{region}" if shared and year else region


def _which_region(turn: Turn, query: TaskQuery, found: TaskSet) -> Draft:
    counts = "，".join(f"{region}有{number}项" for region, number in _by_regions(found))
    unit = "、".join(query.units)
    text = f"您想问哪个地区？几个地区都有{unit}：{counts}。"
    return Draft("clarify", text, options=_region_options(turn, found), link=link_to(turn, query, found))


def _by_region(turn: Turn, query: TaskQuery, found: TaskSet) -> Draft:
    lines = [
        _head(query, "", len(found.tasks)),
        *(f"{region}{number}项" for region, number in _by_regions(found)),
        f"全部{len(found.tasks)}项见表格，也可以按地区看。",
        *_closing(query, found),
    ]
    draft = _list_draft(turn, found.tasks, "\n".join(lines), query, found)
    return replace(draft, options=_region_options(turn, found))


def _by_regions(found: TaskSet) -> list[tuple[str, int]]:
    regions = [document.region for _, document in found.tasks]
    return [(region, regions.count(region)) for region in found.regions]


def _said_in_text(turn: Turn, query: TaskQuery, found: TaskSet) -> Draft:
    """No plan in question has such a deadline or channel in its own column; the requirements say it."""
    tasks = found.beside
    regions = list(dict.fromkeys(document.region for _, document in tasks))
    column = "公开方式" if query.filters.channel else "时限"
    head = f"文件没有单列{column}，工作要求里写到的共{len(tasks)}项："
    lines = [head, *_lines(tasks, query), _sources(tasks)]
    if query.wants == "count" or (len(regions) > 1 and len(tasks) > SHOWN):
        lines = [head.replace("共", "有", 1).replace("：", "。"), count_text(tasks, "这样")]
    draft = _list_draft(turn, tasks, "\n".join(lines), query, found)
    return replace(draft, options=_region_options(turn, TaskSet(tasks)) if len(tasks) > SHOWN else ())


def _regions_ranked(turn: Turn, query: TaskQuery, found: TaskSet) -> Draft | None:
    """The regions by their number of tasks, those with most first."""
    ranked = sorted(_by_regions(found), key=lambda each: -each[1])
    if not ranked:
        return None
    what = said_back(query, "")
    head = f"各地区{what}的任务数：" if what else "各地区的任务数："
    lines = [head, *(f"{at}. {region}：{number}项" for at, (region, number) in enumerate(ranked[:SHOWN], start=1))]
    text = "\n".join([*lines, _sources(found.tasks)])
    evidences = tuple(Evidence(task, document, 1.0) for task, document in found.tasks[:1])
    return Draft("list", text, evidences, 1.0, link=link_to(turn, query, found))


def _units_counted(turn: Turn, query: TaskQuery, found: TaskSet) -> Draft | None:
    """How many units the tasks name, and which; None where one is named in the question."""
    ranked = [] if query.units else standings(found.tasks, query, turn.index.directory)
    if not ranked:
        return None
    text = f"{units_text(ranked, query, found.regions)}\n{_sources(found.tasks)}"
    evidences = tuple(Evidence(task, document, 1.0) for task, document in found.tasks[:SHOWN])
    return Draft("list", text, evidences, 1.0, options=_region_options(turn, found), link=link_to(turn, query, found))


def _ranked(turn: Turn, query: TaskQuery, found: TaskSet) -> Draft | None:
    ranked = standings(found.tasks, query, turn.index.directory)
    if not ranked:
        return None
    regions = [turn.question.region_names[0]] if len(turn.question.regions) == 1 else found.regions
    text = f"{ranking_text(ranked, query, found.regions or regions)}\n{_sources(found.tasks)}"
    top = ranked[-1] if query.wants == "least" else ranked[0]
    documents = {task.id: document for task, document in found.tasks}
    evidences = tuple(Evidence(task, documents[task.id], 1.0) for task in top.tasks[:SHOWN])
    return Draft("list", text, evidences, 1.0, options=_region_options(turn, found))


def _outermost(turn: Turn, query: TaskQuery, found: TaskSet) -> Draft | None:
    """The tasks whose deadline is the first or the last day named in the plans in question."""
    dated = [(day, pair) for pair in found.tasks if (day := last_day(pair[0].deadline, pair[1].year))]
    if not dated:
        return turn.refuse(refusal.no_day_named(said_back(query, _region(turn, found))))
    days = [day for day, _ in dated]
    wanted = min(days) if query.wants == "earliest" else max(days)
    tasks = [pair for day, pair in dated if day == wanted]
    region = _region(turn, found)
    said = said_back(query, region)
    word = "最早" if query.wants == "earliest" else "最晚"
    what = f"{said}的任务里，" if said else "现有文件里，"
    regions = "、".join(dict.fromkeys(document.region for _, document in tasks))
    where = f"其中时限{word}的" if region else f"时限{word}的在{regions}，共"
    head = f"{what}写明日期的有{len(dated)}项，{where}{len(tasks)}项："
    evidences = tuple(Evidence(task, document, 1.0) for task, document in tasks)
    text = "\n".join([head, *_lines(tasks, query), _sources(tasks)])
    return Draft("list", text, evidences, 1.0, citations=tuple(map(turn.cite, evidences[:SHOWN])))


def _none_found(turn: Turn, query: TaskQuery, found: TaskSet, pairs: Sequence[Pair]) -> str:
    """The no, with what is there instead: the deadlines printed, or the tasks given to everybody."""
    region = (
        "、".join(turn.question.region_names) if len(turn.question.region_names) == len(turn.question.regions) else ""
    )
    return refusal.no_such_task(said_back(query, region), _instead(query, found, pairs))


def _instead(query: TaskQuery, found: TaskSet, pairs: Sequence[Pair]) -> str:
    if query.units:
        return f"有{found.implied}项写的是“各部门”一类的统称，也可能涉及。" if found.implied else ""
    if query.due is not None and query.due.kind not in ("none", "undated"):
        printed = list(dict.fromkeys(task.deadline for task, _ in pairs if task.deadline))
        some = "、".join(f"“{each}”" for each in printed[:_DEADLINES_NAMED])
        return (
            f"文件写的时限有{some}{'等' if len(printed) > _DEADLINES_NAMED else ''}。"
            if printed
            else "文件没有单列时限。"
        )
    if query.filters.channel and not any(task.channel for task, _ in pairs):
        return "文件没有单列公开方式。"
    return ""
