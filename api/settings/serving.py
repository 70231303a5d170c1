"""The programs that run: their addresses and ports, Rasa, what a request may take, the log."""

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, field_validator, model_validator

from api.settings.field import at_odds, setting, variables


class ServingSettings(BaseModel):
    host: str = setting(
        "127.0.0.1",
        "Address the API listens on.",
        "本机的一个 IP 地址或主机名，例如 127.0.0.1 或 0.0.0.0",
        pattern=r"^[A-Za-z0-9.:_-]{1,253}$",
    )
    port: int = setting(8000, "Port of the API.", "1 到 65535 之间的整数", ge=1, le=65535)
    public_url: str = setting(
        "",
        "Address of this service as citizens reach it, for links in messages. Empty: no such links.",
        "https://域名 或 https://域名/路径，可以留空",
        pattern=r"^(https?://[A-Za-z0-9.-]+(:\d{1,5})?(/[\w./~-]*)?)?$",
    )
    rasa: bool = setting(
        True, "Chat goes through Rasa; when false the API answers single questions itself.", "true 或 false"
    )
    rasa_venv: Path = setting(
        Path(".venv-rasa"),
        "Python 3.10 environment that Rasa and the action server run in. Relative to the checkout.",
        "一个装有 rasa 的虚拟环境文件夹的路径",
    )
    rasa_port: int = setting(5005, "Loopback port of the Rasa server.", "1 到 65535 之间的整数", ge=1, le=65535)
    actions_port: int = setting(
        5055, "Loopback port of the Rasa action server.", "1 到 65535 之间的整数", ge=1, le=65535
    )
    rasa_timeout: float = setting(
        9.0,
        "Seconds to wait for Rasa before the API answers directly; longer than Rasa's own 8 s response time-out.",
        "0.1 到 60 之间的秒数",
        ge=0.1,
        le=60,
    )
    max_body_bytes: int = setting(
        65_536,
        "Largest request body taken, in bytes.",
        "1024 到 104857600 之间的整数（字节）",
        ge=1024,
        le=104_857_600,
    )
    log_level: Literal["debug", "info", "warning", "error"] = setting(
        "info", "How much is logged.", "debug、info、warning、error 之一"
    )

    @field_validator("log_level", mode="before")
    @classmethod
    def _level_in_any_case(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _ports_differ(self) -> Self:
        ports = (self.port, self.rasa_port, self.actions_port)
        if len(set(ports)) < 3:
            names, used = variables("port", "rasa_port", "actions_port"), "、".join(map(str, ports))
            raise at_odds(names, f"设置 {names} 的值是 {used}：三个端口必须互不相同。")
        return self

    @property
    def rasa_url(self) -> str:
        """Rasa is only ever reached over loopback: its webhook has no authentication."""
        return f"http://127.0.0.1:{self.rasa_port}"
