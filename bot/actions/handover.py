"""转人工: the conversation so far goes to the desk, where a person takes it up."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import wording
from bot.actions.conversation import changed, open_form, text_of, turn_of
from bot.actions.messages import LOG_A_REQUEST, TALK_TO_A_PERSON, message, say
from bot.actions.own_requests import number_and_code
from bot.actions.request_steps import resume_notice
from bot.actions.service import Reply, ServiceRefused, ServiceUnavailable, service
from bot.components.acts import asks_for_the_desk, leaves_a_person

logger = logging.getLogger(__name__)

_TURNS = 20
_LONGEST_LINE = 2000
_COVERED = "********"


class ActionHandover(Action):
    def name(self) -> str:
        return "action_handover"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        if leaves_a_person(text_of(tracker)):
            say(
                dispatcher,
                message("notice", wording.NOBODY_CONNECTED, [] if open_form(tracker) else [TALK_TO_A_PERSON]),
            )
            return changed(tracker, resume_notice(tracker))
        if asks_for_the_desk(text_of(tracker)):
            taps = [] if open_form(tracker) else [TALK_TO_A_PERSON, LOG_A_REQUEST]
            say(dispatcher, message("notice", wording.THE_DESK, taps))
            return changed(tracker, resume_notice(tracker))
        text, offers_to_log = await _hand_over(tracker)
        options = [LOG_A_REQUEST] if offers_to_log and not open_form(tracker) else []
        say(dispatcher, message("notice", text, options))
        return changed(tracker, resume_notice(tracker))


async def _hand_over(tracker: Tracker) -> tuple[str, bool]:
    """What to say, and whether nobody will come for now."""
    try:
        reply = await service().open_handover([*transcript(tracker), *typed_into_the_form(tracker)], turn_of(tracker))
    except ServiceRefused as error:
        return error.message or wording.NO_HANDOVER, True
    except ServiceUnavailable as error:
        logger.warning("not handed over request_id=%s: %s", turn_of(tracker).request_id, error)
        return wording.NO_HANDOVER, True
    closed = reply["state"] == "closed_hours"
    return str(reply.get("message") or (wording.DESK_CLOSED if closed else wording.HANDED_OVER)), closed


def transcript(tracker: Tracker) -> list[Reply]:
    """The last turns in their order. Look-up codes are covered: they are the citizen's alone."""
    lines: list[Reply] = []
    turns = 0
    for event in reversed(tracker.events):
        line = _line(event)
        if line is not None:
            lines.append(line)
        turns += event.get("event") == "user"
        if turns == _TURNS:
            break
    return lines[::-1]


def _line(event: dict[str, Any]) -> Reply | None:
    if event.get("event") == "user":
        text = str((event.get("metadata") or {}).get("text") or event.get("text") or "")
        code = number_and_code(text)[1]
        return _said("citizen", _cover(text, code))
    if event.get("event") == "bot":
        bubble = (event.get("data") or {}).get("custom") or {}
        text = str(bubble.get("text") or event.get("text") or "")
        return _said("bot", _cover(text, (bubble.get("request") or {}).get("code")))
    return None


def _said(sender: str, text: str) -> Reply | None:
    return {"sender": sender, "text": text[:_LONGEST_LINE]} if text.strip() else None


def _cover(text: str, code: str | None) -> str:
    return text.replace(code, _COVERED).replace(code.lower(), _COVERED) if code else text


def typed_into_the_form(tracker: Tracker) -> list[Reply]:
    """What the citizen was about to log: it may be older than the turns that are sent."""
    content = tracker.get_slot("request_content") if open_form(tracker) == "request_form" else None
    return [{"sender": "citizen", "text": f"（正在登记的诉求）{content}"[:_LONGEST_LINE]}] if content else []
