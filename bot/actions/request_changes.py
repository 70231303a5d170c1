"""Going back in the form: one step, or to the field that a correction at the summary is about."""

import re

from rasa_sdk import Tracker

from bot.actions import wording
from bot.actions.contact import (
    find_contact,
    is_of_another,
    own_contact,
    wants_anonymity,
    wants_to_be_named,
    without_being_named,
)
from bot.actions.content import is_addition, replacing_content, set_right, states_a_matter
from bot.actions.conversation import spoken_text_of, text_of
from bot.actions.kinds import kind_named
from bot.actions.person_name import name_given, name_told
from bot.actions.places import SKIPPED, is_place_alone, names_a_place, place_told
from bot.actions.request_slots import Slots, kind_after, region_of, taken_back, without_a_contact
from bot.actions.request_steps import notice, shortened
from bot.components.acts import keeps_the_phone

_BACK = re.compile("^(返回|退回?|回)?(到)?(上|前)一?(步|个问题|项)(吧|去)?$|^(返回|后退|退回去?|回退)$")
_CHANGE = "(改|换|重填|重写|重新(?:写|填|说|选)|修改|更正|不对|错|写错|填错|弄错)"
_OTHER_CONTENT = re.compile(f"{_CHANGE}.{{0,3}}(内容|诉求|描述)|(内容|诉求).{{0,4}}{_CHANGE}")
_OTHER_KIND = re.compile(f"{_CHANGE}.{{0,3}}(类别|类型|分类)|(类别|类型|分类).{{0,4}}{_CHANGE}")
_OTHER_REGION = re.compile(f"{_CHANGE}.{{0,3}}(地点|地区|地址|位置|地方)|(地点|地区|地址|位置|地方).{{0,4}}{_CHANGE}")
_OTHER_CONTACT = re.compile(
    f"{_CHANGE}.{{0,3}}(联系|电话|手机|号码|邮箱|称呼|名字|姓名)|(联系方式|电话|号码|邮箱|称呼|名字|姓名).{{0,4}}{_CHANGE}"
)
_KIND_IS = re.compile("(类别|类型|算|按|作为|属于|这是|改成|换成|改为|不是)")
_REGION_IS = re.compile(
    "(?:地点|地区|地址|位置|地方)(?:改|换|应该)?(?:成|为|是|在|(?:写|填)(?!错)|[：:])+[，, ]*(?P<region>.+)$"
)
_REGION_WAS_WRONG = re.compile(
    "(?:地点|地区|地址|位置|地方)(?:写|填|说|弄|搞|打|登记)?(?:错|反|不对)了?[，,。:： ]*"
    "(?:应该|应当)?(?:改|换)?(?:成|为|是|在)*[，, ]*(?P<region>[^了啊吧呀呢的我想要改换帮能可].+)$"
)
_NOTIFY = re.compile(
    "^(?!.*不(用|要|必|需))(?:我?(?:要|想|需要|还是)?)?((?:如果|要是|等)?有了?(?:答复|结果|回复|消息|进展)(?:的?时候|的话|以?后|了|时)?|到时候?)?(?:请|就|再|记得|一定|麻烦|及时|尽快|[你您]们?|要|直接|发(?:短信|消息|微信))*(?:(?:通知|告诉|告知)(?:我|一下)+|(?<=要)通知|^通知)(一下|一声|就行|就好|即可|吧|啊|的|谢谢)*$"
)
_NO_NOTICE = re.compile("^(不|别|不用|不要|不必|不需要|别再?)(再)?(通知|告诉|告知)(我)?(了|吧)?$")
_BEFORE = {
    "request_region": ("request_content",),
    "request_contact": ("request_region", "request_content"),
    "request_consent": ("request_contact",),
    "request_confirmed": ("request_contact",),
}


def wants_to_be_told(text: str) -> bool:
    """有结果请告诉我, 不用打电话，发消息通知我: said outright, whatever stands before it."""
    return any(_NOTIFY.match(clause) for clause in re.split(r"[，,。；;！!\s]", text) if clause)


def place_corrected(said: str) -> str | None:
    """The place that 地点是…, or 地点写错了，是…, tells."""
    found = _REGION_WAS_WRONG.search(said) or _REGION_IS.search(said)
    return place_told(found["region"]) if found else None


def wants_back(text: str) -> bool:
    return bool(_BACK.match(text.strip(" 。.!！,，")))


def one_step_back(tracker: Tracker, step: str) -> Slots:
    """The slots that make the form ask the question before ``step`` again; at the first there is none before it."""
    earlier = next((slot for slot in _BEFORE.get(step, ()) if tracker.get_slot(slot) not in (None, SKIPPED)), None)
    if earlier is None:
        return {step: None}
    return {step: None, **asked_again(tracker, earlier)}


def asked_again(tracker: Tracker, slot: str) -> Slots:
    """The slot emptied, and the notice with which the form asks for it anew."""
    if slot == "request_content":
        content = str(tracker.get_slot("request_content"))
        again = notice(wording.ASK_CONTENT_AGAIN.format(content=shortened(content)))
        # region and kind that were read off the old content are read off the new one
        region = region_of(tracker)
        return {
            slot: None,
            "request_kind": kind_after(tracker, None),
            "request_region": region,
            "pending_question": None,
            **again,
        }
    if slot == "request_region":
        return {slot: None, **notice(wording.ASK_REGION_AGAIN)}
    if slot == "request_contact":
        return {slot: None, "request_consent": None, **notice(wording.ASK_CONTACT_AGAIN)}
    return {slot: None}


def correction(tracker: Tracker) -> Slots | None:
    """The slots that a correction at the summary changes, None when the text is none."""
    said, text = spoken_text_of(tracker), text_of(tracker)
    if wants_back(text):
        return one_step_back(tracker, "request_confirmed")
    if wants_to_be_told(text) or _NO_NOTICE.match(text):
        return {"request_consent": not _NO_NOTICE.match(text)}
    replacement = replacing_content(said)
    if replacement:
        return {
            "request_content": replacement,
            "request_kind": kind_after(tracker, replacement),
            "pending_question": None,
        }
    return (
        corrected_fact(tracker)
        or _of_the_person(tracker, said, text)
        or _of_the_content(tracker, said, text)
        or set_right_in_between(tracker)
    )


def corrected_fact(tracker: Tracker) -> Slots | None:
    """改成举报, 地点是解放路: said at any step, it is meant for the field it names."""
    said, text = spoken_text_of(tracker), text_of(tracker)
    place = place_corrected(said)
    if place:
        return {"request_region": place}
    if not region_of(tracker) and tracker.get_slot("request_region") and is_place_alone(said):
        return {"request_region": place_told(said)}
    kind = kind_named(text)
    if kind and (_KIND_IS.search(text) or len(text) <= len("改投诉")):
        return {"request_kind": kind}
    if _OTHER_KIND.search(text):
        return {"request_kind": None}
    if _OTHER_REGION.search(text):
        return asked_again(tracker, "request_region")
    return None


def _of_the_person(tracker: Tracker, said: str, text: str) -> Slots | None:
    if wants_anonymity(text):
        return taken_back(tracker)
    if keeps_the_phone(text):
        return without_a_contact(tracker)
    if wants_to_be_named(text):
        return named_after_all(tracker)
    contact = own_contact(said) if is_addition(text) or is_of_another(said) else find_contact(said)
    name = name_given(said) if contact else name_told(said)
    if contact or name:
        return ({"request_contact": contact} if contact else {}) | ({"request_name": name} if name else {})
    if _OTHER_CONTACT.search(text):
        return {**asked_again(tracker, "request_contact"), "request_name": None}
    return None


def named_after_all(tracker: Tracker) -> Slots:
    """Name and contact that come with 我不想匿名, or the question for them again."""
    said = without_being_named(spoken_text_of(tracker))
    contact, name = find_contact(said), name_given(said)
    named = {"request_name": name} if name else {}
    if contact:
        return {"request_contact": contact, **named}
    # While it is being asked for, the slot holds the very text that is looked at here.
    kept = None if tracker.get_slot("requested_slot") == "request_contact" else tracker.get_slot("request_contact")
    if kept and kept != wording.NO_CONTACT_LEFT:
        return named or {"request_contact": kept}
    asked = wording.ASK_PHONE.format(name=name) if name else wording.ASK_CONTACT_AGAIN
    return {"request_contact": None, "request_consent": None, **named, **notice(asked)}


def _of_the_content(tracker: Tracker, said: str, text: str) -> Slots | None:
    if _OTHER_CONTENT.search(text):
        return asked_again(tracker, "request_content")
    if is_addition(text) and states_a_matter(text):
        return {"request_content": f"{tracker.get_slot('request_content')}\n{said}"}
    return None


def set_right_in_between(tracker: Tracker) -> Slots | None:
    """不对，是红星小学 at a later step: a place where one was told, else one more line of the content, which a clerk
    understands; guessing which words it replaces could garble it."""
    said = spoken_text_of(tracker)
    right = set_right(said)
    if right is None:
        return None
    if region_of(tracker) and names_a_place(right):
        return {"request_region": right}
    return {"request_content": f"{tracker.get_slot('request_content')}\n{said}"}


def wants_to_change(text: str) -> bool:
    """修改内容, 类型改成投诉: any field of what was written."""
    return any(field.search(text) for field in (_OTHER_CONTENT, _OTHER_KIND, _OTHER_REGION, _OTHER_CONTACT))


def wants_other_content(text: str) -> bool:
    return bool(_OTHER_CONTENT.search(text))
