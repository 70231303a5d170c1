"""Markdown files: CommonMark with the tables of GitHub, as markdown-it reads them. A line break in the source is kept:
Chinese authors write each item on its own line, where Markdown would run them together."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.errors import SourceEmpty, SourceTooLarge
from knowledge.readers.html import read_fragment
from knowledge.readers.plain import decode
from knowledge.readers.source import Block, Cell, Line, Row, Skipped, Source, Table, column_letters

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?=\s*(?:#|[\w -]+:))(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.I)
_BEFORE_ROW = re.compile(r"^(?:[ \t]*>)*[ \t]*\|?")
_AFTER_ROW = re.compile(r"(?<!\\)\|?[ \t]*$")
_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")
_UNPRINTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff]")
_OTHER_BLANKS = re.compile(r"[\t\v\f\x85\xa0\u2028\u2029]")
_DEEPEST = 60
"""Blocks in blocks. markdown-it recurses, and leaves out what lies deeper than the limit it is given: by default 20."""
_LARGEST_CELL = 100_000


_LARGEST = 4 * 1024 * 1024
"""Bytes. Markdown is written by hand; the library takes a minute for a megabyte of brackets."""


def read_markdown(data: bytes, name: str) -> Source:
    """Raises SourceUnreadable, SourceTooLarge and SourceEmpty, naming the file."""
    if len(data) > _LARGEST:
        raise SourceTooLarge(f"{name}：文件超过 {_LARGEST // 1024 // 1024} MB，未读取；请另存为 .txt 再导入")
    text = re.sub(r"\r\n?|\f", "\n", decode(data, name).removeprefix("\ufeff"))
    front = _FRONT_MATTER.match(text)
    hidden = len(front[0].splitlines()) if front else 0
    body = "\n" * hidden + text[front.end() :] if front else text
    blocks = _titled(tuple(_Reading(name, body.split("\n")).blocks(_tokens(body, name))))
    if not blocks:
        raise SourceEmpty(f"{name}：文件里没有文字")
    return Source(blocks, (Skipped(f"第1—{hidden}行", "文件头的 YAML 说明，不是正文"),) if hidden else ())


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])


def _tokens(body: str, name: str) -> list[Token]:
    tokens = _parsed(body)
    if max((token.level for token in tokens), default=0) >= _DEEPEST - 1:
        raise SourceTooLarge(f"{name}：列表或引用嵌套超过 {_DEEPEST} 层，未读取")
    return tokens


def _parsed(body: str) -> list[Token]:
    """``[注]: 自发布之日起施行`` would vanish as the definition of a link; then definitions are text."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    tokens = _parser().parse(body, found)
    targets = (unquote(reference["href"]) for reference in found.get("references", {}).values())
    if any(re.search(r"[\u4e00-\u9fff]", target) and not re.search(r"[/.#]", target) for target in targets):
        return _parser().disable("reference").parse(body)
    return tokens


def _titled(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The only level-1 heading, where the file begins with it, is the title of the whole."""
    outermost = [block for block in blocks if isinstance(block, Line) and block.level == 1]
    if len(outermost) != 1 or outermost[0] is not blocks[0]:
        return blocks
    return (replace(outermost[0], level=0), *blocks[1:])


@dataclass(slots=True)
class _Numbers:
    """The numbers of one ordered list. A source that numbers every item alike means them to be counted."""

    source: str = ""
    printed: int = 0

    def following(self, source: str) -> int:
        self.printed = self.printed + 1 if source == self.source else int(source)
        self.source = source
        return self.printed


@dataclass(slots=True)
class _Reading:
    name: str
    source: list[str]
    tables: int = 0
    level: int | None = None
    parser: MarkdownIt = field(default_factory=lambda: _parser())
    lists: list[_Numbers] = field(default_factory=list)
    mark: str = ""
    """To be printed before the next line: the numbers of the list items that begin there."""

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        for kind, group in groupby(_spans(tokens), key=lambda span: span[0].type):
            if kind == "html_block":
                yield from self._html([token for span in group for token in span])
                continue
            for span in group:
                yield from self._table(span) if kind == "table_open" else self._read(span[0])

    def _read(self, token: Token) -> Iterator[Line]:
        first = token.map[0] + 1 if token.map else 1
        match token.type:
            case "heading_open":
                self.level = int(token.tag[1:])
            case "heading_close":
                self.level = None
            case "ordered_list_open" | "bullet_list_open":
                self.lists.append(_Numbers())
            case "ordered_list_close" | "bullet_list_close":
                self.lists.pop()
            case "list_item_open" if token.info:
                self.mark += f"{self.lists[-1].following(token.info)}{token.markup} "
            case "list_item_close":
                self.mark = ""
            case "inline":
                yield from self._lines(_printed(token), first)
            case "fence" | "code_block":
                opening = 1 if token.type == "fence" else 0
                yield from self._lines(enumerate(token.content.split("\n")), first + opening)

    def _lines(self, printed: Iterable[tuple[int, str]], first: int) -> Iterator[Line]:
        for beyond, raw in printed:
            text = _clean(raw)
            if text:
                yield Line(self.mark + text, first + beyond, level=self.level)
                self.mark = ""

    def _html(self, tokens: list[Token]) -> Iterator[Block]:
        """A block of HTML may go on behind a blank line, as long tables do."""
        first = tokens[0].map[0] + 1 if tokens[0].map else 1
        try:
            blocks = read_fragment("\n".join(token.content for token in tokens), self.name, self.tables)
        except SourceEmpty:
            return
        self.tables += sum(isinstance(block, Table) for block in blocks)
        yield from (replace(block, number=first) if isinstance(block, Line) else block for block in blocks)

    def _table(self, tokens: Sequence[Token]) -> Iterator[Table]:
        """Rows with more cells than the header widen the table; GitHub would leave those cells out."""
        self.tables += 1
        name = f"表{self.tables}"
        rows = [self._pieces(row) for row in _rows(tokens)]
        width = max(map(len, rows))
        filled = [row + [()] * (width - len(row)) for row in rows]
        read = [Row(tuple(self._cell(cell, name, at, row) for at, cell in enumerate(cells, 1)))
                for row, cells in enumerate(filled, 1)]  # fmt: skip
        if any(cell.pieces for row in read for cell in row.cells):
            yield Table(name, tuple(read))

    def _pieces(self, row: Sequence[Token]) -> list[tuple[str, ...]]:
        cells = [token for token in row if token.type == "inline"]
        line = self.source[cells[0].map[0]] if cells and cells[0].map else ""
        raw = _BETWEEN_CELLS.split(_AFTER_ROW.sub("", _BEFORE_ROW.sub("", line)))
        cells += [self.parser.parseInline(text.replace("\\|", "|"))[0] for text in raw[len(cells) :]]
        return [tuple(text for _, raw in _printed(cell) if (text := _clean(raw))) for cell in cells]

    def _cell(self, pieces: tuple[str, ...], table: str, column: int, row: int) -> Cell:
        ref = f"{table}!{column_letters(column)}{row}"
        if sum(map(len, pieces)) > _LARGEST_CELL:
            raise SourceTooLarge(f"{self.name}：{ref} 单元格超过 {_LARGEST_CELL // 10_000} 万字，未读取")
        return Cell(pieces, row, ref)


def _spans(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Each table with all its tokens, every other token alone."""
    at = 0
    while at < len(tokens):
        stop = at + 1
        if tokens[at].type == "table_open":
            stop = next(end for end in range(at, len(tokens)) if tokens[end].type == "table_close") + 1
        yield tokens[at:stop]
        at = stop


def _rows(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    first = 0
    for at, token in enumerate(tokens):
        if token.type == "tr_open":
            first = at
        elif token.type == "tr_close":
            yield tokens[first:at]


def _printed(inline: Token) -> Iterator[tuple[int, str]]:
    """The printed lines of a paragraph, each with how many lines of the source stand before it."""
    text, passed = "", 0
    for token in inline.children or ():
        is_break = token.type in ("softbreak", "hardbreak")
        if is_break or (token.type == "html_inline" and _BREAK_TAG.fullmatch(token.content)):
            yield passed, text
            text, passed = "", passed + is_break
        elif token.type in ("text", "code_inline"):
            text += token.content
    yield passed, text


def _clean(raw: str) -> str:
    return _OTHER_BLANKS.sub(" ", _UNPRINTED.sub("", raw)).strip(" \u3000")
