"""Replies that staff start from. Admins write them, everyone at the desk uses them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.answers.wording import spelt
from api.audit import entry, utc_now
from api.clock import CHINA, day_in_china
from api.db.models import ReplyTemplate, Request
from api.db.reading import reading
from api.db.writing import one_writer
from api.documents.errors import FieldsWrong
from api.requests.casework import LONGEST_TEXT
from api.requests.errors import TemplateChanged, TemplateNotFound
from api.requests.kinds import KIND_LABELS
from api.requests.texts import printable

LONGEST_TITLE = 60
MOST = 200
_BLANK = "（　　）"
"""What stands for a placeholder whose value the request does not have: to be seen and filled in."""
PLACEHOLDERS: Mapping[str, str] = {
    "编号": "诉求编号",
    "类别": "咨询、求助、建议、投诉或举报",
    "地区": "诉求所在的地区",
    "单位": "承办单位",
    "受理日期": "登记诉求的日子",
    "期限": "答复期限",
    "答复人": "正在答复的账户",
}


@dataclass(frozen=True, slots=True)
class Template:
    id: int
    title: str
    text: str
    written_by: str
    written_at: datetime
    version: int


class TemplateBook:
    def __init__(self, engine: Engine, now: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._now = now

    def all(self) -> list[Template]:
        """By title."""
        with reading(self._engine) as session:
            rows = session.scalars(select(ReplyTemplate).order_by(ReplyTemplate.title, ReplyTemplate.id))
            return [_template(row) for row in rows]

    def get(self, template_id: int) -> Template:
        """Raises TemplateNotFound."""
        with reading(self._engine) as session:
            return _template(_row(session, template_id))

    def add(self, actor: Actor, title: str, text: str) -> int:
        """Raises FieldsWrong."""
        title, text = _tidied(title, text)
        with one_writer(self._engine, ReplyTemplate) as session:
            _require_own_title(session, title)
            if (session.scalar(select(func.count()).select_from(ReplyTemplate)) or 0) >= MOST:
                raise FieldsWrong({"title": f"已经有 {MOST} 个模板，请先删去不用的。"})
            row = ReplyTemplate(title=title, text=text, written_by=actor.name, written_at=self._now())
            session.add(row)
            session.add(entry(actor, "template_added", title))
            session.flush()
            return row.id

    def save(self, actor: Actor, template_id: int, title: str, text: str, seen: int) -> None:
        """``seen`` is the version the form was made from. Raises TemplateNotFound, TemplateChanged, FieldsWrong."""
        title, text = _tidied(title, text)
        with one_writer(self._engine, ReplyTemplate) as session:
            row = _row(session, template_id, seen)
            if (row.title, row.text) == (title, text):
                return
            _require_own_title(session, title, template_id)
            row.title, row.text, row.written_by, row.written_at = title, text, actor.name, self._now()
            session.add(entry(actor, "template_edited", title))

    def delete(self, actor: Actor, template_id: int, seen: int) -> str:
        """The title of what is gone. Raises TemplateNotFound, TemplateChanged."""
        with one_writer(self._engine, ReplyTemplate) as session:
            row = _row(session, template_id, seen)
            session.delete(row)
            session.add(entry(actor, "template_deleted", row.title))
            return row.title


def filled(text: str, row: Request, actor: Actor) -> str:
    """``text`` with its placeholders replaced by what the request says; unknown ones stay as they are."""
    values = {
        "编号": row.no,
        "类别": KIND_LABELS[row.kind],
        "地区": row.region,
        "单位": row.unit,
        "受理日期": spelt(day_in_china(row.created_at)),
        "期限": row.due_on and spelt(row.due_on),
        "答复人": actor.name,
    }
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value or _BLANK)
    return text


def _tidied(title: str, text: str) -> tuple[str, str]:
    """Raises FieldsWrong."""
    title, text = " ".join(printable(title).split()), printable(text.replace("\r\n", "\n"))
    problems = {}
    if not title or len(title) > LONGEST_TITLE:
        problems["title"] = f"请填写模板名称，最多 {LONGEST_TITLE} 个字。"
    if not text or len(text) > LONGEST_TEXT:
        problems["text"] = f"请填写模板内容，最多 {LONGEST_TEXT} 个字。"
    if problems:
        raise FieldsWrong(problems)
    return title, text


def _require_own_title(session: Session, title: str, but: int | None = None) -> None:
    known = session.scalar(select(ReplyTemplate.id).where(ReplyTemplate.title == title))
    if known is not None and known != but:
        raise FieldsWrong({"title": f"已经有名为“{title}”的模板，请换一个名称。"})


def _row(session: Session, template_id: int, seen: int | None = None) -> ReplyTemplate:
    row = session.get(ReplyTemplate, template_id)
    if row is None:
        raise TemplateNotFound
    if seen is not None and row.version != seen:
        raise TemplateChanged(row.written_by)
    return row


def _template(row: ReplyTemplate) -> Template:
    return Template(row.id, row.title, row.text, row.written_by, row.written_at.astimezone(CHINA), row.version)
