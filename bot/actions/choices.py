"""Which of the options shown a short text means: its label, its number, its place, or part of its name."""

import re
import unicodedata

from bot.actions.messages import Option

_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", start=1)}
_DIGITS["两"] = 2
_PLACE = re.compile(
    r"^(?:我)?(?:就|那就)?(?:要|选|看|问|点)?\s*第?\s*([一二两三四五六七八九]|[1-9])\s*(?:个|项|条|号|种)?(?:的)?(?:吧|呢|呀|啊|就行)?$"
)
_FIRST = re.compile("^(就|要|选)?(前一个|前面那个|前者|上面那个|头一个|首个)(吧)?$")
_LAST = re.compile("^(就|要|选)?(后一个|后面那个|后者|下面那个|最后(那|一)?个)(吧)?$")
_ALL = re.compile(
    "^(我)?(要|看|想看)?(都|全|全部|全都|两个都|几个都|所有|都要|都说说|都看看|都讲讲)(要|看|说说|看看|告诉我|说一下|讲讲|给我|的)?(吧|呀|啊)?$"
)
_FRAMING = re.compile(
    r"我|就|要|想|问|说|选|看|是|那个|那份|这个|那边|那里|的|吧|呀|啊|呢|哦|了|地区|\s|[，。,.!！?？]"
)
_LONGEST_CHOICE = 16


def wants_all(text: str) -> bool:
    return bool(_ALL.match(text))


def resolve_choice(text: str, options: list[Option]) -> Option | None:
    """The option meant, or None when the text is a question of its own or fits more than one."""
    bare = text.strip(" 。.!！,，").lower()
    if not options or not bare or (len(bare) > _LONGEST_CHOICE and not _exact(bare, options)):
        return None
    return _exact(bare, options) or _by_place(bare, options) or _by_name(bare, options)


def _exact(bare: str, options: list[Option]) -> Option | None:
    """A tap sends the option's question, which arrives with its punctuation folded: 兰州新区:政策解读…"""
    said = _folded(bare)
    return next((each for each in options if said in (_folded(each["label"]), _folded(each["question"]))), None)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _by_place(bare: str, options: list[Option]) -> Option | None:
    if _FIRST.match(bare):
        return options[0]
    if _LAST.match(bare):
        return options[-1]
    found = _PLACE.match(bare)
    if not found:
        return None
    place = _DIGITS.get(found.group(1)) or int(found.group(1))
    return options[place - 1] if place <= len(options) else None


def _by_name(bare: str, options: list[Option]) -> Option | None:
    """仲恺的 or 仲恺那个 for 仲恺高新区: what is left of the text stands in one label only, or holds one label only."""
    name = _FRAMING.sub("", bare)
    if len(name) < 2:
        return None
    matching: dict[str, Option] = {
        choice["label"]: choice
        for choice in options
        if name in choice["label"].lower() or name == _FRAMING.sub("", choice["label"].lower())
    }
    return next(iter(matching.values())) if len(matching) == 1 else None
