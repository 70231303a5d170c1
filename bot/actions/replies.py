"""The turns that need no question answered: courtesies, what this is, danger, a yes or a no."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import wording
from bot.actions.answer import answer_if_sure, answer_question
from bot.actions.content import states_a_matter
from bot.actions.conversation import (
    changed,
    forget_topic,
    fresh_options,
    fresh_pending_question,
    intent_of,
    is_certain,
    open_form,
    spoken_text_of,
    text_of,
)
from bot.actions.emergency import emergency
from bot.actions.messages import LOG_A_REQUEST, TALK_TO_A_PERSON, Message, message, say
from bot.actions.request_steps import resume_notice
from bot.actions.status import (
    asked_to_withdraw_just_now,
    carry_out,
    tell_how_to_have_it_done_again,
    wants_it_done_again,
    wants_to_withdraw,
)
from bot.components.acts import leaves_nothing_but_courtesy

_ERRAND = re.compile(
    "[办缴领](?!公)|报销|报名|挂失|卡|证|社保|医保|公积金|户口|落户|[上入]学|退休|养老|低保|残疾|生育|失业|租房|车牌|护照|老年"
)
_FORGETTING = {"greet", "goodbye", "start_over"}


def small_talk(intent: str, text: str, last_text: str | None = None) -> Message:
    """The bubble for a dialogue act that needs nothing but its name (in danger the words, or the last answer)."""
    if intent == "say_again":
        return message("smalltalk", _again(text, last_text))
    if intent == "emergency":
        return message("notice", emergency(text))
    if intent == "start_over" and wording.REPHRASE_BUTTON in text:
        return message("smalltalk", wording.REPHRASE)
    texts = {
        "greet": wording.GREETING,
        "thank": wording.THANKS,
        "goodbye": wording.GOODBYE,
        "bot_challenge": wording.WHO_I_AM,
        "ask_help": wording.WHAT_I_DO,
        "start_over": wording.START_OVER,
        "rudeness": wording.STAY_CALM,
        "out_of_scope": wording.OUT_OF_SCOPE,
    }
    options = [TALK_TO_A_PERSON, LOG_A_REQUEST] if intent == "ask_help" else []
    kind = "declined" if intent == "rudeness" else "smalltalk"
    return message(kind, texts.get(intent, wording.UNMATCHED), options)


def _again(text: str, last_text: str | None) -> str:
    if not last_text:
        return wording.NOTHING_TO_REPEAT
    if "人话" in text:
        return wording.PLAINLY
    return last_text if re.search("[遍次]|重复", text) else wording.IN_DETAIL


class ActionSmallTalk(Action):
    def name(self) -> str:
        return "action_small_talk"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        intent = intent_of(tracker)
        if intent == "out_of_scope" and not is_certain(tracker):
            said = spoken_text_of(tracker)
            answered = await answer_if_sure(dispatcher, tracker, said)
            if answered is not None:
                return answered
            if not open_form(tracker) and _ERRAND.search(said) and states_a_matter(said):
                # only guessed to be idle: 老年卡在哪里办 is for a clerk, if not for the documents
                say(dispatcher, message("smalltalk", wording.NOT_IN_THE_DOCUMENTS, [LOG_A_REQUEST]))
                return changed(tracker, {"pending_question": said, "shown_options": None})
        if intent == "start_over" and wants_it_done_again(tracker):  # 能不能重新处理一下 sounds like it
            return tell_how_to_have_it_done_again(dispatcher, tracker)
        bubble = small_talk(intent, text_of(tracker), tracker.get_slot("last_text"))
        if open_form(tracker):
            say(dispatcher, {**bubble, "options": []})
            return changed(tracker, resume_notice(tracker))
        say(dispatcher, bubble)
        forgets = intent in _FORGETTING and wording.REPHRASE_BUTTON not in text_of(tracker)
        return forget_topic(tracker) if forgets else []


class ActionAffirm(Action):
    """好的: yes to what was offered last; with nothing offered it only says that it was heard."""

    def name(self) -> str:
        return "action_affirm"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        kind = tracker.get_slot("last_kind")
        if fresh_pending_question(tracker) and kind == "not_found":
            return [FollowupAction("action_begin_request")]
        options = [offered for offered in fresh_options(tracker) if offered != LOG_A_REQUEST]
        if len(options) == 1 and kind in ("clarify", "unavailable"):
            return await answer_question(dispatcher, tracker, options[0]["question"])
        if options and kind == "clarify":
            say(dispatcher, message("clarify", wording.CHOOSE, options))
        elif _is_no_mere_word(tracker):
            return await answer_question(dispatcher, tracker, spoken_text_of(tracker))
        else:
            say(dispatcher, message("smalltalk", wording.ACKNOWLEDGED))
        return []


class ActionDeny(Action):
    def name(self) -> str:
        return "action_deny"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        cancelling = intent_of(tracker) == "cancel"
        if cancelling and wants_to_withdraw(text_of(tracker)) and tracker.get_slot("receipt"):
            return await carry_out("withdraw", dispatcher, tracker)
        if asked_to_withdraw_just_now(tracker):
            say(dispatcher, message("request", wording.NOT_WITHDRAWN))
            return []
        awaited = fresh_options(tracker) or fresh_pending_question(tracker)
        if not cancelling and not awaited and _is_no_mere_word(tracker):
            return await answer_question(dispatcher, tracker, spoken_text_of(tracker))
        say(dispatcher, message("smalltalk", wording.NOTHING_TO_CANCEL if cancelling else wording.NEVER_MIND))
        return changed(tracker, {"pending_question": None, "shown_options": None, "status_no": None})


def _is_no_mere_word(tracker: Tracker) -> bool:
    """Whether the text was only guessed to be a yes or a no, and says more than one."""
    return not is_certain(tracker) and not leaves_nothing_but_courtesy(text_of(tracker))
