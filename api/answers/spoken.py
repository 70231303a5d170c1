"""Spoken Chinese as it would be written: dialect question words, spelt-out blanks, a correction of the turn before."""

import re

_DIALECT = (
    ("啥子时候", "什么时候"),
    ("么子时候", "什么时候"),
    ("啥子", "什么"),
    ("么子", "什么"),
    ("咋个", "怎么"),
    ("啷个", "怎么"),
    ("搁哪", "在哪"),
    ("哪嘎达", "哪里"),
    ("哪块儿", "哪里"),
    ("边个", "谁"),
    ("几时", "什么时候"),
)
_CORRECTION = re.compile(
    r"^(?:(?:不是|不对|错了)[,，.。 ]+|(?:不是|不对)?(?:我说的是|我是说|我问的是|我指的是|我要问的是)[,，.。 ]*)+(?=\S)"
)
_BLANK_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_SPELT = 0.3
"""Share of blanks from which a text is spelt out character by character."""


def as_written(text: str) -> str:
    """Normalised ``text`` with dialect question words and spelt-out characters as they would be written."""
    if text.count(" ") >= _SPELT * max(len(text), 1):
        text = _BLANK_BETWEEN.sub("", text)
    text = _CORRECTION.sub("", text)
    for said, written in _DIALECT:
        text = text.replace(said, written)
    return text
