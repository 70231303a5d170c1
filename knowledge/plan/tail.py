"""The close of a task paragraph that names its units: （责任单位：…；完成时限：…）, （X牵头，Y负责）, or labels."""

import re
from dataclasses import dataclass

from knowledge.plan.columns import Role, role_of
from knowledge.plan.units import split_leads, split_units

_FIELD = re.compile(r"(?:^|(?<=[；;，,。\s]))([\u4e00-\u9fff]{2,10})[：:]")
_FIELD_ROLES: tuple[Role, ...] = ("lead", "responsible", "deadline", "channel")
_UNIT_ROLES: tuple[Role, ...] = ("lead", "responsible")
_DUTY = re.compile(r"(牵头|负责|牵头负责|配合|参与)$")
_BARE = re.compile(r"(?:^|(?<=[。；;\s]))(?:牵头|责任|配合|主办|承办|负责)(?:单位|部门|科室|处室)[：:]")


@dataclass(frozen=True, slots=True)
class Tail:
    """Where the close begins in the paragraph, and what it says."""

    start: int
    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    deadline: str | None
    channel: str | None


def find_tail(text: str) -> Tail | None:
    """The close of ``text``, or None while it has none or its bracket is still open."""
    span = _last_bracket(text)
    if span:
        inner = text[span[0] + 1 : span[1]]
        tail = _labelled(inner, span[0]) or _by_duty(inner, span[0])
        if tail:
            return tail
    bare = _BARE.search(text)
    return _labelled(text[bare.start() :], bare.start()) if bare and _is_outside_brackets(text, bare.start()) else None


def _is_outside_brackets(text: str, at: int) -> bool:
    before = text[:at]
    return sum(before.count(c) for c in "（(") <= sum(before.count(c) for c in "）)")


def _last_bracket(text: str) -> tuple[int, int] | None:
    """The bracket on the outermost level that ends the text; nested brackets are part of it."""
    body = text.rstrip("。.；; ")
    if not body.endswith(("）", ")")):
        return None
    depth = 0
    for at in range(len(body) - 1, -1, -1):
        depth += (body[at] in "）)") - (body[at] in "（(")
        if depth == 0:
            return at, len(body) - 1
    return None


def _labelled(inner: str, start: int) -> Tail | None:
    found = [(m, role) for m in _FIELD.finditer(inner) if (role := role_of(m[1])) in _FIELD_ROLES]
    if not any(role in _UNIT_ROLES for _, role in found):
        return None
    values: dict[Role, str] = {}
    ends = [m.start() for m, _ in found[1:]] + [len(inner)]
    for (match, role), end in zip(found, ends, strict=True):
        values.setdefault(role, inner[match.end() : end].strip(" 。；;，,"))
    lead = split_units(values.get("lead", ""))
    led, responsible = split_leads(split_units(values.get("responsible", "")))
    return Tail(start, lead + led, responsible, values.get("deadline") or None, values.get("channel") or None)


def _by_duty(inner: str, start: int) -> Tail | None:
    """The State Council form: units with 牵头 or 负责 behind them, without a label."""
    if not _DUTY.search(inner):
        return None
    units = split_units(inner)
    lead, rest = split_leads(units)
    plain = (re.sub(r"(按(照)?职责分工|分别|具体)?(负责|配合|参与)$", "", unit) for unit in rest)
    return Tail(start, lead, tuple(unit for unit in plain if unit), None, None)
