"""A message with several questions is no dialogue act, is shown in one bubble, and is logged where it has no answer."""

import asyncio
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from trackers import FakeApi, slots_of, tracker

from bot.actions import ActionAnswer
from bot.components.acts import certain_act, is_question_after_all, mere_courtesy

ACTS = ("greet", "thank", "goodbye", "affirm", "deny", "cancel", "start_over", "ask_help", "handover", "log_request")
LOG = {"label": "登记诉求", "question": "登记诉求"}
PARTS = [
    {
        "head": "一、预算由谁公开？",
        "question": "预算由谁公开?",
        "kind": "answer",
        "text": "由财政局负责。",
        "cited": [0],
    },
    {"head": "二、养老金多少？", "question": "养老金多少;", "kind": "not_found", "text": "没有找到。", "cited": []},
    {"head": "三、公园几点关门？", "question": "公园几点关门?", "kind": "not_found", "text": "没有找到。", "cited": []},
]
REPLY = {
    "answer_id": "a-9",
    "kind": "answer",
    "text": "\n".join(f"{part['head']}\n{part['text']}" for part in PARTS),
    "confidence": 0.9,
    "citations": [],
    "options": [LOG],
    "related": [],
    "parts": PARTS,
    "frame": {"regions": ["北港高新区"], "topic": "预算"},
    "snapshot": "s-1",
    "took_ms": 5.0,
}


def asked(fake_api: FakeApi, dispatcher: CollectingDispatcher, reply: dict[str, Any]) -> dict[str, Any]:
    fake_api.replies["/v1/answers"] = reply
    events = asyncio.run(ActionAnswer().run(dispatcher, tracker("预算由谁公开?养老金多少;公园几点关门?"), {}))
    return slots_of(events)


@pytest.mark.parametrize(
    "text",
    [
        "你好,请问北港高新区预算由谁公开?什么时候公开?谢谢!",
        "谢谢你。另外养老金标准在哪里能查到",
        "好的,那政策解读谁负责,还有南城新区的呢",
        "我想问两个问题:第一,预算由谁公开;第二,公开时限是什么时候",
        "1. 预算由谁公开 2. 权责清单在哪公布",
        "预算由谁公开权责清单什么时候公布",
    ],
)
def test_several_questions_are_not_taken_for_a_dialogue_act(text: str) -> None:
    assert certain_act(text) is None
    assert mere_courtesy(text) is None
    assert all(is_question_after_all(act, text, set()) for act in ACTS)


def test_the_parts_go_along_in_one_bubble(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    asked(fake_api, dispatcher, REPLY)
    [message] = dispatcher.messages
    assert message["custom"]["parts"] == PARTS
    assert message["custom"]["text"] == REPLY["text"]


def test_only_the_questions_without_an_answer_wait_to_be_logged(
    fake_api: FakeApi, dispatcher: CollectingDispatcher
) -> None:
    assert asked(fake_api, dispatcher, REPLY)["pending_question"] == "养老金多少；公园几点关门?"


def test_a_single_question_without_an_answer_waits_whole(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    reply = {**REPLY, "kind": "not_found", "parts": []}
    assert asked(fake_api, dispatcher, reply)["pending_question"] == "预算由谁公开?养老金多少;公园几点关门?"
