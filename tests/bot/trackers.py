"""Trackers and a service for action tests, without any server."""

from typing import Any

import httpx
from rasa_sdk import Tracker

from bot.actions.service import PolicyService

Event = dict[str, Any]


def user(text: str = "…") -> Event:
    return {"event": "user", "text": text}


def slot(name: str, value: Any) -> Event:
    return {"event": "slot", "name": name, "value": value}


def tracker(
    text: str,
    intent: str = "ask_policy",
    slots: dict[str, Any] | None = None,
    events: list[Event] | None = None,
    form: bool = False,
    typed: str | None = None,
) -> Tracker:
    """A conversation at the message ``text``. Slots count as set in the turn before unless ``events`` say otherwise."""
    slots = slots or {}
    history = events if events is not None else [slot(name, value) for name, value in slots.items()]
    return Tracker(
        sender_id="session-1",
        slots=slots,
        latest_message={
            "text": text,
            "intent": {"name": intent},
            "metadata": {"request_id": "r-1", "channel": "wechat", "text": typed or text},
        },
        events=[*history, user(text)],
        paused=False,
        followup_action=None,
        active_loop={"name": "request_form"} if form else {},
        latest_action_name=None,
    )


class FakeApi:
    """An API in the client's transport: ``replies`` by path, or by method and path, each a body, a (status, body) pair
    or an exception."""

    def __init__(self, replies: dict[str, Any]) -> None:
        self.replies = replies
        self.requests: list[httpx.Request] = []

    def service(self) -> PolicyService:
        return PolicyService("http://api.test", httpx.MockTransport(self._handle))

    def _handle(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        path = request.url.path
        reply = self.replies.get(f"{request.method} {path}", self.replies.get(path, (404, {})))
        if isinstance(reply, Exception):
            raise reply
        status, body = reply if isinstance(reply, tuple) else (200, reply)
        return httpx.Response(status, json=body) if isinstance(body, dict) else httpx.Response(status, text=body)


def slots_of(events: list[Event]) -> dict[str, Any]:
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def follow_up_of(events: list[Event]) -> str | None:
    return next((event["name"] for event in events if event["event"] == "followup"), None)
