"""依申请公开: a chat message is no application, so the official way is shown and no form opened."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import wording
from bot.actions.conversation import changed, open_form
from bot.actions.messages import LOG_A_CONSULTATION, message, say
from bot.actions.request_steps import resume_notice


class ActionDisclosure(Action):
    def name(self) -> str:
        return "action_disclosure"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        say(dispatcher, message("notice", wording.DISCLOSURE, [] if open_form(tracker) else [LOG_A_CONSULTATION]))
        return changed(tracker, resume_notice(tracker))
