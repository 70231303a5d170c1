"""From a citizen's words to a :class:`Question`: directory and patterns, nothing learned."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from api.answers.corrected import as_corrected
from api.answers.evidence import FactKind, wanted_fact
from api.answers.excluded import find_excluded
from api.answers.facets import detect_facet, is_count_asked, is_list_asked
from api.answers.named import with_digits
from api.answers.plan_regions import asks_of_tasks, with_plan_regions
from api.answers.question import Question
from api.answers.spoken import as_written
from api.answers.term_asked import term_asked
from api.answers.topic import strip_to_topic
from api.answers.years import find_years, with_months
from api.schemas import Facet, Frame
from knowledge.directory import Directory, Mention
from knowledge.text import normalise

# Facets whose answer is a field of the task, so that a missing amount or address is no reason to refuse:
# 「债券借了多少，该哪个局出来说」 asks for the bureau.
_FIELD_FACETS: frozenset[Facet] = frozenset({"lead", "responsible", "list", "count", "document"})
# 「财政局局长是谁」 asks for a name, whatever it looks like.
_ALWAYS_NEEDED = frozenset({"人员姓名", "电话号码", "具体地址", "办公时间"})
_TIME_NEEDS = frozenset({"办理材料和手续", "办公时间", "具体日期", "期限"})
_PLAIN = re.compile(
    r"之前|以前|弄[好完妥]|搞[定好完]|干[完好]|办[完好]|做[完好]|完成|落实|配合|干活|参与|协助|单位|部门|方式|领域|重点|内容|要求|公开|发布|信息|工作|任务"
    r"|事情|规定|情况|方面|名单|公布|发[布出]|查看|看到|查到|办理|[一几每][次回趟]"
    r"|其中|这里面|里面|这些|来着|具体|一般|大概|周期|频率|时间|日期|期限|单独|另外"
)
_WITHIN = re.compile("(?:那么?)?(?:其中|这里面|里面|这些)")
_ELLIPTICAL = re.compile(r"^(?:那|换成|改成|还有|要是)|呢\W*$|^\S{1,6}$")
_OPENING_PLACE = re.compile(
    r"^(?:请问|你好|那)?[,， ]?(?![哪那各这每几个])([\u4e00-\u9fff]{2,4}?(?:新区|高新区|开发区|街道|[市区县镇乡州]))"
    r"(?![\u4e00-\u9fff]?(?:长|委|办|政府))"
)
_FILLERS = re.compile(
    r"[的了是在呢吗吧啊呀要得都就那这由该把被和跟与里上事来去有会能还也很再它他她其发查看弄搞做办前归隔又底次回趟\W]+"
)
_ELSEWHERE = "其他地区"
"""In a refusal, where the base holds no region but the one left out."""
_SHORTEST_MATTER = 2
_TELLING = 0.35
"""Rarity above which a word names a matter; 公开, 信息, 重点 and 领域 lie below it in every plan."""


def _cut(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _needed_fact(text: str, facet: Facet) -> FactKind | None:
    fact = wanted_fact(text)
    if fact is None or (facet in _FIELD_FACETS and fact.name not in _ALWAYS_NEEDED):
        return None
    return fact if facet != "deadline" or fact.name in _TIME_NEEDS else None


def _facet(text: str, *, units: tuple[str, ...], topic: str) -> Facet:
    if is_count_asked(text):
        return "count"
    if is_list_asked(text) and (units or not names_a_matter(topic)):
        return "list"
    return detect_facet(text)


def understand(text: str, directory: Directory, today: date) -> Question:
    """Understand one question on its own; :func:`carry_over` adds what earlier turns said."""
    clean = with_months(with_digits(as_written(directory.as_written(normalise(text)))), today)
    clean = as_corrected(clean, directory, today, names_a_matter)
    left_out = find_excluded(clean, directory)
    asked = left_out.text
    mentions = directory.find_regions(asked)
    regions = _regions(asked, mentions)
    years, rest = find_years(_cut(asked, ((mention.start, mention.end) for mention in mentions)), today)
    with_plans = with_plan_regions(regions, asked, directory, left_out.regions)
    units = directory.find_units(rest, [name for names in with_plans for name in names] or None)
    bare = _cut(rest, ((unit.start, unit.end) for unit in units)) if units else rest
    rest = _as_meant(rest, units)
    facet = _facet("".join(asked.split()), units=_names(units) or left_out.units, topic=strip_to_topic(bare))
    regions = with_plans if asks_of_tasks(asked, facet) else regions
    unknown = tuple(directory.unknown_regions(asked))
    if left_out.regions and not regions:
        regions = _others(directory, left_out.regions)
        unknown = unknown or (() if regions else (_ELSEWHERE,))
    return Question(
        text=clean,
        regions=regions,
        unknown_regions=unknown,
        years=years,
        units=_names(units),
        facet=facet,
        topic=(topic := strip_to_topic(rest)),
        own_words=topic,
        without_year=rest.strip(),
        term=term_asked(rest.strip()),
        fact=_needed_fact(asked, facet),
        placed=bool(mentions or years or units or left_out.regions or left_out.units),
        without_regions=left_out.regions,
        without_units=left_out.units,
    )


def _as_meant(text: str, mentions: Iterable[Mention]) -> str:
    """The text with misspelt names spelt right, so that they are searched for by their right characters."""
    for mention in sorted(mentions, key=lambda mention: -mention.start):
        text = f"{text[: mention.start]}{mention.alias}{text[mention.end :]}"
    return text


def _regions(text: str, mentions: Sequence[Mention]) -> tuple[tuple[str, ...], ...]:
    """The regions of each mention. A name that several bear means the one that is named in full beside it, or the very
    one so called where it stands before a colon, as in the question of a choice (高新区：政务公开谁负责)."""
    chosen = [_chosen(text, mention) for mention in mentions]
    certain = {candidates[0] for candidates in chosen if len(candidates) == 1}
    told = (candidates if len(candidates) == 1 or not certain & set(candidates) else () for candidates in chosen)
    return tuple(dict.fromkeys(filter(None, told)))


def _chosen(text: str, mention: Mention) -> tuple[str, ...]:
    is_choice = mention.start == 0 and text.startswith(":", mention.end)
    return (mention.canonical,) if is_choice and mention.canonical == mention.alias else mention.candidates


def _others(directory: Directory, left_out: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """All regions but those left out, as one mention: none is to be compared, any may answer."""
    others = tuple(region for region in directory.regions if region not in left_out)
    return (others,) if others else ()


def _names(units: Iterable[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for unit in units for name in unit.candidates))


def telling_words(topic: str) -> str:
    """The topic less the words that belong to every task: 之前弄好, 配合的单位, 重点领域."""
    return _PLAIN.sub(" ", topic)


def unheard_of_place(text: str, knows: Callable[[str], bool]) -> str | None:
    """A district the question opens with that neither the gazetteer nor the served knowledge has ever heard of."""
    match = _OPENING_PLACE.match(text)
    if match is None or knows(match.group(1)) or knows(match.group(1)[:2]):
        return None
    return match.group(1)


def names_a_matter(topic: str) -> bool:
    """Whether the topic holds more than words that belong to every task."""
    words = (word for word in telling_words(topic).split() if not _FILLERS.fullmatch(word))
    return len("".join(words)) >= _SHORTEST_MATTER


def _settled(regions: tuple[tuple[str, ...], ...], said: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """A name that several regions bear (高新区) means the one of them that the conversation is about."""
    known = (tuple(name for name in mention if name in said) for mention in regions)
    pairs = zip(regions, known, strict=True)
    return tuple(dict.fromkeys(one if len(one) == 1 else mention for mention, one in pairs))


def carry_over(question: Question, frame: Frame, *, known_weight: float, is_title: bool = False) -> Question:
    """Fill what the question leaves out from the frame of the turn before.

    ``known_weight`` (0 to 1) is the rarity of the rarest of the topic's words that the served knowledge knows; 0 where
    it knows none, for then the question is about something else altogether and leans on nothing. Nor does the title of
    a task (``is_title``), however plain its words are. Region and year are inherited unless the question names its own;
    a new region drops the old year, for the other district's plan may be of another year. The topic is inherited when
    the question has none, or asks for a facet with no telling word beside it (「配合干活的单位有谁」); a bare new topic
    keeps the facet (「公共资源交易的呢」).
    """
    if question.unknown_regions and not question.regions:
        # Another place, though nothing of it is held: neither region nor year of the turn before is meant any more.
        frame = frame.model_copy(update={"regions": [], "years": [], "record_ids": []})
    regions = _settled(question.regions, frame.regions) or tuple((name,) for name in frame.regions)
    years = question.years or (() if question.regions else tuple(frame.years))
    bare = not is_title and (not names_a_matter(question.topic) or 0 < known_weight < _TELLING)
    within = bool(_WITHIN.match(question.text))
    leans = within or not question.topic or (question.facet != "any" and bare and not question.units)
    same_place = {name for names in regions for name in names} <= set(frame.regions) and not question.years
    return replace(
        question,
        regions=regions,
        years=years,
        facet=frame.facet if question.facet == "any" and _ELLIPTICAL.search(question.text) else question.facet,
        topic=frame.topic if leans else question.topic,
        record_ids=tuple(frame.record_ids) if leans and same_place else (),
        earlier_ids=tuple(frame.record_ids) if same_place and not question.units else (),
    )
