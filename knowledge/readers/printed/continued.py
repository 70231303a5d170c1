"""Tables that go on over pages: the columns of all pages are brought to one grid, and what the end of a page cut in
two, rows and merged cells, back to one. Browsers leave a cut cell open there; Word and LibreOffice close it with a
rule, so that only its text can tell."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from knowledge.readers.printed.lines import NUMBERED, joined
from knowledge.readers.printed.tables import Field, PrintedTable

_SAME_PLACE = 6.0
_HIGHEST_HEADER = 3
_FEWEST_CELLS = 3
_NO_LINE = 2.0
_NO_PARAGRAPH = 3.5
"""Of the type size: where no more is free at the bottom of a cell, no line, no paragraph more had room."""
_SENTENCE_END = re.compile(r"[。；！？!?]$")

Fields = tuple[Field, ...]


@dataclass
class _Chain:
    """Tables on pages that follow one another; ``xs`` are where the columns begin that any of them has."""

    xs: tuple[float, ...]
    tables: list[PrintedTable] = field(default_factory=list)

    def takes(self, table: PrintedTable) -> bool:
        last = self.tables[-1]
        if last.right is None or table.right is None:
            return len(self.xs) == len(table.xs) and _all_stand_in(table.xs, self.xs)
        if abs(last.right - table.right) > _SAME_PLACE:
            return False
        return _is_nested(table.xs, self.xs) or _is_nested(_divided(table, table.rows), _divided(last, last.rows[::-1]))

    def add(self, table: PrintedTable) -> None:
        new = [x for x in table.xs if not _all_stand_in([x], self.xs)]
        self.xs = tuple(sorted([*self.xs, *new]))
        self.tables.append(table)


def _divided(table: PrintedTable, rows: Sequence[Fields]) -> list[float]:
    """Where the columns of the first of ``rows`` begin that is no heading: a page may hold tables of several kinds."""
    places = ([x for x, cell in zip(table.xs, row, strict=True) if not cell.beside] for row in rows)
    return next((xs for xs in places if len(xs) >= _FEWEST_CELLS), list(table.xs))


def continued(
    tables: Sequence[PrintedTable], reaches_bottom: Callable[[PrintedTable, float], bool]
) -> list[PrintedTable]:
    """``tables`` follow one another with nothing between them. Those that go on over pages are as wide as each other,
    with what a merged cell lost on the next page; one of which nothing but the rest of a row was left is gone."""
    chains: list[_Chain] = []
    for table in tables:
        chain = chains[-1] if chains else None
        if chain is None or not reaches_bottom(chain.tables[-1], table.first_height) or not chain.takes(table):
            chain = _Chain(table.xs)
            chains.append(chain)
        chain.add(table)
    return [table for chain in chains for table in _joined([_on_columns(each, chain.xs) for each in chain.tables])]


def _is_nested(some: Sequence[float], others: Sequence[float]) -> bool:
    return _all_stand_in(some, others) or _all_stand_in(others, some)


def _all_stand_in(some: Sequence[float], places: Sequence[float]) -> bool:
    return all(any(abs(x - place) <= _SAME_PLACE for place in places) for x in some)


def _on_columns(table: PrintedTable, xs: Sequence[float]) -> PrintedTable:
    """``table`` with a column at each of ``xs``: a cell goes over the columns that only other pages divide."""
    if len(table.xs) == len(xs):
        return table
    sources = [sum(own <= x + _SAME_PLACE for own in table.xs) - 1 for x in xs]
    rows = (tuple(_spread(table.rows, at, sources)) for at in range(len(table.rows)))
    return replace(table, xs=tuple(xs), rows=tuple(rows))


def _spread(rows: Sequence[Fields], at: int, sources: Sequence[int]) -> Iterator[Field]:
    for column, source in enumerate(sources):
        if source < 0:  # nothing is left of a merged cell on this page, not even its sides
            yield Field((), begins_open=True, is_open=True, above=at, depth=len(rows) - at)
        elif column and source == sources[column - 1]:
            yield replace(rows[at][source], beside=True)
        else:
            yield rows[at][source]


def _joined(tables: Sequence[PrintedTable]) -> list[PrintedTable]:
    is_left_open = any(any(_left_open(*pair)) for pair in pairwise(tables))
    kept: list[PrintedTable] = []
    for table in tables:
        at = _repeated(kept[-1], table) if kept else 0
        if kept and at < len(table.rows):
            kept[-1], table = _sewn(kept[-1], table, at, is_left_open=is_left_open)
        if not kept or at < len(table.rows):
            kept.append(table)
    return kept


def _left_open(before: PrintedTable, table: PrintedTable) -> list[bool]:
    """For each column, whether the cell at the end of ``before`` is drawn as one that goes on in ``table``."""
    at = _repeated(before, table)
    rows = zip(before.rows[-1], table.rows[min(at, len(table.rows) - 1)], strict=True)
    return [above.is_open and (below.begins_open or at > 0) for above, below in rows]


def _repeated(before: PrintedTable, table: PrintedTable) -> int:
    """How many rows of ``table`` repeat the header of ``before``."""
    count = 0
    for first, second in zip(before.rows[:_HIGHEST_HEADER], table.rows, strict=False):
        if [field.pieces for field in first] != [field.pieces for field in second]:
            break
        count += 1
    return count


def _sewn(
    before: PrintedTable, table: PrintedTable, at: int, *, is_left_open: bool
) -> tuple[PrintedTable, PrintedTable]:
    """Both with whole cells where the end of the page cut them; row ``at`` of ``table`` goes where it is the rest of
    the last row of ``before``."""
    pairs = list(zip(before.rows[-1], table.rows[at], strict=True))
    if is_left_open:
        cut = _left_open(before, table)
        is_rest = all(is_cut for is_cut, pair in zip(cut, pairs, strict=True) if any(side.pieces for side in pair))
    else:
        cut = _cut_labels(pairs)
        is_rest = _is_rest(pairs, _widest(table))
    upper, lower = [list(row) for row in before.rows], [list(row) for row in table.rows]
    for column, (above, below) in enumerate(pairs):
        if is_rest or cut[column]:
            whole = _whole(above, below)
            for row in upper[len(upper) - 1 - above.above :] if below.pieces else ():
                row[column] = replace(row[column], pieces=whole.pieces)
            for row in lower[at : at + below.depth]:
                row[column] = replace(
                    whole, beside=row[column].beside, above=row[column].above, depth=row[column].depth
                )
    if is_rest:
        for column, rest in enumerate(lower.pop(at)):
            for row in lower[at : at + rest.depth - 1]:
                row[column] = replace(row[column], above=row[column].above - 1)
    return replace(before, rows=tuple(map(tuple, upper))), replace(table, rows=tuple(map(tuple, lower)))


def _widest(table: PrintedTable) -> int:
    ends = (*table.xs[1:], table.right or table.xs[-1])
    return max(range(len(table.xs)), key=lambda column: ends[column] - table.xs[column])


def _whole(above: Field, below: Field) -> Field:
    if not below.pieces:
        return replace(above, is_open=below.is_open)
    if not above.pieces:
        return below
    pieces = above.pieces + below.pieces
    if below.first_width > above.room and (above.is_wide or above.free <= _NO_LINE):
        pieces = (*above.pieces[:-1], joined(above.pieces[-1], below.pieces[0]), *below.pieces[1:])
    return replace(below, pieces=pieces)


def _is_rest(pairs: Sequence[tuple[Field, Field]], widest: int) -> bool:
    """Whether the fields below are the rest of those above, where rules close both. It has nothing where they are
    blank, begins with no number, and what stands above it breaks off. A new row under a merged label is blank at first
    too, but fills the other cells: where they are all filled, all of them must break off."""
    below = [pair for pair in pairs if pair[1].pieces and not pair[1].beside]
    filled = sum(bool(above.pieces) and not above.beside for above, _ in pairs)
    if not below or any(above.beside != rest.beside for above, rest in pairs):
        return False
    if any(not above.pieces or NUMBERED.match(rest.pieces[0]) for above, rest in below):
        return False
    if all(_breaks_off(*pair) for pair in below):
        return not pairs[0][1].pieces or len(below) < filled or _is_cut_sentence(*pairs[widest])
    may_be_cut = all(above.free <= _NO_PARAGRAPH or _breaks_off(above, rest) for above, rest in below)
    if may_be_cut and (_is_cut_sentence(*pairs[widest]) or _is_left_blank(pairs, widest)):
        return True
    own = [pair for pair in below if pair[1].depth == 1 and pair[0].above == 0]
    return len(below) < filled - 1 and any(_breaks_off(*pair) for pair in own)


def _is_cut_sentence(above: Field, below: Field) -> bool:
    return bool(below.pieces) and above.free <= _NO_LINE and above.is_wide and _breaks_off(above, below)


def _is_left_blank(pairs: Sequence[tuple[Field, Field]], widest: int) -> bool:
    """Whether what a new row prints is missing: its text, or two cells beside it."""
    first = next(at for at, (_, below) in enumerate(pairs) if below.pieces)
    missing = [
        bool(above.pieces) and not below.pieces and not below.beside and below.depth == 1 and above.above == 0
        for above, below in pairs
    ]
    return missing[widest] or sum(missing[first:]) > 1


def _breaks_off(above: Field, below: Field) -> bool:
    is_full = below.first_width > above.room and (above.is_wide or above.free <= _NO_LINE)
    return is_full and not _SENTENCE_END.search(above.pieces[-1])


def _cut_labels(pairs: Sequence[tuple[Field, Field]]) -> list[bool]:
    """For each field of a new row below, whether it is the rest of a merged cell above. A blank over several rows is,
    and blank labels beside it are too; a text only where every field left of it is one, and the text above has a number
    or bracket that needs it."""
    cut = [bool(above.pieces) and not below.pieces and (below.depth > 1 or above.above > 0) for above, below in pairs]
    labels = list(takewhile(lambda pair: not pair[1].pieces or _is_rest_of_label(*pair), pairs))
    if any(cut[: len(labels)]) or any(below.pieces for _, below in labels):
        cut[: len(labels)] = [bool(above.pieces) for above, _ in labels]
    return cut


def _is_rest_of_label(above: Field, below: Field) -> bool:
    if not above.pieces or above.free > _NO_PARAGRAPH or NUMBERED.match(below.pieces[0]):
        return False
    text = "".join(above.pieces)
    if any(text.count(left) > text.count(right) for left, right in ("《》", "（）", "“”")):
        return True
    return (below.depth > 1 or above.above > 0) and NUMBERED.match(text) is not None
