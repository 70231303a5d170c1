"""What became of a request: number and look-up code, in one message or one after the other."""

import logging
import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import wording
from bot.actions.conversation import changed, text_of, turn_of, turns_since_set
from bot.actions.messages import message, option, say
from bot.actions.request_steps import resume_notice
from bot.actions.service import ServiceRefused, ServiceUnavailable, service

logger = logging.getLogger(__name__)

_NUMBER = re.compile(r"(?<!\d)(\d{8}-\d{3,9})(?!\d)")
_CODE = re.compile(r"(?<![a-z0-9])([a-z0-9]{8})(?![a-z0-9])", re.IGNORECASE)
_BARE_CODE = re.compile(r"^(?:查询码|查询码是|码)?[\s:：是]*([a-z0-9]{4}[\s-]?[a-z0-9]{4})$", re.IGNORECASE)
_TURNS_TO_SEND_THE_CODE = 2


def number_and_code(text: str) -> tuple[str | None, str | None]:
    """Both as typed, the code in upper case."""
    found = _NUMBER.search(text)
    if not found:
        return None, None
    code = _CODE.search(_NUMBER.sub(" ", text))
    return found.group(1), code.group(1).upper() if code else None


def awaited_code(tracker: Tracker) -> str | None:
    """The code, when one was asked for just now and the message is nothing else."""
    if not tracker.get_slot("status_no") or turns_since_set(tracker, "status_no") > _TURNS_TO_SEND_THE_CODE:
        return None
    found = _BARE_CODE.match(text_of(tracker))
    return re.sub(r"[\s-]", "", found.group(1)).upper() if found else None


async def report_status(dispatcher: CollectingDispatcher, tracker: Tracker, no: str, code: str) -> list[EventType]:
    try:
        state = await service().request_status(no, code, turn_of(tracker))
        text = state.get("message") or wording.STATUS.format(no=no, label=state.get("status_label") or "办理中")
        say(dispatcher, message("request", text))
    except ServiceRefused:
        say(dispatcher, message("request", wording.STATUS_UNKNOWN))
    except ServiceUnavailable as error:
        logger.warning("request status unavailable request_id=%s: %s", turn_of(tracker).request_id, error)
        say(dispatcher, message("unavailable", wording.UNAVAILABLE, [option("再试一次", f"{no} {code}")]))
    return changed(tracker, {"status_no": None, **resume_notice(tracker)})


class ActionRequestStatus(Action):
    def name(self) -> str:
        return "action_request_status"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        no, code = number_and_code(text_of(tracker))
        if no and code:
            return await report_status(dispatcher, tracker, no, code)
        text = wording.ASK_CODE.format(no=no) if no else wording.ASK_NUMBER
        say(dispatcher, message("request", text))
        return changed(tracker, {"status_no": no, **resume_notice(tracker)})
