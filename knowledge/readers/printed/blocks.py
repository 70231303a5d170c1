"""Printed pages to a source: the last step of reading, the same for every format that fixes where characters stand."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from knowledge.errors import SourceEmpty, SourceUnreadable, SourceWithoutText
from knowledge.readers.printed.characters import UNMAPPED, is_private
from knowledge.readers.printed.columns import in_columns, with_aligned_tables
from knowledge.readers.printed.continued import continued
from knowledge.readers.printed.edges import LinedPage, without_edges
from knowledge.readers.printed.grids import Grid, grids_of
from knowledge.readers.printed.lines import NUMBERED, lines_of
from knowledge.readers.printed.page import Glyph, PrintedLine, PrintedPage
from knowledge.readers.printed.paragraphs import Paragraph, Placed, Setting, paragraphs_of, setting_of
from knowledge.readers.printed.tables import PrintedTable, as_table, table_in
from knowledge.readers.printed.turned import runs_of, stood_up, without_watermarks
from knowledge.readers.source import Block, Line, Skipped, Source

_UNKNOWN_SHARE = 0.3
_REACHES_BOTTOM = 0.15
"""Of the height of the page: how far above the lowest text of the document a table may end and still go on."""
_ENOUGH_TEXT = 200
_BEFORE_TITLE = 10
_NUMBER_OF_DOCUMENT = re.compile(r".{1,20}[〔\[（(﹝【]\s*\d{4}\s*[〕\])）﹞】].{0,4}?\d+\s*号.*")
_MASTHEAD = re.compile(r".*文\s*件|.*[公简]\s*报")

Item = PrintedLine | PrintedTable


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page with its glyphs made into lines and tables; pages of glyphs are too large to hold many of them."""

    number: int
    width: float
    height: float
    lines: tuple[PrintedLine, ...]
    tables: tuple[PrintedTable, ...]
    runs: tuple[Glyph, ...]
    sizes: Counter[float]
    has_drawing: bool
    characters: int
    unmapped: int
    private: int

    @property
    def format(self) -> tuple[int, int]:
        return round(self.width), round(self.height)


def source_of(pages: Iterable[PrintedPage], name: str) -> Source:
    """What stands on ``pages``. Raises SourceWithoutText, SourceEmpty and SourceUnreadable."""
    sheets = [_sheet(stood_up(page)) for page in pages]
    _refuse_unreadable(sheets, name)
    texts = without_edges([_lined(sheet) for sheet in sheets])
    runs = without_watermarks([sheet.runs for sheet in sheets])
    texts = [[*lines, *lines_of(turned)] for lines, turned in zip(texts, runs, strict=True)]
    blank = [not lines and not sheet.tables for sheet, lines in zip(sheets, texts, strict=True)]
    if all(blank):
        if any(sheet.has_drawing for sheet in sheets):
            raise SourceWithoutText(
                f"{name}：是扫描件，没有文字层（no text layer），请先做文字识别或提供可复制文字的版本"
            )
        raise SourceEmpty(f"{name}：文件里没有文字")
    pages_of_items = [_items(sheet, lines) for sheet, lines in zip(sheets, texts, strict=True)]
    return Source(tuple(_blocks(sheets, pages_of_items)), tuple(_skipped(sheets, blank)))


def _sheet(page: PrintedPage) -> _Sheet:
    grids = grids_of(page.rules) if page.rules and page.glyphs else []
    runs = runs_of(page.turned)
    inside: list[list[Glyph]] = [[] for _ in grids]
    outside: list[Glyph] = []
    for glyph in page.glyphs:
        at = next((at for at, grid in enumerate(grids) if grid.holds(glyph)), None)
        (outside if at is None else inside[at]).append(glyph)
    tables: list[PrintedTable] = []
    for grid, glyphs in zip(grids, inside, strict=True):
        hanging = set(grid.overflowing(outside))
        glyphs += [glyph for glyph in outside if glyph in hanging]
        outside = [glyph for glyph in outside if glyph not in hanging]
        turned = [run for run in runs if grid.holds(run) and _is_free(grid, run, glyphs)]
        runs = [run for run in runs if run not in turned]
        table = table_in(grid, [*glyphs, *turned], page.number)
        if table is None:
            outside += [*glyphs, *turned]
        else:
            tables.append(table)
    return _Sheet(
        number=page.number,
        width=page.width,
        height=page.height,
        lines=tuple(lines_of(outside)),
        tables=tuple(tables),
        runs=tuple(runs),
        sizes=Counter(round(glyph.size, 1) for glyph in page.glyphs),
        has_drawing=page.has_drawing,
        characters=sum(not glyph.text.isspace() for glyph in page.glyphs),
        unmapped=page.unmapped,
        private=sum(is_private(glyph.text[0]) for glyph in page.glyphs if glyph.text != UNMAPPED),
    )


def _is_free(grid: Grid, run: Glyph, glyphs: Iterable[Glyph]) -> bool:
    area = grid.area_at(*run.middle)
    return all(glyph.text.isspace() or grid.area_at(*glyph.middle) != area for glyph in glyphs)


def _refuse_unreadable(sheets: Sequence[_Sheet], name: str) -> None:
    characters = sum(sheet.characters for sheet in sheets)
    unknown = sum(sheet.unmapped + sheet.private for sheet in sheets)
    if characters and unknown > _UNKNOWN_SHARE * characters:
        raise SourceUnreadable(
            f"{name}：文字层是乱码（{characters} 个字中有 {unknown} 个没有通用编码），请用原来的 Word 文件或重新导出"
        )


def _lined(sheet: _Sheet) -> LinedPage:
    top = min((table.top for table in sheet.tables), default=None)
    bottom = max((table.bottom for table in sheet.tables), default=None)
    return LinedPage(sheet.number, sheet.width, sheet.height, sheet.lines, top, bottom, sheet.has_drawing)


def _items(sheet: _Sheet, lines: Sequence[PrintedLine]) -> list[Item]:
    """Lines and tables of a page in reading order."""
    ordered = in_columns(lines, sheet.width)
    is_plain = all(line.column is None for line in ordered)
    items: list[Item] = list(with_aligned_tables(ordered, sheet.number) if is_plain else ordered)
    for table in sheet.tables:
        at = next((at for at, item in enumerate(items) if _top(item) > table.top), len(items))
        items.insert(at, table)
    return items


def _top(item: Item) -> float:
    return item.top if isinstance(item, PrintedTable) else item.y - 0.35 * item.size


def _blocks(sheets: Sequence[_Sheet], pages: Sequence[Sequence[Item]]) -> Iterator[Block]:
    settings = _Settings(sheets, pages)
    found: list[Paragraph | PrintedTable] = []
    sequence = [(sheet, item) for sheet, items in zip(sheets, pages, strict=True) for item in items]
    for is_table, group in groupby(sequence, key=lambda pair: isinstance(pair[1], PrintedTable)):
        pairs = list(group)
        if is_table:
            tables = [item for _, item in pairs if isinstance(item, PrintedTable)]
            found += continued(tables, settings.reaches_bottom)
        else:
            found += paragraphs_of(
                [
                    Placed(sheet.number, item, settings.of(sheet, item))
                    for sheet, item in pairs
                    if isinstance(item, PrintedLine)
                ]
            )
    return _numbered(found)


class _Settings:
    """How the text is set on pages of each format, and in each column of them."""

    def __init__(self, sheets: Sequence[_Sheet], pages: Sequence[Sequence[Item]]) -> None:
        groups: dict[tuple[tuple[int, int], int | None], list[PrintedLine]] = {}
        self._lowest: dict[tuple[int, int], float] = {}
        self._formats = {sheet.number: sheet.format for sheet in sheets}
        for sheet, items in zip(sheets, pages, strict=True):
            for item in items:
                if isinstance(item, PrintedLine):
                    groups.setdefault((sheet.format, item.column), []).append(item)
                low = item.bottom if isinstance(item, PrintedTable) else item.y
                self._lowest[sheet.format] = max(low, self._lowest.get(sheet.format, 0.0))
        size = _body_size(sheets, [line for lines in groups.values() for line in lines])
        self._settings = {
            key: setting_of(lines, key[0][0] if key[1] is None else 0, size) for key, lines in groups.items()
        }

    def of(self, sheet: _Sheet, line: PrintedLine) -> Setting:
        return self._settings[sheet.format, line.column]

    def reaches_bottom(self, table: PrintedTable, next_height: float) -> bool:
        """Whether ``table`` ends so low that a row of ``next_height`` may have had to go on the next page."""
        paper = self._formats[table.page]
        return table.bottom >= self._lowest[paper] - max(_REACHES_BOTTOM * paper[1], next_height)


def _body_size(sheets: Sequence[_Sheet], lines: Sequence[PrintedLine]) -> float:
    """The most usual size of type, in tables too where there is little text beside them."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    if sizes.total() < _ENOUGH_TEXT:
        for sheet in sheets:
            sizes.update(sheet.sizes)
    return sizes.most_common(1)[0][0]


def _numbered(found: Sequence[Paragraph | PrintedTable]) -> Iterator[Block]:
    title = _title(found)
    tables = 0
    on_page: Counter[int] = Counter()
    for at, item in enumerate(found):
        if isinstance(item, PrintedTable):
            tables += 1
            yield as_table(item, tables)
        else:
            on_page[item.page] += 1
            yield Line(item.text, on_page[item.page], item.page, _level(found, at, title))


def _level(found: Sequence[Paragraph | PrintedTable], at: int, title: int | None) -> int | None:
    if at == title:
        return 0
    return 1 if title is not None and at > title and _is_headline(found[at]) else None


def _title(found: Sequence[Paragraph | PrintedTable]) -> int | None:
    """The first headline at the beginning of the document, or the second where the first is the name of the issuer
    above its 文号."""
    headlines = [at for at in range(min(_BEFORE_TITLE, len(found))) if _is_headline(found[at])]
    if len(headlines) > 1 and _is_above_number(found, headlines[0]) and not _is_numbered(found[headlines[1]]):
        return headlines[1]
    return headlines[0] if headlines else None


def _is_headline(item: Paragraph | PrintedTable) -> bool:
    return isinstance(item, Paragraph) and item.is_headline and not _MASTHEAD.fullmatch(item.text)


def _is_above_number(found: Sequence[Paragraph | PrintedTable], at: int) -> bool:
    after = found[at + 1] if at + 1 < len(found) else None
    return isinstance(after, Paragraph) and _NUMBER_OF_DOCUMENT.fullmatch(after.text) is not None


def _is_numbered(item: Paragraph | PrintedTable) -> bool:
    return isinstance(item, Paragraph) and NUMBERED.match(item.text) is not None


def _skipped(sheets: Sequence[_Sheet], blank: Sequence[bool]) -> Iterator[Skipped]:
    for sheet, is_blank in zip(sheets, blank, strict=True):
        if is_blank and sheet.has_drawing:
            yield Skipped(f"第{sheet.number}页", "这一页是图片，没有文字层")
        elif sheet.unmapped:
            yield Skipped(f"第{sheet.number}页", f"有 {sheet.unmapped} 个字没有通用编码，读不出来")
