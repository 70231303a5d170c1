"""Numbers that are personal by themselves: identity cards, bank cards, mobiles and landlines.

People break numbers as they like (138 0013 8000, 138-00138000, 0531—8888 1234), so groups of digits with short gaps are
put together, group by group, until they are as long as a number can be; each start looks at no more than 20 digits.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from api.masking.check_digits import is_bank_card, is_id_card
from api.masking.found import BANK_CARD, ID_CARD, LANDLINE, MOBILE, Found

_DIGITS = re.compile(r"\d+")
_GAP = re.compile(r"[ \-.·,，、。/_~*()]{1,3}$")
_SHORTEST, _LONGEST = 7, 20
_NO_NAME = ("", *"0123456789")
"""Nothing, or another number, names no number: spares the search in tables of figures."""

_IS = r"(?:号码|号)?(?:是|为|[: ]){0,3}"
_CARD_NAMED = re.compile(rf"(?:银行卡|储蓄卡|借记卡|信用卡|工资卡|社保卡|医保卡|卡号|(?<!编)卡){_IS}$")
_ID_NAMED = re.compile(rf"(?:身份证|身份证件|身份号码|公民身份|证件号){_IS}$")
_PHONE_NAMED = re.compile(rf"(?:电话|座机|固话|宅电|传真|tel\.?){_IS}$", re.IGNORECASE)
_HOTLINE = re.compile(rf"热线(?:电话|服务)?{_IS}$")
_MOBILE_NEAR = re.compile(
    "电话|手机|联系|号码|致电|拨打|打给|来电|回电|打我|找我|加我|短信|微信|tel|phone|mob", re.IGNORECASE
)
_CODE_NAMED = re.compile(
    r"(?:编号|单号|订单号?|流水号?|文号|票号|发票(?:号码|代码)?|代码|批号|序号|快递|运单|邮编|邮政编码|条码|编码|工号|学号"
    r"|档案号|案号|合同号?|凭证号?|受理号|回执号?|版号|书号|isbn|no\.?|第)号?(?:是|为|[: ]){0,3}$",
    re.IGNORECASE,
)
_COMPANY_CODE_NAMED = re.compile(r"(?:信用代码|机构代码|税号|识别号)(?:证号?)?(?:是|为|[: ]){0,3}$")
_AMOUNT_BEFORE = re.compile(r"[¥￥$€]\s?$")
_AMOUNT_AFTER = re.compile(
    r"(?:\.\d{1,2})? ?[多余]?(?:[元万亿吨条笔份件户]|美元|欧元|港元|人次|千瓦|立方|平方|公里|个(?!人))"
)
_WORD_BEFORE = re.compile(r"[A-Za-z]+$")
_WORD_AFTER = re.compile(r"[A-Za-z]+")
_CONTACT_WORDS = frozenset({"tel", "phone", "mobile", "mob", "cell", "wx", "vx", "qq", "wechat", "v", "t", "m"})
_X_FOLLOWS = re.compile(r"[ \-]{0,2}[Xx×](?![0-9A-Za-z])")
_EXTENSION = re.compile(r" ?(?:-|转|分机|ext\.?) ?\d{1,5}(?!\d)", re.IGNORECASE)

_MOBILE = re.compile(r"(?P<prefix>0086|86|0)?1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?P<prefix>0086|86)?(?P<area>0(?:10|2\d|[3-9]\d\d))(?P<local>[2-9]\d{6,7})")
_LANDLINE_FROM_ABROAD = re.compile(r"(?P<prefix>(?:00)?86)(?P<area>10|2\d|[3-9]\d\d)(?P<local>[2-9]\d{6,7})")
_MOBILE_GROUPS = frozenset(
    {(11,), (3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (3, 3, 5), (4, 3, 4), (3, 4, 2, 2), (3, 2, 2, 2, 2), (3, 5, 3)}
    | {(5, 6), (6, 5), (1, 10), (1, 2, 2, 2, 2, 2), (2, 2, 2, 2, 2, 1), (3, 2, 3, 3), (3, 3, 2, 3), (3, 3, 3, 2)}
    | {(1,) * 11}
)
_LOCAL_GROUPS = frozenset({(7,), (8,), (3, 4), (4, 4), (4, 3), (2, 2, 2, 2), (3, 2, 2), (1,) * 7, (1,) * 8})
_CARD_BEGINNINGS = ("3", "4", "5", "6", "9")
"""JCB and Amex, Visa, MasterCard, UnionPay, and 9558 of older debit cards; 2 begins dates and serial numbers."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Groups of digits read as one number. ``gaps`` holds what stands between them."""

    text: str
    start: int
    end: int
    digits: str
    groups: tuple[int, ...]
    gaps: tuple[str, ...]

    def before(self, length: int = 14) -> str:
        """What stands before, but nothing of a number already masked: 〔手机号〕 names nothing."""
        return self.text[max(0, self.start - length) : self.start].rpartition("〕")[2]

    def is_named(self, name: re.Pattern[str]) -> bool:
        before = self.before()
        return before.rstrip(" :")[-1:] not in _NO_NAME and name.search(before) is not None

    @property
    def is_an_amount(self) -> bool:
        thousands = len(self.groups) > 1 and set(self.groups[1:]) == {3} and set(self.gaps) <= {",", "，"}
        followed = _AMOUNT_AFTER.match(self.text, self.end) is not None
        return thousands or followed or self.is_named(_AMOUNT_BEFORE)

    @property
    def is_in_a_word(self) -> bool:
        """A code of letters and digits; tel138… and 138…wx are none."""
        before = _WORD_BEFORE.search(self.before(10))
        after = _WORD_AFTER.match(self.text, self.end)
        return any(word is not None and word[0].lower() not in _CONTACT_WORDS for word in (before, after))


def find_numbers(folded: str) -> Iterator[Found]:
    groups = [found.span() for found in _DIGITS.finditer(folded)]
    end = 0
    for at, (start, _) in enumerate(groups):
        if start < end:
            continue
        found = _first_found(list(_runs(folded, groups, at)))
        if found:
            end = found.end
            yield found


def _runs(text: str, groups: Sequence[tuple[int, int]], at: int) -> Iterator[_Run]:
    """The number that begins at a group, with one group more each time, as long as it may still be one."""
    digits, lengths, gaps = "", [], []
    for place in range(at, len(groups)):
        start, end = groups[place]
        if place > at:
            gap = text[groups[place - 1][1] : start]
            if not _GAP.match(gap):
                return
            gaps.append(gap)
        digits += text[start : min(end, start + _LONGEST + 1)]
        lengths.append(end - start)
        if len(digits) > _LONGEST:
            return
        if len(digits) >= _SHORTEST:
            yield _Run(text, groups[at][0], end, digits, tuple(lengths), tuple(gaps))


def _first_found(runs: Sequence[_Run]) -> Found | None:
    for read, lengths in _READERS:
        for run in reversed(runs):
            if len(run.digits) in lengths and (found := read(run)):
                return found
    return None


def _id_card(run: _Run) -> Found | None:
    if run.is_named(_COMPANY_CODE_NAMED):
        return None
    named = run.is_named(_ID_NAMED)
    if len(run.digits) == 17:
        mark = _X_FOLLOWS.match(run.text, run.end)
        return Found(run.start, mark.end(), ID_CARD) if mark and (named or is_id_card(run.digits + "X")) else None
    checked = is_id_card(run.digits) if len(run.digits) == 18 else _is_old_id_card(run)
    return Found(run.start, run.end, ID_CARD) if (named or checked) and not run.is_in_a_word else None


def _is_old_id_card(run: _Run) -> bool:
    """Nothing but the birthday checks these, so that what is called otherwise is something else."""
    whole = run.groups in ((15,), (6, 6, 3), (6, 2, 2, 2, 3))
    return whole and is_id_card(run.digits) and not run.is_an_amount and not run.is_named(_CODE_NAMED)


def _bank_card(run: _Run) -> Found | None:
    if run.is_in_a_word or run.is_an_amount:
        return None
    if run.is_named(_CARD_NAMED) or (
        is_bank_card(run.digits)
        and run.digits.startswith(_CARD_BEGINNINGS)
        and not any(set(gap) & set("、，,。/") for gap in run.gaps)
        and not run.is_named(_CODE_NAMED)
    ):
        return Found(run.start, run.end, BANK_CARD)
    return None


def _mobile(run: _Run) -> Found | None:
    shaped = _MOBILE.fullmatch(run.digits)
    if not shaped or run.is_in_a_word or run.is_an_amount or run.is_named(_CODE_NAMED) or _is_decimal(run):
        return None
    groups = _without_prefix(run.groups, len(shaped["prefix"] or ""))
    is_a_list = any("、" in gap for gap in run.gaps)
    if (groups not in _MOBILE_GROUPS or is_a_list) and not _MOBILE_NEAR.search(run.before()):
        return None
    if _is_internet_address(run) or (groups == (1,) * 11 and any(set(gap) & set(",/") for gap in run.gaps)):
        return None
    return Found(_with_plus(run), run.end, MOBILE)


def _landline(run: _Run) -> Found | None:
    from_abroad = run.text[max(0, run.start - 1) : run.start] == "+" or run.digits.startswith("0086")
    shaped = _LANDLINE.fullmatch(run.digits) or (from_abroad and _LANDLINE_FROM_ABROAD.fullmatch(run.digits))
    if not shaped or run.is_in_a_word or run.is_an_amount or run.is_named(_CODE_NAMED) or _is_decimal(run):
        return None
    if run.is_named(_HOTLINE):
        return None
    area = len(shaped["area"])
    groups = _without_prefix(run.groups, len(shaped["prefix"] or ""))
    in_groups = groups[0] == area and groups[1:] in _LOCAL_GROUPS
    if not in_groups and len(groups) > 1 and groups != (1,) * len(groups):
        return None
    return Found(_with_plus(run), _with_extension(run), LANDLINE)


def _local_number(run: _Run) -> Found | None:
    """Without its area code only where it is called a telephone number, and not a date."""
    if run.groups not in _LOCAL_GROUPS or run.digits[0] not in "23456789" or not run.is_named(_PHONE_NAMED):
        return None
    if run.is_named(_HOTLINE) or _is_day(run.digits) or run.is_an_amount:
        return None
    return Found(run.start, _with_extension(run), LANDLINE)


def _without_prefix(groups: tuple[int, ...], prefix: int) -> tuple[int, ...]:
    """(2, 3, 4, 4) without the two digits of 86 is (3, 4, 4), and (13,) is (11,)."""
    left = list(groups)
    while prefix and left:
        taken = min(prefix, left[0])
        prefix -= taken
        left[0] -= taken
        if not left[0]:
            left.pop(0)
    return tuple(left)


def _with_plus(run: _Run) -> int:
    """Where the number begins with its + and bracket: (+86)138…, （0531）8…"""
    start = run.start
    while start and run.text[start - 1] in "+(":
        opened = run.text[start - 1] == "("
        if opened and ")" not in run.text[start : run.end]:
            break
        start -= 1
    return start


def _with_extension(run: _Run) -> int:
    extension = _EXTENSION.match(run.text, run.end)
    return extension.end() if extension else run.end


def _is_decimal(run: _Run) -> bool:
    return "0." in (run.text[max(0, run.start - 2) : run.start], run.text[run.start : run.start + 2])


def _is_internet_address(run: _Run) -> bool:
    return run.gaps == (".",) * 3 and max(run.groups) <= 3


def _is_day(digits: str) -> bool:
    try:
        return 1900 <= datetime.strptime(digits, "%Y%m%d").year <= 2100
    except ValueError:
        return False


# The surest first: an identity number may hold what looks like a mobile number.
_READERS: tuple[tuple[Callable[[_Run], Found | None], Sequence[int]], ...] = (
    (_id_card, (15, 17, 18)),
    (_bank_card, range(15, 20)),
    (_mobile, range(11, 16)),
    (_landline, range(10, 17)),
    (_local_number, (7, 8)),
)
