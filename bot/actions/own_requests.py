"""Which request a message is about, and how its state is shown: named by number, known from this conversation, or
proven by the code."""

import logging
import re
from typing import Any, NamedTuple

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import wording
from bot.actions.conversation import changed, open_form, text_of, turn_of
from bot.actions.messages import Option, message, option, say
from bot.actions.request_steps import resume_notice
from bot.actions.satisfaction import LABELS
from bot.actions.service import Reply, ServiceRefused, ServiceUnavailable, service

logger = logging.getLogger(__name__)

LENGTH_OF_A_CODE = 8
_NUMBER = re.compile(r"(?<!\d)(\d{8}-\d{3,9})(?!\d)")
_CODE = re.compile(r"(?<![a-z0-9])([a-z0-9]{8})(?![a-z0-9])", re.IGNORECASE)
_ODD_CODE = re.compile(r"(?<![a-z0-9])([a-z0-9]{4,12})(?![a-z0-9])", re.IGNORECASE)
_JUST_NOW = re.compile("刚")
_MOST_LISTED = 6
_LONGEST_ON_A_TAP = 14
_SAID = {"remind": "催办", "rate": "评价", "correct": "补充", "withdraw": "撤销"}


class Meant(NamedTuple):
    """The request, and the code that opens it where the conversation is not its own."""

    state: Reply
    code: str | None

    @property
    def no(self) -> str:
        return str(self.state["no"])

    @property
    def can(self) -> list[str]:
        return list(self.state.get("can") or [])

    def proof(self) -> Reply:
        return {"code": self.code} if self.code else {}


def number_and_code(text: str) -> tuple[str | None, str | None]:
    """Both as typed, the code in upper case; a code of the wrong length comes too, so that it can be said."""
    found = _NUMBER.search(text)
    if not found:
        return None, None
    rest = _NUMBER.sub(" ", text)
    code = _CODE.search(rest) or _ODD_CODE.search(rest)
    return found.group(1), code.group(1).upper() if code else None


async def find(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    act: str | None = None,
    named: tuple[str, str | None] | None = None,
) -> tuple[Meant | None, list[EventType]]:
    """The one request meant, or None when the citizen was told what is missing; the events remember that.

    ``act`` (remind, rate, correct, withdraw) narrows the requests of this conversation down to those that allow it.
    ``named`` is number and code where the message itself does not hold them.
    """
    no, code = named or number_and_code(text_of(tracker))
    try:
        if no:
            return await _named(dispatcher, tracker, no, code)
        return await _of_this_conversation(dispatcher, tracker, act)
    except ServiceUnavailable as error:
        logger.warning("request not looked up request_id=%s: %s", turn_of(tracker).request_id, error)
        again = [option("再试一次", text_of(tracker))]
        say(dispatcher, message("unavailable", wording.UNAVAILABLE, again))
        return None, changed(tracker, resume_notice(tracker))


async def _named(
    dispatcher: CollectingDispatcher, tracker: Tracker, no: str, code: str | None
) -> tuple[Meant | None, list[EventType]]:
    receipt = tracker.get_slot("receipt") or {}
    code = code or (receipt.get("code") if receipt.get("no") == no else None)
    if code and len(code) != LENGTH_OF_A_CODE:
        say(dispatcher, message("request", wording.CODE_WRONG.format(no=no)))
        return None, changed(tracker, {"status_no": no, **resume_notice(tracker)})
    try:
        state = await service().request_status(no, code, turn_of(tracker))
    except ServiceRefused:
        say(dispatcher, message("request", wording.STATUS_UNKNOWN if code else wording.ASK_CODE.format(no=no)))
        return None, [SlotSet("status_no", no), *changed(tracker, resume_notice(tracker))]
    kept = {"status_no": None, **({"receipt": {"no": no, "code": code}} if code else {})}
    return Meant({"no": no, **state}, code), changed(tracker, kept)


async def _of_this_conversation(
    dispatcher: CollectingDispatcher, tracker: Tracker, act: str | None
) -> tuple[Meant | None, list[EventType]]:
    try:
        own = [Meant(state, None) for state in await service().own_requests(turn_of(tracker))]
    except ServiceRefused:
        own = []
    receipt = tracker.get_slot("receipt") or {}
    if receipt and (not own or (act is None and _JUST_NOW.search(text_of(tracker)))):
        return await _named(dispatcher, tracker, receipt["no"], receipt["code"])
    fitting = [meant for meant in own if act is None or act in meant.can]
    if len(fitting) == 1:
        return fitting[0], []
    if len(own) == 1:
        return own[0], []
    if own:
        text = wording.WHICH_ONE[act] if act else wording.YOUR_REQUESTS.format(count=len(own))
        say(dispatcher, message("request", text, _taps(fitting or own, act)))
        return None, changed(tracker, resume_notice(tracker))
    say(dispatcher, message("request", wording.ASK_NUMBER))
    return None, changed(tracker, {"status_no": None, **resume_notice(tracker)})


def _taps(requests: list[Meant], act: str | None) -> list[Option]:
    """Newest first, told apart by what they are about; the number is in what the tap says."""
    return [
        option(
            f"{_short(str(meant.state.get('content') or meant.no))}（{meant.state.get('status_label')}）",
            f"{_SAID[act] if act else '查进度'} {meant.no}",
        )
        for meant in requests[:_MOST_LISTED]
    ]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_ON_A_TAP else f"{line[:_LONGEST_ON_A_TAP]}…"


def rating_taps(no: str) -> list[Option]:
    return [option(level, f"评价 {no} {level}") for level in LABELS.values()]


def acts_on(meant: Meant) -> list[Option]:
    """What the citizen can do now, as taps that name the request."""
    can, no = meant.can, meant.no
    return [
        *(rating_taps(no) if "rate" in can else []),
        *([option("补充材料", f"补充 {no}")] if "correct" in can else []),
        *([option("催办", f"催办 {no}")] if "remind" in can else []),
        *([option("撤销", f"撤销 {no}")] if "withdraw" in can else []),
    ]


def tell(dispatcher: CollectingDispatcher, tracker: Tracker, text: str, options: list[Option]) -> list[EventType]:
    """In the middle of a form the form's own question follows, and its options with it."""
    say(dispatcher, message("request", text, [] if open_form(tracker) else options))
    return changed(tracker, resume_notice(tracker))


def standing_of(meant: Meant) -> str:
    label = meant.state.get("status_label") or "办理中"
    return str(meant.state.get("message") or wording.STATUS.format(no=meant.no, label=label))


async def acted(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    meant: Meant,
    what: str,
    body: dict[str, Any],
    again: str | None = None,
) -> Reply | None:
    """The request after it; None when the citizen was told that it did not work. ``again`` is what a second try says,
    where it is not this message."""
    try:
        return await service().act_on_request(meant.no, what, {**meant.proof(), **body}, turn_of(tracker))
    except ServiceRefused as error:
        say(dispatcher, message("request", wording.NOT_DONE.format(reason=error.message)))
    except ServiceUnavailable as error:
        logger.warning("%s not sent request_id=%s: %s", what, turn_of(tracker).request_id, error)
        retry = [option("再试一次", again or text_of(tracker))]
        say(dispatcher, message("unavailable", wording.UNAVAILABLE, retry))
    return None
