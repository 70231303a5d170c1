"""A place that holds personal data, and the labels that take its place."""

from typing import NamedTuple

ID_CARD = "〔身份证号〕"
BANK_CARD = "〔银行卡号〕"
MOBILE = "〔手机号〕"
LANDLINE = "〔固定电话〕"
EMAIL = "〔邮箱〕"
PLATE = "〔车牌号〕"
PASSPORT = "〔证件号〕"
QQ = "〔QQ号〕"
WECHAT = "〔微信号〕"
ADDRESS = "〔住址〕"
DOOR = "〔门牌号〕"
"""A door with no street or estate named."""
NAME = "〔姓名〕"


class Found(NamedTuple):
    """Finders give these in order and without overlap; ``start`` and ``end`` count characters of the folded text."""

    start: int
    end: int
    label: str
