"""An office at work on one database: requests are logged, replied to, closed and rated, at a time the test sets."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.db.models import Request
from api.requests.casework import Casework
from api.requests.ledger import Logged, NewRequest, RequestLedger
from api.secrets import Secrets
from api.settings import Settings
from tests.api.requests.dates import due_dates

ANNA, BERT = Actor("安娜", None), Actor("伯特", None)
UNIT = "湖滨新区城管局"


@dataclass
class Clock:
    at: datetime = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **how_far: float) -> None:
        self.at += timedelta(**how_far)


@dataclass
class Office:
    engine: Engine
    home: Path
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.secrets = Secrets.of(Settings(home=self.home))
        self.due = due_dates()
        self.ledger = RequestLedger(self.engine, self.secrets, self.due, self.clock)
        self.casework = Casework(self.engine, self.due, self.clock)

    def log(self, content: str = "路灯不亮", **facts: object) -> Logged:
        return self.ledger.log(NewRequest(content, **{"kind": "help", **facts}))  # type: ignore[arg-type]

    def closed(self, content: str = "路灯不亮", reply: str = "已经修好。", unit: str = UNIT, **facts: object) -> str:
        """A request that was replied to and completed; its number."""
        no = self.log(content, **facts).no
        self.casework.reply(ANNA, no, None, reply, unit, close=True)
        return no

    def row(self, no: str) -> Request:
        """With its events, as the database has them."""
        with Session(self.engine) as session:
            row = session.get_one(Request, no)
            _ = list(row.events)
            session.expunge_all()
            return row

    def events(self, no: str) -> list[str]:
        return [event.kind for event in self.row(no).events]
