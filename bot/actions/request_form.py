"""What each step of the request form makes of a message. Any step takes a policy question in between."""

import logging
import re
from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import wording
from bot.actions.choices import resolve_choice
from bot.actions.contact import declines_contact, find_contact, is_about_leaving_one, names_another_way
from bot.actions.content import (
    declines_to_say,
    is_addition,
    is_contact_alone,
    matter_of,
    replacing_content,
    sounds_like_a_question,
    states_a_matter,
)
from bot.actions.conversation import (
    fresh_frame,
    fresh_options,
    intent_of,
    spoken_text_of,
    text_of,
    turn_of,
)
from bot.actions.messages import message_of_answer, say
from bot.actions.request_steps import notice, shortened
from bot.actions.service import ServiceRefused, ServiceUnavailable, service

logger = logging.getLogger(__name__)

Slots = dict[str, Any]

_ANSWERED_KINDS = {"answer", "list", "compare", "clarify"}
_QUESTION_INTENTS = {"ask_policy", "ask_followup", "nlu_fallback"}
_LONGEST_YES = 8
_SHORTEST_NEW_CONTENT = 8
_YES = re.compile("^(确认|那就|就)?(提交|登记)(吧|了|一下)?$")
_OTHER_CONTENT = re.compile("(改|换|重填|重写|重新(写|填|说)|修改).{0,3}(内容|诉求|描述)|内容.{0,4}(改|换|不对|错|重)")
_OTHER_CONTACT = re.compile(
    "(改|换|重填|修改).{0,3}(联系|电话|手机|号码|邮箱)|(联系方式|电话|号码|邮箱).{0,4}(改|换|不对|错|重)"
)


class ValidateRequestForm(FormValidationAction):
    """Rasa also passes values that an action set before the form asked for them; those were judged already."""

    def name(self) -> str:
        return "validate_request_form"

    async def validate_request_content(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Slots:
        if tracker.get_slot("requested_slot") != "request_content":
            return {"request_content": value}
        if declines_to_say(text_of(tracker)):
            return {"request_content": None, "requested_slot": None}  # no requested slot: the form ends
        answered = await _answered_meanwhile(dispatcher, tracker)
        if answered is not None:
            return {"request_content": None, **notice(wording.RESUME_CONTENT), **answered}
        if is_contact_alone(spoken_text_of(tracker)):
            kept = {"request_contact": find_contact(spoken_text_of(tracker))}
            return {"request_content": None, **kept, **notice(wording.ONLY_A_CONTACT)}
        if not states_a_matter(text_of(tracker)):
            return {"request_content": None, **notice(wording.CONTENT_TOO_SHORT)}
        said = spoken_text_of(tracker)
        content = replacing_content(said) or matter_of(said)
        contact = find_contact(content)
        return {"request_content": content, **({"request_contact": contact} if contact else {})}

    async def validate_request_contact(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Slots:
        if tracker.get_slot("requested_slot") != "request_contact":
            return {"request_contact": value}
        contact = find_contact(spoken_text_of(tracker))
        if contact and not replacing_content(spoken_text_of(tracker)):
            return {"request_contact": contact}
        if declines_contact(text_of(tracker)) or intent_of(tracker) == "deny":
            return {"request_contact": wording.NO_CONTACT_LEFT}
        answered = await _answered_meanwhile(dispatcher, tracker)
        if answered is not None:
            return {"request_contact": None, **notice(wording.RESUME_CONTACT), **answered}
        changed_content = _new_content(tracker)
        if changed_content is not None:
            return {"request_contact": contact, **changed_content}
        if names_another_way(text_of(tracker)):
            return {"request_contact": None, **notice(wording.ONLY_PHONE_OR_MAIL)}
        return {"request_contact": None, **notice(wording.CONTACT_UNCLEAR)}

    async def validate_request_confirmed(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Slots:
        if tracker.get_slot("requested_slot") != "request_confirmed":
            return {"request_confirmed": value}
        change = _change_wanted(tracker)
        if change is not None:
            return {"request_confirmed": None, **change}
        if _YES.match(text_of(tracker)) or (intent_of(tracker) == "affirm" and len(text_of(tracker)) <= _LONGEST_YES):
            return {"request_confirmed": True}
        if intent_of(tracker) == "deny":
            return {"request_confirmed": None, **notice(wording.NOT_YET_SUBMITTED)}
        answered = await _answered_meanwhile(dispatcher, tracker)
        if answered is not None:
            return {"request_confirmed": None, **notice(wording.RESUME_CONFIRMATION), **answered}
        return {"request_confirmed": None, **notice(wording.CONFIRMATION_UNCLEAR)}


def _change_wanted(tracker: Tracker) -> Slots | None:
    """The slots a correction at the last step changes, None when the text is no correction."""
    text = text_of(tracker)
    contact = find_contact(spoken_text_of(tracker))
    replacement = replacing_content(spoken_text_of(tracker))
    if replacement:
        return {"request_content": replacement, "pending_question": None}
    if contact:
        return {"request_contact": contact}
    if _OTHER_CONTENT.search(text):
        return {"request_content": None}
    if _OTHER_CONTACT.search(text):
        return {"request_contact": None}
    if is_addition(text) and states_a_matter(text):
        return {"request_content": f"{tracker.get_slot('request_content')}\n{spoken_text_of(tracker)}"}
    return None


def _new_content(tracker: Tracker) -> Slots | None:
    """What a text at the contact step makes of the content: a longer text that states a matter takes its place."""
    said = spoken_text_of(tracker)
    replacement = replacing_content(said)
    if not replacement and _OTHER_CONTENT.search(text_of(tracker)):
        return {"request_content": None, "pending_question": None}
    if not replacement and (names_another_way(said) or is_about_leaving_one(said)):
        return None
    long_enough = len(said) >= _SHORTEST_NEW_CONTENT and states_a_matter(said)
    if not replacement and (not long_enough or intent_of(tracker) in ("affirm", "deny")):
        return None
    if not replacement and is_addition(said):
        content = f"{tracker.get_slot('request_content')}\n{said}"
    else:
        content = replacement or matter_of(said)
    changed_to = notice(wording.CONTENT_CHANGED.format(content=shortened(content)))
    has_contact = find_contact(said) is not None
    return {"request_content": content, "pending_question": None, **({} if has_contact else changed_to)}


async def _answered_meanwhile(dispatcher: CollectingDispatcher, tracker: Tracker) -> Slots | None:
    """A policy question in the middle of the form is answered, and the form asks again; the slots remember the answer.

    None for all else. Only what the documents do answer counts: a complaint put as a question stays a complaint.
    """
    choice = resolve_choice(text_of(tracker), fresh_options(tracker))
    asking = intent_of(tracker) in _QUESTION_INTENTS and sounds_like_a_question(text_of(tracker))
    if not choice and not asking:
        return None
    question = choice["question"] if choice else spoken_text_of(tracker)
    try:
        reply = await service().answer(question, fresh_frame(tracker), turn_of(tracker))
        bubble = message_of_answer(reply)
    except (ServiceUnavailable, ServiceRefused) as error:
        logger.warning("question inside the form not answered request_id=%s: %s", turn_of(tracker).request_id, error)
        return None
    if bubble["kind"] not in _ANSWERED_KINDS:
        return None
    say(dispatcher, bubble)
    return {"frame": reply.get("frame"), "shown_options": reply.get("options") or None}
