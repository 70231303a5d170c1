"""What staff and citizens may do with a request, where it stands: every pair of action and state, and any order."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.db.models import Account, Notice, Request
from api.requests.casework import LONGEST_TEXT
from api.requests.changing import CITIZEN
from api.requests.errors import IllegalTransition, RequestChanged, RequestValueWrong, UnknownRequest
from api.requests.status import ALLOWED, STATUSES, Action, RequestStatus, actions_for
from api.secrets import Secrets
from api.settings import Settings
from tests.api.databases import throwaway_engine
from tests.api.requests.office import LI, MONDAY, ZHANG, Office


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def open_office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One for the module: each test logs requests of its own."""
    folder = tmp_path_factory.mktemp("office")
    for engine in throwaway_engine(request.param, folder):
        yield Office(engine, Secrets.of(Settings(home=folder)))


@pytest.fixture
def office(open_office: Office) -> Office:
    open_office.now = MONDAY
    return open_office


WAY: dict[Action, RequestStatus | None] = {
    "assign": None,
    "transfer": "transferred",
    "return": "returned",
    "ask_correction": "correction",
    "correct": "received",
    "extend": None,
    "remind": None,
    "reply": "answered",
    "close": "closed",
    "rate": "rated",
    "follow_up": None,
    "withdraw": "withdrawn",
    "change": None,
    "note": None,
}
"""Where an action leads; None: it stays where it is. 督办 needs a late request, 重新办理 leads to two states."""


def test_every_action_is_allowed_exactly_where_the_table_says_and_leads_where_it_should(office: Office) -> None:
    for action, leads_to in WAY.items():
        for status in STATUSES:
            logged = office.log()
            office.put(logged.no, status)
            before = office.row(logged.no)
            if status in ALLOWED[action]:
                office.do(action, logged)
                after = office.row(logged.no)
                assert after.status == (leads_to or status), (action, status)
                assert after.events[-1].kind == action, (action, status)
                assert after.version > before.version, (action, status)
            else:
                with pytest.raises(IllegalTransition):
                    office.do(action, logged)
                _require_untouched(office, before)


@pytest.mark.parametrize("status", STATUSES)
def test_supervision_is_for_what_is_late_and_still_open(office: Office, status: RequestStatus) -> None:
    logged = office.log()
    office.put(logged.no, status)
    before = office.row(logged.no)
    expected = RequestValueWrong if status in ALLOWED["supervise"] else IllegalTransition
    with pytest.raises(expected):
        office.do("supervise", logged)
    office.sleep(60)
    if status not in ALLOWED["supervise"]:
        with pytest.raises(IllegalTransition):
            office.do("supervise", logged)
        _require_untouched(office, before)
        return
    office.do("supervise", logged)
    assert office.row(logged.no).supervised_at is not None


@pytest.mark.parametrize("status", STATUSES)
def test_reopening_begins_anew_with_the_unit_that_had_it(office: Office, status: RequestStatus) -> None:
    logged = office.log()
    office.put(logged.no, status)
    before = office.row(logged.no)
    office.sleep(40)
    if status not in ALLOWED["reopen"]:
        with pytest.raises(IllegalTransition):
            office.do("reopen", logged)
        _require_untouched(office, before)
        return
    office.do("reopen", logged)
    row = office.row(logged.no)
    assert row.status == ("transferred" if before.unit else "received")
    assert (row.closed_at, row.extended_days) == (None, 0)
    assert (row.rating, row.rated_at) == (before.rating, before.rated_at)  # undone only by another rating
    assert row.clock_from == office.today
    assert row.due_on is not None
    assert row.due_on > office.today
    assert row.reply == before.reply
    state = office.ledger.state(logged.no, logged.code)
    assert (state.reply, state.rating) == (None, None)  # the citizen sees those that hold


def test_after_a_reopening_a_rating_is_kept_until_another_is_given(office: Office) -> None:
    logged = office.log()
    way: tuple[Action, ...] = ("transfer", "reply", "close", "rate", "reopen")
    for action in way:
        office.do(action, logged)
    row = office.row(logged.no)
    assert (row.rating, row.rating_comment, row.status) == (2, "没有修好", "transferred")
    assert "rating" not in (row.events[-1].new or {})
    office.casework.reply(LI, logged.no, None, "这次修好了。", "区城管局", close=True)
    assert office.row(logged.no).rating == 2
    assert "rate" in office.ledger.state(logged.no, logged.code).can
    office.casework.follow_up(LI, logged.no, None, "说这次修好了", 4)
    row = office.row(logged.no)
    assert (row.status, row.rating, row.rating_comment) == ("rated", 4, None)
    assert row.events[-1].old == {"status": "closed", "rating": 2, "rating_comment": "没有修好"}


def _require_untouched(office: Office, before: Request) -> None:
    after = office.row(before.no)
    assert (after.version, after.status, after.updated_at) == (before.version, before.status, before.updated_at)
    assert len(after.events) == len(before.events)


def test_an_action_of_a_request_that_is_not_there_is_told_apart(office: Office) -> None:
    for no in ("20990101-0001", "", "\x00", "不是编号" * 30):
        with pytest.raises(UnknownRequest):
            office.casework.note(LI, no, None, "备注")


def test_a_request_goes_from_receipt_to_rating_with_an_event_for_each_step(office: Office) -> None:
    logged = office.log()
    for action in ("assign", "transfer", "remind", "reply", "close", "rate", "follow_up"):
        office.do(action, logged)  # type: ignore[arg-type]
    row = office.row(logged.no)
    kinds = [event.kind for event in row.events]
    assert kinds == ["received", "assign", "transfer", "remind", "reply", "close", "rate", "follow_up"]
    assert (row.status, row.rating, row.rating_comment) == ("rated", 2, "没有修好")
    assert (row.events[2].old, row.events[2].new) == (
        {"status": "received", "unit": None},
        {"status": "transferred", "unit": "区城管局"},
    )
    assert [event.kind for event in row.events if not event.public] == ["assign", "follow_up"]


def test_rating_an_answer_closes_the_request_in_one_go(office: Office) -> None:
    logged = office.log()
    office.do("reply", logged)
    office.do("rate", logged)
    row = office.row(logged.no)
    assert [event.kind for event in row.events] == ["received", "reply", "close", "rate"]
    assert row.closed_at is not None


def test_a_reply_closes_at_once_where_that_is_wanted(office: Office) -> None:
    logged = office.log()
    office.casework.reply(LI, logged.no, None, "已修好。", "区城管局", close=True)
    row = office.row(logged.no)
    assert (row.status, row.unit, [event.kind for event in row.events][-2:]) == (
        "closed",
        "区城管局",
        ["reply", "close"],
    )


def test_what_is_returned_is_proposed_to_whom_the_unit_named(office: Office) -> None:
    proposals = (
        {"unit": "区城管局", "role": "lead", "reason": "任务"},
        {"unit": "湖滨街道", "role": "lead", "reason": "旧"},
    )
    logged = office.log(proposals=proposals)
    office.do("transfer", logged)
    office.do("return", logged)
    row = office.row(logged.no)
    assert (row.status, row.unit) == ("returned", None)
    assert [(each["unit"], each["reason"]) for each in row.proposals] == [
        ("湖滨街道", "区城管局退回时提出"),
        ("区城管局", "任务"),
    ]
    assert row.events[-1].note == "不归我们管（建议转：湖滨街道）"


def test_the_clock_waits_for_a_correction_and_runs_anew_from_it(office: Office) -> None:
    logged = office.log(consent=True, contact="13800138000")
    assert logged.due_on == date(2026, 12, 2)  # seven working days after Monday, 23 November
    office.do("ask_correction", logged)
    assert office.row(logged.no).due_on is None
    office.sleep(30)
    assert office.row(logged.no).due_on is None
    office.do("correct", logged)
    row = office.row(logged.no)
    assert (row.status, row.clock_from) == ("received", date(2026, 12, 23))
    assert row.due_on is not None
    assert office.due.calendar.between(row.clock_from, row.due_on) == 7
    assert row.content.endswith("〔补充〕在人民路")
    with Session(office.engine) as session:
        told = session.scalars(select(Notice.kind).where(Notice.request_no == logged.no))
        assert told.all() == ["correction"]


def test_a_correction_goes_back_to_the_unit_that_waited_for_it(office: Office) -> None:
    logged = office.log()
    office.do("transfer", logged)
    office.do("ask_correction", logged)
    office.ledger.correct(logged.no, logged.code, "在人民路38号门口")
    row = office.row(logged.no)
    assert (row.status, row.unit) == ("transferred", "区城管局")
    assert row.events[-1].actor == "（诉求人）"


def test_a_correction_is_asked_for_once_only(office: Office) -> None:
    logged = office.log()
    office.do("ask_correction", logged)
    office.do("correct", logged)
    with pytest.raises(RequestValueWrong, match="已经要求过一次补正"):
        office.do("ask_correction", logged)
    assert office.row(logged.no).status == "received"


@pytest.mark.parametrize("days", [0, -1, 9, 10_000])
def test_an_extension_over_the_limit_is_refused(office: Office, days: int) -> None:
    logged = office.log()
    with pytest.raises(RequestValueWrong, match="最多还能延长 8 个工作日"):
        office.casework.extend(LI, logged.no, None, days, "要等配件")
    assert office.row(logged.no).extended_days == 0


def test_extensions_add_up_to_the_limit_and_no_further(office: Office) -> None:
    logged = office.log()
    office.casework.extend(LI, logged.no, None, 5, "要等配件")
    assert office.row(logged.no).due_on == date(2026, 12, 9)
    office.casework.extend(LI, logged.no, None, 3, "配件没到")
    assert office.row(logged.no).due_on == date(2026, 12, 14)
    with pytest.raises(RequestValueWrong, match="已经不能再延长"):
        office.casework.extend(LI, logged.no, None, 1, "还是没到")


def test_an_extension_comes_before_the_last_day_has_passed(office: Office) -> None:
    logged = office.log()
    office.sleep(9)  # 2 December, the last day
    office.casework.extend(LI, logged.no, None, 1, "要等配件")
    office.sleep(2)
    with pytest.raises(RequestValueWrong, match="只能在到期之前延期"):
        office.casework.extend(LI, logged.no, None, 1, "要等配件")


def test_the_kind_and_the_place_change_the_time_limit(office: Office) -> None:
    logged = office.log(kind="consultation", region="广州市")
    assert logged.due_on == date(2026, 11, 25)
    office.casework.change(LI, logged.no, None, kind="complaint", region="广州市")
    assert office.row(logged.no).due_on == date(2026, 12, 14)
    office.casework.change(LI, logged.no, None, kind="complaint", region="济南市")
    assert office.row(logged.no).due_on == date(2026, 11, 30)


def test_of_two_agents_the_second_is_told_who_was_first_and_nothing_is_changed(office: Office) -> None:
    logged = office.log()
    seen = office.row(logged.no).version
    office.casework.transfer(ZHANG, logged.no, seen, "区财政局")
    before = office.row(logged.no)
    for action in ("transfer", "reply", "note", "assign", "extend", "withdraw"):
        with pytest.raises(RequestChanged, match="刚刚被张坐席改过"):
            office.do(action, logged, seen=seen)  # type: ignore[arg-type]
    _require_untouched(office, before)
    office.do("reply", logged, seen=before.version)


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01", "长" * (LONGEST_TEXT + 1)])
def test_texts_that_say_nothing_or_too_much_are_refused(office: Office, text: str) -> None:
    logged = office.log()
    work, no = office.casework, logged.no
    for act in (
        lambda: work.note(LI, no, None, text),
        lambda: work.reply(LI, no, None, text, "区城管局", close=True),
        lambda: work.ask_correction(LI, no, None, text),
        lambda: work.withdraw(LI, no, None, text),
        lambda: work.extend(LI, no, None, 1, text),
    ):
        with pytest.raises(RequestValueWrong):
            act()
    assert [event.kind for event in office.row(no).events] == ["received"]


@pytest.mark.parametrize("unit", ["", "  ", "局" * 101])
def test_a_unit_needs_a_name(office: Office, unit: str) -> None:
    logged = office.log()
    with pytest.raises(RequestValueWrong) as caught:
        office.casework.transfer(LI, logged.no, None, unit)
    assert caught.value.field == "unit"
    with pytest.raises(RequestValueWrong):
        office.casework.reply(LI, logged.no, None, "已修好。", unit, close=True)
    assert office.row(logged.no).status == "received"


def test_only_accounts_in_use_are_given_requests(office: Office) -> None:
    logged = office.log()
    with Session(office.engine) as session, session.begin():
        facts = {"role": "agent", "password_hash": "", "active": False}
        session.add(Account(name="赵离职", created_at=office.now, password_changed_at=office.now, **facts))
    for name in ("赵离职", "没有这个人", ""):
        with pytest.raises(RequestValueWrong):
            office.casework.assign(LI, logged.no, None, name)


def test_personal_data_in_what_staff_write_is_masked_but_the_office_number_in_a_reply_stays(office: Office) -> None:
    logged = office.log()
    office.casework.note(LI, logged.no, None, "来电人手机13800138000")
    office.casework.reply(LI, logged.no, None, "请拨打0531-88889999咨询。", "区城管局", close=True)
    row = office.row(logged.no)
    assert [event.note for event in row.events][1:3] == ["来电人手机〔手机号〕", "请拨打0531-88889999咨询。"]


def test_a_rating_told_by_telephone_does_not_replace_one_the_citizen_gave(office: Office) -> None:
    logged = office.log()
    office.casework.reply(LI, logged.no, None, "已修好。", "区城管局", close=True)
    office.casework.follow_up(LI, logged.no, None, "说修好了", 5)
    assert (office.row(logged.no).status, office.row(logged.no).rating) == ("rated", 5)
    with pytest.raises(RequestValueWrong, match="回访不能改评价"):
        office.casework.follow_up(LI, logged.no, None, "又说没修好", 1)
    for level in (0, 6, -1):
        other = office.log()
        office.casework.reply(LI, other.no, None, "已修好。", "区城管局", close=True)
        with pytest.raises(RequestValueWrong):
            office.casework.follow_up(LI, other.no, None, "回访", level)
        assert office.row(other.no).status == "closed"


def test_a_citizen_reminds_once_a_day(office: Office) -> None:
    logged = office.log()
    for _ in range(3):
        office.ledger.remind(logged.no, logged.code)
    assert office.row(logged.no).reminders == 1
    office.sleep(1)
    office.ledger.remind(logged.no, logged.code)
    assert office.row(logged.no).reminders == 2


def test_a_citizen_is_heard_also_on_a_day_on_which_staff_have_reminded(office: Office) -> None:
    logged = office.log()
    office.casework.remind(LI, logged.no, None)
    office.ledger.remind(logged.no, logged.code)
    assert [event.actor for event in office.row(logged.no).events if event.kind == "remind"] == [LI.name, CITIZEN]


def test_who_agreed_to_be_told_is_told_of_the_last_reply_only_once(office: Office) -> None:
    logged = office.log(consent=True, contact="13800138000")
    silent = office.log(consent=False, contact="13800138000")
    for no in (logged.no, silent.no):
        office.casework.reply(LI, no, None, "正在修。", "区城管局", close=False)
        office.casework.reply(LI, no, None, "已修好。", "区城管局", close=True)
    with Session(office.engine) as session:
        rows = select(Notice).where(Notice.request_no.in_((logged.no, silent.no)))
        notices = session.scalars(rows).all()
    assert [(notice.request_no, notice.kind) for notice in notices] == [(logged.no, "replied")]
    assert "已修好。（区城管局）" in notices[0].text


def test_the_actions_offered_are_those_that_are_allowed() -> None:
    for status in STATUSES:
        assert set(actions_for(status)) == {action for action, allowed in ALLOWED.items() if status in allowed}
    assert {"rate", "reopen", "reply", "close"} <= set(actions_for("answered"))
    assert "reply" not in actions_for("closed")


def test_of_many_agents_at_the_same_moment_exactly_one_is_heard(office: Office) -> None:
    logged = office.log()
    seen = office.row(logged.no).version

    def transfer(number: int) -> bool:
        try:
            office.casework.transfer(LI, logged.no, seen, f"第{number}局")
        except RequestChanged:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        heard = list(pool.map(transfer, range(8)))
    row = office.row(logged.no)
    assert heard.count(True) == 1
    assert row.unit == f"第{heard.index(True)}局"
    assert [event.kind for event in row.events] == ["received", "transfer"]
