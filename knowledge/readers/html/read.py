"""Saved web pages: the article of the page with its tables, without the portal around it."""

from collections.abc import Sequence
from itertools import count

from lxml.html import HtmlElement as Element

from knowledge.errors import SourceEmpty
from knowledge.readers.html.blocks import PageRow, PrintedBlock, PrintedLine, PrintedTable
from knowledge.readers.html.content import choose_content
from knowledge.readers.html.encoding import decode_html
from knowledge.readers.html.facts import facts_of_table
from knowledge.readers.html.layout import is_layout
from knowledge.readers.html.printing import is_link, loose_texts, pieces_of_cell, printed_lines
from knowledge.readers.html.ranges import BlockRanges
from knowledge.readers.html.tables import read_table, rows_of
from knowledge.readers.html.title import take_title
from knowledge.readers.html.tree import Page, parse_page
from knowledge.readers.source import Line, Skipped, Source, Table


def read_html(data: bytes, name: str) -> Source:
    """Title first, then what the page says about the document (发文字号：…), then the article. A page in which no
    article is found comes out whole. Raises SourceUnreadable, SourceTooLarge and SourceEmpty, naming the file."""
    text = decode_html(data, name)
    page = parse_page(text, name)
    blocks = _blocks(page.body)
    content = choose_content(blocks, BlockRanges(page.body, blocks))
    title, article = take_title(page, blocks, content)
    facts = [(fact.printed, None) for fact in content.facts]
    numbered = _numbered([(title, 0), *facts] if title else facts, article, name)
    if not content.blocks and not facts:
        raise SourceEmpty(f"{name}：网页里没有文字")
    return Source(numbered, _skipped(page, text))


def read_fragment(markup: str, name: str, tables_before: int) -> tuple[Line | Table, ...]:
    """All blocks of a piece of HTML inside another format that has had ``tables_before`` tables already."""
    return _numbered([], _blocks(parse_page(markup, name).body), name, tables_before)


def _blocks(body: Element) -> list[PrintedBlock]:
    tables: dict[Element, PrintedTable] = {}

    def at_table(element: Element) -> bool:
        table = _printed_table(element)
        if table:
            tables[element] = table
        return table is not None

    blocks: list[PrintedBlock] = []
    for item in printed_lines(body, at_table):
        if isinstance(item, PrintedLine):
            blocks.append(item)
        else:
            blocks += [PrintedLine(text, item) for text in loose_texts(item) if text]
            blocks.append(tables[item])
    return blocks


def _printed_table(element: Element) -> PrintedTable | None:
    """None for a table that only lays out the page."""
    rows = rows_of(element)
    texts = [[" ".join(pieces_of_cell(cell)) for cell in row.cells] for row in rows] if not _nests(rows) else []
    facts = facts_of_table(texts)
    if not facts and is_layout(element, rows):
        return None
    linked = sum(len("".join("".join(link.itertext()).split())) for link in element.iter("a") if is_link(link))
    text = "".join(element.itertext()) if not texts else " ".join(text for row in texts for text in row)
    if not text.strip():
        return None
    return PrintedTable(element, tuple(rows), text, linked, facts)


def _nests(rows: Sequence[PageRow]) -> bool:
    return any(next(cell.iter("table"), None) is not None for row in rows for cell in row.cells)


def _numbered(
    head: Sequence[tuple[str, int | None]], blocks: Sequence[PrintedBlock], name: str, tables_before: int = 0
) -> tuple[Line | Table, ...]:
    lines = count(1)
    tables = count(tables_before + 1)
    numbered: list[Line | Table] = [Line(text, next(lines), level=level) for text, level in head]
    for block in blocks:
        if isinstance(block, PrintedLine):
            numbered.append(Line(block.text, next(lines), level=block.level))
        else:
            numbered.append(read_table(block.rows, f"表{next(tables)}", name))
    return tuple(block for block in numbered if isinstance(block, Line) or block.rows)


def _skipped(page: Page, text: str) -> tuple[Skipped, ...]:
    """Menus and footers are not worth a word: every page has them."""
    broken = text.count("\ufffd")
    found = (
        (page.hidden, Skipped("隐藏内容", f"网页上不显示的文字 {page.hidden} 处，未收录")),
        (broken, Skipped("全文", f"有 {broken} 个字的编码已损坏，读作 \ufffd")),
    )
    return tuple(skipped for times, skipped in found if times)
