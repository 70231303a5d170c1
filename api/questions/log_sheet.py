"""The log as a table to take away."""

from collections.abc import Iterable, Mapping

from api.channels import CHANNEL_LABELS
from api.questions.log import Line
from api.spreadsheet import to_sheet

MOST = 20_000
"""Rows of one file, the newest; they took 4 seconds to write."""
_COLUMNS = {
    "时间": 20,
    "渠道": 8,
    "问题": 60,
    "结果": 12,
    "置信度": 8,
    "文件": 40,
    "地区": 14,
    "主题": 30,
    "评价": 8,
    "用时（毫秒）": 12,
}
_HELPFUL = {True: "有帮助", False: "没帮助", None: ""}


def log_sheet(lines: Iterable[Line], kinds: Mapping[str, str], titles: Mapping[str, str]) -> bytes:
    """``kinds`` are the labels of answers, ``titles`` those of the documents that serve, by id."""
    return to_sheet("问题", _COLUMNS, (_row(line, kinds, titles) for line in lines))


def _row(line: Line, kinds: Mapping[str, str], titles: Mapping[str, str]) -> tuple[str, ...]:
    return (
        f"{line.at:%Y-%m-%d %H:%M:%S}",
        CHANNEL_LABELS.get(line.channel, line.channel),
        line.question,
        kinds.get(line.kind, line.kind),
        f"{line.confidence:.2f}",
        titles.get(line.document_id or "", line.document_id or ""),
        line.region or "",
        line.topic or "",
        _HELPFUL[line.helpful],
        f"{line.took_ms:.0f}",
    )
