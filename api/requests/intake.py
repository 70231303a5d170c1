"""What a request must hold before it is logged: words a clerk can read, and a contact that reaches someone."""

import unicodedata

from api.errors import InvalidValue
from api.masking import first_contact

LONGEST_CONTENT = 2000
_FEWEST_LETTERS = 2
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")  # letters by their category, blank on every screen


def check_request(content: str, contact: str | None) -> None:
    """Raises InvalidValue, which names the field. Digits alone are no content: they tell nobody what is wrong."""
    if not content.strip():
        raise InvalidValue("请写明诉求内容。", field="content")
    if sum(map(_is_letter, content)) < _FEWEST_LETTERS:
        raise InvalidValue("诉求内容里没有看到文字，请用文字写明是什么事。", field="content")
    if len(content) > LONGEST_CONTENT:
        raise InvalidValue(f"诉求内容有 {len(content)} 个字，最多 {LONGEST_CONTENT} 个字。", field="content")
    if (contact or "").strip() and not _reaches_someone(contact or ""):
        raise InvalidValue("联系方式不是电话号码或邮箱，请核对；也可以不填。", field="contact")


def _is_letter(character: str) -> bool:
    return unicodedata.category(character).startswith("L") and character not in _FILLERS


def _reaches_someone(contact: str) -> bool:
    """A number or address, with words beside it at most: 手机 13800138000（晚上打）."""
    return first_contact(contact) is not None and not any(character in "<>" for character in contact)
