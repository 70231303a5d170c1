"""From a completed request to the public ledger and off it again, on SQLite and PostgreSQL."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.db.models import Audit, Publication
from api.errors import ApiError
from api.masking.errors import StillPersonal
from api.publication.board import PublicationBoard
from api.publication.book import PublicationBook, Texts
from api.publication.errors import NotPublishable, PublicationChanged, PublicationNotFound
from api.requests.errors import RequestValueWrong, UnknownRequest
from tests.api.publication.office import ANNA, BERT, UNIT, Office

CLEAN = Texts("小区门口的路灯不亮。", "已于11月20日修好。", UNIT)


@pytest.fixture
def book(office: Office) -> PublicationBook:
    return PublicationBook(office.engine, office.secrets, office.clock)


@pytest.fixture
def board(office: Office) -> PublicationBoard:
    return PublicationBoard(office.engine)


def _actions(office: Office) -> list[tuple[str, str]]:
    with Session(office.engine) as session:
        rows = session.execute(select(Audit.action, Audit.account).order_by(Audit.id))
        return [(action, account) for action, account in rows]


def test_a_draft_is_masked_checked_published_by_a_second_person_and_withdrawn(
    office: Office, book: PublicationBook, board: PublicationBoard
) -> None:
    no = office.closed(
        "我是王建国，路灯不亮", "王建国先生，已经修好，请打0755-23456789", name="王建国", contact="13800138000"
    )
    assert [item.no for item in board.candidates().items] == [no]
    book.prepare(ANNA, no)
    draft = book.checked(no)
    assert draft.texts.question == "我是〔姓名〕，路灯不亮"
    assert "王建国" not in draft.texts.reply
    assert "23456789" not in draft.texts.reply
    assert [piece.text for piece in draft.content if piece.taken] == ["王建国"]
    assert str(draft.received_on) == str(draft.replied_on) == "2026-11-23"
    assert board.candidates().total == 0

    book.save(ANNA, no, draft.version, CLEAN)
    book.publish(BERT, no, book.checked(no).version, CLEAN, checked=True)
    published = book.checked(no)
    assert (published.state, published.prepared_by, published.published_by) == ("published", "安娜", "伯特")
    assert published.texts == CLEAN
    assert board.counts() == {"candidates": 0, "draft": 0, "published": 1, "withdrawn": 0}

    book.withdraw(ANNA, no, published.version, "诉求人不愿意公开")
    assert book.checked(no).state == "withdrawn"
    assert office.events(no)[-2:] == ["publish", "unpublish"]
    assert _actions(office) == [
        ("publication_prepared", "安娜"),
        ("publication_edited", "安娜"),
        ("publication_published", "伯特"),
        ("publication_withdrawn", "安娜"),
    ]


def test_what_was_withdrawn_can_be_written_anew_and_published_again(office: Office, book: PublicationBook) -> None:
    no = office.closed()
    book.prepare(ANNA, no)
    book.publish(ANNA, no, book.checked(no).version, CLEAN, checked=True)
    with pytest.raises(NotPublishable, match="先撤下"):
        book.prepare(ANNA, no, anew=True)
    with pytest.raises(NotPublishable, match="先撤下再修改"):
        book.save(ANNA, no, book.checked(no).version, CLEAN)
    book.withdraw(ANNA, no, book.checked(no).version, "有误")
    with pytest.raises(NotPublishable, match="没有公开"):
        book.withdraw(ANNA, no, book.checked(no).version, "有误")
    book.prepare(BERT, no, anew=True)
    assert book.checked(no).texts.reply == "已经修好。"
    book.publish(BERT, no, book.checked(no).version, CLEAN, checked=True)
    assert book.checked(no).state == "published"


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("question", "路灯不亮，请打13800138000", "13800138000"),
        ("question", "刘某某，欧阳震华又来电", "欧阳震华"),
        ("reply", "张先生：已经修好", "张"),
        ("reply", "详询 li.na@example.com", "li.na@example.com"),
        ("reply", "户主身份证11010519491231002X已核实", "11010519491231002X"),
        ("unit", "湖滨新区城管局 联系人：赵敏", "赵敏"),
    ],
)
def test_a_text_that_still_holds_personal_data_is_refused_and_says_what(
    office: Office, book: PublicationBook, field: str, text: str, told: str
) -> None:
    no = office.closed(name="欧阳震华")
    book.prepare(ANNA, no)
    texts = Texts(**{"question": "路灯不亮", "reply": "已修好", "unit": UNIT, field: text})
    with pytest.raises(StillPersonal, match=told) as refused:
        book.publish(ANNA, no, book.checked(no).version, texts, checked=True)
    assert refused.value.field == field
    assert book.checked(no).state == "draft"
    assert "publish" not in office.events(no)


def test_nothing_is_published_that_nobody_says_to_have_checked(office: Office, book: PublicationBook) -> None:
    no = office.closed()
    book.prepare(ANNA, no)
    with pytest.raises(RequestValueWrong, match="已核对") as refused:
        book.publish(ANNA, no, book.checked(no).version, CLEAN, checked=False)
    assert refused.value.field == "checked"
    assert book.checked(no).state == "draft"


def test_two_people_at_one_draft_do_not_overwrite_each_other(office: Office, book: PublicationBook) -> None:
    no = office.closed()
    book.prepare(ANNA, no)
    seen = book.checked(no).version
    book.save(ANNA, no, seen, CLEAN)
    with pytest.raises(PublicationChanged):
        book.publish(BERT, no, seen, Texts("别的", "别的", UNIT), checked=True)
    assert book.checked(no).texts == CLEAN


def test_what_must_not_be_published_is_neither_offered_nor_drafted(
    office: Office, book: PublicationBook, board: PublicationBoard
) -> None:
    report = office.closed("某店无证经营", "已查处。", kind="report")
    unanswered = office.log().no
    answered = office.log().no
    office.casework.reply(ANNA, answered, None, "在办", UNIT, close=False)
    withdrawn = office.log().no
    office.casework.withdraw(ANNA, withdrawn, None, "不办了")
    assert board.candidates().items == ()
    for no, why in ((report, "举报"), (unanswered, "没有办结"), (answered, "没有办结"), (withdrawn, "没有办结")):
        with pytest.raises(NotPublishable, match=why):
            book.prepare(ANNA, no)
    with pytest.raises(UnknownRequest):
        book.prepare(ANNA, "20200101-0001")
    with pytest.raises(PublicationNotFound):
        book.checked("20200101-0001")
    with Session(office.engine) as session:
        assert session.scalars(select(Publication)).all() == []


def test_a_request_that_is_reopened_cannot_be_published_and_is_marked_where_it_is(
    office: Office, book: PublicationBook, board: PublicationBoard
) -> None:
    one, other = office.closed(), office.closed()
    for no in (one, other):
        book.prepare(ANNA, no)
    book.publish(ANNA, one, book.checked(one).version, CLEAN, checked=True)
    for no in (one, other):
        office.casework.reopen(ANNA, no, None, "又坏了")
    assert board.in_state("published").items[0].reopened
    with pytest.raises(NotPublishable):
        book.publish(ANNA, other, book.checked(other).version, CLEAN, checked=True)
    book.withdraw(ANNA, one, book.checked(one).version, "重新办理")
    assert book.checked(one).state == "withdrawn"


@pytest.mark.parametrize(
    "texts", [Texts("", "答", "局"), Texts("问", " ", "局"), Texts("问", "答", ""), Texts("问" * 4001, "答", "局")]
)
def test_an_empty_or_endless_text_is_refused(office: Office, book: PublicationBook, texts: Texts) -> None:
    no = office.closed()
    book.prepare(ANNA, no)
    with pytest.raises(ApiError):
        book.save(ANNA, no, book.checked(no).version, texts)
    assert book.checked(no).texts.question == "路灯不亮"


def test_a_draft_that_exists_is_not_written_over_by_asking_for_one(office: Office, book: PublicationBook) -> None:
    no = office.closed()
    book.prepare(ANNA, no)
    book.save(ANNA, no, book.checked(no).version, CLEAN)
    book.prepare(BERT, no)
    assert book.checked(no).texts == CLEAN
