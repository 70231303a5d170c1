from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from api.questions.log import PER_PAGE, QuestionLog, Wanted
from tests.api.questions.rows import NOON, log

DAY = date(2031, 5, 6)


def _questions(engine: Engine, **wanted: Any) -> list[str]:
    page = QuestionLog(engine).page(Wanted(**wanted))
    assert page.total == len(page.lines)
    return [line.question for line in page.lines]


def test_rows_are_found_by_each_filter_and_by_all_together(engine: Engine) -> None:
    log(engine, "甲", kind="answer", document_id="lake", region="湖滨新区", topic="公开财政预算", helpful=True)
    log(engine, "乙", kind="list", channel="wechat", document_id="hill", helpful=False)
    log(engine, "丙", kind="clarify", channel="desk")
    assert _questions(engine) == ["丙", "乙", "甲"]
    assert _questions(engine, kinds=("answer", "list")) == ["乙", "甲"]
    assert _questions(engine, channel="desk") == ["丙"]
    assert _questions(engine, document="lake") == ["甲"]
    assert _questions(engine, region="湖滨新区") == ["甲"]
    assert _questions(engine, topic="公开财政预算") == ["甲"]
    assert _questions(engine, rating="up") == ["甲"]
    assert _questions(engine, rating="down") == ["乙"]
    assert _questions(engine, rating="none") == ["丙"]
    assert _questions(engine, text="丙", channel="desk", first=DAY, last=DAY) == ["丙"]
    assert _questions(engine, text="丙", channel="web") == []


def test_a_day_is_chinas_day(engine: Engine) -> None:
    log(engine, "前一天的最后一刻", datetime(2031, 5, 5, 15, 59, 59, tzinfo=UTC))
    log(engine, "当天零点", datetime(2031, 5, 5, 16, tzinfo=UTC))
    log(engine, "当天最后一刻", datetime(2031, 5, 6, 15, 59, 59, tzinfo=UTC))
    log(engine, "第二天零点", datetime(2031, 5, 6, 16, tzinfo=UTC))
    assert _questions(engine, first=DAY, last=DAY) == ["当天最后一刻", "当天零点"]
    (line,) = QuestionLog(engine).page(Wanted(text="当天零点")).lines
    assert f"{line.at:%Y-%m-%d %H:%M}" == "2031-05-06 00:00"


@pytest.mark.parametrize("text", ["100%", "a_b", "C:\\目录", "'; DROP TABLE answer_log; --", "VPN"])
def test_what_is_looked_for_is_taken_word_for_word(engine: Engine, text: str) -> None:
    log(engine, f"关于{text.lower()}的问题")
    log(engine, "100元 acb C:/目录 VPM")
    assert _questions(engine, text=text) == [f"关于{text.lower()}的问题"]


def test_pages_hold_every_row_once_though_rows_come_in_meanwhile(engine: Engine) -> None:
    for number in range(2 * PER_PAGE + 3):
        log(engine, f"问题{number}", NOON + timedelta(seconds=number))
    seen: list[str] = []
    before = None
    while True:
        page = QuestionLog(engine).page(Wanted(), before)
        seen += [line.question for line in page.lines]
        log(engine, "后来的", NOON + timedelta(hours=1))
        if page.older is None:
            break
        before = page.older
    assert seen == [f"问题{number}" for number in reversed(range(2 * PER_PAGE + 3))]


def test_an_export_takes_the_newest(engine: Engine) -> None:
    for number in range(5):
        log(engine, f"问题{number}")
    assert [line.question for line in QuestionLog(engine).newest(Wanted(), 2)] == ["问题4", "问题3"]
