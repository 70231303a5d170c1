from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from api.accounts.staff import Actor
from api.db.reading import reading
from api.questions import unanswered as module
from api.questions.handled import HandledQuestions
from api.questions.period import Period
from api.questions.unanswered import Unanswered, unanswered, waiting_in_words
from tests.api.questions.rows import NOON, log

WANG = Actor("王主任", "10.1.1.1")
PERIOD = Period(date(2031, 5, 6), date(2031, 5, 6))


def _unanswered(engine: Engine, period: Period = PERIOD) -> Unanswered:
    with reading(engine) as session:
        return unanswered(session, period)


def test_the_same_text_counts_once_with_how_often_by_whom_and_where(engine: Engine) -> None:
    log(engine, "图书证怎么办？", session_hash="a")
    log(engine, "图书证怎么办", NOON + timedelta(minutes=1), session_hash="b", channel="wechat")
    log(engine, " 图书证 怎么办?", NOON + timedelta(minutes=2), session_hash="b")
    last = log(engine, "图书证怎么办！", NOON + timedelta(minutes=3), channel="desk")
    (asked,) = _unanswered(engine).asked
    assert (asked.count, asked.people, asked.text) == (4, frozenset({"a", "b"}), "图书证怎么办！")
    assert asked.answer_id == last
    assert asked.channels == {"web": 2, "wechat": 1, "desk": 1}
    assert f"{asked.last_at:%H:%M}" == "12:03"


@pytest.mark.parametrize(
    ("kind", "helpful", "waits"),
    [
        ("not_found", None, True),
        ("not_found", True, True),
        ("answer", False, True),
        ("list", False, True),
        ("answer", True, False),
        ("answer", None, False),
        ("clarify", None, False),
        ("declined", None, False),
        ("smalltalk", None, False),
    ],
)
def test_what_waits_is_what_nothing_was_found_for_or_a_thumb_went_down_on(
    engine: Engine, kind: str, helpful: bool | None, waits: bool
) -> None:
    log(engine, kind=kind, helpful=helpful)
    assert bool(_unanswered(engine).asked) == waits


def test_what_asks_nothing_waits_for_no_answer(engine: Engine) -> None:
    for text in ("？？？", "哈哈", "1111"):
        log(engine, text)
    log(engine, "谢谢", kind="answer", helpful=False)
    log(engine, "养狗")
    assert [asked.text for asked in _unanswered(engine).asked] == ["养狗"]


def test_those_that_wait_in_certain_words_are_found_once_each(engine: Engine) -> None:
    log(engine, "图书证怎么办")
    newest = log(engine, "图书证怎么办？", NOON + timedelta(minutes=1))
    done = log(engine, "养狗要办什么证")
    log(engine, "停水了怎么办")
    log(engine, "垃圾怎么分类", kind="answer")
    HandledQuestions(engine).dismiss(WANG, [done])
    texts = ("图书证怎么办？", "图书证怎么办", "养狗要办什么证", "垃圾怎么分类", "没有问过")
    with reading(engine) as session:
        assert waiting_in_words(session, PERIOD, texts) == (newest,)


def test_a_question_not_found_and_disliked_is_counted_once(engine: Engine) -> None:
    log(engine, helpful=False)
    assert [asked.count for asked in _unanswered(engine).asked] == [1]


def test_only_the_days_asked_for_count(engine: Engine) -> None:
    log(engine, at=PERIOD.starts - timedelta(seconds=1))
    log(engine, at=PERIOD.ends)
    assert not _unanswered(engine).asked


def test_what_was_dealt_with_leaves_and_so_does_the_same_text_asked_later(engine: Engine) -> None:
    first = log(engine, "你多大了？")
    log(engine, "图书证怎么办")
    HandledQuestions(engine).dismiss(WANG, [first])
    log(engine, "你多大了", NOON + timedelta(hours=1))
    assert [asked.text for asked in _unanswered(engine).asked] == ["图书证怎么办"]


def test_only_the_newest_are_read_and_that_is_told(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    for number in range(3):
        log(engine, f"问题{number}", NOON + timedelta(minutes=number))
    assert not _unanswered(engine).cut
    log(engine, "最新的", NOON + timedelta(hours=1), kind="answer", helpful=False)
    found = _unanswered(engine)
    assert found.cut
    assert [asked.text for asked in found.asked] == ["最新的", "问题2", "问题1"]
