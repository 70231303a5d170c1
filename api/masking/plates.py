"""Car plates of GA 36: civil, new energy, the kinds marked by a last character, armed police, and military by name."""

import re
from collections.abc import Iterator

from api.masking.found import PLATE, Found

_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_GAP = r"[ \-.·_]{0,2}"
_LETTER = "[A-HJ-Za-hj-z]"
_PLATE = re.compile(
    rf"(?:[{_PROVINCE}] ?{_LETTER}{_GAP}(?:"
    r"(?P<new_energy>[A-Ka-k][A-HJ-NP-Za-hj-np-z0-9]\d{4}|\d{5}[A-Ka-k])(?![0-9A-Za-z])"
    r"|(?P<marked>[A-HJ-NP-Za-hj-np-z0-9]{4} ?(?:[学警挂港澳领使试超]|应急))"
    r"|(?P<civil>[A-HJ-NP-Za-hj-np-z0-9]{5})(?![0-9A-Za-z]))"
    rf"|[Ww][Jj]{_GAP}[{_PROVINCE}]{_GAP}\d{{4}}[0-9A-Za-z](?![0-9A-Za-z])"
    r"|(?:车牌号?|军牌|军车|车号)(?: ?(?:码|是|为|:))? ?(?P<military>[A-Z]{2}[ ·\-]?\d{5})(?![0-9A-Za-z]))"
)
_LICENCE_FOLLOWS = re.compile(" ?(?:号文|号公告|号令|备|字第)")


def find_plates(folded: str) -> Iterator[Found]:
    for found in _PLATE.finditer(folded):
        if _is_plate(found, folded):
            yield Found(*found.span("military" if found["military"] else 0), PLATE)


def _is_plate(found: re.Match[str], folded: str) -> bool:
    """A civil plate has at most two letters after the first (京ABCDE is a word); 号文 and 备 follow other numbers."""
    letters = sum(letter.isalpha() for letter in found["civil"] or "")
    return letters <= 2 and not _LICENCE_FOLLOWS.match(folded, found.end())
