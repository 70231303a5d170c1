"""What the operator sees of the three processes: start, stop, death, recovery."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.stack import ALL_READY, API_READY, Stack, all_gone

pytestmark = pytest.mark.e2e

WITHIN_ONE_DOCUMENT = "泰达的政务公开工作由谁牵头？"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def trio(rasa_installed: None, home: Path) -> Iterator[Stack]:
    """A trio to be killed and stopped; the shared one must live."""
    running = Stack(home)
    try:
        running.wait_for_line(ALL_READY)
        yield running
    finally:
        running.stop()


@pytest.fixture
def api_alone(home: Path) -> Iterator[Stack]:
    running = Stack(home, "--no-rasa")
    try:
        running.wait_for_line(API_READY)
        yield running
    finally:
        running.stop()


def test_a_taken_port_ends_the_start_with_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        second = Stack(tmp_path, "--no-rasa", POLICYDESK_PORT=str(port))
        assert second.wait_for_end() == 2
    assert len(second.lines) == 1
    assert str(port) in second.output
    assert "POLICYDESK_PORT" in second.output


def test_a_wrong_setting_ends_the_start_with_its_name(tmp_path: Path) -> None:
    wrong = Stack(tmp_path, POLICYDESK_RASA_TIMEOUT="soon")
    assert wrong.wait_for_end() != 0
    assert "POLICYDESK_RASA_TIMEOUT" in wrong.output
    assert "Traceback" not in wrong.output


@pytest.mark.rasa
def test_rasa_and_the_actions_listen_on_loopback_only(trio: Stack) -> None:
    listening = {
        line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:] if line.split()[3] == "0A"
    }
    loopback = "0100007F"
    for port in (trio.rasa_port, trio.actions_port):
        assert [address for address in listening if address.endswith(f":{port:04X}")] == [f"{loopback}:{port:04X}"]


@pytest.mark.rasa
def test_without_rasa_single_questions_are_answered_until_it_is_back(trio: Stack) -> None:
    assert trio.chat(WITHIN_ONE_DOCUMENT)["degraded"] is False
    trio.lines.clear()
    os.kill(trio.child("rasa\0run"), signal.SIGKILL)
    trio.wait_for_line("Rasa 对话服务停止了")
    reply = trio.chat(WITHIN_ONE_DOCUMENT)
    assert reply["degraded"] is True
    assert reply["messages"]
    trio.wait_for_line("Rasa 对话服务已就绪")
    assert trio.chat(WITHIN_ONE_DOCUMENT)["degraded"] is False


@pytest.mark.rasa
def test_a_killed_action_server_is_started_again(trio: Stack) -> None:
    trio.lines.clear()
    os.kill(trio.child("rasa_sdk"), signal.SIGKILL)
    trio.wait_for_line("动作服务停止了")
    assert trio.chat(WITHIN_ONE_DOCUMENT)["messages"]
    trio.wait_for_line("动作服务已就绪")
    assert trio.chat(WITHIN_ONE_DOCUMENT)["degraded"] is False


@pytest.mark.rasa
def test_ctrl_c_stops_all_three(trio: Stack) -> None:
    children = trio.children()
    assert len(children) == 3
    trio.process.send_signal(signal.SIGINT)
    assert trio.wait_for_end() == 0
    assert all_gone(children)
    for port in (trio.port, trio.rasa_port, trio.actions_port):
        socket.create_server(("127.0.0.1", port)).close()


def test_a_second_start_builds_nothing(api_alone: Stack, home: Path) -> None:
    api_alone.stop()
    again = Stack(home, "--no-rasa")
    try:
        again.wait_for_line(API_READY)
    finally:
        again.stop()
    assert "正在" not in again.output


def test_a_killed_api_is_told_and_started_again(api_alone: Stack) -> None:
    api_alone.lines.clear()
    os.kill(api_alone.child("api.app:create_app"), signal.SIGKILL)
    api_alone.wait_for_line("接口服务停止了（被信号 SIGKILL 终止）")
    api_alone.wait_for_line("接口服务已就绪")
    assert api_alone.chat(WITHIN_ONE_DOCUMENT)["messages"]


def test_nothing_outlives_a_killed_supervisor(api_alone: Stack) -> None:
    children = api_alone.children()
    api_alone.process.kill()
    assert all_gone(children)
