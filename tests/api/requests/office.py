"""An office that works on requests: the ledger, its staff, and a clock that goes as one wishes."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.clock import CHINA
from api.db.models import Account, Request
from api.requests.casework import Casework
from api.requests.ledger import Logged, NewRequest, RequestLedger
from api.requests.status import Action, RequestStatus
from api.secrets import Secrets
from tests.api.requests.dates import due_dates

LI, ZHANG = Actor("李小明", None), Actor("张坐席", None)
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # ten in the morning in China


class Office:
    def __init__(self, engine: Engine, secrets: Secrets) -> None:
        self.engine, self.secrets = engine, secrets
        self.now = MONDAY
        self.due = due_dates()
        self.ledger = RequestLedger(engine, secrets, self.due, now=self._clock)
        self.casework = Casework(engine, self.due, now=self._clock)
        with Session(engine) as session, session.begin():
            for name in (LI.name, ZHANG.name):
                facts = {"role": "agent", "password_hash": "", "active": True}
                session.add(Account(name=name, created_at=self.now, password_changed_at=self.now, **facts))

    def _clock(self) -> datetime:
        """No two changes at the same moment."""
        self.now += timedelta(milliseconds=1)
        return self.now

    def sleep(self, days: int) -> None:
        self.now += timedelta(days=days)

    @property
    def today(self) -> date:
        return self.now.astimezone(CHINA).date()

    def log(self, **facts: object) -> Logged:
        return self.ledger.log(NewRequest("路灯不亮，请修理", **facts))  # type: ignore[arg-type]

    def row(self, no: str) -> Request:
        with Session(self.engine) as session:
            row = session.get_one(Request, no)
            _ = list(row.events)
            session.expunge_all()
            return row

    def put(self, no: str, status: RequestStatus) -> None:
        """Where a test wants it to stand, without the way there."""
        with Session(self.engine) as session, session.begin():
            row = session.get_one(Request, no)
            row.status = status
            row.unit = "区城管局" if status in ("transferred", "answered", "closed", "rated") else None
            if status in ("answered", "closed", "rated"):
                row.reply, row.replied_by, row.replied_at = "已修好。", "区城管局", self.now
            if status in ("closed", "rated", "withdrawn"):
                row.closed_at = self.now
            if status == "rated":
                row.rating, row.rated_at = 4, self.now

    def do(self, action: Action, logged: Logged, seen: int | None = None, actor: Actor = LI) -> None:
        """The action with values that are right."""
        no, work = logged.no, self.casework
        acts: dict[Action, Callable[[], object]] = {
            "assign": lambda: work.assign(actor, no, seen, ZHANG.name),
            "transfer": lambda: work.transfer(actor, no, seen, "区城管局"),
            "return": lambda: work.send_back(actor, no, seen, "不归我们管", "湖滨街道"),
            "ask_correction": lambda: work.ask_correction(actor, no, seen, "请说明在哪条路"),
            "correct": lambda: work.correct(actor, no, seen, "在人民路"),
            "extend": lambda: work.extend(actor, no, seen, 1, "要等配件"),
            "remind": lambda: work.remind(actor, no, seen),
            "supervise": lambda: work.supervise(actor, no, seen, "今天必须答复"),
            "reply": lambda: work.reply(actor, no, seen, "已修好。", "区城管局", close=False),
            "close": lambda: work.close(actor, no, seen),
            "rate": lambda: self.ledger.rate(no, logged.code, 2, "没有修好"),
            "follow_up": lambda: work.follow_up(actor, no, seen, "电话回访，已经修好"),
            "reopen": lambda: work.reopen(actor, no, seen, "又坏了"),
            "withdraw": lambda: work.withdraw(actor, no, seen, "诉求人不办了"),
            "change": lambda: work.change(actor, no, seen, kind="complaint", region="济南市"),
            "note": lambda: work.note(actor, no, seen, "等回电"),
        }
        acts[action]()
