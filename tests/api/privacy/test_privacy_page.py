"""One person's data found and cleared in the console and on the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from api.accounts.staff import Actor
from api.app import create_app
from api.cli import app
from api.db.engine import open_database
from api.privacy.person import STILL_REMEMBERED
from api.requests.ledger import NewRequest
from api.settings import Settings
from api.wechat.book import MessageBook
from tests.api.admin.staff import enter, services_of
from tests.api.publication.office import Office
from tests.api.standins import FixedKnowledge, KeywordAnswerer, RasaStandIn

PHONE = "13800138000"
STAFF = Actor("安娜", None)


def _logged(client: TestClient) -> None:
    services = services_of(client)
    services.ledger.log(NewRequest("路灯不亮", contact=PHONE, kind="help"))
    no = services.ledger.log(NewRequest("水管漏水", contact=PHONE, kind="help")).no
    services.casework.reply(STAFF, no, None, "修好了", "水务局", close=True)


def test_an_admin_sees_how_much_it_is_and_then_clears_it(client: TestClient) -> None:
    token = enter(client)
    _logged(client)
    assert "1095 天" in client.get("/admin/privacy").text
    form = {"csrf": token, "known_by": "contact", "value": PHONE}
    found = client.post("/admin/privacy", data=form)
    assert found.status_code == 200
    assert "在办的 1 件也撤销并清除" in found.text
    assert PHONE not in str(found.url)
    done = client.post("/admin/privacy/erase", data=form)
    assert "已清除：问题 0 条，人工对话 0 段，诉求 1 件。" in done.text
    again = client.post("/admin/privacy/erase", data={**form, "even_open": "true"})
    assert "诉求 1 件。" in again.text
    assert "没有找到这个人的信息" in client.post("/admin/privacy", data=form).text
    log = client.get("/admin/audit").text
    assert "清除个人信息" in log
    assert PHONE not in log


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"known_by": "contact", "value": "没有号码"}, 422),
        ({"known_by": "contact", "value": ""}, 422),
        ({"known_by": "别的", "value": PHONE}, 422),
        ({"known_by": "request", "value": "20200101-0001"}, 404),
    ],
)
def test_what_identifies_nobody_is_told(client: TestClient, form: dict[str, str], status: int) -> None:
    token = enter(client)
    for path in ("/admin/privacy", "/admin/privacy/erase"):
        page = client.post(path, data={"csrf": token, **form})
        assert page.status_code == status
        assert 'role="alert"' in page.text


def test_the_conversation_is_forgotten_by_the_dialogue_layer_too(
    settings: Settings, knowledge: FixedKnowledge, rasa: RasaStandIn
) -> None:
    with _through_rasa(settings, knowledge, rasa) as client:
        form = {"csrf": enter(client), "known_by": "session", "value": "s1"}
        services_of(client).ledger.log(NewRequest("路灯不亮", session_id="s1", kind="help"))
        done = client.post("/admin/privacy/erase", data=form)
    assert "已清除：" in done.text
    assert STILL_REMEMBERED not in done.text
    assert rasa.put == {"/conversations/s1/tracker/events": []}


@pytest.mark.parametrize("status", [500, 409, None])
def test_an_admin_is_told_that_the_dialogue_layer_could_not_be_made_to_forget(
    settings: Settings, knowledge: FixedKnowledge, rasa: RasaStandIn, status: int | None
) -> None:
    """``None``: nobody is there."""
    with _through_rasa(settings, knowledge, rasa) as client:
        form = {"csrf": enter(client), "known_by": "session", "value": "s1", "even_open": "true"}
        services_of(client).ledger.log(NewRequest("路灯不亮", session_id="s1", kind="help"))
        if status is None:
            rasa.close()
        rasa.status = status or 200
        told = client.post("/admin/privacy/erase", data=form).text
        assert f"诉求 1 件。{STILL_REMEMBERED}" in told
        assert services_of(client).personal.find("session", "s1").nothing


@pytest.fixture
def rasa() -> Iterator[RasaStandIn]:
    stand_in = RasaStandIn()
    yield stand_in
    stand_in.close()


def _through_rasa(settings: Settings, knowledge: FixedKnowledge, rasa: RasaStandIn) -> TestClient:
    chosen = settings.model_copy(update={"rasa": True, "rasa_port": rasa.port})
    return TestClient(create_app(chosen, knowledge=knowledge, answerer=KeywordAnswerer(knowledge)))


def test_agents_and_forms_without_a_token_are_refused(client: TestClient) -> None:
    token = enter(client, "agent")
    _logged(client)
    form = {"known_by": "contact", "value": PHONE}
    assert client.get("/admin/privacy").status_code == 403
    assert client.post("/admin/privacy/erase", data={"csrf": token, **form}).status_code == 403
    client.cookies.clear()
    enter(client, "admin")
    assert client.post("/admin/privacy/erase", data=form).status_code == 403
    assert not services_of(client).personal.find("contact", PHONE).nothing


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The database and the keys of the installation that the commands work on."""
    home = tmp_path / "home"
    monkeypatch.setenv("POLICYDESK_HOME", str(home))
    monkeypatch.setenv("POLICYDESK_RASA", "false")
    return Office(open_database(f"sqlite:///{home / 'policydesk.db'}"), home)


def _run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, list(arguments), input=typed)


def test_the_command_counts_asks_and_clears(office: Office) -> None:
    no = office.closed(contact=PHONE, session_id="s1")
    dry = _run("erase", "--phone", PHONE, "--dry-run")
    assert dry.exit_code == 0
    assert "办结或撤销的诉求 1 件" in dry.stdout
    assert _run("erase", "--phone", PHONE, typed="n\n").exit_code == 1
    assert office.row(no).erased_at is None
    assert "已清除。" in _run("erase", "--phone", PHONE, typed="y\n").stdout
    assert office.row(no).erased_at is not None
    assert "没有找到这个人的信息。" in _run("erase", "--session", "s1", "--yes").stdout


def test_the_command_finds_a_follower_by_the_account_in_wecom(office: Office) -> None:
    book = MessageBook(office.engine, office.secrets, "wecom")
    book.take("key", "zhangsan", "你好")
    assert "没有找到" in _run("erase", "--wechat", "zhangsan", "--yes").stdout
    done = _run("erase", "--wecom", "-", "--yes", typed="zhangsan\n").stdout
    assert "还有公众号或企业微信里的账号和最近的消息。" in done
    assert "已清除。" in done
    assert book.openid_of(book.identity("zhangsan")) is None


def test_the_command_has_rasa_forget_the_conversation_or_says_that_it_may_not_have(
    office: Office, monkeypatch: pytest.MonkeyPatch, rasa: RasaStandIn
) -> None:
    monkeypatch.setenv("POLICYDESK_RASA", "true")
    monkeypatch.setenv("POLICYDESK_RASA_PORT", str(rasa.port))
    for session_id in ("s1", "s2"):
        office.closed(session_id=session_id)
    assert STILL_REMEMBERED not in _run("erase", "--session", "s1", "--yes").stdout
    assert rasa.put == {"/conversations/s1/tracker/events": []}
    rasa.status = 500
    assert f"已清除。{STILL_REMEMBERED}" in _run("erase", "--session", "s2", "--yes").stdout


def test_what_stands_in_no_command_history_is_asked_for(office: Office) -> None:
    no = office.log(contact=PHONE).no
    done = _run("erase", "--phone", "-", "--even-open", "--yes", typed=f"{PHONE}\n")
    assert done.exit_code == 0
    assert PHONE not in done.output
    assert office.row(no).status == "withdrawn"


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        ((), 2, "who_is_missing"),
        (("--phone", PHONE, "--request", "20261123-0001"), 2, "who_is_missing"),
        (("--request", "20200101-0001"), 1, "request_not_found"),
        (("--phone", "没有"), 1, "invalid_value"),
    ],
)
def test_the_command_says_what_is_wrong(office: Office, arguments: tuple[str, ...], status: int, code: str) -> None:
    refused = _run("erase", *arguments)
    assert refused.exit_code == status
    assert f"（{code}）" in refused.stderr


def test_the_days_work_can_be_done_by_hand(office: Office) -> None:
    office.clock.at = office.clock.at.replace(year=2020)
    no = office.closed()
    done = _run("daily")
    assert done.exit_code == 0, done.output
    assert "诉求 1 件" in done.stdout
    assert office.row(no).erased_at is not None
