"""The form's own questions. What the last turn has to say about itself (not understood, not sent) takes their place."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import wording
from bot.actions.conversation import changed, is_messenger, open_form
from bot.actions.kinds import LABELS
from bot.actions.messages import (
    ANONYMOUS,
    CHANGE_CONTACT,
    CHANGE_CONTENT,
    CHANGE_KIND,
    CHANGE_REGION,
    DO_NOT_NOTIFY,
    DROP_REQUEST,
    NOTIFY_ME,
    ONE_STEP_BACK,
    SKIP,
    SUBMIT,
    Option,
    message,
    option,
    say,
)
from bot.actions.request_slots import contact_of, region_of

KIND_OPTIONS = [option(label) for label in LABELS.values()]
_LONGEST_SHOWN = 60
_RESUMING = {
    "request_content": wording.RESUME_CONTENT,
    "request_kind": wording.RESUME_KIND,
    "request_region": wording.RESUME_REGION,
    "request_contact": wording.RESUME_CONTACT,
    "request_consent": wording.RESUME_CONSENT,
    "request_confirmed": wording.RESUME_CONFIRMATION,
    "correction_text": wording.RESUME_CORRECTION,
}


def notice(text: str, kind: str = "request") -> dict[str, Any]:
    """The slot that makes the next question read ``text``; asked once, then gone."""
    return {"form_notice": {"kind": kind, "text": text}}


def resume_notice(tracker: Tracker) -> dict[str, Any]:
    """The notice with which the open form comes back after something else; empty when none is open."""
    asked = tracker.get_slot("requested_slot")
    return notice(_RESUMING[asked]) if open_form(tracker) and asked in _RESUMING else {}


def ask(dispatcher: CollectingDispatcher, tracker: Tracker, text: str, options: list[Option]) -> list[EventType]:
    instead = tracker.get_slot("form_notice") or {}
    say(dispatcher, message(instead.get("kind", "request"), instead.get("text", text), options))
    return changed(tracker, {"form_notice": None})


def shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


class ActionAskRequestContent(Action):
    def name(self) -> str:
        return "action_ask_request_content"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        return ask(dispatcher, tracker, wording.ASK_CONTENT, [DROP_REQUEST])


class ActionAskRequestKind(Action):
    def name(self) -> str:
        return "action_ask_request_kind"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        return ask(dispatcher, tracker, wording.ASK_KIND, KIND_OPTIONS)


class ActionAskRequestRegion(Action):
    def name(self) -> str:
        return "action_ask_request_region"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        text = wording.ASK_REGION.format(content=shortened(str(tracker.get_slot("request_content"))))
        return ask(dispatcher, tracker, text, [SKIP, ONE_STEP_BACK, DROP_REQUEST])


class ActionAskRequestContact(Action):
    def name(self) -> str:
        return "action_ask_request_contact"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        text = wording.ASK_CONTACT.format(content=shortened(str(tracker.get_slot("request_content"))))
        return ask(dispatcher, tracker, text, [ANONYMOUS, ONE_STEP_BACK, DROP_REQUEST])


class ActionAskRequestConsent(Action):
    def name(self) -> str:
        return "action_ask_request_consent"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        return ask(dispatcher, tracker, wording.ASK_CONSENT, [NOTIFY_ME, DO_NOT_NOTIFY, ONE_STEP_BACK])


class ActionAskRequestConfirmed(Action):
    def name(self) -> str:
        return "action_ask_request_confirmed"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        told = [] if tracker.get_slot("request_consent") else [NOTIFY_ME]
        changes = [CHANGE_CONTENT, CHANGE_KIND, CHANGE_REGION, CHANGE_CONTACT]
        return ask(dispatcher, tracker, summary(tracker), [SUBMIT, *told, *changes, DROP_REQUEST])


def summary(tracker: Tracker) -> str:
    contact, name = contact_of(tracker), tracker.get_slot("request_name")
    region = region_of(tracker)
    reached_by = "，".join(part for part in (name, contact) if part) or wording.ANONYMOUS
    rows = [
        wording.CONFIRM,
        f"类别：{LABELS.get(tracker.get_slot('request_kind'), LABELS['help'])}",
        f"内容：{tracker.get_slot('request_content')}",
        *([f"地点：{region}"] if region else []),
        f"联系：{reached_by}",
        *_told_row(tracker, contact),
    ]
    return "\n".join(rows)


def _told_row(tracker: Tracker, contact: str | None) -> list[str]:
    reachable = contact or is_messenger(tracker)
    if tracker.get_slot("request_consent"):
        return [f"有答复时：{wording.WILL_BE_TOLD if reachable else wording.WILL_BE_TOLD_HERE}"]
    return [f"有答复时：{wording.WILL_NOT_BE_TOLD}"] if reachable else []
