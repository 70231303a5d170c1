"""A phone number or a mail address in a text, or the wish to leave none."""

import re

# The number plans of api/masking: what is taken here must not be refused there.
_PHONE = re.compile(
    r"(?<!\d)(?:\+?86[ -]?)?(1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0(?:10|2\d|[3-9]\d{2})[ -]?[2-9]\d{6,7})(?!\d)"
)
_CORRECTED = re.compile(r"\d\D{0,3}(不对|错了|[写打说发]错|改成|应该是|更正)")
_MAIL = re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_SPOKEN_DIGITS = str.maketrans("零〇幺一二三四五六七八九", "001123456789")
_DIGIT = "[零〇幺一二三四五六七八九]"
_SPOKEN_PHONE = re.compile(f"(?<!{_DIGIT})[幺一][三四五六七八九]{_DIGIT}{{9}}(?!{_DIGIT})")
_NONE = re.compile(
    "^(?!.*(取消|算了))(就|还是|那就|我)?(不(想|愿意|方便|用|要|必|需要|便)?(留|给|填|写|提供|说)?|没有?|无|匿名|跳过|略过?)"
    "(电话|联系方式|手机|手机号|号码|邮箱|名字|登记|办理|提交)?(了|吧|啊|呀|哈|谢谢)*$"
)
_OTHER_WAY = re.compile(
    r"微信号|加.{0,3}微信|我.{0,2}微信|^微信|(?<![a-z])(vx|wx|wechat|qq)(?![a-z])|(电话|手机|号码)?.{0,3}[零〇幺一二三四五六七八九]{6,}",
    re.IGNORECASE,
)
_ITS_NAME = re.compile(
    "(我的?)?(联系)?(电话|手机号?码?|号码|邮箱|座机|联系方式|联系我|找我)(是|为)?|谢谢|可以打|打|联系"
)
_ABOUT_LEAVING_ONE = re.compile("(留|告诉|给|要|想|填|写|提供).{0,6}(电话|号码|手机|邮箱|联系方式)")
_ANONYMOUSLY = re.compile(
    "(?:^|[我要请想就是，,。 ])匿名"
    "|(别|不要|不想|不)(用|写|留|填|要)我?的?(真实)?(名字|姓名|名|联系方式|电话|号码)(了|吧|啊)?([，,。 ]|$)"
)
_NOT_ANONYMOUSLY = re.compile(
    "[不别没]要?(想|是|有)?匿名|取消|匿名.{0,3}[吗么?？]|(可以|能)匿名|匿名(信|电话|用户|者|人)"
)
_LONGEST_OTHER_WAY = 24
_DIGITS_ALONE = re.compile(r"^\D{0,8}\d[\d -]{4,18}\D{0,6}$")


def find_contact(text: str) -> str | None:
    text = _in_digits(text)
    found = _PHONE.search(text) or _MAIL.search(text)
    corrected = list(_PHONE.finditer(text)) if _CORRECTED.search(text) else []
    found = corrected[-1] if corrected else found
    return re.sub(r"[ ]", "", found.group(0)) if found else None


def _in_digits(text: str) -> str:
    """一三九… for a mobile number, as voice input writes it."""
    return _SPOKEN_PHONE.sub(lambda found: found[0].translate(_SPOKEN_DIGITS), text)


def without_contact(text: str) -> str:
    """What else is said: nothing is left of 我的手机号是13900000000."""
    rest = _MAIL.sub("", _PHONE.sub("", _in_digits(text)))
    return text if rest == text else _ITS_NAME.sub("", rest)


def wants_anonymity(text: str) -> bool:
    """匿名吧, 别用我名字: what was told about oneself is to be taken out again. 我要匿名举报… says it too."""
    return bool(_ANONYMOUSLY.search(text)) and not _NOT_ANONYMOUSLY.search(text)


def looks_like_a_number(text: str) -> bool:
    """Meant as a telephone number, and none: a digit too few, no area code."""
    return bool(_DIGITS_ALONE.search(text))


def names_another_way(text: str) -> bool:
    """A WeChat or QQ name, or a number written in Chinese characters: neither can be kept as a contact."""
    return len(text) <= _LONGEST_OTHER_WAY and bool(_OTHER_WAY.search(text))


def is_about_leaving_one(text: str) -> bool:
    """为什么要留电话 is neither a contact nor the matter of a request."""
    return bool(_ABOUT_LEAVING_ONE.search(text))


def declines_contact(text: str) -> bool:
    """不留, 不方便, 没有, 匿名 …: an answer to the question for a contact, not a wish to stop."""
    return bool(_NONE.match(re.sub(r"[\s,，。.!！]", "", text)))
