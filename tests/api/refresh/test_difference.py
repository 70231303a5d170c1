"""The difference report counts every record once, whatever was edited, moved, added or taken away."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.refresh.difference import compare, join, split_by_document
from api.refresh.report import Tally
from knowledge.model import Document, Faq, Locator, Passage, PlanTask, Records, Term

PLACE = Locator("a.txt", line=1)


def document(key: str) -> Document:
    return Document(
        key, f"文件{key}", None, None, "星河区", 2031, None, None, None, "有效", None, f"{key}.txt", key * 8
    )


def task(ordinal: int, no: str, requirement: str, owner: str = "d") -> PlanTask:
    return PlanTask(f"{owner}-{ordinal}", owner, no, ("一、总体",), None, requirement, (), (), None, None, PLACE)


def records(tasks: list[tuple[str, str]]) -> Records:
    made = tuple(task(ordinal, no, requirement) for ordinal, (no, requirement) in enumerate(tasks))
    return Records(documents=(document("d"),), tasks=made)


ROWS = st.lists(st.tuples(st.sampled_from("12345"), st.sampled_from(["修路", "植树", "清淤", "架桥"])), max_size=8)


@given(before=ROWS, after=ROWS)
def test_every_record_is_counted_once_on_each_side(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> None:
    tally = compare({"d": records(before)}, {"d": records(after)}).records
    assert tally.unchanged + tally.changed + tally.removed == len(before)
    assert tally.unchanged + tally.changed + tally.added == len(after)


@given(rows=ROWS)
def test_order_and_place_do_not_count(rows: list[tuple[str, str]]) -> None:
    turned = records(rows[::-1])
    moved = replace(turned, tasks=tuple(replace(one, locator=Locator("b.txt", line=99)) for one in turned.tasks))
    assert compare({"d": records(rows)}, {"d": moved}).records == Tally(unchanged=len(rows))


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ([("1", "修路"), ("2", "植树")], Tally(unchanged=2)),
        ([("1", "修路"), ("2", "清淤")], Tally(unchanged=1, changed=1)),
        ([("1", "修路")], Tally(unchanged=1, removed=1)),
        ([("1", "修路"), ("2", "植树"), ("3", "架桥")], Tally(unchanged=2, added=1)),
        ([("3", "修路"), ("2", "植树")], Tally(unchanged=1, added=1, removed=1)),
        ([], Tally(removed=2)),
    ],
)
def test_an_edited_row_is_one_change_and_a_renumbered_one_is_two(after: list[tuple[str, str]], expected: Tally) -> None:
    before = [("1", "修路"), ("2", "植树")]
    assert compare({"d": records(before)}, {"d": records(after)}).records == expected


def test_documents_are_added_changed_unchanged_and_removed() -> None:
    before = {key: Records(documents=(document(key),)) for key in "abc"}
    after = {"d": Records(documents=(document("d"),)), "a": before["a"]}
    after["b"] = Records(documents=(replace(document("b"), status="废止"),))
    changes = {one.title: one.change for one in compare(before, after).documents}
    assert changes == {"文件d": "added", "文件a": "unchanged", "文件b": "changed", "文件c": "removed"}


def test_each_kind_of_record_is_told_apart_by_its_own_label() -> None:
    before = Records(
        documents=(document("d"),),
        passages=(Passage("p", "d", ("第一章",), "旧文", PLACE),),
        terms=(Term("t", "一网通办", (), "旧解释", "d", PLACE),),
        faqs=(Faq("q", ("怎么办证",), (), "旧回答", "d", "编辑部", PLACE),),
    )
    after = replace(
        before,
        passages=(replace(before.passages[0], text="新文"),),
        terms=(replace(before.terms[0], explanation="新解释"),),
        faqs=(replace(before.faqs[0], answer="新回答"),),
    )
    assert compare({"d": before}, {"d": after}).records == Tally(changed=3)


def test_splitting_by_document_and_joining_gives_the_same_records() -> None:
    whole = Records(
        documents=(document("a"), document("b")),
        tasks=(task(1, "1", "修路", "a"), task(2, "1", "植树", "b")),
        passages=(Passage("p", "b", (), "正文", PLACE),),
    )
    parts = split_by_document(whole)
    assert [len(part.tasks) for part in parts.values()] == [1, 1]
    assert join(parts.values()) == whole
