"""Stand-ins for what the other parts deliver, over a made-up pair of plans."""

import itertools
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

import orjson

from api.context import REQUEST_ID
from api.errors import NotReady
from api.knowledge_base import Serving
from api.schemas import AnswerReply, AnswerRequest, Citation, Frame, LocatorOut, Option
from index.entries import entry_of
from index.filters import Filters, allowed_entries
from index.rank import Asked
from index.search import Hit, Index
from knowledge.directory import Directory
from knowledge.model import Document, Locator, PlanTask, Records, Term

LAKE = Document(
    id="lake", title="2023年湖滨新区政务公开任务表", doc_number="湖管办〔2023〕7号", issuer=None, region="湖滨新区",
    year=2023, published_on=None, effective_from=None, effective_to=None, status="有效", superseded_by=None,
    source_path="湖滨.csv", sha256="0" * 64,
)  # fmt: skip
HILL = Document(
    id="hill", title="2021年云岭县政务公开要点", doc_number=None, issuer=None, region="云岭县",
    year=2021, published_on=None, effective_from=None, effective_to=None, status="废止", superseded_by=None,
    source_path="云岭.txt", sha256="1" * 64,
)  # fmt: skip


def _task(document: Document, no: str, title: str, requirement: str, **facts: Any) -> PlanTask:
    return PlanTask(
        id=f"{document.id}:{no}",
        document_id=document.id,
        no=no,
        section=facts.get("section", ("一、公开重点",)),
        title=title,
        requirement=requirement,
        lead=facts.get("lead", ()),
        responsible=facts.get("responsible", ()),
        deadline=facts.get("deadline"),
        channel=facts.get("channel"),
        locator=Locator(document.source_path, line=int(no)),
    )


TASKS = (
    _task(LAKE, "1", "公开财政预算", "每年公开部门预算和决算。", lead=("区财政局",), responsible=("各部门",),
          deadline="6月底前", channel="区门户网站"),
    _task(LAKE, "2", "办好领导信箱", "五个工作日内答复来信。", lead=("区信访办",), deadline="长期坚持"),
    _task(LAKE, "3", "=SUM(A1)", "+危险的单元格", lead=("@单位",), deadline="2023年12月31日前"),
    _task(HILL, "1", "公开财政预算", "公开县级财政预算。", lead=("县财政局",), deadline="年底前"),
)  # fmt: skip
TERMS = (Term("term:1", "依申请公开", (), "按申请人的申请公开信息。", "lake", Locator("术语.yaml", line=1)),)
NO_FILTERS = Filters()
RECORDS = Records(documents=(LAKE, HILL), tasks=TASKS, terms=TERMS)


@dataclass
class SubstringIndex:
    """Ranks by shared characters; filters as the real index does."""

    records: Records = RECORDS
    directory: Directory = field(default_factory=lambda: Directory.from_records(RECORDS))

    def search(
        self, query: str, *, filters: Filters = NO_FILTERS, limit: int = 10, asked: Asked = "whole"
    ) -> list[Hit]:
        documents = {document.id: document for document in self.records.documents}
        records = [*self.records.tasks, *self.records.terms]
        entries = [entry_of(record, documents[record.document_id].title) for record in records]
        allowed = allowed_entries(entries, documents, filters)
        scored = [
            Hit(entry, record, documents[record.document_id], score, score / 10, 0.0, 0.0, 0.0, {})
            for number, (entry, record) in enumerate(zip(entries, records, strict=True))
            if (allowed is None or allowed[number]) and (score := float(len(set(query) & set(entry.text))))
        ]
        return sorted(scored, key=lambda hit: -hit.score)[:limit]


def sample_index() -> Index:
    return cast(Index, SubstringIndex())


class FixedKnowledge:
    """A knowledge base that serves one index, or none."""

    def __init__(self, index: Index | None, problem: str | None = None) -> None:
        self.serving = Serving("20230101T000000000000Z", index) if index else None
        self.problem = problem

    def look(self) -> None:
        """Serves the same for good."""


class KeywordAnswerer:
    """预算 → an answer, 信箱 → a choice, 故障 → a crash, anything else → nothing found."""

    def __init__(self, knowledge: FixedKnowledge) -> None:
        self._knowledge = knowledge
        self._numbers = itertools.count(1)
        self.request_ids: list[str] = []

    def answer(self, request: AnswerRequest) -> AnswerReply:
        if self._knowledge.serving is None:
            raise NotReady("知识库还没有准备好，请稍后再试。")
        self.request_ids.append(REQUEST_ID.get())
        if "故障" in request.question:
            raise RuntimeError("secret detail 13800138000")
        reply = AnswerReply(
            answer_id=f"answer-{next(self._numbers)}", kind="not_found", text="没有找到。", confidence=0.1,
            options=[Option(label="登记诉求", question="登记诉求")], frame=request.frame or Frame(),
            snapshot=self._knowledge.serving.snapshot_id, took_ms=0.1,
        )  # fmt: skip
        if "预算" in request.question:
            return reply.model_copy(update=ANSWER)
        if "信箱" in request.question:
            return reply.model_copy(update=CHOICE)
        return reply


CITATION = Citation(
    document_id="lake", record_id="lake:1", title=LAKE.title, doc_number=LAKE.doc_number, region=LAKE.region,
    year=2023, section=["一、公开重点", "（一）财政"], task_no="1", quote="每年公开部门预算和决算。",
    locator=LocatorOut(file="湖滨.csv", line=2), status="有效",
)  # fmt: skip
ANSWER = {
    "kind": "answer", "text": "由区财政局负责，6月底前完成。", "confidence": 0.93, "options": [],
    "citations": [CITATION, CITATION.model_copy(update={"status": "废止", "quote": "很长的原文" * 60})],
    "related": ["湖滨新区公开财政预算在哪里公开？"],
}  # fmt: skip
CHOICE = {
    "kind": "clarify", "text": "您想问哪个地区？",
    "options": [
        Option(label="湖滨新区", question="湖滨新区预算谁负责？"), Option(label="云岭县", question="云岭县信箱")
    ],
}  # fmt: skip


class RasaStandIn:
    """A real HTTP server that speaks Rasa's REST channel; ``put`` is what was put somewhere, by path."""

    def __init__(self) -> None:
        self.body: Any = [{"recipient_id": "x", "custom": {"kind": "smalltalk", "text": "您好。"}}]
        self.status = 200
        self.delay = 0.0
        self.received: list[dict[str, Any]] = []
        self.put: dict[str, Any] = {}
        self.running = 0
        self.most_running = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def reply_to(self, turn: dict[str, Any]) -> bytes:
        with self._lock:
            self.received.append(turn)
            self.running += 1
            self.most_running = max(self.most_running, self.running)
        time.sleep(self.delay)
        with self._lock:
            self.running -= 1
        return self.body if isinstance(self.body, bytes) else orjson.dumps(self.body)

    def _handler(stand_in) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                turn = orjson.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self._send(stand_in.reply_to(turn))

            def do_GET(self) -> None:
                self._send(b"{}")

            def do_PUT(self) -> None:
                stand_in.put[self.path] = orjson.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self._send(b"{}")

            def _send(self, body: bytes) -> None:
                self.send_response(stand_in.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_arguments: object) -> None:
                """The test run's output stays readable."""

        return Handler
