"""What an account may be called and what may be its password."""

import re
import unicodedata

from api.errors import InvalidValue

_NAME = re.compile(r"[\w.·-]{2,30}")
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 128


def tidy_name(name: str) -> str:
    """One spelling for one account: full-width and upper-case letters as plain ones."""
    return unicodedata.normalize("NFKC", name).strip().lower()


def check_name(name: str) -> str:
    """The tidied name. Raises InvalidValue."""
    tidied = tidy_name(name)
    if not _NAME.fullmatch(tidied):
        raise InvalidValue(
            f"账户名称“{name[:40]}”不对：2 到 30 个字，只能是汉字、字母、数字、点、横线和下划线。", field="name"
        )
    return tidied


def tidy_password(password: str) -> str:
    """The same whichever input method typed it; blanks are kept."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, name: str) -> str:
    """The tidied password. Raises InvalidValue. Length alone is asked for (NIST SP 800-63B 5.1.1.2)."""
    tidied = tidy_password(password)
    if len(tidied) < SHORTEST_PASSWORD:
        raise InvalidValue(f"密码太短：至少 {SHORTEST_PASSWORD} 个字符。", field="password")
    if len(tidied) > LONGEST_PASSWORD:
        raise InvalidValue(f"密码太长：最多 {LONGEST_PASSWORD} 个字符。", field="password")
    if tidied.strip().lower() == name:
        raise InvalidValue("密码不能和账户名称相同。", field="password")
    return tidied
