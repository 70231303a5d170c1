"""The form's own questions. What the last turn has to say about itself (not understood, not sent) takes their place."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import wording
from bot.actions.conversation import changed, form_is_open
from bot.actions.messages import (
    CHANGE_CONTACT,
    CHANGE_CONTENT,
    DROP_REQUEST,
    NO_CONTACT,
    SUBMIT,
    Option,
    message,
    say,
)

_LONGEST_SHOWN = 60


def notice(text: str, kind: str = "request") -> dict[str, Any]:
    """The slot that makes the next question read ``text``; asked once, then gone."""
    return {"form_notice": {"kind": kind, "text": text}}


def resume_notice(tracker: Tracker) -> dict[str, Any]:
    """The notice with which the open form comes back after something else; empty when none is open."""
    texts = {
        "request_content": wording.RESUME_CONTENT,
        "request_contact": wording.RESUME_CONTACT,
        "request_confirmed": wording.RESUME_CONFIRMATION,
    }
    asked = tracker.get_slot("requested_slot")
    return notice(texts[asked]) if form_is_open(tracker) and asked in texts else {}


def _ask(dispatcher: CollectingDispatcher, tracker: Tracker, text: str, options: list[Option]) -> list[EventType]:
    instead = tracker.get_slot("form_notice") or {}
    say(dispatcher, message(instead.get("kind", "request"), instead.get("text", text), options))
    return changed(tracker, {"form_notice": None})


class ActionAskRequestContent(Action):
    def name(self) -> str:
        return "action_ask_request_content"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        return _ask(dispatcher, tracker, wording.ASK_CONTENT, [DROP_REQUEST])


class ActionAskRequestContact(Action):
    def name(self) -> str:
        return "action_ask_request_contact"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        text = wording.ASK_CONTACT.format(content=shortened(str(tracker.get_slot("request_content"))))
        return _ask(dispatcher, tracker, text, [NO_CONTACT, DROP_REQUEST])


class ActionAskRequestConfirmed(Action):
    def name(self) -> str:
        return "action_ask_request_confirmed"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        text = wording.ASK_CONFIRMATION.format(
            content=tracker.get_slot("request_content"), contact=tracker.get_slot("request_contact")
        )
        return _ask(dispatcher, tracker, text, [SUBMIT, CHANGE_CONTENT, CHANGE_CONTACT, DROP_REQUEST])


def shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
