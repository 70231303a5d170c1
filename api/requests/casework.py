"""What staff do with a request, one method an action. The rules are here, whatever page or program asks.

Every method takes the ``actor``, the number and ``seen``, the version of the request the page was made from (None: not
checked), and raises UnknownRequest, RequestChanged, IllegalTransition and, for a value, RequestValueWrong. All of it is
one transaction with its event: an action is done whole or not at all.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.audit import utc_now
from api.clock import day_in_china
from api.db.models import Account, Publication, Request
from api.requests.changing import changing, locked
from api.requests.due import DueDates, is_overdue
from api.requests.errors import RequestValueWrong
from api.requests.kinds import KIND_LABELS, RequestKind
from api.requests.ledger import add_correction
from api.requests.notices import tell
from api.requests.rating import RATING_LABELS, require_level
from api.requests.status import require_allowed
from api.requests.texts import printable, storable

LONGEST_TEXT = 4000
"""Characters of a reply, a reason or a note."""
LONGEST_UNIT = 100


class Casework:
    """``now`` is the clock; days are China's."""

    def __init__(self, engine: Engine, due: DueDates, now: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._due = due
        self._now = now

    def assign(self, actor: Actor, no: str, seen: int | None, account: str) -> None:
        """To the account of that name, one's own (签收) or a colleague's."""
        with self._row(no, seen) as (session, row):
            require_allowed("assign", row.no, row.status)
            known = session.scalar(select(Account).where(Account.name == account, Account.active))
            if known is None:
                raise RequestValueWrong("assignee", f"没有名为“{account[:40]}”的在用账户。")
            with changing(row, "assign", actor.name, self._now()):
                row.assignee = account

    def transfer(self, actor: Actor, no: str, seen: int | None, unit: str, note: str = "") -> None:
        """转办 to a unit; the clock goes on."""
        unit = _unit(unit)
        with (
            self._row(no, seen) as (_, row),
            changing(row, "transfer", actor.name, self._now(), note=_optional(note, "note"), public=True),
        ):
            row.status, row.unit = "transferred", unit

    def send_back(self, actor: Actor, no: str, seen: int | None, reason: str, proposed: str = "") -> None:
        """退回 by the unit it was transferred to: ``reason`` says why it is not theirs, ``proposed`` whose it is
        instead, which then heads the proposals."""
        reason, proposed = _text(reason, "reason", "退回理由"), proposed.strip()[:LONGEST_UNIT]
        said = f"{reason}（建议转：{proposed}）" if proposed else reason
        with self._row(no, seen) as (_, row), changing(row, "return", actor.name, self._now(), note=said):
            if proposed:
                others = [offer for offer in row.proposals if offer.get("unit") != proposed]
                row.proposals = [{"unit": proposed, "role": "returned", "reason": f"{row.unit}退回时提出"}, *others]
            row.status, row.unit = "returned", None

    def ask_correction(self, actor: Actor, no: str, seen: int | None, what: str) -> None:
        """补正: asked once only, by analogy with 《政府信息公开条例》第三十条; the clock waits for the answer."""
        what = _text(what, "text", "需要补充的内容")
        with self._row(no, seen) as (session, row):
            require_allowed("ask_correction", row.no, row.status)
            if any(event.kind == "ask_correction" for event in row.events):
                raise RequestValueWrong("text", f"诉求 {row.no} 已经要求过一次补正，补正应当一次告知。")
            with changing(row, "ask_correction", actor.name, self._now(), note=what, public=True):
                row.status = "correction"
                self._due.set(row)
            tell(session, row, "correction", f"您登记的诉求（编号 {row.no}）需要补充：{what}", self._now())

    def correct(self, actor: Actor, no: str, seen: int | None, said: str) -> None:
        """The correction as the citizen gave it by telephone."""
        said = _text(said, "text", "补充的内容")
        with self._row(no, seen) as (_, row):
            add_correction(row, said, actor.name, self._now(), self._due)

    def extend(self, actor: Actor, no: str, seen: int | None, days: int, reason: str) -> None:
        """延期 by working days: with a reason, not after the last day, and all extensions together at most what the
        profile of the place allows."""
        reason = _text(reason, "reason", "延期理由")
        with self._row(no, seen) as (session, row):
            require_allowed("extend", row.no, row.status)
            most = self._due.terms(row).extension - row.extended_days
            if row.due_on is not None and day_in_china(self._now()) > row.due_on:
                raise RequestValueWrong("days", f"诉求 {row.no} 的期限 {row.due_on} 已过，只能在到期之前延期。")
            if not 1 <= days <= most:
                left = f"最多还能延长 {most} 个工作日" if most > 0 else "已经不能再延长"
                raise RequestValueWrong("days", f"延长 {days} 个工作日不行：{left}。")
            with changing(row, "extend", actor.name, self._now(), note=reason, public=True):
                row.extended_days += days
                self._due.set(row)
            told = f"您登记的诉求（编号 {row.no}）延长到 {row.due_on} 前办理：{reason}"
            tell(session, row, "extended", told, self._now())

    def remind(self, actor: Actor, no: str, seen: int | None, note: str = "") -> None:
        with (
            self._row(no, seen) as (_, row),
            changing(row, "remind", actor.name, self._now(), note=_optional(note, "note"), public=True),
        ):
            row.reminders += 1

    def supervise(self, actor: Actor, no: str, seen: int | None, note: str) -> None:
        """督办, for what is overdue only."""
        note = _text(note, "note", "督办要求")
        with self._row(no, seen) as (_, row), changing(row, "supervise", actor.name, self._now(), note=note):
            if not is_overdue(row.status, row.due_on, None, day_in_china(self._now())):
                raise RequestValueWrong("note", f"诉求 {row.no} 还没有逾期（期限 {row.due_on}），不需要督办。")
            row.supervised_at = self._now()

    def reply(self, actor: Actor, no: str, seen: int | None, text: str, unit: str, *, close: bool) -> None:
        """答复 in the name of ``unit``; ``close``: 办结 at once. A second reply takes the place of the first, which
        stays in the events."""
        text, unit = _text(text, "reply", "答复内容", masked=False), _unit(unit)
        with self._row(no, seen) as (session, row):
            now = self._now()
            with changing(row, "reply", actor.name, now, note=text, public=True):
                row.status, row.reply, row.replied_by, row.replied_at = "answered", text, unit, now
                row.unit = row.unit or unit
            if close:
                self._close(actor, row)
            tell(session, row, "replied", f"您登记的诉求（编号 {row.no}）有答复了：{text}（{unit}）", now)

    def close(self, actor: Actor, no: str, seen: int | None) -> None:
        with self._row(no, seen) as (_, row):
            self._close(actor, row)

    def follow_up(self, actor: Actor, no: str, seen: int | None, note: str, rating: int | None = None) -> None:
        """回访; ``rating`` is what the citizen said on the telephone, taken only where they have not rated
        themselves since it was last closed."""
        note = _text(note, "note", "回访情况")
        with self._row(no, seen) as (_, row):
            now = self._now()
            with changing(row, "follow_up", actor.name, now, note=note):
                if rating is not None:
                    if row.status == "rated" and row.rating is not None:
                        raise RequestValueWrong(
                            "rating", f"诉求 {row.no} 已经有评价“{RATING_LABELS[row.rating]}”，回访不能改评价。"
                        )
                    row.status, row.rating, row.rating_comment, row.rated_at = "rated", require_level(rating), None, now

    def reopen(self, actor: Actor, no: str, seen: int | None, reason: str) -> None:
        """重新办理: the time limit runs from today; the reply before stays in the events. The rating before stays with
        the request, and in the statistics, until another is given: reopening undoes no 差评."""
        reason = _text(reason, "reason", "重新办理的理由")
        with (
            self._row(no, seen) as (_, row),
            changing(row, "reopen", actor.name, self._now(), note=reason, public=True),
        ):
            row.status = "transferred" if row.unit else "received"
            row.closed_at = row.supervised_at = None
            row.extended_days = 0
            row.clock_from = day_in_china(self._now())
            self._due.set(row)

    def withdraw(self, actor: Actor, no: str, seen: int | None, reason: str) -> None:
        """撤销 at the citizen's wish, or where a correction never came."""
        reason = _text(reason, "reason", "撤销理由")
        with (
            self._row(no, seen) as (_, row),
            changing(row, "withdraw", actor.name, self._now(), note=reason, public=True),
        ):
            row.status, row.closed_at = "withdrawn", self._now()

    def change(self, actor: Actor, no: str, seen: int | None, *, kind: RequestKind, region: str) -> None:
        """The kind and the place, as a clerk corrects them; the time limit follows."""
        if kind not in KIND_LABELS:
            raise RequestValueWrong("kind", f"没有“{str(kind)[:20]}”这个类别。")
        with self._row(no, seen) as (session, row), changing(row, "change", actor.name, self._now()):
            if kind == "report" and _is_published(session, row.no):
                raise RequestValueWrong("kind", f"诉求 {row.no} 已经公开，举报一律不公开：请先撤下公开，再改为举报。")
            row.kind, row.region = kind, storable(region)[:100] or None
            self._due.set(row)

    def note(self, actor: Actor, no: str, seen: int | None, text: str) -> None:
        """备注 for colleagues, which the citizen never sees."""
        text = _text(text, "note", "备注")
        with self._row(no, seen) as (_, row), changing(row, "note", actor.name, self._now(), note=text):
            pass

    def _close(self, actor: Actor, row: Request) -> None:
        with changing(row, "close", actor.name, self._now(), public=True):
            row.status, row.closed_at = "closed", self._now()

    @contextmanager
    def _row(self, no: str, seen: int | None) -> Iterator[tuple[Session, Request]]:
        with Session(self._engine) as session, session.begin():
            yield session, locked(session, no, seen)


def _is_published(session: Session, no: str) -> bool:
    published = select(Publication).where(Publication.request_no == no, Publication.state == "published")
    return session.scalar(published) is not None


def _text(text: str, field: str, what: str, *, masked: bool = True) -> str:
    """Masked like all that is kept of people; a reply is not, since it may give the telephone of an office."""
    tidy = storable(text) if masked else printable(text)
    if not tidy:
        raise RequestValueWrong(field, f"请填写{what}。")
    if len(tidy) > LONGEST_TEXT:
        raise RequestValueWrong(field, f"{what}有 {len(tidy)} 个字，最多 {LONGEST_TEXT} 个字。")
    return tidy


def _optional(text: str, field: str) -> str | None:
    return _text(text, field, "备注") if text.strip() else None


def _unit(unit: str) -> str:
    tidy = storable(unit)
    if not tidy:
        raise RequestValueWrong("unit", "请填写单位名称。")
    if len(tidy) > LONGEST_UNIT:
        raise RequestValueWrong("unit", f"单位名称有 {len(tidy)} 个字，最多 {LONGEST_UNIT} 个字。")
    return tidy
