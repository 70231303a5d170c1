"""Time limits by the shipped profiles and the published calendars."""

from api.requests.deadlines import DeadlineProfiles
from api.requests.due import DueDates
from api.requests.workdays import WorkCalendar


def due_dates() -> DueDates:
    return DueDates(WorkCalendar(), DeadlineProfiles.load(None))
