"""Days as they are said."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

_CHINA = timezone(timedelta(hours=8))


def spoken_day(day: Any) -> str | None:
    """12月10日 for 2026-12-10, with the year only where it is another one; None for what is no day."""
    try:
        when = date.fromisoformat(str(day))
    except ValueError:
        return None
    year = "" if when.year == datetime.now(_CHINA).year else f"{when.year}年"
    return f"{year}{when.month}月{when.day}日"
