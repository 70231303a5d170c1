"""The answers to the questions of one message, put together: a heading for each, and at the end what is left open."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from api.answers import refusal
from api.answers.draft import Draft
from api.answers.several import MOST_PARTS, Message, Part
from api.schemas import AnswerKind, AnswerPart, Citation, Frame, Link, Option, Table
from knowledge.model import Term

_ORDINALS = "一二三四"
_ANSWERED: frozenset[AnswerKind] = frozenset({"answer", "list", "compare"})
_MOST_RELATED = 3
_MOST_OPTIONS = 6
_LABEL = 18


@dataclass(frozen=True, slots=True)
class Told:
    """One question of the message with its answer; ``frame`` is what the next turn may lean on after it."""

    part: Part
    draft: Draft
    citations: tuple[Citation, ...]
    frame: Frame

    @property
    def is_answered(self) -> bool:
        return self.draft.kind in _ANSWERED

    @property
    def leant_on(self) -> Frame:
        """What the next question of the message leans on: behind 什么是… 谁负责 asks for more than the definition."""
        defines = any(isinstance(evidence.record, Term) for evidence in self.draft.evidences)
        return self.frame.model_copy(update={"record_ids": []}) if defines else self.frame


@dataclass(frozen=True, slots=True)
class Joined:
    kind: AnswerKind
    text: str
    confidence: float
    citations: tuple[Citation, ...]
    options: tuple[Option, ...]
    related: tuple[str, ...]
    frame: Frame
    parts: tuple[AnswerPart, ...] = ()
    link: Link | None = None
    table: Table | None = None


def joined(told: Sequence[Told], message: Message) -> Joined:
    """Answers, refusals and questions back in the order asked; the offer to log a request once, at the end. The answer
    to a message with one question is left as it is."""
    if len(told) == 1:
        return _single(told[0])
    answered = [each for each in told if each.is_answered]
    citations = tuple({each.record_id: each for one in told for each in one.citations}.values())
    parts = tuple(_part(at, each, citations) for at, each in enumerate(told))
    options = _options(told, message)
    closing = "\n".join(filter(None, (_offer(told), _left(message))))
    text = "\n".join([*(f"{part.head}\n{part.text}" for part in parts), *filter(None, [closing])])
    return Joined(
        kind=_kind(told),
        text=text,
        confidence=min(each.draft.confidence for each in answered or told),
        citations=citations,
        options=options,
        related=_related(told, {option.question for option in options}),
        parts=parts,
        frame=(answered or told)[-1].frame,
    )


def _single(told: Told) -> Joined:
    draft = told.draft
    return Joined(
        kind=draft.kind,
        text=draft.text,
        confidence=draft.confidence,
        citations=told.citations,
        options=draft.options,
        related=draft.related,
        frame=told.frame,
        link=draft.link,
        table=draft.table,
    )


def _part(at: int, told: Told, citations: Sequence[Citation]) -> AnswerPart:
    places = {citation.record_id: place for place, citation in enumerate(citations)}
    return AnswerPart(
        head=f"{_ORDINALS[at]}、{told.part.head}",
        question=told.part.question,
        kind=told.draft.kind,
        text=refusal.without_offer(told.draft.text),
        confidence=round(told.draft.confidence, 3),
        cited=[places[citation.record_id] for citation in told.citations],
        link=told.draft.link,
        table=told.draft.table,
    )


def _kind(told: Sequence[Told]) -> AnswerKind:
    """The kind of all parts where they are of one; else an answer where any part is one."""
    kinds = {each.draft.kind for each in told}
    if len(kinds) == 1:
        return kinds.pop()
    return "answer" if kinds & _ANSWERED else "clarify"


def _offer(told: Sequence[Told]) -> str:
    """Which of the questions may be logged."""
    refused = {_ORDINALS[at]: each.draft.text for at, each in enumerate(told) if refusal.makes_offer(each.draft.text)}
    if not refused:
        return ""
    about = "" if len(refused) == len(told) else f"第{'、'.join(refused)}个问题"
    return refusal.offer(about, list(refused.values()))


def _left(message: Message) -> str:
    names = "".join(f"“{Part(question).head}”" for question in message.left)
    return f"一次最多回答{MOST_PARTS}个问题，{names}请再问一次。" if names else ""


def _options(told: Sequence[Told], message: Message) -> tuple[Option, ...]:
    """Every choice once. A district that several questions leave open is chosen for all of them at once."""
    asked: dict[str, list[str]] = {}
    for question in message.left:
        asked[_label(question)] = [question]
    for option in (option for each in told for option in each.draft.options if option != refusal.LOG_REQUEST):
        questions = asked.setdefault(option.label, [])
        questions += [option.question] if option.question not in questions else []
    offered = any(refusal.LOG_REQUEST in each.draft.options for each in told)
    options = [Option(label=label, question=_in_one(label, questions)) for label, questions in asked.items()]
    return (*options[:_MOST_OPTIONS], *([refusal.LOG_REQUEST] if offered else []))


def _in_one(label: str, questions: Sequence[str]) -> str:
    """湖滨新区：停车费谁定？学区怎么划分？ for the two questions that name the district each."""
    place = f"{label}："
    first, *others = (question.removeprefix(place).rstrip("?？。") for question in questions)
    return (
        f"{place if questions[0].startswith(place) else ''}{'？'.join((first, *others))}？" if others else questions[0]
    )


def _label(question: str) -> str:
    name = Part(question).head
    return name if len(name) <= _LABEL else f"{name[:_LABEL]}…"


def _related(told: Sequence[Told], offered: Set[str]) -> tuple[str, ...]:
    """Turn by turn from each answer, so that none fills the place alone; not what is ``offered`` as a choice."""
    each = [[question for question in one.draft.related if question not in offered] for one in told]
    longest = max(map(len, each), default=0)
    mixed = [one[at] for at in range(longest) for one in each if at < len(one)]
    return tuple(dict.fromkeys(mixed))[:_MOST_RELATED]
