"""What a citizen who waits for a person, or talks to one, says about that: that it is over, or where the person is."""

import re
from typing import Literal

from knowledge.text import normalise, squash

_NO_PERSON = re.compile(
    "^(我|那)?(要|想|先|就|还是)*(结束|退出|取消|关闭|停止|不用|不要|不转|不需要|不找)(转)?(人工|坐席)(服务|客服|对话|聊天)?(了|吧)*[。!.]*$"
    "|^(我|那)?(就|先)?不等了?(人工|坐席)?(了|吧)*[。!.]*$"
)
# To the agent alone: while one waits, 取消 and 结束 belong to what the conversation is about, such as a form.
_OVER = re.compile("^(结束|退出|挂断)(对话|会话|聊天|服务|通话)?(了|吧)*[。!.]*$")
_CALLS = re.compile(
    "^(喂+|你好|您好|人呢|还?在[吗么不]|在不在|有没?有?人(在|吗|么|呢|没有?|接)*|(怎么|咋)?(还|都)?(没有?|不)?(人)?(来|接|接入|理我?|回)(人|我)?|转人工|人工|还要(等)?多久|要等多久|等(了)?(好|很|半天)久?|快点)(了|啊|吗|呢|吧|呀|没)*$"
)
_PUNCTUATION = re.compile(r"[\s,，。.!！?？~]+")


def leaves(text: str, state: Literal["waiting", "taken"]) -> bool:
    said = squash(normalise(text))
    return bool(_NO_PERSON.match(said) or (state == "taken" and _OVER.match(said)))


def calls(text: str) -> bool:
    """喂, 有人吗, 怎么还没人来: said while waiting, it is for the person and not for the bot to greet."""
    return bool(_CALLS.match(_PUNCTUATION.sub("", squash(normalise(text)))))
