"""Several questions in one message, told apart.

Cautious: a message is taken for several questions only where each can stand as one by itself, for an answer to half a
question is worse than one to a long question. Several sides of one matter (谁牵头、何时完成) are one question, and so
are several places (a comparison); a sentence that only sets the scene belongs to the question it stands beside.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from api.answers.clauses import ASKING, CONNECTOR, Break, Piece, folded, pieces, without_indefinite
from api.answers.facets import is_basis_asked, is_document_number_asked
from api.answers.question import Question
from api.answers.reading import ENOUGH_WORDS, FIELDS, SIDE, WHETHER, Reading, bare, facets_named, read_piece
from api.schemas import Facet, Frame
from index.search import Index

MOST_PARTS = 4
_SIDES = FIELDS | {"requirement"}
_PRECISE = FIELDS | {"list", "count", "document"}
_FACTS_APART = frozenset({"电话号码", "具体地址", "人员姓名", "办公时间"})
"""Facts asked for beside a field: 谁负责，电话多少."""
_WHO: frozenset[Facet] = frozenset({"lead", "responsible"})

_CONDITION = re.compile("要是|如果|假如|假设|倘若|若是|一旦|的话|万一")
_CONFIRMS = re.compile("^(?:是不是|是|还是|难道|对|应该是)")
_LONGEST_CONFIRMATION = 14
_YEAR = re.compile(r"(?:(?:19|20)\d{2}|(?<!\d)[012]\d)年|二[〇零][〇零一二][〇零一二三四五六七八九]年")
_RELATIVE_YEAR = re.compile("[今明去前后本]年")
"""In a scene it says when something happens to the citizen, and not of which year a plan is meant."""
_NAMES_A_DOCUMENT = re.compile(r"《|\d+号")
_LONGEST_ELLIPSIS = 12
_HEAD = 32
_LONGEST_TOPIC = 500
_FULL_WIDTH = {",": "，", "?": "？", ";": "；", ":": "：", "!": "！"}
_HALF_WIDTH = re.compile(r"(?<!\d)[,?;:!](?!\d)")
_PARTICLES = re.compile("[啊呀哦]+$")


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a message. ``facets`` are the sides of the matter asked, in order, where they are several;
    ``whole`` is the question with the scene set for it, to be tried where it finds nothing without. ``words`` are the
    words that name its matter, where another question stands before it in the message; ``shown`` is the question as it
    was asked, where that is more."""

    question: str
    facets: tuple[Facet, ...] = ()
    whole: str = ""
    words: str = ""
    shown: str = ""

    def asked_as(self, question: Question, frame: Frame | None, *, names_a_record: bool = False) -> Question:
        """The question understood, with what the message adds: all sides asked for, and how much it leans on the
        question before it. A short word of its own (结果) is taken together with what that was about, unless it
        ``names_a_record`` (双公示)."""
        if self.facets:
            question = replace(question, facet=self.facets[0], facets=self.facets)
        if not self.words or frame is None:
            return question
        if names_a_record or len(self.words) >= ENOUGH_WORDS:
            return replace(question, topic=question.own_words, record_ids=(), earlier_ids=())
        if question.placed or question.term or question.topic == frame.topic or not frame.topic:
            return question
        return replace(question, topic=f"{frame.topic} {question.topic}"[:_LONGEST_TOPIC])

    @property
    def head(self) -> str:
        """The question as a heading: short, and with its mark."""
        text = bare(self.shown or self.question).strip(" ,、。;:!?，；：！？")
        text = _PARTICLES.sub("", text)
        text = text if len(text) <= _HEAD else f"{text[:_HEAD]}…"
        return f"{_HALF_WIDTH.sub(lambda match: _FULL_WIDTH[match.group()], text)}？"


@dataclass(frozen=True, slots=True)
class Message:
    """The questions of a message, at most MOST_PARTS; ``left`` are those beyond."""

    parts: tuple[Part, ...]
    left: tuple[str, ...] = ()


@dataclass(slots=True)
class _Group:
    """A question in the making: ``scene`` are the sentences before it that ask nothing, ``readings`` its own pieces,
    ``sides`` those behind it that ask for another side of its matter and name none themselves."""

    scene: list[Reading]
    readings: list[Reading]
    opens: Break
    facets: list[Facet] = field(default_factory=list)
    sides: list[Reading] = field(default_factory=list)
    closed: bool = False

    @property
    def text(self) -> str:
        """As written, without courtesies and the numbers of items."""
        return "".join(reading.said for reading in self.readings).strip().rstrip(",、;:")

    @property
    def shown(self) -> str:
        return "".join(reading.said for reading in (*self.readings, *self.sides)).strip()

    @property
    def asking(self) -> Reading:
        """The piece that asks; the last one of an ellipsis, in which none does."""
        return next((reading for reading in reversed(self.readings) if reading.asks), self.readings[-1])

    @property
    def matter(self) -> bool:
        return any(reading.matter for reading in (*self.scene, *self.readings))

    @property
    def named(self) -> bool:
        """Whether its own words name the matter."""
        return any(reading.matter for reading in self.readings)

    @property
    def words(self) -> str:
        return "".join(reading.words for reading in self.readings)

    @property
    def firmly(self) -> bool:
        return self.asking.firmly

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(place for reading in self.readings for place in reading.places)


def read_message(text: str, index: Index, today: date, *, follows: bool = False) -> Message:
    """The questions of a message; ``follows`` says that there was a turn before on which the first one may lean."""
    if index.names.asked(text):
        return Message((Part(text),))
    cut = pieces(folded(text))
    if not _may_be_several(cut):
        return Message((Part(text, facets_named(folded(text))),))
    readings = [read_piece(piece, index, today) for piece in cut]
    groups = _together(_groups(readings), follows=follows)
    if not groups:
        return Message((Part(text),))
    if len(groups) == 1 and not groups[0].scene:
        plain = not groups[0].sides and not any(each.idle or each.piece.opens == Break.ITEM for each in readings)
        return Message((Part(text if plain else bare(groups[0].text), _several_sides(groups[0])),))
    first, *others = groups
    parts = (_part(first, index), *(replace(_part(each, index), words=each.words) for each in others))
    return Message(parts[:MOST_PARTS], tuple(part.shown or part.question for part in parts[MOST_PARTS:]))


def _may_be_several(cut: Sequence[Piece]) -> bool:
    """A quick look, for most messages are one question."""
    text = "".join(piece.text for piece in cut)
    sentences = sum((piece.opens or 0) >= Break.CONNECTOR for piece in cut)
    asked = len(ASKING.findall(without_indefinite(text))) + len(re.findall(rf"[吗呢?]|{WHETHER}|{SIDE}", text))
    return len(cut) > 1 and (sentences > 0 or asked > 1)


def _groups(readings: Iterable[Reading]) -> list[_Group]:
    """One group for each piece that asks, with what leads up to it. What follows the last one belongs to it."""
    groups: list[_Group] = []
    pending: list[Reading] = []
    for reading in readings:
        if reading.opens >= Break.SENTENCE and groups and not groups[-1].closed:
            _close(groups[-1], pending)
        if not reading.asks and not (groups and _is_ellipsis(reading, pending)):
            pending.append(reading)
            continue
        scene, clause = _divided([*pending, reading])
        pending.clear()
        opens = max(each.opens for each in (*scene, *clause))
        groups.append(_Group(scene, clause, opens, list(reading.facets)))
    if groups:
        _trail(groups[-1], pending)
    return groups


def _close(group: _Group, pending: list[Reading]) -> None:
    """At the end of its sentence: what stands behind the question in it is a part of it."""
    group.readings += pending
    group.closed = True
    pending.clear()


def _trail(group: _Group, pending: list[Reading]) -> None:
    if group.closed:
        group.scene += filter(_tells, pending)
    else:
        group.readings += pending


def _tells(reading: Reading) -> bool:
    """Whether a sentence that asks nothing says anything that a question may need."""
    return bool(reading.words or reading.places)


def _divided(readings: list[Reading]) -> tuple[list[Reading], list[Reading]]:
    """The sentences before the one that asks, and that one."""
    starts = [at for at, reading in enumerate(readings) if at and reading.opens >= Break.SENTENCE]
    at = starts[-1] if starts else 0
    return list(filter(_tells, readings[:at])), readings[at:]


def _is_ellipsis(reading: Reading, pending: Sequence[Reading]) -> bool:
    """「…谁负责？另外，政务新媒体」: a matter or place alone, behind a connecting word or a number."""
    before = "".join(each.piece.text for each in (*pending, reading))
    announced = bool(CONNECTOR.match(before)) or any(each.piece.opens == Break.ITEM for each in (*pending, reading))
    text = reading.piece.text.strip(" ,、。;:!")
    short = len(bare(text)) <= _LONGEST_ELLIPSIS and not re.search("[我你您咱很太]", text)
    return short and announced and _tells(reading) and all(each.idle for each in pending)


def _together(groups: Sequence[_Group], *, follows: bool) -> list[_Group]:
    """The groups with those joined that are not questions of their own."""
    joined: list[_Group] = []
    for group in groups:
        before = joined[-1] if joined else None
        if before is None or _is_another(before, group, lean=follows and len(joined) == 1):
            joined.append(group)
        else:
            _join(before, group)
    return joined


def _join(before: _Group, group: _Group) -> None:
    new = [facet for facet in group.facets if facet not in before.facets] if _adds_a_side(before, group) else []
    if new:
        before.facets = [*(["requirement"] if before.facets == ["any"] else before.facets), *new]
    before.scene += group.scene
    (before.sides if new and before.named else before.readings).extend((*group.readings, *group.sides))
    before.closed = group.closed


def _adds_a_side(before: _Group, group: _Group) -> bool:
    """Whether a bare 什么时候完成 is one more side of the matter asked about before."""
    if not set(group.facets) <= _SIDES or group.places:
        return False
    if group.matter and before.matter and not _is_part_of_it(group):
        return False
    if before.asking.explains:
        return False
    plain = group.opens >= Break.CONNECTOR and before.facets == ["any"]
    return plain or set(before.facets) <= _SIDES


def _is_part_of_it(group: _Group) -> bool:
    """「谁来搞，结果在哪公布」: a word such as 结果 in the same sentence is one of the matter before it."""
    return group.opens <= Break.CLAUSE and len(group.words) < ENOUGH_WORDS and set(group.facets) <= FIELDS


def _is_another(before: _Group, group: _Group, *, lean: bool) -> bool:
    """Whether a group is a question of its own beside the one before it."""
    if group.opens >= Break.CONNECTOR:
        return _stands_apart(before, group, lean=lean)
    return _stands_apart_in_one_sentence(before, group)


def _stands_apart(before: _Group, group: _Group, *, lean: bool) -> bool:
    """Behind the end of a sentence or a connecting word."""
    if not before.matter and not before.places:
        return lean or before.asking.question.fact is not None
    if group.matter:
        return not _confirms(group)
    if group.places:
        return not _compares(before, group)
    if group.asking.question.fact and not set(group.facets) & FIELDS:
        return True
    return bool(set(group.facets) - {"any"}) and not _adds_a_side(before, group)


def _confirms(group: _Group) -> bool:
    """「谁负责？是宣传局吗？」"""
    return group.facets == ["any"] and len(group.text) <= _LONGEST_CONFIRMATION and bool(_CONFIRMS.search(group.text))


def _compares(before: _Group, group: _Group) -> bool:
    """「兰州新区谁牵头？济南呢？」 asks the same of another place."""
    same = group.facets == ["any"] or set(group.facets) <= set(before.facets) or {*group.facets, *before.facets} <= _WHO
    return bool(before.places) and same and not group.asking.question.years


def _stands_apart_in_one_sentence(before: _Group, group: _Group) -> bool:
    """With nothing but a comma, or no mark at all, between: both must ask for something precise of matters of their
    own, or the second for a telephone number and its like."""
    asked = group.asking.question
    if not (before.matter and before.firmly and group.firmly) or _CONDITION.search(before.text):
        return False
    if _is_number_of_the_basis(before, group):
        return False
    if asked.fact and asked.fact.name in _FACTS_APART:
        return bool(set(before.facets) & _PRECISE)
    if not group.matter:
        return bool(group.places and before.places and set(group.facets) <= FIELDS) and not _compares(before, group)
    placed = bool(group.places) and bool(before.places)
    fact = asked.fact is not None and len(group.words) >= ENOUGH_WORDS
    precise = set(before.facets) <= _PRECISE and (fact or set(group.facets) <= _PRECISE)
    spoken = group.opens == Break.RUN_ON and not group.places and len(group.words) < ENOUGH_WORDS
    return (precise and not spoken) or (placed and set(group.facets) <= _SIDES)


def _is_number_of_the_basis(before: _Group, group: _Group) -> bool:
    """「照着哪份文件，文号多少」: the number is that of the document asked for."""
    asked = group.asking.question
    return not group.places and is_document_number_asked(asked.text) and is_basis_asked(before.asking.question.text)


def _several_sides(group: _Group) -> tuple[Facet, ...]:
    return tuple(group.facets) if len(group.facets) > 1 and set(group.facets) <= _SIDES else ()


def _part(group: _Group, index: Index) -> Part:
    text = bare(group.text)
    if group.facets == ["any"] and not group.asking.asks:
        text = f"{text.strip(' ,、。;:!?')}呢"
    asked = Part(text, _several_sides(group), shown=group.shown if group.sides else "")
    scene = _RELATIVE_YEAR.sub("", "".join(reading.piece.text for reading in group.scene))
    if not scene:
        return asked
    if len(group.words) < ENOUGH_WORDS or _NAMES_A_DOCUMENT.search(scene):
        return replace(asked, question=f"{scene}{text}")
    where = "" if group.places else _places_and_years(scene, index)
    return replace(asked, question=f"{where}{text}", whole=f"{scene}{text}")


def _places_and_years(scene: str, index: Index) -> str:
    """The places and years that a scene names."""
    mentions = [scene[mention.start : mention.end] for mention in index.directory.find_regions(scene)]
    return "".join([*_YEAR.findall(scene), *mentions, *index.directory.unknown_regions(scene)])
