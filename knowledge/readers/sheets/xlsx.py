"""Excel ledgers: every sheet that people see, as displayed, with merged cells filled from their first cell."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from knowledge.errors import SourceEmpty, SourceEncrypted, SourceTooLarge, SourceUnreadable
from knowledge.readers.sheets.sheet import Area, Sheet, Stored, read_sheet
from knowledge.readers.sheets.workbook import open_workbook
from knowledge.readers.source import Cell, Line, Row, Skipped, Source, Table, column_letters, pieces_of

_MOST_CELLS = 2_000_000
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_INSIDE_OLE = (
    ("Workbook", "是旧版 Excel 文件，请把扩展名改为 .xls"),
    ("Book", "是旧版 Excel 文件，请把扩展名改为 .xls"),
    ("WordDocument", "是旧版 Word（.doc）文件，请把扩展名改为 .doc"),
)
_OTHER_KINDS = (
    ((b"pk\x03\x04",), "是 .xlsx 一类的压缩格式，请把扩展名改为 .xlsx"),
    ((b"%pdf",), "是 PDF 文件，请把扩展名改为 .pdf"),
    ((b"<!doctype html", b"<html", b"<table", b"<meta"), "是网页，请把扩展名改为 .html，或在 Excel 里另存为 .xlsx"),
    ((b"<?xml",), "是 XML 表格，请在 Excel 里另存为 .xlsx"),
    ((b"\xff\xd8\xff", b"\x89png", b"gif8"), "是图片"),
)

Grid = dict[int, dict[int, Stored]]
Covered = dict[tuple[int, int], tuple[Stored, bool]]
"""What a merged area shows at a row and column, and whether that is to the right of where the area begins."""


def read_xlsx(data: bytes, name: str) -> Source:
    """Raises SourceUnreadable, SourceEncrypted, SourceTooLarge and SourceEmpty, naming the file."""
    _require_workbook(data, name)
    book = open_workbook(data, name)
    empty = Sheet("")
    sheets = ((part.title, part.is_hidden, empty if part.is_hidden else read_sheet(book, part)) for part in book.sheets)
    return laid_out_sheets(sheets, name)


def laid_out_sheets(sheets: Iterable[tuple[str, bool, Sheet]], name: str) -> Source:
    """Title, whether it is hidden, and what is stored of each sheet. Raises SourceTooLarge and SourceEmpty."""
    tables: list[Table] = []
    skipped: list[Skipped] = []
    for title, is_hidden, sheet in sheets:
        if is_hidden:
            skipped.append(Skipped(f"工作表“{title}”", "隐藏的工作表，没有读取"))
            continue
        table, left_out = _laid_out(sheet, name)
        skipped += left_out
        if table.rows:
            tables.append(table)
    if not tables:
        raise SourceEmpty(f"{name}：表格里没有内容{'（隐藏的部分不读取）' if skipped else ''}")
    if all(len(row.cells) == 1 for table in tables for row in table.rows):
        return Source(tuple(_lines(tables)), tuple(skipped))
    return Source(tuple(tables), tuple(skipped))


def _lines(tables: Sequence[Table]) -> Iterator[Line]:
    """Running text that is kept in a workbook, a paragraph a row."""
    return (
        Line(piece, cell.line) for table in tables for row in table.rows for cell in row.cells for piece in cell.pieces
    )


def _require_workbook(data: bytes, name: str) -> None:
    if data.startswith(_ZIP):
        return
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise SourceEncrypted(f"{name}：文件设了密码，请去掉密码再导入")
        said = next((said for stream, said in _INSIDE_OLE if stream.encode("utf-16-le") in data), "不是 Excel 工作簿")
        raise SourceUnreadable(f"{name}：{said}")
    raise SourceUnreadable(f"{name}：不是 .xlsx 文件，{what_instead(data)}")


def what_instead(data: bytes) -> str:
    """What a file is that has the extension of a spreadsheet and is none."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    said = next((said for starts, said in _OTHER_KINDS if head.startswith(starts)), "")
    return said or "可能已损坏，或是改了扩展名的别种文件"


def _laid_out(sheet: Sheet, name: str) -> tuple[Table, list[Skipped]]:
    """The visible rows and columns that hold something of their own: what only lies under a merged cell says nothing
    new, and may reach down to the last row of the sheet."""
    shown = _without_covered(sheet, name)
    hidden_rows = sorted(number for number in shown if number in sheet.hidden_rows)
    used = {column for row in shown.values() for column in row}
    hidden_columns = sorted(column for column in used if column in sheet.hidden_columns)
    kept = {number: row for number, row in shown.items() if number not in sheet.hidden_rows}
    columns = sorted(used.difference(hidden_columns))
    numbers = sorted(number for number, row in kept.items() if not row.keys() <= set(hidden_columns))
    if len(numbers) * len(columns) > _MOST_CELLS:
        raise SourceTooLarge(f"{name}：工作表“{sheet.title}”过大（超过 {_MOST_CELLS // 10000} 万个单元格），未读取")
    covered = _covered(sheet, shown, numbers, columns, name)
    rows = tuple(Row(tuple(_cells(sheet.title, number, columns, kept[number], covered))) for number in numbers)
    return Table(sheet.title, rows, is_sheet=True), [
        *(Skipped(f"{sheet.title}!第{span}行", "隐藏的行，没有读取") for span in _spans(hidden_rows, str)),
        *(Skipped(f"{sheet.title}!{span}列", "隐藏的列，没有读取") for span in _spans(hidden_columns, column_letters)),
    ]


def _without_covered(sheet: Sheet, name: str) -> Grid:
    """The cells with something of their own. What a merged area shows stands in its first visible cell."""
    grid = {number: dict(row) for number, row in sheet.cells.items()}
    numbers = sorted(grid)
    visited = 0
    for area in sheet.merged:
        first = grid.get(area.top, {}).get(area.left)
        for number in _within(numbers, area.top, area.bottom):
            row = grid[number]
            visited += 1 + len(row)
            for column in [column for column in row if area.left <= column <= area.right]:
                del row[column]
        if visited > _MOST_CELLS * 10:
            raise _too_many_merged(sheet.title, name)
        if first and (place := _first_visible(sheet, area)):
            grid.setdefault(place[0], {})[place[1]] = first
    return {number: row for number, row in grid.items() if row}


def _first_visible(sheet: Sheet, area: Area) -> tuple[int, int]:
    """Where the text of the area is seen; its first cell when all of it is hidden."""
    rows = range(area.top, area.bottom + 1)
    columns = range(area.left, area.right + 1)
    return (
        next((number for number in rows if number not in sheet.hidden_rows), area.top),
        next((column for column in columns if column not in sheet.hidden_columns), area.left),
    )


def _covered(sheet: Sheet, shown: Grid, numbers: Sequence[int], columns: Sequence[int], name: str) -> Covered:
    covered: Covered = {}
    for area in sheet.merged:
        top, left = _first_visible(sheet, area)
        first = shown.get(top, {}).get(left)
        if first is None:
            continue
        for number in _within(numbers, area.top, area.bottom):
            for column in _within(columns, area.left, area.right):
                covered[number, column] = first, column > left
        if len(covered) > _MOST_CELLS:
            raise _too_many_merged(sheet.title, name)
    return covered


def _cells(title: str, number: int, columns: Sequence[int], row: dict[int, Stored], covered: Covered) -> Iterator[Cell]:
    for column in columns:
        stored, beside = covered.get((number, column)) or (row.get(column), False)
        ref = f"{title}!{column_letters(column)}{number}"
        if stored is None:
            yield Cell((), number, ref)
        else:
            yield Cell(pieces_of(stored.text), number, ref, not stored.has_result, beside)


def _within(places: Sequence[int], first: int, last: int) -> Sequence[int]:
    """Those of the sorted ``places`` from ``first`` to ``last``."""
    return places[bisect_left(places, first) : bisect_right(places, last)]


def _too_many_merged(title: str, name: str) -> SourceTooLarge:
    return SourceTooLarge(f"{name}：工作表“{title}”的合并单元格过多，未读取")


def _spans(places: Iterable[int], named: Callable[[int], str]) -> Iterator[str]:
    """Runs of neighbours as 5 or 5—7."""
    start = last = None
    for place in chain(places, (None,)):
        if start is not None and last is not None and place != last + 1:
            yield named(start) if start == last else f"{named(start)}—{named(last)}"
            start = None
        start = place if start is None else start
        last = place
