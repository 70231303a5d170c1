"""A stand-in for the API: real HTTP on loopback, answers by keyword, every call kept."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlparse

Body = dict[str, Any]

REQUEST_NO, REQUEST_CODE = "20261122-0001", "ABCD2345"


def answer_to(body: Body) -> Body:
    """A small world: 泰达 and 仲恺 have a 财政局 task, nothing else is known."""
    question = body["question"]
    elliptical = len(question) <= 6 and not question.startswith("养老")
    frame = (body.get("frame") or {}) if elliptical else {}
    regions = [name for name in ("泰达", "仲恺", "济南") if name in question] or frame.get("regions") or []
    topic = "财政" if "财政" in question or "预算" in question else frame.get("topic", "")
    if not topic:
        return reply(
            "not_found", "现有文件里没有找到这方面的规定。要不要帮您登记？", regions, topic, ["登记诉求", "换个问法"]
        )
    if not regions:
        return reply("clarify", "您想问哪个地区？", [], topic, ["泰达", "仲恺"], f"{{}}{question}")
    fact = "每年3月底前" if any(word in question for word in ("时限", "什么时候")) else "财政局"
    return reply("answer", f"{regions[0]}：{fact}", regions, topic)


def reply(
    kind: str, text: str, regions: list[str], topic: str, labels: list[str] | None = None, question: str = "{}"
) -> Body:
    frame = {"regions": regions, "years": [], "units": [], "facet": "any", "topic": topic, "record_ids": []}
    options = [{"label": label, "question": question.format(label)} for label in labels or []]
    return {
        "answer_id": "a-1",
        "kind": kind,
        "text": text,
        "confidence": 0.9,
        "citations": [],
        "options": options,
        "related": [],
        "frame": frame,
        "snapshot": "s",
        "took_ms": 1.0,
    }


class StubApi:
    def __init__(self) -> None:
        self.calls: list[tuple[str, str, Body]] = []
        self.failing = False
        self.can: list[str] = []
        """What the citizen may do with the request now."""
        self.desk_is_open = True
        self._logged_by = ""
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self._send(*stub.handle("POST", self.path, body, self.headers["X-Session-ID"]))

            def do_GET(self) -> None:
                parts = urlparse(self.path)
                query = {key: values[0] for key, values in parse_qs(parts.query).items()}
                self._send(*stub.handle("GET", parts.path, query, self.headers["X-Session-ID"]))

            def _send(self, status: int, body: Body) -> None:
                payload = json.dumps(body, ensure_ascii=False).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def handle(self, method: str, path: str, body: Body, session: str) -> tuple[int, Body]:
        self.calls.append((method, path, body))
        if self.failing:
            return 500, {"ok": False, "error": {"code": "internal", "message": "出错了"}, "request_id": "r"}
        if path == "/v1/answers":
            return 200, answer_to(body)
        if path == "/v1/feedback":
            return 200, {"ok": True}
        if path == "/v1/handovers":
            return 200, {"state": "waiting" if self.desk_is_open else "closed_hours", "message": "（转人工的答复）"}
        return self._requests(method, path, body, session)

    def _requests(self, method: str, path: str, body: Body, session: str) -> tuple[int, Body]:
        own = session == self._logged_by
        if path == "/v1/requests" and method == "POST":
            self._logged_by = session
            return 201, {"code": REQUEST_CODE, **self._state()}
        if path == "/v1/requests":
            return 200, {"items": [self._state()] if own else []}
        if path.startswith(f"/v1/requests/{REQUEST_NO}") and (own or str(body.get("code")).upper() == REQUEST_CODE):
            return 200, self._state()
        return 404, {"ok": False, "error": {"code": "request_not_found", "message": "没有查到"}, "request_id": "r"}

    def _state(self) -> Body:
        return {
            "no": REQUEST_NO,
            "status": "received",
            "status_label": "已受理",
            "content": "光明路的路灯坏了",
            "due_on": "2026-12-10",
            "can": self.can,
            "steps": [],
            "message": f"编号{REQUEST_NO}：已受理，12月10日前答复。",
        }

    def sent(self, path: str) -> list[Body]:
        return [body for _, called, body in self.calls if called == path]
