"""A message is taken once and told once, whoever asks for it, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.db.models import WechatFollower, WechatMessage
from api.secrets import Secrets
from api.settings import Settings
from api.wechat.account import AFTER_CLICK, AFTER_MESSAGE, Allowance
from api.wechat.book import LEASE, SENDING_LEASE, MessageBook, Promise, Taken
from api.wechat.rendering import said
from api.wechat.turns import its_turn
from tests.api.databases import throwaway_engine
from tests.api.publication.office import Clock

WHO, OTHER = "oFollower000000000000000001", "oFollower000000000000000002"
ANSWER = said("由区财政局负责。")
PAST_LEASE = LEASE + timedelta(seconds=1)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from throwaway_engine(request.param, tmp_path)


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))


@pytest.fixture
def book(engine: Engine, tmp_path: Path, clock: Clock) -> MessageBook:
    return MessageBook(engine, Secrets.of(Settings(home=tmp_path)), now=clock)


@pytest.fixture
def other_process(engine: Engine, tmp_path: Path, clock: Clock) -> MessageBook:
    return MessageBook(engine, Secrets.of(Settings(home=tmp_path)), now=clock)


def _promised(book: MessageBook, key: str, how: Promise = "custom") -> Taken:
    taken = book.take(key, WHO, "预算由谁负责")
    promised = book.promise(taken.key_hash, how)
    assert promised is not None
    return promised


def test_of_many_deliveries_at_once_one_has_to_find_the_answer(book: MessageBook, other_process: MessageBook) -> None:
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda n: (book, other_process)[n % 2].take("1", WHO, "预算"), range(16)))
    assert sum(one.mine for one in taken) == 1
    assert len({one.ticket for one in taken}) == 1


def test_the_first_messages_of_one_follower_may_come_at_once(book: MessageBook, other_process: MessageBook) -> None:
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda n: (book, other_process)[n % 2].take(str(n), WHO, "预算"), range(16)))
    assert all(one.mine for one in taken)


def test_another_process_sees_the_answer_and_tells_it_only_where_it_is_the_first(
    book: MessageBook, other_process: MessageBook
) -> None:
    taken = book.take("1", WHO, "预算")
    book.finish(taken.key_hash, ANSWER)
    seen = other_process.take("1", WHO, "预算")
    assert (seen.mine, seen.state, seen.reply) == (False, "ready", ANSWER)
    assert [other_process.told(taken.key_hash, "reply"), book.told(taken.key_hash, "reply")] == [True, False]


def test_of_many_that_would_tell_it_one_does(book: MessageBook, other_process: MessageBook) -> None:
    taken = _promised(book, "1")
    book.finish(taken.key_hash, ANSWER)
    with ThreadPoolExecutor(8) as pool:
        claims = pool.map(lambda n: (book, other_process)[n % 2].claim(taken.key_hash), range(8))
        tells = pool.map(lambda n: (book, other_process)[n % 2].told(taken.key_hash, "link"), range(8))
        assert sum(claims) + sum(tells) == 1


def test_nothing_is_promised_once_there_is_an_answer_and_the_first_answer_stays(book: MessageBook) -> None:
    taken = book.take("1", WHO, "预算")
    book.finish(taken.key_hash, ANSWER)
    again = book.finish(taken.key_hash, said("另一个答案"))
    promised = book.promise(taken.key_hash, "custom")
    assert promised is not None and again is not None
    assert (promised.state, promised.promised, again.reply) == ("ready", None, ANSWER)


def test_whoever_left_is_promised_and_told_nothing(book: MessageBook) -> None:
    taken = _promised(book, "1")
    book.forget(WHO)
    assert book.promise(taken.key_hash, "custom") is None
    assert book.finish(taken.key_hash, ANSWER) is None
    assert not book.claim(taken.key_hash)
    book.sent(taken.key_hash, arrived=False)
    assert book.orphans((), 20) == []


def test_a_message_whose_process_is_gone_is_taken_over_once(
    book: MessageBook, other_process: MessageBook, clock: Clock
) -> None:
    _promised(book, "1")
    assert other_process.orphans((), 20) == []
    clock.at += PAST_LEASE
    (orphan,) = other_process.orphans((), 20)
    assert (orphan.openid, orphan.text, orphan.taken.mine) == (WHO, "预算由谁负责", True)
    assert book.orphans((), 20) == []


def test_a_lease_that_is_renewed_or_a_task_that_still_runs_is_left_alone(book: MessageBook, clock: Clock) -> None:
    renewed, running = book.take("1", WHO, "一"), book.take("2", WHO, "二")
    clock.at += LEASE - timedelta(seconds=1)
    book.renew(renewed.key_hash)
    clock.at += timedelta(seconds=2)
    assert book.orphans({running.key_hash}, 20) == []
    assert len(book.orphans((), 20)) == 1


def test_a_process_that_stops_lets_go_of_its_messages_at_once(
    book: MessageBook, other_process: MessageBook, clock: Clock
) -> None:
    book.take("1", WHO, "预算")
    book.let_go()
    clock.at += timedelta(milliseconds=1)
    assert len(other_process.orphans((), 20)) == 1


def test_an_answer_that_was_found_but_not_sent_is_sent_by_another_process(
    book: MessageBook, other_process: MessageBook, clock: Clock
) -> None:
    taken = _promised(book, "1")
    book.finish(taken.key_hash, ANSWER)
    clock.at += PAST_LEASE
    (orphan,) = other_process.orphans((), 20)
    assert (orphan.text, orphan.taken.reply) == (None, ANSWER)
    assert other_process.claim(orphan.taken.key_hash)
    assert not book.claim(orphan.taken.key_hash)


def test_an_answer_lost_sight_of_on_its_way_is_not_sent_again_but_kept_for_the_next_message(
    book: MessageBook, other_process: MessageBook, clock: Clock
) -> None:
    taken = _promised(book, "1")
    book.finish(taken.key_hash, ANSWER)
    assert book.claim(taken.key_hash)
    assert book.kept_for(taken.identity_hash, "") == []
    clock.at += SENDING_LEASE + timedelta(seconds=1)
    assert other_process.orphans((), 20) == []
    assert [one.reply for one in other_process.kept_for(taken.identity_hash, "")] == [ANSWER]


def test_an_answer_that_could_not_be_sent_is_kept_until_it_is_told_or_a_day_is_over(
    book: MessageBook, clock: Clock
) -> None:
    told, left = _promised(book, "1"), _promised(book, "2")
    for one in (told, left):
        book.finish(one.key_hash, ANSWER)
        assert book.claim(one.key_hash)
        book.sent(one.key_hash, arrived=False)
        clock.forward(seconds=1)
    assert [one.ticket for one in book.kept_for(told.identity_hash, "")] == [told.ticket, left.ticket]
    assert book.told(told.key_hash, "link")
    assert [one.ticket for one in book.kept_for(told.identity_hash, "")] == [left.ticket]
    clock.forward(days=1)
    assert book.kept_for(told.identity_hash, "") == []
    assert book.by_ticket(left.ticket) is not None


def test_messages_of_one_follower_wait_for_each_other_and_for_nobody_else(
    book: MessageBook, other_process: MessageBook, clock: Clock
) -> None:
    first = book.take("1", WHO, "一")
    clock.forward(seconds=1)
    second, foreign = other_process.take("2", WHO, "二"), other_process.take("3", OTHER, "三")
    assert (book.is_next(first), other_process.is_next(second), book.is_next(foreign)) == (True, False, True)
    book.finish(first.key_hash, ANSWER)
    assert other_process.is_next(second)


def test_messages_of_one_follower_wait_in_the_order_they_arrived(book: MessageBook, clock: Clock) -> None:
    first, second = clock.at, clock.at + timedelta(milliseconds=1)
    clock.forward(seconds=1)
    after = book.take("2", WHO, "二", arrived_at=second)
    before = book.take("1", WHO, "一", arrived_at=first)
    assert (book.is_next(before), book.is_next(after)) == (True, False)


@pytest.mark.parametrize(
    ("events", "waited", "left"),
    [
        ([AFTER_MESSAGE], timedelta(hours=47), 5),
        ([AFTER_MESSAGE], timedelta(hours=49), 0),
        ([AFTER_CLICK], timedelta(seconds=50), 3),
        ([AFTER_CLICK], timedelta(seconds=70), 0),
        ([None], timedelta(0), 0),
        ([AFTER_MESSAGE, AFTER_CLICK], timedelta(hours=1), 5),
        ([AFTER_MESSAGE, None], timedelta(hours=1), 5),
        ([AFTER_CLICK, AFTER_MESSAGE], timedelta(hours=1), 5),
    ],
)
def test_a_follower_is_sent_no_more_than_the_platform_takes(
    book: MessageBook, clock: Clock, events: list[Allowance | None], waited: timedelta, left: int
) -> None:
    for number, allows in enumerate(events):
        book.take(str(number), WHO, "预算", allows)
    clock.at += waited
    assert sum(book.spend(book.identity(WHO)) for _ in range(8)) == left


def test_a_late_answer_is_promised_by_a_link_where_nothing_may_be_sent(book: MessageBook) -> None:
    tapped = book.take("1", WHO, "预算", None)
    assert (promised := book.promise(tapped.key_hash, "custom")) is not None
    assert promised.promised == "link"
    assert _promised(book, "2").promised == "custom"
    book.spent_out(book.identity(WHO))
    clicked = book.take("3", WHO, "预算", None)
    assert (promised := book.promise(clicked.key_hash, "custom")) is not None
    assert promised.promised == "link"


def test_no_more_answers_are_promised_by_themselves_than_may_be_sent(book: MessageBook) -> None:
    promised = [_promised(book, str(number)) for number in range(7)]
    assert [one.promised for one in promised] == ["custom"] * 5 + ["link"] * 2
    book.take("click", WHO, "预算", AFTER_CLICK)
    for one in promised[:2]:
        book.finish(one.key_hash, ANSWER)
        assert book.claim(one.key_hash) and book.spend(one.identity_hash)
        book.sent(one.key_hash, arrived=True)
    assert (more := book.promise(book.take("tap", WHO, "预算", None).key_hash, "custom")) is not None
    assert more.promised == "link"  # three are left, and three promised
    assert [_promised(book, str(number)).promised for number in (7, 8, 9)] == ["custom", "custom", "link"]


def test_an_application_promises_as_many_answers_as_it_likes(engine: Engine, tmp_path: Path, clock: Clock) -> None:
    book = MessageBook(engine, Secrets.of(Settings(home=tmp_path)), "wecom", now=clock)
    assert {_promised(book, str(number)).promised for number in range(8)} == {"custom"}


def test_rows_hold_no_openid_question_or_answer_in_plain_and_go_after_a_week(
    book: MessageBook, engine: Engine, clock: Clock
) -> None:
    book.take("1", WHO, "路灯归谁管")
    book.finish(book.take("2", WHO, "预算由谁负责").key_hash, ANSWER)
    with Session(engine) as session:
        rows = [*session.scalars(select(WechatMessage)), *session.scalars(select(WechatFollower))]
        kept = " ".join(str(value) for row in rows for value in vars(row).values())
    assert not any(plain in kept for plain in (WHO, "路灯", "预算", "财政局"))
    clock.forward(days=6)
    assert book.sweep() == 0
    clock.forward(days=2)
    assert book.sweep() == 2


async def test_one_instance_pushes_at_a_time(engine: Engine) -> None:
    wechat, again, wecom = its_turn(engine, "wechat"), its_turn(engine, "wechat"), its_turn(engine, "wecom")
    async with wechat as first, again as second, wecom as elsewhere:
        assert (first, second, elsewhere) == (True, engine.dialect.name == "sqlite", True)
    async with its_turn(engine, "wechat") as afterwards:
        assert afterwards
