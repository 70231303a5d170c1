"""A list of requests as a sheet, without names and contacts."""

from collections.abc import Iterator

from api.channels import CHANNEL_LABELS
from api.requests.kinds import KIND_LABELS
from api.requests.queue import QueueItem, RequestQueue, Wanted
from api.requests.rating import RATING_LABELS
from api.requests.status import STATUS_LABELS
from api.spreadsheet import to_sheet

MOST_ROWS = 10_000
_COLUMNS = {
    "编号": 16,
    "状态": 10,
    "类别": 8,
    "地区": 16,
    "承办单位": 22,
    "经办人": 12,
    "渠道": 10,
    "受理时间": 17,
    "期限": 12,
    "逾期": 8,
    "评价": 10,
    "催办次数": 10,
    "内容": 80,
}
_TIME = "%Y-%m-%d %H:%M"


def sheet_of(queue: RequestQueue, me: str, wanted: Wanted) -> bytes:
    """At most :data:`MOST_ROWS`; where there are more, the last row says so."""
    return to_sheet("诉求", _COLUMNS, _rows(queue, me, wanted))


def _rows(queue: RequestQueue, me: str, wanted: Wanted) -> Iterator[list[str]]:
    yield from map(_row, queue.each(me, wanted, MOST_ROWS))
    if queue.total(me, wanted) > MOST_ROWS:
        yield [f"只导出了前 {MOST_ROWS:,} 条，还有没导出的，请缩小范围再导出。"]


def _row(item: QueueItem) -> list[str]:
    return [
        item.no,
        STATUS_LABELS[item.status],
        KIND_LABELS[item.kind],
        item.region or "",
        item.unit or "",
        item.assignee or "",
        CHANNEL_LABELS.get(item.channel, item.channel),
        item.created_at.strftime(_TIME),
        f"{item.due_on}（暂定）" if item.due_provisional and item.due_on else str(item.due_on or ""),
        "逾期" if item.overdue else "",
        RATING_LABELS.get(item.rating or 0, ""),
        str(item.reminders or ""),
        item.content,
    ]
