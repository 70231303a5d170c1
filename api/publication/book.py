"""The staff's side of the public ledger: a draft, checked by a person, published, withdrawn.

The rules are here, whatever page asks. Each step is one transaction with its line in the audit log; publishing and
withdrawing are events of the request as well. ``seen`` is the version of the publication the page was made from.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.audit import entry as audit_row
from api.audit import utc_now
from api.clock import day_in_china
from api.db.models import Publication, Request
from api.db.reading import reading
from api.masking.concealed import Piece, concealed, pieces, require_nothing_personal
from api.publication.errors import NotPublishable, PublicationChanged, PublicationNotFound
from api.requests.casework import LONGEST_TEXT, LONGEST_UNIT
from api.requests.changing import locked, recording
from api.requests.errors import RequestValueWrong
from api.requests.rows import stored_number
from api.requests.status import COMPLETED
from api.requests.texts import printable, storable
from api.secrets import Secrets

State = Literal["draft", "published", "withdrawn"]
_FIELDS = {"question": "诉求内容", "reply": "答复内容", "unit": "答复部门"}


@dataclass(frozen=True, slots=True)
class Texts:
    """What a publication says, as somebody wrote it."""

    question: str
    reply: str
    unit: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A publication beside its original, what was replaced there marked. ``content`` and ``answer`` are empty once the
    personal part of the request was erased."""

    no: str
    state: State
    texts: Texts
    received_on: date
    replied_on: date
    content: tuple[Piece, ...]
    answer: tuple[Piece, ...]
    prepared_by: str
    prepared_at: datetime
    published_by: str | None
    published_at: datetime | None
    reopened: bool
    erased: bool
    version: int


class PublicationBook:
    """``now`` is the clock; days are China's."""

    def __init__(self, engine: Engine, secrets: Secrets, now: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._secrets = secrets
        self._now = now

    def checked(self, no: str) -> Checked:
        """Raises PublicationNotFound."""
        with reading(self._engine) as session:
            row = session.get(Publication, stored_number(no))
            if row is None:
                raise PublicationNotFound(f"诉求 {no[:20]} 还没有公开稿。")
            request = session.get_one(Request, row.request_no)
            return Checked(
                no=row.request_no,
                state=row.state,
                texts=Texts(row.question, row.reply, row.unit),
                received_on=row.received_on,
                replied_on=row.replied_on,
                content=self._marked(request, request.content),
                answer=self._marked(request, request.reply or ""),
                prepared_by=row.prepared_by,
                prepared_at=row.prepared_at,
                published_by=row.published_by,
                published_at=row.published_at,
                reopened=request.status not in COMPLETED,
                erased=request.erased_at is not None,
                version=row.version,
            )

    def prepare(self, actor: Actor, no: str, *, anew: bool = False) -> None:
        """A draft in which personal data is replaced, where there is none yet; ``anew``: from the reply as it is now,
        in place of an older draft or one withdrawn. Raises UnknownRequest, NotPublishable."""
        with self._publishable(no) as (session, request):
            row = session.get(Publication, request.no)
            if row is not None and not anew:
                return
            if row is not None and row.state == "published":
                raise NotPublishable(f"诉求 {request.no} 已经公开，请先撤下再重新拟稿。")
            row = row or Publication(request_no=request.no)
            name = self._name(request)
            row.state, row.published_by, row.published_at = "draft", None, None
            row.question = concealed(request.content, name)
            row.reply = concealed(request.reply or "", name)
            row.unit = request.replied_by or request.unit or ""
            row.received_on = day_in_china(request.created_at)
            row.replied_on = day_in_china(request.replied_at or request.created_at)
            row.prepared_by, row.prepared_at = actor.name, self._now()
            session.add(row)
            session.add(audit_row(actor, "publication_prepared", request.no))

    def save(self, actor: Actor, no: str, seen: int, texts: Texts) -> None:
        """Raises PublicationNotFound, PublicationChanged, NotPublishable, RequestValueWrong."""
        with self._publishable(no) as (session, request):
            row = _draft(session, request.no, seen)
            _write(row, _tidy(texts))
            row.prepared_by, row.prepared_at = actor.name, self._now()
            session.add(audit_row(actor, "publication_edited", request.no))

    def publish(self, actor: Actor, no: str, seen: int, texts: Texts, *, checked: bool) -> None:
        """``checked``: the actor has read it and found no personal data. Raises UnknownRequest, PublicationNotFound,
        PublicationChanged, NotPublishable, RequestValueWrong, StillPersonal."""
        with self._publishable(no) as (session, request):
            row = _draft(session, request.no, seen)
            tidy = _tidy(texts)
            self._require_nothing_personal(request, tidy)
            if not checked:
                raise RequestValueWrong("checked", "请核对全文，确认不含个人信息，并勾选“已核对，不含个人信息”。")
            _write(row, tidy)
            row.state, row.published_by, row.published_at = "published", actor.name, self._now()
            with recording(request, "publish", actor.name, self._now(), public=True):
                session.add(audit_row(actor, "publication_published", request.no, {"prepared_by": row.prepared_by}))

    def withdraw(self, actor: Actor, no: str, seen: int, reason: str) -> None:
        """Off the public ledger at once; the text stays for staff. Raises UnknownRequest, PublicationNotFound,
        PublicationChanged, NotPublishable, RequestValueWrong."""
        why = storable(reason)[:LONGEST_TEXT]
        if not why:
            raise RequestValueWrong("reason", "请填写撤下的原因。")
        with Session(self._engine) as session, session.begin():
            request = locked(session, no)
            row = _seen(session, request.no, seen)
            if row.state != "published":
                raise NotPublishable(f"诉求 {request.no} 现在没有公开，不需要撤下。")
            row.state = "withdrawn"
            with recording(request, "unpublish", actor.name, self._now(), note=None if request.erased_at else why):
                session.add(audit_row(actor, "publication_withdrawn", request.no))

    @contextmanager
    def _publishable(self, no: str) -> Iterator[tuple[Session, Request]]:
        with Session(self._engine) as session, session.begin():
            request = locked(session, no)
            require_publishable(request)
            yield session, request

    def _require_nothing_personal(self, request: Request, texts: Texts) -> None:
        name = self._name(request)
        for field, what in _FIELDS.items():
            require_nothing_personal(field, what, getattr(texts, field), name)

    def _marked(self, request: Request, text: str) -> tuple[Piece, ...]:
        return () if request.erased_at else tuple(pieces(text, concealed(text, self._name(request))))

    def _name(self, request: Request) -> str | None:
        return self._secrets.readable(request.name)


def require_publishable(request: Request) -> None:
    """Raises NotPublishable."""
    reason = _reason_against(request)
    if reason:
        raise NotPublishable(f"诉求 {request.no} 不能公开：{reason}。")


def _reason_against(request: Request) -> str | None:
    if request.erased_at:
        return "个人信息已经清除，没有内容可以公开"
    if request.kind == "report":
        return "举报一律不公开"
    if request.status not in COMPLETED:
        return "还没有办结"
    return None if request.reply and request.replied_at else "没有答复"


def _seen(session: Session, no: str, seen: int) -> Publication:
    row = session.get(Publication, no, with_for_update=True)
    if row is None:
        raise PublicationNotFound(f"诉求 {no} 还没有公开稿。")
    if row.version != seen:
        raise PublicationChanged(no)
    return row


def _draft(session: Session, no: str, seen: int) -> Publication:
    row = _seen(session, no, seen)
    if row.state == "published":
        raise NotPublishable(f"诉求 {no} 已经公开，请先撤下再修改。")
    return row


def _write(row: Publication, texts: Texts) -> None:
    row.state = "draft"
    row.question, row.reply, row.unit = texts.question, texts.reply, texts.unit


def _tidy(texts: Texts) -> Texts:
    """Raises RequestValueWrong."""
    limits = {"question": LONGEST_TEXT, "reply": LONGEST_TEXT, "unit": LONGEST_UNIT}
    tidy = {field: printable(getattr(texts, field).replace("\r\n", "\n")) for field in _FIELDS}
    for field, text in tidy.items():
        if not text:
            raise RequestValueWrong(field, f"请填写{_FIELDS[field]}。")
        if len(text) > limits[field]:
            raise RequestValueWrong(field, f"{_FIELDS[field]}有 {len(text)} 个字，最多 {limits[field]} 个字。")
    return Texts(**tidy)
