import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.serve.ports import PortTaken, listeners, require_free_ports
from api.settings import Settings


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def settings(tmp_path: Path, **changed: object) -> Settings:
    ports = {"port": free_port(), "rasa_port": free_port(), "actions_port": free_port()}
    return Settings.model_validate({"home": tmp_path, **ports, **changed})


@pytest.mark.parametrize(
    ("field", "setting"),
    [
        ("port", "POLICYDESK_PORT"),
        ("rasa_port", "POLICYDESK_RASA_PORT"),
        ("actions_port", "POLICYDESK_ACTIONS_PORT"),
    ],
)
def test_a_taken_port_is_named_with_the_setting_that_moves_it(
    tmp_path: Path, taken: int, field: str, setting: str
) -> None:
    with pytest.raises(PortTaken) as told:
        require_free_ports(settings(tmp_path, **{field: taken}))
    assert str(taken) in str(told.value)
    assert setting in str(told.value)
    assert "已被占用" in str(told.value)


def test_free_ports_pass(tmp_path: Path) -> None:
    require_free_ports(settings(tmp_path))


def test_without_rasa_only_the_api_listens(tmp_path: Path, taken: int) -> None:
    alone = settings(tmp_path, rasa=False, rasa_port=taken)
    require_free_ports(alone)
    assert [listener.port for listener in listeners(alone)] == [alone.port]


def test_an_address_of_another_machine_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(PortTaken, match="不能用"):
        require_free_ports(settings(tmp_path, host="192.0.2.1"))
