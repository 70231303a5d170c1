"""Opening, submitting and dropping a request. The form between them is in request_form.py."""

import logging
import uuid
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import wording
from bot.actions.contact import wants_anonymity
from bot.actions.content import (
    brings_its_own_matter,
    matter_of,
    opening_of,
    opens_a_request,
    replacing_content,
    states_a_matter,
)
from bot.actions.conversation import (
    changed,
    channel_of,
    fresh_pending_question,
    intent_of,
    is_messenger,
    open_form,
    spoken_text_of,
    text_of,
    turn_of,
    turns_since_set,
)
from bot.actions.correction import send_supplement, supplement_in
from bot.actions.dates import spoken_day
from bot.actions.messages import LOG_A_REQUEST, message, option, say
from bot.actions.places import SKIPPED
from bot.actions.request_changes import wants_to_change
from bot.actions.request_slots import (
    FORM_SLOTS,
    Slots,
    contact_of,
    emptied_form,
    kind_wished,
    region_of,
    taken_back,
    told_by_content,
)
from bot.actions.request_steps import notice, shortened
from bot.actions.service import Reply, ServiceRefused, ServiceUnavailable, service
from bot.actions.status import carry_out

logger = logging.getLogger(__name__)

_LONGEST_CHANGE = 12

# the rule of log_request would lead on to it
_WITHOUT_THE_FORM = FollowupAction("action_listen")


def content_to_start_with(text: str, pending_question: str | None) -> str | None:
    """What needs no asking: the sentence itself when it states a matter, else the question without an answer."""
    if states_a_matter(text):
        return matter_of(text)
    return None if brings_its_own_matter(text) else pending_question


class ActionBeginRequest(Action):
    """Who said all of it in one message gets straight to the summary."""

    def name(self) -> str:
        return "action_begin_request"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        said = spoken_text_of(tracker)
        if intent_of(tracker) != "log_request" and not opens_a_request(said):
            said = ""
        if not open_form(tracker) and tracker.get_slot("receipt") and _about_what_was_sent(said):
            return [*await carry_out("correct", dispatcher, tracker), _WITHOUT_THE_FORM]
        supplement = supplement_in(said)
        if supplement:
            return [*await send_supplement(dispatcher, tracker, supplement), _WITHOUT_THE_FORM]
        pending = _offered_question(tracker)
        content = content_to_start_with(said, pending)
        adopted = bool(pending) and content == pending
        told = {**_told(said, content, tracker), "request_once": uuid.uuid4().hex}
        if adopted:
            told["request_region"] = tracker.get_slot("region") or SKIPPED
        keep = {"pending_question": pending if adopted else None, "shown_options": None, "form_notice": None}
        if adopted and not told.get("request_contact"):
            keep |= notice(wording.ADOPTED.format(content=shortened(str(content))))
        start = [SlotSet(slot, told.get(slot)) for slot in FORM_SLOTS]
        # also reached without a log_request message, by 好的 after an offer, where no rule leads on to the form
        return [*start, *changed(tracker, keep), FollowupAction("request_form")]


def _about_what_was_sent(said: str) -> bool:
    """修改内容 is, once something was sent; 我要投诉小区换地方停车 is another request."""
    return (
        len(said) <= _LONGEST_CHANGE
        and wants_to_change(said)
        and not opens_a_request(said)
        and not replacing_content(said)
    )


def _told(said: str, content: str | None, tracker: Tracker) -> Slots:
    """A form that was left open before says nothing about this one."""
    text = text_of(tracker)
    wished = (kind_wished(opening_of(text)) or kind_wished(text)) if said else None
    if content is None:
        anonymous = taken_back(tracker) if wants_anonymity(said) else {}
        return {"request_kind": wished, **anonymous}
    fresh = tracker.copy()
    fresh.slots = {**fresh.slots, **dict.fromkeys(FORM_SLOTS), "request_kind": wished}
    return told_by_content(content, fresh)


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
            say(dispatcher, _receipt_message(receipt, _how_told(tracker)))
            kept["receipt"] = {"no": str(receipt["no"]), "code": str(receipt["code"])}
        except ServiceUnavailable as error:
            return _keep_for_another_try(tracker, error)
        except ServiceRefused as error:
            say(dispatcher, message("request", wording.REFUSED.format(reason=error.message), [LOG_A_REQUEST]))
        return [*emptied_form(), *changed(tracker, kept)]


def _body(tracker: Tracker) -> Reply:
    """``once`` is the same for every try, so that one that was logged without an answer is not logged again."""
    body = {
        "content": tracker.get_slot("request_content"),
        "kind": tracker.get_slot("request_kind"),
        "question": tracker.get_slot("pending_question"),
        "region": region_of(tracker),
        "name": tracker.get_slot("request_name"),
        "contact": contact_of(tracker),
        "consent": bool(tracker.get_slot("request_consent")),
        "once": tracker.get_slot("request_once"),
        "channel": channel_of(tracker),
    }
    return {name: value for name, value in body.items() if value is not None}


def _how_told(tracker: Tracker) -> str:
    if contact_of(tracker) or is_messenger(tracker):
        return wording.TOLD_WHEN_ANSWERED if tracker.get_slot("request_consent") else ""
    return wording.TOLD_HERE_WHEN_ANSWERED if tracker.get_slot("request_consent") else wording.NO_WAY_TO_REACH_YOU


def _receipt_message(receipt: Reply, how_told: str) -> Reply:
    no, code = str(receipt["no"]), str(receipt["code"])
    day = spoken_day(receipt.get("due_on"))
    until = wording.UNTIL.format(day=day) if day else ""
    text = wording.SUBMITTED.format(until=until, no=no, code=code) + (f"\n{how_told}" if how_told else "")
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
        if not open_form(tracker):
            say(dispatcher, message("notice", wording.CONTACT_FOR_WHAT, [LOG_A_REQUEST]))
        # what was refused before is still what the offer is about
        pending = fresh_pending_question(tracker)
        return changed(tracker, {"pending_question": pending}) if pending else []
