"""Rows of a recognised table to tasks: headings carried down and reset, numbers, titles, unit columns."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from knowledge.plan.columns import Role
from knowledge.plan.draft import TaskDraft, label_of
from knowledge.plan.numbers import heading_level, run_in_title, split_bracketed, split_number
from knowledge.plan.units import split_leads, split_units, units_of_cell
from knowledge.readers.source import Cell, Row

_DAY_ZERO = date(1899, 12, 30)
_SERIAL_DAYS = range(20_000, 80_001)
_HEADING_ROLES = ("level", "label")


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one source in order; headings go on over page-wise repeats of the header.

    ``merged`` says that a blank cell may be the continuation of a merged one, as in text exports, where the two look
    the same; ``known_units`` are the units printed unbroken anywhere in the source.
    """

    merged: bool = True
    known_units: Collection[str] = ()
    _spanning: list[str] = field(default_factory=list)
    _labels: list[str] = field(default_factory=list)
    _last_no: int | None = None
    _last_units: tuple[str, ...] = ()
    _last_lead: tuple[str, ...] = ()
    _group: tuple[str, ...] = ()

    def read(self, row: Row, roles: Sequence[Role]) -> TaskDraft | None:
        """The task of ``row``; None for a heading row and for a row that prints neither requirement nor title."""
        if row.is_heading:
            self._take_heading(label_of(row.cells[0]))
            return None
        by_role = _cells_by_role(row, roles)
        carried = self._carry_labels(_labels(row, roles))
        no, requirement, numbered_after = self._number(by_role, roles)
        labels = [role for role in roles if role in _HEADING_ROLES]
        section, title = self._headings(labels, numbered_after)
        if title and no is None:
            no, title = self._titled(title)
        title = label_of(by_role["title"]) if "title" in by_role else title
        if not (requirement or title) or not _prints(by_role):
            return None
        lead, responsible = self._units(by_role, section, carried)
        spot = by_role.get("requirement", row.cells[0])
        return TaskDraft(
            no=no,
            section=section,
            title=title or run_in_title(requirement),
            requirement=requirement or title or "",
            lead=lead,
            responsible=responsible,
            deadline=_due(_text_or_none(by_role.get("deadline"))),
            channel=_text_or_none(by_role.get("channel")),
            line=spot.line,
            ref=spot.ref,
        )

    def _take_heading(self, text: str) -> None:
        level = heading_level(text)
        keep = len(self._spanning) if level is None and not self._spanning else (2 if level is None else level)
        self._spanning = [*self._spanning[:keep], text]
        self._labels = []

    def _carry_labels(self, labels: list[str]) -> bool:
        """Takes the row's labels: blank ones left of the first printed one go on from above, others are reset."""
        first = next((i for i, label in enumerate(labels) if label), len(labels))
        above = [*self._labels, *[""] * len(labels)][: len(labels)]
        carried = any(above[:first])
        self._labels = above[:first] + labels[first:]
        return carried

    def _number(self, cells: dict[Role, Cell], roles: Sequence[Role]) -> tuple[str | None, str, bool]:
        """Number, requirement without it, and whether the number belongs to the requirement and not to a label."""
        requirement = cells["requirement"].text if "requirement" in cells else ""
        if "no" in cells and cells["no"].text and not _goes_over_number(cells):
            no = cells["no"].text.rstrip(".．、")
            self._remember(no)
            last_label = max((i for i, role in enumerate(roles) if role in _HEADING_ROLES), default=-1)
            return no, requirement, list(roles).index("no") > last_label
        no_in_text, rest = split_number(requirement, self._last_no)
        if no_in_text is None:
            return None, requirement, False
        self._remember(no_in_text)
        return no_in_text, rest, True

    def _remember(self, no: str) -> None:
        self._last_no = int(no) if no.isdecimal() else None

    def _headings(self, roles: Sequence[Role], numbered_after: bool) -> tuple[tuple[str, ...], str | None]:
        """Section path and title: the innermost label without a heading number is the title, unless the number shows
        that the labels stand above the task, or the header calls them levels."""
        labels = [(role, label) for role, label in zip(roles, self._labels, strict=True) if label]
        title = None
        if labels and not numbered_after and labels[-1][0] == "label" and heading_level(labels[-1][1]) is None:
            title = labels.pop()[1]
        return (*self._spanning, *(label for _, label in labels)), title

    def _titled(self, title: str) -> tuple[str | None, str]:
        no, rest = split_number(title, self._last_no)
        if no is None:
            no, rest = split_bracketed(title)
        if no is not None:
            self._remember(no)
        return no, rest

    def _units(
        self, cells: dict[Role, Cell], section: tuple[str, ...], carried: bool
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        lead = units_of_cell(cells["lead"].pieces, self.known_units) if "lead" in cells else ()
        responsible = units_of_cell(cells["responsible"].pieces, self.known_units) if "responsible" in cells else ()
        named, others = split_leads(lead or responsible)
        if named:
            lead, responsible = named, (*others, *responsible) if lead else others
        if self.merged:
            lead, responsible = self._carry_units(lead, responsible, _numbered(section), carried, cells)
        return lead, responsible

    def _carry_units(
        self,
        lead: tuple[str, ...],
        responsible: tuple[str, ...],
        group: tuple[str, ...],
        carried: bool,
        cells: dict[Role, Cell],
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Blank unit cells in a row under merged labels: 责任 goes on inside one numbered heading, 牵头 only when 责任
        is blank as well. A blank 牵头 beside a printed 责任 is truly empty."""
        if carried and group == self._group and "responsible" in cells and not cells["responsible"].pieces:
            responsible = self._last_units
            lead = lead or self._last_lead
        self._group, self._last_lead, self._last_units = group, lead, responsible
        return lead, responsible


def _cells_by_role(row: Row, roles: Sequence[Role]) -> dict[Role, Cell]:
    """The cells that are no headings. Two columns of one role (责任单位, 配合单位) are one cell, in printed order."""
    cells: dict[Role, Cell] = {}
    for role, cell in zip(roles, row.cells, strict=True):
        if role in cells and cell.pieces and not cell.beside:
            first = cells[role]
            cells[role] = replace(first, pieces=(*first.pieces, f"、{cell.text}"))
        elif role not in _HEADING_ROLES:
            cells.setdefault(role, cell)
    return cells


def _labels(row: Row, roles: Sequence[Role]) -> list[str]:
    """The texts of the heading columns. One that goes on over the requirement is the requirement, which is printed
    wider than its own column."""
    goes_over = roles.index("requirement") if "requirement" in roles else 0
    while goes_over and row.cells[goes_over].beside:
        goes_over -= 1
    return [
        "" if cell.beside or (at == goes_over and role == "label") else label_of(cell)
        for at, (cell, role) in enumerate(zip(row.cells, roles, strict=True))
        if role in _HEADING_ROLES
    ]


def _goes_over_number(cells: dict[Role, Cell]) -> bool:
    """Whether the requirement is printed across the column of numbers as well, with its number in front of it."""
    requirement = cells.get("requirement")
    return requirement is not None and requirement.beside and requirement.text == cells["no"].text


def _numbered(section: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(heading for heading in section if heading_level(heading) is not None)


def _prints(cells: dict[Role, Cell]) -> bool:
    return any(cell.pieces for role, cell in cells.items() if role != "no")


def _text_or_none(cell: Cell | None) -> str | None:
    return (cell.text or None) if cell else None


def _due(text: str | None) -> str | None:
    """A deadline as printed. A bare number of five digits is a date whose cell has lost its format: Excel counts the
    days from the end of 1899."""
    if text is None or not text.isdecimal() or int(text) not in _SERIAL_DAYS:
        return text
    day = _DAY_ZERO + timedelta(days=int(text))
    return f"{day.year}年{day.month}月{day.day}日"


def units_printed_whole(rows: Sequence[Row], roles: Sequence[Role]) -> set[str]:
    """Units that stand unbroken on one line somewhere; they tell a wrapped name from two names."""
    cells = (
        c
        for row in rows
        if not row.is_heading
        for c, role in zip(row.cells, roles, strict=True)
        if role in ("lead", "responsible")
    )
    return {unit for cell in cells if len(cell.pieces) == 1 for unit in split_units(cell.pieces[0])}
