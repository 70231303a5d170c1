"""A phone number or a mail address in a text, or the wish to leave none."""

import re

_PHONE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?(1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]?\d{7,8})(?!\d)")
_MAIL = re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_NONE = re.compile(
    "^(?!.*(取消|算了))(就|还是|那就|我)?(不(想|愿意|方便|用|要|必|需要|便)?(留|给|填|写|提供|说)?|没有?|无|匿名|跳过|略过?)"
    "(电话|联系方式|手机|手机号|号码|邮箱|名字|登记|办理|提交)?(了|吧|啊|呀|哈|谢谢)*$"
)


def find_contact(text: str) -> str | None:
    found = _PHONE.search(text) or _MAIL.search(text)
    return re.sub(r"[ ]", "", found.group(0)) if found else None


def declines_contact(text: str) -> bool:
    """不留, 不方便, 没有, 匿名 …: an answer to the question for a contact, not a wish to stop."""
    return bool(_NONE.match(re.sub(r"[\s,，。.!！]", "", text)))
