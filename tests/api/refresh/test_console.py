"""What waits in the console goes into the next version, and waits no longer once that is published."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from api.db.models import DocumentChange, FaqEntry, GoldenQuestion, TermEntry
from api.refresh import RefreshReport
from api.refresh.console import nothing_waiting, waiting_in_console
from api.refresh.inbox import Inbox
from api.refresh.recorded import _settled
from knowledge.meta import checked
from tests.api.databases import throwaway_engine
from tests.api.town import PLAN, Town

NOW = datetime(2026, 11, 25, tzinfo=UTC)
ENTRY = {
    "questions": ["补贴几号发", "补贴哪天到账"],
    "negative_questions": ["工资几号发"],
    "answer": "每月10日前发放。",
    "source": "补贴办法第六条",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from throwaway_engine(request.param, tmp_path)


@pytest.fixture
def inbox(town: Town) -> Inbox:
    return Inbox(town.store.home)


def publish(town: Town, engine: Engine) -> RefreshReport:
    with waiting_in_console(town.store.home, engine) as waiting:
        report = town.refresh(*waiting.paths, beside=waiting.beside, changes=waiting.changes)
        waiting.settle(report)
    return report


def add(engine: Engine, *rows: object) -> None:
    with Session(engine) as session, session.begin():
        session.add_all(rows)


def faq(approved: dict[str, object] | None, draft: dict[str, object] | None = None) -> FaqEntry:
    return FaqEntry(draft=draft, approved=approved, written_by="甲", written_at=NOW, approved_by="乙", approved_at=NOW)


def change(town: Town, title: str, said: dict[str, str] | None = None, *, removed: bool = False) -> DocumentChange:
    sources = town.store.verify(town.store.current() or "").provenance.sources
    document = next(document for document in town.index().records.documents if document.title == title)
    source = next(source for source in sources if source.document_id == document.id)
    return DocumentChange(read_as=source.read_as, document_id=document.id, title=title, said=said, removed=removed,
                          changed_by="甲", changed_at=NOW, stamp=title)  # fmt: skip


def changes_left(engine: Engine) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(DocumentChange)) or 0


def test_uploads_go_in_and_leave_the_inbox(town: Town, engine: Engine, inbox: Inbox) -> None:
    path = inbox.put("分工.csv", PLAN.encode())
    inbox.say(path, {"title": "甲分工", "region": "星河区"})
    inbox.put("坏.docx", b"PK\x03\x04")
    report = publish(town, engine)
    assert report.outcome == "published"
    assert "甲分工" in town.titles()
    assert [file.name for file in inbox.files()] == ["坏.docx"]
    assert not (inbox.folder / "分工.meta.yaml").exists()


def test_changes_go_in_once_and_wait_no_longer(town: Town, engine: Engine) -> None:
    town.refresh(town.write("a.csv", title="甲分工"), town.write("b.csv", title="乙分工"))
    add(engine, change(town, "甲分工", {"status": "废止"}), change(town, "乙分工", removed=True))
    assert publish(town, engine).outcome == "published"
    (document,) = town.index().records.documents
    assert (document.title, document.status) == ("甲分工", "废止")
    assert changes_left(engine) == 0
    assert publish(town, engine).outcome == "unchanged"


def test_a_change_made_while_the_refresh_ran_still_waits(town: Town, engine: Engine) -> None:
    town.refresh(town.write("a.csv", title="甲分工"))
    add(engine, change(town, "甲分工", {"status": "废止"}))
    with waiting_in_console(town.store.home, engine) as waiting:
        with Session(engine) as session, session.begin():
            session.execute(update(DocumentChange).values(said={"status": "失效"}, stamp="later"))
        waiting.settle(town.refresh(*waiting.paths, beside=waiting.beside, changes=waiting.changes))
    assert changes_left(engine) == 1
    publish(town, engine)
    assert town.index().records.documents[0].status == "失效"


def test_a_dry_run_or_a_refusal_leaves_everything_waiting(town: Town, engine: Engine, inbox: Inbox) -> None:
    town.refresh(town.write("a.csv", title="甲分工"))
    add(engine, change(town, "甲分工", {"status": "废止"}))
    inbox.put("分工.csv", PLAN.encode())
    with waiting_in_console(town.store.home, engine) as waiting:
        waiting.settle(town.refresh(*waiting.paths, beside=waiting.beside, changes=waiting.changes, dry_run=True))
    assert (changes_left(engine), len(inbox.files())) == (1, 1)


def test_only_approved_questions_go_in_with_all_that_is_said(town: Town, engine: Engine) -> None:
    add(engine, faq(ENTRY, draft={**ENTRY, "answer": "每月15日前发放。"}), faq(None, draft=ENTRY))
    publish(town, engine)
    (entry,) = town.index().records.faqs
    assert entry.questions == ("补贴几号发", "补贴哪天到账")
    assert entry.negative_questions == ("工资几号发",)
    assert (entry.answer, entry.source, entry.approved_by) == ("每月10日前发放。", "补贴办法第六条", "乙")


def test_questions_and_terms_taken_back_are_gone_with_the_next_version(town: Town, engine: Engine) -> None:
    town.refresh(town.write("a.csv", title="甲分工"))
    said = {"name": "一网通办", "aliases": ["一网办"], "explanation": "一个网站办成各种事项。", "source": None}
    add(engine, faq(ENTRY), TermEntry(**said, written_by="甲", written_at=NOW))
    publish(town, engine)
    assert (len(town.index().records.faqs), [term.aliases for term in town.index().records.terms]) == (1, [("一网办",)])
    with Session(engine) as session, session.begin():
        session.delete(session.scalars(select(TermEntry)).one())
        session.scalars(select(FaqEntry)).one().approved = None
    assert publish(town, engine).outcome == "published"
    assert (town.index().records.faqs, town.index().records.terms) == ((), ())


def test_a_refresh_from_elsewhere_keeps_what_the_console_has_published(town: Town, engine: Engine) -> None:
    add(engine, faq(ENTRY))
    publish(town, engine)
    with nothing_waiting(engine) as waiting:
        assert (waiting.paths, waiting.changes.edits) == ((), {})
        town.refresh(town.write("a.csv", title="甲分工"))
    assert len(town.index().records.faqs) == 1


def test_questions_written_in_the_console_leave_the_default_plans_in_place(town: Town, engine: Engine) -> None:
    town.write_corpus()
    add(engine, faq(ENTRY))
    publish(town, engine)
    assert "示范区工作分工" in town.titles()


def test_golden_questions_of_the_console_are_asked_of_every_refresh(engine: Engine) -> None:
    add(engine, GoldenQuestion(kind="who", question="谁牵头？", context=["星河区"], must=[["区文化局", "文化局"]],
                               must_not=["区体育局"], document="甲分工", written_by="甲", written_at=NOW))  # fmt: skip
    with nothing_waiting(engine) as waiting:
        (question,) = waiting.golden
    assert (question.question, question.context, question.document) == ("谁牵头？", ("星河区",), "甲分工")
    assert (question.must, question.must_not) == ((("区文化局", "文化局"),), ("区体育局",))


def test_a_change_that_could_not_be_brought_in_still_waits(town: Town, engine: Engine) -> None:
    town.refresh(town.write("a.csv", title="甲分工"))
    add(engine, change(town, "甲分工", {"status": "废止"}))
    for original in (town.store.home / "sources").iterdir():
        original.unlink()
    assert publish(town, engine).outcome == "unchanged"
    assert changes_left(engine) == 1


def test_only_the_uploads_leaves_the_questions_written_here(town: Town, engine: Engine, inbox: Inbox) -> None:
    town.refresh(town.write("a.csv", title="甲分工"))
    add(engine, faq(ENTRY))
    inbox.put("坏.docx", b"PK\x03\x04")
    with waiting_in_console(town.store.home, engine) as waiting:
        town.refresh(*waiting.paths, beside=waiting.beside, changes=waiting.changes, only=True)
    assert "甲分工" in town.titles(), "an upload that cannot be read must not drive out the others"
    inbox.put("分工.csv", PLAN.encode())
    with waiting_in_console(town.store.home, engine) as waiting:
        town.refresh(*waiting.paths, beside=waiting.beside, changes=waiting.changes, only=True)
    assert "甲分工" not in town.titles()
    assert len(town.index().records.faqs) == 1


def test_what_a_form_sends_is_what_a_side_file_takes() -> None:
    assert checked({"title": "甲", "effective_to": "2031-01-02", "issuer": ""}, "甲", clearing=True)["issuer"] is None


def test_a_removal_holds_after_going_back_to_a_version_in_which_the_document_had_another_title(
    town: Town, engine: Engine
) -> None:
    first = town.refresh(town.write("a.csv", title="甲分工"), town.write("b.csv", title="乙分工"))
    add(engine, change(town, "甲分工", {"title": "甲工作分工"}))
    publish(town, engine)
    add(engine, change(town, "甲工作分工", removed=True))
    with town.store.lock():
        town.store.activate(first.snapshot or "")
    publish(town, engine)
    assert town.titles() == {"乙分工"}


def test_what_was_published_is_told_so_even_where_the_list_of_what_waits_cannot_be_cleared(
    town: Town, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = RefreshReport("published", "20261125T000000000000Z", "已发布")

    def fail(*_: object) -> None:
        raise OSError("read-only")

    monkeypatch.setattr("api.refresh.console.Inbox.clear", fail)
    with waiting_in_console(town.store.home, engine) as waiting:
        settled = _settled(waiting, report)
    assert settled.outcome == "published"
    assert "没有清理成功" in settled.warnings[0]
