"""Questions: to the API and back, with what the conversation is about carried along."""

import asyncio
import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import wording
from bot.actions.choices import resolve_choice, wants_all
from bot.actions.content import opens_a_request, states_a_matter
from bot.actions.conversation import (
    changed,
    fresh_frame,
    fresh_options,
    fresh_pending_question,
    intent_of,
    spoken_text_of,
    text_of,
    turn_of,
)
from bot.actions.correction import send_supplement, supplement_in, wants_to_complete
from bot.actions.messages import LOG_A_REQUEST, Message, Option, message, message_of_answer, option, say
from bot.actions.service import Reply, ServiceRefused, ServiceUnavailable, service
from bot.actions.status import (
    awaited_code,
    carry_out,
    report_status,
    tell_how_to_have_it_done_again,
    wants_it_done_again,
    wants_to_withdraw,
)

logger = logging.getLogger(__name__)

_MOST_ANSWERS_AT_ONCE = 4
_SURE_FROM = 0.7


class ActionAnswer(Action):
    def name(self) -> str:
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        code = awaited_code(tracker)
        if code:
            return await report_status(dispatcher, tracker, (tracker.get_slot("status_no"), code))
        supplement = supplement_in(spoken_text_of(tracker))
        if supplement:
            return await send_supplement(dispatcher, tracker, supplement)
        if wants_to_complete(text_of(tracker)):
            return await carry_out("correct", dispatcher, tracker)
        if wants_to_withdraw(text_of(tracker)):
            return await carry_out("withdraw", dispatcher, tracker)
        if wants_it_done_again(tracker):
            return tell_how_to_have_it_done_again(dispatcher, tracker)
        if opens_a_request(spoken_text_of(tracker)):
            return [FollowupAction("action_begin_request")]
        options = fresh_options(tracker)
        questions = [offered for offered in options if offered["question"] != LOG_A_REQUEST["question"]]
        if len(questions) > 1 and wants_all(text_of(tracker)):
            return await answer_each(dispatcher, tracker, questions)
        choice = resolve_choice(text_of(tracker), options)
        if choice and choice["question"] == LOG_A_REQUEST["question"]:
            return [FollowupAction("action_begin_request")]
        if choice and choice["question"] == wording.REPHRASE_BUTTON:
            say(dispatcher, message("smalltalk", wording.REPHRASE))
            return []
        if choice:
            return await answer_question(dispatcher, tracker, choice["question"], options)
        return await answer_question(dispatcher, tracker, spoken_text_of(tracker))


async def answer_question(
    dispatcher: CollectingDispatcher, tracker: Tracker, question: str, still_offered: list[Option] | None = None
) -> list[EventType]:
    """Say the answer; the events remember it. A failure is said and offers the same question again.

    ``still_offered`` are the options the question was chosen from: the others can be asked for next.
    """
    try:
        reply = await service().answer(question, fresh_frame(tracker), turn_of(tracker))
    except ServiceUnavailable as error:
        return _say_unavailable(dispatcher, tracker, question, error)
    except ServiceRefused as error:
        say(dispatcher, message("notice", error.message or wording.UNMATCHED))
        return []
    say(dispatcher, message_of_answer(reply))
    remembered = _memory_of(tracker, question, reply)
    return changed(tracker, {**remembered, "shown_options": remembered["shown_options"] or still_offered})


async def answer_if_sure(dispatcher: CollectingDispatcher, tracker: Tracker, question: str) -> list[EventType] | None:
    """Say the answer where the documents surely have one to the question as it stands; None where they do not."""
    try:
        reply = await service().answer(question, None, turn_of(tracker))
    except (ServiceUnavailable, ServiceRefused) as error:
        logger.warning("idle talk not looked up request_id=%s: %s", turn_of(tracker).request_id, error)
        return None
    if reply.get("kind") == "not_found" or reply.get("confidence", 0) < _SURE_FROM:
        return None
    say(dispatcher, message_of_answer(reply))
    return changed(tracker, _memory_of(tracker, question, reply))


async def answer_each(dispatcher: CollectingDispatcher, tracker: Tracker, options: list[Option]) -> list[EventType]:
    """都说说: the answers to all options in one bubble, in the options' order; those beyond the most are offered."""
    chosen, rest = options[:_MOST_ANSWERS_AT_ONCE], options[_MOST_ANSWERS_AT_ONCE:]
    asking = (service().answer(choice["question"], fresh_frame(tracker), turn_of(tracker)) for choice in chosen)
    try:
        replies = await asyncio.gather(*asking)
    except (ServiceUnavailable, ServiceRefused) as error:
        return _say_unavailable(dispatcher, tracker, spoken_text_of(tracker), error)
    say(dispatcher, _joined(chosen, replies, rest))
    frame = replies[-1].get("frame") if replies else None
    return changed(tracker, {"frame": frame, "shown_options": rest or None, "pending_question": None})


def _joined(chosen: list[Option], replies: list[Reply], rest: list[Option]) -> Message:
    names = [choice["label"].rstrip("？?") for choice in chosen]
    text = "\n".join(f"{name}：{reply['text']}" for name, reply in zip(names, replies, strict=True))
    citations = [citation for reply in replies for citation in reply.get("citations") or []]
    return message("compare", f"{text}\n{wording.THE_REST}" if rest else text, rest, citations=citations)


def _memory_of(tracker: Tracker, question: str, reply: Reply) -> dict[str, Any]:
    frame = reply.get("frame") or {}
    options = reply.get("options") or []
    return {
        "frame": frame,
        "region": _first(frame.get("regions")),
        "year": _first(frame.get("years")),
        "topic": frame.get("topic") or None,
        "shown_options": options or None,
        "last_question": question,
        "last_kind": reply.get("kind"),
        "last_text": reply.get("text"),
        "pending_question": _pending(tracker, _unanswered(reply, question)) if LOG_A_REQUEST in options else None,
        "last_answer_id": reply.get("answer_id"),
        "status_no": None,
    }


def _first(values: Any) -> Any:
    return values[0] if values else None


def _unanswered(reply: Reply, question: str) -> str:
    """The questions of the message that got no answer; all of it where it was one question."""
    missing = [part["question"] for part in reply.get("parts") or [] if part["kind"] == "not_found"]
    return "；".join(part.rstrip("；;。") for part in missing) or question


def _pending(tracker: Tracker, question: str) -> str:
    """The question a clerk will read: 那济南呢 says nothing without the one before it."""
    unanswered = fresh_pending_question(tracker)
    before: str | None = unanswered or tracker.get_slot("last_question")
    # 锦江区 or a number after a refusal belongs to what was refused, and must not take its place
    goes_on = intent_of(tracker) == "ask_followup" or bool(unanswered and not states_a_matter(question))
    elliptical = goes_on and before and before != question
    return f"{before}；{question}" if elliptical else question


def _say_unavailable(
    dispatcher: CollectingDispatcher, tracker: Tracker, question: str, error: Exception
) -> list[EventType]:
    logger.warning("answer service unavailable request_id=%s: %s", turn_of(tracker).request_id, error)
    again = [option("再试一次", question)]
    say(dispatcher, message("unavailable", wording.UNAVAILABLE, again))
    return changed(tracker, {"shown_options": again, "last_kind": "unavailable"})


class ActionUnmatched(Action):
    """The core fallback. It must hand the turn back itself: Rasa would run it ten times over and then fall silent."""

    def name(self) -> str:
        return "action_unmatched"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        say(dispatcher, message("smalltalk", wording.UNMATCHED))
        return [FollowupAction("action_listen")]
