"""The figures that everybody may read, over requests that were and were not published."""

from datetime import UTC, datetime

import pytest

from api.publication.figures import PublicFigures
from tests.api.publication.office import ANNA, UNIT, Office


@pytest.fixture
def seconds() -> list[float]:
    return [0.0]


@pytest.fixture
def figures(office: Office, seconds: list[float]) -> PublicFigures:
    return PublicFigures(office.engine, office.due.calendar, clock=lambda: seconds[0])


def test_each_unit_has_its_figures_and_all_together_theirs(office: Office, figures: PublicFigures) -> None:
    office.clock.at = datetime(2025, 9, 29, 2, tzinfo=UTC)  # the Monday before 国庆
    rated = [office.log() for _ in range(5)]
    late = office.log()
    office.log()  # nobody has it yet, nor the one withdrawn
    gone = office.log().no
    office.casework.withdraw(ANNA, gone, None, "不办了")
    office.clock.forward(days=1)
    for logged in rated:
        office.casework.reply(ANNA, logged.no, None, "好了", UNIT, close=True)
    for logged, rating in zip(rated[:5], (5, 4, 3, 2, 5), strict=True):
        office.ledger.rate(logged.no, logged.code, rating)
    office.clock.at = datetime(2025, 10, 31, 2, tzinfo=UTC)
    office.casework.reply(ANNA, late.no, None, "晚了", "园林局", close=True)

    table = figures.table(2025, 9)
    by_unit = {line.unit: line for line in table.units}
    first = by_unit[UNIT]
    assert (first.received, first.replied, first.days, first.compliance) == (5, 5, 1.0, 1.0)
    assert (first.rated, first.satisfied, first.satisfaction, first.unrated) == (5, 4, 0.8, 0)
    second = by_unit["园林局"]
    # 9-29 to 10-31: 9-30, then 10-9, 10-10, the worked Saturday 10-11 and three weeks of five days
    assert (second.received, second.days, second.compliance) == (1, 19.0, 0.0)
    assert (second.satisfaction, second.unrated) == (None, 1)
    assert (by_unit[None].received, by_unit[None].replied) == (2, 0)
    assert (table.all.received, table.all.replied, table.all.days) == (8, 6, 4.0)
    assert table.all.satisfaction == 0.8
    assert figures.table(2025, 10).all.received == 0


def test_satisfaction_is_told_from_five_ratings_on(
    office: Office, figures: PublicFigures, seconds: list[float]
) -> None:
    for count in range(1, 6):
        logged = office.log()
        office.casework.reply(ANNA, logged.no, None, "好了", UNIT, close=True)
        office.ledger.rate(logged.no, logged.code, 5)
        seconds[0] += 301
        line = figures.table(2026).units[0]
        assert line.rated == count
        assert (line.satisfaction is None) == (count < 5)


def test_a_table_is_made_anew_after_five_minutes(office: Office, figures: PublicFigures, seconds: list[float]) -> None:
    office.closed()
    assert figures.table(2026).all.received == 1
    office.closed()
    seconds[0] = 299
    assert figures.table(2026).all.received == 1
    seconds[0] = 301
    assert figures.table(2026).all.received == 2
