"""The side file ``<stem>.meta.yaml``: what an admin says about a source, which overrules what its text says."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import SourceUnreadable

SIDE_SUFFIX = ".meta.yaml"
_DATES = ("published_on", "effective_from", "effective_to")
KEYS = frozenset(("title", "doc_number", "issuer", "region", "year", *_DATES, "status", "source", "superseded_by"))
_STATUSES = ("有效", "废止", "失效")
_NEVER_BLANK = frozenset(("title", "region", "status"))
_YEARS = range(1900, 2201)


def side_file(path: Path) -> Path:
    return path.with_name(path.stem + SIDE_SUFFIX)


def read_side_file(path: Path) -> dict[str, Any]:
    """The checked content of the side file of ``path``; empty when there is none. Raises SourceUnreadable."""
    side = side_file(path)
    if not side.is_file():
        return {}
    try:
        content = yaml.safe_load(side.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SourceUnreadable(f"{side.name}：不是可用的 YAML 文件") from error
    return checked(content or {}, side.name)


def checked(content: object, name: str, *, clearing: bool = False) -> dict[str, Any]:
    """Known keys with values of the right type. Raises SourceUnreadable, naming the key, for anything else.

    A blank value says nothing; with ``clearing`` it says that the document has none, and comes out as None.
    """
    if not isinstance(content, Mapping):
        raise SourceUnreadable(f"{name}：应当是“键: 值”的形式")
    unknown = sorted(str(key) for key in content if key not in KEYS)
    if unknown:
        raise SourceUnreadable(f"{name}：不认识的键 {'、'.join(unknown)}，可用的有 {'、'.join(sorted(KEYS))}")
    said = {key: _value(key, value, name) for key, value in content.items() if value not in (None, "")}
    blank = [key for key in content if key not in said] if clearing else []
    if lost := [key for key in blank if key in _NEVER_BLANK]:
        raise SourceUnreadable(f"{name}：{'、'.join(lost)} 不能是空的")
    return said | dict.fromkeys(blank)


def _value(key: str, value: object, name: str) -> object:
    if key in _DATES:
        return _date(key, value, name)
    if key == "year":
        if not str(value).isdecimal() or int(str(value)) not in _YEARS:
            raise SourceUnreadable(f"{name}：year 应为年份数字，现为 {value}")
        return int(str(value))
    if key == "status" and value not in _STATUSES:
        raise SourceUnreadable(f"{name}：status 应为 {'、'.join(_STATUSES)} 之一，现为 {value}")
    return str(value).strip()


def _date(key: str, value: object, name: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise SourceUnreadable(f"{name}：{key} 应为 2019-07-05 这样的日期，现为 {value}") from error
