"""Opening, submitting and dropping a request. The form between them is in request_form.py."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import wording
from bot.actions.contact import find_contact
from bot.actions.content import brings_its_own_matter, matter_of, states_a_matter
from bot.actions.conversation import (
    changed,
    channel_of,
    form_is_open,
    fresh_pending_question,
    intent_of,
    spoken_text_of,
    turn_of,
    turns_since_set,
)
from bot.actions.messages import LOG_A_REQUEST, message, option, say
from bot.actions.request_steps import notice, shortened
from bot.actions.service import Reply, ServiceRefused, ServiceUnavailable, service

logger = logging.getLogger(__name__)

FORM_SLOTS = ("request_content", "request_contact", "request_confirmed")


def emptied_form() -> list[EventType]:
    """Rasa leaves a form's slots filled; the next request would skip its questions, and contacts would linger."""
    return [SlotSet(slot, None) for slot in FORM_SLOTS]


def content_to_start_with(text: str, pending_question: str | None) -> str | None:
    """What needs no asking: the sentence itself when it states a matter, else the question without an answer."""
    if states_a_matter(text):
        return matter_of(text)
    return None if brings_its_own_matter(text) else pending_question


class ActionBeginRequest(Action):
    def name(self) -> str:
        return "action_begin_request"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        said = spoken_text_of(tracker) if intent_of(tracker) == "log_request" else ""
        pending = _offered_question(tracker)
        content = content_to_start_with(said, pending)
        adopted = bool(pending) and content == pending
        contact = find_contact(content or "")
        keep = {"pending_question": pending if adopted else None, "shown_options": None, "form_notice": None}
        if adopted and not contact:
            keep |= notice(wording.ADOPTED.format(content=shortened(str(content))))
        start = [*emptied_form(), SlotSet("request_content", content), SlotSet("request_contact", contact)]
        # also reached without a log_request message, by 好的 after an offer, where no rule leads on to the form
        return [*start, *changed(tracker, keep), FollowupAction("request_form")]


def _offered_question(tracker: Tracker) -> str | None:
    """The question refused in the turn before, for who asks to log it or says yes; 第一个 names no question."""
    asked_for = intent_of(tracker) in ("log_request", "affirm")
    just_now = turns_since_set(tracker, "pending_question") == 1
    return fresh_pending_question(tracker) if asked_for and just_now else None


class ActionSubmitRequest(Action):
    def name(self) -> str:
        return "action_submit_request"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        if tracker.get_slot("request_confirmed") is not True:
            say(dispatcher, message("request", wording.CANCELLED))
            return emptied_form()
        kept: dict[str, Any] = {"pending_question": None}
        try:
            receipt = await service().create_request(_body(tracker), turn_of(tracker))
            say(dispatcher, _receipt_message(receipt, bool(_body(tracker)["contact"])))
            kept["receipt"] = {"no": str(receipt["no"]), "code": str(receipt["code"])}
        except ServiceUnavailable as error:
            return _keep_for_another_try(tracker, error)
        except ServiceRefused as error:
            say(dispatcher, message("request", wording.REFUSED.format(reason=error.message), [LOG_A_REQUEST]))
        return [*emptied_form(), *changed(tracker, kept)]


def _body(tracker: Tracker) -> Reply:
    contact = tracker.get_slot("request_contact")
    question = tracker.get_slot("pending_question")
    return {
        "content": tracker.get_slot("request_content"),
        "contact": None if contact == wording.NO_CONTACT_LEFT else contact,
        "question": question,
        # a complaint of one's own may be about another place than the questions before it
        "region": tracker.get_slot("region") if question else None,
        "channel": channel_of(tracker),
    }


def _receipt_message(receipt: Reply, can_be_reached: bool) -> Reply:
    no, code = str(receipt["no"]), str(receipt["code"])
    text = wording.SUBMITTED.format(no=no, code=code) + ("" if can_be_reached else wording.NO_WAY_TO_REACH_YOU)
    return message("request", text, [option("查进度", f"{no} {code}")], request={"no": no, "code": code})


def _keep_for_another_try(tracker: Tracker, error: Exception) -> list[EventType]:
    """Nothing typed is lost: the form opens again at its last step, whose question says what happened."""
    logger.warning("request not submitted request_id=%s: %s", turn_of(tracker).request_id, error)
    failed = notice(wording.NOT_SUBMITTED.format(hotline=wording.HOTLINE), "unavailable")
    return [SlotSet("request_confirmed", None), *changed(tracker, failed), FollowupAction("request_form")]


class ActionCancelRequest(Action):
    def name(self) -> str:
        return "action_cancel_request"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        leaving = intent_of(tracker) == "goodbye"
        say(dispatcher, message("request", wording.CANCELLED_GOODBYE if leaving else wording.CANCELLED))
        return [*emptied_form(), *changed(tracker, {"pending_question": None})]


class ActionContactOutsideForm(Action):
    """A phone number out of the blue. It is not repeated and not kept."""

    def name(self) -> str:
        return "action_contact_outside_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        if not form_is_open(tracker):
            say(dispatcher, message("notice", wording.CONTACT_FOR_WHAT, [LOG_A_REQUEST]))
        return []
