"""The API as the actions see it: its calls, and two ways to fail."""

import os
from typing import Any, NamedTuple

import httpx

Reply = dict[str, Any]

# Inside Rasa's response timeout of 8 s, see docs/dialogue.md.
_TIMEOUT = httpx.Timeout(3.0, connect=0.5)
_DEFAULT_API_URL = "http://127.0.0.1:8000"


class ServiceUnavailable(Exception):
    """No usable reply: not reachable, too slow, or a failure on its side."""


class ServiceRefused(Exception):
    """The API understood and said no (4xx); ``message`` is its Chinese sentence, empty when it gave none."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class Turn(NamedTuple):
    """Whose message this is, for the API's log: its request id, its channel, its conversation."""

    request_id: str = ""
    channel: str = ""
    session_id: str = ""

    @property
    def headers(self) -> dict[str, str]:
        named = {"X-Request-ID": self.request_id, "X-Channel": self.channel, "X-Session-ID": self.session_id}
        return {name: value for name, value in named.items() if value}


class PolicyService:
    """One client for the life of the action server; its connections belong to the server's one event loop."""

    def __init__(self, base_url: str | None = None, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._base_url = base_url or os.environ.get("POLICYDESK_API_URL", _DEFAULT_API_URL)
        self._transport = transport
        self._client: httpx.AsyncClient | None = None

    async def answer(self, question: str, frame: Reply | None, turn: Turn) -> Reply:
        body: Reply = {"question": question}
        if frame:
            body["frame"] = frame
        return _complete(await self._send("POST", "/v1/answers", turn, json=body), "kind", "text")

    async def create_request(self, body: Reply, turn: Turn) -> Reply:
        return _complete(await self._send("POST", "/v1/requests", turn, json=body), "no", "code")

    async def own_requests(self, turn: Turn) -> list[Reply]:
        """What was logged in this conversation, the last first."""
        items = (await self._send("GET", "/v1/requests", turn)).get("items")
        if not isinstance(items, list):
            raise ServiceUnavailable("reply without items")
        return items

    async def request_status(self, no: str, code: str | None, turn: Turn) -> Reply:
        """Without a code the conversation is the proof."""
        return await self._send("GET", f"/v1/requests/{no}", turn, params={"code": code} if code else {})

    async def act_on_request(self, no: str, what: str, body: Reply, turn: Turn) -> Reply:
        """``what`` is rating, reminder, correction or withdrawal."""
        return await self._send("POST", f"/v1/requests/{no}/{what}", turn, json=body)

    async def open_handover(self, transcript: list[Reply], turn: Turn) -> Reply:
        return _complete(await self._send("POST", "/v1/handovers", turn, json={"transcript": transcript}), "state")

    async def feedback(self, answer_id: str, helpful: bool, turn: Turn) -> Reply:
        return await self._send("POST", "/v1/feedback", turn, json={"answer_id": answer_id, "helpful": helpful})

    async def _send(self, method: str, path: str, turn: Turn, **kwargs: Any) -> Reply:
        try:
            response = await self._open_client().request(method, path, headers=turn.headers, **kwargs)
            payload = response.json() if response.content else {}
        except (httpx.HTTPError, ValueError) as error:
            raise ServiceUnavailable(f"{method} {path}: {type(error).__name__}") from error
        if response.status_code >= 500 or response.status_code == 429:
            raise ServiceUnavailable(f"{method} {path}: {response.status_code}")
        if response.status_code >= 400:
            raise ServiceRefused(response.status_code, _message_of(payload))
        if not isinstance(payload, dict):
            raise ServiceUnavailable(f"{method} {path}: not an object")
        return payload

    def _open_client(self) -> httpx.AsyncClient:
        if self._client is None:
            # trust_env off: a proxy in the environment must not stand between two processes of one machine
            transport = self._transport or httpx.AsyncHTTPTransport(retries=1, trust_env=False)
            self._client = httpx.AsyncClient(
                base_url=self._base_url, timeout=_TIMEOUT, transport=transport, trust_env=False
            )
        return self._client


def _complete(reply: Reply, *fields: str) -> Reply:
    missing = [field for field in fields if not isinstance(reply.get(field), str)]
    if missing:
        raise ServiceUnavailable(f"reply without {', '.join(missing)}")
    return reply


def _message_of(payload: Any) -> str:
    error = payload.get("error") if isinstance(payload, dict) else None
    return str(error.get("message") or "") if isinstance(error, dict) else ""


_service: PolicyService | None = None


def service() -> PolicyService:
    """The process's service, made on first use so that importing the actions opens nothing."""
    global _service
    if _service is None:
        _service = PolicyService()
    return _service


def use_service(replacement: PolicyService | None) -> None:
    """Put another service in place; None goes back to the one from the environment."""
    global _service
    _service = replacement
