"""``wechat_menu.yml``: the menu below the official account's chat, and the template its news are sent with.

Bounds are the platform's (创建接口, 2025): 3 buttons, 5 below each, names of 16 and 60 bytes, keys of 128, addresses of
1024.
"""

from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from api.rule_file import OWN_RULE, read_rules

SHIPPED = Path(__file__).with_name("wechat_menu.yml")
_NAME_BYTES = 16
_SUB_NAME_BYTES = 60
_KEY_BYTES = 128
_URL_BYTES = 1024


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Button(_Strict):
    """``ask`` sends that text as the follower's question; ``url`` opens a page; ``sub`` opens the buttons in it."""

    name: str = Field(min_length=1)
    ask: str | None = None
    url: str | None = None
    sub: list["Button"] = Field(default=[], max_length=5)

    @model_validator(mode="after")
    def _does_one_thing(self) -> Self:
        if sum(map(bool, (self.ask, self.url, self.sub))) != 1:
            raise PydanticCustomError(OWN_RULE, "ask、url、sub 三项恰好写一项")
        if self.ask and len(self.ask.encode()) > _KEY_BYTES:
            raise PydanticCustomError(OWN_RULE, "ask 最多 128 字节（约 42 个汉字）")
        if self.url and (len(self.url.encode()) > _URL_BYTES or not self.url.startswith(("https://", "http://"))):
            raise PydanticCustomError(OWN_RULE, "url 应当以 https:// 开头，最多 1024 字节")
        if len(self.name.encode()) > (_NAME_BYTES if self.sub else _SUB_NAME_BYTES):
            raise PydanticCustomError(OWN_RULE, "name 太长：一级菜单最多 5 个汉字")
        if any(button.sub for button in self.sub):
            raise PydanticCustomError(OWN_RULE, "菜单最多两级")
        return self

    def as_json(self) -> dict[str, Any]:
        if self.sub:
            return {"name": self.name, "sub_button": [button.as_json() for button in self.sub]}
        if self.url:
            return {"type": "view", "name": self.name, "url": self.url}
        return {"type": "click", "name": self.name, "key": self.ask}


class NewsTemplate(_Strict):
    """``fields`` fills the template's own names; in them {text}, {no} and {time} stand for the news, the number of the
    request and the time."""

    kind: Literal["template", "subscribe"]
    template: str = Field(min_length=1, max_length=100)
    fields: dict[str, str] = Field(min_length=1, max_length=10)

    @model_validator(mode="after")
    def _names_what_there_is(self) -> Self:
        for value in self.fields.values():
            try:
                value.format_map({"text": "", "no": "", "time": ""})
            except (KeyError, ValueError, IndexError) as error:
                message = "“{value}”里只能用 {{text}}、{{no}}、{{time}}"
                raise PydanticCustomError(OWN_RULE, message, {"value": value[:40]}) from error
        return self


class MenuFile(_Strict):
    menu: list[Button] = Field(min_length=1, max_length=3)
    news: NewsTemplate | None = None

    @model_validator(mode="after")
    def _top_names_fit(self) -> Self:
        if long := next((top.name for top in self.menu if len(top.name.encode()) > _NAME_BYTES), None):
            raise PydanticCustomError(OWN_RULE, "一级菜单“{name}”太长，最多 5 个汉字", {"name": long})
        return self

    def as_json(self) -> dict[str, Any]:
        return {"button": [button.as_json() for button in self.menu]}


def read_menu(path: Path | None) -> MenuFile:
    """None: the shipped one. Raises RuleFileInvalid."""
    return read_rules(path or SHIPPED, MenuFile)
