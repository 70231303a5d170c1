"""An original beside the records taken from it, a page at a time: every record leads to its place and back."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from api.refresh.difference import KINDS, name_of
from knowledge.ingest import place_of
from knowledge.manifest import SourceRejection
from knowledge.model import Faq, Locator, Passage, PlanTask, Record, RecordKind, Records, Term
from knowledge.readers.source import Block, Cell, Line, Row, Table

PIECES_PER_PAGE = 400
REJECTED_LISTED = 200
KIND_LABELS: dict[RecordKind, str] = {"task": "任务", "passage": "条文", "term": "名词", "faq": "问答"}


@dataclass(frozen=True, slots=True)
class ShownCell:
    """``anchor`` is set where a record or a rejected row points at this very cell; ``width`` counts the columns a
    merged cell spans."""

    text: str
    anchor: str | None
    width: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or a row of a table: one of the two is empty. ``number`` counts through the whole original, ``place`` is
    how people are told of it; ``cards`` are the records taken from it."""

    number: int
    place: str
    text: str
    level: int | None
    cells: tuple[ShownCell, ...]
    table: int
    sheet: str | None
    page: int | None
    cards: tuple["Card", ...] = ()

    @property
    def anchor(self) -> str:
        return f"o{self.number}"

    @property
    def row(self) -> str:
        """The number printed beside a row of a table: that of the sheet, or the line of the file."""
        return self.place.rpartition("!")[2].lstrip(ascii_uppercase)


@dataclass(frozen=True, slots=True)
class Card:
    """A record as it is shown; ``anchor`` is its own, ``leads_to`` that of its place, None where it was not found."""

    kind: RecordKind
    label: str
    facts: tuple[tuple[str, str], ...]
    place: str
    anchor: str
    leads_to: str | None


@dataclass(frozen=True, slots=True)
class Refused:
    place: str
    reason: str
    page: int | None
    leads_to: str | None


@dataclass(frozen=True, slots=True)
class Spread:
    """``groups`` are the pieces of this page, those of one table together."""

    page: int
    pages: int
    groups: tuple[tuple[Piece, ...], ...]
    cards: tuple[Card, ...]
    refused: tuple[Refused, ...]
    more_refused: int


def open_at(blocks: Sequence[Block], records: Records, rejected: Sequence[SourceRejection], page: int) -> Spread:
    taken: list[Record] = [*records.tasks, *records.passages, *records.terms, *records.faqs]
    wanted = {place_of(record.locator) for record in taken} | {each.place for each in rejected}
    places = _places(blocks, wanted)
    pages = max(1, -(-_count(blocks) // PIECES_PER_PAGE))
    page = min(max(page, 1), pages)
    cards = _cards_on(page, taken, places)
    pieces = [_with_cards(piece, cards) for piece in _pieces(blocks, wanted, page)]
    return Spread(
        page=page,
        pages=pages,
        groups=tuple(_grouped(pieces)),
        cards=tuple(card for card, _ in cards),
        refused=tuple(_refused(each, places) for each in rejected[:REJECTED_LISTED]),
        more_refused=max(0, len(rejected) - REJECTED_LISTED),
    )


def leads_to(blocks: Sequence[Block], locator: Locator) -> tuple[int, str] | None:
    """The page that shows a place of the original, and its anchor there; None where the place is not found."""
    place = place_of(locator)
    found = _places(blocks, {place}).get(place)
    return (found[0] // PIECES_PER_PAGE + 1, found[1]) if found else None


_Places = dict[str, tuple[int, str]]
"""The number of the piece and the anchor of each wanted place."""


def _places(blocks: Sequence[Block], wanted: Collection[str]) -> _Places:
    places: _Places = {}
    for number, (_, part) in enumerate(_parts(blocks)):
        if isinstance(part, Line):
            place = place_of(Locator("", line=part.number, page=part.page))
            if place in wanted:
                places.setdefault(place, (number, f"o{number}"))
            continue
        for column, cell in enumerate(part.cells):
            place = _place_of_cell(cell)
            if place in wanted:
                places.setdefault(place, (number, _anchor_of(number, column, cell)))
    return places


def _anchor_of(number: int, column: int, cell: Cell) -> str:
    """A cell without a name of its own is found by its row."""
    return f"o{number}c{column}" if cell.ref else f"o{number}"


def _place_of_cell(cell: Cell) -> str:
    return place_of(Locator("", line=cell.line, cell=cell.ref))


def _parts(blocks: Iterable[Block]) -> Iterator[tuple[int, Line | Row]]:
    """Lines and rows in reading order, with the number of their block."""
    for at, block in enumerate(blocks):
        if isinstance(block, Table):
            yield from ((at, row) for row in block.rows)
        else:
            yield at, block


def _count(blocks: Iterable[Block]) -> int:
    return sum(len(block.rows) if isinstance(block, Table) else 1 for block in blocks)


def _pieces(blocks: Sequence[Block], wanted: Collection[str], page: int) -> Iterator[Piece]:
    first, last = (page - 1) * PIECES_PER_PAGE, page * PIECES_PER_PAGE
    for number, (at, part) in enumerate(_parts(blocks)):
        if first <= number < last:
            block = blocks[at]
            if isinstance(part, Line):
                place = place_of(Locator("", line=part.number, page=part.page))
                yield Piece(number, place, part.text, part.level, (), at, None, part.page)
            elif isinstance(block, Table):
                yield _row_piece(number, at, block, part, wanted)


def _row_piece(number: int, at: int, table: Table, row: Row, wanted: Collection[str]) -> Piece:
    place = _place_of_cell(row.cells[0]) if row.cells else ""
    cells: list[ShownCell] = []
    for column, cell in enumerate(row.cells):
        if cell.beside and cells:
            cells[-1] = ShownCell(cells[-1].text, cells[-1].anchor, cells[-1].width + 1)
        else:
            is_wanted = cell.ref is not None and cell.ref in wanted
            anchor = _anchor_of(number, column, cell) if is_wanted else None
            cells.append(ShownCell("\n".join(cell.pieces), anchor, 1))
    return Piece(number, place, "", None, tuple(cells), at, table.name, table.page)


def _cards_on(page: int, records: Sequence[Record], places: _Places) -> list[tuple[Card, int]]:
    """The records of this page with the number of their piece; one whose place is not found stands with the record
    before it."""
    cards: list[tuple[Card, int]] = []
    number = 0
    for ordinal, record in enumerate(records, 1):
        place = place_of(record.locator)
        found = places.get(place)
        number = found[0] if found else number
        if number // PIECES_PER_PAGE + 1 == page:
            kind = KINDS[type(record)]
            leads_to = found[1] if found else None
            card = Card(kind, name_of(record), tuple(facts_of(record)), place, f"r{ordinal}", leads_to)
            cards.append((card, number if found else -1))
    return cards


def _with_cards(piece: Piece, cards: Sequence[tuple[Card, int]]) -> Piece:
    own = tuple(card for card, number in cards if number == piece.number)
    if not own:
        return piece
    return Piece(
        piece.number, piece.place, piece.text, piece.level, piece.cells, piece.table, piece.sheet, piece.page, own
    )


def _grouped(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    group: list[Piece] = []
    for piece in pieces:
        if group and (group[-1].table != piece.table or not piece.cells) and (group[-1].cells or piece.cells):
            yield tuple(group)
            group = []
        group.append(piece)
    if group:
        yield tuple(group)


def _refused(rejection: SourceRejection, places: _Places) -> Refused:
    found = places.get(rejection.place)
    page = found[0] // PIECES_PER_PAGE + 1 if found else None
    return Refused(rejection.place, rejection.reason, page, found[1] if found else None)


def facts_of(record: Record) -> Iterator[tuple[str, str]]:
    """What a record says, field by field, without those that are blank."""
    facts: tuple[tuple[str, str | None], ...]
    match record:
        case PlanTask():
            facts = (
                ("编号", record.no),
                ("章节", " › ".join(record.section)),
                ("任务", record.title),
                ("工作要求", record.requirement),
                ("牵头单位", "、".join(record.lead)),
                ("责任单位", "、".join(record.responsible)),
                ("时限", record.deadline),
                ("公开方式", record.channel),
            )
        case Passage():
            facts = (("章节", " › ".join(record.heading)), ("条文", record.text))
        case Term():
            facts = (
                ("名词", record.name),
                ("又叫", "、".join(record.aliases)),
                ("解释", record.explanation),
                ("出处", record.source),
            )
        case Faq():
            facts = (
                ("问题", "；".join(record.questions)),
                ("不适用于", "；".join(record.negative_questions)),
                ("答案", record.answer),
                ("出处", record.source),
                ("批准人", record.approved_by),
            )
    yield from ((label, value) for label, value in facts if value)
