"""What the request form holds, and what of it a text tells without being asked."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from bot.actions import wording
from bot.actions.contact import own_contact, wants_anonymity
from bot.actions.content import opens_a_request, without_person
from bot.actions.conversation import is_messenger
from bot.actions.kinds import happens_somewhere, kind_named, likely_kind
from bot.actions.person_name import name_told
from bot.actions.places import SKIPPED, names_a_place

Slots = dict[str, Any]

FORM_SLOTS = (
    "request_content",
    "request_kind",
    "request_region",
    "request_name",
    "request_contact",
    "request_consent",
    "request_confirmed",
    "request_once",
)


def emptied_form() -> list[EventType]:
    """Rasa leaves a form's slots filled; the next request would skip its questions, and contacts would linger."""
    return [SlotSet(slot, None) for slot in FORM_SLOTS]


def told_by_content(content: str, tracker: Tracker) -> Slots:
    """The slots that need no asking once the content is known. What was told before stays: 我要投诉 makes it a
    complaint whatever words follow, and a contact may come before the content."""
    kind = tracker.get_slot("request_kind") or likely_kind(content)
    told: Slots = {"request_content": without_person(content), "request_kind": kind}
    region = region_in(tracker) or tracker.get_slot("request_region")
    if region is None and (names_a_place(content) or not happens_somewhere(kind)):
        region = SKIPPED
    told["request_region"] = region
    if wants_anonymity(content):
        return told | taken_back(tracker)
    contact = own_contact(content)
    if contact:
        # everything in one message: the summary, where a tap asks to be told, comes next
        told |= {"request_contact": contact, "request_consent": bool(tracker.get_slot("request_consent"))}
    name = name_told(content)
    if name:
        told["request_name"] = name
    return told


def taken_back(tracker: Tracker) -> Slots:
    """Name and contact, for who would rather be anonymous."""
    asked = consent_still_open(None, tracker)
    return {"request_name": None, "request_contact": wording.NO_CONTACT_LEFT, "request_consent": asked}


def without_a_contact(tracker: Tracker) -> Slots:
    """For who would rather leave no number; the name stays."""
    asked = consent_still_open(None, tracker)
    return {"request_contact": wording.NO_CONTACT_LEFT, "request_consent": asked}


def kind_wished(text: str) -> str | None:
    """The kind that 我要投诉 or 提个建议 opens the form with."""
    return kind_named(text.replace("意见", "建议"))


def region_in(tracker: Tracker) -> str | None:
    """The region that this message names, as the knowledge base writes it."""
    entities = tracker.latest_message.get("entities") or []
    return next((str(found["value"]) for found in entities if found.get("entity") == "region"), None)


def kind_after(tracker: Tracker, content: str | None) -> str | None:
    """The kind once the content changes: a chosen one stays, and so does that of 我要投诉…; one that was only guessed
    from the old content is guessed anew."""
    kind: str | None = tracker.get_slot("request_kind")
    before = str(tracker.get_slot("request_content"))
    if kind != likely_kind(before) or (opens_a_request(before) and kind == kind_wished(before)):
        return kind
    return likely_kind(content) if content else None


def contact_of(tracker: Tracker) -> str | None:
    contact = tracker.get_slot("request_contact")
    return None if contact == wording.NO_CONTACT_LEFT else contact


def region_of(tracker: Tracker) -> str | None:
    region = tracker.get_slot("request_region")
    return None if region == SKIPPED else region


def consent_still_open(contact: str | None, tracker: Tracker) -> bool | None:
    """None where it is to be asked: with a contact, or on a channel that reaches them by itself. In the page's chat
    someone anonymous can be told only when they come back to it; the summary offers that by a tap."""
    return None if contact or is_messenger(tracker) else False
