"""Notices of requests: handed out until they are seen, overtaken by later ones, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.requests.errors import RequestValueWrong
from api.requests.ledger import Logged
from api.requests.notices import NoticeBox
from api.secrets import Secrets
from api.settings import Settings
from tests.api.databases import throwaway_engine
from tests.api.requests.office import LI, Office

SESSION = "s1"


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    for engine in throwaway_engine(request.param, tmp_path):
        yield Office(engine, Secrets.of(Settings(home=tmp_path)))


@pytest.fixture
def box(office: Office) -> NoticeBox:
    return NoticeBox(office.engine, now=lambda: office.now)


def _logged(office: Office, session_id: str = SESSION) -> Logged:
    return office.log(consent=True, session_id=session_id)


def _reply(office: Office, logged: Logged, text: str = "已修好。") -> None:
    office.casework.reply(LI, logged.no, None, text, "区城管局", close=False)


def _taken(office: Office, box: NoticeBox, seen: int | None, session_id: str = SESSION) -> list[int]:
    return [notice.id for notice in box.take(office.ledger.identity(session_id), "web", seen)]


def test_a_notice_is_handed_out_until_it_was_seen(office: Office, box: NoticeBox) -> None:
    _reply(office, _logged(office))
    (notice,) = _taken(office, box, 0)
    assert _taken(office, box, 0) == [notice]
    assert len(box.waiting()) == 1
    assert _taken(office, box, notice) == []
    assert box.waiting() == []
    assert _taken(office, box, 0) == []


def test_who_says_nothing_of_what_was_seen_gets_it_once(office: Office, box: NoticeBox) -> None:
    _reply(office, _logged(office))
    assert len(_taken(office, box, None)) == 1
    assert box.waiting() == []
    assert _taken(office, box, None) == []


def test_of_many_each_look_brings_the_next_ones(office: Office, box: NoticeBox) -> None:
    for _ in range(7):
        _reply(office, _logged(office))
    first = _taken(office, box, 0)
    second = _taken(office, box, first[-1])
    assert (len(first), len(second)) == (5, 2)
    assert [notice.id for notice in box.waiting()] == second
    assert _taken(office, box, second[-1]) == []
    assert box.waiting() == []


def test_what_one_citizen_saw_does_not_count_for_another(office: Office, box: NoticeBox) -> None:
    for session_id in ("s1", "s2"):
        _reply(office, _logged(office, session_id))
    (last,) = _taken(office, box, 0, "s2")
    assert _taken(office, box, last, "s2") == []
    assert len(_taken(office, box, 0, "s1")) == 1


def test_a_reply_that_came_after_the_one_that_was_seen_is_told_as_well(office: Office, box: NoticeBox) -> None:
    logged = _logged(office)
    _reply(office, logged, "正在修。")
    (seen,) = _taken(office, box, 0)
    _reply(office, logged, "全修好了。")
    (later,) = box.take(office.ledger.identity(SESSION), "web", seen)
    assert "全修好了。" in later.text
    assert [notice.id for notice in box.waiting()] == [later.id]


def test_a_clerk_who_told_what_has_been_overtaken_hears_so(office: Office, box: NoticeBox) -> None:
    logged = office.log(consent=True, contact="13800138000", channel="desk")
    _reply(office, logged, "正在修。")
    (told,) = box.waiting(only_calls=True)
    _reply(office, logged, "全修好了。")
    with pytest.raises(RequestValueWrong, match="刷新"):
        box.delivered(told.id, LI)
    assert ["全修好了。" in notice.text for notice in box.waiting(only_calls=True)] == [True]
