"""Days as people here count them, wherever the machine's clock is set."""

from datetime import UTC, date, datetime, time, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")


def today_in_china() -> date:
    return datetime.now(CHINA).date()


def day_in_china(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()


def start_of_day(day: date) -> datetime:
    """Midnight in China, as UTC: what a column of moments is compared with."""
    return datetime.combine(day, time(), CHINA).astimezone(UTC)
