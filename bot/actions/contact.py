"""A phone number or a mail address in a text, or the wish to leave none."""

import re

from bot.actions.person_name import name_given

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
    "|(别|不要|不想|不)(用|写|留|填|要|登|报)我?的?(真实)?(名字|姓名|名|联系方式|电话|号码)(了|吧|啊)?([，,。 ]|$)"
)
_NOT_ANONYMOUSLY = re.compile(
    "[不别没](想|要|是|有|用|必|需要|愿意?|打算|会)*匿名|取消|匿名.{0,3}[吗么?？]|(可以|能)匿名|匿名(信|电话|用户|者|人)"
)
_ITS_SORT = "(联系|私人|个人)?(电话|手机|座机|号码|邮箱|联系方式)(号码?)?"
_LEADING_TO_IT = rf"({_ITS_SORT})?(是|为|打)?[:：\s]*$"
# 我的电话…, 请联系我…, or a number right after the words that say who speaks: 我姓王，电话…
_MINE_BEFORE = re.compile(
    rf"(我|俺|咱|本人|(?<!被)(投诉|举报|反映|求助)人)们?(家|自己|个人)?(的|这边)?{_ITS_SORT}(是|为)?[:：，,\s]*$"
    rf"|(联系|找|打给|通知|回复|告诉|回电给?)我[，,\s]*{_LEADING_TO_IT}|(有事|请|可以?|麻烦)(打|拨打?|联系|致电){_LEADING_TO_IT}"
    rf"|(我是|我?本人是?|我叫(?![的了过来])|[我贵]姓|我的?名字[是叫]?|姓名|联系人|称呼我?|叫我)[:：是\s]*[^，,。；;:：\d]{{1,6}}?[，,。；;\s]*{_LEADING_TO_IT}"
)
_MINE_AFTER = re.compile(r"[，,\s]*((打|来|可以|请)*(电话)?(找|联系|通知|打给|告诉)(到)?我|是我|[（(]?本人)")
_OF_ANOTHER = re.compile(
    rf"(他|她|它|其|人家|对方|老板|老板娘|司机|师傅|店家|店主|店里|商家|卖家|公司|物业|邻居|房东|中介|房客|经理|负责人|骗子|单位|饭店|酒店|工地|包工头|业主|被\w{{2}}人)们?(的|那边|家)?(王|李|张|刘|陈)?{_ITS_SORT}(是|为)?[:：\s]*$"
)
_NEUTRAL = re.compile(r"(^|[，,。；;\s])(联系(电话|方式|手机)|手机号?码?|电话号码)(是|为)?[:：\s]*$")
_ACCUSES = re.compile("投诉|举报|检举|揭发|骗|乱收费|欠")
_ENDS_OF_A_CLAUSE = re.compile(r"[，,。；;！!\n]")
_TO_BE_NAMED = re.compile(
    "我?(又|也|可)?[不别没](想|要|是|有|用|必|需要|愿意?|打算|会)*匿名(了|的)?|取消匿名|我?(要|想)?实名(?!举报|投诉|认证|制)"
)
_LONGEST_OTHER_WAY = 24
_DIGITS_ALONE = re.compile(r"^\D{0,8}\d[\d -]{4,18}\D{0,6}$")


def find_contact(text: str) -> str | None:
    text = _in_digits(text)
    found = _PHONE.search(text) or _MAIL.search(text)
    corrected = list(_PHONE.finditer(text)) if _CORRECTED.search(text) else []
    found = corrected[-1] if corrected else found
    return re.sub(r"[ ]", "", found.group(0)) if found else None


def own_contact(text: str) -> str | None:
    """The contact in the matter of a request that its writer says is theirs. 车牌津A12345，电话139… is the number of
    whom the request is about, and no one must be told of it there."""
    text = _in_digits(text)
    own = [found for shape in (_PHONE, _MAIL) for found in shape.finditer(text) if _is_own(text, found)]
    if not own:
        return None
    return own[-1 if _CORRECTED.search(text) else 0].group(0).replace(" ", "")


def is_of_another(text: str) -> bool:
    """老板电话139…, where the form has asked for one's own."""
    text = _in_digits(text)
    found = _PHONE.search(text) or _MAIL.search(text)
    return found is not None and bool(_OF_ANOTHER.search(text[: found.start()]))


def _is_own(text: str, found: re.Match[str]) -> bool:
    before, after = text[: found.start()], text[found.end() :]
    if _MINE_BEFORE.search(before) or _MINE_AFTER.match(after):
        return True
    if _OF_ANOTHER.search(before) or _ACCUSES.search(text):
        return False
    clause = _ENDS_OF_A_CLAUSE.split(before)[-1] + found.group(0) + _ENDS_OF_A_CLAUSE.split(after)[0]
    return bool(_NEUTRAL.search(before)) or name_given(clause) is not None


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


def wants_to_be_named(text: str) -> bool:
    """我不想匿名, which begins like a refusal and is the contrary of one."""
    return bool(_TO_BE_NAMED.search(text)) and not re.search("[吗么?？]", text)


def without_being_named(text: str) -> str:
    """我叫赵六 of 我不想匿名，我叫赵六."""
    return _TO_BE_NAMED.sub("", text).strip("，,。；; ")


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
