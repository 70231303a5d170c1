"""Talk to Rasa over loopback HTTP. Whatever is not a list of valid messages counts as Rasa being down: Rasa answers
200 with [] when an action raised, when the response timed out and when no model is loaded.
"""

import asyncio
import logging
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import quote

import httpx
from pydantic import ValidationError

from api.schemas import ChatMessage

logger = logging.getLogger(__name__)

RasaState = Literal["up", "down", "off", "no_model"]
_CONNECT_S = 0.5
_STATE_S = 1.0
_FORGET_S = 3.0


class RasaUnavailable(Exception):
    """``reason`` is one of: unreachable, timeout, status, empty, invalid."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RasaClient:
    """One connection pool for the process. ``timeout`` seconds bound a whole turn, not only each read."""

    def __init__(self, url: str, timeout: float) -> None:
        self._timeout = timeout
        self._http = httpx.AsyncClient(
            base_url=url,
            timeout=httpx.Timeout(timeout, connect=_CONNECT_S),
            limits=httpx.Limits(max_connections=100, max_keepalive_connections=20),
            trust_env=False,  # a proxy set for the machine must not see loopback traffic
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def send(self, sender: str, message: str, metadata: dict[str, str]) -> list[ChatMessage]:
        """The messages of one turn, at least one. Raises RasaUnavailable."""
        turn = {"sender": sender, "message": message, "metadata": metadata}
        try:
            async with asyncio.timeout(self._timeout):  # httpx's own limit is for each read, not for the whole
                response = await self._http.post("/webhooks/rest/webhook", json=turn)
            response.raise_for_status()
            return _messages(response.json())
        except (TimeoutError, httpx.TimeoutException) as error:
            raise RasaUnavailable("timeout") from error
        except httpx.HTTPStatusError as error:
            raise RasaUnavailable("status") from error
        except httpx.HTTPError as error:
            raise RasaUnavailable("unreachable") from error
        except ValueError as error:  # pydantic's ValidationError and JSONDecodeError among them
            logger.warning("rasa payload refused: %s", _without_input(error))
            raise RasaUnavailable("invalid") from error

    async def state(self) -> RasaState:
        try:
            response = await self._http.get("/status", timeout=_STATE_S)
        except httpx.HTTPError:
            return "down"
        if response.status_code == httpx.codes.CONFLICT:
            return "no_model"
        return "up" if response.is_success else "down"


def forget_conversation(url: str, sender: str) -> bool:
    """Whether Rasa has nothing of the conversation any more. Putting no events in the place of its own empties it;
    after a restart event those before it would still be in the tracker store. Blocks: erasing is done in threads."""
    path = f"/conversations/{quote(sender, safe='')}/tracker/events"
    try:
        response = httpx.put(url + path, json=[], timeout=httpx.Timeout(_FORGET_S, connect=_CONNECT_S), trust_env=False)
    except httpx.HTTPError as error:
        logger.warning("rasa could not forget a conversation: %s", type(error).__name__)
        return False
    if not response.is_success:
        logger.warning("rasa could not forget a conversation: status=%s", response.status_code)
    return response.is_success


def _messages(payload: Any) -> list[ChatMessage]:
    if not isinstance(payload, list):
        raise ValueError("not a list")
    if not payload:
        raise RasaUnavailable("empty")
    return [_message(item) for item in payload]


def _message(item: Any) -> ChatMessage:
    """``custom`` is the contract; a plain ``text`` is what a response of the domain without a payload sends."""
    if not isinstance(item, dict):
        raise ValueError("not an object")
    if "custom" in item:
        return ChatMessage.model_validate(item["custom"])
    if isinstance(item.get("text"), str) and item["text"].strip():
        return ChatMessage(kind="smalltalk", text=item["text"])
    raise ValueError("neither custom nor text")


def _without_input(error: ValueError) -> str:
    """The finding without the citizen's words in it."""
    if isinstance(error, ValidationError):
        return "; ".join(f"{'.'.join(map(str, item['loc']))} {item['type']}" for item in error.errors())
    return type(error).__name__
