"""「…还有效吗」「什么时候废止的」「被哪个文件代替」「施行日期」: answered from what is known of the document."""

import re
from collections.abc import Iterator, Sequence

from api.answers import refusal
from api.answers.compose import Evidence, body
from api.answers.draft import Draft
from api.answers.named import Naming, find_named, folded_title
from api.answers.sentences import bigrams
from api.answers.thresholds import FEW_REGIONS
from api.answers.topic import strip_to_topic
from api.answers.turn import Turn
from api.answers.validity import heirs, newer_version, standing, superseded_by
from api.answers.wording import document_name, spelt
from knowledge.model import Document, Faq, Record, Term
from knowledge.text import normalise, squash
from knowledge.validity import in_force, state_on

_WHEN = r"(?:什么时候|啥时候?|何时|几时|哪[天年一]年?|几月几?[号日]?)"
_OVER = r"(?:废止|失效|作废|过期|到期|停止执行|取消)"
_START = r"(?:施行|实施|执行|生效|适用)"
_STILL = re.compile(
    rf"(?:还|现在|目前|仍然?|是否|是不是|有没有|现行)?(?:是|在)?有效(?:吗|么|不|没有?|的吗)|还(?:有效|有没有效|算数|管用|能用|作数|在?{_START})|是否(?:还|仍然?)?有效|有没有效|现行有效"
    rf"|(?:已经?)?(?:被)?{_OVER}了?(?:吗|么|没有|没)|(?:是否|是不是|有没有)(?:已经?)?(?:被)?{_OVER}了?"
)
_ENDED = re.compile(
    rf"{_WHEN}(?:就|才|会|要)?(?:被)?{_OVER}|{_OVER}(?:的)?(?:日期|时间|日子)|{_OVER}(?:了)?是{_WHEN}|为(?:什么|啥)(?:被)?{_OVER}"
)
_REPLACED = re.compile(
    r"被?(?:哪|什么|啥|何)[\u4e00-\u9fff]{0,6}(?:代替|替代|取代|替换|顶替)|(?:代替|替代|取代|替换)(?:它|他|这份文件|该文件|的文件)?(?:的)?(?:是|有)?(?:哪|什么|啥)"
    rf"|被(?:哪|什么|啥)[\u4e00-\u9fff]{{0,6}}{_OVER}|(?:现行|最新|新)的?(?:文件|规定|办法|版本?)?(?:是|叫)(?:哪|什么|啥)"
)
_BEGINS = re.compile(
    rf"{_START}(?:的)?(?:日期|时间|日子)|{_WHEN}(?:开始|起)?{_START}|从{_WHEN}(?:开始|起)|自{_WHEN}起?{_START}"
)
_LASTS = re.compile(
    r"有效期(?:限)?(?:是|到|为|有|至|截止|一共|总共)*(?:多久|几年|多长|多少|什么时候|啥时候|何时|哪天|哪年|几月)?(?:时间|年)?"
)
_ASKED = (_STILL, _ENDED, _REPLACED, _BEGINS, _LASTS)
_KIND = re.compile(
    "办法|规定|细则|条例|规则|规程|通知|意见|方案|要点|政策|标准|目录|文件|公告|通告|决定|措施|分工|任务表|分解表"
)
_THIS = re.compile(
    r"^那?(?:这|该|上面|刚才)?(?:个|份|一?条|项|的)?(?:文件|通知|办法|规定|政策|要点|意见|方案|细则|条例)?$|^那?它$"
)
_NOISE = re.compile(
    r"[,，。?？!！、:：;；\s]|请问|(?:一)?下|目前|现在|已经?|还|是|的|了|被|就|也|又|呢|吗|呀|啊|请|查|我想|知道|自|从|起|不"
)
_TITLE_HOLDS = 0.75
"""Share of the character pairs asked that a title must hold to be the one meant."""
_SHORTEST_NAME = 4
_PRINTED = re.compile("施行|有效期|废止|失效|实施|停止执行")


def is_validity_asked(text: str) -> bool:
    return any(pattern.search(text) for pattern in _ASKED)


def told_validity(turn: Turn) -> Draft | None:
    """What is known of the documents asked about; None when the question is about a matter after all."""
    naming = find_named(turn.question.text, turn.documents)
    rest = squash(naming.rest)
    if not is_validity_asked(rest):
        return None
    name = _NOISE.sub("", _without_places(turn, _without_asking(rest)))
    if naming.documents:
        documents = _in_place(turn, naming.documents) if len(name) < _SHORTEST_NAME or _THIS.match(name) else []
    elif naming.unserved:
        return turn.refuse(refusal.document_not_served(naming.unserved))
    elif _THIS.match(name):
        return _of_last_answer(turn)
    else:
        documents = _titled(turn, name)
    return _told(turn, documents)


def _of_last_answer(turn: Turn) -> Draft | None:
    records = [turn.index.record(key) for key in turn.question.earlier_ids if turn.index.has_record(key)]
    sources = [_source_of(turn, record) for record in records]
    documents = {document.id: document for source in sources for document in source.documents}
    if told := _told(turn, list(documents.values())):
        return told
    unserved = tuple(dict.fromkeys(title for source in sources for title in source.unserved))
    return turn.refuse(refusal.document_not_served(unserved) if unserved else refusal.which_document())


def _source_of(turn: Turn, record: Record) -> Naming:
    """The document that the record is of, or that a term or an approved answer was taken from."""
    source = record.source if isinstance(record, Term | Faq) else None
    naming = find_named(normalise(source), turn.documents) if source else None
    if naming and (naming.documents or naming.unserved):
        return naming
    return Naming((turn.index.document(record.document_id),), "")


def _without_asking(text: str) -> str:
    for pattern in _ASKED:
        text = pattern.sub(" ", text)
    return text


def _in_place(turn: Turn, documents: Sequence[Document]) -> list[Document]:
    """Those of the regions asked, where the question names any that they are of."""
    regions = set(turn.question.region_names)
    return [document for document in documents if document.region in regions] or list(documents)


def _titled(turn: Turn, name: str) -> list[Document]:
    """The documents in scope whose title holds nearly all of the name asked; none for a name that is no document's."""
    if len(name) < _SHORTEST_NAME or not _KIND.search(name):
        return []
    asked = bigrams(strip_to_topic(name))
    if len(asked) < _SHORTEST_NAME - 1:
        return []
    documents = [document for document in turn.documents if turn.scope.holds(document)]
    shares = [(len(asked & _title_pairs(document)) / len(asked), document) for document in documents]
    best = max((share for share, _ in shares), default=0.0)
    return [document for share, document in shares if share == best] if best >= _TITLE_HOLDS else []


def _without_places(turn: Turn, name: str) -> str:
    for mention in sorted(turn.index.directory.find_regions(name), key=lambda found: -found.start):
        name = name[: mention.start] + name[mention.end :]
    return name


def _title_pairs(document: Document) -> set[str]:
    return bigrams(folded_title(document.title))


def _told(turn: Turn, documents: Sequence[Document]) -> Draft | None:
    if not documents or len(documents) > FEW_REGIONS:
        return None
    ordered = sorted(documents, key=lambda document: not in_force(document, turn.day))
    evidences = {found.record.id: found for document in ordered for found in _evidence(turn, document)}
    if not evidences:
        return None
    lines = [f"{_state_of(turn, document)}（{document.region}）" for document in ordered]
    return Draft("answer", "\n".join(lines), tuple(evidences.values()), 1.0)


def _state_of(turn: Turn, document: Document) -> str:
    """One or two sentences: the state first, then whatever else was asked for."""
    name = document_name(document)
    if not in_force(document, turn.day):
        became = standing(document, turn.day, turn.documents, today=turn.today)
        return f"{name}{became}。{''.join(_not_known(turn, document))}"
    when = "目前" if turn.day == turn.today else f"在{spelt(turn.day)}"
    dates = _dates(document)
    said = f"，{dates}" if dates else "，没有查到废止或失效的记录"
    newer = newer_version(document, turn.documents, turn.day)
    renewed = f"不过已有新版{document_name(newer)}。" if newer else ""
    return f"{name}{when}有效{said}。{renewed}{''.join(_not_known(turn, document))}"


def _dates(document: Document) -> str:
    begins = f"自{spelt(document.effective_from)}起施行" if document.effective_from else ""
    ends = f"有效期至{spelt(document.effective_to)}" if document.effective_to else ""
    return "，".join(filter(None, (begins, ends)))


def _not_known(turn: Turn, document: Document) -> Iterator[str]:
    """What was asked for and is not printed, or not said yet."""
    text = squash(find_named(turn.question.text, turn.documents).rest)
    lapsed = not in_force(document, turn.day) and state_on(document, turn.day) != "尚未生效"
    if lapsed and document.effective_from and (_BEGINS.search(text) or _LASTS.search(text)):
        yield f"它自{spelt(document.effective_from)}起施行。"
    if _BEGINS.search(text) and document.effective_from is None:
        published = document.published_on
        yield "文件没有写明施行日期" + (f"，落款日期是{spelt(published)}。" if published else "。")
    if _LASTS.search(text) and document.effective_to is None and not lapsed:
        yield "文件没有写明有效期。"
    if lapsed and _ENDED.search(text) and document.effective_to is None:
        yield f"现有文件没有写明{state_on(document, turn.day)}的日期。"
    if _REPLACED.search(text) and superseded_by(document, turn.documents) is None:
        yield "现有文件没有写明由哪份文件代替。" if lapsed else "没有查到它被代替的记录。"


def _evidence(turn: Turn, document: Document) -> list[Evidence]:
    """The record that prints its dates, or else its first one; and the successor's that says it repeals this one."""
    own = _records(turn, document)
    printed = next((record for record in reversed(own) if _PRINTED.search(body(record))), own[0] if own else None)
    found = [Evidence(printed, document, 1.0)] if printed else []
    for heir in heirs(document, turn.documents)[:1]:
        named = (record for record in _records(turn, heir) if _repeals(record, document))
        found += [Evidence(record, heir, 1.0) for record in named][:1]
    return found


def _repeals(record: Record, document: Document) -> bool:
    text = body(record)
    names = filter(None, (document.doc_number, document.title))
    return bool(_PRINTED.search(text)) and any(name in text for name in names)


def _records(turn: Turn, document: Document) -> list[Record]:
    return [*turn.index.passages_of(document.id), *turn.index.tasks_of(document.id)]
