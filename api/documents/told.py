"""A refresh as people read it: its state, and its report with labels and marked changes, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from api.documents.fields import LABELS
from api.documents.marked import Stretch, mark
from api.documents.spread import KIND_LABELS
from api.refresh.journal import Entry

DOCUMENTS_PER_PAGE = 50
DETAILS_LISTED, DETAILS_PER_PAGE = 10, 100
REJECTED_LISTED = 200
STATE_LABELS = {
    "waiting": "等待开始",
    "running": "进行中",
    "finished": "已完成",
    "failed": "失败",
    "cancelled": "已取消",
    "killed": "中断",
}
OUTCOME_LABELS = {
    "published": "已发布",
    "unchanged": "没有变化",
    "dry_run": "只看差异",
    "rejected": "没有可采用的文件",
    "worse": "未通过检查，没有发布",
}
CHANGE_LABELS = {"added": "新增", "changed": "修改", "removed": "移除", "unchanged": "不变"}
_GOOD, _WARN, _BAD = frozenset({"published"}), frozenset({"worse", "rejected"}), frozenset({"failed", "killed"})
_RECORD_FIELDS: dict[str, dict[str, str]] = {
    "task": {
        "no": "编号",
        "section": "章节",
        "title": "任务",
        "requirement": "工作要求",
        "lead": "牵头单位",
        "responsible": "责任单位",
        "deadline": "时限",
        "channel": "公开方式",
    },
    "passage": {"heading": "章节", "text": "条文"},
    "term": {"name": "名词", "aliases": "又叫", "explanation": "解释", "source": "出处"},
    "faq": {
        "questions": "问题",
        "negative_questions": "不适用于",
        "answer": "答案",
        "source": "出处",
        "approved_by": "批准人",
    },
}
_DOCUMENT_FIELDS = LABELS | {"repeals": "写明废止的文件"}


@dataclass(frozen=True, slots=True)
class Status:
    """``kind`` is that of a badge."""

    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class ToldField:
    label: str
    stretches: Sequence[Stretch]


@dataclass(frozen=True, slots=True)
class ToldRecord:
    change: str
    kind: str
    label: str
    place: str
    fields: Sequence[ToldField]


@dataclass(frozen=True, slots=True)
class ToldDocument:
    """``records`` are some of the ``total`` that were added, changed or removed; a new document lists none."""

    id: str
    change: str
    label: str
    title: str
    facts: str
    path: str
    tally: Mapping[str, int]
    fields: Sequence[ToldField]
    records: Sequence[ToldRecord]
    total: int


@dataclass(frozen=True, slots=True)
class ToldReport:
    """``counts`` of documents by change; ``documents`` are those of this page that are not unchanged."""

    counts: Mapping[str, int]
    documents: Sequence[ToldDocument]
    page: int
    pages: int


def status_of_entry(entry: Entry) -> Status:
    outcome = entry.report["outcome"] if entry.report else None
    label = OUTCOME_LABELS[outcome] if outcome else STATE_LABELS[entry.state]
    told = outcome or entry.state
    kind = "good" if told in _GOOD else "warn" if told in _WARN else "bad" if told in _BAD else "plain"
    return Status(label, kind)


def told_report(report: Mapping[str, Any], page: int) -> ToldReport:
    documents = report["difference"]["documents"]
    changed = [document for document in documents if document["change"] != "unchanged"]
    pages = max(1, -(-len(changed) // DOCUMENTS_PER_PAGE))
    page = min(max(page, 1), pages)
    shown = changed[(page - 1) * DOCUMENTS_PER_PAGE : page * DOCUMENTS_PER_PAGE]
    titles = titles_of(report)
    return ToldReport(
        counts={change: sum(document["change"] == change for document in documents) for change in CHANGE_LABELS},
        documents=[told_document(document, 0, DETAILS_LISTED, titles) for document in shown],
        page=page,
        pages=pages,
    )


def told_document(document: Mapping[str, Any], first: int, most: int, titles: Mapping[str, str]) -> ToldDocument:
    """With ``most`` of its records from number ``first`` on; ``titles`` are those of the documents by id."""
    facts = (document["doc_number"], document["region"], f"{document['year']}年" if document["year"] else None)
    return ToldDocument(
        id=document["id"],
        change=document["change"],
        label=CHANGE_LABELS[document["change"]],
        title=document["title"],
        facts=" · ".join(filter(None, facts)),
        path=document["path"],
        tally=document["records"],
        fields=_fields(document["fields"], _DOCUMENT_FIELDS, titles),
        records=[_record(record) for record in document["details"][first : first + most]],
        total=len(document["details"]),
    )


def titles_of(report: Mapping[str, Any]) -> dict[str, str]:
    return {document["id"]: document["title"] for document in report["difference"]["documents"]}


def find_document(report: Mapping[str, Any], document_id: str) -> Mapping[str, Any] | None:
    documents = report["difference"]["documents"]
    return next((document for document in documents if document["id"] == document_id), None)


def _record(record: Mapping[str, Any]) -> ToldRecord:
    kind = record["kind"]
    return ToldRecord(
        change=record["change"],
        kind=KIND_LABELS[kind],
        label=record["label"],
        place=record["place"],
        fields=_fields(record["fields"], _RECORD_FIELDS[kind]),
    )


def _fields(
    changes: Sequence[Mapping[str, str]], labels: Mapping[str, str], titles: Mapping[str, str] = MappingProxyType({})
) -> list[ToldField]:
    """A value that is the id of a document is told by its title."""
    return [
        ToldField(
            labels.get(change["name"], change["name"]),
            mark(*(titles.get(change[side], change[side]) for side in ("before", "after"))),
        )
        for change in changes
    ]
