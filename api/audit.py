"""Who did what, and when: rows that are only ever added.

A change to the database puts its row into its own transaction with :func:`entry`; whatever changes elsewhere, such as
the knowledge on disk, is followed by :meth:`AuditLog.write`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.clock import CHINA
from api.db.models import Audit
from api.db.reading import reading

ACTION_LABELS = {
    "login": "登录",
    "login_failed": "登录失败",
    "logout": "退出登录",
    "account_added": "新增账户",
    "account_disabled": "停用账户",
    "account_enabled": "恢复账户",
    "password_changed": "修改密码",
    "password_reset": "重设密码",
    "version_activated": "切换知识版本",
    "document_uploaded": "上传文件",
    "upload_described": "填写上传文件的信息",
    "upload_discarded": "删除上传文件",
    "document_edited": "修改文件信息",
    "document_restored": "还原文件信息",
    "document_removed": "移除文件",
    "document_change_dropped": "撤回对文件的改动",
    "refresh_looked": "查看差异",
    "refresh_started": "发布新版本",
    "refresh_forced": "未通过检查仍然发布",
    "refresh_cancelled": "取消更新",
    "faq_added": "新增问答",
    "faq_edited": "修改问答",
    "faq_approved": "批准问答",
    "faq_withdrawn": "撤回问答",
    "faq_draft_dropped": "放弃问答的修改",
    "faq_deleted": "删除问答",
    "faq_imported": "导入问答",
    "term_added": "新增名词",
    "term_edited": "修改名词",
    "term_deleted": "删除名词",
    "golden_added": "新增黄金题",
    "golden_edited": "修改黄金题",
    "golden_deleted": "删除黄金题",
    "handover_taken": "接入人工对话",
    "handover_ended": "结束人工对话",
    "questions_dismissed": "标记问题不用回答",
    "questions_restored": "恢复待答问题",
    "contact_shown": "查看联系方式",
    "requests_exported": "导出诉求",
    "template_added": "新增答复模板",
    "template_edited": "修改答复模板",
    "template_deleted": "删除答复模板",
    "publication_prepared": "拟定公开稿",
    "publication_edited": "修改公开稿",
    "publication_published": "公开诉求",
    "publication_withdrawn": "撤下公开",
    "person_erased": "清除个人信息",
}
"""What people read for an action; one without an entry here is shown by its code."""

DETAIL_LABELS = {
    "prepared_by": "拟稿人",
    "requests": "诉求",
    "asked": "问过的问题",
    "handovers": "转人工对话",
    "role": "角色",
    "reason": "原因",
    "before": "之前",
    "written_by": "编写人",
    "questions": "问法",
    "added": "新增",
    "changed": "修改",
    "refused": "没有采用",
    "rows": "条数",
}
VALUE_LABELS = {
    "unknown_name": "没有这个账户",
    "wrong_password": "密码不对",
    "disabled": "账户已停用",
    "admin": "管理员",
    "agent": "坐席",
}
"""The same for the names and values of details."""

_LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class AuditEntry:
    id: int
    at: datetime
    account: str
    action: str
    subject: str
    details: Mapping[str, Any]
    address: str | None

    @property
    def label(self) -> str:
        return ACTION_LABELS.get(self.action, self.action)

    @property
    def shown_details(self) -> list[tuple[str, str]]:
        return [
            (DETAIL_LABELS.get(name, name), VALUE_LABELS.get(str(value), str(value)))
            for name, value in self.details.items()
            if value is not None
        ]


def utc_now() -> datetime:
    return datetime.now(UTC)


def entry(
    actor: Actor, action: str, subject: str, details: Mapping[str, Any] | None = None, *, at: datetime | None = None
) -> Audit:
    """The row, to be added to a transaction. ``action`` is a stable code, ``subject`` what it was done to."""
    return Audit(
        at=at or utc_now(),
        account=actor.name,
        action=action,
        subject=subject.replace("\x00", "")[:_LONGEST_SUBJECT],
        details=dict(details or {}),
        address=actor.address,
    )


class AuditLog:
    def __init__(self, engine: Engine, now: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._now = now

    def write(self, actor: Actor, action: str, subject: str, details: Mapping[str, Any] | None = None) -> None:
        """Add one row at once. A :class:`~api.accounts.staff.Staff` is an actor."""
        with Session(self._engine) as session, session.begin():
            session.add(entry(actor, action, subject, details, at=self._now()))

    def page(self, *, before: int | None = None, limit: int = 50) -> list[AuditEntry]:
        """Newest first; ``before`` is the id the page before ended with. Times are China's."""
        rows = select(Audit).order_by(Audit.id.desc()).limit(limit)
        with reading(self._engine) as session:
            return [_read(row) for row in session.scalars(rows if before is None else rows.where(Audit.id < before))]


def _read(row: Audit) -> AuditEntry:
    return AuditEntry(
        id=row.id,
        at=row.at.astimezone(CHINA),
        account=row.account,
        action=row.action,
        subject=row.subject,
        details=row.details,
        address=row.address,
    )
