"""Reading the tracker: what was said this turn, and what is still fresh from earlier ones."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from bot.actions.service import Turn

_TURNS_A_TOPIC_LIVES = 6
_TURNS_AN_OFFER_LIVES = 2

TOPIC_SLOTS = ("frame", "region", "year", "topic", "shown_options", "pending_question", "last_kind", "status_no")


def text_of(tracker: Tracker) -> str:
    return str(tracker.latest_message.get("text") or "").strip()


def spoken_text_of(tracker: Tracker) -> str:
    """The text as typed. Rasa reads it lower-cased and simplified; answers and requests keep the citizen's own."""
    return str(metadata_of(tracker).get("text") or text_of(tracker)).strip()


def intent_of(tracker: Tracker) -> str:
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")


def is_certain(tracker: Tracker) -> bool:
    """Whether the intent was set by the guard, by a known text or a sure wording, rather than guessed."""
    return float((tracker.latest_message.get("intent") or {}).get("confidence") or 0) == 1.0


def metadata_of(tracker: Tracker) -> dict[str, Any]:
    return tracker.latest_message.get("metadata") or {}


def turn_of(tracker: Tracker) -> Turn:
    request_id = str(metadata_of(tracker).get("request_id") or "")
    return Turn(request_id, channel_of(tracker), str(tracker.sender_id))


def channel_of(tracker: Tracker) -> str:
    return str(metadata_of(tracker).get("channel") or "web")


def is_messenger(tracker: Tracker) -> bool:
    """The channel brings a message also to who says nothing; a page does not."""
    return channel_of(tracker) in ("wechat", "wecom")


def open_form(tracker: Tracker) -> str | None:
    """request_form or correction_form."""
    return (tracker.active_loop or {}).get("name")


def turns_since_set(tracker: Tracker, slot: str) -> int:
    """User turns since the slot was last written, this one included; large when it never was."""
    turns = 0
    for event in reversed(tracker.events):
        if event.get("event") == "slot" and event.get("name") == slot:
            return turns
        turns += event.get("event") == "user"
    return turns + _TURNS_A_TOPIC_LIVES + 1


def fresh_frame(tracker: Tracker) -> dict[str, Any] | None:
    """What the conversation is about, unless it was left several turns ago."""
    return tracker.get_slot("frame") if turns_since_set(tracker, "frame") <= _TURNS_A_TOPIC_LIVES else None


def fresh_options(tracker: Tracker) -> list[dict[str, str]]:
    fresh = turns_since_set(tracker, "shown_options") <= _TURNS_AN_OFFER_LIVES
    return (tracker.get_slot("shown_options") or []) if fresh else []


def fresh_pending_question(tracker: Tracker) -> str | None:
    """The question that got no answer, while the offer to log it still stands."""
    fresh = turns_since_set(tracker, "pending_question") <= _TURNS_AN_OFFER_LIVES
    return tracker.get_slot("pending_question") if fresh else None


def changed(tracker: Tracker, values: dict[str, Any]) -> list[EventType]:
    """Slot events for the values; empty over empty is left out, since every event is sent along for ever after."""
    return [SlotSet(name, value) for name, value in values.items() if value or tracker.get_slot(name)]


def forget_topic(tracker: Tracker) -> list[EventType]:
    return changed(tracker, dict.fromkeys(TOPIC_SLOTS))
