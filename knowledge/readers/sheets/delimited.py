"""CSV ledgers, with comma, semicolon or TAB between the cells."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from knowledge.errors import SourceEmpty, SourceError, SourceTooLarge, SourceUnreadable
from knowledge.readers.plain import decode
from knowledge.readers.source import Cell, Row, Source, Table, pieces_of

_DELIMITERS = (",", "\t", ";")
_SNIFFED_ROWS = 30
_SAID = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)
_AS_TEXT = re.compile(r'="([^"]*)"')
_LINE_END = re.compile(r"\r\n|\n|\r")
_LONGEST_CELL = 100_000
_MOST_CELLS = 2_000_000
"""With those that fill the short rows up to the widest one."""

Record = tuple[int, list[str]]
"""The line a row begins on, from 1, and its values."""


def read_csv(data: bytes, name: str) -> Source:
    """Raises SourceUnreadable, SourceTooLarge and SourceEmpty, naming the file."""
    text = decode(data, name).removeprefix("\ufeff")
    said = _SAID.match(text)
    start = 1 + bool(said)
    text = text[said.end() :] if said else text
    records = list(_records(text, said[1] if said else _delimiter(text, name), start, name))
    _require_closed_quotes(text, records, start, name)
    width = max((_printed_width(values) for _, values in records), default=0)
    if not width:
        raise SourceEmpty(f"{name}：表格里没有内容")
    printed = [record for record in records if _printed_width(record[1])]
    if len(printed) * width > _MOST_CELLS:
        raise SourceTooLarge(f"{name}：表格过大（超过 {_MOST_CELLS // 10_000} 万个单元格），未读取")
    return Source((Table(None, tuple(_row(record, width) for record in printed), is_sheet=True),))


def _delimiter(text: str, name: str) -> str:
    """The mark that cuts most of the first rows to the same width: the others stand inside the text of some cells."""
    return max(_DELIMITERS, key=lambda mark: _regularity(text, mark, name))


def _regularity(text: str, mark: str, name: str) -> tuple[float, int]:
    """The share of rows that have the commonest width above one, and that width."""
    try:
        rows = [values for _, values in islice(_records(text, mark, 1, name), _SNIFFED_ROWS) if values]
    except SourceError:
        return 0, 0
    widths = Counter(len(values) for values in rows)
    return max(((count / len(rows), width) for width, count in widths.items() if width > 1), default=(0, 0))


def _records(text: str, delimiter: str, start: int, name: str) -> Iterator[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = start
    try:
        for values in reader:
            if any(len(value) > _LONGEST_CELL for value in values):
                raise _too_long(line, name)
            yield line, values
            line = start + reader.line_num
    except csv.Error as error:
        if "field larger" in str(error):
            raise _too_long(line, name) from error
        raise SourceUnreadable(f"{name}：第 {line} 行不是完整的 CSV（{error}）") from error


def _too_long(line: int, name: str) -> SourceTooLarge:
    return SourceTooLarge(f"{name}：第 {line} 行有一个单元格太长（超过 {_LONGEST_CELL} 字），未读取")


def _require_closed_quotes(text: str, records: list[Record], start: int, name: str) -> None:
    """A quote that is never closed takes all that follows into one cell: rows would be lost without a word."""
    is_odd = text.count('"') % 2 == 1
    if is_odd and records and records[-1][0] < start + len(_LINE_END.findall(text.rstrip())):
        raise SourceUnreadable(f"{name}：第 {records[-1][0]} 行的引号没有闭合，后面的行分不开")


def _printed_width(values: list[str]) -> int:
    """Spreadsheets write a comma for each empty cell up to the widest row."""
    return next((at for at in range(len(values), 0, -1) if values[at - 1].strip()), 0)


def _row(record: Record, width: int) -> Row:
    line, values = record
    padded = [*values, *[""] * (width - len(values))][:width]
    return Row(tuple(Cell(pieces_of(_as_text(value)), line) for value in padded))


def _as_text(value: str) -> str:
    """="007" is how a CSV file tells Excel to leave a number alone."""
    match = _AS_TEXT.fullmatch(value)
    return match[1] if match else value
