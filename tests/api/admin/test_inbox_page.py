"""Uploads on the page: the form without script, what was read, and what is said of a file besides."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.admin.desk import Console, opened
from tests.api.town import PLAN

RULES = "银湾区停车管理办法\n银湾政发〔2022〕3号\n第一条 区城市管理局负责停车管理工作。\n".encode()


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    with opened(tmp_path, ("plan.csv", PLAN, {"region": "星河区"})) as console:
        yield console


def send(console: Console, *files: tuple[str, bytes], expect: int = 200) -> str:
    """As a browser without script does."""
    form = re.search(r'action="\.\./(admin/inbox\?csrf=\w+)"', console.text("/admin/inbox"))
    assert form
    reply = console.client.post(f"/{form[1]}", files=[("file", each) for each in files])
    assert reply.status_code == expect, reply.text
    return str(reply.text)


def describe(console: Console, name: str, *, expect: int = 200, **said: str) -> str:
    page = console.text(f"/admin/inbox/{name}")
    form = page.split("facts-form", 1)[1].split("</form>", 1)[0]
    values = dict(re.findall(r'name="(\w+)" type="\w+" value="([^"]*)"', form))
    values.pop("csrf", None)
    return console.send(f"/admin/inbox/{name}", expect, **values | {"status": "有效"} | said)


def test_the_form_takes_several_files_without_script(console: Console) -> None:
    page = send(console, ("停车.txt", RULES), ("无区.csv", PLAN.encode()))
    assert "已收下 2 个文件" in page
    assert "银湾区停车管理办法" in page
    assert "条文 1" in page
    assert "没有写明是哪个地区的任务" in page


def test_a_refused_file_is_told_and_the_others_are_kept(console: Console) -> None:
    page = send(console, ("停车.txt", RULES), ("空.txt", b""), expect=422)
    assert re.search(r"没有收下</span> 空.txt：文件是空的", page)
    assert re.search(r"已收下</span> <a [^>]+>停车.txt", page)


def test_a_form_without_its_token_is_refused(console: Console) -> None:
    for path in ("/admin/inbox", "/admin/inbox?csrf=0"):
        reply = console.client.post(path, files=[("file", ("a.txt", RULES))], data={"csrf": console.token})
        assert reply.status_code == 403
    assert console.services.documents.uploads.inbox.files() == ()


def test_an_upload_that_updates_a_document_says_which(console: Console) -> None:
    send(console, ("计划.csv", PLAN.encode()))
    describe(
        console, "计划.csv", title="星河区便民工作分工", region="星河区", year="2031", doc_number="星政办〔2031〕5号"
    )
    assert "将更新知识库里的《星河区便民工作分工》" in console.text("/admin/inbox")


def test_what_is_said_of_an_upload_goes_into_the_version(console: Console) -> None:
    send(console, ("停车.txt", RULES))
    page = describe(console, "停车.txt", region="云岭县", year="2023")
    assert re.search(r"地区 <span class=\"origin origin-console\">上传后填写", page)
    assert "文件写的是：银湾区" in page
    assert console.services.documents.uploads.read("停车.txt").own
    console.publish()
    serving = console.knowledge.serving
    assert serving
    (document,) = (each for each in serving.index.records.documents if each.title == "银湾区停车管理办法")
    assert (document.region, document.year) == ("云岭县", 2023)
    page = console.text(f"/admin/documents/{document.id}")
    assert re.search(r"地区 <span class=\"origin origin-side\">", page)


def test_an_impossible_value_is_told_beside_its_field_and_not_kept(console: Console) -> None:
    send(console, ("停车.txt", RULES))
    page = describe(console, "停车.txt", expect=422, year="明年", issuer="某局")
    assert 'id="p-year">年份应为' in page
    assert 'value="某局"' in page
    assert console.services.documents.uploads.inbox.files()[0].with_name("停车.meta.yaml").exists() is False


def test_a_blank_field_is_as_the_file_has_it(console: Console) -> None:
    send(console, ("停车.txt", RULES))
    describe(console, "停车.txt", title="", region="")
    reading = console.services.documents.uploads.read("停车.txt")
    assert reading.document
    assert (reading.document.title, reading.document.region) == ("银湾区停车管理办法", "银湾区")


def test_two_files_that_differ_in_their_endings_only_are_pointed_out(console: Console) -> None:
    send(console, ("停车.txt", RULES), ("停车.csv", PLAN.encode()))
    assert "只有扩展名不同的 停车.csv" in console.text("/admin/inbox/停车.txt")


def test_a_broken_file_in_the_inbox_is_shown_with_its_reason(console: Console) -> None:
    console.services.documents.uploads.inbox.put("坏.txt", b"")
    assert "坏.txt：文件是空的" in console.text("/admin/inbox")
    assert "这个文件不能采用" in console.text("/admin/inbox/坏.txt")
    assert "这个文件不能采用" in console.text("/admin/inbox/坏.txt/original")


def test_an_upload_is_discarded_with_what_was_said_of_it(console: Console) -> None:
    send(console, ("停车.txt", RULES))
    describe(console, "停车.txt", region="云岭县")
    assert "已删除“停车.txt”" in console.send("/admin/inbox/停车.txt/discard")
    assert list((console.services.settings.home / "inbox").iterdir()) == []
    assert "upload_not_found" in console.send("/admin/inbox/停车.txt/discard", 404)


def test_what_happens_to_uploads_is_audited(console: Console) -> None:
    send(console, ("停车.txt", RULES))
    describe(console, "停车.txt", region="云岭县")
    console.send("/admin/inbox/停车.txt/discard")
    done = [action for action, subject in console.audited() if subject == "停车.txt"]
    assert done == ["upload_discarded", "upload_described", "document_uploaded"]
