"""Unit cells: several names in one cell, joint leads, names broken over lines."""

import re
from collections.abc import Collection, Sequence

from knowledge.text import squash

_OPEN = "（([〔［【“‘《「"
_CLOSE = "）)]〕］】”’》」"
_SEPARATORS = "、，,；;"
_COMPLETE = re.compile(
    r".*(局|办|处|室|部|厅|中心|部门|单位|处室|科|院|校|站|所|馆|队|公司|集团|企业|街道|镇|乡|银行|等|[）)])$|各.*(园区|区|县|市)$"
)
_OFFICE = re.compile(r"(综合|秘书)?(办公室|办|秘书处|秘书科)$")
_ORGAN = re.compile(r".*(委|委会|会|府|组|部)$")
_LEADS = re.compile(r"^由?(.+?)[（(]?(?:负责)?牵头(?:单位|部门|负责|组织|实施)*[）)]?$")
_HELPS = re.compile(
    r"^(.+?)[（(]?(?:按(?:照)?职责分工)?(?:负责|配合|参与|参加|协助|协同|分工负责|具体负责)(?:单位|部门)?[）)]?$"
)


def split_units(text: str) -> tuple[str, ...]:
    """Units as printed, in order. Splits on 、，； and their half-width forms, never inside brackets or quotes."""
    units: list[str] = []
    depth, start = 0, 0
    for at, char in enumerate(text):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in _SEPARATORS and depth == 0:
            units.append(text[start:at])
            start = at + 1
    units.append(text[start:])
    cleaned = (squash(unit).rstrip("。.") for unit in units)
    return tuple(unit for unit in cleaned if unit)


def units_of_cell(pieces: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """Units of a cell whose lines may be wraps of one name or names of their own.

    ``known`` are the units printed unbroken elsewhere in the same source; they decide first, name endings second.
    """
    joined: list[str] = []
    for piece in (squash(piece) for piece in pieces):
        if joined and _continues(joined[-1], piece, known):
            joined[-1] += piece
        else:
            joined.append(piece)
    return tuple(unit for line in joined for unit in split_units(line))


def _continues(line: str, piece: str, known: Collection[str]) -> bool:
    last = re.split(f"[{_SEPARATORS}]", line)[-1]
    first = re.split(f"[{_SEPARATORS}]", piece)[0]
    if not last or line.count("（") > line.count("）") or last + first in known:
        return True
    if last in known and first in known and not _OFFICE.match(first):
        return False
    if _ORGAN.match(last) and _OFFICE.match(first):
        return True
    return not _COMPLETE.match(last) and not first.startswith("各")


def split_leads(units: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Leads and responsible units of one mixed column: "A、B牵头、C配合" names A and B as joint leads."""
    if not any(_LEADS.match(unit) for unit in units):
        return (), tuple(units)
    leads: list[str] = []
    others: list[str] = []
    for unit in units:
        if match := _LEADS.match(unit):
            leads += [*others, match[1]]
            others = []
        else:
            others.append(_without_help(unit))
    return tuple(leads), tuple(others)


def _without_help(unit: str) -> str:
    match = _HELPS.match(unit)
    return match[1] if match else unit
