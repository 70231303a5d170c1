"""Turns of the chat while a conversation is handed over, notices that come with them, and the routes of the citizen."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.app import create_app
from api.db.models import Notice
from api.handover.parts import NEW_PER_HOUR
from api.requests.ledger import NewRequest
from api.service_hours import ServiceHours
from api.services import Services
from api.settings import Settings
from tests.api.admin.staff import services_of
from tests.api.standins import FixedKnowledge, KeywordAnswerer, RasaStandIn

AGENT = Actor("王坐席", None)
MINE = "/v1/handovers/mine"
_sessions = itertools.count(1)


@pytest.fixture
def rasa() -> Iterator[RasaStandIn]:
    stand_in = RasaStandIn()
    yield stand_in
    stand_in.close()


@pytest.fixture
def client(settings: Settings, knowledge: FixedKnowledge, rasa: RasaStandIn) -> Iterator[TestClient]:
    chosen = settings.model_copy(update={"rasa": True, "rasa_port": rasa.port, "service_hours": "全天"})
    with TestClient(create_app(chosen, knowledge=knowledge, answerer=KeywordAnswerer(knowledge))) as client:
        yield client


class Citizen:
    """One conversation."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.session = f"session-{next(_sessions)}"
        self.headers = {"X-Session-ID": self.session}

    def say(self, text: str, channel: str = "web", **more: int) -> dict[str, Any]:
        body = {"session_id": self.session, "text": text, "channel": channel, **more}
        response = self.client.post("/v1/chat", json=body)
        assert response.status_code == 200, response.text
        reply: dict[str, Any] = response.json()
        return reply

    def hand_over(self, *said: str) -> dict[str, Any]:
        transcript = [{"sender": "citizen", "text": text} for text in said]
        response = self.client.post("/v1/handovers", json={"transcript": transcript}, headers=self.headers)
        assert response.status_code == 200, response.text
        return dict(response.json())

    def mine(self, **query: int) -> dict[str, Any]:
        return dict(self.client.get(MINE, headers=self.headers, params=query).json())

    def taken(self) -> int:
        self.hand_over("路灯坏了")
        number = services_of(self.client).handovers.queue.shown_to("").waiting[-1].id
        services_of(self.client).handovers.desk.take(AGENT, number)
        return number


@pytest.fixture
def citizen(client: TestClient) -> Citizen:
    return Citizen(client)


@pytest.fixture
def services(client: TestClient) -> Services:
    return services_of(client)


def _lines(services: Services, number: int) -> list[tuple[str, str]]:
    return [(line.sender, line.text) for line in services.handovers.queue.talk(number).lines]


def _texts(reply: dict[str, Any]) -> list[str]:
    return [message["text"] for message in reply["messages"]]


def test_while_waiting_the_bot_answers_and_the_agent_will_see_it(citizen: Citizen, services: Services) -> None:
    assert citizen.say("你好")["handover"] is None
    opened = citizen.hand_over("路灯坏了", "转人工")
    assert (opened["state"], opened["position"]) == ("waiting", 0)
    reply = citizen.say("等的时候问一下")
    assert (_texts(reply), reply["handover"]) == (["您好。"], "waiting")
    number = services.handovers.queue.shown_to("").waiting[0].id
    said = ["路灯坏了", "转人工", "等的时候问一下"]
    assert _lines(services, number) == [*(("citizen", text) for text in said), ("bot", "您好。")]


def test_who_calls_while_waiting_hears_where_they_stand(citizen: Citizen, services: Services) -> None:
    citizen.hand_over("转人工")
    reply = citizen.say("有人吗？")
    assert (_texts(reply), reply["handover"]) == ([citizen.hand_over("转人工")["message"]], "waiting")
    number = services.handovers.queue.shown_to("").waiting[0].id
    assert ("citizen", "有人吗？") in _lines(services, number)


def test_a_handover_opened_by_the_bot_in_a_turn_is_told_with_its_reply(
    citizen: Citizen, services: Services, rasa: RasaStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The action server speaks over loopback while the turn is under way: the limit is the citizen's all the same."""
    reply_to, asked_from = rasa.reply_to, []

    def hand_over(turn: dict[str, Any]) -> bytes:
        asked_from.append(services.chat.callers.address_of(turn["sender"], "127.0.0.1"))
        services.handovers.citizen.open(services.ledger.identity(turn["sender"]), "web", [])
        return reply_to(turn)

    monkeypatch.setattr(rasa, "reply_to", hand_over)
    assert citizen.say("转人工")["handover"] == "waiting"
    assert asked_from == ["testclient"]
    assert services.chat.callers.address_of(citizen.session, "127.0.0.1") == "127.0.0.1"
    number = services.handovers.queue.shown_to("").waiting[0].id
    assert _lines(services, number) == []  # the turn that opened it is in the transcript that the bot sent


def test_while_taken_the_bot_is_silent_and_the_agent_gets_the_words(
    citizen: Citizen, services: Services, rasa: RasaStandIn
) -> None:
    number = citizen.taken()
    reply = citizen.say("我家门口的，电话13800138000")
    assert (reply["messages"], reply["handover"]) == ([], "taken")
    assert rasa.received == []
    assert _lines(services, number)[-1] == ("citizen", "我家门口的，电话〔手机号〕")


def test_danger_is_met_at_once_even_while_an_agent_talks(citizen: Citizen, services: Services) -> None:
    number = citizen.taken()
    reply = citizen.say("救命，着火了")
    assert all(phone in _texts(reply)[0] for phone in ("110", "119", "120"))
    assert [sender for sender, _ in _lines(services, number)[-2:]] == ["citizen", "bot"]


def test_the_citizen_leaves_by_saying_so(citizen: Citizen, services: Services, rasa: RasaStandIn) -> None:
    number = citizen.taken()
    reply = citizen.say("退出人工")
    assert (len(reply["messages"]), reply["handover"]) == (1, None)
    assert services.handovers.queue.talk(number).about.state == "ended"
    assert _texts(citizen.say("你好")) == ["您好。"]


def test_the_page_fetches_what_the_agent_writes(citizen: Citizen, services: Services) -> None:
    assert citizen.mine() == {"state": "none", "position": None, "message": None, "messages": [], "notices": []}
    number = citizen.taken()
    services.handovers.desk.send(AGENT, number, "您好")
    mine = citizen.mine(seen=0)
    assert mine["state"] == "taken"
    assert [(line["kind"], line["text"]) for line in mine["messages"]][1:] == [("agent", "您好")]
    assert "王坐席" not in str(mine)
    last = mine["messages"][-1]["id"]
    assert citizen.mine(seen=last)["messages"] == []
    services.handovers.desk.end(AGENT, number)
    assert citizen.mine()["state"] == "none"
    assert citizen.mine()["messages"] == []


def test_where_no_page_fetches_them_the_lines_come_with_the_next_turn(citizen: Citizen, services: Services) -> None:
    services.handovers.desk.send(AGENT, citizen.taken(), "您好")
    reply = citizen.say("在吗", "wechat")
    assert [(message["kind"], message["text"]) for message in reply["messages"]][1:] == [("agent", "您好")]
    assert citizen.say("在吗", "wechat")["messages"] == []


def test_leaving_by_the_button_ends_it(citizen: Citizen) -> None:
    citizen.taken()
    left = citizen.client.delete(MINE, headers=citizen.headers).json()
    assert (left["state"], left["message"]) == ("none", "已退出人工服务，您可以继续提问。")
    assert citizen.client.delete(MINE, headers=citizen.headers).json()["message"] == "现在没有转人工。"


def test_outside_the_hours_nothing_is_stored(citizen: Citizen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ServiceHours, "is_open", lambda *_: False)
    opened = citizen.hand_over("路灯坏了")
    assert opened["state"] == "closed_hours"
    assert "登记诉求" in opened["message"]
    assert "12345" in opened["message"]
    assert citizen.mine()["state"] == "none"


def test_one_address_opens_only_so_many(client: TestClient) -> None:
    for _ in range(NEW_PER_HOUR):
        Citizen(client).hand_over("你好")
    refused = client.post("/v1/handovers", json={}, headers={"X-Session-ID": "one-more"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "rate_limited")


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ({"transcript": []}, {}, 422),
        ({"transcript": []}, {"X-Session-ID": "a b"}, 422),
        ({"transcript": [{"sender": "agent", "text": "冒充坐席"}]}, {"X-Session-ID": "a"}, 422),
        ({"transcript": [{"sender": "citizen", "text": "长" * 8001}]}, {"X-Session-ID": "a"}, 422),
        ({"transcript": [{"sender": "citizen", "text": "短"}] * 201}, {"X-Session-ID": "a"}, 422),
    ],
)
def test_bad_input_is_refused(client: TestClient, body: object, headers: dict[str, str], status: int) -> None:
    response = client.post("/v1/handovers", json=body, headers=headers)
    assert (response.status_code, response.json()["error"]["code"]) == (status, "invalid_value")
    assert services_of(client).handovers.queue.shown_to("李小明").waiting == []


def test_without_rasa_a_person_can_be_asked_for_and_sees_what_was_asked(
    citizen: Citizen, services: Services, rasa: RasaStandIn
) -> None:
    rasa.status = 500
    citizen.say("公开财政预算由谁负责？")
    services.log.flush()
    reply = citizen.say("转人工")
    assert reply["degraded"]
    assert reply["handover"] == "waiting"
    assert "您排在第一位" in _texts(reply)[0]
    number = services.handovers.queue.shown_to("").waiting[0].id
    assert _lines(services, number) == [("citizen", "公开财政预算由谁负责？"), ("citizen", "转人工")]


def test_without_rasa_and_outside_the_hours_the_form_is_offered(
    citizen: Citizen, rasa: RasaStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ServiceHours, "is_open", lambda *_: False)
    rasa.status = 500
    message = citizen.say("转人工")["messages"][0]
    assert [option["question"] for option in message["options"]] == ["登记诉求"]


def test_the_chat_goes_on_while_the_database_is_away(citizen: Citizen, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr("api.handover.citizen.CitizenHandovers.standing", away)
    assert _texts(citizen.say("你好")) == ["您好。"]


def _replied(services: Services, session: str) -> str:
    logged = services.ledger.log(
        NewRequest("路灯不亮", contact="someone@example.com", consent=True, session_id=session)
    )
    services.casework.transfer(AGENT, logged.no, None, "区城管局")
    services.casework.reply(AGENT, logged.no, None, "已经修好。", "区城管局", close=False)
    return logged.no


def test_a_reply_is_told_once_first_and_with_ratings(citizen: Citizen, services: Services) -> None:
    no = _replied(services, citizen.session)
    first, *rest = citizen.say("你好")["messages"]
    assert (first["kind"], [message["text"] for message in rest]) == ("notice", ["您好。"])
    assert no in first["text"]
    assert [option["label"] for option in first["options"]] == ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]
    assert first["options"][0]["question"] == f"评价 {no} 非常满意"
    assert _texts(citizen.say("你好")) == ["您好。"]
    assert citizen.mine()["notices"] == []


def test_with_a_wish_for_more_comes_the_tap_that_sends_it(citizen: Citizen, services: Services) -> None:
    new = NewRequest("路灯不亮", contact="someone@example.com", consent=True, session_id=citizen.session)
    no = services.ledger.log(new).no
    services.casework.ask_correction(AGENT, no, None, "请说明是哪一盏")
    wish = citizen.say("你好")["messages"][0]
    assert "请说明是哪一盏" in wish["text"]
    assert wish["options"] == [{"label": "补充材料", "question": f"补充 {no}"}]


def test_who_comes_back_to_the_page_sees_the_reply_without_asking(citizen: Citizen, services: Services) -> None:
    no = _replied(services, citizen.session)
    assert [no in notice["text"] for notice in citizen.mine()["notices"]] == [True]
    assert citizen.mine()["notices"] == []
    assert Citizen(citizen.client).mine()["notices"] == []


def _notices(reply: dict[str, Any]) -> list[int]:
    """The ids, from either route."""
    found = (message["notice_id"] for message in reply.get("notices", reply["messages"]))
    return [notice_id for notice_id in found if notice_id]


def test_a_reply_whose_response_was_lost_is_told_with_the_next_turn_and_with_the_next_look(
    citizen: Citizen, services: Services
) -> None:
    _replied(services, citizen.session)
    (notice,) = _notices(citizen.say("你好", seen_notice=0))
    assert _notices(citizen.say("你好", seen_notice=0)) == [notice]
    assert _notices(citizen.mine(seen_notice=0)) == [notice]
    assert [waiting.id for waiting in services.notices.waiting()] == [notice]
    assert _notices(citizen.mine(seen_notice=notice)) == []
    assert services.notices.waiting() == []
    assert _notices(citizen.mine(seen_notice=0)) == _notices(citizen.say("你好", seen_notice=0)) == []


def test_the_next_turn_too_says_what_was_seen(citizen: Citizen, services: Services) -> None:
    _replied(services, citizen.session)
    (first,) = _notices(citizen.mine(seen_notice=0))
    _replied(services, citizen.session)
    (second,) = _notices(citizen.say("你好", seen_notice=first))
    assert [waiting.id for waiting in services.notices.waiting()] == [second]


def test_a_messenger_that_says_nothing_of_it_is_told_once(citizen: Citizen, services: Services) -> None:
    _replied(services, citizen.session)
    assert len(_notices(citizen.say("你好", "wechat"))) == 1
    assert _notices(citizen.say("你好", "wechat")) == []


def test_a_turn_that_fails_loses_no_notice(
    citizen: Citizen, services: Services, rasa: RasaStandIn, knowledge: FixedKnowledge
) -> None:
    _replied(services, citizen.session)
    rasa.status, serving, knowledge.serving = 500, knowledge.serving, None
    failed = citizen.client.post("/v1/chat", json={"session_id": citizen.session, "text": "财政预算"})
    assert failed.status_code == 503
    with Session(services.engine) as session:
        assert all(row.delivered_at is None for row in session.query(Notice))
    rasa.status, knowledge.serving = 200, serving
    assert citizen.say("你好")["messages"][0]["kind"] == "notice"


def test_a_turn_waits_for_no_writer(citizen: Citizen, services: Services) -> None:
    with services.engine.begin():  # somebody else holds the only write lock of SQLite
        assert _texts(citizen.say("你好")) == ["您好。"]
