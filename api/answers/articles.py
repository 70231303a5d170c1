"""「第八条规定了什么」「第三章讲什么」: what stands at a place of a document is looked up, not searched."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from api.answers import refusal
from api.answers.compose import Evidence, source_line
from api.answers.decide import single
from api.answers.draft import Draft
from api.answers.named import Naming, find_named, folded_title, without_copies
from api.answers.outline import told_heading
from api.answers.sentences import split_sentences
from api.answers.short_title import short_title
from api.answers.topic import strip_to_topic
from api.answers.turn import Turn
from api.answers.understand import names_a_matter
from api.answers.wording import cut, document_name
from api.schemas import Option
from knowledge.model import Document, Passage, PlanTask
from knowledge.provisions import (
    NUMERAL,
    Article,
    articles_of,
    bracketed,
    in_words,
    last_number,
    measures_of,
    stands_in,
    value_of,
)
from knowledge.text import normalise, squash
from knowledge.validity import in_force

_PLACE = re.compile(
    rf"第\s*(?P<number>{NUMERAL})\s*(?P<kind>条(?:之[一二三四五六七八九十])?|章|节|编|(?:个)?大?(?:部分|板块|块)|大[项类]|大?点(?!钟))"
)
_LAST = re.compile(r"最后一?个?(?:大?(条|章|节|编|部分|板块|大项))")
"""Read as 第0条: no document counts from nought."""
_ITEM = re.compile(
    rf"第?\s*(?:[（(]\s*(?P<bracketed>{NUMERAL})\s*[）)]\s*|(?P<plain>{NUMERAL}))(?:小?[项点款条节]|部分)"
)
_NO_MATTER = re.compile(
    r"规定|讲述?|说明?|写|内容|要求|原文|全文|条文|条款|原话|文件|办法|条例|通知|里面?|中|上|具体|完整|念|读|看|查|发|给|我|一下|都|有|的|了|是|"
    r"什么|啥|哪些|怎么|呢|吗|吧|请|帮|和|及|关于|根据|按照?|依据|本|该|这个?|那个?|份|对于?|解释|意思|解读|详细|介绍|一遍|告诉|想|知道|了解|谁|负责|牵头"
    r"|下面|[里下]头|些|小[点节块项]|[哪分]?成?几[个条项]?|分为?|包[括含]|任务|[工总]作|重点|政务公开|分解|分工|要点|方案|计划|表|管委会|那[条项个]"
)
_PLAN_NAME = re.compile("(?:要点|分解表?|任务表|分工表?|方案|计划)[的里中上,，:： ]*$")
_PLAN_WORDS = re.compile(
    "年度?|政务|公开|重点|主要|工作|年度|全年|任务|分解|分工|要点|方案|计划|安排|[表的份这那]|文件|通知|管委会|政府|区|市|县"
)
_TITLE = re.compile(
    r"([\u4e00-\u9fff]{2,40}?(?:办法|条例|规定|细则|通知|意见|方案|要点|规则|决定|规程|制度|公告|通告|章程|措施|指引|指南|标准"
    r"|分解表|分工|(?<![方做说看司立执依守违合普])法))(?:的|里|中|[,，:： ])*$"
)
_QUOTED = re.compile('[“"‘「『《]([^”"’」』》]{2,60})[”"’」』》]')
_FEW, _MOST_READ = 5, 20
_LONG, _CLAUSE, _LINES = 420, 60, 10
"""Characters of an article told whole and of one that stands in a list; lines of a list."""
_SHORTEST_PART = 4
_LABEL = 30


@dataclass(frozen=True, slots=True)
class _Place:
    """What is asked for: 第二章第一节 is two steps, ``item`` the （三） in the last; ``said`` as people are told."""

    steps: tuple[tuple[str, int], ...]
    item: int | None
    said: str
    suffix: str = ""

    @property
    def kind(self) -> str:
        return self.steps[-1][0]

    @property
    def number(self) -> int:
        return self.steps[-1][1]


def told_place(turn: Turn) -> Draft | None:
    """The article, chapter or part asked for, of the document named, of the answer before, or of the only document in
    question that has such; None where none is asked for, or the question is about a matter."""
    text = _LAST.sub(r"第0\1", turn.question.text)
    place = _asked(text)
    if place is None:
        return None
    naming = find_named(text, turn.documents)
    title = _title_before(naming.rest, turn)
    if not naming.documents and naming.unserved:
        return turn.refuse(refusal.place_not_served(naming.unserved, place.said))
    if not _asks_only_for(naming.rest, title, turn):
        return None
    documents = _documents(turn, naming, title, place)
    if documents is None:
        return turn.refuse(refusal.place_not_served((title,), place.said))
    if not documents:
        return None if place.kind == "部" or turn.question.regions else turn.refuse(refusal.which_document())
    return _told(turn, documents[0], place) if len(documents) == 1 else _which(documents, place)


def _asked(text: str) -> _Place | None:
    found = [match for match in _PLACE.finditer(text) if value_of(match["number"]) is not None]
    if not found:
        return None
    behind = _ITEM.match(text, found[-1].end()) or _ITEM.match(text, min(found[-1].end() + 1, len(text)))
    steps = tuple((_kind(match["kind"]), value_of(match["number"]) or 0) for match in found)
    item = value_of(behind["bracketed"] or behind["plain"]) if behind else None
    said = "".join(f"第{in_words(number)}{_WORD[kind]}" if number else f"最后一{_WORD[kind]}" for kind, number in steps)
    suffix = found[-1]["kind"][1:] if steps[-1][0] == "条" else ""
    return _Place(steps, item, f"{said}{suffix}" + (f"第（{in_words(item)}）项" if item else ""), suffix)


_WORD = {"条": "条", "章": "章", "节": "节", "编": "编", "部": "部分"}


def _kind(word: str) -> str:
    return word[0] if word[0] in "条章节编" else "部"


def _title_before(text: str, turn: Turn) -> str:
    """The title of a document that is said without its marks: 租房补助办法第八条. The loose name of a plan (济南的要点,
    2018年任务表) is none: it means the plan of the place and year asked."""
    place = _PLACE.search(text)
    match = _TITLE.search(strip_to_topic(text[: place.start()])) if place else None
    if match is None or len(match[1]) < _SHORTEST_PART:
        return ""
    bare = _without_places(match[1], turn).replace(" ", "")
    served = next((title for title in (match[1], bare) if len(bare) >= _SHORTEST_PART and _titled(turn, title)), None)
    return served or (match[1] if _PLAN_WORDS.sub("", bare) else "")


def _titled(turn: Turn, title: str) -> list[Document]:
    return [document for document in turn.documents if folded_title(title) in folded_title(document.title)]


def _without_places(text: str, turn: Turn) -> str:
    """Without regions and years."""
    for mention in sorted(turn.index.directory.find_regions(text), key=lambda found: -found.start):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return re.sub(r"(?<!\d)\d{4}(?!\d)年?度?|\d{2}年度?", " ", text)


def _asks_only_for(rest: str, title: str, turn: Turn) -> bool:
    """Whether nothing is asked but what stands there; 「依据第八条应当向哪个部门申请」 is about a matter."""
    plain = _ITEM.sub(" ", _PLACE.sub(" ", rest.replace(title, " ") if title else rest))
    plain = _without_places(_without_headings(plain, turn), turn)
    return not names_a_matter(_NO_MATTER.sub(" ", strip_to_topic(plain)))


def _without_headings(text: str, turn: Turn) -> str:
    """Without what is quoted beside the number of a part, where a heading in question reads so."""
    for quoted in _QUOTED.findall(text):
        words = squash(quoted)
        if any(words in squash(normalise(heading)) for task, _ in turn.tasks() for heading in task.section):
            text = text.replace(quoted, " ")
    return text


def _documents(turn: Turn, naming: Naming, title: str, place: _Place) -> list[Document] | None:
    """The documents that may be meant, those in force before the others; None where the one named is not served."""
    if named := list(naming.documents):
        regions = set(turn.question.region_names)
        return _best(turn, [document for document in named if document.region in regions] or named, place, named=True)
    if title:
        titled = _titled(turn, title)
        titled = [document for document in titled if turn.scope.holds(document)] or titled
        return _best(turn, titled, place, named=True) if titled else None
    if keys := [key for key in turn.question.earlier_ids if turn.index.has_record(key)]:
        before = {turn.index.record(key).document_id for key in keys}
        return [turn.index.document(key) for key in sorted(before)][:1] if len(before) == 1 else []
    inside = [document for document in turn.documents if turn.scope.holds(document)]
    if (found := _PLACE.search(naming.rest)) and _PLAN_NAME.search(naming.rest[: found.start()]):
        inside = [document for document in inside if document.id in turn.index.plans] or inside
    return _best(turn, inside, place, named=False) if len(inside) <= _MOST_READ else []


def _best(turn: Turn, documents: Sequence[Document], place: _Place, *, named: bool) -> list[Document]:
    """Of several, those that have such places at all, and of these the ones in force."""
    if len(documents) > 1:
        articles = _with_articles(turn, documents, place)
        documents = (
            articles
            or [each for each in documents if _numbered(turn, each, place)]
            or [each for each in documents if place.kind == "条" and 0 < place.number <= len(_measures(turn, each))]
            or _with_headings(turn, documents, place)
            or (documents if named else [])
        )
    documents = without_copies(documents, lambda document: _worth(turn, document, place))
    valid = [document for document in documents if in_force(document, turn.day)]
    return list(valid or documents)[:_FEW]


def _worth(turn: Turn, document: Document, place: _Place) -> tuple[int, ...]:
    """In force before repealed, then those that have the place, then those with most text."""
    passages = _passages(turn, document)
    articles = articles_of(passages) or measures_of(passages)
    held = len(articles) if place.kind == "条" else last_number(_headings(turn, document), place.kind)
    return in_force(document, turn.day), held >= place.number, sum(len(passage.text) for passage in passages)


def _with_articles(turn: Turn, documents: Iterable[Document], place: _Place) -> list[Document]:
    return [each for each in documents if place.kind == "条" and articles_of(_passages(turn, each))]


def _with_headings(turn: Turn, documents: Iterable[Document], place: _Place) -> list[Document]:
    kind = "部" if place.kind == "条" else place.kind
    return [each for each in documents if last_number(_headings(turn, each), kind) >= place.number]


def _numbered(turn: Turn, document: Document, place: _Place) -> list[PlanTask]:
    """第21条 of a plan is the task with that number."""
    if place.kind != "条" or place.item is not None or len(place.steps) > 1:
        return []
    tasks = [task for task in _tasks(turn, document) if task.no and task.no.isdigit()]
    return [task for task in tasks if task.no == str(place.number)] if place.number else tasks[-1:]


def _which(documents: Sequence[Document], place: _Place) -> Draft:
    options = tuple(
        Option(label=short_title(document.title, _LABEL), question=f"{document_name(document)}{place.said}")
        for document in documents
    )
    return Draft("clarify", refusal.which_document_has(place.said), options=options)


def _told(turn: Turn, document: Document, place: _Place) -> Draft | None:
    if place.kind == "条":
        articles = articles_of(_passages(turn, document))
        if articles:
            return _article(turn, document, articles, place)
        if numbered := _numbered(turn, document, place):
            return single(turn, [Evidence(numbered[0], document, 1.0)])
        measures = _measures(turn, document)
        if measures and len(place.steps) == 1:
            return _article(turn, document, measures, place)
        place = _Place((*place.steps[:-1], ("部", place.number)), place.item, place.said)  # 第三条 said of 三、
    return _section(turn, document, place)


def _article(turn: Turn, document: Document, articles: Sequence[Article], place: _Place) -> Draft:
    wanted = place.number or articles[-1].number
    found = next((one for one in articles if (one.number, one.suffix) == (wanted, place.suffix)), None)
    if found is None:
        last = max(article.number for article in articles)
        return turn.refuse(refusal.no_such_place(document_name(document), _held(len(articles), last), place.said))
    evidences = [Evidence(passage, document, 1.0) for passage in found.passages]
    return _answer(turn, _of_article(found, place.item), evidences)


def _held(count: int, last: int) -> str:
    return f"一共{count}条" if count == last else f"收录了{count}条，最后是第{in_words(last)}条"


def _of_article(article: Article, item: int | None) -> str:
    """All of it, or its first part where it is long; of an item that is asked for, the words that open the list too."""
    lines = article.text.split("\n")
    if item is not None:
        wanted = [line for line in lines[1:] if bracketed(line) == item]
        return "\n".join([lines[0], *wanted]) if wanted else _shortened(article.text)
    return _shortened(article.text)


def _shortened(text: str) -> str:
    if len(text) <= _LONG:
        return text
    told = ""
    for sentence in split_sentences(text):
        if told and len(told) + len(sentence) > _LONG:
            break
        told += sentence
    return f"{told.rstrip()}\n（内容较长，这里是前一部分，全文请看原文件。）"


def _answer(turn: Turn, text: str, evidences: Sequence[Evidence]) -> Draft:
    told = f"{text}\n{source_line(evidences[0])}"
    return Draft("answer", turn.with_caution(told, evidences), tuple(evidences), 1.0)


def _section(turn: Turn, document: Document, place: _Place) -> Draft | None:
    """A chapter or a numbered part; of a plan, the tasks in it."""
    if not place.number:
        place = replace(place, steps=((place.kind, last_number(_headings(turn, document), place.kind)),))
    tasks = [task for task in _tasks(turn, document) if _inside(task.section, place)]
    passages = [passage for passage in _passages(turn, document) if _inside(passage.heading, place)]
    if place.item is not None:
        return _item(turn, document, place, tasks, passages)
    if tasks and turn.question.facet in ("list", "count"):
        return None
    if tasks:
        title = stands_in(tasks[0].section, place.kind, place.number) or ""
        return told_heading(turn, document, title, tasks)
    if passages:
        return _chapter(turn, document, place, passages)
    last = last_number(_headings(turn, document), place.kind)
    if not last or len(place.steps) > 1:
        return None
    held = f"一共{last}{'个部分' if place.kind == '部' else place.kind}"
    return turn.refuse(refusal.no_such_place(document_name(document), held, place.said))


def _chapter(turn: Turn, document: Document, place: _Place, passages: Sequence[Passage]) -> Draft:
    title = stands_in(passages[0].heading, place.kind, place.number) or place.said
    inside = set(passages)
    articles = [one for one in articles_of(_passages(turn, document)) if inside.issuperset(one.passages[:1])]
    articles = [one for one in articles if _inside(one.heading, place)]
    if not articles:
        text = _shortened("\n".join(passage.text for passage in passages))
        return _answer(turn, text, [Evidence(passage, document, 1.0) for passage in passages[:_FEW]])
    span = f"（{articles[0].name}至{articles[-1].name}）" if len(articles) > 1 else ""
    lines = [_first_sentence(article.text) for article in articles[:_LINES]]
    return _listed(turn, document, f"{title}，共{len(articles)}条{span}：", lines, passages)


def _first_sentence(text: str) -> str:
    first = split_sentences(text)[0].strip()
    return first if len(first) <= _CLAUSE else f"{cut(first, _CLAUSE)}……"


def _listed(
    turn: Turn, document: Document, opening: str, lines: Sequence[str], records: Sequence[Passage | PlanTask]
) -> Draft:
    evidences = [Evidence(record, document, 1.0) for record in records[:_LINES]]
    text = "\n".join([opening, *lines, f"（{document.region} · {document_name(document)}）"])
    return Draft("answer", turn.with_caution(text, evidences), tuple(evidences), 1.0)


def _item(
    turn: Turn, document: Document, place: _Place, tasks: Sequence[PlanTask], passages: Sequence[Passage]
) -> Draft | None:
    """（三） within a part: a task of that number, or a heading, or a paragraph that begins so."""
    numbered = [task for task in tasks if bracketed(task.no or "") == place.item]
    if numbered:
        return single(turn, [Evidence(task, document, 1.0) for task in numbered])
    beneath = [task for task in tasks if _has_bracketed(task.section, place.item)]
    if beneath:
        title = next(text for text in beneath[0].section if bracketed(text) == place.item)
        return told_heading(turn, document, title, beneath)
    headed = [passage for passage in passages if _has_bracketed(passage.heading, place.item)]
    if headed:
        text = _shortened("\n".join(passage.text for passage in headed))
        return _answer(turn, text, [Evidence(passage, document, 1.0) for passage in headed[:_FEW]])
    for passage in passages:
        if lines := [line for line in passage.text.split("\n") if bracketed(line) == place.item]:
            return _answer(turn, _shortened(lines[0]), [Evidence(passage, document, 1.0)])
    return None


def _inside(heading: Iterable[str], place: _Place) -> bool:
    path = tuple(heading)
    return all(stands_in(path, kind, number) is not None for kind, number in place.steps)


def _has_bracketed(heading: Iterable[str], number: int | None) -> bool:
    return any(bracketed(text) == number for text in heading)


def _headings(turn: Turn, document: Document) -> list[tuple[str, ...]]:
    sections = [task.section for task in _tasks(turn, document)]
    return [*sections, *(passage.heading for passage in _passages(turn, document))]


def _passages(turn: Turn, document: Document) -> tuple[Passage, ...]:
    return turn.index.passages_of(document.id)


def _measures(turn: Turn, document: Document) -> list[Article]:
    return measures_of(_passages(turn, document))


def _tasks(turn: Turn, document: Document) -> tuple[PlanTask, ...]:
    return turn.index.tasks_of(document.id)
