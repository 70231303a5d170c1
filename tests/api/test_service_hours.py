"""When people answer at the desk: working days, 调休, lunch breaks, midnight."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.clock import CHINA
from api.requests.workdays import WorkCalendar
from api.service_hours import ServiceHours, ServiceHoursWrong, parsed
from api.settings import SettingsInvalid, load_settings

OFFICE = "工作日 09:00-12:00,13:30-17:00"
DAILY = "每天 08:30-20:00"


def _hours(text: str) -> ServiceHours:
    return ServiceHours.parse(text, WorkCalendar())


def _at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("hours", "moment", "is_open"),
    [
        (OFFICE, "2026-11-26T08:59:59", False),
        (OFFICE, "2026-11-26T09:00:00", True),
        (OFFICE, "2026-11-26T11:59:59", True),
        (OFFICE, "2026-11-26T12:00:00", False),
        (OFFICE, "2026-11-26T13:29:59", False),
        (OFFICE, "2026-11-26T13:30:00", True),
        (OFFICE, "2026-11-26T17:00:00", False),
        (OFFICE, "2026-11-28T10:00:00", False),  # Saturday
        (OFFICE, "2026-10-01T10:00:00", False),  # 国庆
        (OFFICE, "2025-10-11T10:00:00", True),  # 调休 Saturday after 国庆
        (OFFICE, "2025-01-26T10:00:00", True),  # 调休 Sunday before 春节
        (OFFICE, "2025-02-04T10:00:00", False),  # 春节, a Tuesday
        (DAILY, "2026-10-01T08:30:00", True),
        (DAILY, "2026-11-28T19:59:00", True),
        (DAILY, "2026-11-28T20:00:00", False),
        ("全天", "2026-10-01T00:00:00", True),
        ("全天", "2026-10-01T23:59:59", True),
        ("每天 18:00-24:00", "2026-10-01T23:59:59", True),
        ("每天 18:00-24:00", "2026-10-02T00:00:00", False),
        ("每天 00:00-02:00,22:00-24:00", "2026-10-02T00:00:00", True),
    ],
)  # fmt: skip
def test_the_desk_is_open_within_its_hours(hours: str, moment: str, is_open: bool) -> None:
    assert _hours(hours).is_open(_at(moment)) is is_open


def test_the_zone_of_the_moment_does_not_matter() -> None:
    assert _hours(OFFICE).is_open(datetime.fromisoformat("2026-11-26T01:00:00+00:00"))
    assert not _hours(OFFICE).is_open(datetime.fromisoformat("2026-11-26T10:00:00+00:00"))


@pytest.mark.parametrize(
    ("hours", "moment", "opening", "said"),
    [
        (OFFICE, "2026-11-26T07:00:00", "2026-11-26T09:00:00", "今天 09:00"),
        (OFFICE, "2026-11-26T12:30:00", "2026-11-26T13:30:00", "今天 13:30"),
        (OFFICE, "2026-11-26T17:00:00", "2026-11-27T09:00:00", "明天 09:00"),
        (OFFICE, "2026-11-28T10:00:00", "2026-11-30T09:00:00", "后天 09:00"),
        (OFFICE, "2026-11-27T18:00:00", "2026-11-30T09:00:00", "11月30日 09:00"),
        (OFFICE, "2026-09-30T17:30:00", "2026-10-08T09:00:00", "10月8日 09:00"),
        (OFFICE, "2025-10-10T18:00:00", "2025-10-11T09:00:00", "明天 09:00"),
        (OFFICE, "2026-12-31T18:00:00", "2027-01-04T09:00:00", "1月4日 09:00"),
        (DAILY, "2026-09-30T21:00:00", "2026-10-01T08:30:00", "明天 08:30"),
        ("每天 00:00-02:00", "2026-10-01T23:59:59", "2026-10-02T00:00:00", "明天 00:00"),
    ],
)  # fmt: skip
def test_the_next_opening_is_told(hours: str, moment: str, opening: str, said: str) -> None:
    assert _hours(hours).next_opening(_at(moment)) == _at(opening)
    assert _hours(hours).next_opening_text(_at(moment)) == said


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (OFFICE, "工作日 09:00—12:00、13:30—17:00"),
        ("工作日9:00-17:00", "工作日 09:00—17:00"),
        ("每天 8:30—20:00", "每天 08:30—20:00"),
        ("工作日 9：00至12：00，13：30至17：00", "工作日 09:00—12:00、13:30—17:00"),
        (" 全天 ", "全天"),
        ("每天 00:00-24:00", "全天"),
    ],
)
def test_hours_are_read_as_people_write_them(written: str, text: str) -> None:
    assert _hours(written).text == text


@pytest.mark.parametrize(
    "text",
    [
        "", "工作日", "每天", "周一 09:00-17:00", "09:00-17:00", "工作日 17:00-09:00", "工作日 09:00-09:00",
        "工作日 09:00-25:00", "工作日 09:00-24:30", "工作日 9-17", "工作日 09:60-10:00", "每天 08:00-12:00,11:00-17:00",
        "每天 13:00-17:00,08:00-12:00", "每天 08:00-12:00,", "全天 08:00-12:00",
    ],
)  # fmt: skip
def test_what_is_no_service_hours_is_refused(text: str) -> None:
    with pytest.raises(ServiceHoursWrong):
        parsed(text)


def test_a_wrong_setting_stops_the_start_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYDESK_SERVICE_HOURS", "工作日 17:00-09:00")
    with pytest.raises(SettingsInvalid) as caught:
        load_settings()
    assert "“工作日 17:00-09:00”不对，应为：“工作日 09:00-12:00,13:30-17:00”" in str(caught.value)


@given(st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 1)), st.sampled_from([OFFICE, DAILY, "每天 00:00-24:00"]))
def test_the_desk_is_open_at_its_next_opening(moment: datetime, text: str) -> None:
    hours, local = _hours(text), moment.replace(tzinfo=CHINA)
    opening = hours.next_opening(local)
    assert opening is not None
    assert opening > local
    assert hours.is_open(opening)
