"""Evidence in, reply out: one function for each kind of answer. Text is taken from records; nothing is made up."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from api.answers.evidence import DURATION, FactKind
from api.answers.fields import each_side
from api.answers.question import Question
from api.answers.sentences import bigrams, overlap, pick_sentences, split_sentences
from api.answers.spans import span_text
from api.answers.validity import superseded_by
from api.answers.wording import (
    cut,
    deadline_clause,
    source_of_passage,
    source_of_task,
    who_is_responsible,
    who_leads,
)
from api.schemas import Citation, Facet, LocatorOut
from api.tasks.named import cores_of
from knowledge.model import Document, Faq, Passage, PlanTask, Record, Term
from knowledge.unit_names import unit_core
from knowledge.validity import state_on
from knowledge.vocabulary import FAQ_TITLE, TERM_TITLE

_TIME = re.compile(
    r"按[年季月周日]|每(?:年|半年|季度?|个?月|周|日|天)|月度|季度|定期|及时|动态|适时|(?:[\d一二三四五六七八九十]+\s*个?(?:工作日|小时|天|日|个?月|年)(?:内|以内|前|底前|之内))"
    r"|\d+\s*年\s*\d*\s*月?\s*\d*\s*日?底?(?:前|之前)|年底前|实时|同步|立即|第一时间|长期|常态化|至少.{0,8}\d+次"
)
_EXACT_TIME = re.compile(
    r"\d\s*个?(?:工作日|小时|天|日|周)|[一二两三四五六七八九十]\s*个?(?:工作日|小时|天|日|周)(?:以|之)?[内前]"
    r"|按[年季月周日]|每(?:年|半年|季度?|个?月|周|日)|年底前|月底前|定期"
)
_CHANNEL = re.compile(
    r"通过|网站|平台|专栏|栏目|微信|微博|公众号|新媒体|公示栏|窗口|大厅|热线|信箱|电话|首页|发布会|座谈|听证|图书馆|系统|公报|客户端|广播|电视|短信"
)
_WHO_DOES = re.compile(r"(?:谁来|找谁来?)(?P<act>[\u4e00-\u9fff]{2})")
_QUOTE = 600
"""More than any passage with the words it carries: what is answered from it has to stand in its quotation."""
_SHORT = 120
_SIBLING = 30
_FEW_UNITS = 3
"""Units up to which a when-answer also says who."""
_BUDGET = 170
_FACET_BONUS = 0.8
"""What a time in a sentence is worth to a when-question, measured in the rarity of one character pair."""

Rarity = Callable[[str], float]
"""Rarity, 0 to 1, of a character pair within the served knowledge."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A record that answers, with its document and the calibrated probability that it does. ``of_list`` are
    the passages of a list that was cut, where the record is one of them."""

    record: Record
    document: Document
    confidence: float
    of_list: tuple[Passage, ...] = ()


def body(record: Record) -> str:
    """The running text of a record: what a sentence may be quoted from."""
    match record:
        case PlanTask():
            return record.requirement
        case Passage():
            return record.text
        case Term():
            return record.explanation
        case Faq():
            return record.answer


def cite(evidence: Evidence, basis: Document, day: date, documents: Sequence[Document]) -> Citation:
    """The record and its document; ``basis`` is the document whose validity on the day counts, one of ``documents``."""
    record, document = evidence.record, evidence.document
    task = record if isinstance(record, PlanTask) else None
    section = task.section if task else record.heading if isinstance(record, Passage) else ()
    quote = body(record)
    if task and task.title and not quote.startswith(task.title):
        quote = f"{_numbered(task)}。{quote}"
    return Citation(
        document_id=document.id,
        record_id=record.id,
        title=_title(record, document),
        doc_number=document.doc_number,
        region=document.region,
        year=document.year,
        section=list(section),
        task_no=task.no if task else None,
        quote=quote if len(quote) <= _QUOTE else f"{cut(quote, _QUOTE)}…",
        locator=LocatorOut(
            file=record.locator.file, line=record.locator.line, page=record.locator.page, cell=record.locator.cell
        ),
        status=state_on(basis, day),
        effective_to=basis.effective_to,
        superseded_by=superseded_by(basis, documents),
    )


def _title(record: Record, document: Document) -> str:
    """The source that a term or an answer names, else its document. In what file common questions were kept, or that
    they were written in the console, is nothing to a citizen."""
    if isinstance(record, Term | Faq) and record.source:
        return record.source
    made_up = (title for title in (FAQ_TITLE, TERM_TITLE) if document.title.startswith(f"{title}（"))
    return next(made_up, document.title)


def _numbered(task: PlanTask) -> str:
    """25.加强网站建设 and （二）加强网站建设, as plans print them."""
    mark = f"{task.no}." if task.no and task.no.isdigit() else task.no or ""
    return f"{mark}{task.title}"


def source_line(evidence: Evidence) -> str:
    record, document = evidence.record, evidence.document
    match record:
        case PlanTask():
            return source_of_task(record, document)
        case Passage():
            return source_of_passage(record, document)
        case Term() | Faq():
            return f"（{_title(record, document)}）"


def quoted_sentences(record: Record, question: Question, rarity: Rarity) -> str:
    """The sentences of the record that answer the facet asked; all of a short one."""
    text = _without_run_in_title(record)
    if len(text) <= _SHORT:
        return text
    sentences = split_sentences(text)
    wanted = bigrams(question.own_words or question.topic) | bigrams(question.topic)
    scores = [overlap(sentence, wanted, rarity) for sentence in sentences]
    pattern = _PATTERN_OF_FACET.get(question.facet)
    if pattern is not None:
        holds = [_FACET_BONUS if pattern.search(sentence) else 0.0 for sentence in sentences]
        scores = [score + bonus for score, bonus in zip(scores, holds, strict=True)]
    return pick_sentences(sentences, scores, budget=_BUDGET)


_PATTERN_OF_FACET: dict[Facet, re.Pattern[str]] = {"deadline": _TIME, "channel": _CHANNEL}


def _without_run_in_title(record: Record) -> str:
    text = body(record)
    if isinstance(record, PlanTask) and record.title and text.startswith(f"{record.title}。"):
        return text[len(record.title) + 1 :] or text
    return text


def answer_text(evidence: Evidence, question: Question, rarity: Rarity) -> str:
    """The answer from one record, its source last."""
    return f"{answer_without_source(evidence, question, rarity)}\n{source_line(evidence)}"


def answer_without_source(evidence: Evidence, question: Question, rarity: Rarity) -> str:
    record = evidence.record
    if question.facets:

        def answer_of(facet: Facet) -> str:
            return answer_without_source(evidence, replace(question, facet=facet, facets=()), rarity)

        return each_side(record, question.facets, answer_of)
    if isinstance(record, PlanTask):
        return _task_answer(record, question, rarity)
    if isinstance(record, Passage):
        text, title = _text_of(evidence, record), evidence.document.title
        return span_text(text, title, question.whole, rarity, question.fact)
    return quoted_sentences(record, question, rarity)


def _text_of(evidence: Evidence, passage: Passage) -> str:
    """The text of the passage, or of the whole list that it is part of. Each passage but the first begins with the
    words that open the list, which are not to be told twice."""
    if not evidence.of_list:
        return passage.text
    first, *others = evidence.of_list
    return "\n".join((first.text, *(other.text.partition("\n")[2] for other in others)))


def _task_answer(task: PlanTask, question: Question, rarity: Rarity) -> str:
    if question.without_units and question.facet in ("lead", "responsible"):
        return _who_besides(task, question)
    if question.facet == "lead":
        return f"{who_leads(task)}{deadline_clause(task)}"
    if question.facet == "responsible":
        return f"{_whom_it_calls_in(task, question)}{who_is_responsible(task)}{deadline_clause(task)}"
    if question.facet == "deadline":
        return _when(task, question, rarity)
    if question.facet == "channel":
        return _where(task, question, rarity)
    if question.facet == "any":
        return f"{quoted_sentences(task, question, rarity)}\n{who_is_responsible(task)}{deadline_clause(task)}"
    return quoted_sentences(task, question, rarity)


def _who_besides(task: PlanTask, question: Question) -> str:
    """The units of a task but for those that the question leaves out (除了财政局还有谁)."""
    without = set(map(unit_core, question.without_units))
    left_out = [unit for unit in (*task.lead, *task.responsible) if without.issuperset(cores_of(unit))]
    lead, responsible = (
        tuple(unit for unit in units if unit not in left_out) for units in (task.lead, task.responsible)
    )
    others = replace(task, lead=lead, responsible=responsible)
    besides = f"除{'、'.join(dict.fromkeys(left_out))}外，" if left_out else ""
    if not lead and not responsible:
        return f"{besides}文件没有写明其他单位。"
    if question.facet == "lead" and task.lead and not lead:
        told = f"文件没有写明其他牵头单位，责任单位是{'、'.join(responsible)}。"
    else:
        told = who_leads(others) if question.facet == "lead" else who_is_responsible(others)
    return f"{besides}{told}{deadline_clause(task)}"


def _whom_it_calls_in(task: PlanTask, question: Question) -> str:
    """「由谁来评估」 where the requirement says whom to have do it (委托第三方评估): that sentence."""
    asked = _WHO_DOES.search(question.text)
    if asked is None:
        return ""
    called_in = re.compile(f"(?:邀请|聘请|委托|(?<![申提报])请)[^。；;]{{2,40}}{asked['act']}")
    found = next((one for one in split_sentences(_without_run_in_title(task)) if called_in.search(one)), "")
    return found if not found or found.endswith(("。", "；")) else f"{found}。"


def sibling_lines(evidences: Sequence[Evidence], question: Question, rarity: Rarity) -> str:
    """Several tasks of one plan under the same title, told apart by how their requirements begin."""
    lines = [f"文件把这项工作分成{len(evidences)}条："]
    for at, evidence in enumerate(evidences, start=1):
        start = re.split("[。；]", body(evidence.record), maxsplit=1)[0]
        lines.append(f"{at}. {cut(start, _SIBLING)}……：{answer_without_source(evidence, question, rarity)}")
    return "\n".join([*lines, source_line(evidences[0])])


def _when(task: PlanTask, question: Question, rarity: Rarity) -> str:
    quoted = quoted_sentences(task, question, rarity)
    if task.deadline:
        few = len(task.lead) + len(task.responsible) <= _FEW_UNITS
        detail = f"文件还要求：{quoted}" if _EXACT_TIME.search(quoted) else ""
        return f"时限是“{task.deadline}”。{who_is_responsible(task) if few else ''}{detail}"
    timed = [part.rstrip("。") for part in (task.title or "", quoted) if _TIME.search(part)]
    if timed:
        return f"文件要求：{'。'.join(timed)}。"
    return f"文件没有给这项工作写明时限，只要求：{quoted}"


def _where(task: PlanTask, question: Question, rarity: Rarity) -> str:
    quoted = quoted_sentences(task, question, rarity)
    if task.channel:
        return f"公开方式是{task.channel}。{quoted}" if _CHANNEL.search(quoted) else f"公开方式是{task.channel}。"
    if _CHANNEL.search(quoted):
        return quoted
    return f"文件没有单列公开方式，相关要求是：{quoted}"


def holds_fact(evidence: Evidence, fact: FactKind) -> bool:
    """Whether the record holds the kind of fact the question cannot do without."""
    record = evidence.record
    if isinstance(record, PlanTask) and fact is DURATION:
        return True  # its time, or that none is written
    more = (record.deadline, record.channel) if isinstance(record, PlanTask) else ()
    return bool(fact.held.search(" ".join(filter(None, (body(record), *more)))))


def region_lines(
    evidences: Sequence[Evidence], question: Question, rarity: Rarity, caution: Callable[[Evidence], str]
) -> str:
    """One paragraph for each region, with its own word of caution where it needs one, its source below it."""
    return "\n".join(
        f"{evidence.document.region}：{_softened(caution(evidence))}"
        f"{answer_without_source(evidence, question, rarity)}\n{source_line(evidence)}"
        for evidence in evidences
    )


def _softened(caution: str) -> str:
    """After the name of a region and its colon."""
    return f"{caution.replace('：', '，', 1)}\n" if caution else ""
