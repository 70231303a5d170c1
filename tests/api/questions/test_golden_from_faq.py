"""What was written for a question asked must be answered so from then on: it becomes a golden question."""

import pytest
from sqlalchemy import Engine

from api.accounts.staff import Actor
from api.evaluation.judging import Heard, judge
from api.evaluation.questions import GoldQuestion
from api.faq.book import FaqBook
from api.faq.origin import Origin
from api.faq.text import FaqText, tidied
from api.golden.book import GoldenBook
from api.golden.from_faq import gold_of
from api.golden.text import check, typed_of
from api.golden.text import gold_of as gold_typed
from api.refresh.gate import shipped_questions
from tests.api.questions.rows import NOON, log

WANG, LI = Actor("王主任", "10.1.1.1"), Actor("李小明", "10.1.1.2")
ANSWER = "带身份证到区图书馆一楼办理，当场领证。"
LONG = (
    "第一步，到区图书馆一楼服务台登记。" * 3
    + "\n第二步，交一百元押金。第三步，当场领证。"
    + "工作日上午九时到下午五时办理。" * 6
)


def _said(question: str = "图书证怎么办？", answer: str = ANSWER) -> FaqText:
    return tidied(question, [], [], answer, "")


def _draft(engine: Engine, said: FaqText | None = None) -> int:
    origin = Origin((log(engine),))
    return FaqBook(engine, lambda: NOON).add(WANG, said or _said(), {}, origin)


def _golden(engine: Engine) -> list[GoldQuestion]:
    return [entry.gold for entry in GoldenBook(engine).all()]


def _questions(engine: Engine) -> list[str]:
    return [gold.question for gold in _golden(engine)]


def _heard(text: str) -> Heard:
    return Heard("answer", text, (), 1.0)


def test_approval_makes_it_golden_and_a_draft_does_not(engine: Engine) -> None:
    entry_id = _draft(engine)
    assert not _golden(engine)
    FaqBook(engine).approve(LI, entry_id, 1)
    (gold,) = _golden(engine)
    assert (gold.question, gold.kind, gold.must) == ("图书证怎么办？", "faq", ((ANSWER,),))
    assert judge(gold, _heard(f"{ANSWER}\n（常见问答）")) == ""
    assert judge(gold, _heard("到市图书馆办理。"))


@pytest.mark.parametrize("chosen", [True, False])
def test_approval_of_many_at_once_does_the_same(engine: Engine, chosen: bool) -> None:
    book = FaqBook(engine, lambda: NOON)
    first, second = _draft(engine), _draft(engine, _said("停水了找谁？", "请拨打供水热线。"))
    book.add(WANG, _said("没有来历的问题？"), {})
    own = book.add(LI, _said("李小明自己写的？"), {}, Origin((log(engine),)))
    done = book.approve_chosen(LI, {first: 1, second: 1, own: 1}) if chosen else book.approve_all(LI, NOON)
    assert done.own == 1
    assert sorted(_questions(engine)) == ["停水了找谁？", "图书证怎么办？"]


def test_what_is_golden_already_is_left_as_it_is(engine: Engine) -> None:
    mine = GoldQuestion("", "what", "图书证怎么办", must=(("身份证",),))
    GoldenBook(engine).add(WANG, mine)
    FaqBook(engine).approve(LI, _draft(engine), 1)
    assert [gold.must for gold in _golden(engine)] == [(("身份证",),)]
    shipped = next(gold for gold in shipped_questions() if not gold.context)
    FaqBook(engine).approve(LI, _draft(engine, _said(shipped.question)), 1)
    assert len(_golden(engine)) == 1


def test_a_new_answer_replaces_what_it_has_to_say(engine: Engine) -> None:
    book = FaqBook(engine)
    entry_id = _draft(engine)
    book.approve(LI, entry_id, 1)
    book.save(WANG, entry_id, _said(answer="在手机上办。"), 2, {})
    assert [gold.must for gold in _golden(engine)] == [((ANSWER,),)]
    book.approve(LI, entry_id, 3)
    assert [gold.must for gold in _golden(engine)] == [(("在手机上办。",),)]


def test_withdrawal_takes_it_back_or_no_version_could_be_published(engine: Engine) -> None:
    book = FaqBook(engine)
    entry_id = _draft(engine)
    book.approve(LI, entry_id, 1)
    book.withdraw(LI, entry_id, 2)
    assert not _golden(engine)
    book.approve(LI, _draft(engine, _said("停水了找谁？")), 1)
    assert _questions(engine) == ["停水了找谁？"]


def test_one_that_an_admin_has_edited_since_is_theirs(engine: Engine) -> None:
    book, golden = FaqBook(engine), GoldenBook(engine)
    entry_id = _draft(engine)
    book.approve(LI, entry_id, 1)
    (entry,) = golden.all()
    golden.save(WANG, entry.id, GoldQuestion("", "faq", "图书证怎么办？", must=(("一楼",),)), entry.version)
    book.withdraw(LI, entry_id, 2)
    assert [gold.must for gold in _golden(engine)] == [(("一楼",),)]


def test_any_telling_sentence_of_a_long_answer_will_do() -> None:
    gold = gold_of(_said(answer=LONG))
    assert judge(gold, _heard("第二步，交一百元押金。")) == ""
    assert judge(gold, _heard("第二步，交两百元押金。"))
    (alternatives,) = gold.must
    assert len(alternatives) == len(set(alternatives))


@pytest.mark.parametrize(
    "answer",
    [ANSWER, LONG, "见 A / B 两处。", "好。", "一个没有标点的很长的句子" * 30, "短。" * 200, "第一行\n第二行"],
)
def test_it_keeps_the_rules_of_its_form_and_comes_back_from_it_the_same(answer: str) -> None:
    gold = gold_of(_said(answer=answer))
    check(gold)
    assert gold_typed(typed_of(gold)) == gold
    assert judge(gold, _heard(answer)) == ""
