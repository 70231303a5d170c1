"""「怀政函〔2020〕17号是什么文件」「…讲了什么」: the name, issuer, date and main headings of a document named."""

import re
from collections.abc import Sequence

from api.answers import refusal
from api.answers.documents import what_prints
from api.answers.draft import Draft
from api.answers.named import find_named, folded_title, without_copies
from api.answers.sentences import split_sentences
from api.answers.short_title import short_title
from api.answers.turn import Turn
from api.answers.wording import document_name, spelt
from api.schemas import Option
from knowledge.model import Document, Passage, PlanTask
from knowledge.provisions import articles_of, measures_of
from knowledge.text import normalise, squash

_ASKING = re.compile(
    r"(?:主要|大概|大致|具体|都|究竟|到底)?(?:讲|说|写|规定|涉及|包括|包含|有)[的了些是]{0,3}(?:什么|啥|哪些|哪几)(?:内容|方面|事情|事|规定)?"
    r"|是?(?:关于|有关)|(?:主要|大概|大致|核心|基本)?(?:内容|精神|要点|意思)|干什么用|怎么(?:说|规定|写)|哪(?:个|份|一份|方面)"
    r"|请问?|帮我|给我|我想|看一下|查一下|[查找看]|了解|介绍|说说|讲讲|概括|总结|解读|一?下|文件|通知|公告|办法|文号|什么|啥|主要|有哪些"
    r"|[的这那该此个份项条是呢吗啊呀了?？。,，!！:：、\s]"
)
_LINES, _LABEL, _SENTENCE = 10, 30, 60


def told_document(turn: Turn) -> Draft | None:
    """What the document named is; None where more is asked about it, or none is named by its number or whole title."""
    naming = find_named(turn.question.text, turn.documents)
    if not naming.documents or _ASKING.sub("", naming.rest):
        return None
    documents = without_copies(naming.documents, lambda document: (_length(turn, document),))
    if len(documents) > 1:
        # Two of one name could not be told apart by choosing one.
        return _which(documents) if len(set(map(document_name, documents))) == len(documents) else None
    return _described(turn, documents[0])


def _length(turn: Turn, document: Document) -> int:
    return sum(len(passage.text) for passage in _passages(turn, document))


def _which(documents: Sequence[Document]) -> Draft:
    options = tuple(
        Option(label=short_title(document.title, _LABEL), question=f"{document_name(document)}是什么文件？")
        for document in documents
    )
    return Draft("clarify", refusal.which_document(), options=options)


def _described(turn: Turn, document: Document) -> Draft | None:
    tasks = [task for task in turn.index.records.tasks if task.document_id == document.id]
    passages = _passages(turn, document)
    lines = _main_lines(document, tasks, passages)
    if not tasks and not passages:
        return None
    head = f"{_named(document)}。"
    told = [head, "主要内容：", *lines[:_LINES]] if lines else [head]
    if len(lines) > _LINES:
        told.append(f"还有{len(lines) - _LINES}项没有列出，全文请看原文件。")
    evidences = what_prints(turn, document, document.doc_number or document.title)
    text = "\n".join([*told, f"（{document.region} · {document_name(document)}）"])
    return Draft("answer", turn.with_caution(text, evidences), tuple(evidences), 1.0)


def _named(document: Document) -> str:
    """Its name, who issued it and when, as far as it is known."""
    issued = f"由{document.issuer}发布" if document.issuer else ""
    dated = f"落款日期是{spelt(document.published_on)}" if document.published_on else ""
    facts = "，".join(filter(None, (issued, dated)))
    return f"这是{document_name(document)}{f'，{facts}' if facts else ''}"


def _main_lines(document: Document, tasks: Sequence[PlanTask], passages: Sequence[Passage]) -> list[str]:
    """The first headings, a plan's with their numbers of tasks; where there are none the first words of the articles or
    measures, or the first sentence that is not the letterhead."""
    headings: dict[str, str] = {}
    for path in (*(task.section for task in tasks), *(passage.heading for passage in passages)):
        for heading in filter(None, path[:1]):
            headings.setdefault(squash(normalise(heading)), heading)
    if len(headings) > 1:
        counted = {
            key: sum(squash(normalise(task.section[0])) == key for task in tasks if task.section) for key in headings
        }
        return [f"{heading}（{counted[key]}项任务）" if counted[key] else heading for key, heading in headings.items()]
    if provisions := articles_of(passages) or measures_of(passages):
        return [_begun(provision.text) for provision in provisions]
    return [_begun(sentence) for sentence in _first_said(document, passages)]


def _begun(text: str) -> str:
    first = split_sentences(text)[0].strip().split("\n")[0]
    return short_title(first, _SENTENCE)


def _first_said(document: Document, passages: Sequence[Passage]) -> list[str]:
    title = folded_title(document.title)
    lines = (line.strip() for passage in passages[:1] for line in passage.text.split("\n"))
    sentences = (sentence for line in lines for sentence in split_sentences(line))
    return [each.strip() for each in sentences if title not in folded_title(each) and "。" in each][:1]


def _passages(turn: Turn, document: Document) -> list[Passage]:
    return [passage for passage in turn.index.records.passages if passage.document_id == document.id]
