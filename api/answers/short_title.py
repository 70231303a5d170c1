"""Titles short enough for a button, never cut inside a word."""

import re

_ISSUERS = re.compile(r"^[^《》]{2,60}?(?=关于)")
_BREAK = re.compile(r"(?<=[的和与及、，, ])|(?=[《（(“])")
_SHORTEST = 8


def short_title(title: str, length: int) -> str:
    """The title; where it is longer than ``length`` without its issuers, and at last up to a break between words."""
    if len(title) <= length:
        return title
    rest = _ISSUERS.sub("", title)
    if _SHORTEST <= len(rest) <= length:
        return rest
    breaks = [match.start() for match in _BREAK.finditer(rest) if _SHORTEST <= match.start() < length]
    return f"{rest[: breaks[-1]].rstrip('、，, ')}……" if breaks else rest
