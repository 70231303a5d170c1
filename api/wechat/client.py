"""Calls to the platform's API: the token, kept while it holds, and what is sent to followers.

``stable_token`` gives the same token to every caller, so that several processes do not take it from each other; a token
is renewed 5 minutes before its end, in which the platform takes the old and the new one.
"""

import asyncio
import logging
import time
from types import TracebackType
from typing import Any, Self

import httpx

from api.wechat.account import Account

logger = logging.getLogger(__name__)

_TIMEOUT = httpx.Timeout(5.0, connect=2.0)
_EARLY_S = 300
_TOKEN_WRONG = frozenset({40001, 40014, 42001})
_BUSY = -1
_FORCED_EVERY_S = 30.0
"""The platform renews a token on demand no more often than that."""
_TRIES = 3
_PAUSE_S = 0.5


class WechatRefused(Exception):
    """The platform said no; ``code`` is its errcode."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code} {message}")
        self.code = code


class WechatUnreachable(Exception):
    """No usable answer, also after waiting and trying again."""


class WechatClient:
    """``transport`` replaces the network in tests."""

    def __init__(self, account: Account, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._account = account
        self._http = httpx.AsyncClient(base_url=account.api_base, timeout=_TIMEOUT, transport=transport)
        self._token: str | None = None
        self._token_until = 0.0
        self._forced_at = -_FORCED_EVERY_S
        self._renewing = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def send_text(self, openid: str, text: str) -> None:
        """A customer-service message. Raises WechatRefused and WechatUnreachable."""
        await self.call(
            "/cgi-bin/message/custom/send", {"touser": openid, "msgtype": "text", "text": {"content": text}}
        )

    async def show_typing(self, openid: str) -> None:
        await self.call("/cgi-bin/message/custom/typing", {"touser": openid, "command": "Typing"})

    async def send_template(self, openid: str, template_id: str, data: dict[str, str], url: str) -> None:
        values = {name: {"value": value} for name, value in data.items()}
        body = {"touser": openid, "template_id": template_id, "url": url, "data": values}
        await self.call("/cgi-bin/message/template/send", body)

    async def send_notice(self, openid: str, template_id: str, data: dict[str, str], url: str) -> None:
        """订阅通知, to who has subscribed to the template."""
        values = {name: {"value": value} for name, value in data.items()}
        body = {"touser": openid, "template_id": template_id, "page": url, "data": values}
        await self.call("/cgi-bin/message/subscribe/bizsend", body)

    async def create_menu(self, menu: dict[str, Any]) -> None:
        await self.call("/cgi-bin/menu/create", menu)

    async def call(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """With the token in place; one that turns out wrong is renewed once. Raises WechatRefused and
        WechatUnreachable."""
        try:
            return await self._post(path, body, await self.token())
        except WechatRefused as error:
            if error.code not in _TOKEN_WRONG:
                raise
            logger.info("wechat token renewed errcode=%d", error.code)
        return await self._post(path, body, await self.token(renew=True))

    async def token(self, *, renew: bool = False) -> str:
        """Raises WechatRefused (40164: this machine's address is not on the list there) and WechatUnreachable."""
        wrong = self._token if renew else None
        async with self._renewing:
            is_wrong = self._token is not None and self._token == wrong
            if self._token is None or is_wrong or time.monotonic() > self._token_until:
                # Forced only where the platform itself called the token wrong: 20 times a day are allowed.
                forced = is_wrong and time.monotonic() - self._forced_at >= _FORCED_EVERY_S
                self._forced_at = time.monotonic() if forced else self._forced_at
                got = await self._new_token(forced)
                self._token, lasts = _token_in(got)
                self._token_until = time.monotonic() + max(0, lasts - _EARLY_S)
            return self._token

    async def _new_token(self, forced: bool) -> dict[str, Any]:
        body = {
            "grant_type": "client_credential",
            "appid": self._account.appid,
            "secret": self._account.secret,
            "force_refresh": forced,
        }
        return await self._post("/cgi-bin/stable_token", body, None)

    async def _post(self, path: str, body: dict[str, Any], token: str | None) -> dict[str, Any]:
        """The token goes into the query, as the platform wants it; without one the body holds what proves us."""
        for attempt in range(_TRIES):
            if attempt:
                await asyncio.sleep(_PAUSE_S * 2 ** (attempt - 1))
            try:
                response = await self._http.post(path, json=body, params={"access_token": token} if token else None)
                code, answer = _read(response)
            except (httpx.HTTPError, ValueError) as error:
                problem = type(error).__name__
                if not _is_safe_to_repeat(error):
                    break
                continue
            if code == 0:
                return answer
            if code != _BUSY:
                raise WechatRefused(code, str(answer.get("errmsg", ""))[:100])
            problem = "busy"
        raise WechatUnreachable(f"{path}: {problem}")


class WecomClient(WechatClient):
    """An application of 企业微信: its own way to the token, and messages in its own name."""

    async def send_text(self, openid: str, text: str) -> None:
        body = {"touser": openid, "msgtype": "text", "agentid": self._account.agent, "text": {"content": text}}
        await self.call("/cgi-bin/message/send", body)

    async def show_typing(self, openid: str) -> None:  # noqa: ARG002
        """There is no such thing there. The token at least shows whether the API can be reached, with this secret."""
        await self.token()

    async def _new_token(self, forced: bool) -> dict[str, Any]:  # noqa: ARG002
        """The platform gives the same token until shortly before its end, however often it is asked."""
        query = {"corpid": self._account.appid, "corpsecret": self._account.secret}
        try:
            code, answer = _read(await self._http.get("/cgi-bin/gettoken", params=query))
        except (httpx.HTTPError, ValueError) as error:
            raise WechatUnreachable(f"/cgi-bin/gettoken: {type(error).__name__}") from error
        if code:
            raise WechatRefused(code, str(answer.get("errmsg", ""))[:100])
        return answer


def _read(response: httpx.Response) -> tuple[int, dict[str, Any]]:
    """The errcode, 0 where all is well, and the whole answer. Raises HTTPError, and ValueError for what some proxy may
    have said instead of the platform."""
    answer = response.raise_for_status().json()
    code = (answer.get("errcode") or 0) if isinstance(answer, dict) else None
    if not isinstance(code, int):
        raise ValueError("not an answer of the platform")
    return code, answer


def _token_in(answer: dict[str, Any]) -> tuple[str, int]:
    """The token and the seconds it lasts."""
    token, lasts = answer.get("access_token"), answer.get("expires_in", 0)
    if not (token and isinstance(token, str) and isinstance(lasts, int)):
        raise WechatUnreachable("an answer without a token")
    return token, lasts


def client_of(account: Account) -> WechatClient:
    return WecomClient(account) if account.channel == "wecom" else WechatClient(account)


def _is_safe_to_repeat(error: Exception) -> bool:
    """Where the call cannot have arrived, or was refused whole: a message must not be sent twice."""
    return isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout) or (
        isinstance(error, httpx.HTTPStatusError) and error.response.status_code in (502, 503, 504)
    )
