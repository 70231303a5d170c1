"""What is asked of the tasks as a set: which of them, and whether to list, count or rank them.

A question is read as one about a set of tasks where every word of it is understood: what is left beside the
conditions must be words that belong to every task, or stand in headings or titles of the plans. All other questions
are about a matter and go to the search.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from api.answers.question import Question
from api.answers.topic import strip_to_topic
from api.answers.understand import telling_words
from api.schemas_query import TaskFilters
from api.tasks.channels import find_channel, printed_channels
from api.tasks.conditions import heading_text, part_of
from api.tasks.due import Due, find_due, printed_deadlines
from knowledge.deadlines import number
from knowledge.directory import Directory
from knowledge.model import Document, PlanTask
from knowledge.text import normalise, squash

Wants = Literal["list", "count", "units", "most", "least", "earliest", "latest", "regions"]
Role = Literal["lead", "responsible", "any"]
Pair = tuple[PlanTask, Document]

_NOUN = r"(?:任务|工作(?!日)|事项|活儿?|事儿?|职责|差事)"
_UNIT = r"(?:单位|部门|局|处室|科室|机构|家)"
_MOST = re.compile(rf"(?:{_UNIT}|谁|哪个).{{0,12}}(?:最多|最重)|最多的(?:是)?(?:哪|什么|啥|谁|{_UNIT})")
_LEAST = re.compile(rf"(?:{_UNIT}|谁|哪个).{{0,12}}最少|最少的(?:是)?(?:哪|什么|啥|谁|{_UNIT})")
_REGIONS = re.compile(
    rf"[哪那](?:个|家|边|里)(?:地区|地方|区|新区|高新区|开发区|县|市)?的?{_NOUN}(?:数量|数)?(?:更|最|比较)?(?:多|少)"
)
_WHOSE_TASKS = re.compile(rf"(?:谁家?|哪里|哪儿)的?{_NOUN}(?:数量|数)?(?:更|最|比较)?(?:多|少)")
_EARLIEST = re.compile(
    rf"(?:最早|最先|最急|最近)(?:要|需要|应|该)?(?:完成|到期|截止|办完)|(?:时限|期限)(?:最早|最急|最紧|最短)|最[急紧]的{_NOUN}|{_NOUN}最[急紧早]"
)
_LATEST = re.compile(r"(?:最晚|最迟|最后)(?:要|需要|应|该)?(?:完成|到期|截止|办完)的|(?:时限|期限)(?:最晚|最迟)")
_UNITS = re.compile(
    rf"(?<![哪那第])(?:几|多少)个?(?:不同)?(?:的)?(?:牵头|责任|承办|配合|参与|主管|协办|主办)?的?{_UNIT}(?!之)"
    rf"|(?:牵头|责任|承办|配合|参与|主管|协办|主办)的?{_UNIT}(?:一共|总共|共计|共)?(?:有|是)?(?:几|多少)(?:个|家)?$"
)
_COUNT = re.compile(
    rf"(?<![哪那])(?:几|多少)(?:项|条|件|个|样)?(?:公开|政务公开|重点|牵头|具体)*的?{_NOUN}|(?<![哪那])(?:几|多少)(?:项|件)(?!目)|(?<![第哪那])几条(?=$|任务)"
    rf"|{_NOUN}.{{0,4}}(?<![哪那])(?:几|多少)(?:项|条|件|个)?$|的(?:一共|总共|共)?有?(?:几|多少)(?:项|条|件|个)?$"
)
_WHICH = re.compile(
    rf"(?:[哪那]些|[哪那]几[项个件条样]?|什么|啥)(?:公开|政务公开|重点|牵头|具体)*的?{_NOUN}|{_NOUN}(?:都|分别|一共|总共)?(?:有|是|包括)(?:哪些|哪几|什么|啥)"
    rf"|(?:列|数|捋|盘点|汇总|罗列|报).{{0,14}}{_NOUN}|{_NOUN}.{{0,4}}(?:列|清单|盘点|汇总|全部|所有)|(?:全部|所有)(?:的)?{_NOUN}"
    rf"|有没有(?:什么|哪些)?(?:牵头|负责|承担|参与)的?{_NOUN}|[哪那]几[项条件样](?=[要该得需是用通在由归]|[呢啊]?$)"
)
_OPEN_END = re.compile(
    r"(?:列|捋|说|讲|报)(?:一下|一遍|出来|举)$|"
    rf"(?:的|有哪些|都有哪些|是哪些|有什么|哪几项|哪些|是哪[个项一几]+)(?:呢|啊|呀)?$|的(?:公开|重点)?{_NOUN}(?:呢|啊|呀|吗|有哪些)?$"
)
_WHICH_PLACES = re.compile(
    rf"[哪那](?:些|几个|个)(?:地区|区|新区|县|市).*{_NOUN}|{_NOUN}.*[哪那](?:些|几个|个)(?:地区|区|新区|县|市)"
)
_LEADING = re.compile("牵头|领头|挑头|打头|领着|为首|挑大梁|主办|领衔|带头|主抓")
_RESPONSIBLE = re.compile(r"配合|协办|协助|(?:责任|承办|协办|配合)(?:单位|部门)|列为责任")
_PART = re.compile(
    r"(?:第(?P<part>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])(?:个)?|最后一?个?)大?(?:部分|块(?:内容)?|大项|大类|章|方面)(?:内容|任务)?"
)
_WHEN = re.compile("什么时[候间]|啥时|何时|几时|几月|多久|(?:时限|期限)(?:都|分别|各)?(?:是|有|到)|截止")
_ONE_ITEM = re.compile(
    r"第\s*[\d几一二三四五六七八九十百]+\s*(?:项|条|款|个|件)|第?[（(]\s*[\d一二三四五六七八九十]+\s*[）)]\s*(?:小?[节项条点款]|部分)"
)
_YEAR = re.compile(r"^\d{4}年?(?=.)度?")
_NUMBERED = re.compile(r"^\s*\(?[一二三四五六七八九十\d]{1,3}\)?\s*[、,.)]?\s*")
_ACT = re.compile(
    r"^(?:做好|推进|推动|推行|加强|强化|深化|落实|完善|健全|提升|提高|规范|优化|切实|全面|进一步|着力|继续|积极|扎实|深入|加大|加快|建立|抓好|实施|开展)+"
)
_QUOTED = re.compile("《[^》]*》")
# In the order in which they are tried in front of a word.
_FILLER = (
    r"一共|总共|共有|共列|合计|总计|全部|所有|清单|列表|列出|列举|列|数一数|数|捋一捋|捋捋|捋一|捋|盘点|汇总|罗列|"
    r"说说|讲讲|报一下|一下|几|项|条|件|个|样|多少|任务|工作|事儿|事项|事|活儿|活|职责|差事|安排|承担|参与|负责|牵头|"
    r"领头|打头|挑头|领着|干|做|管|办|手上|手里|名下|头上|身上|需要|应当|应该|必须|完成|落实|办结|到期|截止|以内|之内|"
    r"内|有关|相关|涉及|关于|属于|包括|包含|方面|领域|部分|这块|地区|新区|区|县|市|文件|分解|分解表|分工表|分工|要点|"
    r"方案|通知|计划|表格|表|名单|单位|部门|政务公开|政务(?![\u4e00-\u9fff])|公开|发布|重点|主要|年度|写明|写|规定|"
    r"要求|时限|期限|分别|哪些|哪|什么|啥|谁|最早|最晚|最迟|最先|最急|最多|最少|里面|管委会|政府|配合|协助|协办|责任|"
    r"算上|加起来|这张|这份|那张|那份|张|份|咱们|咱|我们|你们|全区|全市|全县|区里|市里|县里|搞完|搞定|搞好|弄完|弄好|"
    r"做完|干完|干好|办完|办好|办妥|交账|交差|收尾|当中|其中|想知道|知道|想问|印发|下发|下达|明确|提出|布置|分配|是|"
    r"为|有|要|都|的|了|里|中|给|我|和|各|还|另|由|被|让|把|对|在|于|会|得|些|吗|呢|吧|请|嘛|啊|呀|那|这|其|跟|与|及|"
    r"年|底|前|可|以|能|来|去|就"
)
_FILLER_IN_FRONT = re.compile(f"(?:{_FILLER})+")
_FILLER_BY_LENGTH: dict[int, list[str]] = {}
for _word in _FILLER.split("|"):
    _FILLER_BY_LENGTH.setdefault(len(_word.partition("(")[0]), []).append(_word)
_FILLER_OF_LENGTH = {length: re.compile("|".join(words)) for length, words in _FILLER_BY_LENGTH.items()}
_SHORTEST_MATTER, _SHORTEST_HEADING = 2, 4
_NEGATION = re.compile("(?<!有)没|(?<![是能会要])不|未|并非|除")
_NOT_BY = re.compile("(?:不是|不|没有?|未)$")
_ONLY_BY = re.compile("(?:只是?|仅仅?|光是?|单单?)(?:能|要|需)?$")
_NOT_DUE = re.compile("(?:不是|并非|不(?:要求|需要?|用|必|属于)?|没有?要求|未要求|除了?|非)$")
_SILENT = re.compile(
    r"(?:没有?|未|无)(?:写明?|列出?|列明|明确|标明|注明|单列|规定)*了?"
    r"(?:(?P<lead>牵头(?:单位|部门))|(?P<responsible>责任(?:单位|部门))|(?:公开|发布)(?:方式|渠道|途径))"
)
_MOST_NAMES = 20


@dataclass(frozen=True, slots=True)
class TaskQuery:
    """``filters`` are the conditions on a task; ``units`` the units asked for, ``without`` those left out, as they are
    told; ``due`` the deadline in ``filters``, ``without_due`` the one left out; ``asks_when`` whether the deadline of
    each task is wanted."""

    wants: Wants
    filters: TaskFilters
    units: tuple[str, ...] = ()
    role: Role = "any"
    due: Due | None = None
    without_due: Due | None = None
    without: tuple[str, ...] = ()
    asks_when: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing is asked of a task but to stand in the plans in question."""
        return self.filters == TaskFilters(exact=True)


def read_task_query(question: Question, directory: Directory, pairs: Callable[[], Sequence[Pair]]) -> TaskQuery | None:
    """None where the question is about a matter; ``pairs`` are the tasks in question, looked at only where needed."""
    said = _said(question)
    if _ONE_ITEM.search(said):
        return None
    wants = _wants(question, said)
    if wants is None and not _may_be_a_fragment(said):
        return None
    tasks = pairs()
    if not tasks:
        return None
    if wants == "units":
        said = _UNITS.sub(lambda match: _role_word(match.group()), said)
    if wants == "regions":
        said = _REGIONS.sub(" ", _WHOSE_TASKS.sub(" ", said))
    reading = _Reading(said, question, directory, tasks)
    if wants is None:
        wants = "list" if reading.has_condition and not reading.matter else None
    return reading.query(wants) if wants else None


def _may_be_a_fragment(said: str) -> bool:
    """长期坚持的, 用微信发布的任务: a condition, and nothing else asked. Looks at the words alone, for every question
    comes by here."""
    if not (_OPEN_END.search(said) or _WHICH_PLACES.search(said)):
        return False
    return bool(find_due(said) or find_channel(said) or _PART.search(said) or _SILENT.search(said))


def _said(question: Question) -> str:
    """The question without regions, years and titles of documents; a follow-up with what it leans on in front."""
    text = squash(_QUOTED.sub("", question.without_year))
    carried = question.topic if question.topic != question.own_words else ""
    return f"{squash(carried)}{text}".rstrip("?。!,;.")


def _wants(question: Question, said: str) -> Wants | None:
    if len(question.regions) > 1 and _WHOSE_TASKS.search(said):
        return "regions"
    for wants, pattern in _SUPERLATIVES:
        if pattern.search(said):
            return wants
    if question.facet == "count" or _COUNT.search(said):
        return "count"
    return "list" if question.facet == "list" or _WHICH.search(said) else None


_SUPERLATIVES: tuple[tuple[Wants, re.Pattern[str]], ...] = (
    ("regions", _REGIONS),
    ("most", _MOST),
    ("least", _LEAST),
    ("earliest", _EARLIEST),
    ("latest", _LATEST),
    ("units", _UNITS),
)


class _Reading:
    """One question taken apart: each condition is cut out of ``rest``; ``matter`` is what is left at the end."""

    def __init__(self, said: str, question: Question, directory: Directory, tasks: Sequence[Pair]) -> None:
        self._question = question
        self._tasks = tasks
        self.rest = said
        self.part = self._take_part()
        self.silent = self._take_silent()
        self.due, self.without_due = self._take_due()
        self.channel, self.without_channel, self.only_channel = self._take_channel()
        self.heading = self._take_heading()
        self.units = self._take_units(directory)
        self.matter = _matter(self.rest)
        self.role = _role(said)
        self._asks_when = bool(_WHEN.search(said))

    @property
    def has_condition(self) -> bool:
        return bool(self.due or self.without_due or self.channel or self.without_channel or self.part or self.silent)

    def query(self, wants: Wants) -> TaskQuery | None:
        if _NEGATION.search(self.rest) and not any(_NEGATION.search(word) for word in self.matter):
            return None
        heading = " ".join(filter(None, [self.heading, *self.matter]))
        if self.matter and not self._stands_in_headings():
            if not self.units:
                return None
            heading = self.heading
        filters = TaskFilters(
            exact=True,
            deadline=self.due.asked if self.due else "",
            without_deadline=self.without_due.asked if self.without_due else "",
            channel=self.channel,
            without_channel=self.without_channel,
            only_channel=self.only_channel,
            silent=self.silent,
            part=self.part,
            heading=heading,
        )
        units = self._unit_filters() | ({} if wants in ("most", "least") else self._left_out())
        filters = filters.model_copy(update=units)
        names = tuple(dict.fromkeys(unit[0] for unit in self.units))
        return TaskQuery(
            wants,
            filters,
            names,
            self.role,
            self.due,
            without_due=self.without_due,
            without=self._question.without_units,
            asks_when=self._asks_when,
        )

    def _unit_filters(self) -> dict[str, list[str]]:
        names = list(dict.fromkeys(name for unit in self.units for name in unit))[:_MOST_NAMES]
        column = {"lead": "lead", "responsible": "responsible", "any": "unit"}[self.role]
        return {column: names} if names else {}

    def _left_out(self) -> dict[str, list[str]]:
        """「不是财政局牵头的」 leaves out what it leads, 「除了财政局」 whatever it takes part in."""
        names = list(self._question.without_units[:_MOST_NAMES])
        return {"without_lead" if self.role == "lead" else "without_unit": names} if names else {}

    def _stands_in_headings(self) -> bool:
        return any(all(word in heading_text(task) for word in self.matter) for task, _ in self._tasks)

    def _take(self, words: str) -> None:
        self.rest = self.rest.replace(words, " ", 1)

    def _take_part(self) -> int | None:
        match = _PART.search(self.rest)
        if match is None:
            return None
        self._take(match.group())
        if match["part"]:
            return number(match["part"])
        return max(filter(None, (part_of(task) for task, _ in self._tasks)), default=None)

    def _take_silent(self) -> list[Literal["lead", "responsible", "channel"]]:
        match = _SILENT.search(self.rest)
        if match is None:
            return []
        self._take(match.group())
        return ["lead"] if match["lead"] else ["responsible"] if match["responsible"] else ["channel"]

    def _take_heading(self) -> str:
        """A heading or title that stands in the question as it is, though its words may belong to every task."""
        plain = {_plain(text) for task, _ in self._tasks for text in (*task.section, task.title or "")}
        headings = plain | {name for name in map(_without_act, plain) if not _is_filler(name)}
        found = (text for text in headings if len(text) >= _SHORTEST_HEADING and text in self.rest)
        heading = max(found, key=len, default="")
        self._take(heading)
        return heading

    def _take_due(self) -> tuple[Due | None, Due | None]:
        """The deadline asked for, with its year, which has been cut out of ``rest`` already, and the one left out
        (不是长期坚持的)."""
        printed = printed_deadlines(task.deadline for task, _ in self._tasks)
        whole = find_due(squash(self._question.text), printed)
        if whole and whole.year:
            self._take(_YEAR.sub("", whole.words))
            return whole, None
        here = find_due(self.rest, printed)
        if here is None:
            return None, None
        before = _NOT_DUE.search(self.rest[: self.rest.find(here.words)])
        self._take(f"{before.group() if before else ''}{here.words}")
        return (None, here) if before else (here, None)

    def _take_channel(self) -> tuple[str, str, bool]:
        """The channel asked for, the one left out (不在网站公开的), and whether it must be the only one."""
        found = find_channel(self.rest, printed_channels(task.channel for task, _ in self._tasks))
        if found is None:
            return "", "", False
        words, ways = found
        in_front = self.rest[: self.rest.find(words)]
        before, only = _NOT_BY.search(in_front), _ONLY_BY.search(in_front)
        told_apart = before or only
        self._take(f"{told_apart.group() if told_apart else ''}{words}")
        return ("", ways, False) if before else (ways, "", bool(only))

    def _take_units(self, directory: Directory) -> tuple[tuple[str, ...], ...]:
        """For each unit named the names it is printed under; 各部门 and the like only where no other is named."""
        units = directory.find_units(self.rest, self._question.region_names or None)
        for unit in reversed(units):
            self.rest = f"{self.rest[: unit.start]} {self.rest[unit.end :]}"
        return tuple(unit.candidates for unit in units) or self._take_class(directory)

    def _take_class(self, directory: Directory) -> tuple[tuple[str, ...], ...]:
        printed = {unit for task, _ in self._tasks for unit in (*task.lead, *task.responsible)}
        classes = (unit for unit in printed if unit in self.rest and directory.is_generic(unit))
        name = max(classes, key=len, default=None)
        if name is None:
            return ()
        self._take(name)
        return ((name,),)


@lru_cache(maxsize=4096)
def _plain(heading: str) -> str:
    """As it is compared, without its number."""
    return squash(_NUMBERED.sub("", normalise(heading)))


@lru_cache(maxsize=4096)
def _without_act(heading: str) -> str:
    """重点领域信息公开 for 做好重点领域信息公开."""
    return _ACT.sub("", heading) or heading


def _matter(rest: str) -> tuple[str, ...]:
    """Words that do not belong to every task."""
    words = telling_words(strip_to_topic(rest)).split()
    trimmed = (_trimmed(word) for word in words if not _is_filler(word))
    return tuple(word for word in trimmed if len(word) >= _SHORTEST_MATTER)


def _filler_behind(word: str) -> list[bool]:
    """For each place in ``word`` whether all that follows is filler. Step by step from the end: filler may be read in
    several ways, and a pattern that tries them all takes exponential time."""
    behind = [False] * len(word) + [True]
    for at in reversed(range(len(word))):
        fits = (length for length, filler in _FILLER_OF_LENGTH.items() if filler.match(word, at))
        behind[at] = any(behind[at + length] for length in fits)
    return behind


def _is_filler(word: str) -> bool:
    return bool(word) and _filler_behind(word)[0]


def _trimmed(word: str) -> str:
    """Without the filler at its ends."""
    front = _FILLER_IN_FRONT.match(word)
    start = front.end() if front else 0
    return word[start : _filler_behind(word).index(True, start)]


def _role_word(counted: str) -> str:
    """牵头 of 有几个牵头单位, which names no unit."""
    role = re.search("牵头|主办|配合|协办|责任", counted)
    return {"责任": " 责任单位 ", "": " "}.get(role.group() if role else "", f" {role.group() if role else ''} ")


def _role(said: str) -> Role:
    if _LEADING.search(said):
        return "lead"
    return "responsible" if _RESPONSIBLE.search(said) else "any"
