"""What became of a request: number and look-up code, in one message or one after the other."""

import logging
import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import wording
from bot.actions.conversation import changed, text_of, turn_of, turns_since_set
from bot.actions.messages import message, option, say
from bot.actions.request_steps import resume_notice
from bot.actions.service import ServiceRefused, ServiceUnavailable, service

logger = logging.getLogger(__name__)

_NUMBER = re.compile(r"(?<!\d)(\d{8}-\d{3,9})(?!\d)")
_CODE = re.compile(r"(?<![a-z0-9])([a-z0-9]{8})(?![a-z0-9])", re.IGNORECASE)
_ODD_CODE = re.compile(r"(?<![a-z0-9])([a-z0-9]{4,12})(?![a-z0-9])", re.IGNORECASE)
_BARE_CODE = re.compile(
    r"^(?:查询码|查询码是|码)?[\s:：是]*([a-z0-9]{4}[\s-]?[a-z0-9]{4}|[a-z0-9]{5,12})$", re.IGNORECASE
)
_EARLIER = re.compile("上次|上回|上周|上个?月|之前|以前|昨天|前天|去年")
_LENGTH_OF_A_CODE = 8
_TURNS_TO_SEND_THE_CODE = 2


def number_and_code(text: str) -> tuple[str | None, str | None]:
    """Both as typed, the code in upper case; a code of the wrong length comes too, so that it can be said."""
    found = _NUMBER.search(text)
    if not found:
        return None, None
    rest = _NUMBER.sub(" ", text)
    code = _CODE.search(rest) or _ODD_CODE.search(rest)
    return found.group(1), code.group(1).upper() if code else None


def awaited_code(tracker: Tracker) -> str | None:
    """The code, when one was asked for just now and the message is nothing else."""
    if not tracker.get_slot("status_no") or turns_since_set(tracker, "status_no") > _TURNS_TO_SEND_THE_CODE:
        return None
    found = _BARE_CODE.match(text_of(tracker))
    return re.sub(r"[\s-]", "", found.group(1)).upper() if found else None


async def report_status(dispatcher: CollectingDispatcher, tracker: Tracker, no: str, code: str) -> list[EventType]:
    if len(code) != _LENGTH_OF_A_CODE:
        say(dispatcher, message("request", wording.CODE_WRONG.format(no=no)))
        return changed(tracker, {"status_no": no, **resume_notice(tracker)})
    try:
        state = await service().request_status(no, code, turn_of(tracker))
        text = state.get("message") or wording.STATUS.format(no=no, label=state.get("status_label") or "办理中")
        say(dispatcher, message("request", text))
    except ServiceRefused:
        say(dispatcher, message("request", wording.STATUS_UNKNOWN))
        return [SlotSet("status_no", no), *changed(tracker, resume_notice(tracker))]
    except ServiceUnavailable as error:
        logger.warning("request status unavailable request_id=%s: %s", turn_of(tracker).request_id, error)
        say(dispatcher, message("unavailable", wording.UNAVAILABLE, [option("再试一次", f"{no} {code}")]))
    return changed(tracker, {"status_no": None, **resume_notice(tracker)})


class ActionRequestStatus(Action):
    def name(self) -> str:
        return "action_request_status"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        no, code = number_and_code(text_of(tracker))
        receipt = tracker.get_slot("receipt") or {}
        if receipt and not code and no in (None, receipt["no"]) and not _EARLIER.search(text_of(tracker)):
            no, code = receipt["no"], receipt["code"]
        if no and code:
            return await report_status(dispatcher, tracker, no, code)
        text = wording.ASK_CODE.format(no=no) if no else wording.ASK_NUMBER
        say(dispatcher, message("request", text))
        return changed(tracker, {"status_no": no, **resume_notice(tracker)})
