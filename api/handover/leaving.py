"""Whether a citizen who waits for a person, or talks to one, says that it is over."""

import re
from typing import Literal

from knowledge.text import normalise, squash

_NO_PERSON = re.compile(
    "^(我|那)?(要|想|先|就|还是)*(结束|退出|取消|关闭|停止|不用|不要|不转|不需要|不找)(转)?(人工|坐席)(服务|客服|对话|聊天)?(了|吧)*[。!.]*$"
    "|^(我|那)?(就|先)?不等了?(人工|坐席)?(了|吧)*[。!.]*$"
)
# To the agent alone: while one waits, 取消 and 结束 belong to what the conversation is about, such as a form.
_OVER = re.compile("^(结束|退出|挂断)(对话|会话|聊天|服务|通话)?(了|吧)*[。!.]*$")


def leaves(text: str, state: Literal["waiting", "taken"]) -> bool:
    said = squash(normalise(text))
    return bool(_NO_PERSON.match(said) or (state == "taken" and _OVER.match(said)))
