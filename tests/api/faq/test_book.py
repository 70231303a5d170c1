from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from api.accounts.staff import Actor
from api.audit import AuditLog
from api.documents.errors import FieldsWrong
from api.faq.book import Approval, FaqBook
from api.faq.entry import Entry
from api.faq.errors import FaqChanged, FaqFixed, FaqNotFound, OwnDraft
from tests.api.faq.conftest import LI, WANG, Clock, said

NEW = said(answer="在手机上申请，三天内寄到。")


def _added(book: FaqBook, *more: str) -> Entry:
    return book.get(book.add(LI, said(*more), {}))


def _approved(book: FaqBook, *more: str) -> Entry:
    entry = _added(book, *more)
    book.approve(WANG, entry.id, entry.version)
    return book.get(entry.id)


def test_a_new_entry_waits_and_is_in_no_version(book: FaqBook) -> None:
    entry = _added(book)
    assert (entry.state(frozenset()), entry.approved, entry.written_by) == ("pending", None, "李小明")


def test_another_admin_approves_and_publication_makes_it_published(book: FaqBook) -> None:
    entry = _approved(book)
    assert (entry.draft, entry.approved, entry.approved_by) == (None, said(), "王主任")
    assert entry.state(frozenset()) == "approved"
    assert entry.state(frozenset({said()})) == "published"


def test_nobody_approves_what_they_wrote_last(book: FaqBook) -> None:
    entry = _added(book)
    with pytest.raises(OwnDraft):
        book.approve(LI, entry.id, entry.version)
    assert book.approve_chosen(LI, {entry.id: entry.version}) == Approval(0, 1, 0)
    assert book.approve_all(LI, entry.written_at) == Approval(0, 1, 0)
    assert book.get(entry.id).is_pending


def test_editing_the_draft_of_another_makes_one_its_author(book: FaqBook) -> None:
    entry = _added(book)
    assert book.save(WANG, entry.id, NEW, entry.version, {})
    with pytest.raises(OwnDraft):
        book.approve(WANG, entry.id, entry.version + 1)
    book.approve(LI, entry.id, entry.version + 1)
    assert book.get(entry.id).approved == NEW


def test_saving_a_draft_unread_makes_nobody_its_author(book: FaqBook) -> None:
    """Otherwise the author would have a friend press the button and approve the own text."""
    entry = _added(book)
    assert book.save(WANG, entry.id, said(), entry.version, {})
    with pytest.raises(OwnDraft):
        book.approve(LI, entry.id, book.get(entry.id).version)


def test_the_approved_text_stays_until_the_change_is_approved(book: FaqBook) -> None:
    entry = _approved(book)
    book.save(LI, entry.id, NEW, entry.version, {})
    changed = book.get(entry.id)
    assert (changed.approved, changed.draft) == (said(), NEW)
    assert changed.state(frozenset({said()})) == "pending"
    book.approve(WANG, entry.id, changed.version)
    assert book.get(entry.id).approved == NEW


def test_a_change_back_to_the_approved_text_leaves_nothing_to_approve(book: FaqBook) -> None:
    entry = _approved(book)
    book.save(LI, entry.id, NEW, entry.version, {})
    assert not book.save(LI, entry.id, said(), entry.version + 1, {})
    assert book.get(entry.id).draft is None


def test_a_change_can_be_dropped(book: FaqBook) -> None:
    entry = _approved(book)
    book.save(LI, entry.id, NEW, entry.version, {})
    book.drop_draft(WANG, entry.id, entry.version + 1)
    assert book.get(entry.id).texts == (said(),)
    with pytest.raises(FaqFixed):
        book.drop_draft(WANG, entry.id, entry.version + 2)


def test_what_is_withdrawn_leaves_the_next_version_keeps_its_text_and_can_come_back(book: FaqBook) -> None:
    entry = _approved(book)
    book.withdraw(LI, entry.id, entry.version)
    withdrawn = book.get(entry.id)
    assert (withdrawn.approved, withdrawn.latest, withdrawn.state(frozenset({said()}))) == (None, said(), "withdrawn")
    assert book.approve_all(WANG, withdrawn.written_at).done == 0
    with pytest.raises(FaqFixed):
        book.approve(WANG, entry.id, withdrawn.version)
    assert book.save(LI, entry.id, said(), withdrawn.version, {})
    again = book.get(entry.id)
    assert again.is_pending
    book.approve(WANG, entry.id, again.version)
    assert book.get(entry.id).approved == said()


def test_only_what_is_not_approved_can_be_deleted(book: FaqBook) -> None:
    entry = _approved(book)
    with pytest.raises(FaqFixed, match="先撤回"):
        book.delete(WANG, entry.id, entry.version)
    book.withdraw(WANG, entry.id, entry.version)
    book.delete(WANG, entry.id, entry.version + 1)
    with pytest.raises(FaqNotFound):
        book.get(entry.id)
    draft = _added(book)
    assert book.delete(WANG, draft.id, draft.version) == "图书证怎么办？"


def test_who_comes_second_is_told_who_was_first(book: FaqBook) -> None:
    entry = _added(book)
    book.save(WANG, entry.id, NEW, entry.version, {})
    for act in (
        lambda: book.save(LI, entry.id, said(answer="另一个答案"), entry.version, {}),
        lambda: book.approve(LI, entry.id, entry.version),
        lambda: book.delete(LI, entry.id, entry.version),
    ):
        with pytest.raises(FaqChanged, match="刚被王主任改过"):
            act()
    assert book.get(entry.id).draft == NEW


def test_a_text_changed_since_the_list_was_made_is_not_approved_with_it(book: FaqBook, clock: Clock) -> None:
    one, other = _added(book, "甲事怎么办"), _added(book, "乙事怎么办")
    book.save(LI, one.id, said("甲事怎么办", answer="悄悄改过"), one.version, {})
    assert book.approve_chosen(WANG, {one.id: one.version, other.id: other.version}) == Approval(1, 0, 1)
    late = _added(book, "丙事怎么办")
    assert book.approve_all(WANG, book.get(one.id).written_at) == Approval(1, 0, 1)
    assert book.get(late.id).is_pending
    assert book.approve_all(WANG, clock()) == Approval(1, 0, 0)


def test_what_was_approved_with_many_is_locked_against_those_who_saw_it_before(book: FaqBook, clock: Clock) -> None:
    entry = _added(book)
    book.approve_all(WANG, clock())
    with pytest.raises(FaqChanged):
        book.save(LI, entry.id, NEW, entry.version, {})


@pytest.mark.parametrize(
    ("text", "field", "told"),
    [
        (said("图书证怎么办"), "question", "另一条问答“图书证怎么办？”的问法"),
        (said("办借书证", "图书证 怎么办。"), "similar", "另一条问答“图书证怎么办？”的问法"),
        (said("借书证怎么办"), "question", "另一条问答“图书证怎么办？”的问法"),
        (said("怎么登记诉求？"), "question", "在文件 faq.yaml 里已经有答案"),
    ],
)
def test_a_question_has_one_entry(book: FaqBook, text: object, field: str, told: str) -> None:
    _approved(book, "图书证怎么办？", "借书证怎么办")
    with pytest.raises(FieldsWrong) as wrong:
        book.add(LI, text, {"怎么登记诉求": "faq.yaml"})  # type: ignore[arg-type]
    assert told in wrong.value.problems[field]


def test_a_question_that_a_waiting_change_gives_up_is_still_taken_while_the_old_text_is_in_force(book: FaqBook) -> None:
    entry = _approved(book, "图书证怎么办？", "借书证怎么办")
    book.save(LI, entry.id, said("图书证怎么办？"), entry.version, {})
    with pytest.raises(FieldsWrong):
        book.add(LI, said("借书证怎么办"), {})
    book.approve(WANG, entry.id, entry.version + 1)
    book.add(LI, said("借书证怎么办"), {})


def test_a_negative_question_may_be_the_question_of_another(book: FaqBook) -> None:
    _added(book)
    book.add(LI, said("社保卡怎么办", negatives=("图书证怎么办？",)), {})


def test_everything_is_in_the_audit_log(book: FaqBook, engine: Engine) -> None:
    entry = _approved(book)
    book.save(LI, entry.id, NEW, entry.version, {})
    book.drop_draft(LI, entry.id, entry.version + 1)
    book.withdraw(LI, entry.id, entry.version + 2)
    book.delete(WANG, entry.id, entry.version + 3)
    rows = [(row.account, row.action, row.label) for row in reversed(AuditLog(engine).page())]
    assert rows == [
        ("李小明", "faq_added", "新增问答"),
        ("王主任", "faq_approved", "批准问答"),
        ("李小明", "faq_edited", "修改问答"),
        ("李小明", "faq_draft_dropped", "放弃问答的修改"),
        ("李小明", "faq_withdrawn", "撤回问答"),
        ("王主任", "faq_deleted", "删除问答"),
    ]


def test_of_two_who_write_the_same_question_at_once_one_is_told(book: FaqBook) -> None:
    def add(actor: Actor) -> bool:
        try:
            book.add(actor, said(), {})
        except FieldsWrong:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        added = list(pool.map(add, [LI, WANG] * 4))
    assert added.count(True) == 1
    assert len(book.all()) == 1
