"""The tables come from migrations alone, on both databases, and agree with the models."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from api.accounts.book import AccountBook
from api.accounts.passwords import Passwords
from api.accounts.staff import COMMAND_LINE
from api.answer_log import AnswerLogWriter
from api.app import create_app
from api.audit import AuditLog, entry
from api.db.engine import DATABASE_AWAY, open_database
from api.db.models import AnswerLog, Base
from api.documents.changes_book import ChangesBook
from api.errors import DatabaseUnavailable
from api.faq.book import FaqBook
from api.golden.book import GoldenBook
from api.schemas import AnswerReply
from api.settings import Settings
from api.terms.book import TermBook
from tests.api.databases import throwaway_engine
from tests.api.standins import FixedKnowledge, KeywordAnswerer, sample_index


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from throwaway_engine(request.param, tmp_path)


def test_the_migrations_make_what_the_models_say(engine: Engine) -> None:
    with engine.connect() as connection:
        differences: list[Any] = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert differences == []


def test_opening_again_changes_nothing(engine: Engine) -> None:
    open_database(engine.url.render_as_string(hide_password=False)).dispose()
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM alembic_version")) == 1


def test_sqlite_waits_and_keeps_what_was_committed(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'deep' / 'er' / 'p.db'}")
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA busy_timeout")) == 15000
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA synchronous")) == 2  # FULL
        assert connection.scalar(text("PRAGMA secure_delete")) == 1
    engine.dispose()


def test_every_writer_gets_its_turn_on_sqlite(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'p.db'}")
    log = AuditLog(engine)

    def write(count: int) -> None:
        for _ in range(count):
            log.write(COMMAND_LINE, "refresh", "")

    writers = [threading.Thread(target=write, args=(10,)) for _ in range(10)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(log.page(limit=200)) == 100
    engine.dispose()


def test_a_writer_that_failed_leaves_the_turn_to_the_next(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'p.db'}")
    with pytest.raises(IntegrityError), Session(engine) as session, session.begin():
        session.execute(text("INSERT INTO audit (account) VALUES (NULL)"))
    with pytest.raises(OperationalError), engine.begin() as connection:
        connection.execute(text("INSERT INTO no_such_table VALUES (1)"))
    with engine.connect() as connection:
        connection.execute(text("DELETE FROM audit"))
        connection.invalidate()  # as SQLAlchemy does with one that is broken
    AuditLog(engine).write(COMMAND_LINE, "refresh", "")
    assert len(AuditLog(engine).page()) == 1
    engine.dispose()


def test_those_who_wait_to_write_keep_no_reader_waiting(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'p.db'}")
    log = AuditLog(engine)
    waiting = [threading.Thread(target=log.write, args=(COMMAND_LINE, "refresh", "")) for _ in range(20)]
    with Session(engine) as writer, writer.begin():
        writer.add(entry(COMMAND_LINE, "refresh", ""))
        writer.flush()
        for each in waiting:
            each.start()
        until = time.monotonic() + 10
        while engine.pool.checkedout() < 1 + len(waiting) and time.monotonic() < until:  # type: ignore[attr-defined]
            time.sleep(0.01)
        assert engine.pool.checkedout() == 1 + len(waiting)  # type: ignore[attr-defined]
        assert log.page() == []
    for each in waiting:
        each.join()
    assert len(log.page()) == 1 + len(waiting)
    engine.dispose()


def test_a_connection_taken_out_of_the_pool_keeps_no_turn(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'p.db'}")
    with engine.connect() as connection:
        connection.execute(text("DELETE FROM audit"))
        connection.rollback()
        connection.detach()
    AuditLog(engine).write(COMMAND_LINE, "refresh", "")
    engine.dispose()


def test_a_connection_writes_twice_in_one_turn(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'p.db'}")
    with engine.connect() as connection:
        for _ in range(2):
            with connection.begin():
                connection.execute(text("DELETE FROM audit"))
    AuditLog(engine).write(COMMAND_LINE, "refresh", "")
    engine.dispose()


def test_who_waits_too_long_for_the_writers_before_is_told_that_the_database_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.db.engine._LONGEST_QUEUE", 0.05)
    engine = open_database(f"sqlite:///{tmp_path / 'p.db'}")
    with Session(engine) as writer, writer.begin():
        writer.add(entry(COMMAND_LINE, "refresh", ""))
        writer.flush()
        with pytest.raises(DATABASE_AWAY):
            AuditLog(engine).write(COMMAND_LINE, "refresh", "")
    AuditLog(engine).write(COMMAND_LINE, "refresh", "")
    assert len(AuditLog(engine).page()) == 2
    engine.dispose()


@pytest.mark.parametrize(
    "read",
    [
        lambda engine: AccountBook(engine, Passwords()).all(),
        lambda engine: not AccountBook(engine, Passwords()).is_empty(),
        lambda engine: AuditLog(engine).page(),
        lambda engine: GoldenBook(engine).all(),
        lambda engine: TermBook(engine).all(),
        lambda engine: FaqBook(engine).all(),
        lambda engine: ChangesBook(engine).all(),
    ],
    ids=["accounts", "first account", "audit log", "golden questions", "terms", "FAQs", "changes"],
)
def test_lists_are_read_on_sqlite_while_somebody_writes(tmp_path: Path, read: Callable[[Engine], object]) -> None:
    """With a transaction that may write too, each would wait for the lock and fail."""
    engine = open_database(f"sqlite:///{tmp_path / 'p.db'}")
    with Session(engine) as writer, writer.begin():
        writer.add(entry(COMMAND_LINE, "refresh", ""))
        writer.flush()
        assert not read(engine)
    engine.dispose()


def test_the_whole_service_runs_on_either_database(engine: Engine, tmp_path: Path) -> None:
    url = engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    knowledge = FixedKnowledge(sample_index())
    app = create_app(
        Settings(home=tmp_path, database_url=url, rasa=False), knowledge=knowledge, answerer=KeywordAnswerer(knowledge)
    )
    with TestClient(app) as client:
        answer = client.post("/v1/answers", json={"question": "预算由谁负责？"}).json()
        for helpful in (True, False, None):
            rating = {"answer_id": answer["answer_id"], "helpful": helpful}
            assert client.post("/v1/feedback", json=rating).status_code == 200
        receipt = client.post("/v1/requests", json={"content": "路灯不亮"}).json()
        assert client.get(f"/v1/requests/{receipt['no']}?code={receipt['code']}").json()["status"] == "received"
        assert client.get("/readyz").status_code == 200


def test_a_database_that_does_not_answer_stops_the_start_without_showing_its_password() -> None:
    with pytest.raises(DatabaseUnavailable) as caught:
        open_database("postgresql+psycopg://clerk:s3cret@127.0.0.1:1/none")
    assert "DATABASE_URL" in caught.value.message
    assert "s3cret" not in caught.value.message


def _reply(number: int) -> AnswerReply:
    return AnswerReply(answer_id=f"a{number}", kind="answer", text="x", confidence=0.5, snapshot="s", took_ms=1.0)


def test_answers_are_logged_in_batches_and_none_is_lost(engine: Engine) -> None:
    log = AnswerLogWriter(engine)
    for number in range(450):
        log.record(_reply(number), f"问题{number}\x00", channel="api", session_hash=None)
    log.close()
    with Session(engine) as session:
        rows = list(session.scalars(select(AnswerLog).order_by(AnswerLog.id)))
    assert [row.question for row in rows] == [f"问题{number}" for number in range(450)]
    assert log.dropped == 0
    age = datetime.now(UTC) - rows[0].created_at
    assert 0 <= age.total_seconds() < 60


def test_a_steady_stream_of_answers_does_not_hold_up_a_flush(engine: Engine) -> None:
    log = AnswerLogWriter(engine)
    log.record(_reply(0), "先问的", channel="api", session_hash=None)
    stopped = threading.Event()

    def keep_asking() -> None:
        number = 0
        while not stopped.wait(0.02):
            number += 1
            log.record(_reply(number), "接着问的", channel="api", session_hash=None)

    asking = threading.Thread(target=keep_asking)
    asking.start()
    time.sleep(0.1)
    log.flush(timeout=30)
    with Session(engine) as session:
        assert session.scalar(select(AnswerLog.question).where(AnswerLog.answer_id == "a0")) == "先问的"
    stopped.set()
    asking.join()
    log.close()


def test_rows_are_written_soon_while_others_keep_coming(engine: Engine) -> None:
    log = AnswerLogWriter(engine)
    for number in range(12):
        log.record(_reply(number), "问题", channel="api", session_hash=None)
        time.sleep(0.1)
    with Session(engine) as session:
        assert session.scalar(select(AnswerLog.id).limit(1)) is not None
    log.close()


def test_an_answer_that_cannot_be_stored_does_not_cost_the_others(engine: Engine) -> None:
    log = AnswerLogWriter(engine)
    for number in (1, 2, 2, 3):
        log.record(_reply(number), "问题", channel="api", session_hash=None)
    log.close()
    with Session(engine) as session:
        assert list(session.scalars(select(AnswerLog.answer_id).order_by(AnswerLog.id))) == ["a1", "a2", "a3"]
    assert log.dropped == 1


def test_rows_wait_for_a_database_that_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.answer_log._PAUSE_S", 0.05)
    engine = open_database(f"sqlite:///{tmp_path / 'p.db'}")
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE answer_log RENAME TO away"))
    log = AnswerLogWriter(engine)
    log.record(_reply(1), "问题", channel="api", session_hash=None)
    log.flush(timeout=0.2)
    assert log.dropped == 0
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO answer_log"))
    log.flush(timeout=30)
    with Session(engine) as session:
        assert list(session.scalars(select(AnswerLog.answer_id))) == ["a1"]
    log.close()
    engine.dispose()


def test_a_database_that_stays_away_holds_up_neither_a_flush_nor_the_end(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'p.db'}")
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE answer_log"))
    log = AnswerLogWriter(engine)
    log.record(_reply(1), "问题", channel="api", session_hash=None)
    log.flush(timeout=0.1)
    log.close()
    assert log.dropped == 1
    engine.dispose()
