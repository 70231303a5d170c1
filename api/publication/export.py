"""What is published as .csv and .xlsx. Cells come from texts of citizens: none may start a formula."""

from collections.abc import Iterable

from api.publication.ledger import Published
from api.spreadsheet import to_sheet, to_table

_COLUMNS = {"受理日期": 12, "答复日期": 12, "答复部门": 24, "诉求内容": 60, "答复内容": 60}
"""Header and width in characters."""


def to_csv(items: Iterable[Published]) -> bytes:
    return to_table(_COLUMNS, map(_row, items))


def to_xlsx(items: Iterable[Published]) -> bytes:
    return to_sheet("诉求公开", _COLUMNS, map(_row, items))


def _row(item: Published) -> tuple[str, ...]:
    return item.received_on.isoformat(), item.replied_on.isoformat(), item.unit, item.question, item.reply
