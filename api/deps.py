"""What a route asks for, so that its signature reads as a sentence."""

from typing import Annotated, get_args

from fastapi import Depends, Header, Request

from api.channels import Channel
from api.services import Services


async def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


async def _client_address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


ServicesDep = Annotated[Services, Depends(_services)]
ClientAddress = Annotated[str, Depends(_client_address)]
ChannelHeader = Annotated[
    str,
    Header(alias="X-Channel", pattern=f"^({'|'.join(get_args(Channel))})$", description="问题来自哪个渠道，只用于统计"),
]
SessionHeader = Annotated[
    str | None,
    Header(alias="X-Session-ID", max_length=64, pattern="^[A-Za-z0-9_-]+$", description="会话编号，只保存其散列值"),
]
