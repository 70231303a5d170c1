"""Personal data out of free text before it is stored, logged or published.

Replaced by a label like 〔手机号〕, never shortened: part of a number is still personal data. What must survive is told
apart by check digits (身份证 GB 11643, 银行卡 Luhn), number plans and the words around it, so that 文号, dates, amounts
and hotlines stay readable.

=====================  ===============================================================================================
identity card          18 digits with birthday and check digit, the 15 of before 1999; a mistyped one where it is named
bank card              16 to 19 digits that pass Luhn and begin as cards do; any where it is named
mobile, landline       the number plans, in the groupings people write, also in Chinese numerals; extensions go along
e-mail                 also with blanks or 点
QQ, 微信号, passports  only where named as such: nothing else tells them from codes
car plate              civil, new energy, 学警挂港澳领使试超, 武警; military only where named
address                from the street, estate or village down to a private door; 省市区县街道 stay, for the desk needs
                       them. A street number alone (某路38号政务大厅) and an office's room stay: they are public. After
                       住在, 家庭住址 and the like a street number or building is a home and goes
name                   where it is introduced (姓名：, 我叫, 本人); for publication also 张先生 and 联系人：
=====================  ===============================================================================================

A hotline, also a landline called one, is nobody's own number and stays. Group numbers (QQ群) and public accounts
(公众号) stay. Work grows with the length of the text only.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from api.masking.addresses import find_addresses
from api.masking.check_digits import is_bank_card, is_id_card
from api.masking.emails import find_emails
from api.masking.folding import fold
from api.masking.found import EMAIL, LANDLINE, MOBILE, Found
from api.masking.named_accounts import find_named_accounts
from api.masking.names import find_introduced_names, find_published_names
from api.masking.numbers import find_numbers
from api.masking.plates import find_plates

__all__ = ["first_contact", "is_bank_card", "is_id_card", "mask", "mask_for_publication"]

Finder = Callable[[str], Iterable[Found]]

# Order matters: what is surer comes first, and a named account may look like a telephone number.
_FINDERS: tuple[Finder, ...] = (
    find_emails,
    find_named_accounts,
    find_numbers,
    find_plates,
    find_addresses,
    find_introduced_names,
)
_PUBLICATION_FINDERS = (*_FINDERS, find_published_names)
_ROUNDS = 4
"""A label can end a word that ran on before, so that the next round finds more; two are enough nearly always."""


def mask(text: str) -> str:
    """``text`` with personal data replaced by labels, else unchanged. Masking what is masked changes nothing."""
    return _settled(text, _FINDERS)


def mask_for_publication(text: str) -> str:
    """Stronger than :func:`mask`, for what everybody will read: names with an honorific and after 联系人 go too. A
    person still has to look before it is published: a bare name in a sentence is not found."""
    return _settled(text, _PUBLICATION_FINDERS)


def first_contact(text: str) -> str | None:
    """The first mobile, landline or e-mail address in ``text``: how to reach someone who left no other contact."""
    plain = fold(text)
    found = [one for one in (*find_emails(plain), *find_numbers(plain)) if one.label in (EMAIL, MOBILE, LANDLINE)]
    first = min(found, key=lambda one: one.start, default=None)
    return plain[first.start : first.end] if first else None


def _settled(text: str, finders: Sequence[Finder]) -> str:
    for _ in range(_ROUNDS):
        before, text = text, _masked(text, finders)
        if text == before:
            break
    return text


def _masked(text: str, finders: Sequence[Finder]) -> str:
    folded = fold(text)
    for find in finders:
        found = list(find(folded))
        if found:
            text, folded = map(partial(_replaced, found=found), (text, folded))
    return text


def _replaced(text: str, found: Sequence[Found]) -> str:
    pieces: list[str] = []
    at = 0
    for one in found:
        pieces += (text[at : one.start], one.label)
        at = one.end
    return "".join((*pieces, text[at:]))
