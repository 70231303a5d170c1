"""补正: a clerk asked for something more, and the citizen sends it."""

import re
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import wording
from bot.actions.content import declines_to_say
from bot.actions.conversation import changed, open_form, spoken_text_of, text_of
from bot.actions.dates import spoken_day
from bot.actions.meanwhile import answered_meanwhile
from bot.actions.messages import DROP_CORRECTION, message, say
from bot.actions.own_requests import Meant, acted, find, tell
from bot.actions.request_slots import Slots
from bot.actions.request_steps import ask, notice
from bot.components.acts import leaves_nothing_but_courtesy

_SUPPLEMENT = re.compile(
    r"^\s*补(?:充|正)(?:材料|内容|说明|情况)?\s*(?:\d{8}-\d{3,9})?\s*[:：]\s*(?P<said>.+)$", re.DOTALL
)
_WISH = re.compile("^我?(要|想|来|就)*补(充|正|交)(一?下|一些|一?点)?(材料|资料|内容|说明|情况)?(吧|了)?[。!！]*$")
_MORE_OF_WHAT_I_SENT = re.compile(
    "^(我|那)?(刚才|刚刚|刚|上面|前面|之前|上次)(登记|提交|投诉|反映|举报|说)?的?(那个|那条|那件|诉求|投诉)?.{0,3}(还|再)?(要|想|得|需要)?(再)?补充"
)
_FEWEST = 2


def supplement_in(text: str) -> str | None:
    """What 补充：… says."""
    found = _SUPPLEMENT.match(text)
    return found["said"].strip() if found else None


def wants_to_complete(text: str) -> bool:
    """我要补充材料, which no document is asked for."""
    return bool(_WISH.match(text) or _MORE_OF_WHAT_I_SENT.match(text))


async def begin_correction(dispatcher: CollectingDispatcher, tracker: Tracker, meant: Meant) -> list[EventType]:
    if "correct" not in meant.can:
        return tell(dispatcher, tracker, wording.CANNOT["correct"], [])
    if open_form(tracker):  # two forms at once would tangle: the text itself can be sent right away
        return tell(dispatcher, tracker, wording.CORRECT_BY_PREFIX, [])
    asked = notice(wording.ASK_CORRECTION.format(no=meant.no, wanted=_wanted(meant)))
    kept = {"correction_no": meant.no, **asked}
    return [SlotSet("correction_text", None), *changed(tracker, kept), FollowupAction("correction_form")]


async def send_supplement(dispatcher: CollectingDispatcher, tracker: Tracker, said: str) -> list[EventType]:
    """To the request that waits for it: the one named, or the one of this conversation."""
    meant, events = await find(dispatcher, tracker, "correct")
    if meant is None:
        return events
    return [*events, *await _send(dispatcher, tracker, meant, said)]


async def _send(dispatcher: CollectingDispatcher, tracker: Tracker, meant: Meant, said: str) -> list[EventType]:
    if "correct" not in meant.can:
        return tell(dispatcher, tracker, wording.CANNOT["correct"], [])
    state = await acted(dispatcher, tracker, meant, "correction", {"text": said}, again=f"补充 {meant.no}：{said}")
    if state is None:
        return []
    day = spoken_day(state.get("due_on"))
    until = wording.UNTIL.format(day=day) if day else ""
    return tell(dispatcher, tracker, wording.CORRECTED.format(no=meant.no, until=until), [])


def _wanted(meant: Meant) -> str:
    steps = meant.state.get("steps") or []
    wanted = next((step.get("note") for step in reversed(steps) if step.get("kind") == "ask_correction"), None)
    return f"：{wanted}" if wanted else "材料。"


class ActionAskCorrectionText(Action):
    def name(self) -> str:
        return "action_ask_correction_text"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        return ask(dispatcher, tracker, wording.RESUME_CORRECTION, [DROP_CORRECTION])


class ValidateCorrectionForm(FormValidationAction):
    def name(self) -> str:
        return "validate_correction_form"

    async def validate_correction_text(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Slots:
        if tracker.get_slot("requested_slot") != "correction_text":
            return {"correction_text": value}
        if declines_to_say(text_of(tracker)):
            return {"correction_text": None, "requested_slot": None}  # no requested slot: the form ends
        answered = await answered_meanwhile(dispatcher, tracker)
        if answered is not None:
            return {"correction_text": None, **notice(wording.RESUME_CORRECTION), **answered}
        said = spoken_text_of(tracker)
        if sum(map(str.isalnum, said)) < _FEWEST or leaves_nothing_but_courtesy(text_of(tracker)):
            return {"correction_text": None, **notice(wording.CORRECTION_UNCLEAR)}
        return {"correction_text": supplement_in(said) or said}


class ActionSubmitCorrection(Action):
    def name(self) -> str:
        return "action_submit_correction"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        emptied = changed(tracker, {"correction_text": None, "correction_no": None})
        said, no = tracker.get_slot("correction_text"), tracker.get_slot("correction_no")
        if not said or not no:
            say(dispatcher, message("request", wording.CORRECTION_DROPPED))
            return emptied
        meant, events = await find(dispatcher, tracker, "correct", named=(no, None))
        if meant is None:
            return [*events, *emptied]
        return [*events, *await _send(dispatcher, tracker, meant, said), *emptied]


class ActionCancelCorrection(Action):
    def name(self) -> str:
        return "action_cancel_correction"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        say(dispatcher, message("request", wording.CORRECTION_DROPPED))
        return changed(tracker, {"correction_text": None, "correction_no": None})
