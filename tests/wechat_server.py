"""Tencent's side of the official account, over real HTTP: for tests, and by hand with ``make wechat-demo``.

It signs and encrypts what followers send, delivers it to the callback, waits five seconds, delivers again (three times
in all, with the same MsgId), drops what comes later, and shows the follower what they would see. It serves the token,
the customer-service messages with their quota, the menu and the template messages, with the platform's error codes.
"""

import html
import itertools
import json
import random
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

import httpx
from defusedxml.ElementTree import fromstring

from api.wechat.crypto import MessageCipher, decode_key, is_signed, signature

DELIVERIES = 3
WAITS_S = 5.0
CUSTOM_AFTER_MESSAGE, AFTER_MESSAGE_S = 5, 48 * 3600.0
CUSTOM_AFTER_CLICK, AFTER_CLICK_S = 3, 60.0
_GIVE_A_FEW = frozenset({"CLICK", "subscribe", "SCAN", "scancode_push", "scancode_waitmsg"})
TOKEN_SECONDS = 7200
ACCOUNT = "gh_0123456789ab"
FAULT_NOTICE = "该公众号提供的服务出现故障，请稍后再试"
_TAP = re.compile(r'<a href="weixin://bizmsgmenu\?msgmenucontent=([^&"]*)&msgmenuid=([^"]*)">([^<]*)</a>')


@dataclass(frozen=True, slots=True)
class Shown:
    """A bubble as the follower sees it: ``how`` is reply, custom, template or fault; ``key`` the message it answers."""

    how: str
    kind: str
    text: str
    key: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tap:
    label: str
    text: str
    menu_id: str


def taps_in(text: str) -> list[Tap]:
    return [Tap(label, unquote(content), unquote(menu_id)) for content, menu_id, label in _TAP.findall(text)]


@dataclass(slots=True)
class Follower:
    """``custom_left`` messages may still be sent until ``custom_until`` (Unix seconds); without anything left the error
    is 45047, after it 45015."""

    shown: list[Shown] = field(default_factory=list)
    custom_left: int = 0
    custom_until: float = float("inf")


class Platform:
    """``callback`` is the address of POST /wechat. With ``aes_key`` messages go out encrypted. ``refuse`` maps a path
    of the API to the errcode it answers with. ``waits`` is how long a delivery waits for its reply, in seconds. With
    ``wecom`` it is 企业微信 with an application of the corpid ``appid``."""

    def __init__(
        self,
        callback: str,
        *,
        token: str,
        appid: str = "",
        aes_key: str = "",
        secret: str = "",
        port: int = 0,
        waits: float = WAITS_S,
        wecom: bool = False,
    ) -> None:
        self.wecom = wecom
        self.callback = callback
        self.waits = waits
        self.refuse: dict[str, int] = {}
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.menu: dict[str, Any] | None = None
        self.followers: dict[str, Follower] = defaultdict(Follower)
        self._token, self._appid, self._secret = token, appid, secret
        self._cipher = MessageCipher(decode_key(aes_key), appid) if aes_key else None
        self._numbers = itertools.count(6_054_768_590_064_713_728)
        self._tokens: dict[str, float] = {}
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def wait(self) -> None:
        """Until somebody interrupts."""
        self._thread.join()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def verifies(self) -> str:
        """What the callback answers when its address is entered here."""
        body, query = self.sealed("4815162342")
        if self.wecom:
            query["echostr"] = fromstring(body).findtext("Encrypt", "")
        else:
            query["echostr"] = "4815162342"
        with httpx.Client(trust_env=False, timeout=self.waits) as client:
            return client.get(self.callback, params=query).text

    def writes(self, openid: str, text: str, *, menu_id: str = "", **fields: str) -> Shown | None:
        """A follower sends a text message; what they are shown at once, None when nothing is."""
        given = {"MsgType": "text", "Content": text, **fields}
        if menu_id:
            given["bizmsgmenuid"] = menu_id
        return self.delivers(openid, given, MsgId=str(next(self._numbers)))

    def taps(self, openid: str, tap: Tap) -> Shown | None:
        return self.writes(openid, tap.text, menu_id=tap.menu_id)

    def happens(self, openid: str, event: str, **fields: str) -> Shown | None:
        return self.delivers(openid, {"MsgType": "event", "Event": event, **fields})

    def delivers(self, openid: str, fields: dict[str, str], **more: str) -> Shown | None:
        """Delivered up to three times; only a reply in time is shown."""
        message = {"ToUserName": ACCOUNT, "FromUserName": openid, "CreateTime": str(int(time.time())), **fields, **more}
        self._heard_from(openid, fields)
        key = message.get("MsgId", "") or f"{openid}{message['CreateTime']}{fields.get('Event', '')}"
        body, query = self.sealed(_as_xml(message))
        for attempt in range(DELIVERIES):
            started = time.monotonic()
            try:
                with httpx.Client(trust_env=False, timeout=self.waits) as client:
                    reply = client.post(self.callback, content=body, params=query)
                if time.monotonic() - started <= self.waits and reply.status_code == httpx.codes.OK:
                    return self._show(openid, self._read(reply.text, key))
            except httpx.HTTPError:
                pass
            if attempt + 1 < DELIVERIES:
                time.sleep(max(0.0, self.waits - (time.monotonic() - started)))
        return self._show(openid, Shown("fault", "text", FAULT_NOTICE, key))

    def sealed(self, xml: str, timestamp: str | None = None, nonce: str | None = None) -> tuple[bytes, dict[str, str]]:
        """A body and its query, as the platform would send them."""
        timestamp, nonce = timestamp or str(int(time.time())), nonce or str(random.randrange(10**9))
        query = {"timestamp": timestamp, "nonce": nonce}
        if not self.wecom:
            query["signature"] = signature(self._token, timestamp, nonce)
        if self._cipher is None:
            return xml.encode(), query
        encrypted = self._cipher.encrypt(xml)
        query |= {"encrypt_type": "aes", "msg_signature": signature(self._token, timestamp, nonce, encrypted)}
        return f"<xml><ToUserName>{ACCOUNT}</ToUserName><Encrypt>{encrypted}</Encrypt></xml>".encode(), query

    def serve(self, path: str, query: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
        """The API: an answer with ``errcode``."""
        with self._lock:
            self.calls.append((path, body))
            if code := self.refuse.get(path):
                return {"errcode": code, "errmsg": "refused by the stand-in"}
            if path == "/cgi-bin/stable_token":
                return self._new_token(body)
            if path == "/cgi-bin/gettoken":
                return self._new_token({"appid": query.get("corpid"), "secret": query.get("corpsecret")})
            if self._tokens.get(query.get("access_token", ""), 0) < time.time():
                return {"errcode": 42001, "errmsg": "access_token expired"}
            return self._serve(path, body)

    def expire_tokens(self) -> None:
        self._tokens.clear()

    def _serve(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        openid = str(body.get("touser", ""))
        if path == "/cgi-bin/message/send" and self.wecom:
            self.followers[openid].shown.append(Shown("custom", "text", str(body["text"]["content"])))
        elif path == "/cgi-bin/message/custom/send":
            content = str(body["text"]["content"])
            if len(content.encode()) > 2048:
                return {"errcode": 45002, "errmsg": "content size out of limit"}
            follower = self.followers[openid]
            if follower.custom_until < time.time():
                return {"errcode": 45015, "errmsg": "response out of time limit or subscription is canceled"}
            if follower.custom_left < 1:
                return {"errcode": 45047, "errmsg": "out of response count limit"}
            follower.custom_left -= 1
            follower.shown.append(Shown("custom", "text", content))
        elif path == "/cgi-bin/menu/create":
            self.menu = body
        elif path in ("/cgi-bin/message/template/send", "/cgi-bin/message/subscribe/bizsend"):
            self.followers[openid].shown.append(Shown("template", "text", json.dumps(body["data"], ensure_ascii=False)))
        elif path != "/cgi-bin/message/custom/typing":
            return {"errcode": 40066, "errmsg": "invalid url"}
        return {"errcode": 0, "errmsg": "ok"}

    def _new_token(self, body: dict[str, Any]) -> dict[str, Any]:
        if (body.get("appid"), body.get("secret")) != (self._appid, self._secret):
            return {"errcode": 40001, "errmsg": "invalid credential"}
        alive = next((token for token, until in self._tokens.items() if until > time.time()), None)
        if alive is None or body.get("force_refresh"):
            alive = f"token-{random.randrange(10**12)}"
            self._tokens = {alive: time.time() + TOKEN_SECONDS}
        return {"access_token": alive, "expires_in": TOKEN_SECONDS}

    def _heard_from(self, openid: str, fields: dict[str, str]) -> None:
        """A link in a message that was tapped gives nothing."""
        with self._lock:
            follower, now = self.followers[openid], time.time()
            if fields["MsgType"] != "event" and not fields.get("bizmsgmenuid"):
                follower.custom_left, follower.custom_until = CUSTOM_AFTER_MESSAGE, now + AFTER_MESSAGE_S
            elif fields.get("Event") in _GIVE_A_FEW and (follower.custom_left < 1 or follower.custom_until < now):
                follower.custom_left, follower.custom_until = CUSTOM_AFTER_CLICK, now + AFTER_CLICK_S

    def _show(self, openid: str, shown: Shown | None) -> Shown | None:
        if shown is not None:
            with self._lock:
                self.followers[openid].shown.append(shown)
        return shown

    def _read(self, body: str, key: str) -> Shown | None:
        if body in ("", "success"):
            return None
        try:
            root: Element = fromstring(body, forbid_dtd=True)
            if self._cipher is not None:
                encrypted = root.findtext("Encrypt", "")
                signed = (self._token, root.findtext("TimeStamp", ""), root.findtext("Nonce", ""), encrypted)
                assert is_signed(root.findtext("MsgSignature", ""), *signed)
                root = fromstring(self._cipher.decrypt(encrypted), forbid_dtd=True)
        except Exception:  # noqa: BLE001  whatever is wrong with it, the follower sees the same
            return Shown("fault", "text", FAULT_NOTICE, key)
        if root.findtext("MsgType") == "news":
            item = "Articles/item/"
            text = f"{root.findtext(item + 'Title')}\n{root.findtext(item + 'Description')}"
            return Shown("reply", "news", text, key, root.findtext(item + "Url", ""))
        return Shown("reply", "text", root.findtext("Content", ""), key)


def _as_xml(fields: dict[str, str]) -> str:
    return "<xml>" + "".join(f"<{name}>{escape(value)}</{name}>" for name, value in fields.items()) + "</xml>"


def _handler(platform: Platform) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
            address = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(address.query).items()}
            if address.path == "/demo/send":
                threading.Thread(target=_demo_send, args=(platform, body), daemon=True).start()
                self._send(b"{}")
            else:
                self._send(json.dumps(platform.serve(address.path, query, body)).encode())

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            if address.path == "/cgi-bin/gettoken":
                query = {name: values[0] for name, values in parse_qs(address.query).items()}
                self._send(json.dumps(platform.serve(address.path, query, {})).encode())
            elif address.path == "/demo/shown":
                openid = parse_qs(address.query).get("openid", [""])[0]
                self._send(json.dumps([_as_bubble(one) for one in platform.followers[openid].shown]).encode())
            else:
                self._send(DEMO_PAGE.read_bytes(), "text/html; charset=utf-8")

        def _send(self, body: bytes, kind: str = "application/json") -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """The test run's output stays readable."""

    return Handler


DEMO_PAGE = Path(__file__).with_name("wechat_demo.html")


def _demo_send(platform: Platform, body: dict[str, str]) -> None:
    send: Callable[..., Shown | None] = platform.happens if body.get("event") else platform.writes
    if body.get("event"):
        send(body["openid"], body["event"], EventKey=body.get("key", ""))
    else:
        send(body["openid"], body["text"], menu_id=body.get("menu_id", ""))


def _as_bubble(shown: Shown) -> dict[str, Any]:
    """For the page: the text with the platform's links taken out of it, and these beside it."""
    taps = [{"label": tap.label, "text": tap.text, "menu_id": tap.menu_id} for tap in taps_in(shown.text)]
    plain = re.sub(r'<a href="(https?://[^"]*)">([^<]*)</a>', r"\2 \1", _TAP.sub("", shown.text))
    return {"how": shown.how, "kind": shown.kind, "text": html.unescape(plain).strip(), "taps": taps, "url": shown.url}
