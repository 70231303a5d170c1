"""Time limits worked out anew and reminders by themselves, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from api.privacy.retention import never
from api.requests.changing import SYSTEM
from api.requests.deadlines import DeadlineProfiles
from api.requests.due import DueDates
from api.requests.upkeep import recompute_due_dates, remind_of_what_is_due
from api.requests.workdays import WorkCalendar
from tests.api.databases import throwaway_engine
from tests.api.publication.office import ANNA, UNIT, Office


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from throwaway_engine(request.param, tmp_path)


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    return Office(engine, tmp_path)


def _recompute(office: Office, due: DueDates) -> int:
    return recompute_due_dates(office.engine, due, office.clock(), never)


def _remind(office: Office) -> int:
    return remind_of_what_is_due(office.engine, office.due, office.clock(), never)


def test_a_provisional_last_day_is_settled_once_its_year_is_known(office: Office) -> None:
    office.clock.at = datetime(2028, 1, 20, 2, tzinfo=UTC)  # no calendar of 2028 yet
    no = office.log().no
    before = office.row(no)
    assert before.due_provisional
    assert _recompute(office, office.due) == 0  # nothing new is known
    assert office.row(no).version == before.version

    holidays = {date(2028, 1, day): False for day in range(24, 31)}
    published = DueDates(WorkCalendar(holidays), DeadlineProfiles.load(None))
    assert _recompute(office, published) == 1
    row = office.row(no)
    assert not row.due_provisional
    assert row.due_on is not None
    assert before.due_on is not None
    assert row.due_on > before.due_on
    event = row.events[-1]
    assert (event.kind, event.actor, event.public) == ("recompute", SYSTEM, False)
    assert event.old is not None
    assert event.old["due_on"] == before.due_on.isoformat()
    assert event.new == {"due_on": row.due_on.isoformat(), "due_provisional": False}
    assert _recompute(office, published) == 0


def test_a_settled_last_day_a_closed_request_and_one_that_waits_for_its_asker_are_left_alone(office: Office) -> None:
    settled = office.log().no
    office.clock.at = datetime(2028, 1, 20, 2, tzinfo=UTC)
    closed, corrected = office.closed(), office.log().no
    office.casework.ask_correction(ANNA, corrected, None, "补充地点")
    published = DueDates(WorkCalendar({date(2028, 1, 24): False}), DeadlineProfiles.load(None))
    assert _recompute(office, published) == 0
    for no in (settled, closed, corrected):
        assert "recompute" not in office.events(no)


def test_one_reminder_is_written_when_the_last_day_is_near_and_no_more(office: Office) -> None:
    no = office.log().no  # received on Monday 11-23: seven working days are until Wednesday 12-02
    assert office.row(no).due_on == date(2026, 12, 2)
    for day in range(24, 31):
        office.clock.at = datetime(2026, 11, day, 2, tzinfo=UTC)
        assert _remind(office) == 0, day
    office.clock.at = datetime(2026, 12, 1, 2, tzinfo=UTC)
    assert _remind(office) == 1
    for _ in range(10):
        office.clock.forward(days=1)
        assert _remind(office) == 0
    row = office.row(no)
    event = row.events[-1]
    assert (event.kind, event.actor, event.public, row.reminders) == ("remind", SYSTEM, False, 1)
    assert "2026-12-02" in (event.note or "")


def test_what_became_late_while_nobody_looked_is_reminded_of_too(office: Office) -> None:
    no = office.log().no
    office.clock.forward(days=40)
    assert _remind(office) == 1
    assert office.row(no).reminders == 1


def test_another_last_day_brings_another_reminder(office: Office) -> None:
    no = office.log().no
    office.clock.at = datetime(2026, 12, 1, 2, tzinfo=UTC)
    assert _remind(office) == 1
    office.casework.extend(ANNA, no, None, 3, "要等配件")
    assert _remind(office) == 0
    office.clock.at = datetime(2026, 12, 4, 2, tzinfo=UTC)
    assert _remind(office) == 1
    assert office.row(no).reminders == 2


def test_nobody_is_reminded_of_what_waits_for_the_citizen_or_is_done(office: Office) -> None:
    answered, corrected, closed = office.log().no, office.log().no, office.closed()
    office.casework.reply(ANNA, answered, None, "好了", UNIT, close=False)
    office.casework.ask_correction(ANNA, corrected, None, "补充地点")
    office.clock.forward(days=40)
    assert _remind(office) == 0
    assert [office.row(no).reminders for no in (answered, corrected, closed)] == [0, 0, 0]
