"""What a reader hands on."""

from dataclasses import dataclass

from knowledge.plan.draft import Row


@dataclass(frozen=True, slots=True)
class TextSource:
    """Lines without their ends; line 1 is ``lines[0]``."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """``name`` is None for a CSV file. Cells of a merged range all hold its text."""

    name: str | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SheetSource:
    sheets: tuple[Sheet, ...]


Source = TextSource | SheetSource
