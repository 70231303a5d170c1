"""What each step of the request form makes of a message. Any step takes a policy question in between."""

import re
from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import wording
from bot.actions.choices import resolve_choice
from bot.actions.contact import (
    declines_contact,
    find_contact,
    is_about_leaving_one,
    is_of_another,
    looks_like_a_number,
    names_another_way,
    own_contact,
    wants_anonymity,
    wants_to_be_named,
    without_being_named,
)
from bot.actions.content import (
    declines_to_say,
    is_addition,
    is_contact_alone,
    matter_of,
    opening_of,
    opens_a_request,
    replacing_content,
    set_right,
    sounds_like_a_question,
    states_a_matter,
)
from bot.actions.conversation import intent_of, spoken_text_of, text_of
from bot.actions.kinds import kind_named, likely_kind
from bot.actions.meanwhile import answered_meanwhile
from bot.actions.person_name import name_given
from bot.actions.places import SKIPPED, names_a_place, place_told, skips_the_place, tells_when
from bot.actions.request_changes import (
    asked_again,
    corrected_fact,
    correction,
    named_after_all,
    one_step_back,
    place_corrected,
    set_right_in_between,
    wants_back,
    wants_other_content,
    wants_to_be_told,
)
from bot.actions.request_slots import (
    Slots,
    consent_still_open,
    kind_after,
    kind_wished,
    taken_back,
    told_by_content,
    without_a_contact,
)
from bot.actions.request_steps import KIND_OPTIONS, notice, shortened
from bot.components.acts import keeps_the_phone

_LONGEST_YES = 8
_SHORTEST_NEW_CONTENT = 8
_SHORTEST_STORY = 14
_YES = re.compile("^(确认|那就|就)?(提交|登记)(吧|了|一下)?$")
_CHANGE_SOMETHING = re.compile(
    "^(我)?(要|想|先)?(修改|改|改改|更正)(一下|一点|内容或联系方式)?(吧)?$|^(等等|等一?下|等会儿?|慢着|先等等|先别)(提交)?(吧|啊)?$"
)
_NAMES_THE_FIELD = re.compile("^(不对|不是|哦)?[，, ]*(地点|地区|地址|位置)")
_NAMED = re.compile("我(叫|是|姓)[\u4e00-\u9fff]{1,4}")
_WANTS_NOTICE = re.compile("^(好|要|行|可以|嗯|需要|是的?|当然)|通知我|告诉我|(?<!不)(通知|要)(吧|的|啊|一下)?$")
_WANTS_NO_NOTICE = re.compile("不(用|要|必|需|想|通知|了)|别(?!忘)|算了|无所谓|随便|^(不|否|没必要)$")


class ValidateRequestForm(FormValidationAction):
    """Rasa also passes values that an action set before the form asked for them; those were judged already."""

    def name(self) -> str:
        return "validate_request_form"

    async def validate_request_content(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Slots:
        if tracker.get_slot("requested_slot") != "request_content":
            return {"request_content": value}
        if wants_back(text_of(tracker)):
            return {"request_content": None, **notice(wording.FIRST_STEP)}
        if declines_to_say(text_of(tracker)):
            return {"request_content": None, "requested_slot": None}  # no requested slot: the form ends
        answered = await answered_meanwhile(dispatcher, tracker)
        if answered is not None:
            return {"request_content": None, **notice(wording.RESUME_CONTENT), **answered}
        said = spoken_text_of(tracker)
        if is_contact_alone(said):
            kept = {"request_contact": find_contact(said), "request_name": name_given(said)}
            return {"request_content": None, **kept, **notice(wording.ONLY_A_CONTACT)}
        told_otherwise = _told_besides_the_content(tracker)
        if told_otherwise is not None:
            return {"request_content": None, **told_otherwise}
        if not states_a_matter(text_of(tracker)):
            return {"request_content": None, **notice(wording.CONTENT_TOO_SHORT)}
        content = replacing_content(said) or matter_of(said)
        wished = kind_wished(opening_of(said))
        return told_by_content(content, _wishing(wished, tracker) if wished else tracker)

    async def validate_request_kind(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Slots:
        if tracker.get_slot("requested_slot") != "request_kind":
            return {"request_kind": value}
        if wants_back(text_of(tracker)):
            return {"request_kind": likely_kind(str(tracker.get_slot("request_content")))}
        chosen = resolve_choice(text_of(tracker), KIND_OPTIONS)
        kind = kind_named(chosen["label"] if chosen else text_of(tracker))
        if kind:
            return {"request_kind": kind}
        if wants_anonymity(text_of(tracker)):
            return {"request_kind": None, **taken_back(tracker), **notice(wording.ANONYMOUS_AND_KIND)}
        if keeps_the_phone(text_of(tracker)):
            return {"request_kind": None, **without_a_contact(tracker), **notice(wording.NO_CONTACT_AND_KIND)}
        if wants_to_be_named(text_of(tracker)):
            return {"request_kind": None, **named_after_all(tracker), **notice(wording.RESUME_KIND)}
        answered = await answered_meanwhile(dispatcher, tracker)
        if answered is not None:
            return {"request_kind": None, **notice(wording.RESUME_KIND), **answered}
        return {"request_kind": None, **notice(wording.KIND_UNCLEAR)}

    async def validate_request_region(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Slots:
        if tracker.get_slot("requested_slot") != "request_region":
            return {"request_region": value}
        if wants_back(text_of(tracker)):
            return one_step_back(tracker, "request_region")
        said = spoken_text_of(tracker)
        if wants_anonymity(text_of(tracker)) and not states_a_matter(said):
            return {"request_region": None, **taken_back(tracker), **notice(wording.ANONYMOUS_AND_WHERE)}
        if keeps_the_phone(text_of(tracker)):
            return {"request_region": None, **without_a_contact(tracker), **notice(wording.NO_CONTACT_AND_WHERE)}
        if wants_to_be_named(text_of(tracker)):
            return {"request_region": None, **named_after_all(tracker), **notice(wording.ASK_REGION_AGAIN)}
        if skips_the_place(text_of(tracker)) or declines_contact(text_of(tracker)):
            return {"request_region": SKIPPED, **_asking_for_a_contact(tracker)}
        answered = await answered_meanwhile(dispatcher, tracker)
        if answered is not None:
            return {"request_region": None, **notice(wording.RESUME_REGION), **answered}
        if wants_other_content(text_of(tracker)) or replacing_content(said):
            changed = _new_content(tracker) or {}
            return {
                "request_region": None,
                **changed,
                **({"form_notice": None} if changed.get("request_content") else {}),
            }
        if is_contact_alone(said):
            kept = {"request_contact": find_contact(said), "request_name": name_given(said)}
            return {"request_region": None, **kept, **notice(wording.CONTACT_KEPT_AND_WHERE)}
        told_otherwise = _told_besides_the_place(tracker)
        if told_otherwise is not None:
            return {"request_region": None, **told_otherwise}
        place = place_told(said)
        if place:
            return {"request_region": place, **_asking_for_a_contact(tracker)}
        asks_only = sounds_like_a_question(said) and len(said) < _SHORTEST_STORY
        if states_a_matter(said) and not asks_only:  # more than a place: the story goes on
            content = f"{tracker.get_slot('request_content')}\n{said}"
            return {"request_region": SKIPPED, "request_content": content, **_asking_for_a_contact(tracker)}
        return {"request_region": None, **notice(wording.REGION_UNCLEAR)}

    async def validate_request_contact(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Slots:
        if tracker.get_slot("requested_slot") != "request_contact":
            return {"request_contact": value}
        said = spoken_text_of(tracker)
        if wants_back(text_of(tracker)):
            return one_step_back(tracker, "request_contact")
        set_right_now = set_right_in_between(tracker)
        if set_right_now is not None:
            return {"request_contact": None, **set_right_now, **_added(set_right_now)}
        if keeps_the_phone(text_of(tracker)):
            return {"request_contact": wording.NO_CONTACT_LEFT, **_consent(None, tracker)}
        if wants_anonymity(text_of(tracker)) and not states_a_matter(said):
            return taken_back(tracker)
        if wants_to_be_named(text_of(tracker)):
            named = named_after_all(tracker)
            return {**named, **(_consent(named["request_contact"], tracker) if named["request_contact"] else {})}
        of_another = is_of_another(said) or opens_a_request(said)
        contact, name = own_contact(said) if of_another else find_contact(said), name_given(said)
        named = {"request_name": name} if name else {}
        if contact and not replacing_content(said):
            return {"request_contact": contact, **named, **_consent(contact, tracker)}
        if declines_contact(text_of(tracker)) or intent_of(tracker) == "deny":
            return {"request_contact": wording.NO_CONTACT_LEFT, **_consent(None, tracker)}
        if name:
            return {"request_contact": None, **named, **notice(wording.ASK_PHONE.format(name=name))}
        if looks_like_a_number(said):
            return {"request_contact": None, **notice(wording.PHONE_WRONG)}
        answered = await answered_meanwhile(dispatcher, tracker)
        if answered is not None:
            return {"request_contact": None, **notice(wording.RESUME_CONTACT), **answered}
        fact = corrected_fact(tracker)
        if fact is not None:
            return {"request_contact": None, **notice(wording.ASK_CONTACT_AGAIN), **fact}
        changed_content = _new_content(tracker)
        if changed_content is not None:
            return {"request_contact": contact, **changed_content}
        unclear = wording.ONLY_PHONE_OR_MAIL if names_another_way(text_of(tracker)) else wording.CONTACT_UNCLEAR
        return {"request_contact": None, **notice(unclear)}

    async def validate_request_consent(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Slots:
        if tracker.get_slot("requested_slot") != "request_consent":
            return {"request_consent": value}
        text = text_of(tracker)
        if wants_back(text):
            return one_step_back(tracker, "request_consent")
        if wants_anonymity(text):
            return taken_back(tracker)
        if keeps_the_phone(text):
            return without_a_contact(tracker)
        if set_right(text):
            return {"request_consent": None, **(set_right_in_between(tracker) or {})}
        if wants_to_be_named(text):
            return {"request_consent": None, **named_after_all(tracker)}
        if wants_to_be_told(text):
            return {"request_consent": True}
        if _YES.match(text) or _WANTS_NO_NOTICE.search(text) or intent_of(tracker) == "deny":
            return {"request_consent": False}
        if _WANTS_NOTICE.search(text) or intent_of(tracker) == "affirm":
            return {"request_consent": True}
        answered = await answered_meanwhile(dispatcher, tracker)
        if answered is not None:
            return {"request_consent": None, **notice(wording.RESUME_CONSENT), **answered}
        changed = correction(tracker)
        if changed is not None:
            return {"request_consent": None, **changed}
        return {"request_consent": None, **notice(wording.CONSENT_UNCLEAR)}

    async def validate_request_confirmed(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Slots:
        if tracker.get_slot("requested_slot") != "request_confirmed":
            return {"request_confirmed": value}
        text = text_of(tracker)
        change = correction(tracker)
        if change is not None:
            return {"request_confirmed": None, **change}
        if _YES.match(text) or (intent_of(tracker) == "affirm" and len(text) <= _LONGEST_YES):
            return {"request_confirmed": True}
        if intent_of(tracker) == "deny" or _CHANGE_SOMETHING.match(text):
            return {"request_confirmed": None, **notice(wording.NOT_YET_SUBMITTED)}
        answered = await answered_meanwhile(dispatcher, tracker)
        if answered is not None:
            return {"request_confirmed": None, **notice(wording.RESUME_CONFIRMATION), **answered}
        another = len(text) >= _SHORTEST_NEW_CONTENT and states_a_matter(text)
        unclear = wording.ANOTHER_MATTER if another else wording.CONFIRMATION_UNCLEAR
        return {"request_confirmed": None, **notice(unclear)}


def _told_besides_the_content(tracker: Tracker) -> Slots | None:
    """What an answer to the question what happened tells about something else: who speaks, where, of which kind."""
    said, text = spoken_text_of(tracker), text_of(tracker)
    place = place_corrected(said)
    if place and _NAMES_THE_FIELD.match(said):
        return {"request_region": place, **notice(wording.ASK_CONTENT)}
    if wants_to_be_named(text) and not states_a_matter(_NAMED.sub("", without_being_named(said))):
        return {**named_after_all(tracker), **notice(wording.ASK_CONTENT)}
    if keeps_the_phone(text):
        return {**without_a_contact(tracker), **notice(wording.NO_CONTACT_AND_WHAT)}
    if states_a_matter(matter_of(text)):
        return None
    if wants_anonymity(text):
        kind = kind_wished(text)
        named = {"request_kind": kind} if kind else {}
        return {**named, **taken_back(tracker), **notice(wording.ANONYMOUS_AND_WHAT)}
    kind = kind_wished(text)
    return {"request_kind": kind, **notice(wording.ASK_CONTENT)} if kind else None


def _wishing(kind: str, tracker: Tracker) -> Tracker:
    """As if the form had been opened with the kind: 我要举报… after 我要投诉 makes it a report."""
    other = tracker.copy()
    other.slots = {**other.slots, "request_kind": kind}
    return other


def _told_besides_the_place(tracker: Tracker) -> Slots | None:
    """What an answer to the question where tells about something else: the kind, the time, a word set right."""
    said = spoken_text_of(tracker)
    right = set_right(said)
    if right and names_a_place(right):
        return {"request_region": right, **_asking_for_a_contact(tracker)}
    fact = None if right else corrected_fact(tracker)
    if fact is not None:
        again = _asking_for_a_contact(tracker) if fact.get("request_region") else notice(wording.ASK_REGION_AGAIN)
        return {**again, **fact}
    if right or tells_when(said):
        content = f"{tracker.get_slot('request_content')}\n{said}"
        return {"request_content": content, **notice(wording.ADDED_AND_WHERE)}
    return None


def _added(changed: Slots) -> Slots:
    if "request_content" not in changed:
        return notice(wording.ASK_CONTACT_AGAIN)
    return notice(wording.CONTENT_ADDED.format(content=shortened(changed["request_content"])))


def _asking_for_a_contact(tracker: Tracker) -> Slots:
    """The content was said back with the question for the place: the next one is short."""
    return {} if tracker.get_slot("request_contact") else notice(wording.ASK_CONTACT_AGAIN)


def _consent(contact: str | None, tracker: Tracker) -> Slots:
    """One given already stays; it is asked for once."""
    given = tracker.get_slot("request_consent")
    return {} if given else {"request_consent": consent_still_open(contact, tracker)}


def _new_content(tracker: Tracker) -> Slots | None:
    """What a text at another step makes of the content. A longer text that states a matter takes the place of a
    refused question; what the citizen has told themselves is only ever added to."""
    said = spoken_text_of(tracker)
    replacement = replacing_content(said)
    if not replacement and wants_other_content(text_of(tracker)):
        return asked_again(tracker, "request_content")
    if not replacement and (names_another_way(said) or is_about_leaving_one(said)):
        return None
    long_enough = len(said) >= _SHORTEST_NEW_CONTENT and states_a_matter(said)
    if not replacement and (not long_enough or intent_of(tracker) in ("affirm", "deny")):
        return None
    adds = not replacement and (is_addition(said) or not tracker.get_slot("pending_question"))
    content = f"{tracker.get_slot('request_content')}\n{said}" if adds else replacement or matter_of(said)
    text = wording.CONTENT_ADDED if adds else wording.CONTENT_CHANGED
    changed_to = notice(text.format(content=shortened(content)))
    has_contact = own_contact(said) is not None
    changed = {"request_content": content, "request_kind": kind_after(tracker, content), "pending_question": None}
    return {**changed, **({} if has_contact else changed_to)}
