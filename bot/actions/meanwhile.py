"""A question in the middle of a form: about a policy, or about the form itself."""

import logging

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.about_the_form import asks_what_to_fill_in, told_about_the_form
from bot.actions.choices import resolve_choice
from bot.actions.content import sounds_like_a_question
from bot.actions.conversation import fresh_frame, fresh_options, intent_of, spoken_text_of, text_of, turn_of
from bot.actions.messages import message, message_of_answer, say
from bot.actions.request_slots import Slots
from bot.actions.service import ServiceRefused, ServiceUnavailable, service

logger = logging.getLogger(__name__)

_ANSWERED_KINDS = {"answer", "list", "compare", "clarify"}
_QUESTION_INTENTS = {"ask_policy", "ask_followup", "nlu_fallback"}
_TELLING = {"request_content", "correction_text"}


async def answered_meanwhile(dispatcher: CollectingDispatcher, tracker: Tracker) -> Slots | None:
    """The question is answered, and the form asks again; the slots remember the answer.

    None for all else. Only what the documents do answer counts: a complaint put as a question stays a complaint.
    """
    # what is said where the matter is asked for may be a complaint about just that: 医院泄露我的信息
    about_the_form = None if tracker.get_slot("requested_slot") in _TELLING else told_about_the_form(text_of(tracker))
    if about_the_form:
        say(dispatcher, message("request", about_the_form))
        return {}
    if asks_what_to_fill_in(text_of(tracker)):
        return {}
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
    if bubble["kind"] == "declined":
        say(dispatcher, {**bubble, "options": []})
        return {}
    if bubble["kind"] not in _ANSWERED_KINDS:
        return None
    say(dispatcher, bubble)
    return {"frame": reply.get("frame"), "shown_options": reply.get("options") or None}
