"""Golden questions put to the version that serves, and what of an answer may be asked for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.answers.sentences import split_sentences
from api.answers.service import AnswerService, take_turn
from api.clock import today_in_china
from api.evaluation.asking import ask_service
from api.evaluation.judging import Heard, judge
from api.evaluation.questions import GoldQuestion
from api.golden.text import Typed
from api.knowledge_base import Serving
from api.refresh.gate import applying, folded
from api.schemas import AnswerRequest, Facet
from index.search import Index
from knowledge.model import PlanTask
from knowledge.text import squash

_FACT = re.compile(
    r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末)?(?:之?前)?|(?:每(?:年|季度?|月|周|日)|\d+(?:\.\d+)?\s*"
    r"(?:%|％|个?工作日|日|天|个月|年|万元|亿元|元|家|人|次|件|项|个|条))|\d{3,4}-?\d{7,8}|12345"
)
_KINDS: dict[Facet, str] = {
    "lead": "who",
    "responsible": "who",
    "deadline": "when",
    "channel": "where",
    "list": "count",
    "count": "count",
    "document": "number",
}
_SHORTEST_CLAUSE, _LONGEST_CLAUSE, _MOST = 4, 40, 14
_SOURCE_LINE = re.compile(r"^（.*）$", re.MULTILINE)
_BETWEEN_CLAUSES = re.compile(r"[，。；：、！？\n（）()《》〔〕“”]+")


@dataclass(frozen=True, slots=True)
class OneVersion:
    """Serves for as long as it is asked, whatever is published meanwhile."""

    serving: Serving


@dataclass(frozen=True, slots=True)
class Tried:
    """``reason`` is empty where the answer passes; ``applies`` is False where the question names a document that does
    not serve: then no version is judged by it."""

    gold: GoldQuestion
    heard: Heard
    reason: str
    applies: bool = True

    @property
    def passed(self) -> bool:
        return not self.reason


def try_all(serving: Serving, questions: Sequence[GoldQuestion]) -> list[Tried]:
    ask = ask_service(AnswerService(OneVersion(serving)))
    titles = frozenset(folded(document.title) for document in serving.index.records.documents)
    asked = {id(question) for question in applying(questions, titles)}
    tried = []
    for question in questions:
        heard = ask(question)
        tried.append(Tried(question, heard, judge(question, heard), id(question) in asked))
    return tried


def try_one(serving: Serving, question: GoldQuestion) -> Tried:
    return try_all(serving, [question])[0]


def proposed(serving: Serving, question: str) -> Typed:
    """A form to begin with: the kind by what is asked, the document by what today's answer rests on."""
    asked = take_turn(serving.index, AnswerRequest(question=question), today_in_china()).question
    heard = try_one(serving, GoldQuestion("", "", question)).heard
    titles = {cited.title for cited in heard.citations} & {
        document.title for document in serving.index.records.documents
    }
    kind = _KINDS.get(asked.facet, "term" if asked.term else "what")
    return Typed(question, kind, document=titles.pop() if len(titles) == 1 else "")


def worth_asking_for(index: Index, heard: Heard) -> list[str]:
    """Strings of the answer that a golden question may insist on: units, dates, channels and figures first, then the
    clauses that hold none of them."""
    spoken = _SOURCE_LINE.sub("", heard.text)
    answer = squash(spoken)
    facts = [fact for fact in dict.fromkeys(_facts(index, heard, spoken)) if squash(fact) in answer]
    clauses = [clause for part in split_sentences(spoken) for clause in map(str.strip, _BETWEEN_CLAUSES.split(part))]
    long = [clause for clause in clauses if _SHORTEST_CLAUSE <= len(clause) <= _LONGEST_CLAUSE]
    others = [clause for clause in dict.fromkeys(long) if not any(fact in clause or clause in fact for fact in facts)]
    return [*facts, *others][:_MOST]


def _facts(index: Index, heard: Heard, spoken: str) -> Iterable[str]:
    for cited in heard.citations:
        record = index.record(cited.record_id) if index.has_record(cited.record_id) else None
        if isinstance(record, PlanTask):
            yield from record.lead
            yield from record.responsible
            yield from filter(None, (record.deadline, record.channel))
    yield from (match[0] for match in _FACT.finditer(spoken))
