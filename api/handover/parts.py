"""The parts of 转人工 as a running service holds them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from sqlalchemy import Engine

from api.handover.citizen import CitizenHandovers
from api.handover.desk import HandoverDesk
from api.handover.in_chat import ChatHandovers
from api.handover.queue import HandoverQueue
from api.handover.reception import Reception
from api.handover.sweep import HandoverSweep
from api.rate_limit import RateLimit
from api.requests.notices import NoticeBox
from api.service_hours import ServiceHours

NEW_PER_HOUR = 20
POLLS_PER_MINUTE = 600
"""From one address, behind which many people may be: each of their pages asks fifteen times a minute."""


@dataclass(frozen=True, slots=True)
class Handovers:
    citizen: CitizenHandovers
    reception: Reception
    chat: ChatHandovers
    desk: HandoverDesk
    queue: HandoverQueue
    sweep: HandoverSweep
    polls: RateLimit

    @classmethod
    def of(
        cls,
        engine: Engine,
        hours: ServiceHours,
        notices: NoticeBox,
        identity: Callable[[str], str],
        hotline: str,
    ) -> Self:
        citizen = CitizenHandovers(engine)
        reception = Reception(citizen, hours, RateLimit(NEW_PER_HOUR, 3600), hotline)
        return cls(
            citizen=citizen,
            reception=reception,
            chat=ChatHandovers(engine, citizen, reception, notices, identity),
            desk=HandoverDesk(engine),
            queue=HandoverQueue(engine),
            sweep=HandoverSweep(engine, hours),
            polls=RateLimit(POLLS_PER_MINUTE, 60),
        )
