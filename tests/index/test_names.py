"""Records found by the name they bear."""

import pytest

from index.names import Names, name_of
from knowledge.model import Locator, Passage, PlanTask, Records, Term
from tests.api.answers.base import passage, task


def term(name: str, *aliases: str) -> Term:
    return Term(f"t-{name}", name, aliases, "……", "d", Locator("t.yaml", line=1))


TASKS = (
    task("d", "1", "公布“停车”收费标准", "……"),
    task("d", "2", None, "推进学区划分公开，及时公布结果。"),
    task("e", "1", "公布停车收费标准", "……"),
)
PASSAGES = (
    passage("d", 1, "（一）扩大贷款范围", "……"),
    passage("d", 2, "第八条 申请条件", "……"),
    Passage("d-p3", "d", (), "加大信贷支持力度，降低成本。", Locator("d.txt", line=3)),
)
NAMES = Names(Records(tasks=TASKS, passages=PASSAGES, terms=(term("双随机、一公开", "双随机"), term("首问负责制"))))


@pytest.mark.parametrize(
    ("record", "name"),
    [
        (TASKS[0], "公布“停车”收费标准"),
        (TASKS[1], "推进学区划分公开"),
        (task("d", "3", None, "各单位要高度重视。"), None),
        (PASSAGES[0], "扩大贷款范围"),
        (PASSAGES[1], "申请条件"),
        (PASSAGES[2], "加大信贷支持力度"),
        (Passage("p", "d", (), "当天上午，记者来到现场。", Locator("d.txt")), None),
        (Passage("p", "d", (), "支持企业1234家复工复产。", Locator("d.txt")), None),
    ],
)
def test_a_record_is_named_by_its_title_its_heading_or_what_it_is_to_do(
    record: PlanTask | Passage, name: str | None
) -> None:
    assert name_of(record) == name


def test_marks_and_blanks_do_not_count() -> None:
    assert [found.id for found in NAMES.named("公布 停车收费标准")] == ["d-1", "e-1"]
    assert NAMES.named("停车收费标准") == ()


@pytest.mark.parametrize("name", ["双随即一公开", "双随机，一公开", "首文负责制"])
def test_a_term_is_heard_though_it_is_misspelt(name: str) -> None:
    assert len(NAMES.terms_heard(name)) == 1


@pytest.mark.parametrize("name", ["双鱼机", "", "首", "首问负责", "停车收费"])
def test_another_word_is_not_heard_as_a_term(name: str) -> None:
    assert NAMES.terms_heard(name) in ([], ())


@pytest.mark.parametrize("name", ["首接负责制", "首问负责", "首问负责制度", "问负责制"])
def test_a_term_is_near_one_character_away(name: str) -> None:
    assert [found.name for found in NAMES.terms_near(name)] == ["首问负责制"]


@pytest.mark.parametrize("name", ["首接负贵制", "首问", "负责制首问", ""])
def test_a_term_is_not_near_two_characters_away(name: str) -> None:
    assert list(NAMES.terms_near(name)) == []


def test_records_around_one_are_of_its_document_the_following_first() -> None:
    assert [found.id for found in NAMES.around(PASSAGES[1], 5)] == ["d-p3", "d-p1"]
    assert [found.id for found in NAMES.around(TASKS[1], 5)] == ["d-1"]


def test_records_whose_name_holds_a_word() -> None:
    assert [found.id for found in NAMES.holding("停车", 5)] == ["d-1"]
    assert NAMES.holding("公布停车收费标准", 5) == []
