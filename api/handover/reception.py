"""Someone asks for a person: let into the queue within the service hours, told how long it is; else told when to come
back and what can be done meanwhile."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from api.audit import utc_now
from api.handover.citizen import CitizenHandovers, Standing
from api.handover.lines import Line
from api.rate_limit import RateLimit
from api.service_hours import ServiceHours

_FIRST = "正在为您转接人工，您排在第一位，请稍候。"
_BEHIND = "正在为您转接人工，前面还有 {ahead} 位，请稍候。"
_MEANWHILE = "等待时可以继续提问；不想等了，就回“退出人工”。"
_TAKEN = "坐席已接入，请直接说您的问题。"
_CLOSED = "现在没有人工服务（服务时间：{hours}{next}）。您可以登记诉求，工作人员会答复您；急事请拨打{hotline}热线。"


@dataclass(frozen=True, slots=True)
class Received:
    state: Literal["waiting", "taken", "closed_hours"]
    message: str
    ahead: int | None = None


class Reception:
    """``newcomers`` limits how many handovers one address may open."""

    def __init__(
        self,
        handovers: CitizenHandovers,
        hours: ServiceHours,
        newcomers: RateLimit,
        hotline: str,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._handovers = handovers
        self._hours = hours
        self._newcomers = newcomers
        self._hotline = hotline
        self._now = now

    def receive(self, session_hash: str, channel: str, lines: Iterable[Line], address: str) -> Received:
        """Outside the service hours nothing is stored. Raises RateLimited and HandoverQueueFull."""
        standing = self._handovers.standing(session_hash)
        if standing is None:
            now = self._now()
            if not self._hours.is_open(now):
                return Received("closed_hours", self._closed(now))
            self._newcomers.check(address)
            standing = self._handovers.open(session_hash, channel, lines)
        return Received(standing.state, waiting_message(standing), standing.ahead)

    def _closed(self, now: datetime) -> str:
        opening = self._hours.next_opening_text(now)
        return _CLOSED.format(
            hours=self._hours.text, next=f"，下次开始：{opening}" if opening else "", hotline=self._hotline
        )


def waiting_message(standing: Standing) -> str:
    if standing.state == "taken":
        return _TAKEN
    return (_BEHIND.format(ahead=standing.ahead) if standing.ahead else _FIRST) + _MEANWHILE
