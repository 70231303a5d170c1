"""A few sentences to read out to the caller: which document, who, by when, and what it says."""

import re
from collections.abc import Sequence
from datetime import date

from api.answers.sentences import bigrams, overlap, pick_sentences, split_sentences
from api.answers.spans import span_text
from api.answers.validity import caution
from api.answers.wording import document_name, label
from api.desk.aloud import aloud
from api.desk.labels import article_of
from index.places import stem_of
from index.search import Index
from knowledge.model import Document, Faq, Passage, PlanTask, Record, Term
from knowledge.policy import NATIONWIDE

_GREETING = "您好，"
_BUDGET = 160
"""Characters quoted at most where the text can be cut: half a minute of reading aloud."""
_NAMED = 5
"""Units named before 等."""
_OWN_NAME = 5
"""Characters at its end that a place is known by: 仲恺高新区 for 惠州仲恺高新区."""
_DATED = re.compile(r"\d|[年月周日季][底末前内]")


def script(index: Index, record: Record, asked: str, day: date) -> str:
    """Paragraphs of plain sentences. ``asked`` chooses among the sentences of a long text; blank takes the first."""
    document = index.document(record.document_id)
    match record:
        case Faq():
            return f"{_GREETING}{_ended(aloud(record.answer))}"
        case Term():
            return f"{_GREETING}{record.name}是指：{_ended(aloud(record.explanation))}"
        case PlanTask():
            said = _of_task(index, record, document, asked)
        case Passage():
            said = _of_passage(index, record, document, asked)
    warned = caution(document, day, index.records.documents, today=day)
    return "\n".join(filter(None, (*said, _told_last(warned))))


def _of_task(index: Index, task: PlanTask, document: Document, asked: str) -> list[str]:
    name = aloud(label(task)).rstrip("。")
    quoted = aloud(_best_sentences(index, task.requirement, document, asked))
    return [
        f"{_GREETING}根据{_named(document)}，关于“{name}”这项工作，{_who(task)}{_when(task)}",
        f"文件的要求是：{_ended(quoted)}",
        f"公开的渠道是{aloud(task.channel)}。" if task.channel else "",
    ]


def _who(task: PlanTask) -> str:
    lead, responsible = _units(task.lead), _units(task.responsible)
    if lead and responsible:
        return f"由{lead}牵头，{responsible}负责落实。"
    if lead or responsible:
        return f"由{lead}牵头。" if lead else f"由{responsible}负责。"
    return "文件没有写明由哪个单位负责。"


def _when(task: PlanTask) -> str:
    if not task.deadline:
        return "文件没有单独规定完成时限。"
    said = aloud(task.deadline).rstrip("。")
    return f"完成时限是{said}。" if _DATED.search(said) else f"时限要求是：{said}。"


def _units(units: Sequence[str]) -> str:
    names = [aloud(unit) for unit in units]
    return "、".join(names) if len(names) <= _NAMED + 1 else f"{'、'.join(names[:_NAMED])}等{len(names)}个单位"


def _of_passage(index: Index, passage: Passage, document: Document, asked: str) -> list[str]:
    article = article_of(passage)
    text = passage.text.strip().removeprefix(article).lstrip("　 ")
    quoted = aloud(_best_sentences(index, text, document, asked))
    return [f"{_GREETING}根据{_named(document)}{article}：{_ended(quoted)}"]


def _best_sentences(index: Index, text: str, document: Document, asked: str) -> str:
    """As much as can be listened to."""
    if len(text) <= _BUDGET:
        return text
    if asked:
        span = span_text(text, document.title, asked, index.rarity)
        if len(span) <= _BUDGET:
            return span
        text = span
    sentences = split_sentences(text)
    wanted = bigrams(asked)
    scores = [overlap(sentence, wanted, index.rarity) for sentence in sentences]
    return re.sub("…+", "", pick_sentences(sentences, scores, budget=_BUDGET))


def _named(document: Document) -> str:
    """The place, where the title does not tell it, the title and the 文号 in the one pair of brackets there is."""
    region, title = document.region, document_name(document).removesuffix(document.doc_number or "")
    told = region in ("", NATIONWIDE) or stem_of(region) in title or region[-_OWN_NAME:] in title
    number = f"（{document.doc_number}）" if document.doc_number else ""
    return f"{'' if told else region}{title}{number}"


def _told_last(warning: str) -> str:
    """请注意 would be said to a reader before the text; a listener hears it once the text is told."""
    return warning.replace("请注意：这份文件", "另外请您留意，这份文件", 1).replace("以下内容", "以上内容", 1)


def _ended(text: str) -> str:
    text = text.rstrip("；，、：;,")
    return text if text.endswith(("。", "！", "？")) else f"{text}。"
