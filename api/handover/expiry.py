"""When a handover changes by itself: the agent is silent, nobody takes it, or the citizen has gone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from api.service_hours import ServiceHours

AGENT_SILENT = timedelta(minutes=10)
LONGEST_WAIT = timedelta(minutes=15)
CITIZEN_SILENT = timedelta(minutes=30)

Change = Literal["requeue", "busy", "closed", "idle"]
TOLD: dict[Change, str] = {
    "requeue": "坐席暂时没有回应，已为您重新排队，请稍候。",
    "busy": "抱歉，现在人工较忙，一直没有坐席接入。您可以登记诉求，工作人员会答复您。",
    "closed": "抱歉，人工服务时间已过，没能接通坐席。您可以登记诉求，工作人员会答复您。",
    "idle": "很久没有收到您的消息，人工服务已结束。需要时可以再次转人工。",
}


@dataclass(frozen=True, slots=True)
class Waits:
    """Who waits for whom in an open handover, and since when. ``for_desk``: in the queue; ``for_agent``: for a line of
    the agent who took it; ``for_citizen``: the agent spoke last."""

    for_desk: datetime | None = None
    for_agent: datetime | None = None
    for_citizen: datetime | None = None


def due_change(waits: Waits, now: datetime, hours: ServiceHours) -> Change | None:
    if waits.for_desk:
        if not hours.is_open(now):
            return "closed"
        return "busy" if now - waits.for_desk >= LONGEST_WAIT else None
    if waits.for_agent and now - waits.for_agent >= AGENT_SILENT:
        return "requeue"
    if waits.for_citizen and now - waits.for_citizen >= CITIZEN_SILENT:
        return "idle"
    return None
