"""What became of a request, and what its citizen does about it: urge it on, rate it, withdraw it, complete it."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import wording
from bot.actions.conversation import changed, fresh_frame, open_form, spoken_text_of, text_of, turns_since_set
from bot.actions.correction import begin_correction, send_supplement, supplement_in
from bot.actions.dates import spoken_day
from bot.actions.feedback import rate_answer
from bot.actions.messages import LOG_A_REQUEST, TALK_TO_A_PERSON, message, option, say
from bot.actions.own_requests import Meant, acted, acts_on, find, rating_taps, standing_of, tell
from bot.actions.request_changes import asked_again
from bot.actions.satisfaction import BAD, LABELS, comment_of, level_in
from bot.components.acts import changes_ones_own, keeps_it

_BARE_CODE = re.compile(
    r"^(?:查询码|查询码是|码)?[\s:：是]*([a-z0-9]{4}[\s-]?[a-z0-9]{4}|[a-z0-9]{5,12})$", re.IGNORECASE
)
_TURNS_TO_SEND_THE_CODE = 2
_ACTS = (
    ("withdraw", re.compile("撤销|撤回|撤诉|撤掉|撤了|不用(再)?办了")),
    ("correct", re.compile("^(我)?(要|想)?(来)?补(充|正|材料)")),
    ("remind", re.compile("催|督促")),
    ("rate", re.compile("评价|评分|打分|满意|差评|好评")),
)
_WITHDRAWS = re.compile(
    "^(我?不(想|要|用)?(再)?(投诉|举报|登记|反映|办)了?)?我?(要|想)?(把)?(撤销|撤回|撤诉|撤掉|撤)(我的|刚才的|那条|这条)?(登记|诉求|投诉|举报|工单)?(吧|了)*$"
)
_ONCE_MORE = re.compile(
    "^(我|俺)?(要|想|要求|申请|能不能|请|可以|还是)*(给我|帮我)?(重新|重头|再|重)(给我|帮我)?(办理|办|处理|派单|受理|交办|转办)(一?[次下遍]|吗|吧|了|啊)*$"
)
_RATED = re.compile("您的评价“|已经评价过了")
_TURNS_A_RATING_IS_FRESH = 4
_SURE = re.compile("^(我)?(确定|确认)")


def awaited_code(tracker: Tracker) -> str | None:
    """The code, when one was asked for just now and the message is nothing else."""
    if not tracker.get_slot("status_no") or turns_since_set(tracker, "status_no") > _TURNS_TO_SEND_THE_CODE:
        return None
    found = _BARE_CODE.match(text_of(tracker))
    return re.sub(r"[\s-]", "", found.group(1)).upper() if found else None


def act_in(text: str) -> str | None:
    """What a text that names a request wants with it; None: to know where it stands."""
    return next((act for act, words in _ACTS if words.search(text)), None)


def wants_to_withdraw(text: str) -> bool:
    """撤销我的诉求 and nothing else: no intent of its own, so it may arrive as a question."""
    return bool(_WITHDRAWS.match(re.sub(r"[\s,，。.!！]", "", text)))


def wants_it_done_again(tracker: Tracker) -> bool:
    """我要重新办理 of who has just rated a request, or had one here; else it may go on with a policy matter."""
    if not _ONCE_MORE.match(re.sub(r"[\s,，。.!！?？]", "", text_of(tracker))):
        return False
    return _rated_just_now(tracker) or bool(tracker.get_slot("receipt")) or not fresh_frame(tracker)


def tell_how_to_have_it_done_again(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    say(dispatcher, message("request", wording.HOW_TO_HAVE_IT_DONE_AGAIN, [LOG_A_REQUEST, TALK_TO_A_PERSON]))
    return changed(tracker, {"pending_question": None, "shown_options": None})


def _rated_just_now(tracker: Tracker) -> bool:
    turns = 0
    for event in reversed(tracker.events):
        turns += event.get("event") == "user"
        said = ((event.get("data") or {}).get("custom") or {}).get("text") if event.get("event") == "bot" else None
        if said and _RATED.search(str(said)):
            return True
        if turns > _TURNS_A_RATING_IS_FRESH:
            break
    return False


async def report_status(
    dispatcher: CollectingDispatcher, tracker: Tracker, named: tuple[str, str] | None = None
) -> list[EventType]:
    meant, events = await find(dispatcher, tracker, named=named)
    if meant is None:
        return events
    text = standing_of(meant) + (f"\n{wording.RATE_IT}" if "rate" in meant.can else "")
    return [*events, *tell(dispatcher, tracker, text, acts_on(meant))]


class ActionRequestStatus(Action):
    """Also reached by every text with a request number in it, so it looks at what that text wants."""

    def name(self) -> str:
        return "action_request_status"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        supplement = supplement_in(spoken_text_of(tracker))
        if supplement:
            return await send_supplement(dispatcher, tracker, supplement)
        text = text_of(tracker)
        if keeps_it(text):
            return tell(dispatcher, tracker, wording.NOT_WITHDRAWN, [])
        if changes_ones_own(text) and _is_still_being_written(tracker):
            return [SlotSet(slot, value) for slot, value in asked_again(tracker, "request_content").items()]
        act = "correct" if changes_ones_own(text) else act_in(text)
        return await (carry_out(act, dispatcher, tracker) if act else report_status(dispatcher, tracker))


def _is_still_being_written(tracker: Tracker) -> bool:
    """刚才提交的内容 of who has sent nothing yet is that of the open form."""
    return (
        open_form(tracker) == "request_form"
        and bool(tracker.get_slot("request_content"))
        and not tracker.get_slot("receipt")
    )


def asked_to_withdraw_just_now(tracker: Tracker) -> bool:
    """Whether the last thing said was the question if a request is to be withdrawn: 算了 is an answer to it."""
    said = next((event for event in reversed(tracker.events) if event.get("event") == "bot"), {})
    text = str(((said.get("data") or {}).get("custom") or {}).get("text") or "")
    return text.startswith(wording.SURE_TO_WITHDRAW.split("{")[0])


class ActionUrgeRequest(Action):
    def name(self) -> str:
        return "action_urge_request"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        return await carry_out("remind", dispatcher, tracker)


class ActionRateRequest(Action):
    """不满意 right after an answer is an opinion of that answer."""

    def name(self) -> str:
        return "action_rate_request"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        level = level_in(text_of(tracker))
        of_the_answer = turns_since_set(tracker, "last_answer_id") <= 1 and "评价" not in text_of(tracker)
        if level is not None and of_the_answer and tracker.get_slot("last_answer_id"):
            return await rate_answer(dispatcher, tracker, level not in BAD)
        return await carry_out("rate", dispatcher, tracker)


async def carry_out(act: str, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
    """``act``: remind, rate, withdraw or correct, on the request meant."""
    meant, events = await find(dispatcher, tracker, act)
    if meant is None:
        return events
    if act not in meant.can:
        return [*events, *_cannot(act, dispatcher, tracker, meant)]
    doing = {"remind": _remind, "rate": _rate, "withdraw": _withdraw, "correct": begin_correction}[act]
    return [*events, *await doing(dispatcher, tracker, meant)]


def _cannot(act: str, dispatcher: CollectingDispatcher, tracker: Tracker, meant: Meant) -> list[EventType]:
    rated = meant.state.get("rating_label")
    if act == "rate" and rated:
        return tell(dispatcher, tracker, wording.ALREADY_RATED.format(no=meant.no, level=rated), [])
    return tell(dispatcher, tracker, f"{wording.CANNOT[act]}\n{standing_of(meant)}", acts_on(meant))


async def _remind(dispatcher: CollectingDispatcher, tracker: Tracker, meant: Meant) -> list[EventType]:
    state = await acted(dispatcher, tracker, meant, "reminder", {})
    if state is None:
        return []
    day = spoken_day(state.get("due_on"))
    until = wording.REMINDED_UNTIL.format(day=day) if day else ""
    return tell(dispatcher, tracker, wording.REMINDED.format(no=meant.no, until=until), [])


async def _rate(dispatcher: CollectingDispatcher, tracker: Tracker, meant: Meant) -> list[EventType]:
    level = level_in(text_of(tracker))
    if level is None:
        return tell(dispatcher, tracker, wording.ASK_RATING.format(no=meant.no), rating_taps(meant.no))
    body = {"rating": level, "comment": comment_of(spoken_text_of(tracker))}
    if await acted(dispatcher, tracker, meant, "rating", body) is None:
        return []
    thanks = wording.RATED_REQUEST_BAD if level in BAD else wording.RATED_REQUEST
    return tell(dispatcher, tracker, thanks.format(level=LABELS[level]), [])


async def _withdraw(dispatcher: CollectingDispatcher, tracker: Tracker, meant: Meant) -> list[EventType]:
    if not _SURE.search(text_of(tracker)):
        sure = [option("确定撤销", f"确定撤销 {meant.no}"), option("不撤销", f"查进度 {meant.no}")]
        return tell(dispatcher, tracker, wording.SURE_TO_WITHDRAW.format(no=meant.no), sure)
    if await acted(dispatcher, tracker, meant, "withdrawal", {}) is None:
        return []
    return tell(dispatcher, tracker, wording.WITHDRAWN.format(no=meant.no), [])
