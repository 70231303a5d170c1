"""Requests that were logged before the ledger knew more than their receipt."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

import api.db
from api.db.engine import migrate
from api.db.models import Request
from tests.api.databases import throwaway_engine

_RECEIVED = datetime(2026, 9, 30, 17, 0, tzinfo=UTC)  # already 1 October in China


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from throwaway_engine(request.param, tmp_path)


def _downgrade(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(api.db.__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def _log_as_before(engine: Engine) -> None:
    at = _RECEIVED if engine.dialect.name == "postgresql" else _RECEIVED.replace(tzinfo=None)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO request (no, code_hash, content, channel, status, created_at, updated_at, version)"
                " VALUES ('20261001-0001', 'x', '路灯不亮', 'web', 'received', :at, :at, 1)"
            ),
            {"at": at},
        )
        connection.execute(
            text("INSERT INTO request_event (request_no, kind, created_at) VALUES ('20261001-0001', 'received', :at)"),
            {"at": at},
        )


def test_requests_logged_before_keep_their_events_and_count_from_the_day_of_receipt_in_china(engine: Engine) -> None:
    _downgrade(engine, "0003")
    _log_as_before(engine)
    with engine.begin() as connection:
        migrate(connection)
    with Session(engine) as session:
        kept = session.get_one(Request, "20261001-0001")
        assert (kept.clock_from, kept.kind, kept.due_provisional) == (date(2026, 10, 1), "help", True)
        assert (kept.consent, kept.proposals, kept.reminders) == (False, [], 0)
        assert [event.kind for event in kept.events] == ["received"]


@pytest.mark.parametrize("statement", ["UPDATE request_event SET note = 'x'", "DELETE FROM request_event"])
def test_the_event_log_refuses_change_until_the_request_is_erased(engine: Engine, statement: str) -> None:
    _downgrade(engine, "0003")
    _log_as_before(engine)
    with engine.begin() as connection:
        migrate(connection)
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    with engine.begin() as connection:
        connection.execute(text("UPDATE request SET erased_at = created_at"))
        assert connection.execute(text(statement)).rowcount == 1
