"""What reaches a follower without a message of theirs: the reply to a request, the lines of an agent."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.db.models import WechatFollower
from api.handover.lines import Line
from api.requests.ledger import NewRequest
from api.wechat.delivery import Delivery, Outcome
from tests.api.wechat.conftest import Plan, Service, Start
from tests.wechat_server import Shown

pytestmark = pytest.mark.slow

AGENT = Actor("王坐席", None)
WHO = "oFollower000000000000000001"
_TEMPLATE = """
menu: [{name: 问, ask: 你能做什么}]
news: {kind: template, template: T1, fields: {thing1: "{text}", number2: "{no}"}}
"""


def _logged(service: Service) -> str:
    """A request of the follower, who has written before and wants to be told."""
    service.platform.writes(WHO, "预算由谁负责？")
    assert service.services.wechat is not None
    session_id = service.services.wechat.book.session_id(WHO)
    request = NewRequest("小区路灯不亮", channel="wechat", session_id=session_id, consent=True)
    return service.services.ledger.log(request).no


def _later(service: Service, count: int) -> list[Shown]:
    until = time.monotonic() + 12
    while len(service.platform.followers[WHO].shown) < count and time.monotonic() < until:
        time.sleep(0.05)
    return service.platform.followers[WHO].shown[count - 1 :]


def test_the_reply_to_a_request_is_pushed_once(start: Start) -> None:
    service = start(Plan())
    no = _logged(service)
    service.services.casework.reply(AGENT, no, None, "已经修好。", "区城管局", close=True)
    pushed = _later(service, 2)
    assert [one.how for one in pushed] == ["custom"]
    assert no in pushed[0].text and "已经修好。" in pushed[0].text
    time.sleep(4)
    again = service.platform.writes(WHO, "预算由谁负责？")
    assert again is not None and "已经修好" not in again.text


def test_a_reply_that_comes_while_the_one_before_is_pushed_is_pushed_too(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = start(Plan())
    no = _logged(service)
    casework, send, sent = service.services.casework, Delivery.send, []

    async def overtaken(delivery: Delivery, identity: str, openid: str, text: Callable[[int], str]) -> Outcome:
        sent.append(await send(delivery, identity, openid, text))
        if len(sent) == 1:
            await asyncio.to_thread(casework.reply, AGENT, no, None, "全部修好。", "区城管局", close=True)
        return sent[-1]

    monkeypatch.setattr(Delivery, "send", overtaken)
    casework.reply(AGENT, no, None, "正在修。", "区城管局", close=False)
    _later(service, 3)
    first, second = service.platform.followers[WHO].shown[1:]
    assert "正在修。" in first.text
    assert "全部修好。" in second.text


def test_days_after_the_last_message_a_template_message_is_sent(start: Start, tmp_path: Path) -> None:
    menu = tmp_path / "menu.yml"
    menu.write_text(_TEMPLATE, "utf-8")
    service = start(Plan(menu=menu))
    no = _logged(service)
    _forget_the_message(service)
    service.services.casework.reply(AGENT, no, None, "已经修好。", "区城管局", close=True)
    pushed = _later(service, 2)
    assert [one.how for one in pushed] == ["template"]
    assert no in pushed[0].text


def test_what_cannot_be_pushed_comes_with_the_next_message(start: Start) -> None:
    service = start(Plan())
    no = _logged(service)
    _forget_the_message(service)
    service.services.casework.reply(AGENT, no, None, "已经修好。", "区城管局", close=True)
    time.sleep(4)
    assert len(service.platform.followers[WHO].shown) == 1
    shown = service.platform.writes(WHO, "预算由谁负责？")
    assert shown is not None and "已经修好。" in shown.text


def test_an_agents_lines_reach_the_follower_and_theirs_the_agent(start: Start) -> None:
    service = start(Plan())
    service.platform.writes(WHO, "预算由谁负责？")
    assert service.services.wechat is not None
    identity = service.services.wechat.book.identity(WHO)
    handovers = service.services.handovers
    handovers.citizen.open(identity, "wechat", [Line("citizen", "我要找人")])
    (waiting,) = handovers.queue.shown_to(AGENT.name).waiting
    handovers.desk.take(AGENT, waiting.id)
    handovers.desk.send(AGENT, waiting.id, "您好，请讲。")
    assert any("坐席：您好，请讲。" in one.text for one in _later(service, 2))
    assert service.platform.writes(WHO, "路灯不亮") is None
    handovers.desk.send(AGENT, waiting.id, "记下了。")
    assert any("坐席：记下了。" in one.text for one in _later(service, 3))


def test_a_line_longer_than_a_message_arrives_whole(start: Start) -> None:
    service = start(Plan())
    service.platform.writes(WHO, "预算由谁负责？")
    assert service.services.wechat is not None
    handovers = service.services.handovers
    handovers.citizen.open(service.services.wechat.book.identity(WHO), "wechat", [Line("citizen", "我要找人")])
    (waiting,) = handovers.queue.shown_to(AGENT.name).waiting
    handovers.desk.take(AGENT, waiting.id)
    said = "".join(f"第{number}条要带身份证。" for number in range(150))
    handovers.desk.send(AGENT, waiting.id, said)
    _later(service, 4)
    sent = [one.text for one in service.platform.followers[WHO].shown if one.how == "custom"]
    assert said in "".join(sent)
    assert all(len(text.encode()) <= 2048 for text in sent)


def _forget_the_message(service: Service) -> None:
    """As two days later: the platform takes no customer-service message any more."""
    service.platform.followers[WHO].custom_left = 0
    with Session(service.services.engine) as session, session.begin():
        session.execute(update(WechatFollower).values(custom_left=0))


@pytest.fixture(params=["sqlite"])
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'policydesk.db'}"
