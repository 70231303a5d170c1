"""The audit log can only grow, on either database."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from api.accounts.staff import COMMAND_LINE, Actor
from api.audit import AuditLog, entry
from tests.api.accounts.conftest import Clock

ADMIN = Actor("王主任", "203.0.113.9")


@pytest.fixture
def audit(engine: Engine, clock: Clock) -> AuditLog:
    return AuditLog(engine, clock)


def test_a_row_says_who_did_what_to_what_and_when(audit: AuditLog, clock: Clock) -> None:
    audit.write(ADMIN, "version_activated", "20310506T013000000000Z", {"before": None, "说明": "回退", "数量": 3})
    (row,) = audit.page()
    assert (row.account, row.action, row.subject) == ("王主任", "version_activated", "20310506T013000000000Z")
    assert (row.address, row.at) == ("203.0.113.9", clock.now)
    assert f"{row.at:%Y-%m-%d %H:%M}" == "2031-05-06 09:30"
    assert dict(row.details) == {"before": None, "说明": "回退", "数量": 3}
    assert row.label == "切换知识版本"
    assert row.shown_details == [("说明", "回退"), ("数量", "3")]


def test_rows_can_only_be_added(audit: AuditLog, engine: Engine) -> None:
    audit.write(ADMIN, "login", "王主任")
    changes = ["UPDATE audit SET account = 'x'", "DELETE FROM audit"]
    if engine.dialect.name == "postgresql":
        changes.append("TRUNCATE audit")
    for change in changes:
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(text(change))
    assert [row.account for row in audit.page()] == ["王主任"]


def test_pages_follow_one_another_newest_first(audit: AuditLog) -> None:
    for number in range(7):
        audit.write(COMMAND_LINE, "account_added", f"员工{number}")
    first = audit.page(limit=3)
    second = audit.page(before=first[-1].id, limit=3)
    third = audit.page(before=second[-1].id, limit=3)
    assert [row.subject for row in (*first, *second, *third)] == [f"员工{number}" for number in range(6, -1, -1)]


def test_a_row_shares_the_fate_of_the_change_it_tells_of(audit: AuditLog, engine: Engine) -> None:
    with pytest.raises(RuntimeError), Session(engine) as session, session.begin():
        session.add(entry(ADMIN, "account_disabled", "李小明"))
        session.flush()
        raise RuntimeError
    assert audit.page() == []


@pytest.mark.parametrize("subject", ["", "\x00", "长" * 500, "<script>alert(1)</script>", "😀"])
def test_any_subject_can_be_written(audit: AuditLog, subject: str) -> None:
    audit.write(ADMIN, "将来的操作", subject, {"附": subject})
    (row,) = audit.page()
    assert row.subject == subject.replace("\x00", "")[:200]
    assert row.label == "将来的操作"
