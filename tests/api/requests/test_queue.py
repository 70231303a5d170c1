"""The lists of the desk, on SQLite and on PostgreSQL where one is at hand."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.orm import Session

from api.db.models import Request
from api.db.reading import reading
from api.requests import export
from api.requests.due import closed_on, is_overdue
from api.requests.export import sheet_of
from api.requests.ledger import NewRequest
from api.requests.notices import NoticeBox
from api.requests.queue import PER_PAGE, QUEUE_LABELS, Queue, RequestQueue, Wanted
from api.requests.statistics import UnitFigures, unit_figures
from api.requests.status import STATUSES, Action
from api.secrets import Secrets
from api.settings import Settings
from tests.api.databases import throwaway_engine
from tests.api.requests.dates import due_dates
from tests.api.requests.office import LI, MONDAY, ZHANG, Office

TODAY = date(2026, 11, 26)  # a Thursday


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    yield from throwaway_engine(request.param, tmp_path_factory.mktemp("queue"))


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    for engine in throwaway_engine(request.param, tmp_path):
        yield Office(engine, Secrets.of(Settings(home=tmp_path)))


class Rows:
    """Requests as a test needs them, written straight into the table."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.count = 0

    def add(self, **facts: object) -> str:
        self.count += 1
        at = datetime(2026, 11, 20, 2, 0, tzinfo=UTC) + timedelta(minutes=self.count)
        usual = {
            "no": f"20261120-{self.count:04d}", "code_hash": "", "kind": "help", "content": f"诉求{self.count}",
            "consent": False, "channel": "web", "status": "received", "proposals": [], "clock_from": date(2026, 11, 20),
            "due_on": TODAY, "due_provisional": False, "extended_days": 0, "reminders": 0, "created_at": at,
            "updated_at": at, "version": 1,
        }  # fmt: skip
        with self.engine.begin() as connection:
            connection.execute(insert(Request).values(**(usual | facts)))
        return str((usual | facts)["no"])


@pytest.fixture
def rows(engine: Engine) -> Rows:
    return Rows(engine)


@pytest.fixture(autouse=True)
def _nothing_there_yet(request: pytest.FixtureRequest) -> None:
    if "engine" in request.fixturenames:
        with request.getfixturevalue("engine").begin() as connection:
            connection.execute(delete(Request))


def found(engine: Engine, wanted: Wanted, me: str = LI.name) -> list[str]:
    return [item.no for item in queue_of(engine).board(me, wanted).items]


def queue_of(engine: Engine, today: date = TODAY) -> RequestQueue:
    return RequestQueue(engine, due_dates(), today)


def test_what_is_late_comes_first_then_what_soon_will_be_then_the_rest_and_what_waits_last(
    engine: Engine, rows: Rows
) -> None:
    waits = rows.add(status="correction", due_on=None)
    later = rows.add(due_on=date(2026, 12, 10))
    today = rows.add(due_on=TODAY)
    late = rows.add(due_on=date(2026, 11, 25), status="transferred", unit="区城管局")
    tomorrow = rows.add(due_on=date(2026, 11, 27))
    later_still = rows.add(due_on=date(2026, 12, 11), status="answered")
    rows.add(status="closed", closed_at=MONDAY)
    items = queue_of(engine).board(LI.name, Wanted("open")).items
    assert [item.no for item in items] == [late, today, tomorrow, later, later_still, waits]
    facts = [(item.overdue, item.soon, item.left) for item in items]
    assert facts[:3] == [(True, False, -1), (False, True, 0), (False, True, 1)]
    assert facts[3:] == [(False, False, 10), (False, False, 11), (False, False, None)]


def test_each_list_holds_what_its_name_says_and_is_counted(engine: Engine, rows: Rows) -> None:
    mine = rows.add(assignee=LI.name, status="transferred", unit="区城管局")
    rows.add(assignee=LI.name, status="closed", closed_at=MONDAY)
    theirs = rows.add(assignee=ZHANG.name)
    fresh = rows.add()
    correction = rows.add(status="correction", due_on=None)
    returned = rows.add(status="returned")
    rated = rows.add(status="rated", rating=5, rated_at=MONDAY, closed_at=MONDAY)
    bad = rows.add(status="rated", rating=1, rated_at=MONDAY, closed_at=MONDAY)
    rows.add(status="withdrawn", closed_at=MONDAY)
    expected: dict[Queue, set[str]] = {
        "mine": {mine},
        "open": {mine, theirs, fresh, correction, returned},
        "unassigned": {theirs, fresh},
        "correction": {correction},
        "returned": {returned},
        "bad": {bad},
    }
    for queue, numbers in expected.items():
        assert set(found(engine, Wanted(queue))) == numbers, queue
    assert {rated, bad} < set(found(engine, Wanted("done")))
    counts = queue_of(engine).counts(LI.name)
    assert {queue: counts[queue] for queue in expected} == {queue: len(numbers) for queue, numbers in expected.items()}
    assert (counts["done"], counts["all"], counts["calls"]) == (3, 9, 0)
    assert counts.keys() == QUEUE_LABELS.keys()
    assert queue_of(engine).counts("没有这个人")["mine"] == 0


def test_a_bad_rating_waits_until_somebody_has_called_after_it(office: Office) -> None:
    logged = office.log()
    office.casework.reply(LI, logged.no, None, "已修好。", "区城管局", close=True)
    office.casework.follow_up(LI, logged.no, None, "没有人接")
    office.ledger.rate(logged.no, logged.code, 1)
    assert found(office.engine, Wanted("bad")) == [logged.no]
    office.casework.follow_up(LI, logged.no, None, "说还是不亮，已再派人")
    assert found(office.engine, Wanted("bad")) == []
    told = office.log()
    office.casework.reply(LI, told.no, None, "已修好。", "区城管局", close=True)
    office.casework.follow_up(LI, told.no, None, "说没修好", 2)
    assert found(office.engine, Wanted("bad")) == []


def test_reopening_takes_no_bad_rating_out_of_the_lists(office: Office) -> None:
    logged = office.log()
    way: tuple[Action, ...] = ("transfer", "reply", "close", "rate", "reopen")
    for action in way:
        office.do(action, logged)
    for wanted in (Wanted("bad"), Wanted("all", rating=2), Wanted("open", rating=2)):
        assert found(office.engine, wanted) == [logged.no]
    assert queue_of(office.engine, office.today).counts(LI.name)["bad"] == 1
    (figures,) = _figures(office)
    assert (figures.bad, figures.open, figures.satisfaction) == (1, 1, 0.0)
    office.casework.reply(LI, logged.no, None, "这次修好了。", "区城管局", close=True)
    assert found(office.engine, Wanted("bad")) == [logged.no]
    assert found(office.engine, Wanted("done", rating=0)) == []
    office.ledger.rate(logged.no, logged.code, 5)
    assert found(office.engine, Wanted("bad")) == []
    (figures,) = _figures(office)
    assert (figures.bad, figures.ratings[5]) == (0, 1)


def _figures(office: Office) -> list[UnitFigures]:
    with reading(office.engine) as session:
        return unit_figures(session, office.now - timedelta(days=9), office.now + timedelta(days=9), office.today)


def test_a_notice_is_for_a_call_where_no_conversation_can_bring_it_or_none_has_for_a_day(office: Office) -> None:
    by_call = office.log(consent=True, contact="13800138000", channel="desk")
    in_chat = office.log(consent=True, contact="13800138000", session_id="s1")
    without_number = office.log(consent=True, session_id="s2")
    for logged in (by_call, in_chat, without_number):
        office.casework.reply(LI, logged.no, None, "已修好。", "区城管局", close=True)
    box = NoticeBox(office.engine, now=lambda: office.now)
    for days, expected in ((0, [by_call.no]), (1, [by_call.no, in_chat.no])):
        office.sleep(days)
        assert [notice.request_no for notice in box.waiting(only_calls=True)] == expected
        queue = queue_of(office.engine, office.today)
        assert queue.counts(LI.name)["calls"] == len(expected)
        assert {item.no for item in queue.board(LI.name, Wanted("calls")).items} == set(expected)
    assert [notice.request_no for notice in box.waiting(only_calls=True, no=in_chat.no)] == [in_chat.no]
    assert len(box.waiting()) == 3
    for notice in box.waiting(only_calls=True):
        box.delivered(notice.id, LI)
    assert queue_of(office.engine, office.today).counts(LI.name)["calls"] == 0


FILTERS: list[tuple[dict[str, object], Wanted]] = [
    ({"status": "returned"}, Wanted(status="returned")),
    ({"kind": "complaint"}, Wanted(kind="complaint")),
    ({"region": "济南市"}, Wanted(region="济南市")),
    ({"unit": "区城管局", "status": "transferred"}, Wanted(unit="区城管局")),
    ({"channel": "wechat"}, Wanted(channel="wechat")),
    ({"assignee": ZHANG.name}, Wanted(assignee=ZHANG.name)),
    ({"rating": 2, "status": "rated", "rated_at": MONDAY, "closed_at": MONDAY}, Wanted(rating=2)),
    ({"due_on": date(2026, 11, 25)}, Wanted(overdue=True)),
    ({"content": "人民路100%的路灯_不亮"}, Wanted(text="0%的路灯_")),
    ({"question": "路灯归谁管？"}, Wanted(text="归谁管")),
    ({"content": "Wi-Fi 太慢"}, Wanted(text="wi-fi")),
    ({"no": "20261121-0007"}, Wanted(text="1121-00")),
]


@pytest.mark.parametrize(("facts", "wanted"), FILTERS, ids=lambda value: str(value)[:40])
def test_a_filter_finds_what_it_names_and_nothing_else(
    engine: Engine, rows: Rows, facts: dict[str, object], wanted: Wanted
) -> None:
    rows.add(content="别的事")
    no = rows.add(**facts)
    assert found(engine, wanted) == [no]


def test_what_is_not_rated_is_a_filter_of_its_own(engine: Engine, rows: Rows) -> None:
    rows.add(rating=3, status="rated", rated_at=MONDAY, closed_at=MONDAY)
    silent = rows.add(status="closed", closed_at=MONDAY)
    assert found(engine, Wanted(rating=0)) == [silent]


def test_days_of_receipt_are_chinas_and_both_are_included(engine: Engine, rows: Rows) -> None:
    before = rows.add(created_at=datetime(2026, 11, 22, 15, 59, 59, tzinfo=UTC))
    first = rows.add(created_at=datetime(2026, 11, 22, 16, 0, tzinfo=UTC))  # midnight of the 23rd in China
    last = rows.add(created_at=datetime(2026, 11, 24, 15, 59, 59, tzinfo=UTC))
    after = rows.add(created_at=datetime(2026, 11, 24, 16, 0, tzinfo=UTC))
    within = Wanted(since=date(2026, 11, 23), until=date(2026, 11, 24))
    assert set(found(engine, within)) == {first, last}
    assert before not in found(engine, Wanted(since=date(2026, 11, 23)))
    assert after not in found(engine, Wanted(until=date(2026, 11, 24)))
    assert len(found(engine, Wanted(since=date.min, until=date.max))) == 4


@hypothesis_settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    cases=st.lists(
        st.tuples(
            st.sampled_from(STATUSES),
            st.none() | st.dates(date(2026, 11, 20), date(2026, 12, 2)),
            st.none() | st.datetimes(datetime(2026, 11, 20), datetime(2026, 12, 2)),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_the_database_calls_late_what_the_rule_calls_late(
    engine: Engine, cases: list[tuple[str, date | None, datetime | None]]
) -> None:
    with engine.begin() as connection:
        connection.execute(delete(Request))
    rows = Rows(engine)
    for status, due_on, closed_at in cases:
        rows.add(status=status, due_on=due_on, closed_at=closed_at and closed_at.replace(tzinfo=UTC))
    with Session(engine) as session:
        late = {
            row.no
            for row in session.scalars(select(Request))
            if is_overdue(row.status, row.due_on, closed_on(row), TODAY)
        }
    assert set(found(engine, Wanted(overdue=True))) == late
    shown = queue_of(engine).board(LI.name, Wanted()).items
    assert {item.no for item in shown if item.overdue} == late


def test_pages_hold_every_request_once(engine: Engine, rows: Rows) -> None:
    for _ in range(PER_PAGE + 7):
        rows.add()
    first, second, beyond = (queue_of(engine).board("", Wanted("open", page=page)) for page in (1, 2, 99))
    numbers = [item.no for item in (*first.items, *second.items)]
    assert (len(first.items), len(second.items), len(set(numbers))) == (PER_PAGE, 7, PER_PAGE + 7)
    assert (first.total, first.pages, beyond.page) == (PER_PAGE + 7, 2, 2)
    assert beyond.items == second.items


@pytest.mark.parametrize("text", ["'; DROP TABLE request; --", "%", "_", "\\", "长" * 100])
def test_what_is_looked_for_is_never_a_pattern_or_a_statement(engine: Engine, rows: Rows, text: str) -> None:
    rows.add(content="路灯不亮")
    assert found(engine, Wanted(text=text)) == []
    assert len(found(engine, Wanted())) == 1


def test_a_callers_requests_are_found_by_the_hash_of_the_number(office: Office) -> None:
    first = office.log(contact="13800138000").no
    second = office.log(contact="138-0013-8000（晚上打）").no
    office.log(contact="13900139000")
    found_by = office.ledger.contact_hash("+86 138 0013 8000")
    items = queue_of(office.engine).of_contact(found_by)
    assert [item.no for item in items] == [second, first]
    assert [item.no for item in queue_of(office.engine).of_contact(found_by, without=second)] == [first]


def test_the_choices_of_the_filters_are_what_requests_have(engine: Engine, rows: Rows) -> None:
    for region, unit in (("济南市", "区城管局"), ("济南市", None), (None, "区财政局")):
        rows.add(region=region, unit=unit, status="transferred")
    regions, units = queue_of(engine).choices()
    assert regions == ["济南市"]
    assert sorted(units) == sorted(["区城管局", "区财政局"])


def test_the_sheet_holds_the_filtered_list_without_contacts_and_without_formulas(office: Office) -> None:
    office.ledger.log(NewRequest('=HYPERLINK("http://x")点这里', region="+86地区"))
    office.log(region="济南市", contact="13800138000", name="王小明")
    queue = queue_of(office.engine)
    cells = cells_of(sheet_of(queue, LI.name, Wanted()))
    assert cells[0][:2] == ["编号", "状态"]
    assert len(cells) == 3
    text = "".join(map(str, (cell for row in cells for cell in row)))
    assert "13800138000" not in text
    assert "王小明" not in text
    assert "'=HYPERLINK" in text
    assert [row[3] for row in cells_of(sheet_of(queue, LI.name, Wanted(region="济南市")))[1:]] == ["济南市"]


def test_a_sheet_that_is_cut_off_says_so(engine: Engine, rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MOST_ROWS", 2)
    for _ in range(3):
        rows.add()
    cells = cells_of(sheet_of(queue_of(engine), LI.name, Wanted()))
    assert len(cells) == 4
    assert "只导出了前 2 条" in str(cells[-1][0])
    monkeypatch.setattr(export, "MOST_ROWS", 3)
    assert len(cells_of(sheet_of(queue_of(engine), LI.name, Wanted()))) == 4


def cells_of(sheet: bytes) -> list[list[object]]:
    workbook = openpyxl.load_workbook(io.BytesIO(sheet))
    assert workbook.active is not None
    assert all(cell.data_type != "f" for row in workbook.active.iter_rows() for cell in row)
    return [[cell.value for cell in row] for row in workbook.active.iter_rows()]
