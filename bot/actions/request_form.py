"""The request form: what happened, how to reach the citizen, yes or no. Any step takes a question in between."""

import logging
import re
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import wording
from bot.actions.choices import resolve_choice
from bot.actions.contact import declines_contact, find_contact
from bot.actions.content import is_addition, sounds_like_a_question, states_a_matter
from bot.actions.conversation import (
    fresh_frame,
    fresh_options,
    intent_of,
    request_id_of,
    spoken_text_of,
    text_of,
)
from bot.actions.messages import (
    CHANGE_CONTACT,
    CHANGE_CONTENT,
    DROP_REQUEST,
    NO_CONTACT,
    SUBMIT,
    message,
    message_of_answer,
    say,
)
from bot.actions.service import ServiceRefused, ServiceUnavailable, service

logger = logging.getLogger(__name__)

Slots = dict[str, Any]

_ANSWERED_KINDS = {"answer", "list", "compare", "clarify"}
_QUESTION_INTENTS = {"ask_policy", "ask_followup", "nlu_fallback"}
_LONGEST_SHOWN = 60
_LONGEST_YES = 8


class ActionAskRequestContent(Action):
    def name(self) -> str:
        return "action_ask_request_content"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        say(dispatcher, message("request", wording.ASK_CONTENT, [DROP_REQUEST]))
        return []


class ActionAskRequestContact(Action):
    def name(self) -> str:
        return "action_ask_request_contact"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        content = _shortened(str(tracker.get_slot("request_content")))
        say(dispatcher, message("request", wording.ASK_CONTACT.format(content=content), [NO_CONTACT, DROP_REQUEST]))
        return []


class ActionAskRequestConfirmed(Action):
    def name(self) -> str:
        return "action_ask_request_confirmed"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        text = wording.ASK_CONFIRMATION.format(
            content=tracker.get_slot("request_content"), contact=tracker.get_slot("request_contact")
        )
        say(dispatcher, message("request", text, [SUBMIT, CHANGE_CONTENT, CHANGE_CONTACT, DROP_REQUEST]))
        return []


class ValidateRequestForm(FormValidationAction):
    def name(self) -> str:
        return "validate_request_form"

    async def validate_request_content(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Slots:
        if tracker.get_slot("requested_slot") != "request_content":
            return {"request_content": value}  # set by an action before the form asked: judged already
        if intent_of(tracker) == "deny":
            return {"request_content": None, "requested_slot": None}  # no requested slot: the form ends
        answered = await _answered_meanwhile(dispatcher, tracker)
        if answered is not None:
            return {"request_content": None, **answered}
        if not states_a_matter(text_of(tracker)):
            say(dispatcher, message("request", wording.CONTENT_TOO_SHORT))
            return {"request_content": None}
        content = spoken_text_of(tracker)
        contact = find_contact(content)
        return {"request_content": content, **({"request_contact": contact} if contact else {})}

    async def validate_request_contact(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Slots:
        if tracker.get_slot("requested_slot") != "request_contact":
            return {"request_contact": value}
        text = spoken_text_of(tracker)
        contact = find_contact(text)
        if contact:
            return {"request_contact": contact}
        if declines_contact(text) or intent_of(tracker) == "deny":
            return {"request_contact": wording.NO_CONTACT_LEFT}
        answered = await _answered_meanwhile(dispatcher, tracker)
        if answered is None:
            say(dispatcher, message("request", wording.CONTACT_UNCLEAR))
        return {"request_contact": None, **(answered or {})}

    async def validate_request_confirmed(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Slots:
        if tracker.get_slot("requested_slot") != "request_confirmed":
            return {"request_confirmed": value}
        change = _change_wanted(tracker)
        if change is not None:
            return {"request_confirmed": None, **change}
        text = text_of(tracker)
        if intent_of(tracker) == "affirm" and len(text) <= _LONGEST_YES:
            return {"request_confirmed": True}
        if intent_of(tracker) == "deny":
            say(dispatcher, message("request", wording.NOT_YET_SUBMITTED))
            return {"request_confirmed": None}
        answered = await _answered_meanwhile(dispatcher, tracker)
        if answered is None:
            say(dispatcher, message("request", wording.CONFIRMATION_UNCLEAR))
        return {"request_confirmed": None, **(answered or {})}


def _change_wanted(tracker: Tracker) -> Slots | None:
    """The slots a correction at the last step changes, None when the text is no correction."""
    text = spoken_text_of(tracker)
    contact = find_contact(text)
    if contact:
        return {"request_contact": contact}
    if re.search("(改|换|重填|重写|重新(写|填|说)|修改).{0,3}(内容|诉求|描述)|内容.{0,4}(改|换|不对|错|重)", text):
        return {"request_content": None}
    if re.search(
        "(改|换|重填|修改).{0,3}(联系|电话|手机|号码|邮箱)|(联系方式|电话|号码|邮箱).{0,4}(改|换|不对|错|重)", text
    ):
        return {"request_contact": None}
    if is_addition(text) and states_a_matter(text):
        return {"request_content": f"{tracker.get_slot('request_content')}\n{text}"}
    return None


async def _answered_meanwhile(dispatcher: CollectingDispatcher, tracker: Tracker) -> Slots | None:
    """A policy question in the middle of the form is answered, and the form asks again; the slots remember the answer.

    None for all else. Only what the documents do answer counts: a complaint put as a question stays a complaint.
    """
    choice = resolve_choice(text_of(tracker), fresh_options(tracker))
    question = choice["question"] if choice else spoken_text_of(tracker)
    asking = intent_of(tracker) in _QUESTION_INTENTS and sounds_like_a_question(text_of(tracker))
    if not choice and not asking:
        return None
    try:
        reply = await service().answer(question, fresh_frame(tracker), request_id_of(tracker))
        bubble = message_of_answer(reply)
    except (ServiceUnavailable, ServiceRefused) as error:
        logger.warning("question inside the form not answered request_id=%s: %s", request_id_of(tracker), error)
        return None
    if bubble.get("kind") not in _ANSWERED_KINDS:
        return None
    say(dispatcher, bubble)
    return {"frame": reply.get("frame"), "shown_options": reply.get("options") or None}


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
