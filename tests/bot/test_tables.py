"""Lists and comparisons keep their link and their table on the way through the bot, and are no dialogue acts."""

import asyncio
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from trackers import FakeApi, tracker

from bot.actions import ActionAnswer
from bot.components.acts import certain_act

REPLY = {
    "answer_id": "a-1",
    "kind": "list",
    "text": "共30项：",
    "confidence": 1.0,
    "citations": [],
    "options": [],
    "related": [],
    "frame": {},
    "snapshot": "s",
    "took_ms": 1.0,
}
LINK = {"label": "查看全部30项的表格", "url": "tasks?region=北港高新区"}
TABLE = {"columns": ["北港高新区", "南山新区"], "rows": [{"name": "牵头单位", "cells": ["财政局", "没有写明"]}]}


def bubble_of(reply: dict[str, Any], api: FakeApi, dispatcher: CollectingDispatcher) -> dict[str, Any]:
    api.replies["/v1/answers"] = reply
    asyncio.run(ActionAnswer().run(dispatcher, tracker("北港高新区任务有哪些"), {}))
    [message] = dispatcher.messages
    return message["custom"]


def test_the_link_to_the_whole_and_the_table_are_shown(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    bubble = bubble_of({**REPLY, "link": LINK, "table": TABLE}, fake_api, dispatcher)
    assert (bubble["link"], bubble["table"]) == (LINK, TABLE)


def test_an_answer_without_them_names_neither(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    assert not {"link", "table"} & set(bubble_of({**REPLY, "link": None, "table": None}, fake_api, dispatcher))


@pytest.mark.parametrize(
    "text",
    [
        "一共多少项任务",
        "财政局要干几件事",
        "哪个单位任务最多",
        "年底前完成的有哪些",
        "没写时限的有几项",
        "其中牵头的有几项",
        "哪些地区有这项任务",
        "比较一下两个区的政务新媒体",
    ],
)
def test_counting_and_comparing_is_asking(text: str) -> None:
    assert certain_act(text) is None
