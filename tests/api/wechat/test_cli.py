"""``policydesk wechat``: what an operator is told, against the platform and the running service."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from tests.api.wechat.conftest import AES_KEY, APPID, SECRET, TOKEN, Plan, Service
from tests.wechat_server import Platform

Run = Callable[..., Result]


@pytest.fixture
def platform() -> Iterator[Platform]:
    running = Platform("", token=TOKEN, appid=APPID, secret=SECRET)
    yield running
    running.close()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command with the settings of an account; those given replace them, an empty one is unset."""

    def run_one(*arguments: str, port: str = "9", api: str = "http://127.0.0.1:9", **settings: str) -> Result:
        known = {"TOKEN": TOKEN, "APPID": APPID, "AES_KEY": AES_KEY, "SECRET": SECRET, "API_BASE": api} | settings
        for name, value in known.items():
            monkeypatch.setenv(f"POLICYDESK_WECHAT_{name}", value)
        monkeypatch.setenv("POLICYDESK_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("POLICYDESK_PORT", port)
        monkeypatch.setattr("api.wechat.client._PAUSE_S", 0.0)
        return CliRunner().invoke(app, ["wechat", *arguments])

    return run_one


def _wrong(result: Result) -> list[str]:
    return [line for line in result.output.splitlines() if line.startswith("✗")]


def _port(service: Service) -> str:
    return service.url.rpartition(":")[2]


def test_the_menu_is_put_on_the_account(run: Run, platform: Platform) -> None:
    result = run("menu", api=platform.url)
    assert (result.exit_code, platform.menu is not None) == (0, True)
    assert "菜单已更新" in result.output


def test_a_menu_file_of_ones_own_is_taken(run: Run, platform: Platform, tmp_path: Path) -> None:
    file = tmp_path / "menu.yml"
    file.write_text("menu: [{name: 问, ask: 你能做什么}]", "utf-8")
    assert run("menu", "--file", str(file), api=platform.url).exit_code == 0
    assert platform.menu == {"button": [{"type": "click", "name": "问", "key": "你能做什么"}]}


@pytest.mark.parametrize(
    ("path", "code", "advice"),
    [
        ("/cgi-bin/stable_token", 40164, "白名单"),
        ("/cgi-bin/stable_token", 40013, "AppID 不对"),
        ("/cgi-bin/menu/create", 48001, "认证"),
        ("/cgi-bin/menu/create", 45009, "明天"),
        ("/cgi-bin/menu/create", 40018, "错误码说明"),
    ],
)
def test_a_refused_menu_is_told_with_what_to_do(
    run: Run, platform: Platform, path: str, code: int, advice: str
) -> None:
    platform.refuse[path] = code
    result = run("menu", api=platform.url)
    assert result.exit_code == 1
    assert str(code) in result.stderr and advice in result.stderr and "wechat_refused" in result.stderr
    assert SECRET not in result.stderr


def test_a_wrong_secret_is_told_without_showing_it(run: Run, platform: Platform) -> None:
    result = run("menu", api=platform.url, SECRET="f" * 32)
    assert result.exit_code == 1
    assert "POLICYDESK_WECHAT_SECRET" in result.stderr
    assert "f" * 32 not in result.output + result.stderr


def test_a_platform_out_of_reach_leaves_the_menu_as_it_is(run: Run) -> None:
    result = run("menu")
    assert result.exit_code == 1 and "菜单没有改变" in result.stderr


def test_without_an_account_the_settings_that_are_needed_are_named(run: Run) -> None:
    result = run("menu", TOKEN="", APPID="", AES_KEY="", SECRET="")
    assert result.exit_code == 1 and "POLICYDESK_WECHAT_APPID" in result.stderr


@pytest.mark.parametrize("name", ["TOKEN", "AES_KEY", "SECRET"])
def test_a_setting_of_the_wrong_form_is_named_and_not_shown(run: Run, name: str) -> None:
    result = run("check", **{name: "不对的值abc"})
    assert result.exit_code == 1
    assert f"POLICYDESK_WECHAT_{name}" in result.output + result.stderr
    assert "不对的值" not in result.output + result.stderr


def test_a_key_without_the_account_it_belongs_to_is_told(run: Run) -> None:
    result = run("check", TOKEN="", APPID="")
    assert result.exit_code == 1
    assert "POLICYDESK_WECHAT_TOKEN、POLICYDESK_WECHAT_APPID" in result.output + result.stderr


def test_check_finds_nothing_wrong_but_the_missing_address(run: Run, service: Service, platform: Platform) -> None:
    result = run("check", port=_port(service), api=platform.url)
    (address,) = _wrong(result)
    assert "POLICYDESK_PUBLIC_URL" in address
    assert "本机的服务能解开加密的消息" in result.output
    assert "能取到 access_token" in result.output
    assert service.answerer.asked == []


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"TOKEN": "another"}, "Token 可能与这里不同"),
        ({"AES_KEY": "b" * 43}, "EncodingAESKey 或 AppID 与这里不同"),
        ({"APPID": "wx0000000000000000"}, "EncodingAESKey 或 AppID 与这里不同"),
        ({"AES_KEY": ""}, "安全模式"),
        ({"SECRET": ""}, "POLICYDESK_WECHAT_SECRET"),
        ({"SECRET": "f" * 32}, "AppSecret 不对"),
    ],
)
def test_check_tells_a_setting_that_differs_from_the_platform_or_the_running_service(
    run: Run, service: Service, platform: Platform, settings: dict[str, str], told: str
) -> None:
    result = run("check", port=_port(service), api=platform.url, **settings)
    assert result.exit_code == 1
    assert any(told in line for line in _wrong(result)), result.output


@pytest.mark.parametrize(
    ("path", "code", "told"),
    [
        ("/cgi-bin/stable_token", 40164, "白名单"),
        ("/cgi-bin/message/custom/typing", 48001, "超时的回答用链接取"),
    ],
)
def test_check_tells_what_the_platform_refuses(
    run: Run, service: Service, platform: Platform, path: str, code: int, told: str
) -> None:
    platform.refuse[path] = code
    wrong = _wrong(run("check", port=_port(service), api=platform.url))
    assert any(str(code) in line and told in line for line in wrong)


def test_check_tells_that_service_and_platform_are_out_of_reach(run: Run) -> None:
    wrong = _wrong(run("check"))
    assert any("本机的服务" in line and "连不上" in line for line in wrong)
    assert any("外网" in line for line in wrong)


def test_check_tells_a_menu_file_with_a_mistake(run: Run, service: Service, platform: Platform, tmp_path: Path) -> None:
    file = tmp_path / "menu.yml"
    file.write_text("menu: [{name: 六个汉字不行, ask: 问}]", "utf-8")
    wrong = _wrong(run("check", "--file", str(file), port=_port(service), api=platform.url))
    assert any("六个汉字不行" in line for line in wrong)


def test_check_says_that_a_service_without_an_account_takes_nothing(
    run: Run, platform: Platform, start_plain: Callable[[], Service]
) -> None:
    wrong = _wrong(run("check", port=_port(start_plain()), api=platform.url))
    assert any("没有设置 POLICYDESK_WECHAT_TOKEN" in line for line in wrong)


@pytest.fixture
def start_plain(start: Callable[[Plan], Service]) -> Callable[[], Service]:
    """A service that was started with an application of 企业微信 only."""
    return lambda: start(Plan(wecom=True))


@pytest.fixture(params=["sqlite"])
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'policydesk.db'}"
