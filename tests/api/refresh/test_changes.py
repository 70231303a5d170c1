"""What an admin says of a document in the console: it goes into the next version, and stays said."""

from datetime import date

import pytest

from api.refresh import Changes
from knowledge.errors import SourceUnreadable
from knowledge.model import Document
from tests.api.town import PLAN, Town


def only_document(town: Town) -> Document:
    (document,) = town.index().records.documents
    return document


def read_as(town: Town) -> str:
    (source,) = town.store.verify(town.store.current() or "").provenance.sources
    return source.read_as


def say(town: Town, **said: str) -> None:
    assert town.refresh(changes=Changes({read_as(town): said})).outcome == "published"


def test_an_edit_changes_the_document_and_its_id_but_not_the_file(town: Town) -> None:
    town.refresh(town.write("a.csv", title="甲分工"))
    before = only_document(town)
    say(town, title="甲便民分工", status="失效", effective_to="2031-12-31")
    after = only_document(town)
    assert (after.title, after.status, after.effective_to) == ("甲便民分工", "失效", date(2031, 12, 31))
    assert (after.id != before.id, after.sha256) == (True, before.sha256)
    assert all(task.document_id == after.id for task in town.index().records.tasks)


def test_an_edit_stays_when_a_new_copy_of_the_file_comes_in(town: Town) -> None:
    town.refresh(town.write("a.csv", title="甲分工"))
    say(town, status="失效")
    report = town.refresh(town.write("a.csv", PLAN.replace("每季度", "每个月"), title="甲分工"))
    assert report.outcome == "published"
    assert only_document(town).status == "失效"
    assert "每个月" in town.index().records.tasks[0].requirement


def test_an_edit_is_taken_back_by_saying_nothing(town: Town) -> None:
    town.refresh(town.write("a.csv", title="甲分工"))
    say(town, title="乙分工")
    say(town)
    assert only_document(town).title == "甲分工"


def test_a_blank_value_says_that_the_document_has_none(town: Town) -> None:
    town.refresh(town.write("a.csv", title="甲分工"))
    say(town, doc_number="", year="")
    assert (only_document(town).doc_number, only_document(town).year) == (None, None)


def test_the_same_edit_again_publishes_nothing(town: Town) -> None:
    town.refresh(town.write("a.csv", title="甲分工"))
    say(town, status="失效")
    again = town.refresh(changes=Changes({read_as(town): {"status": "失效"}}))
    assert again.outcome == "unchanged"


def test_going_back_to_an_older_version_takes_the_edits_back_too(town: Town) -> None:
    first = town.refresh(town.write("a.csv", title="甲分工")).snapshot
    say(town, status="失效")
    assert first
    with town.store.lock():
        town.store.activate(first)
    town.refresh(town.write("b.csv", title="乙分工"))
    assert {document.status for document in town.index().records.documents} == {"有效"}


@pytest.mark.parametrize("said", [{"title": ""}, {"status": "好"}, {"year": "今年"}, {"colour": "红"}])
def test_an_edit_that_is_none_leaves_the_document_as_it_was(town: Town, said: dict[str, str]) -> None:
    town.refresh(town.write("a.csv", title="甲分工"))
    report = town.refresh(changes=Changes({read_as(town): said}))
    assert report.outcome == "unchanged"
    assert any("甲分工" in warning for warning in report.warnings)
    assert only_document(town).title == "甲分工"


def test_an_edit_whose_original_is_gone_is_told_and_the_document_stays(town: Town) -> None:
    town.refresh(town.write("a.csv", title="甲分工"))
    for original in (town.store.home / "sources").iterdir():
        original.unlink()
    report = town.refresh(changes=Changes({read_as(town): {"status": "失效"}}))
    assert "原件读不出来" in "".join(report.warnings)
    assert only_document(town).title == "甲分工"


def test_a_removed_document_is_gone_and_its_records_too(town: Town) -> None:
    town.refresh(town.write("a.csv", title="甲分工"), town.write("b.csv", title="乙分工"))
    gone = next(document for document in town.index().records.documents if document.title == "甲分工")
    report = town.refresh(changes=Changes(removed=frozenset({gone.id})))
    assert [change.title for change in report.difference.of("removed")] == ["甲分工"]
    assert town.titles() == {"乙分工"}
    assert {task.document_id for task in town.index().records.tasks} == {only_document(town).id}


def test_a_file_given_again_overrules_its_removal(town: Town) -> None:
    path = town.write("a.csv", title="甲分工")
    town.refresh(path)
    town.refresh(path, changes=Changes(removed=frozenset({only_document(town).id})))
    assert town.titles() == {"甲分工"}


def test_what_was_taken_out_does_not_come_back_by_itself(town: Town) -> None:
    path = town.write("a.csv", title="甲分工")
    town.refresh(path, town.write("b.csv", title="乙分工"))
    sources = town.store.verify(town.store.current() or "").provenance.sources
    gone = next(source.read_as for source in sources if source.path.endswith("a.csv"))
    town.refresh(changes=Changes(removed=frozenset({gone})))
    assert town.refresh(town.documents, unasked=True).outcome == "unchanged"
    town.refresh(town.write("c.csv", title="丙分工"), unasked=True)
    assert town.titles() == {"乙分工", "丙分工"}
    town.refresh(path)
    assert "甲分工" in town.titles(), "given by hand it is wanted again"
    assert town.refresh(town.documents, unasked=True).outcome == "unchanged"


def test_a_new_edition_of_what_was_taken_out_is_another_file(town: Town) -> None:
    town.refresh(town.write("a.csv", title="甲分工"), town.write("b.csv", title="乙分工"))
    (gone, _) = town.store.verify(town.store.current() or "").provenance.sources
    town.refresh(changes=Changes(removed=frozenset({gone.read_as})))
    town.write("a.csv", PLAN.replace("每季度", "每个月"), title="甲分工")
    town.refresh(town.documents, unasked=True)
    assert town.titles() == {"甲分工", "乙分工"}


def test_what_is_said_in_the_console_is_checked_before_it_is_kept() -> None:
    from knowledge.meta import checked

    with pytest.raises(SourceUnreadable, match="title 不能是空的"):
        checked({"title": ""}, "甲.csv", clearing=True)
