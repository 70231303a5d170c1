"""What was only guessed to be idle talk, or a yes or no, is looked up before it is turned away."""

import json
from typing import Any

import httpx
import pytest
from rasa_sdk.executor import CollectingDispatcher
from test_actions import ANSWER, LOG, NOT_FOUND, bubbles, run
from trackers import FakeApi, slots_of, tracker

from bot.actions import ActionAffirm, ActionDeny, ActionSmallTalk, wording


def guessed(text: str, intent: str, confidence: float = 0.6, slots: dict[str, Any] | None = None) -> Any:
    conversation = tracker(text, intent, slots)
    conversation.latest_message["intent"]["confidence"] = confidence
    return conversation


def test_a_sure_answer_is_said_and_remembered(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    fake_api.replies["/v1/answers"] = ANSWER
    events = run(ActionSmallTalk(), dispatcher, guessed("元宵节放几天假", "out_of_scope"))
    assert [bubble["text"] for bubble in bubbles(dispatcher)] == [ANSWER["text"]]
    assert slots_of(events)["last_answer_id"] == ANSWER["answer_id"]


def test_idle_talk_does_not_lean_on_the_talk_before(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    fake_api.replies["/v1/answers"] = ANSWER
    run(ActionSmallTalk(), dispatcher, guessed("你喜欢吃啥", "out_of_scope", slots={"frame": ANSWER["frame"]}))
    assert not json.loads(fake_api.requests[0].content).get("frame")


@pytest.mark.parametrize("reply", [NOT_FOUND, {**ANSWER, "confidence": 0.69}, (500, {}), httpx.ConnectError("down")])
def test_without_a_sure_answer_it_is_turned_away(
    fake_api: FakeApi, dispatcher: CollectingDispatcher, reply: Any
) -> None:
    fake_api.replies["/v1/answers"] = reply
    assert run(ActionSmallTalk(), dispatcher, guessed("你喜欢吃啥", "out_of_scope")) == []
    assert [bubble["text"] for bubble in bubbles(dispatcher)] == [wording.OUT_OF_SCOPE]


def test_certain_talk_is_not_looked_up(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    run(ActionSmallTalk(), dispatcher, guessed("讲个笑话", "out_of_scope", confidence=1.0))
    assert [bubble["text"] for bubble in bubbles(dispatcher)] == [wording.OUT_OF_SCOPE]
    assert fake_api.requests == []


@pytest.mark.parametrize(("action", "intent"), [(ActionDeny(), "deny"), (ActionAffirm(), "affirm")])
def test_with_nothing_to_say_no_to_a_longer_text_is_a_question(
    fake_api: FakeApi, dispatcher: CollectingDispatcher, action: Any, intent: str
) -> None:
    fake_api.replies["/v1/answers"] = ANSWER
    run(action, dispatcher, guessed("不戴口罩", intent))
    assert [bubble["text"] for bubble in bubbles(dispatcher)] == [ANSWER["text"]]


@pytest.mark.parametrize(
    ("text", "confidence", "slots"),
    [
        ("不用了", 0.8, None),
        ("不用了，谢谢您", 0.8, None),
        ("不愿意", 1.0, None),
        ("不想登了", 0.8, {"pending_question": "养老金怎么领", "shown_options": [LOG]}),
    ],
)
def test_a_no_stays_one(
    fake_api: FakeApi, dispatcher: CollectingDispatcher, text: str, confidence: float, slots: dict[str, Any] | None
) -> None:
    run(ActionDeny(), dispatcher, guessed(text, "deny", confidence, slots))
    assert [bubble["text"] for bubble in bubbles(dispatcher)] == [wording.NEVER_MIND]
    assert fake_api.requests == []


@pytest.mark.parametrize("text", ["我想问一下老年卡在哪里办", "我家孩子上学报名去哪儿", "公积金咋取啊"])
def test_an_errand_that_only_sounds_like_talk_is_offered_to_a_clerk(
    fake_api: FakeApi, dispatcher: CollectingDispatcher, text: str
) -> None:
    fake_api.replies["/v1/answers"] = NOT_FOUND
    [kept] = run(ActionSmallTalk(), dispatcher, guessed(text, "out_of_scope"))
    assert (kept["name"], kept["value"]) == ("pending_question", text)
    assert dispatcher.messages[0]["custom"]["options"] == [{"label": "登记诉求", "question": "登记诉求"}]
