"""QQ numbers, 微信号 and travel documents: masked only where they are called so, since any code looks like them."""

import re
from collections.abc import Iterator

from api.masking.found import PASSPORT, QQ, WECHAT, Found

_IS = r" ?(?:号码|帐号|账号|号)?(?: ?(?:是|为|:))? ?"
_QQ = re.compile(rf"(?<![A-Za-z])(?:qq|扣扣|企鹅号){_IS}(?P<value>[1-9]\d{{4,11}})(?![0-9A-Za-z])", re.IGNORECASE)
_WECHAT = re.compile(
    r"(?:(?<!公众)微信|(?<![A-Za-z./_])(?:wechat|weixin|wx|vx|v信|薇信))"
    r"(?:(?: ?(?:号码|帐号|账号|号))(?: ?(?:是|为|叫|:))?|(?:id)? ?(?:是|为|叫|:)|加我|联系我|找我| ) ?"
    r"(?P<value>[A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9_=-])",
    re.IGNORECASE,
)
_MINE = re.compile(r"(?:我的?|本人的?|加|加我|联系我?|私人|个人)$")
_TOLD = re.compile("号|(?<!id)(?<!id ) ?[:是为叫] ?$|加我|联系我|找我", re.IGNORECASE)
_HAS_MARK = re.compile(r"[0-9_-]")
_PASSPORT = re.compile(
    r"(?:护照|通行证|回乡证|台胞证|居留证|居住证)(?: ?(?:号码|编号|号))?(?: ?(?:是|为|:))? ?"
    r"(?P<value>(?:[A-Za-z]{1,2} ?\d{7,10}|\d{8,10})(?:\(\d{1,2}\))?)(?![0-9A-Za-z])"
)


def find_named_accounts(folded: str) -> list[Found]:
    found = [*_values(_QQ, QQ, folded), *_wechat_names(folded), *_values(_PASSPORT, PASSPORT, folded)]
    return sorted(found)


def _values(pattern: re.Pattern[str], label: str, folded: str) -> Iterator[Found]:
    for found in pattern.finditer(folded):
        yield Found(*found.span("value"), label)


def _wechat_names(folded: str) -> Iterator[Found]:
    """A name of letters alone may be a public account (微信ID：zhengfu) or a word (微信 Windows 版)."""
    for found in _WECHAT.finditer(folded):
        told = _TOLD.search(found[0][: -len(found["value"])])
        mine = _MINE.search(folded, max(0, found.start() - 6), found.start())
        if told or mine or _HAS_MARK.search(found["value"]):
            yield Found(*found.span("value"), WECHAT)
