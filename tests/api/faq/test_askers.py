"""Askers are told once their question can be answered, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.db.models import FaqEntry, Notice
from api.faq.askers import EVENT, tell_askers, written_for_somebody
from api.faq.book import FaqBook
from api.faq.origin import Origin
from api.faq.text import FaqText, tidied
from tests.api.databases import throwaway_engine
from tests.api.privacy.traces import add_answer
from tests.api.publication.office import ANNA, BERT, Office

LAMPS = tidied("路灯坏了找谁？", ("路灯不亮怎么办",), (), "打城管局的电话。", "")


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    for engine in throwaway_engine(request.param, tmp_path):
        yield Office(engine, tmp_path)


def _written(engine: Engine, numbers: tuple[str, ...], text: FaqText = LAMPS) -> int:
    book = FaqBook(engine)
    faq_id = book.add(ANNA, text, {}, Origin(requests=numbers))
    book.approve(BERT, faq_id, book.get(faq_id).version)
    return faq_id


def _tell(office: Office, *served: FaqText) -> int:
    return tell_askers(office.engine, written_for_somebody(office.engine), frozenset(served), office.clock())


def _notices(office: Office) -> list[tuple[str, str]]:
    with Session(office.engine) as session:
        rows = session.execute(select(Notice.request_no, Notice.text).where(Notice.kind == "knowledge"))
        return [(no, text) for no, text in rows]


def test_who_agreed_is_told_once_and_who_did_not_never(office: Office) -> None:
    agreed = office.closed(session_id="s1", consent=True)
    silent = office.closed(session_id="s2", consent=False)
    _written(office.engine, (agreed, silent, "20200101-0001"))
    assert _tell(office) == 0  # approved, but in no version yet
    assert _tell(office, LAMPS) == 1
    assert _notices(office) == [(agreed, "您问过的问题现在可以直接问到答案了：路灯坏了找谁？")]
    assert _tell(office, LAMPS) == 0
    assert office.events(agreed)[-1] == EVENT
    assert EVENT not in office.events(silent)


def test_it_is_not_told_again_after_it_was_delivered_or_the_text_changed(office: Office) -> None:
    no = office.closed(session_id="s1", consent=True)
    faq_id = _written(office.engine, (no,))
    _tell(office, LAMPS)
    with Session(office.engine) as session, session.begin():
        for notice in session.scalars(select(Notice)):
            notice.delivered_at = office.clock()
    book = FaqBook(office.engine)
    changed = tidied("路灯坏了该找谁？", (), (), "打电话。", "")
    book.save(ANNA, faq_id, changed, book.get(faq_id).version, {})
    book.approve(BERT, faq_id, book.get(faq_id).version)
    assert _tell(office, changed) == 0
    assert office.events(no).count(EVENT) == 1


def test_two_answers_to_one_request_are_two_events(office: Office) -> None:
    no = office.closed(session_id="s1", consent=True)
    other = tidied("路灯几点亮？", (), (), "天黑就亮。", "")
    _written(office.engine, (no,))
    _written(office.engine, (no,), other)
    assert _tell(office, LAMPS, other) == 2
    assert office.events(no).count(EVENT) == 2


def test_whoever_logged_a_request_out_of_one_of_the_questions_is_told_too(office: Office) -> None:
    asked = add_answer(office, "路灯坏了找谁", session_id="s1")
    mine = office.log(question="路灯坏了找谁", session_id="s1", consent=True).no
    about_else = office.log(question="水管漏水", session_id="s1", consent=True).no
    somebody_elses = office.log(question="路灯坏了找谁", session_id="s2", consent=True).no
    silent = office.log(question="路灯坏了找谁", session_id="s1").no
    book = FaqBook(office.engine)
    faq_id = book.add(ANNA, LAMPS, {}, Origin(questions=(asked,)))
    book.approve(BERT, faq_id, book.get(faq_id).version)
    assert _tell(office, LAMPS) == 1
    assert _tell(office, LAMPS) == 0
    assert [no for no, _ in _notices(office)] == [mine]
    for no in (about_else, somebody_elses, silent):
        assert EVENT not in office.events(no)


def test_nothing_is_looked_at_that_was_written_for_nobody_or_is_not_approved(office: Office) -> None:
    FaqBook(office.engine).add(ANNA, LAMPS, {})
    draft = FaqBook(office.engine).add(ANNA, tidied("别的？", (), (), "答", ""), {}, Origin(requests=("1",)))
    assert written_for_somebody(office.engine) == []
    with Session(office.engine) as session:
        assert session.get_one(FaqEntry, draft).approved is None
