"""Are the three ports free? Asked before anything is started, so that a second instance is told in one sentence."""

import errno
import socket
from dataclasses import dataclass

from api.settings import ENV_PREFIX, Settings


@dataclass(frozen=True, slots=True)
class Listener:
    """Something that will listen; ``setting`` is the environment variable that moves it elsewhere."""

    label: str
    host: str
    port: int
    setting: str


class PortTaken(Exception):
    def __init__(self, listener: Listener, reason: str) -> None:
        self.listener = listener
        super().__init__(
            f"端口 {listener.port}（{listener.label}）不能用：{reason}。"
            f"请停掉占用它的程序，或用 {listener.setting} 换一个端口。"
            f" / Port {listener.port} ({listener.host}) is not available; set {listener.setting} to another one."
        )


def listeners(settings: Settings) -> list[Listener]:
    found = [Listener("接口服务", settings.host, settings.port, f"{ENV_PREFIX}PORT")]
    if settings.rasa:
        found.append(Listener("Rasa 对话服务", "127.0.0.1", settings.rasa_port, f"{ENV_PREFIX}RASA_PORT"))
        found.append(Listener("动作服务", "127.0.0.1", settings.actions_port, f"{ENV_PREFIX}ACTIONS_PORT"))
    return found


def require_free_ports(settings: Settings) -> None:
    """Raises PortTaken for the first that cannot be listened on."""
    for listener in listeners(settings):
        try:
            family, kind, protocol, _, address = socket.getaddrinfo(
                listener.host, listener.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            )[0]
            with socket.socket(family, kind, protocol) as probe:
                # As the servers do: a port whose last connections are still closing is free.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
        except OSError as error:
            reason = "已被占用" if error.errno == errno.EADDRINUSE else str(error.strerror or error)
            raise PortTaken(listener, reason) from error
