"""A handover from the queue to its end, on SQLite, and on PostgreSQL where one is at hand."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.clock import CHINA
from api.db.models import Audit, Handover, HandoverMessage, Request
from api.errors import ApiError
from api.handover import citizen as citizen_module
from api.handover.asked_before import asked_before
from api.handover.citizen import LEFT, CitizenHandovers, Standing
from api.handover.desk import ENDED, JOINED, HandoverDesk
from api.handover.errors import (
    HandoverEnded,
    HandoverLineWrong,
    HandoverNotYours,
    HandoverQueueFull,
    HandoverTaken,
    UnknownHandover,
)
from api.handover.expiry import TOLD
from api.handover.lines import LONGEST_LINE, MOST_LINES, Line, kept
from api.handover.queue import HandoverQueue
from api.handover.reception import Reception
from api.handover.sweep import HandoverSweep
from api.rate_limit import RateLimit
from api.requests.errors import UnknownRequest
from api.requests.ledger import NewRequest, RequestLedger
from api.requests.workdays import WorkCalendar
from api.secrets import Secrets
from api.service_hours import ServiceHours
from api.settings import Settings
from tests.api.databases import throwaway_engine
from tests.api.requests.dates import due_dates

MORNING = datetime(2026, 11, 26, 10, 0, tzinfo=CHINA)  # a Thursday
HOURS = ServiceHours.parse("工作日 09:00-12:00,13:30-17:00", WorkCalendar())
WANG, LI = Actor("王坐席", "10.0.0.1"), Actor("李坐席", "10.0.0.2")
ASKED = [Line("citizen", "路灯坏了找谁？"), Line("bot", "没有找到。"), Line("citizen", "转人工")]


class Clock:
    def __init__(self) -> None:
        self.time = MORNING

    def __call__(self) -> datetime:
        return self.time

    def passes(self, **length: float) -> None:
        self.time += timedelta(**length)


class Hall:
    """Both sides of the handovers of one database, with one clock."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.clock = Clock()
        self.citizen = CitizenHandovers(engine, self.clock)
        self.desk = HandoverDesk(engine, self.clock)
        self.queue = HandoverQueue(engine, self.clock)
        self.sweep = HandoverSweep(engine, HOURS, self.clock)

    def open(self, session_hash: str = "a") -> int:
        """The number of the handover."""
        self.citizen.open(session_hash, "web", ASKED)
        with Session(self.engine) as session:
            return session.scalars(select(Handover.id).order_by(Handover.id.desc())).first() or 0

    def take(self, session_hash: str = "a", agent: Actor = WANG) -> int:
        number = self.open(session_hash)
        self.desk.take(agent, number)
        return number

    def say(self, text: str, session_hash: str = "a") -> bool:
        return self.citizen.append(session_hash, [Line("citizen", text)], only="taken")

    def received(self, session_hash: str = "a", seen: int | None = None) -> list[str]:
        return [line.text for line in self.citizen.deliver(session_hash, seen)]

    def state(self, session_hash: str = "a") -> str | None:
        standing = self.citizen.standing(session_hash)
        return standing.state if standing else None


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from throwaway_engine(request.param, tmp_path)


@pytest.fixture
def hall(engine: Engine) -> Hall:
    return Hall(engine)


def test_citizen_and_agent_talk_until_the_agent_ends_it(hall: Hall) -> None:
    number = hall.open()
    assert hall.citizen.standing("a") == Standing("waiting", 0)
    hall.desk.take(WANG, number)
    assert hall.state() == "taken"
    hall.desk.send(WANG, number, " 您好，请讲。 ")
    assert hall.received() == [JOINED, "您好，请讲。"]
    assert hall.say("路灯三天没亮了")
    hall.desk.end(WANG, number)
    assert hall.state() is None
    assert hall.received() == [ENDED]
    assert [(line.sender, line.text) for line in hall.queue.talk(number).lines] == [
        ("citizen", "路灯坏了找谁？"),
        ("bot", "没有找到。"),
        ("citizen", "转人工"),
        ("system", JOINED),
        ("agent", "您好，请讲。"),
        ("citizen", "路灯三天没亮了"),
        ("system", ENDED),
    ]


def test_the_queue_is_first_come_first_served_and_says_how_many_are_ahead(hall: Hall) -> None:
    first = hall.open("a")
    hall.clock.passes(minutes=2)
    hall.open("b")
    hall.open("c")
    assert [hall.citizen.standing(one) for one in "abc"] == [Standing("waiting", ahead) for ahead in (0, 1, 2)]
    assert [(item.id - first, item.minutes) for item in hall.queue.shown_to("王坐席").waiting] == [
        (0, 2),
        (1, 0),
        (2, 0),
    ]
    hall.desk.take(WANG, first)
    assert [hall.citizen.standing(one) for one in "bc"] == [Standing("waiting", 0), Standing("waiting", 1)]
    assert len(hall.queue.shown_to(LI.name).waiting) == 2


def test_asking_again_joins_the_open_handover(hall: Hall) -> None:
    number = hall.open()
    assert hall.citizen.open("a", "web", ASKED) == Standing("waiting", 0)
    hall.desk.take(WANG, number)
    assert hall.citizen.open("a", "web", ASKED) == Standing("taken", 0)
    hall.desk.end(WANG, number)
    assert hall.open() != number


def test_one_session_has_one_open_handover_however_often_it_asks_at_once(hall: Hall) -> None:
    start = Barrier(8)

    def ask(_: int) -> Standing:
        start.wait()
        return hall.citizen.open("a", "web", ASKED)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {Standing("waiting", 0)}
    with Session(hall.engine) as session:
        assert session.scalar(select(func.count()).select_from(Handover)) == 1
        assert session.scalar(select(func.count()).select_from(HandoverMessage)) == len(ASKED)


def test_of_many_agents_one_takes_it_and_the_others_are_told_by_whom(hall: Hall) -> None:
    number = hall.open()
    agents = [Actor(f"坐席{one}", None) for one in range(6)]
    start = Barrier(len(agents))

    def take(agent: Actor) -> str:
        start.wait()
        try:
            hall.desk.take(agent, number)
        except HandoverTaken as refused:
            return refused.message
        return ""

    with ThreadPoolExecutor(len(agents)) as pool:
        told = list(pool.map(take, agents))
    winner = agents[told.index("")].name
    assert [message for message in told if message] == [f"这位市民刚刚已由 {winner} 接入，请接待下一位。"] * 5
    assert hall.received() == [JOINED]
    with Session(hall.engine) as session:
        assert [row.account for row in session.scalars(select(Audit))] == [winner]


def test_a_line_is_delivered_once_however_many_ask_for_it_at_once(hall: Hall) -> None:
    number = hall.take()
    texts = [f"第{one}句" for one in range(10)]
    for text in texts:
        hall.desk.send(WANG, number, text)
    start = Barrier(6)

    def poll(_: int) -> list[str]:
        start.wait()
        return hall.received()

    with ThreadPoolExecutor(6) as pool:
        got = [text for polled in pool.map(poll, range(6)) for text in polled]
    assert sorted(got) == sorted([JOINED, *texts])


def test_lines_come_again_until_the_page_says_that_it_has_them(hall: Hall) -> None:
    number = hall.take()
    hall.desk.send(WANG, number, "一")
    first = hall.citizen.deliver("a", seen=0)
    assert [line.text for line in first] == [JOINED, "一"]
    assert hall.citizen.deliver("a", seen=0) == first
    hall.desk.send(WANG, number, "二")
    assert hall.received(seen=first[-1].id) == ["二"]
    assert hall.received() == ["二"]
    assert hall.received() == []


def test_nobody_gets_the_lines_of_another_session(hall: Hall) -> None:
    hall.take("a")
    hall.open("b")
    assert hall.received("b") == []
    assert hall.received("a") == [JOINED]
    assert not hall.say("我在排队", "b")


def test_only_who_took_it_may_speak_and_end(hall: Hall) -> None:
    number = hall.open()
    refused: list[Callable[[], None]] = [lambda: hall.desk.send(LI, number, "您好"), lambda: hall.desk.end(LI, number)]
    for action in refused:
        with pytest.raises(HandoverNotYours, match="还没有人接待"):
            action()
    hall.desk.take(WANG, number)
    hall.desk.take(WANG, number)
    for action in refused:
        with pytest.raises(HandoverNotYours, match="现在由 王坐席 接待"):
            action()
    with pytest.raises(HandoverTaken):
        hall.desk.take(LI, number)
    assert hall.received() == [JOINED]


def test_an_ended_handover_takes_nothing_any_more(hall: Hall) -> None:
    number = hall.take()
    assert hall.citizen.leave("a")
    assert not hall.citizen.leave("a")
    assert hall.queue.talk(number).lines[-1].text == LEFT
    for action in (hall.desk.take, hall.desk.end, lambda agent, one: hall.desk.send(agent, one, "您好")):
        with pytest.raises(HandoverEnded):
            action(WANG, number)
    assert not hall.say("还在吗")
    assert hall.received() == [JOINED]  # that the citizen left, the citizen knows


@pytest.mark.parametrize("action", [HandoverDesk.take, HandoverDesk.end])
def test_an_unknown_number_is_refused(hall: Hall, action: Callable[[HandoverDesk, Actor, int], None]) -> None:
    with pytest.raises(UnknownHandover, match="404"):
        action(hall.desk, WANG, 404)
    with pytest.raises(UnknownHandover):
        hall.queue.talk(404)


@pytest.mark.parametrize("text", ["", " \n", "长" * (LONGEST_LINE + 1), "\x00\x07"])
def test_a_line_must_say_something_and_not_too_much(hall: Hall, text: str) -> None:
    number = hall.take()
    with pytest.raises(HandoverLineWrong):
        hall.desk.send(WANG, number, text)


def test_what_the_citizen_says_is_masked_and_what_the_agent_says_is_not(hall: Hall) -> None:
    number = hall.take()
    hall.say("我的电话是13800138000")
    hall.desk.send(WANG, number, "区城管局的电话是0531-66602345")
    texts = [line.text for line in hall.queue.talk(number).lines]
    assert "我的电话是〔手机号〕" in texts
    assert "区城管局的电话是0531-66602345" in texts


def test_a_transcript_is_cut_to_its_last_lines_and_each_to_length() -> None:
    lines = [Line("citizen", " "), *(Line("citizen", f"第{one}句") for one in range(200)), Line("bot", "长" * 9000)]
    stored = kept(lines)
    assert len(stored) == MOST_LINES
    assert stored[0].text == f"第{200 - MOST_LINES + 1}句"
    assert len(stored[-1].text) == LONGEST_LINE
    assert stored[-1].text.endswith("…")


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("已登记，编号 20261126-0001，查询码 K7PMQ2WX。", "已登记，编号 20261126-0001，查询码 〔查询码〕。"),
        ("20261126-0001 k7pmq2wx", "20261126-0001 〔查询码〕"),
        ("查询码是K7PM-Q2WX", "查询码是〔查询码〕"),
        ("KPMQWXYZ", "〔查询码〕"),
        ("that then 20261126-0001", "that then 20261126-0001"),
        ("济政办发〔2023〕22号，2023年12月31日，99999999", "济政办发〔2023〕22号，2023年12月31日，99999999"),
    ],
)
def test_look_up_codes_stay_the_citizens_own(text: str, stored: str) -> None:
    assert kept([Line("bot", text)]) == [Line("bot", stored)]


def test_what_only_asks_for_a_person_is_not_what_it_is_about(hall: Hall) -> None:
    number = hall.open()
    talk = hall.queue.talk(number)
    assert (talk.about.glimpse, talk.question, talk.said_by_citizen) == ("路灯坏了找谁？",) * 3
    hall.citizen.append("a", [Line("citizen", "人" * 80)])
    assert hall.queue.talk(number).about.glimpse == "人" * 60 + "…"


def test_too_many_waiting_are_too_many(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(citizen_module, "MOST_WAITING", 2)
    hall.open("a")
    hall.open("b")
    with pytest.raises(HandoverQueueFull):
        hall.open("c")
    assert hall.citizen.open("a", "web", ASKED) == Standing("waiting", 0)


def test_a_silent_agent_loses_it_to_the_queue_where_it_stands_first(hall: Hall) -> None:
    number = hall.take("a")
    hall.open("b")
    hall.clock.passes(minutes=9, seconds=59)
    assert hall.sweep.once() == 0
    hall.clock.passes(seconds=1)
    assert hall.sweep.once() == 1
    assert hall.citizen.standing("a") == Standing("waiting", 0)
    assert hall.received() == [JOINED, TOLD["requeue"]]
    with pytest.raises(HandoverNotYours, match="十分钟没有回应"):
        hall.desk.send(WANG, number, "来了")
    hall.desk.take(LI, number)
    assert hall.queue.talk(number).about.taken_by == "李坐席"


def test_a_question_left_unanswered_for_ten_minutes_goes_back_too(hall: Hall) -> None:
    number = hall.take()
    hall.clock.passes(minutes=9)
    hall.desk.send(WANG, number, "请讲")
    hall.clock.passes(minutes=9)
    hall.say("路灯坏了")
    hall.clock.passes(minutes=5)
    hall.say("在吗")
    assert hall.sweep.once() == 0
    hall.clock.passes(minutes=5)
    assert hall.sweep.once() == 1
    assert hall.state() == "waiting"


def test_a_citizen_who_is_gone_frees_the_agent(hall: Hall) -> None:
    number = hall.take()
    hall.desk.send(WANG, number, "还有别的问题吗？")
    hall.clock.passes(minutes=29)
    assert hall.sweep.once() == 0
    hall.clock.passes(minutes=1)
    assert hall.sweep.once() == 1
    assert hall.state() is None
    assert hall.received()[-1] == TOLD["idle"]


def test_who_waits_too_long_is_offered_a_request(hall: Hall) -> None:
    hall.open()
    hall.clock.passes(minutes=14)
    hall.citizen.append("a", [Line("citizen", "顺便问一下"), Line("bot", "答")])
    assert hall.sweep.once() == 0
    hall.clock.passes(minutes=1)
    assert hall.sweep.once() == 1
    assert hall.state() is None
    assert hall.received() == [TOLD["busy"]]


def test_who_was_put_back_waits_a_full_quarter_of_an_hour_more(hall: Hall) -> None:
    hall.take()
    hall.clock.passes(minutes=10)
    hall.sweep.once()
    hall.clock.passes(minutes=14)
    assert hall.sweep.once() == 0
    hall.clock.passes(minutes=1)
    assert hall.sweep.once() == 1
    assert hall.state() is None


def test_the_end_of_the_hours_ends_the_queue_but_no_conversation(hall: Hall) -> None:
    hall.clock.time = MORNING.replace(hour=16, minute=55)
    hall.open("a")
    number = hall.take("b")
    hall.clock.passes(minutes=5)
    hall.desk.send(WANG, number, "马上就好")
    assert hall.sweep.once() == 1
    assert hall.received("a") == [TOLD["closed"]]
    assert hall.state("b") == "taken"


def test_a_look_asks_the_database_no_more_often_however_many_talk(hall: Hall) -> None:
    asked: list[str] = []
    event.listen(hall.engine, "before_cursor_execute", lambda *facts: asked.append(facts[2]))
    counts = []
    for session_hash in "abc":
        hall.take(session_hash)
        asked.clear()
        assert hall.sweep.once() == 0
        counts.append(sum(statement.startswith("SELECT") for statement in asked))
    assert counts == [2, 2, 2]


def test_each_talk_is_judged_by_its_own_lines(hall: Hall) -> None:
    quiet, answered = hall.take("a"), hall.take("b")
    hall.clock.passes(minutes=9)
    hall.desk.send(WANG, answered, "请讲")
    hall.clock.passes(minutes=1)
    assert hall.sweep.once() == 1
    assert (hall.state("a"), hall.state("b")) == ("waiting", "taken")
    assert hall.queue.talk(quiet).lines[-1].text == TOLD["requeue"]


def test_two_instances_that_look_at_once_change_it_once(hall: Hall) -> None:
    hall.take()
    hall.clock.passes(minutes=10)
    sweeps = [HandoverSweep(hall.engine, HOURS, hall.clock) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(HandoverSweep.once, sweeps)) == 1
    assert hall.received() == [JOINED, TOLD["requeue"]]


@pytest.mark.parametrize(
    ("moment", "state", "told"),
    [
        ("2026-11-26T10:00", "waiting", "您排在第一位"),
        ("2026-11-26T12:10", "closed_hours", "下次开始：今天 13:30"),
        ("2026-11-26T17:00", "closed_hours", "下次开始：明天 09:00"),
        ("2026-10-01T10:00", "closed_hours", "服务时间：工作日 09:00—12:00、13:30—17:00，下次开始：10月8日 09:00"),
        ("2025-10-11T10:00", "waiting", "您排在第一位"),  # 调休 Saturday
    ],
)
def test_people_are_let_in_within_the_hours_only(hall: Hall, moment: str, state: str, told: str) -> None:
    hall.clock.time = datetime.fromisoformat(moment).replace(tzinfo=CHINA)
    reception = Reception(hall.citizen, HOURS, RateLimit(9, 3600), "12345", hall.clock)
    received = reception.receive("a", "web", ASKED, "10.0.0.9")
    assert (received.state, hall.state()) == (state, "waiting" if state == "waiting" else None)
    assert told in received.message


def test_one_address_opens_only_so_many_but_goes_on_with_what_is_open(hall: Hall) -> None:
    reception = Reception(hall.citizen, HOURS, RateLimit(2, 3600), "12345", hall.clock)
    for session_hash in ("a", "b", "a", "b", "a"):
        reception.receive(session_hash, "web", ASKED, "203.0.113.5")
    with pytest.raises(ApiError) as refused:
        reception.receive("c", "web", ASKED, "203.0.113.5")
    assert refused.value.code == "rate_limited"
    assert reception.receive("c", "web", ASKED, "203.0.113.6").ahead == 2


def test_a_request_logged_from_it_is_the_citizens_own(hall: Hall, tmp_path: Path) -> None:
    ledger = RequestLedger(hall.engine, Secrets.of(Settings(home=tmp_path)), due_dates(), now=hall.clock)
    number = hall.take(ledger.identity("session"))
    logged = ledger.log(NewRequest("路灯三天没亮了", channel="desk", created_by=WANG.name))
    hall.desk.logged(WANG, number, logged.no)
    assert hall.queue.talk(number).about.request_no == logged.no
    assert [state.no for state in ledger.of_session("session")] == [logged.no]
    assert logged.no in hall.received(ledger.identity("session"))[-1]
    with Session(hall.engine) as session:
        assert [event.kind for event in session.get_one(Request, logged.no).events] == ["received", "change"]
    with pytest.raises(UnknownRequest):
        hall.desk.logged(WANG, number, "20261126-9999")


def test_nothing_is_known_of_a_session_that_asked_nothing(engine: Engine) -> None:
    assert asked_before(engine, "a", MORNING) == []
