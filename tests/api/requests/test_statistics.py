"""Figures per unit, against the lists of requests that they lead to."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from api.clock import CHINA
from api.db.models import Request
from api.db.reading import reading
from api.requests.due import is_overdue
from api.requests.statistics import UnitFigures, unit_figures
from api.requests.status import OPEN, STATUSES
from tests.api.databases import throwaway_engine

TODAY = date(2031, 5, 20)
MAY = (datetime(2031, 4, 30, 16, tzinfo=UTC), datetime(2031, 5, 31, 16, tzinfo=UTC))


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from throwaway_engine(request.param, tmp_path)


def _row(number: int, **facts: Any) -> dict[str, Any]:
    received = facts.pop("created_at", datetime(2031, 5, 6, 4, tzinfo=UTC))
    usual = {
        "no": f"20310506-{number:04d}",
        "code_hash": "x",
        "kind": "help",
        "content": "路灯不亮",
        "consent": False,
        "channel": "web",
        "status": "transferred",
        "unit": "区城管局",
        "proposals": [],
        "clock_from": date(2031, 5, 6),
        "due_on": date(2031, 5, 16),
        "due_provisional": False,
        "extended_days": 0,
        "reminders": 0,
        "closed_at": None,
        "replied_at": None,
        "rating": None,
        "created_at": received,
        "updated_at": received,
        "version": 1,
    }
    return {**usual, **facts}


def _figures(engine: Engine, *rows: dict[str, Any]) -> dict[str | None, UnitFigures]:
    with Session(engine) as session, session.begin():
        session.execute(insert(Request), list(rows))
    with reading(engine) as session:
        return {each.unit: each for each in unit_figures(session, *MAY, TODAY)}


def test_the_figures_are_those_of_judging_each_request_by_itself(engine: Engine) -> None:
    rolls = random.Random(11)
    rows = []
    for number in range(300):
        status = rolls.choice(STATUSES)
        closed_at = datetime(2031, 5, 18, tzinfo=UTC) + timedelta(hours=rolls.randrange(-99, 99))
        rows.append(
            _row(
                number,
                status=status,
                unit=rolls.choice(["区城管局", "区教育局", None]),
                due_on=None if status == "correction" else TODAY + timedelta(days=rolls.randrange(-9, 9)),
                closed_at=closed_at if status in ("closed", "rated") else None,
                rating=rolls.randrange(1, 6) if status == "rated" else None,
            )
        )
    figures = _figures(engine, *rows)
    assert set(figures) == {"区城管局", "区教育局", None}
    for unit, each in figures.items():
        of_unit = [row for row in rows if row["unit"] == unit]
        late = [row for row in of_unit if _is_overdue(row)]
        assert each.received == len(of_unit)
        assert each.completed == sum(row["status"] in ("closed", "rated") for row in of_unit)
        assert each.open == sum(row["status"] in OPEN for row in of_unit)
        assert each.late == sum(row["status"] not in OPEN for row in late)
        assert each.overdue == sum(row["status"] in OPEN for row in late)
        assert each.ratings == {level: sum(row["rating"] == level for row in of_unit) for level in range(5, 0, -1)}
        assert each.unrated == sum(row["status"] == "closed" for row in of_unit)


def _is_overdue(row: dict[str, Any]) -> bool:
    closed_on = row["closed_at"].astimezone(CHINA).date() if row["closed_at"] else None
    return is_overdue(row["status"], row["due_on"], closed_on, TODAY)


@pytest.mark.parametrize(
    ("closed_at", "late"),
    [(datetime(2031, 5, 16, 15, 59, tzinfo=UTC), 0), (datetime(2031, 5, 16, 16, tzinfo=UTC), 1)],
)
def test_the_last_day_ends_at_midnight_in_china(engine: Engine, closed_at: datetime, late: int) -> None:
    assert _figures(engine, _row(1, status="closed", closed_at=closed_at))["区城管局"].late == late


def test_not_rated_is_in_no_rate(engine: Engine) -> None:
    closed = datetime(2031, 5, 8, tzinfo=UTC)
    rated = [
        _row(number, status="rated", rating=rating, closed_at=closed) for number, rating in enumerate((5, 3, 2, 1))
    ]
    (figures,) = _figures(engine, *rated, _row(9, status="closed", closed_at=closed)).values()
    assert (figures.satisfaction, figures.unrated, figures.compliance) == (0.5, 1, 1.0)


def test_what_is_not_decided_has_no_rate(engine: Engine) -> None:
    figures = _figures(
        engine,
        _row(1, due_on=date(2031, 5, 30)),
        _row(2, unit="区教育局", due_on=date(2031, 5, 19)),
        _row(3, created_at=MAY[0] - timedelta(seconds=1)),
        _row(4, created_at=MAY[1]),
    )
    assert (figures["区城管局"].received, figures["区城管局"].compliance) == (1, None)
    assert figures["区城管局"].satisfaction is None
    assert figures["区教育局"].compliance == 0.0
