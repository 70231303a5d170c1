"""The accounts as the settings describe them: an official account 公众号, an application of 企业微信.

Both speak the same protocol. An application signs and encrypts everything, may send messages without a quota, and shows
no links that send themselves.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from api.settings import Settings
from api.wechat.crypto import MessageCipher, decode_key

Channel = Literal["wechat", "wecom"]


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many customer-service messages the platform takes after something a follower did, and for how long."""

    messages: int
    lasts: timedelta


AFTER_MESSAGE = Allowance(5, timedelta(hours=48))
"""After a message that the follower wrote (platform rule, 2025)."""
AFTER_CLICK = Allowance(3, timedelta(minutes=1))
"""After a click on the account's menu. A link in a message that sends itself is counted as allowing none: what the
platform says of it (3 within a minute, or none) is not certain, and a message too many is refused."""


@dataclass(frozen=True, slots=True)
class Account:
    """``appid`` is the corpid of an application, ``agent`` its number. ``cipher`` is None in plain mode. ``secret``
    empty: nothing can be sent but replies. ``reply_by`` is how many seconds after a message came its reply must leave;
    the platform cuts the connection at five."""

    channel: Channel
    token: str
    appid: str
    secret: str
    cipher: MessageCipher | None
    api_base: str
    reply_by: float
    public_url: str
    agent: int | None = None

    @property
    def can_tap(self) -> bool:
        return self.channel == "wechat"


def official_account(settings: Settings) -> Account | None:
    """None where no token is set: there is no callback then."""
    if not settings.wechat_token:
        return None
    key = settings.wechat_aes_key
    return Account(
        channel="wechat",
        token=settings.wechat_token,
        appid=settings.wechat_appid,
        secret=settings.wechat_secret,
        cipher=MessageCipher(decode_key(key), settings.wechat_appid) if key else None,
        api_base=settings.wechat_api_base.rstrip("/"),
        reply_by=settings.wechat_reply_by,
        public_url=settings.public_url.rstrip("/"),
    )


def wecom_application(settings: Settings) -> Account | None:
    if not settings.wecom_token:
        return None
    return Account(
        channel="wecom",
        token=settings.wecom_token,
        appid=settings.wecom_corpid,
        secret=settings.wecom_secret,
        cipher=MessageCipher(decode_key(settings.wecom_aes_key), settings.wecom_corpid),
        api_base=settings.wecom_api_base.rstrip("/"),
        reply_by=settings.wechat_reply_by,
        public_url=settings.public_url.rstrip("/"),
        agent=settings.wecom_agent,
    )
