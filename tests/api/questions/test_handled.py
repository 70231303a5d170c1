from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.audit import AuditLog
from api.db.models import QuestionHandled
from api.documents.errors import FieldsWrong
from api.faq.book import FaqBook
from api.faq.origin import Origin
from api.faq.text import tidied
from api.questions.handled import HandledQuestions
from tests.api.questions.rows import log

WANG, LI = Actor("王主任", "10.1.1.1"), Actor("李小明", "10.1.1.2")
SAID = tidied("图书证怎么办？", ["办借书证"], [], "带身份证到区图书馆。", "")


def _rows(engine: Engine) -> dict[str, tuple[str, int | None, str]]:
    with Session(engine) as session:
        return {row.answer_id: (row.handled_as, row.faq_id, row.by) for row in session.scalars(select(QuestionHandled))}


def test_a_dismissal_says_who_and_can_be_taken_back(engine: Engine) -> None:
    now = datetime(2031, 5, 6, 4, tzinfo=UTC)
    book = HandledQuestions(engine, lambda: now)
    ids = [log(engine, "你多大了"), log(engine, "你几岁")]
    assert book.dismiss(WANG, ids) == ["你多大了", "你几岁"]
    (batch,) = book.dismissed()
    assert (batch.by, set(batch.questions)) == ("王主任", set(ids))
    assert f"{batch.at:%H:%M}" == "12:00"
    assert book.restore(LI, [ids[0]]) == ["你多大了"]
    assert set(_rows(engine)) == {ids[1]}
    audited = [(each.account, each.action, each.subject) for each in AuditLog(engine).page()]
    assert audited == [("李小明", "questions_restored", "你多大了"), ("王主任", "questions_dismissed", "你多大了")]


def test_dismissals_are_listed_as_they_were_made(engine: Engine) -> None:
    times = iter(datetime(2031, 5, 6, 4, tzinfo=UTC) + timedelta(minutes=number) for number in range(9))
    book = HandledQuestions(engine, lambda: next(times))
    book.dismiss(WANG, [log(engine, "甲"), log(engine, "乙")])
    book.dismiss(LI, [log(engine, "丙")])
    assert [(batch.by, sorted(batch.questions.values())) for batch in book.dismissed()] == [
        ("李小明", ["丙"]),
        ("王主任", ["乙", "甲"]),
    ]


def test_what_is_unknown_or_dealt_with_already_is_passed_over(engine: Engine) -> None:
    book = HandledQuestions(engine)
    answer_id = log(engine)
    assert book.dismiss(WANG, ["没有这条", answer_id, answer_id]) == ["图书证怎么办？"]
    assert book.dismiss(LI, [answer_id]) == []
    assert _rows(engine) == {answer_id: ("dismissed", None, "王主任")}
    assert book.restore(LI, ["没有这条"]) == []


def test_a_draft_marks_its_questions_in_the_same_transaction(engine: Engine) -> None:
    ids = [log(engine, "图书证怎么办"), log(engine, "办借书证")]
    faqs = FaqBook(engine)
    entry_id = faqs.add(WANG, SAID, {}, Origin((*ids, "没有这条"), ("20310506-0001",)))
    assert _rows(engine) == dict.fromkeys(ids, ("faq", entry_id, "王主任"))
    assert faqs.get(entry_id).origin == Origin(tuple(ids), ("20310506-0001",))
    with pytest.raises(FieldsWrong):
        faqs.add(LI, SAID, {}, Origin((log(engine, "借书证"),)))
    assert len(_rows(engine)) == 2


def test_a_draft_that_is_deleted_gives_its_questions_back(engine: Engine) -> None:
    answer_id = log(engine)
    dismissed = log(engine, "你多大了")
    HandledQuestions(engine).dismiss(LI, [dismissed])
    faqs = FaqBook(engine)
    entry_id = faqs.add(WANG, SAID, {}, Origin((answer_id,)))
    assert HandledQuestions(engine).restore(LI, [answer_id]) == []
    faqs.delete(WANG, entry_id, 1)
    assert set(_rows(engine)) == {dismissed}
