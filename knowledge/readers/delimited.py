"""CSV ledgers, with comma, semicolon or TAB between the cells."""

import csv
import io

from knowledge.errors import SourceEmpty, SourceUnreadable
from knowledge.plan.draft import Cell, Row
from knowledge.readers.plain import decode
from knowledge.readers.source import Sheet, SheetSource

_DELIMITERS = (",", "\t", ";")
_SNIFFED_LINES = 5


def read_csv(data: bytes, name: str) -> SheetSource:
    text = decode(data, name).removeprefix("\ufeff")
    head = "\n".join(text.splitlines()[:_SNIFFED_LINES])
    delimiter = max(_DELIMITERS, key=head.count)
    rows = _rows(text, delimiter, name)
    if not any(cell.pieces for row in rows for cell in row.cells):
        raise SourceEmpty(f"{name}：表格里没有内容")
    return SheetSource((Sheet(None, rows),))


def _rows(text: str, delimiter: str, name: str) -> tuple[Row, ...]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[Row] = []
    start = 1
    try:
        for values in reader:
            rows.append(Row(tuple(Cell(pieces_of(value), start) for value in values)))
            start = reader.line_num + 1
    except csv.Error as error:
        raise SourceUnreadable(f"{name}：第 {start} 行不是完整的 CSV（{error}）") from error
    return tuple(row for row in rows if row.cells)


def pieces_of(value: str) -> tuple[str, ...]:
    """The printed lines of one cell."""
    return tuple(line for line in value.splitlines() if line.strip())
