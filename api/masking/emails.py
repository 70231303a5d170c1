"""E-mail addresses, also with blanks at the sign, and with 点 or a full stop of the wrong width."""

import re
from collections.abc import Iterator

from api.masking.found import EMAIL, Found

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,254} ?(?:@|[(\[]at[)\]]) ?"
    r"[A-Za-z0-9-]{1,63}(?: ?[.。点] ?[A-Za-z0-9-]{1,63}){1,4}",
    re.IGNORECASE,
)


def find_emails(folded: str) -> Iterator[Found]:
    for found in _EMAIL.finditer(folded):
        yield Found(*found.span(), EMAIL)
