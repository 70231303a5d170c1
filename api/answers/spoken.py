"""Spoken Chinese as it would be written: without fillers, repeated words and dialect."""

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
    ("有好多个", "有多少个"),
    ("有好多项", "有多少项"),
    ("有好多条", "有多少条"),
)
# 那济南嘞, 这个归谁管哈: 呢 and 啊 of other places.
_LOCAL_PARTICLE = re.compile(
    r"(?<=[\u4e00-\u9fff])(?<![哈呵嘿嘻啊呀哦嗯咯])[嘞咧哩捏噻嗦哈喽咯呗哟](?=[,，。?？!！~ ]|$)"
)
_CORRECTION = re.compile(
    r"^(?:(?:不是|不对|你?[说听答搞弄]?错了)[,，.。 ]+(?:应?该?是(?![谁否]|不是|什么|哪))?"
    r"|(?:不是|不对)?(?:我说的是|我是说|我问的是|我指的是|我要问的是)[,，.。 ]*)+(?=\S)"
)
_BLANK_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_SPELT = 0.3
"""Share of blanks from which a text is spelt out character by character."""
_HESITATION = re.compile(
    r"[嗯呃噢喔唔欸诶]+[,，、 ]*|(?:那个|这个)*就是说(?!明)|(?:哎呀?|哦)+(?=[,，、 那这我你就请])[,，、 ]*"
    r"|(?:那个|这个|就是)(?:那个|这个|就是)+"
    r"|(?:那|就是)?(?:怎么说呢|这么说吧|我跟你(?:说|讲)|你(?:听|知道)(?:我说)?吧|我意思是)[,，、 ]*"
    r"|(?<=[\u4e00-\u9fff])额+(?=[,，、 那这])"
)
_OPENING = re.compile(
    r"^(?:喂|那个|这个|就是|然后|额|你好|您好|[,，、。 ])*"
    r"(?:我?(?:就|只是|是)?(?:想|要)(?:请)?问(?:问|一问|一?下(?:子)?)?|请问(?:一?下)?|请教一?下|打听一?下)(?!的是)[哈啊呀吧嘛呢]*"
    r"(?:那个|这个|就是|[,，、 ])*(?=\S)"
)
# A short word behind a mark is not repeated but taken up: 在食堂吃饭，吃饭的人.
_REPEATED = re.compile(r"([\u4e00-\u9fff]{2,12}?)(?:那个|就是)?\1|([\u4e00-\u9fff]{3,12}?)[,，、 ]\2")
# 「是不是不用」, 「二十二十五」 and 「一个一个」 repeat nothing.
_NO_REPEAT = re.compile(r"[不没〇零一二三四五六七八九十百千]")


def as_written(text: str) -> str:
    """Normalised ``text`` with dialect question words, fillers, repeated words and spelt-out characters as they would
    be written."""
    if text.count(" ") >= _SPELT * max(len(text), 1):
        text = _BLANK_BETWEEN.sub("", text)
    text = _CORRECTION.sub("", _without_fillers(text))
    for said, written in _DIALECT:
        text = text.replace(said, written)
    return _LOCAL_PARTICLE.sub("呢", text)


def _without_fillers(text: str) -> str:
    """The text as it is where nothing but fillers was said."""
    plain = _OPENING.sub("", _HESITATION.sub("", text))
    return _REPEATED.sub(_once, plain) if plain.strip() else text


def _once(match: re.Match[str]) -> str:
    said: str = match.group(1) or match.group(2)
    return match.group(0) if _NO_REPEAT.search(said) else said
