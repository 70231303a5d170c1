"""What is kept of a text that somebody wrote."""

import re

from api.masking import mask

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def storable(text: str) -> str:
    """What is kept of a text of people: masked, without control characters."""
    return mask(_CONTROL.sub("", text)).strip()


def printable(text: str) -> str:
    """Without control characters; the telephone of an office in it stays."""
    return _CONTROL.sub("", text).strip()
