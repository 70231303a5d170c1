"""The pages of a refresh: what waits, what would change, the gate, and what became of earlier ones."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from api.audit import utc_now
from api.db.models import FaqEntry, TermEntry
from api.evaluation.questions import GoldQuestion
from api.refresh.journal import Order
from tests.api.admin.desk import Console, opened
from tests.api.town import HEADER, PLAN

RULES = "银湾区停车管理办法\n银湾政发〔2022〕3号\n第一条 区城市管理局负责停车管理工作。\n"
GOLDEN = GoldQuestion(
    id="1", kind="answer", question="停车管理工作由谁负责？", context=(), must=(("银湾",),), must_not=(), document=None
)


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    with opened(tmp_path, ("plan.csv", PLAN, {"region": "星河区"}), ("停车.txt", RULES, {})) as console:
        yield console


def upload_changed_plan(console: Console) -> None:
    path = console.town.write("plan.csv", PLAN.replace("晚上九点", "晚上十点"), region="星河区")
    console.upload(("plan.csv", path.read_bytes()))
    console.services.documents.uploads.inbox.say(
        console.services.documents.uploads.find("plan.csv"),
        {"title": "星河区便民工作分工", "region": "星河区", "year": "2031", "doc_number": "星政办〔2031〕5号"},
    )


# --- what waits -----------------------------------------------------------------------------------------------------


def test_everything_that_waits_is_listed(console: Console) -> None:
    upload_changed_plan(console)
    console.send(f"/admin/documents/{console.id_of('银湾区停车管理办法')}/remove")
    said = {"questions": ["图书馆几点关门？"], "negative_questions": [], "answer": "晚上九点。", "source": None}
    with Session(console.services.engine) as session, session.begin():
        session.add(
            FaqEntry(
                draft=None,
                approved=said,
                written_by="admin",
                written_at=utc_now(),
                approved_by="乙",
                approved_at=utc_now(),
            )
        )
        session.add(
            TermEntry(
                name="一网通办", aliases=[], explanation="一个网站办事。", written_by="admin", written_at=utc_now()
            )
        )
    page = console.text("/admin/refresh")
    for told in ("plan.csv", "银湾区停车管理办法</a>：移除", "撤回移除", "1 条与现用版本不同"):
        assert told in page
    assert page.count("1 条与现用版本不同") == 2
    console.publish()
    assert "没有等待发布的内容" in console.text("/admin/refresh")
    document = console.id_of("常见问答（控制台）")
    page = console.text(f"/admin/documents/{document}")
    assert "控制台里写的" in page
    assert "保存修改" not in page
    assert "document_fixed" in console.send(f"/admin/documents/{document}/remove", 409)


def test_a_waiting_change_is_taken_back_from_the_list(console: Console) -> None:
    console.send(f"/admin/documents/{console.id_of('银湾区停车管理办法')}/remove")
    (read_as,) = console.services.documents.changes.all()
    assert "已撤回" in console.send(f"/admin/refresh/changes/{read_as}/drop", what="removal")
    assert "没有等待发布的内容" in console.text("/admin/refresh")


def test_a_version_serves_before_anybody_reads_that_it_was_published(console: Console) -> None:
    older = console.town.store.current()
    assert older
    upload_changed_plan(console)
    assert "已发布" in console.send("/admin/refresh", what="publish")
    serving = console.knowledge.serving
    assert serving
    assert serving.snapshot_id == console.town.store.current() != older
    assert f"已切换到知识版本 {older}" in console.send(f"/admin/versions/{older}/activate")
    serving = console.knowledge.serving
    assert serving
    assert serving.snapshot_id == older


# --- the difference -------------------------------------------------------------------------------------------------


def test_looking_shows_the_difference_word_by_word_and_changes_nothing(console: Console) -> None:
    before = console.town.store.current()
    upload_changed_plan(console)
    page = console.send("/admin/refresh", what="look")
    assert re.search(r"晚上<del>九</del><ins>十</ins>点", page)
    assert "记录：修改 1，不变 1" in page
    assert "试运行" in page
    assert ">发布</button>" in page
    assert console.town.store.current() == before


def test_all_changes_of_a_document_have_a_page_of_their_own(console: Console) -> None:
    rows = [f"{n},事项{n},公布第{n}项。,区第{n}局,各街道,2031年底前,网站" for n in range(1, 131)]
    said: dict[str, object] = {"title": "长清单", "region": "星河区", "year": 2030, "number": "x〔2030〕1号"}
    console.town.refresh(console.town.write("long.csv", HEADER + "\n".join(rows), **said))
    console.knowledge.look()
    changed = HEADER + "\n".join(rows).replace("各街道", "各镇街")
    console.town.write("long.csv", changed, **said)
    console.upload(("long.csv", changed.encode()))
    uploads = console.services.documents.uploads
    uploads.inbox.say(
        uploads.find("long.csv"), {"title": "长清单", "region": "星河区", "year": "2030", "doc_number": "x〔2030〕1号"}
    )
    page = console.send("/admin/refresh", what="look")
    assert "全部 130 条变化" in page
    link = re.search(r'href="\.\./\.\./(admin/refresh/[^"]+/documents/[^"]+)"', page)
    assert link
    first, second = console.text(f"/{link[1]}"), console.text(f"/{link[1]}?page=2")
    assert (first.count('class="change '), second.count('class="change ')) == (100, 30)
    assert "各<ins>镇</ins>街<del>道</del>" in second
    console.text(f"/admin/refresh/{link[1].split('/')[2]}/documents/nothing", 404)


def test_refused_files_rows_and_warnings_are_told_with_reasons(console: Console) -> None:
    inbox = console.services.documents.uploads.inbox
    inbox.put("空的.txt", b"")
    inbox.put("无地区.csv", (HEADER + "1,公开预算,公布预算。,财政局,各部门,年底前,网站\n").encode())
    page = console.send("/admin/refresh", what="look")
    assert "空的.txt：文件是空的" in page
    assert "没有写明是哪个地区的任务" in page
    assert str(console.services.settings.home) not in page


# --- the gate -------------------------------------------------------------------------------------------------------


def test_a_version_that_answers_worse_is_refused_and_forced_only_after_a_confirmation(console: Console) -> None:
    console.jobs.golden = (GOLDEN,)
    console.send(f"/admin/documents/{console.id_of('银湾区停车管理办法')}/remove")
    before = console.town.store.current()
    page = console.publish()
    assert "未通过检查，没有发布" in page
    assert "停车管理工作由谁负责？" in page
    assert console.town.store.current() == before
    assert console.services.documents.changes.all()
    link = re.search(r'href="\.\./\.\./(admin/refresh/[^"]+/force)"', page)
    assert link
    assert "答得不如现在" in console.text(f"/{link[1]}")
    assert console.town.store.current() == before
    page = console.send(f"/{link[1]}")
    assert "按要求仍然发布" in page
    assert console.town.store.current() != before
    assert console.audited()[0][0] == "refresh_forced"


def test_only_the_newest_refused_refresh_can_be_forced(console: Console) -> None:
    console.jobs.golden = (GOLDEN,)
    console.send(f"/admin/documents/{console.id_of('银湾区停车管理办法')}/remove")
    console.publish()
    (refused,) = console.jobs.journal.ids()
    assert "/force" in console.text(f"/admin/refresh/{refused}")
    console.jobs.journal.open(Order(by="admin"))
    page = console.text(f"/admin/refresh/{refused}")
    assert ("/force" in page) == (console.jobs.journal.ids()[0] == refused)


# --- the course of a refresh ----------------------------------------------------------------------------------------


def test_a_running_refresh_shows_how_far_it_is_also_without_script(console: Console) -> None:
    journal = console.jobs.journal
    refresh_id = journal.open(Order(by="admin", from_console=True))
    journal.begin(refresh_id)
    journal.tell(refresh_id, "建立索引", 3, 8)
    page = console.text(f"/admin/refresh/{refresh_id}")
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert 'value="3" max="8"' in page
    assert f"v1/kb/refresh/{refresh_id}/events?after=1" in page
    assert "取消" in page
    listed = console.text("/admin/refresh")
    assert "有一次更新正在进行" in listed
    assert ">发布</button>" not in listed


@pytest.mark.parametrize(
    ("code", "message", "told"),
    [
        ("refresh_cancelled", "更新已取消，没有发布任何内容，仍用原来的版本", "已取消"),
        ("snapshot_write_failed", "磁盘已满，没有发布任何内容", "失败"),
    ],
)
def test_a_refresh_that_did_not_end_well_says_why(console: Console, code: str, message: str, told: str) -> None:
    refresh_id = console.jobs.journal.open(Order(by="admin"))
    console.jobs.journal.fail(refresh_id, code, message)
    for page in (console.text(f"/admin/refresh/{refresh_id}"), console.text("/admin/refresh")):
        assert told in page
        assert message in page


def test_a_refresh_whose_process_is_gone_is_said_to_have_stopped(console: Console) -> None:
    journal = console.jobs.journal
    refresh_id = journal.open(Order(by="定时"))
    (console.services.settings.home / "refreshes" / refresh_id / "pid").write_text("999999 1", "ascii")
    page = console.text(f"/admin/refresh/{refresh_id}")
    assert "中途停了" in page
    assert "取消</button>" not in page


def test_earlier_refreshes_are_paged_with_who_when_and_what_came_of_them(console: Console) -> None:
    for number in range(25):
        refresh_id = console.jobs.journal.open(Order(by=f"管理员{number}", dry_run=number % 2 == 0))
        console.jobs.journal.fail(refresh_id, "refresh_cancelled", "取消了")
    first, second = console.text("/admin/refresh"), console.text("/admin/refresh?page=2")
    assert (first.count(">查看</a>"), second.count(">查看</a>")) == (20, 5)
    assert "更早的" in first
    assert "较新的" in second


def test_an_unknown_refresh_has_a_page_that_says_so(console: Console) -> None:
    assert "refresh_not_found" in console.text("/admin/refresh/20310101T000000-abcd", 404)
    assert "refresh_not_found" in console.send("/admin/refresh/20310101T000000-abcd/cancel", 404)
    assert "refresh_not_found" in console.send("/admin/refresh/20310101T000000-abcd/force", 404)
