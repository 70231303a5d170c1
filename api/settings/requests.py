"""Requests 诉求 with their time limits, and when the desk is open."""

from pydantic import BaseModel, field_validator
from pydantic_core import PydanticCustomError

from api.service_hours import ServiceHoursWrong, parsed
from api.settings.field import ExistingFile, setting


class RequestSettings(BaseModel):
    requests_per_hour: int = setting(
        20,
        "Requests one client address may log in an hour.",
        "1 到 100000 之间的整数",
        ge=1,
        le=100_000,
    )
    deadlines: ExistingFile | None = setting(
        None,
        "File with the time limits of requests by place and kind. Unset: the examples that are shipped.",
        "一个已有文件的路径，格式见 docs/requests.md",
    )
    holidays: ExistingFile | None = setting(
        None,
        "File with days off and make-up working days of years whose calendar the service does not know yet.",
        "一个已有文件的路径，格式见 docs/requests.md",
    )
    service_hours: str = setting(
        "工作日 09:00-17:00",
        "When people answer at the desk, Chinese time: 每天, 工作日 or 全天, with spans as 09:00-12:00,13:30-17:00.",
        "“工作日 09:00-12:00,13:30-17:00”“每天 08:30-20:00”这样的写法，或“全天”",
        max_length=200,
    )

    @field_validator("service_hours")
    @classmethod
    def _readable_hours(cls, hours: str) -> str:
        try:
            parsed(hours)
        except ServiceHoursWrong as error:
            raise PydanticCustomError("not_service_hours", "no service hours") from error
        return hours
