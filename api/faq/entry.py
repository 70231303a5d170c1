"""One question and answer of the console, where it stands between draft and served."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from api.db.models import FaqEntry
from api.faq.origin import Origin
from api.faq.text import FaqText

State = Literal["pending", "approved", "published", "withdrawn", "file"]
STATES: dict[State, str] = {
    "pending": "待审核",
    "approved": "已批准，待发布",
    "published": "已发布",
    "withdrawn": "已撤回",
    "file": "来自文件",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the table. One that was withdrawn keeps its text as the draft and the time of its approval, which one
    that was never approved does not have."""

    id: int
    draft: FaqText | None
    approved: FaqText | None
    written_by: str
    written_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    version: int
    origin: Origin

    @property
    def latest(self) -> FaqText:
        text = self.draft or self.approved
        assert text is not None
        return text

    @property
    def is_withdrawn(self) -> bool:
        return self.approved is None and self.approved_at is not None

    @property
    def is_pending(self) -> bool:
        return self.draft is not None and not self.is_withdrawn

    @property
    def texts(self) -> tuple[FaqText, ...]:
        return tuple(text for text in (self.draft, self.approved) if text)

    @property
    def last_changed_by(self) -> str:
        return self.approved_by or self.written_by if self.draft is None else self.written_by

    def state(self, served: frozenset[FaqText]) -> State:
        """``served`` are the texts of the console that answer now."""
        if self.is_withdrawn:
            return "withdrawn"
        if self.draft is not None:
            return "pending"
        return "published" if self.approved in served else "approved"


def entry_of(row: FaqEntry) -> Entry:
    return Entry(
        id=row.id,
        draft=FaqText.from_json(row.draft) if row.draft else None,
        approved=FaqText.from_json(row.approved) if row.approved else None,
        written_by=row.written_by,
        written_at=row.written_at,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        version=row.version,
        origin=Origin.from_json(row.origin),
    )


def owners(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The entry that each question belongs to, by :func:`api.faq.text.key_of`."""
    return {key: entry for entry in entries for text in entry.texts for key in text.keys}
