"""What ends a handover when the citizen says it."""

import pytest

from api.handover.leaving import calls, leaves


@pytest.mark.parametrize(
    "text",
    ["退出人工", "结束人工", "结束人工服务", "取消人工", "取消转人工", "我要退出人工", "不用人工了", "不转人工了",
     "不等了", "那就不等人工了吧", "退出人工服务了。", "結束人工", " 退出 人工 "],
)  # fmt: skip
def test_leaving_is_understood_while_waiting_and_while_talking(text: str) -> None:
    assert leaves(text, "waiting")
    assert leaves(text, "taken")


@pytest.mark.parametrize("text", ["结束", "退出", "结束对话", "退出聊天", "结束了。"])
def test_a_bare_end_is_meant_for_the_agent_alone(text: str) -> None:
    assert leaves(text, "taken")
    assert not leaves(text, "waiting")


@pytest.mark.parametrize(
    "text",
    ["转人工", "取消", "取消登记", "人工什么时候来", "退出机制由谁负责", "结束人工繁育许可找谁", "不等于", "再见",
     "工期什么时候结束", "怎么退出低保", "人工湖什么时候结束施工"],
)  # fmt: skip
def test_anything_else_goes_on(text: str) -> None:
    assert not leaves(text, "waiting")
    assert not leaves(text, "taken")


@pytest.mark.parametrize("text", ["喂？", "有人吗", "人呢！", "怎么还没人来", "还在吗", "要等多久"])
def test_who_waits_and_calls_is_heard(text: str) -> None:
    assert calls(text)


@pytest.mark.parametrize("text", ["路灯坏了没人来修怎么办", "谁负责政务公开", "谢谢", "有人砸我家门", "快点公开预算"])
def test_a_question_while_waiting_is_no_call(text: str) -> None:
    assert not calls(text)
