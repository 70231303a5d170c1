"""Which texts are declined. A policy question never may be, so that every doubt goes to the answer.

Danger comes before all this: 有人要打死我 gets the numbers to call (api.unassisted), and 我想去死 is no abuse.
"""

import re
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.sensitive.errors import SensitiveWordsInvalid
from api.unassisted import danger_met
from knowledge.text import normalise, squash

Reason = Literal["unlawful", "abuse"]

_BETWEEN = 4
_SHORT_WISH = 8
"""A text so short says nothing but the wish: 买枪, 办假证."""
_LONGEST_ABUSE = 16
_ASKS = re.compile("谁|什么|怎么|哪|多少|何时|吗|几")
_NO_WORD = re.compile(r"[\W_]")


class _Wish(BaseModel):
    model_config = ConfigDict(extra="forbid")

    wants: list[str] = Field(min_length=1)
    things: list[str] = Field(min_length=1)


class _Listed(BaseModel):
    model_config = ConfigDict(extra="forbid")

    unlawful: list[_Wish]
    asking: list[str]
    abuse: list[str]
    about_the_matter: list[str]
    harmless: list[str] = []


class SensitiveWords:
    """Safe in several threads; the work for a text grows with its length."""

    def __init__(self, listed: _Listed) -> None:
        self._wishes = [_wish(one) for one in listed.unlawful]
        self._asking = _any_of(listed.asking)
        self._abuse = _any_of(listed.abuse)
        self._matter = _any_of(listed.about_the_matter)
        self._harmless = _any_of(listed.harmless)

    @classmethod
    def load(cls, file: Path | None = None) -> "SensitiveWords":
        """The operator's list, or the one that is shipped. Raises SensitiveWordsInvalid naming file and place."""
        try:
            source = file or resources.files("api.sensitive").joinpath("words.yml")
            return cls(_Listed.model_validate(yaml.safe_load(source.read_text("utf-8"))))
        except (OSError, UnicodeError, yaml.YAMLError) as error:
            raise SensitiveWordsInvalid(f"敏感词文件 {file} 读不出来：{error}") from error
        except ValidationError as error:
            place = ".".join(map(str, error.errors()[0]["loc"])) or "文件开头"
            raise SensitiveWordsInvalid(f"敏感词文件 {file} 的 {place} 不对，写法见自带的 words.yml。") from error

    def declined(self, text: str) -> Reason | None:
        said = _NO_WORD.sub("", squash(normalise(text))).lower()
        said = self._harmless.sub("□", said)
        if self._matter.search(said) or danger_met(said):
            return None
        if self._is_unlawful(said):
            return "unlawful"
        if len(said) <= _LONGEST_ABUSE and self._abuse.search(said) and not _ASKS.search(said):
            return "abuse"
        return None

    def _is_unlawful(self, said: str) -> bool:
        wished = any(wish.search(said) for wish in self._wishes)
        return wished and (len(said) <= _SHORT_WISH or self._asking.search(said) is not None)


def _wish(one: _Wish) -> re.Pattern[str]:
    wants, things = _alternatives(one.wants), _alternatives(one.things)
    return re.compile(f"(?:{wants}).{{0,{_BETWEEN}}}?(?:{things})|(?:{things}).{{0,{_BETWEEN}}}?(?:{wants})")


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """One that never matches where there are no words."""
    return re.compile(_alternatives(words) or "(?!)")


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word.lower()) for word in sorted(set(words), key=lambda word: (-len(word), word)))
