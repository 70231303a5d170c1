"""Thumbs up and down, said in words."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import wording
from bot.actions.conversation import changed, intent_of, turn_of
from bot.actions.messages import LOG_A_REQUEST, REPHRASE, message, say
from bot.actions.service import ServiceRefused, ServiceUnavailable, Turn, service

logger = logging.getLogger(__name__)


class ActionFeedback(Action):
    def name(self) -> str:
        return "action_feedback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        return await rate_answer(dispatcher, tracker, intent_of(tracker) == "feedback_good")


async def rate_answer(dispatcher: CollectingDispatcher, tracker: Tracker, helpful: bool) -> list[EventType]:
    answer_id = tracker.get_slot("last_answer_id")
    if not answer_id:
        say(dispatcher, message("smalltalk", wording.NO_ANSWER_TO_RATE))
        return []
    await _send(answer_id, helpful, turn_of(tracker))
    if helpful:
        say(dispatcher, message("smalltalk", wording.RATED_GOOD))
        return []
    say(dispatcher, message("smalltalk", wording.RATED_BAD, [REPHRASE, LOG_A_REQUEST]))
    return changed(
        tracker,
        {
            "pending_question": tracker.get_slot("last_question"),
            "shown_options": [REPHRASE, LOG_A_REQUEST],
            "last_kind": "not_found",
        },
    )


async def _send(answer_id: str, helpful: bool, turn: Turn) -> None:
    """A lost opinion is logged, not told: the citizen has nothing to do about it."""
    try:
        await service().feedback(answer_id, helpful, turn)
    except (ServiceUnavailable, ServiceRefused) as error:
        logger.warning("feedback not delivered request_id=%s: %s", turn.request_id, error)
