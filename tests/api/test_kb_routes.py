"""The knowledge for programs: uploads, refreshes and their events, as a script of an admin uses them."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.types import Message

from api.refresh.journal import Order
from api.refresh.report import RefreshReport
from api.settings import Settings
from knowledge.errors import RefreshBusy
from tests.api.admin.desk import Console, opened
from tests.api.admin.staff import PASSWORDS, add_account, log_in
from tests.api.town import PLAN

RULES = "银湾区停车管理办法\n银湾政发〔2022〕3号\n第一条 区城市管理局负责停车管理工作。\n".encode()
PATH = "/v1/kb/documents"


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    with opened(tmp_path, ("plan.csv", PLAN, {"region": "星河区"})) as console:
        yield console


@pytest.fixture
def headers(console: Console) -> dict[str, str]:
    return {"X-CSRF-Token": console.token}


def waiting(console: Console) -> list[str]:
    return [path.name for path in console.services.documents.uploads.inbox.files()]


# --- uploads --------------------------------------------------------------------------------------------------------


def test_several_files_are_read_at_once_and_wait(console: Console) -> None:
    first, second = console.upload(("停车.txt", RULES), ("计划.csv", PLAN.encode()))
    assert (first["name"], first["kind"], first["title"]) == ("停车.txt", "policy", "银湾区停车管理办法")
    assert first["records"] == {"tasks": 0, "passages": 1, "terms": 0, "faqs": 0}
    assert (second["kind"], second["error"]) == ("plan", None)
    assert any("地区" in str(warning) for warning in second["warnings"])  # type: ignore[attr-defined]
    assert waiting(console) == ["停车.txt", "计划.csv"]
    assert console.knowledge.serving
    assert len(console.knowledge.serving.index.records.documents) == 1


def test_a_file_that_cannot_be_taken_is_refused_beside_one_that_can(console: Console) -> None:
    taken, refused = console.upload(("停车.txt", RULES), ("空.txt", b""))
    assert taken["error"] is None
    assert (refused["code"], refused["error"]) == ("source_empty", "空.txt：文件是空的")
    assert waiting(console) == ["停车.txt"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("空.txt", b"", "source_empty"),
        ("空白.txt", b" \n\t ", "source_empty"),
        ("程序.exe", b"MZ\x90\x00", "upload_refused"),
        ("没有扩展名", RULES, "invalid_value"),
        ("网页.php", RULES, "upload_refused"),
        ("改名的程序.txt", b"MZ\x90\x00\x03\x00\x00\x00" + bytes(range(256)), "source_unreadable"),
        ("改名的程序.xlsx", b"\x7fELF\x02\x01\x01" + b"\x00" * 200, "source_unreadable"),
        ("改名的程序.yaml", b"\x7fELF\x02\x01\x01" + b"\x00" * 200, "source_unreadable"),
        ("停车.meta.yaml", b"title: x", "invalid_value"),
        (".隐藏", RULES, "invalid_value"),
        ("标题不明.csv", b"a,b\n1,2\n", "ledger_header_unknown"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_reason_and_not_kept(
    console: Console, name: str, data: bytes, code: str
) -> None:
    (error,) = console.upload((name, data))
    assert error["code"] == "upload_refused"
    (file,) = error["details"]["files"]  # type: ignore[index]
    assert file["code"] == code
    assert file["error"]
    assert waiting(console) == []


def test_an_archive_that_unpacks_to_far_more_is_refused(console: Console) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"0" * 300_000_000)
    (error,) = console.upload(("炸弹.xlsx", packed.getvalue()))
    assert error["details"]["files"][0]["code"] in ("source_too_large", "source_unreadable")  # type: ignore[index]
    assert waiting(console) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../policydesk.db.txt", "policydesk.db.txt"),
        ("C:\\文件\\停车.txt", "停车.txt"),
        ("/etc/passwd/停车.txt", "停车.txt"),
        ("停车 办法（一）#1.txt", "停车 办法（一）#1.txt"),
        ("<script>.txt", "script.txt"),
        ("长" * 120 + ".txt", "长" * 58 + ".txt"),
    ],
)
def test_a_name_is_reduced_to_a_harmless_one(console: Console, given: str, kept: str) -> None:
    (taken,) = console.upload((given, RULES))
    assert taken["name"] == kept
    assert waiting(console) == [kept]
    home = console.services.settings.home
    assert {path.name for path in (home / "inbox").iterdir()} == {kept}
    page = console.text("/admin/inbox")
    assert "<script>." not in page
    link = re.search(r"admin/inbox/([^\"/]+)\">", page)
    assert link
    assert kept in console.client.get(f"/admin/inbox/{link[1]}").text


def test_the_second_of_two_files_with_one_name_is_refused_and_nothing_lost(console: Console) -> None:
    first, second = console.upload(("停车.txt", RULES), ("目录/停车.txt", RULES + "第二条 另有规定。\n".encode()))
    assert first["error"] is None
    assert "同名" in str(second["error"])
    assert console.services.documents.uploads.find("停车.txt").read_bytes() == RULES


def test_a_later_upload_of_the_same_name_takes_the_place_and_says_so(console: Console) -> None:
    console.upload(("停车.txt", RULES))
    (same,) = console.upload(("停车.txt", RULES))
    (other,) = console.upload(("停车.txt", RULES + "第二条 另有规定。\n".encode()))
    assert (same["replaced"], other["replaced"]) == (False, True)


def test_a_bad_file_does_not_drive_out_the_good_one_of_its_name(console: Console) -> None:
    console.upload(("停车.txt", RULES))
    console.upload(("停车.txt", b""))
    assert console.services.documents.uploads.find("停车.txt").read_bytes() == RULES


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", rasa=False, max_upload_mb=1)
    with opened(tmp_path, settings=settings) as console:
        (error,) = console.upload(("大.txt", RULES * 20_000))
        assert error["details"]["files"][0]["code"] == "upload_too_large"  # type: ignore[index]
        assert "超过 1 MB" in str(error["message"])
        assert waiting(console) == []


def test_a_form_over_the_limit_is_refused_while_it_comes_in(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", rasa=False, max_upload_mb=1)
    with opened(tmp_path, settings=settings) as console:
        (error,) = console.upload(*[(f"{n}.txt", RULES * 10_000) for n in range(9)])
        assert error["code"] == "body_too_large"


def test_a_form_without_a_file_says_so(console: Console, headers: dict[str, str]) -> None:
    for sent in ({"data": {"a": "b"}}, {"json": {}}, {"content": b"x"}):
        reply = console.client.post(PATH, headers=headers, **sent)  # type: ignore[arg-type]
        assert (reply.status_code, reply.json()["error"]["code"]) == (422, "upload_refused")


def test_a_garbled_form_is_refused(console: Console, headers: dict[str, str]) -> None:
    garbled = headers | {"Content-Type": "multipart/form-data; boundary=x"}
    reply = console.client.post(PATH, headers=garbled, content=b"--y\r\nnot a form")
    assert reply.status_code in (400, 422)
    assert reply.json()["ok"] is False


class Sender:
    """The ASGI side of somebody who uploads; it counts how often a piece of the body was asked for."""

    def __init__(self, *pieces: Message) -> None:
        self.pieces = list(pieces)
        self.asked = 0
        self.sent: list[Message] = []

    async def receive(self) -> Message:
        self.asked += 1
        return self.pieces.pop(0) if self.pieces else {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        self.sent.append(message)


def _scope(path: str, headers: list[tuple[bytes, bytes]], query: bytes = b"") -> dict[str, object]:
    form = (b"content-type", b"multipart/form-data; boundary=x")
    return {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": query,
        "headers": [form, *headers],
        "client": ("203.0.113.1", 1),
    }


@pytest.mark.parametrize("path", [PATH, "/admin/inbox"])
@pytest.mark.parametrize("known", [False, True])
async def test_no_byte_is_read_of_whoever_may_not_upload(console: Console, path: str, known: bool) -> None:
    """A stranger, and a session whose form has no token: both are refused before the body is looked at."""
    cookie = "; ".join(f"{name}={value}" for name, value in console.client.cookies.items())
    sender = Sender({"type": "http.request", "body": b"--x" + b"0" * 1000, "more_body": True})
    await console.client.app(_scope(path, [(b"cookie", cookie.encode())] if known else []), sender.receive, sender.send)
    assert sender.asked == 0
    assert sender.sent[0]["status"] in ((403,) if known else (401, 303))


async def test_a_sender_who_goes_away_leaves_nothing_and_no_error(
    console: Console, caplog: pytest.LogCaptureFixture
) -> None:
    cookie = "; ".join(f"{name}={value}" for name, value in console.client.cookies.items())
    headers = [(b"cookie", cookie.encode()), (b"x-csrf-token", console.token.encode())]
    start = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n' + RULES
    sender = Sender({"type": "http.request", "body": start, "more_body": True})
    await console.client.app(_scope(PATH, headers), sender.receive, sender.send)
    assert sender.sent == []
    assert waiting(console) == []
    assert "unexpected error" not in caplog.text


def test_an_agent_may_not_upload(console: Console) -> None:
    add_account(console.client, "agent")
    console.client.cookies.clear()
    log_in(console.client, "agent", PASSWORDS["agent"])
    token = re.search(r'name="csrf" value="(\w+)"', console.text("/admin"))
    assert token
    reply = console.client.post(PATH, files=[("file", ("a.txt", RULES))], headers={"X-CSRF-Token": token[1]})
    assert (reply.status_code, reply.json()["error"]["code"]) == (403, "forbidden")


def test_an_upload_is_discarded(console: Console, headers: dict[str, str]) -> None:
    console.upload(("停车.txt", RULES))
    assert console.client.delete(f"{PATH}/停车.txt", headers=headers).status_code == 204
    assert waiting(console) == []
    again = console.client.delete(f"{PATH}/停车.txt", headers=headers)
    assert (again.status_code, again.json()["error"]["code"]) == (404, "upload_not_found")
    assert console.client.delete(f"{PATH}/..%2Fpolicydesk.db", headers=headers).status_code == 404
    assert ("upload_discarded", "停车.txt") in console.audited()


def test_an_upload_is_never_served_back(console: Console) -> None:
    console.upload(("页面.txt", "<script>alert(1)</script>\n第一条 停车由区城市管理局负责。\n".encode()))
    for path in ("/inbox/页面.txt", "/static/../inbox/页面.txt", f"{PATH}/页面.txt", "/admin/inbox/页面.txt/raw"):
        assert console.client.get(path).status_code in (404, 405)
    for path in ("/admin/inbox/页面.txt", "/admin/inbox/页面.txt/original"):
        page = console.client.get(path)
        assert page.headers["content-type"].startswith("text/html")
        assert "<script>alert" not in page.text


# --- refreshes ------------------------------------------------------------------------------------------------------


def test_a_refresh_is_started_listed_and_shown(console: Console, headers: dict[str, str]) -> None:
    console.upload(("停车.txt", RULES))
    started = console.client.post("/v1/kb/refresh", json={"dry_run": True}, headers=headers)
    assert started.status_code == 202
    refresh_id = started.json()["id"]
    listed = console.client.get("/v1/kb/refresh").json()
    assert listed["running"] is None
    (item,) = listed["items"]
    assert (item["id"], item["by"], item["outcome"], item["dry_run"]) == (refresh_id, "admin", "dry_run", True)
    shown = console.client.get(f"/v1/kb/refresh/{refresh_id}").json()
    assert [each["change"] for each in shown["report"]["difference"]["documents"]] == ["unchanged", "added"]
    assert shown["events"]
    assert waiting(console) == ["停车.txt"]


def test_publishing_empties_the_inbox_and_answers_from_the_upload(console: Console, headers: dict[str, str]) -> None:
    console.upload(("停车.txt", RULES))
    refresh_id = console.client.post("/v1/kb/refresh", json={}, headers=headers).json()["id"]
    assert console.client.get(f"/v1/kb/refresh/{refresh_id}").json()["outcome"] == "published"
    assert waiting(console) == []
    hits = console.client.get("/v1/search", params={"q": "停车管理"}).json()["hits"]
    assert hits[0]["document_id"] == console.id_of("银湾区停车管理办法")
    assert ("refresh_started", refresh_id) in console.audited()


def test_only_what_was_uploaded_stays_when_asked(console: Console, headers: dict[str, str]) -> None:
    console.upload(("停车.txt", RULES))
    console.client.post("/v1/kb/refresh", json={"only": True}, headers=headers)
    console.knowledge.look()
    assert console.town.titles() == {"银湾区停车管理办法"}


def test_without_an_upload_nothing_is_kept_alone(console: Console, headers: dict[str, str]) -> None:
    reply = console.client.post("/v1/kb/refresh", json={"only": True}, headers=headers)
    assert (reply.status_code, reply.json()["error"]["field"]) == (422, "only")
    assert console.client.get("/v1/kb/refresh").json()["items"] == []


def test_forcing_is_audited_by_its_own_name(console: Console, headers: dict[str, str]) -> None:
    refresh_id = console.client.post("/v1/kb/refresh", json={"forced": True}, headers=headers).json()["id"]
    assert ("refresh_forced", refresh_id) in console.audited()


@pytest.mark.parametrize("body", [{"dry": True}, {"dry_run": "vielleicht"}, [], "x"])
def test_a_strange_order_is_refused(console: Console, headers: dict[str, str], body: object) -> None:
    reply = console.client.post("/v1/kb/refresh", json=body, headers=headers)
    assert (reply.status_code, reply.json()["error"]["code"]) == (422, "invalid_value")
    assert console.jobs.journal.ids() == []


def test_a_second_refresh_at_the_same_time_is_refused(
    console: Console, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_order: Order) -> str:
        raise RefreshBusy("另一个更新正在进行，请等它结束后再试")

    monkeypatch.setattr(console.jobs, "start", busy)
    reply = console.client.post("/v1/kb/refresh", json={}, headers=headers)
    assert (reply.status_code, reply.json()["error"]["code"]) == (409, "refresh_busy")
    assert "另一个更新正在进行" in console.send("/admin/refresh", 409, what="publish")


@pytest.mark.parametrize("refresh_id", ["20310101T000000-abcd", "..", "x"])
def test_an_unknown_refresh_is_not_found(console: Console, headers: dict[str, str], refresh_id: str) -> None:
    for path in (f"/v1/kb/refresh/{refresh_id}", f"/v1/kb/refresh/{refresh_id}/events"):
        reply = console.client.get(path)
        assert reply.status_code == 404
        assert reply.json()["ok"] is False
    assert console.client.post(f"/v1/kb/refresh/{refresh_id}/cancel", headers=headers).status_code == 404


def test_a_waiting_refresh_is_cancelled(console: Console, headers: dict[str, str]) -> None:
    refresh_id = console.jobs.journal.open(Order(by="admin"))
    reply = console.client.post(f"/v1/kb/refresh/{refresh_id}/cancel", headers=headers)
    assert reply.json()["state"] == "cancelled"
    assert ("refresh_cancelled", refresh_id) in console.audited()


# --- events ---------------------------------------------------------------------------------------------------------


def _events(text: str) -> list[tuple[str, str, object]]:
    found = []
    for block in text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if lines:
            found.append((lines["event"], lines.get("id", ""), json.loads(lines["data"])))
    return found


@pytest.fixture
def told(console: Console) -> str:
    """A refresh that has ended, with three events."""
    journal = console.jobs.journal
    refresh_id = journal.open(Order(by="admin", dry_run=True))
    journal.begin(refresh_id)
    for done in range(1, 4):
        journal.tell(refresh_id, "读取文件", done, 3)
    journal.finish(refresh_id, RefreshReport("dry_run", None, "这是试运行，没有产生新版本"))
    return refresh_id


def test_events_tell_every_step_and_the_end(console: Console, told: str) -> None:
    reply = console.client.get(f"/v1/kb/refresh/{told}/events")
    assert reply.headers["content-type"].startswith("text/event-stream")
    events = _events(reply.text)
    assert [(name, number) for name, number, _ in events] == [
        ("progress", "1"), ("progress", "2"), ("progress", "3"), ("ended", "")
    ]  # fmt: skip
    assert events[1][2] == {"at": 2, "step": "读取文件", "done": 2, "total": 3}
    assert events[-1][2]["outcome"] == "dry_run"  # type: ignore[index]


@pytest.mark.parametrize(
    ("headers", "query"), [({"Last-Event-ID": "2"}, ""), ({}, "?after=2"), ({"Last-Event-ID": "2"}, "?after=1")]
)
def test_events_go_on_after_the_last_one_seen(console: Console, told: str, headers: dict[str, str], query: str) -> None:
    reply = console.client.get(f"/v1/kb/refresh/{told}/events{query}", headers=headers)
    assert [(name, number) for name, number, _ in _events(reply.text)] == [("progress", "3"), ("ended", "")]


def test_events_are_for_admins_only(console: Console, told: str) -> None:
    assert isinstance(console.client, TestClient)
    console.client.cookies.clear()
    assert console.client.get(f"/v1/kb/refresh/{told}/events").status_code == 401
