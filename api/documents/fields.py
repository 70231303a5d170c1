"""What can be said of a document in a form: its fields, how they are named, and what their values may be."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from api.documents.errors import FieldsWrong
from api.refresh.labels import FIELD_LABELS
from knowledge.errors import SourceError
from knowledge.meta import checked
from knowledge.model import Document

_EDITED = (
    "title",
    "doc_number",
    "issuer",
    "region",
    "year",
    "published_on",
    "effective_from",
    "effective_to",
    "status",
    "superseded_by",
)
LABELS = {name: FIELD_LABELS[name] for name in _EDITED}
DATES = ("published_on", "effective_from", "effective_to")
_EXPECTED = {
    "title": "标题不能是空的。",
    "region": "地区不能是空的，全国性文件写“全国”。",
    "year": "年份应为 1900 到 2200 之间的四位数字。",
    "status": "状态应为有效、废止、失效之一。",
} | dict.fromkeys(DATES, "日期应写成 2019-07-05 这样，且确有这一天。")
_LONGEST = 300
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")


def texts_of(document: Document) -> dict[str, str]:
    """The values of the fields as a form shows them; blank for none."""
    values = {name: getattr(document, name) for name in LABELS}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def tidy(given: Mapping[str, str]) -> dict[str, str]:
    return {name: _CONTROL.sub(" ", given.get(name, "")).strip() for name in LABELS}


def require_possible(typed: Mapping[str, str], *, may_be_blank: bool = False) -> None:
    """Raises FieldsWrong with a sentence for each field at fault. ``may_be_blank``: a blank title, region or status is
    as the file has it."""
    problems = {name: said for name, value in typed.items() if (said := _problem(name, value, may_be_blank))}
    begins, ends = typed.get("effective_from", ""), typed.get("effective_to", "")
    if begins and ends and not problems and ends < begins:
        problems["effective_to"] = "有效期不能在施行日期之前结束。"
    if problems:
        raise FieldsWrong(problems)


def _problem(name: str, value: str, may_be_blank: bool) -> str | None:
    if len(value) > _LONGEST:
        return f"{LABELS[name]}最多 {_LONGEST} 个字。"
    try:
        checked({name: value}, LABELS[name], clearing=not may_be_blank)
    except SourceError:
        return _EXPECTED.get(name, f"{LABELS[name]}的写法不对。")
    return None


def differing(typed: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """What is said otherwise than the file says it."""
    return {name: value for name, value in typed.items() if value != own[name]}


def side_values(meta_text: str | None) -> dict[str, Any]:
    """What the side file of a source that was taken says; it was checked when it was read."""
    said = yaml.safe_load(meta_text) if meta_text else None
    return {key: value for key, value in said.items() if value not in (None, "")} if isinstance(said, dict) else {}
